/* price.h - format, size and cost of an image from its header alone. */
#ifndef LINCE_IMAGE_PRICE_H
#define LINCE_IMAGE_PRICE_H

#include <stdbool.h>

#include "lince.h"

/* Fixed limits, whatever the memory: a longer side or more pixels is LINCE_ERROR_TOO_LARGE. */
#define IMAGE_SIDE_LIMIT_PX 65500u
#define IMAGE_AREA_LIMIT_PX (UINT64_C(1) << 30)

struct image_header {
    enum lince_format format;
    uint32_t stored_width_px, stored_height_px;
    uint32_t width_px, height_px; /* upright: after the EXIF orientation */
    uint32_t orientation;         /* EXIF, 1..8 */
    uint32_t channels;   /* stored channels: 1 grey, 2 grey+alpha, 3 colour or palette, 4 colour+alpha or CMYK */
    uint32_t bits;       /* stored bits per channel: 1, 2, 4, 8, 16 */
    bool in_passes;      /* JPEG in several scans, interlaced PNG or GIF */
    uint64_t file_bytes; /* of the encoded image, if its bytes are freed once it is decoded; set by the owner */
    uint64_t coefficients_bytes;     /* JPEG in several scans: room for all coefficients; JPEG 2000: samples; else 0 */
    double dots_per_inch;            /* of the stored columns, if a page of a document says so; otherwise 0 */
    uint32_t halvings_most;          /* JPEG 2000: how often decoding can halve the image; otherwise 0 */
    uint32_t band_rows_px;           /* JPEG: rows that are decoded together; otherwise 1 */
    bool lossless;                   /* lossless WebP, which is decoded whole */
    bool is_elsewhere;               /* decoded in another process, which holds the pixels too until they are sent */
    bool animated;                   /* more than one frame or picture: only the first is read */
    bool wants_whole;                /* a prefix of the file is not enough for all of this */
    uint32_t frame_x_px, frame_y_px; /* where the first frame is on the canvas; the rest is white */
    uint32_t frame_width_px, frame_height_px;
    uint64_t
        library_bytes; /* what decoding takes beyond rows of the result, if the header alone decides it; otherwise 0 */
};

/*
 * Borrows `bytes`. A prefix that holds the header is enough, except that the EXIF orientation of a WebP image is at its
 * end. Fails as image_decode does, but not with MEMORY_LIMIT.
 */
enum lince_status image_header_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                    struct lince_error *error);

/*
 * The most bytes that image_decode will hold for this working size, including the result. An upper bound, which the
 * tests compare with the meter; at most a quarter too high for images of a megapixel or more.
 */
uint64_t image_decode_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px);

/* The bytes of the result alone, which remain after image_decode. */
uint64_t image_result_bytes(uint32_t width_px, uint32_t height_px);

#endif
