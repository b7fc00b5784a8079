/*
 * image.h - decodes an image file to 8-bit RGB rows, upright, at the working size.
 *
 * The content decides the format, never the name. Transparent pixels are laid on white, or on black or grey if the
 * visible pixels would not show on white (ground.h). Decoding reduces to the working size on the way (DCT scaling,
 * averaging of rows), so a large image is never whole in memory if its format allows.
 */
#ifndef LINCE_IMAGE_IMAGE_H
#define LINCE_IMAGE_IMAGE_H

#include "lince.h"

struct meter;

struct image {
    uint8_t *pixels; /* RGB, rows of stride_bytes; owned, on the meter passed to image_decode */
    uint32_t width_px, height_px;
    size_t stride_bytes;
    uint32_t source_width_px, source_height_px; /* upright, before reduction */
    double scale_x, scale_y;                    /* source pixels per working pixel, at least 1 */
    uint32_t rotation; /* clockwise degrees from EXIF: 0, 90, 180, 270; for a mirrored orientation, the turn after the
                          mirroring */
};

/* Called between bands of rows with the share that is done, 0..1. Nonzero cancels. */
typedef int (*image_progress)(void *context, double share);

struct image_request {
    uint32_t width_px, height_px; /* the working size, upright: at most the source's, at least 1 x 1 */
    image_progress progress;      /* NULL: none */
    void *progress_context;
};

/*
 * Borrows `bytes`. Gives `image`, exactly of the requested size; free it with image_free. Charges what it needs
 * meanwhile to `meter`, at most image_decode_bytes() for that size, and returns it at the end. After a failure `image`
 * is empty and nothing is left on the meter. The average over the covered source pixels is exact, so the same bytes
 * give the same pixels on every machine. Fails with EMPTY, UNKNOWN_FORMAT, UNSUPPORTED, DAMAGED, TOO_LARGE,
 * MEMORY_LIMIT, CANCELLED, ARGUMENT.
 */
enum lince_status image_decode(const uint8_t *bytes, size_t bytes_count, const struct image_request *request,
                               struct meter *meter, struct image *image, struct lince_error *error);

/*
 * Loads every decoding library, and all that it would take from the disk later. For a process that is about to lose its
 * access to files. Files of a format whose library is not installed are refused when they come.
 */
void image_load_libraries(void);

/* Frees the pixels and empties the image; it may be empty already. */
void image_free(struct image *image);

#endif
