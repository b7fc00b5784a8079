/*
 * ink.c - the paper is the commonest brightness of a strip; ink differs from it enough.
 *
 * Pixels are compared many at a time, so what is written never shares memory with what is read.
 */
#include "text/ink.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/level_counts.h"

enum { LEVELS = LEVEL_COUNTS_LEVELS, CHUNK_PX = 64 };

/* A level with a smaller share of the pixels does not set the contrast. */
static const double RARE_SHARE = 0.005;
/* Ink differs from paper by at least this share of the strip's contrast. */
static const float INK_SHARE = 0.45f;
/* In levels: a smaller contrast comes from the width of a level, and the strip is bare paper. */
static const int LEAST_CONTRAST = 2;

/* The three planes of some pixels that follow one another. */
struct colours {
    const float *first, *second, *third;
};

static struct colours colours_at(const struct strip *strip, size_t i) {
    size_t plane = (size_t)strip->width * STRIP_HEIGHT_PX;
    return (struct colours){strip->planes + i, strip->planes + plane + i, strip->planes + 2 * plane + i};
}

static inline float brightness(const struct colours *colours, size_t i) {
    return (colours->first[i] + colours->second[i] + colours->third[i]) / 3.0f;
}

static inline int level_of(float value) {
    int level = (int)((value + 1.0f) * 0.5f * LEVELS);
    return level < 0 ? 0 : level >= LEVELS ? LEVELS - 1 : level;
}

static void levels_count(const struct strip *strip, uint32_t histogram[LEVELS]) {
    struct level_counts counts = {0};
    size_t count = (size_t)strip->width * STRIP_HEIGHT_PX;
    for (size_t at = 0; at < count; at += CHUNK_PX) {
        struct colours colours = colours_at(strip, at);
        uint8_t levels[CHUNK_PX];
        size_t here = count - at < CHUNK_PX ? count - at : CHUNK_PX;
        for (size_t i = 0; i < here; i++) {
            levels[i] = (uint8_t)level_of(brightness(&colours, i));
        }
        for (size_t i = 0; i < here; i++) {
            level_counts_add(&counts, i, levels[i]);
        }
    }
    level_counts_sum(&counts, histogram);
}

/* The paper's level, and its distance from the farthest level that is not rare. */
static void levels_measure(const struct strip *strip, int *paper, int *contrast) {
    uint32_t histogram[LEVELS];
    size_t count = (size_t)strip->width * STRIP_HEIGHT_PX;
    levels_count(strip, histogram);
    *paper = 0;
    for (int level = 1; level < LEVELS; level++) {
        *paper = histogram[level] > histogram[*paper] ? level : *paper;
    }
    *contrast = LEAST_CONTRAST;
    for (int level = 0; level < LEVELS; level++) {
        int distance = level > *paper ? level - *paper : *paper - level;
        if (histogram[level] >= RARE_SHARE * (double)count && distance > *contrast) {
            *contrast = distance;
        }
    }
}

static void row_mark(const struct colours *colours, size_t width, float paper, float least, uint8_t *restrict pixels,
                     uint8_t *restrict columns) {
    const struct colours own = *colours;
    for (size_t x = 0; x < width; x++) {
        pixels[x] = fabsf(brightness(&own, x) - paper) > least;
    }
    for (size_t x = 0; x < width; x++) {
        columns[x] = (uint8_t)(columns[x] + pixels[x]);
    }
}

bool ink_find(const struct strip *strip, struct arena *arena, struct ink *ink) {
    size_t count = (size_t)strip->width * STRIP_HEIGHT_PX;
    ink->width = strip->width;
    ink->pixels = arena_allocate(arena, count);
    ink->columns = arena_allocate_zero(arena, strip->width, 1);
    if (ink->pixels == NULL || ink->columns == NULL) {
        return false;
    }
    int paper, contrast;
    levels_measure(strip, &paper, &contrast);
    ink->paper = ((float)paper + 0.5f) * 2.0f / LEVELS - 1.0f;
    ink->least = INK_SHARE * (float)contrast * 2.0f / LEVELS;
    for (size_t at = 0; at < count; at += strip->width) {
        struct colours colours = colours_at(strip, at);
        row_mark(&colours, strip->width, ink->paper, ink->least, ink->pixels + at, ink->columns);
    }
    return true;
}

static void row_merge(const uint8_t *restrict pixels, size_t width, uint8_t *restrict columns) {
    for (size_t x = 0; x < width; x++) {
        columns[x] |= pixels[x];
    }
}

/* In eight rows: a bit for each that differs from the paper, the lowest for the first. */
static void eight_mark(const struct strip *strip, size_t at, size_t count, float paper, float least,
                       uint8_t marks[CHUNK_PX]) {
    memset(marks, 0, CHUNK_PX);
    for (size_t row = 0; row < 8; row++, at += strip->width) {
        const struct colours colours = colours_at(strip, at);
        uint8_t bit = (uint8_t)(1U << row), own[CHUNK_PX];
        for (size_t i = 0; i < count; i++) {
            own[i] = fabsf(brightness(&colours, i) - paper) > least ? bit : 0;
        }
        for (size_t i = 0; i < count; i++) {
            marks[i] |= own[i];
        }
    }
}

void ink_find_fainter(const struct strip *strip, const struct ink *ink, float share, uint64_t *columns) {
    for (size_t x = 0; x < strip->width; x += CHUNK_PX) {
        size_t count = strip->width - x < CHUNK_PX ? strip->width - x : CHUNK_PX;
        memset(columns + x, 0, count * sizeof *columns);
        for (size_t row = 0; row < STRIP_HEIGHT_PX; row += 8) {
            uint8_t marks[CHUNK_PX];
            eight_mark(strip, row * strip->width + x, count, ink->paper, share * ink->least, marks);
            for (size_t i = 0; i < count; i++) {
                columns[x + i] |= (uint64_t)marks[i] << row;
            }
        }
    }
}

static void bytes_reverse(uint8_t *low, size_t count) {
    for (uint8_t *high = low + count - 1; low < high; low++, high--) {
        uint8_t value = *low;
        *low = *high;
        *high = value;
    }
}

void ink_reverse(struct ink *ink) {
    bytes_reverse(ink->pixels, (size_t)ink->width * STRIP_HEIGHT_PX);
    bytes_reverse(ink->columns, ink->width);
}

bool ink_columns(const struct ink *ink, uint32_t from, uint32_t until, uint32_t *first, uint32_t *end) {
    while (from < until && ink->columns[from] == 0) {
        from++;
    }
    while (until > from && ink->columns[until - 1] == 0) {
        until--;
    }
    *first = from;
    *end = until;
    return from < until;
}

size_t ink_runs(const struct ink *ink, uint32_t from, uint32_t until) {
    size_t count = 0;
    for (uint32_t x = from; x < until; x++) {
        count += ink->columns[x] != 0 && (x == from || ink->columns[x - 1] == 0);
    }
    return count;
}

void ink_between_rows(const struct ink *ink, uint32_t from, uint32_t until, uint8_t *columns) {
    memset(columns, 0, ink->width);
    for (uint32_t row = from; row < until; row++) {
        row_merge(ink->pixels + (size_t)row * ink->width, ink->width, columns);
    }
}

static bool row_has_ink(const struct ink *ink, uint32_t row, uint32_t from, uint32_t until) {
    const uint8_t *pixels = ink->pixels + (size_t)row * ink->width;
    for (uint32_t x = from; x < until; x++) {
        if (pixels[x] != 0) {
            return true;
        }
    }
    return false;
}

bool ink_rows(const struct ink *ink, uint32_t from, uint32_t until, uint32_t *first, uint32_t *end) {
    uint32_t top = 0, bottom = STRIP_HEIGHT_PX;
    while (top < bottom && !row_has_ink(ink, top, from, until)) {
        top++;
    }
    while (bottom > top && !row_has_ink(ink, bottom - 1, from, until)) {
        bottom--;
    }
    *first = top;
    *end = bottom;
    return top < bottom;
}

uint32_t ink_gap(const struct ink *ink, uint32_t from, uint32_t until, uint32_t *start) {
    uint32_t widest = 0;
    *start = from;
    for (uint32_t x = from; x < until; x++) {
        uint32_t begin = x;
        while (x < until && ink->columns[x] == 0) {
            x++;
        }
        if (x - begin > widest) {
            widest = x - begin;
            *start = begin;
        }
    }
    return widest;
}
