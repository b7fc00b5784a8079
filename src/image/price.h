/*
 * price.h - format, size and cost of an image from its header alone, before any pixel is decoded.
 */
#ifndef LINCE_IMAGE_PRICE_H
#define LINCE_IMAGE_PRICE_H

#include <stdbool.h>

#include "lince.h"

/* Fixed limits of the program, whatever the memory: a longer side or more pixels than this is LINCE_ERROR_TOO_LARGE. */
#define IMAGE_SIDE_LIMIT_PX 65500u
#define IMAGE_AREA_LIMIT_PX (UINT64_C(1) << 30)

struct image_header {
    enum lince_format format;
    uint32_t stored_width_px, stored_height_px;
    uint32_t width_px, height_px;    /* upright: after the EXIF orientation */
    uint32_t orientation;            /* EXIF, 1..8 */
    uint32_t channels;               /* stored: 1 grey, 2 grey+alpha, 3 colour or palette, 4 colour+alpha or CMYK */
    uint32_t bits;                   /* stored, per channel: 1, 2, 4, 8, 16 */
    bool in_passes;                  /* JPEG in several scans, interlaced PNG or GIF */
    uint64_t file_bytes;             /* of the encoded image, where they go once it is decoded; set by who knows them */
    uint64_t coefficients_bytes;     /* JPEG in several scans: what all of them are collected in; else 0 */
    uint32_t band_rows_px;           /* JPEG: rows that come out together; else 1 */
    bool lossless;                   /* WebP of the lossless kind, which is decoded whole; else false */
    bool animated;                   /* more than one frame: only the first is read */
    uint32_t frame_x_px, frame_y_px; /* where the (first) frame lies on the canvas; the rest is white */
    uint32_t frame_width_px, frame_height_px;
    uint64_t library_bytes; /* what decoding takes beside rows of the result, where the header alone tells it; else 0 */
};

/*
 * Borrows `bytes`; a prefix that holds the header is enough, except that the EXIF orientation of a WebP image stands
 * at its end. Same errors as image_decode but MEMORY_LIMIT.
 */
enum lince_status image_header_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                    struct lince_error *error);

/*
 * The most bytes that image_decode will hold at once for this working size, the result included: an upper bound that
 * the tests hold against the meter, and at most a quarter above it for images of a megapixel or more.
 */
uint64_t image_decode_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px);

/* The bytes of the result alone: what stays after image_decode. */
uint64_t image_result_bytes(uint32_t width_px, uint32_t height_px);

#endif
