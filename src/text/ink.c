/* ink.c - the paper is the commonest brightness of a strip; ink differs from it enough. */
#include "text/ink.h"

#include <math.h>

#include "base/arena.h"

enum { LEVELS = 64 };

/* A level with a smaller share of the pixels does not set the contrast. */
static const double RARE_SHARE = 0.005;
/* Ink differs from paper by at least this share of the strip's contrast. */
static const float INK_SHARE = 0.45f;
/* In levels: a smaller contrast comes from the width of a level, and the strip is bare paper. */
static const int LEAST_CONTRAST = 2;

static float brightness(const struct strip *strip, size_t i) {
    size_t plane = (size_t)strip->width * STRIP_HEIGHT_PX;
    return (strip->planes[i] + strip->planes[plane + i] + strip->planes[2 * plane + i]) / 3.0f;
}

static int level_of(float value) {
    int level = (int)((value + 1.0f) * 0.5f * LEVELS);
    return level < 0 ? 0 : level >= LEVELS ? LEVELS - 1 : level;
}

/* The paper's level, and its distance from the farthest level that is not rare. */
static void levels_measure(const struct strip *strip, int *paper, int *contrast) {
    uint32_t histogram[LEVELS] = {0};
    size_t count = (size_t)strip->width * STRIP_HEIGHT_PX;
    for (size_t i = 0; i < count; i++) {
        histogram[level_of(brightness(strip, i))]++;
    }
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
        for (size_t x = 0; x < strip->width; x++) {
            uint8_t is_ink = fabsf(brightness(strip, at + x) - ink->paper) > ink->least;
            ink->pixels[at + x] = is_ink;
            ink->columns[x] = (uint8_t)(ink->columns[x] + is_ink);
        }
    }
    return true;
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
