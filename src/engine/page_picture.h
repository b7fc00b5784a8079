/* page_picture.h - a page of a document as a picture, for output forms that contain it. */
#ifndef LINCE_ENGINE_PAGE_PICTURE_H
#define LINCE_ENGINE_PAGE_PICTURE_H

#include "lince.h"

struct buffer;
struct meter;

/*
 * Appends the page at full size to `picture`: as it is in the file, if that is strips of group 4 (fax_strip.h), else as
 * a PNG. Decoding is charged to `meter`. Fails as image_decode does; a refused buffer is MEMORY_LIMIT. Thread-safe.
 */
enum lince_status page_picture_append(struct lince_document *document, uint32_t index, struct meter *meter,
                                      struct buffer *picture, struct lince_error *error);

#endif
