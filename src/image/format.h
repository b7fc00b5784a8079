/*
 * format.h - what each image format does for the two public faces of this folder, image.h and price.h.
 *
 * A format reads its header without allocating, names the bytes that decoding takes beyond the result, and decodes
 * into a result that is already there, row by row through a reducer.
 */
#ifndef LINCE_IMAGE_FORMAT_H
#define LINCE_IMAGE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/ground.h"
#include "image/image.h"
#include "image/price.h"

/* One decoding: all borrowed. */
struct decode_job {
    const uint8_t *bytes;
    size_t bytes_count;
    const struct image_header *header;
    const struct image_request *request;
    struct meter *meter;
    struct image *image; /* pixels allocated, to be filled */
    struct pages *pages; /* of a file with pages, of which one is decoded; `bytes` is NULL then. NULL: the bytes */
    uint32_t page_index;
    uint8_t ground;                   /* the level that shows where nothing is visible */
    struct ground_contrast *contrast; /* to be told what is half visible */
    struct lince_error *error;
};

struct pages;
struct pages_kind;

struct image_format {
    enum lince_format format;
    const char *name;               /* for messages */
    const struct pages_kind *pages; /* how pages are read; NULL: the file is one image, read by what follows */
    /* Whether these bytes begin like the format. */
    bool (*matches)(const uint8_t *bytes, size_t bytes_count);
    /* Fills all but the upright size, which follows from the stored size and the orientation. `header` is cleared but
     * for `format`, `orientation` 1 and `band_rows_px` 1; a frame size of 0 stands for the whole canvas. */
    enum lince_status (*header_read)(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                     struct lince_error *error);
    /* The most bytes held at once beyond the result, the reducer's included. */
    uint64_t (*extra_bytes)(const struct image_header *header, uint32_t width_px, uint32_t height_px);
    enum lince_status (*decode)(const struct decode_job *job);
};

/* Checks what a format says of itself, and fills what follows from it. */
enum lince_status header_finish(const struct image_format *format, struct image_header *header,
                                struct lince_error *error);

/* What all decoding of an image or a page has in common: `job` names header, request, meter, error and the source. */
enum lince_status decode_begin(struct decode_job *job, const struct image_format *format, struct image *image);

/* The format of that number, NULL when there is none. */
const struct image_format *format_by_number(enum lince_format format);

extern const struct image_format jpeg_format, png_format, webp_format, bmp_format, gif_format, tiff_format, pdf_format,
    heif_format, avif_format, jxl_format;

/* The format that the first bytes tell, NULL when none. */
const struct image_format *image_format_of(const uint8_t *bytes, size_t bytes_count);

/* Orientations 5 to 8 exchange width and height. */
static inline bool orientation_is_turned(uint32_t orientation) {
    return orientation >= 5;
}

/* The failures that all formats share. `bytes` is what was asked for when the meter refused. */
enum lince_status decode_out_of_memory(const struct decode_job *job, uint64_t bytes);
enum lince_status decode_damaged(const struct decode_job *job, uint32_t row);
enum lince_status header_damaged(enum lince_format format, struct lince_error *error);

/* What a block of meter_allocate is charged beyond its size. */
enum { BLOCK_OVERHEAD_BYTES = 16 };

#endif
