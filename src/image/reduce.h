/*
 * reduce.h - rows of a source image come from top to bottom; averaged to the working size and turned upright, they go
 * straight to their place in the result.
 *
 * The average is an exact box filter: every source pixel weighs as much as the part of it that an output pixel covers,
 * in whole numbers, rounded once. A source of the working size is copied, or decoded right into the result.
 */
#ifndef LINCE_IMAGE_REDUCE_H
#define LINCE_IMAGE_REDUCE_H

#include <stddef.h>
#include <stdint.h>

#include "image/format.h"

struct reducer {
    const struct decode_job *job;               /* borrowed */
    uint32_t source_width_px, source_height_px; /* of the rows that come */
    uint32_t width_px, height_px;               /* of the result, before it is turned upright */
    uint8_t *origin;                            /* where the result's pixel (0, 0), before turning, goes */
    ptrdiff_t step_x_bytes, step_y_bytes;       /* from there to the next pixel and to the next row */
    uint8_t *row;         /* owned: the row being filled; NULL when rows go straight to the result */
    uint32_t *sums;       /* owned: weighted sums of rows; NULL when nothing is reduced */
    uint32_t source_y, y; /* rows taken, rows given */
    int sums_begun;       /* sums hold something */
    double share_before;  /* of the decoding's work done before the first row came */
};

/* Fails with MEMORY_LIMIT; then nothing is left. `orientation` is how the rows lie (EXIF numbering). */
enum lince_status reducer_open(struct reducer *reducer, const struct decode_job *job, uint32_t source_width_px,
                               uint32_t source_height_px, uint32_t orientation);

/* Where the next row is to be written: source_width_px x RGB. */
uint8_t *reducer_row(const struct reducer *reducer);

/* Takes the row that was written. Fails with CANCELLED only. At most source_height_px times. */
enum lince_status reducer_push(struct reducer *reducer);

/* Reports the share done of all decoding; CANCELLED when the caller wishes so. */
enum lince_status reducer_report(const struct decode_job *job, double share);

/* Frees what it owns; allowed on a cleared struct. */
void reducer_close(struct reducer *reducer);

/* The most bytes a reducer takes, for a source of this size. */
uint64_t reducer_bytes(uint32_t source_width_px);

#endif
