/*
 * format.h - what each image format implements for image.h and price.h, the public headers of this folder.
 *
 * A format reads its header without allocating, states how many bytes decoding takes beyond the result, and decodes
 * into an existing result, row by row through a reducer.
 */
#ifndef LINCE_IMAGE_FORMAT_H
#define LINCE_IMAGE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/ground.h"
#include "image/image.h"
#include "image/price.h"

struct image_format;
struct pages;

/* One decoding. All members are borrowed. */
struct decode_job {
    const uint8_t *bytes;
    size_t bytes_count;
    const struct image_format *format;
    const struct image_header *header;
    const struct image_request *request;
    struct meter *meter;
    struct image *image; /* allocated pixels, to be filled */
    struct pages *pages; /* a file with pages, one of which is decoded; `bytes` is then NULL. NULL: decode the bytes */
    uint32_t page_index;
    uint8_t ground;                   /* the level where nothing is visible */
    struct ground_contrast *contrast; /* receives the transparent edges */
    struct lince_error *error;
};

struct pages_kind;

struct image_format {
    enum lince_format format;
    const char *name;               /* for messages */
    const struct pages_kind *pages; /* how pages are read; NULL: the file is one image, read by the functions below */
    /* Whether the bytes begin like this format. */
    bool (*matches)(const uint8_t *bytes, size_t bytes_count);
    /*
     * Fills in everything but the upright size, which follows from the stored size and the orientation. `header` is
     * cleared, except that `format` is set and `orientation` and `band_rows_px` are 1. A frame size of 0 means the
     * whole canvas.
     */
    enum lince_status (*header_read)(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                     struct lince_error *error);
    /* The most bytes held at once beyond the result, including the reducer's. */
    uint64_t (*extra_bytes)(const struct image_header *header, uint32_t width_px, uint32_t height_px);
    enum lince_status (*decode)(const struct decode_job *job);
    /* Loads everything that decoding takes from the disk; NULL: nothing. UNSUPPORTED if a library is not installed. */
    enum lince_status (*load)(struct lince_error *error);
};

/* Checks what a format's header says, and fills in what follows from it. */
enum lince_status header_finish(const struct image_format *format, struct image_header *header,
                                struct lince_error *error);

/* The steps common to all decoding of images and pages. `job` has the format, header, request, meter, error, source. */
enum lince_status decode_begin(struct decode_job *job, struct image *image);

/* The most bytes that decode_begin holds for this working size, including the result. */
uint64_t format_decode_bytes(const struct image_format *format, const struct image_header *header, uint32_t width_px,
                             uint32_t height_px);

/* The format with that number, or NULL. */
const struct image_format *format_by_number(enum lince_format format);

extern const struct image_format jpeg_format, png_format, webp_format, bmp_format, gif_format, tiff_format, pdf_format,
    heif_format, avif_format, jxl_format, jp2_format, pnm_format;

/* The format of these first bytes, or NULL. */
const struct image_format *image_format_of(const uint8_t *bytes, size_t bytes_count);

/* Orientations 5 to 8 swap width and height. */
static inline bool orientation_is_turned(uint32_t orientation) {
    return orientation >= 5;
}

/* The failures that all formats share. `bytes` is the size that the meter refused. */
enum lince_status decode_out_of_memory(const struct decode_job *job, uint64_t bytes);
enum lince_status decode_damaged(const struct decode_job *job, uint32_t row);
enum lince_status format_header_damaged(const char *name, struct lince_error *error);

/* What meter_allocate charges for a block beyond its size. */
enum { BLOCK_OVERHEAD_BYTES = 16 };

#endif
