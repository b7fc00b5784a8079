/*
 * image_pages.h - files with pages: each page has its own header and price, and is decoded alone.
 *
 * The file is read in place, so neither its size nor its number of pages counts in memory.
 */
#ifndef LINCE_IMAGE_IMAGE_PAGES_H
#define LINCE_IMAGE_IMAGE_PAGES_H

#include "image/format.h"
#include "image/page_layer.h"
#include "image/source.h"

/* A file with more pages is refused: it is no real document. */
enum { PAGES_LIMIT = 100000 };

struct pages_options {
    const char *password; /* borrowed while the pages are open; NULL: none */
};

struct arena;
struct buffer;
struct pages_kind;

/* The first member of every kind. */
struct pages {
    const struct pages_kind *kind;
    struct source source;
    struct meter *meter; /* borrowed: holds what stays open */
    uint32_t count;      /* at least 1 */
};

struct pages_kind {
    const struct image_format *format;
    /* Gives an open file. Its memory stays on `meter` until close. */
    enum lince_status (*open)(const struct source *source, const struct pages_options *options, struct meter *meter,
                              struct pages **pages, struct lince_error *error);
    void (*close)(struct pages *pages);
    /* As image_format's header_read, for page `index`, from 0. */
    enum lince_status (*header_read)(struct pages *pages, uint32_t index, struct image_header *header,
                                     struct lince_error *error);
    enum lince_status (*decode)(struct pages *pages, uint32_t index, const struct decode_job *job);
    /* Gives the text of page `index` in `arena`, in pixels of its header's size; NULL: pages have none. */
    enum lince_status (*layer)(struct pages *pages, uint32_t index, const struct image_header *header,
                               struct arena *arena, struct page_layer *layer, struct lince_error *error);
    /* Appends page `index` as fax_strip.h says, if it is such a page, else nothing; NULL: none is. */
    enum lince_status (*fax)(struct pages *pages, uint32_t index, struct buffer *bytes, struct lince_error *error);
};

/* The kind of the file with these first bytes; NULL for a format without pages. */
const struct pages_kind *pages_kind_of(const uint8_t *bytes, size_t bytes_count);

/* `options` may be NULL. The result is for one thread at a time. DAMAGED, UNSUPPORTED, TOO_LARGE, MEMORY_LIMIT. */
enum lince_status pages_open(const struct pages_kind *kind, const struct source *source,
                             const struct pages_options *options, struct meter *meter, struct pages **pages,
                             struct lince_error *error);
void pages_close(struct pages *pages); /* NULL is allowed */

/* As image_header_read and image_decode. `index` must be below pages->count. */
enum lince_status pages_header_read(struct pages *pages, uint32_t index, struct image_header *header,
                                    struct lince_error *error);
enum lince_status pages_decode(struct pages *pages, uint32_t index, const struct image_request *request,
                               struct meter *meter, struct image *image, struct lince_error *error);

#endif
