/*
 * reduce.h - takes source rows from top to bottom, averages them to the working size, turns them upright and writes
 * them to their place in the result.
 *
 * The average is an exact box filter: an output pixel weighs every source pixel by the part that it covers, in
 * integers, and rounds once. A source that already has the working size is copied or decoded straight into the result.
 */
#ifndef LINCE_IMAGE_REDUCE_H
#define LINCE_IMAGE_REDUCE_H

#include <stddef.h>
#include <stdint.h>

#include "image/format.h"

struct reducer {
    const struct decode_job *job;               /* borrowed */
    uint32_t source_width_px, source_height_px; /* of the source rows */
    uint32_t width_px, height_px;               /* of the result, before it is turned upright */
    uint8_t *origin;                            /* where the result's pixel (0, 0), before turning, goes */
    ptrdiff_t step_x_bytes, step_y_bytes;       /* from there to the next pixel and to the next row */
    uint8_t *row;         /* owned: the row being filled; NULL when rows go straight to the result */
    uint32_t *sums;       /* owned: weighted sums of rows; NULL when nothing is reduced */
    uint32_t source_y, y; /* rows taken, rows written */
    int sums_begun;       /* the sums are not empty */
    double share_before;  /* share of the decoding done before the first row */
};

/* Fails with MEMORY_LIMIT; then nothing is left. `orientation` is that of the rows, in EXIF numbers. */
enum lince_status reducer_open(struct reducer *reducer, const struct decode_job *job, uint32_t source_width_px,
                               uint32_t source_height_px, uint32_t orientation);

/* Where to write the next row: source_width_px x RGB. */
uint8_t *reducer_row(const struct reducer *reducer);

/* Takes the row that was written. At most source_height_px times. Fails only with CANCELLED. */
enum lince_status reducer_push(struct reducer *reducer);

/* Reports the share of all decoding that is done; CANCELLED if the caller wants to stop. */
enum lince_status reducer_report(const struct decode_job *job, double share);

/*
 * For a library that decodes an image whole: reports the decoding as done, and takes the rows of the image, upright,
 * from `fill`, which writes row `y` as `rgb`. MEMORY_LIMIT, CANCELLED.
 */
enum lince_status reducer_take_whole(const struct decode_job *job, uint32_t width_px, uint32_t height_px,
                                     void (*fill)(void *context, uint32_t y, uint8_t *rgb), void *context);

/* The same for rows of `header->channels` samples a pixel, RGB or RGBA, `stride_bytes` apart. */
enum lince_status reducer_take_rows(const struct decode_job *job, const uint8_t *rows, size_t stride_bytes);

/* Frees what it owns; a cleared struct is allowed. */
void reducer_close(struct reducer *reducer);

/* The most bytes a reducer takes for a source of this width. */
uint64_t reducer_bytes(uint32_t source_width_px);

#endif
