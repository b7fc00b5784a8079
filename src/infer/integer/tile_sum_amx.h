/*
 * tile_sum_amx.h - the sums of a product's tile in the tile registers of AMX, for kernels_lanes.h. Intel's manual of
 * the architecture, volume 1, chapter 18, describes them.
 *
 * A tile register has up to 16 rows of up to 64 bytes. One holds 16 rows of the input and some of their bytes; three
 * hold the weights for these bytes, as they are stored, of 16 outputs each; and three hold the sums. `step` is how many
 * groups of DEPTH bytes are multiplied at once.
 */
#ifndef LINCE_INFER_INTEGER_TILE_SUM_AMX_H
#define LINCE_INFER_INTEGER_TILE_SUM_AMX_H

#include <immintrin.h>
#include <string.h>

enum { AMX_ROWS = 16, AMX_ROW_BYTES = 64, AMX_PALETTE = 1 };

/* What LDTILECFG reads. */
struct amx_shapes {
    uint8_t palette, start_row, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
};

/* The most groups that a register takes and that divide a segment, so that no part of one is left. */
ALWAYS_INLINE size_t amx_step(size_t groups) {
    size_t step = groups < AMX_ROWS ? groups : AMX_ROWS;
    while (groups % step != 0) {
        step--;
    }
    return step;
}

ALWAYS_INLINE size_t tiles_begin(const struct product *product) {
    size_t step = amx_step(product->segment_groups);
    size_t rows = product->row_count < AMX_ROWS ? product->row_count : AMX_ROWS;
    struct amx_shapes shapes = {.palette = AMX_PALETTE};
    for (size_t i = 0; i < 7; i++) { /* 0 to 2: sums; 3: input; 4 to 6: weights */
        shapes.rows[i] = (uint8_t)(i < 4 ? rows : step);
        shapes.row_bytes[i] = (uint16_t)(i == 3 ? step * DEPTH : AMX_ROW_BYTES);
    }
    _tile_loadconfig(&shapes);
    return step;
}

/* The registers are given up, so that the kernel need not keep them for this thread. */
ALWAYS_INLINE void tiles_end(void) {
    _tile_release();
}

/* The last tile overlaps the one before it: its rows are computed twice, and none is missing. */
ALWAYS_INLINE size_t tile_row(const struct product *product, size_t row) {
    return row + AMX_ROWS <= product->row_count || row == 0 ? row : product->row_count - AMX_ROWS;
}

ALWAYS_INLINE void tile_sum(const struct product *product, size_t step, const ints starts[TILE_GROUPS_LIMIT],
                            size_t row, size_t tall, size_t group, size_t groups,
                            ints sums[TILE_ROWS_LIMIT][TILE_GROUPS_LIMIT]) {
    (void)tall;
    const uint8_t *rows = product->rows + row * product->row_stride;
    const int8_t *weights = group_weights(product, group);
    const size_t next = (size_t)(group_weights(product, 1) - group_weights(product, 0)), same_row = 0;
    _tile_loadd(0, &starts[0], same_row);
    if (groups > 1) {
        _tile_loadd(1, &starts[1], same_row);
    }
    if (groups > 2) {
        _tile_loadd(2, &starts[2], same_row);
    }
    for (size_t segment = 0; segment < product->segment_count; segment++) {
        for (size_t k = 0; k < product->segment_groups; k += step) {
            _tile_loadd(3, rows + k * DEPTH, product->row_stride);
            _tile_loadd(4, weights, AMX_ROW_BYTES);
            _tile_dpbusd(0, 3, 4);
            if (groups > 1) {
                _tile_loadd(5, weights + next, AMX_ROW_BYTES);
                _tile_dpbusd(1, 3, 5);
            }
            if (groups > 2) {
                _tile_loadd(6, weights + 2 * next, AMX_ROW_BYTES);
                _tile_dpbusd(2, 3, 6);
            }
            weights += step * LANES * DEPTH;
        }
        rows += product->segment_stride;
    }
    _tile_stored(0, &sums[0][0], sizeof sums[0]);
    if (groups > 1) {
        _tile_stored(1, &sums[0][1], sizeof sums[0]);
    }
    if (groups > 2) {
        _tile_stored(2, &sums[0][2], sizeof sums[0]);
    }
}

#endif
