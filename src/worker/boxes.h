/* boxes.h - draws the boxes of a page's lines on it, as a PNG. */
#ifndef LINCE_WORKER_BOXES_H
#define LINCE_WORKER_BOXES_H

#include "lince.h"

struct buffer;
struct lince_document;
struct meter;

/* Appends to `png`. The picture is at most 1600 pixels on its longer side; boxes are in source pixels. */
enum lince_status boxes_draw(struct lince_document *document, uint32_t index, const struct lince_box *boxes,
                             size_t box_count, struct meter *meter, struct buffer *png, struct lince_error *error);

#endif
