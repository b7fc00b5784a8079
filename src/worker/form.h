/* form.h - a page that was read before, in one of the forms of the program. */
#ifndef LINCE_WORKER_FORM_H
#define LINCE_WORKER_FORM_H

#include <stdbool.h>

#include "lince.h"

struct buffer;
struct meter;

enum { FORM_FIRST = 1, FORM_LAST = 2 }; /* which parts of a file a page is: bits */

struct form_request {
    const char *form, *name; /* "hocr", ...; of the file */
    const char *page;        /* JSON */
    size_t page_bytes;
    uint32_t index, count; /* of the page, from 0 on, and of all */
    bool has_pages;        /* it is one of a file with pages, be it the only one */
    uint32_t parts;
    struct lince_document *document; /* for forms that hold the picture too */
    const void *file;                /* its bytes */
    size_t file_bytes;
};

/*
 * Appends what `lince read -f FORM` writes of that page: of all pages one behind the other the file comes, but of
 * "pdf", where each page begins with a struct pdf_page_head and who joins them writes the rest. ARGUMENT for another
 * form, DAMAGED, MEMORY_LIMIT, and what decoding fails with.
 */
enum lince_status form_write(const struct form_request *request, struct meter *meter, struct buffer *body,
                             struct lince_error *error);

#endif
