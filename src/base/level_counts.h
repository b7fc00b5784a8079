/*
 * level_counts.h - counts pixels by their brightness. Neighbours mostly have one level, so they are counted in
 * different tables: no count waits for the one before it.
 */
#ifndef LINCE_BASE_LEVEL_COUNTS_H
#define LINCE_BASE_LEVEL_COUNTS_H

#include <stddef.h>
#include <stdint.h>

enum { LEVEL_COUNTS_LEVELS = 64, LEVEL_COUNTS_TABLES = 4 };

/* Zero it first. */
struct level_counts {
    uint32_t tables[LEVEL_COUNTS_TABLES][LEVEL_COUNTS_LEVELS];
};

/* Counts the pixel number `i` of a row. `level`: 0 to 63. */
static inline void level_counts_add(struct level_counts *counts, size_t i, uint32_t level) {
    counts->tables[i % LEVEL_COUNTS_TABLES][level]++;
}

/* How many pixels have each level. */
static inline void level_counts_sum(const struct level_counts *counts, uint32_t histogram[LEVEL_COUNTS_LEVELS]) {
    for (size_t level = 0; level < LEVEL_COUNTS_LEVELS; level++) {
        histogram[level] = 0;
        for (size_t table = 0; table < LEVEL_COUNTS_TABLES; table++) {
            histogram[level] += counts->tables[table][level];
        }
    }
}

#endif
