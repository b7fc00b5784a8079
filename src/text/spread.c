/* spread.c - letters with gaps of one width on both sides, many in a row. */
#include "text/spread.h"

#include <string.h>

#include "text/spaces.h"

/* The gap between spread letters, in columns of a strip: letters of a usual word are closer. */
enum { GAP_LEAST_PX = 8 };
/*
 * The greatest distance between them, in heights of the strip's ink. Without rules between them, characters farther
 * apart are in cells of a table; the limit is lower for digits than for letters.
 */
static const double DIGITS_MOST = 2.4, LETTERS_MOST = 3.0, CELLS_MOST = 5.0;

/* Fewer letters may be words of one letter, and fewer digits a column of a table. */
enum { LEAST_LETTERS = 4, LEAST_DIGITS = 6, LEAST_IN_CELLS = 3, LEAST_IN_COMB = 2 };

/* Between two spread words gap and distance are this many times as large as the usual ones. */
static const double WORD_GAP = 1.6, WORD_DISTANCE = 1.4;

/* Only so many distances of a stretch are examined. */
enum { DISTANCES_MOST = 64 };

/* A stretch of glyphs that are apart: the gaps between `first` and `last` are those between letters. */
struct stretch {
    size_t first, last, letters, digits;
    double gaps[DISTANCES_MOST], distances[DISTANCES_MOST]; /* sorted */
    size_t count;
};

static bool is_digit(const char *character) {
    return character[0] >= '0' && character[0] <= '9';
}

static void sorted_add(double *values, size_t count, double value) {
    for (; count > 0 && values[count - 1] > value; count--) {
        values[count] = values[count - 1];
    }
    values[count] = value;
}

static size_t glyph_after(const struct reading *reading, size_t i, const struct alphabet *alphabet) {
    do {
        i++;
    } while (i < reading->count && reading->glyphs[i].symbol == alphabet->space);
    return i;
}

static double gap_px(const struct reading *reading, size_t before, size_t after, const struct ink *ink) {
    uint32_t middle;
    return after >= reading->count ? GAP_LEAST_PX
                                   : glyphs_gap(ink, &reading->glyphs[before], &reading->glyphs[after], &middle);
}

static double distance_px(const struct reading *reading, size_t before, size_t after) {
    return glyph_centre_px(&reading->glyphs[after]) - glyph_centre_px(&reading->glyphs[before]);
}

static bool is_member(const struct alphabet *alphabet, size_t symbol, enum spread_cells cells) {
    const char *character = alphabet->characters[symbol];
    return cells != CELLS_NONE || is_digit(character) || alphabet_is_letter(alphabet, symbol) ||
           strchr("/-", character[0]) != NULL;
}

/* The stretch that begins with the glyph `first`. */
static struct stretch stretch_at(const struct reading *reading, size_t first, const struct alphabet *alphabet,
                                 const struct ink *ink, uint32_t height_px, enum spread_cells cells) {
    struct stretch stretch = {.first = first, .last = first};
    for (size_t i = first; i < reading->count;) {
        const char *character = alphabet->characters[reading->glyphs[i].symbol];
        size_t next = glyph_after(reading, i, alphabet);
        double after = gap_px(reading, i, next, ink);
        if (!is_member(alphabet, reading->glyphs[i].symbol, cells) || after < GAP_LEAST_PX) {
            break;
        }
        if (i != first && stretch.count < DISTANCES_MOST) {
            sorted_add(stretch.gaps, stretch.count, gap_px(reading, stretch.last, i, ink));
            sorted_add(stretch.distances, stretch.count, distance_px(reading, stretch.last, i));
            stretch.count++;
        }
        stretch.last = i;
        stretch.letters += alphabet_is_letter(alphabet, reading->glyphs[i].symbol);
        stretch.digits += is_digit(character);
        double most = cells != CELLS_NONE ? CELLS_MOST : is_digit(character) ? DIGITS_MOST : LETTERS_MOST;
        if (next >= reading->count || distance_px(reading, i, next) > most * height_px) {
            break;
        }
        i = next;
    }
    return stretch;
}

static bool is_spread(const struct stretch *stretch, enum spread_cells cells) {
    size_t both = stretch->letters + stretch->digits;
    if (cells != CELLS_NONE) {
        return both >= (cells == CELLS_OF_COMB ? LEAST_IN_COMB : LEAST_IN_CELLS);
    }
    return both >= (stretch->digits == 0 ? LEAST_LETTERS : LEAST_DIGITS);
}

void spread_find(const struct reading *reading, const struct alphabet *alphabet, const struct ink *ink,
                 enum spread_cells cells, bool *joined) {
    memset(joined, 0, reading->count * sizeof *joined);
    double before = GAP_LEAST_PX;
    uint32_t top = 0, bottom = 0;
    ink_rows(ink, 0, ink->width, &top, &bottom);
    for (size_t i = 0; i < reading->count;) {
        struct stretch stretch = {.first = i, .last = i};
        if (reading->glyphs[i].symbol != alphabet->space && before >= GAP_LEAST_PX) {
            stretch = stretch_at(reading, i, alphabet, ink, bottom - top, cells);
        }
        for (size_t k = i, next; k < stretch.last && is_spread(&stretch, cells); k = next) {
            next = glyph_after(reading, k, alphabet);
            double gap = stretch.gaps[stretch.count / 2], distance = stretch.distances[stretch.count / 2];
            joined[next] = gap_px(reading, k, next, ink) < WORD_GAP * gap ||
                           distance_px(reading, k, next) < WORD_DISTANCE * distance;
        }
        size_t next = glyph_after(reading, stretch.last, alphabet);
        before = gap_px(reading, stretch.last, next, ink);
        i = next;
    }
}
