/*
 * pages.h - files that hold pages: each has a header of its own, is priced by it, and is decoded alone.
 *
 * The file is read where it stands, so that neither its size nor the number of its pages counts in memory.
 */
#ifndef LINCE_IMAGE_PAGES_H
#define LINCE_IMAGE_PAGES_H

#include "image/format.h"
#include "image/source.h"

/* More pages than this are no document that anybody reads. */
enum { PAGES_LIMIT = 100000 };

struct pages_options {
    const char *password; /* borrowed while the pages are open; NULL: none */
};

struct pages_kind;

/* What all kinds begin with. */
struct pages {
    const struct pages_kind *kind;
    struct source source;
    struct meter *meter; /* borrowed: what stays open stands on it */
    uint32_t count;      /* at least 1 */
};

struct pages_kind {
    const struct image_format *format;
    /* Gives an open file; all of it is on `meter` until close. */
    enum lince_status (*open)(const struct source *source, const struct pages_options *options, struct meter *meter,
                              struct pages **pages, struct lince_error *error);
    void (*close)(struct pages *pages);
    /* As image_format's header_read, of page `index` from 0 on. */
    enum lince_status (*header_read)(struct pages *pages, uint32_t index, struct image_header *header,
                                     struct lince_error *error);
    enum lince_status (*decode)(struct pages *pages, uint32_t index, const struct decode_job *job);
};

/* NULL where these first bytes are of a format without pages. */
const struct pages_kind *pages_kind_of(const uint8_t *bytes, size_t bytes_count);

/* `options` may be NULL. One thread at a time uses what comes. DAMAGED, UNSUPPORTED, TOO_LARGE, MEMORY_LIMIT. */
enum lince_status pages_open(const struct pages_kind *kind, const struct source *source,
                             const struct pages_options *options, struct meter *meter, struct pages **pages,
                             struct lince_error *error);
void pages_close(struct pages *pages); /* NULL is allowed */

/* As image_header_read and image_decode. `index` is below pages->count. */
enum lince_status pages_header_read(struct pages *pages, uint32_t index, struct image_header *header,
                                    struct lince_error *error);
enum lince_status pages_decode(struct pages *pages, uint32_t index, const struct image_request *request,
                               struct meter *meter, struct image *image, struct lince_error *error);

#endif
