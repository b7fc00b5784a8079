/*
 * image.h - from the bytes of an image file to 8-bit RGB rows, upright, at working size.
 *
 * The content decides the format, never a name. Transparency is laid over white, or over black or grey
 * where that shows what is visible and white does not (ground.h). The working size is reached on the
 * way (DCT scaling, rows averaged as they come), so that a large image never stands in memory whole where its format
 * allows.
 */
#ifndef LINCE_IMAGE_IMAGE_H
#define LINCE_IMAGE_IMAGE_H

#include "lince.h"

struct meter;

struct image {
    uint8_t *pixels; /* RGB, rows of stride_bytes; owned, on the meter that image_decode was given */
    uint32_t width_px, height_px;
    size_t stride_bytes;
    uint32_t source_width_px, source_height_px; /* upright, before reduction */
    double scale_x, scale_y;                    /* source pixels per working pixel, at least 1 */
    uint32_t rotation;                          /* degrees clockwise that EXIF asked for: 0, 90, 180, 270; a
                                                   mirrored orientation gives the turn that follows the mirroring */
};

/* Called between bands of rows with the share done, 0..1; nonzero cancels. */
typedef int (*image_progress)(void *context, double share);

struct image_request {
    uint32_t width_px, height_px; /* the working size, upright: at most the source's, at least 1 x 1 */
    image_progress progress;      /* NULL: none */
    void *progress_context;
};

/*
 * Borrows `bytes`. Gives `image` (free with image_free), exactly of the requested size. Everything it needs
 * meanwhile is charged to `meter` and returned at the end; at most image_decode_bytes() for that size. After a failure
 * `image` is empty and nothing is left on the meter. The average over the covered source pixels is exact, so that the
 * same bytes give the same pixels on every machine.
 * Fails with EMPTY, UNKNOWN_FORMAT, UNSUPPORTED, DAMAGED, TOO_LARGE, MEMORY_LIMIT, CANCELLED, ARGUMENT.
 */
enum lince_status image_decode(const uint8_t *bytes, size_t bytes_count, const struct image_request *request,
                               struct meter *meter, struct image *image, struct lince_error *error);

/* Frees the pixels and leaves the image empty; an empty image is allowed. */
void image_free(struct image *image);

#endif
