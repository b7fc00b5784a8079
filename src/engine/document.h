/*
 * document.h - an open file, from which pages are read: one image, or several pages.
 *
 * An image file is read whole when its turn comes. A file with pages is read in place, page by page.
 */
#ifndef LINCE_ENGINE_DOCUMENT_H
#define LINCE_ENGINE_DOCUMENT_H

#include <pthread.h>

#include "base/file.h"
#include "image/image_pages.h"

struct lince_document {
    struct lince_engine *engine; /* borrowed */
    struct file file;            /* open; descriptor -1: the bytes belong to the caller */
    const uint8_t *bytes;        /* borrowed; NULL: in the file */
    size_t bytes_count;
    struct pages *pages;        /* owned; NULL: one image */
    bool is_elsewhere;          /* `pages` are decoded elsewhere, see image/isolation.h */
    bool is_image;              /* `pages` has one image that is decoded elsewhere, of a format without pages */
    struct image_header header; /* of the one image */
    enum lince_pdf_text pdf_text;
    const char *password; /* borrowed; NULL: none */
    pthread_mutex_t lock; /* one thread at a time uses `pages` */
};

/*
 * These fill in a document in the caller's memory. `path` and `bytes` are borrowed. The document's own memory is on
 * `meter`.
 */
enum lince_status document_begin(struct lince_document *document, struct lince_engine *engine, const void *bytes,
                                 size_t bytes_count, const struct lince_document_options *options, struct meter *meter,
                                 struct lince_error *error);
enum lince_status document_begin_file(struct lince_document *document, struct lince_engine *engine, const char *path,
                                      const struct lince_document_options *options, struct meter *meter,
                                      struct lince_error *error);
void document_end(struct lince_document *document);

/* The header of page `index`, from 0. ARGUMENT past the end. Thread-safe. */
enum lince_status document_header(struct lince_document *document, uint32_t index, struct image_header *header,
                                  struct lince_error *error);

/* Whether pages of its format may have text of their own, and its options allow using it. */
bool document_may_have_layer(const struct lince_document *document);

/*
 * Gives the page's own text in `arena`; if it has none, the layer is empty. Only for a document that may have layers.
 * Thread-safe.
 */
enum lince_status document_layer(struct lince_document *document, uint32_t index, const struct image_header *header,
                                 struct arena *arena, struct page_layer *layer, struct lince_error *error);

/* The bytes or the open file that it was opened with. Borrows them. */
struct source document_source(const struct lince_document *document);

/* Appends the page to `bytes` as fax_strip.h says, if it is strips of group 4, else nothing. Thread-safe. */
enum lince_status document_fax(struct lince_document *document, uint32_t index, struct buffer *bytes,
                               struct lince_error *error);

/* Decodes a page as image_decode does. While an image is decoded, its file is on the meter too. Thread-safe. */
enum lince_status document_decode(struct lince_document *document, uint32_t index, const struct image_request *request,
                                  struct meter *meter, struct image *image, struct lince_error *error);

#endif
