/* tile_sum_lanes.h - the sums of a product's tile in the registers of the lanes, for kernels_lanes.h. */
#ifndef LINCE_INFER_INTEGER_TILE_SUM_LANES_H
#define LINCE_INFER_INTEGER_TILE_SUM_LANES_H

/* A product needs no preparation, and its tiles begin where the rows are. */
ALWAYS_INLINE size_t tiles_begin(const struct product *product) {
    (void)product;
    return 0;
}

ALWAYS_INLINE void tiles_end(void) {
}

ALWAYS_INLINE size_t tile_row(const struct product *product, size_t row) {
    (void)product;
    return row;
}

/*
 * The sums of up to `tall` rows from `row` on, and of `groups` groups of outputs from `group` on; both are constant
 * when inlined.
 */
ALWAYS_INLINE void tile_sum(const struct product *product, size_t step, const ints starts[TILE_GROUPS_LIMIT],
                            size_t row, size_t tall, size_t group, size_t groups,
                            ints sums[TILE_ROWS_LIMIT][TILE_GROUPS_LIMIT]) {
    (void)step;
    const uint8_t *rows[TILE_ROWS_LIMIT];
    const int8_t *weights[TILE_GROUPS_LIMIT];
    UNROLL for (size_t r = 0; r < tall; r++) { /* missing rows repeat the last */
        size_t there = row + r < product->row_count ? row + r : product->row_count - 1;
        rows[r] = product->rows + there * product->row_stride;
    }
    UNROLL for (size_t g = 0; g < groups; g++) {
        weights[g] = group_weights(product, group + g);
        UNROLL for (size_t r = 0; r < tall; r++) {
            sums[r][g] = starts[g];
        }
    }
    size_t at = 0;
    for (size_t segment = 0; segment < product->segment_count; segment++) {
        for (size_t k = 0; k < product->segment_groups; k++) {
            column columns[TILE_GROUPS_LIMIT];
            UNROLL for (size_t g = 0; g < groups; g++) {
                columns[g] = load_column(weights[g] + at);
            }
            at += LANES * DEPTH;
            UNROLL for (size_t r = 0; r < tall; r++) {
                four_bytes bytes = load_four(rows[r] + k * DEPTH);
                UNROLL for (size_t g = 0; g < groups; g++) {
                    sums[r][g] = add_products(sums[r][g], bytes, columns[g]);
                }
            }
        }
        UNROLL for (size_t r = 0; r < tall; r++) {
            rows[r] += product->segment_stride;
        }
    }
}

#endif
