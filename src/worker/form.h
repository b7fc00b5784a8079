/* form.h - a page that was read before, in one of the program's forms. */
#ifndef LINCE_WORKER_FORM_H
#define LINCE_WORKER_FORM_H

#include <stdbool.h>

#include "lince.h"

struct buffer;
struct meter;

/*
 * Bits: whether a page is the first or the last of its file; of a PDF, that it is text for a file to lay it over; that
 * it is the only page wanted, and so counts as the first of the output; that there is no page, and only the end of the
 * file is wanted.
 */
enum { FORM_FIRST = 1, FORM_LAST = 2, FORM_LAYER = 4, FORM_ALONE = 8, FORM_END = 16 };

struct form_request {
    const char *form, *name; /* form: "hocr", ...; name: of the file */
    const char *page;        /* JSON */
    size_t page_bytes;
    uint32_t index, count; /* index of the page, from 0, and number of pages */
    uint32_t part_first;   /* of a part of a file: index of its first page in the file */
    bool has_pages;        /* it is one page of a file with pages, even if the only one */
    uint32_t parts;
    struct lince_document *document; /* for forms that contain the picture */
    const void *file;                /* its bytes */
    size_t file_bytes;
};

/*
 * Appends what `lince read -f FORM` writes for that page. All pages one after another make the file, except with "pdf":
 * there each page begins with a struct pdf_page_head, and the caller joins them. ARGUMENT for another form, DAMAGED,
 * MEMORY_LIMIT, and the failures of decoding.
 */
enum lince_status form_write(const struct form_request *request, struct meter *meter, struct buffer *body,
                             struct lince_error *error);

#endif
