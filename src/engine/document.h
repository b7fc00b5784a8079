/*
 * document.h - a file as the engine holds it between the pages that are read of it: one image, or several pages.
 *
 * The file of an image is read whole when its turn comes; a file with pages is read where it stands, page by page.
 */
#ifndef LINCE_ENGINE_DOCUMENT_H
#define LINCE_ENGINE_DOCUMENT_H

#include <pthread.h>

#include "base/file.h"
#include "image/pages.h"

struct lince_document {
    struct lince_engine *engine; /* borrowed */
    struct file file;            /* open; descriptor -1: the bytes are the caller's */
    const uint8_t *bytes;        /* borrowed; NULL: they are in the file */
    size_t bytes_count;
    struct pages *pages;        /* owned; NULL: one image */
    struct image_header header; /* of the one image */
    pthread_mutex_t lock;       /* one thread at a time uses `pages` */
};

/* Fill a document in the caller's memory; `path` and `bytes` are borrowed. What it holds meanwhile is on `meter`. */
enum lince_status document_begin(struct lince_document *document, struct lince_engine *engine, const void *bytes,
                                 size_t bytes_count, const struct lince_document_options *options, struct meter *meter,
                                 struct lince_error *error);
enum lince_status document_begin_file(struct lince_document *document, struct lince_engine *engine, const char *path,
                                      const struct lince_document_options *options, struct meter *meter,
                                      struct lince_error *error);
void document_end(struct lince_document *document);

/* The header of page `index` from 0 on. ARGUMENT past the end. Thread-safe. */
enum lince_status document_header(struct lince_document *document, uint32_t index, struct image_header *header,
                                  struct lince_error *error);

/* image_decode of a page. What the file of an image holds meanwhile is on the meter too. Thread-safe. */
enum lince_status document_decode(struct lince_document *document, uint32_t index, const struct image_request *request,
                                  struct meter *meter, struct image *image, struct lince_error *error);

#endif
