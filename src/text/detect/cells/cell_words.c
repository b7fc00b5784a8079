/* cell_words.c - chains small shapes to the right, and keeps the chains whose letters stand on one line. */
#include "text/detect/cells/cell_words.h"

#include <math.h>
#include <stdlib.h>

/* More shapes of this size are a texture. */
enum { MOST_SHAPES = 400, LETTERS_LIMIT = 64 };

/* So many letters are a word: of the lower ones more, since pieces of larger letters are low. */
enum { LEAST_LETTERS = 3, LEAST_LOW_LETTERS = 4, LEAST_SLOPE_LETTERS = 4, LOW_PX = 6 };

/* The strokes of a letter reach this share of the way from the paper. */
static const double STROKE_SHARE = 0.45;

/* Letters that touch are at most so many times as long as high; capitals and stems so many times as high. */
static const double MOST_LENGTH = 3.0, MOST_RISE = 1.7;

/* Of two letters side by side, one is at most so many times as high: a capital with its accent. */
static const double MOST_RATIO = 2.2;

/* The gap to the next letter, and how much of the lower one stands beside the other, in shares of its height. */
static const double MOST_GAP = 0.75, BESIDE_SHARE = 0.6;

/* So many letters of a word end on its base line, give or take a pixel; so few of them are flat, as dashes are. */
static const double BASE_SHARE = 0.6, FLAT_RATIO = 1.6, FLAT_SHARE = 0.5;

/* On a page that lies askew more of them end on its slope, as long as that is no steeper than this. */
static const double SLOPE_SHARE = 0.75, MOST_SLOPE = 0.36;

/* What is larger than the letters, but not as large as a value beside its label, is of one word with them. */
static const double LARGER = 1.9, MUCH_LARGER = 5.0;

/* Ink so near above or below is of one letter with the shape, but for the dot of an i and accents. */
enum { PIECE_GAP_PX = 1 };

struct shapes {
    struct shape items[MOST_SHAPES];
    uint32_t count;
};

static uint32_t height_of(const struct shape *shape) {
    return shape->y1 - shape->y0 + 1u;
}

static uint32_t width_of(const struct shape *shape) {
    return shape->x1 - shape->x0 + 1u;
}

static int shapes_compare(const void *a, const void *b) {
    const struct shape *one = a, *other = b;
    return one->x0 != other->x0 ? one->x0 - other->x0 : one->y0 - other->y0;
}

static bool is_cut(const struct cell *cell, const struct shape *shape) {
    return shape->x0 == 0 || shape->y0 == 0 || shape->x1 + 1u == cell->width || shape->y1 + 1u == cell->height;
}

/* Sorts the shapes that may be letters into `small`, from the left, and other high ones into `larger`. */
static bool shapes_sort(const struct cell *cell, uint32_t small_px, struct shapes *small, struct shapes *larger) {
    small->count = larger->count = 0;
    for (uint32_t i = 0; i < cell->shape_count; i++) {
        const struct shape *shape = &cell->shapes[i];
        uint32_t height = height_of(shape);
        if (!cell_is_shape(cell, i) || height < CELL_LEAST_LETTER_PX) {
            continue;
        }
        bool is_small = !is_cut(cell, shape) && height < MOST_RISE * small_px &&
                        width_of(shape) <= MOST_LENGTH * height && shape->peak >= STROKE_SHARE * cell->farthest;
        if (!is_small && cell_is_rule(cell, shape)) {
            continue;
        }
        struct shapes *kept = is_small ? small : larger;
        if (kept->count == MOST_SHAPES) {
            return false;
        }
        kept->items[kept->count++] = *shape;
    }
    qsort(small->items, small->count, sizeof *small->items, shapes_compare);
    return true;
}

static bool follows(const struct shape *last, const struct shape *next) {
    uint32_t one = height_of(last), other = height_of(next), lower = one < other ? one : other;
    int top = last->y0 > next->y0 ? last->y0 : next->y0, bottom = last->y1 < next->y1 ? last->y1 : next->y1;
    int gap = next->x0 - last->x1 - 1;
    return bottom - top + 1 >= BESIDE_SHARE * lower && gap >= -1 && gap <= MOST_GAP * (one > other ? one : other) &&
           (one > other ? one : other) <= MOST_RATIO * lower;
}

struct chain {
    const struct shape *letters[LETTERS_LIMIT];
    uint32_t count;
};

static void chain_follow(const struct shapes *small, uint32_t first, bool *used, struct chain *chain) {
    *chain = (struct chain){.letters = {&small->items[first]}, .count = 1};
    used[first] = true;
    for (uint32_t i = first + 1; i < small->count && chain->count < LETTERS_LIMIT; i++) {
        if (!used[i] && follows(chain->letters[chain->count - 1], &small->items[i])) {
            chain->letters[chain->count++] = &small->items[i];
            used[i] = true;
        }
    }
}

/* The middle one of some values of letters, each at most a byte. */
static uint32_t middle_of(const uint32_t counts[UINT8_MAX + 1], uint32_t count) {
    uint32_t middle = 0;
    for (uint32_t below = counts[0]; below < count - count / 2; below += counts[middle]) {
        middle++;
    }
    return middle;
}

static uint32_t middle_height(const struct chain *chain) {
    uint32_t counts[UINT8_MAX + 1] = {0};
    for (uint32_t i = 0; i < chain->count; i++) {
        counts[height_of(chain->letters[i])]++;
    }
    return middle_of(counts, chain->count);
}

/* Letters that end on one level, give or take a pixel. */
static uint32_t letters_on_level(const struct chain *chain) {
    uint32_t counts[UINT8_MAX + 1] = {0}, count = 0;
    for (uint32_t i = 0; i < chain->count; i++) {
        counts[chain->letters[i]->y1]++;
    }
    uint32_t base = middle_of(counts, chain->count);
    for (uint32_t y = base > 0 ? base - 1 : 0; y <= base + 1 && y <= UINT8_MAX; y++) {
        count += counts[y];
    }
    return count;
}

static double centre_of(const struct shape *shape) {
    return (shape->x0 + shape->x1) / 2.0;
}

/* Letters that end on a line from one letter to another, give or take a pixel; none if it is steep. */
static uint32_t letters_on_slope(const struct chain *chain, const struct shape *from, const struct shape *to) {
    double slope = ((double)to->y1 - from->y1) / fmax(centre_of(to) - centre_of(from), 1.0);
    uint32_t count = 0;
    for (uint32_t i = 0; fabs(slope) <= MOST_SLOPE && i < chain->count; i++) {
        const struct shape *letter = chain->letters[i];
        count += fabs(letter->y1 - from->y1 - slope * (centre_of(letter) - centre_of(from))) <= 1.0;
    }
    return count;
}

/* Whether the letters stand on a level, or those of a longer word on a slope: of the ends, some may have tails. */
static bool is_on_a_line(const struct chain *chain) {
    uint32_t flat = 0, last = chain->count - 1, on_slope = 0;
    for (uint32_t i = 0; i < chain->count; i++) {
        flat += width_of(chain->letters[i]) >= FLAT_RATIO * height_of(chain->letters[i]);
    }
    for (uint32_t i = 0; i < 4 && chain->count >= LEAST_SLOPE_LETTERS; i++) {
        uint32_t count = letters_on_slope(chain, chain->letters[i % 2], chain->letters[last - i / 2]);
        on_slope = count > on_slope ? count : on_slope;
    }
    return (letters_on_level(chain) >= BASE_SHARE * chain->count || on_slope >= SLOPE_SHARE * chain->count) &&
           flat <= FLAT_SHARE * chain->count;
}

static bool is_letter_of(const struct chain *chain, const struct shape *shape) {
    for (uint32_t i = 0; i < chain->count; i++) {
        if (chain->letters[i] == shape) {
            return true;
        }
    }
    return false;
}

/* Whether something larger stands at the same height next to the letters: then these are pieces, or small beside it. */
static bool is_beside_larger(const struct chain *chain, uint32_t middle, const struct shapes *others) {
    const struct shape *first = chain->letters[0], *last = chain->letters[chain->count - 1];
    for (uint32_t i = 0; i < others->count; i++) {
        const struct shape *other = &others->items[i];
        uint32_t height = height_of(other);
        bool is_larger = height >= LARGER * middle && height <= MUCH_LARGER * middle;
        bool is_near = other->x0 <= last->x1 + 2 * middle && other->x1 + 2 * middle >= first->x0;
        is_near = is_near && other->y0 <= first->y1 && other->y1 >= first->y0;
        if (is_larger && is_near && !is_letter_of(chain, other)) {
            return true;
        }
    }
    return false;
}

static bool has_pieces(const struct cell *cell, const struct chain *chain) {
    uint32_t pieces = 0;
    for (uint32_t i = 0; i < chain->count; i++) {
        const struct shape *shape = chain->letters[i];
        bool is_piece = false;
        for (uint32_t y = shape->y1 + 1u; y <= shape->y1 + PIECE_GAP_PX + 1u && y < cell->height; y++) {
            for (uint32_t x = shape->x0; x <= shape->x1; x++) {
                is_piece = is_piece || cell->pixels[(size_t)y * cell->width + x] != 0;
            }
        }
        pieces += is_piece;
    }
    return 3 * pieces > chain->count;
}

uint8_t cell_words_height(const struct cell *cell, uint32_t small_px) {
    struct shapes small, larger;
    bool used[MOST_SHAPES] = {false};
    uint32_t least = 0;
    if (!shapes_sort(cell, small_px, &small, &larger)) {
        return 0;
    }
    for (uint32_t i = 0; i < small.count; i++) {
        struct chain chain;
        if (used[i] || small.items[i].x0 >= cell->own_width || small.items[i].y0 >= cell->own_height) {
            continue;
        }
        chain_follow(&small, i, used, &chain);
        uint32_t middle = middle_height(&chain);
        if (middle < small_px && chain.count >= (middle <= LOW_PX ? LEAST_LOW_LETTERS : LEAST_LETTERS) &&
            is_on_a_line(&chain) && !is_beside_larger(&chain, middle, &larger) &&
            !is_beside_larger(&chain, middle, &small) && !has_pieces(cell, &chain)) {
            least = least == 0 || middle < least ? middle : least;
        }
    }
    return (uint8_t)least;
}
