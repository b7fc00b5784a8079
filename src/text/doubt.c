/* doubt.c - measures the distance between the characters of a word by its glyphs and by its ink. */
#include "text/doubt.h"

#include <math.h>

#include "base/doubles.h"

/*
 * Below two steps a repeated digit can be lost. If there are more strokes than glyphs, one probably was. Far below two
 * steps one may be lost even if the numbers agree, since strokes may touch. Letters seldom repeat.
 */
static const double STROKES_LEFT_PITCH_PX = 17.0, TIGHT_PITCH_PX = 14.0, LETTERS_PITCH_PX = 12.0;
/* Glyphs are in whole steps, so only a very small distance between them is a sign by itself. */
static const double GLYPHS_TIGHT_PX = 12.0;
/* The pitch at which digits read best, and how far a strip is stretched to reach it. */
static const double GOOD_PITCH_PX = 20.0, LEAST_STRETCH = 1.25, MOST_STRETCH = 2.5;
/* Only so many distances between glyphs are measured, from the first on. */
enum { DISTANCES_LIMIT = 64 };

static bool is_digit(const char *character) {
    return character[0] >= '0' && character[0] <= '9';
}

/* At least two digits, and at least as many as other characters. */
static bool is_number(const struct reading *reading, size_t first, size_t end, const struct alphabet *alphabet) {
    size_t digits = 0;
    for (size_t i = first; i < end; i++) {
        digits += is_digit(alphabet->characters[reading->glyphs[i].symbol]);
    }
    return digits >= 2 && 2 * digits >= end - first;
}

/* The median distance between neighbouring glyphs. A lost digit makes one distance large and leaves most others. */
static double glyphs_pitch_px(const struct reading *reading, size_t first, size_t end) {
    double distances[DISTANCES_LIMIT];
    size_t count = 0;
    for (size_t i = first; i + 1 < end && count < DISTANCES_LIMIT; i++) {
        distances[count++] = glyph_centre_px(&reading->glyphs[i + 1]) - glyph_centre_px(&reading->glyphs[i]);
    }
    if (count == 0) {
        return INFINITY;
    }
    doubles_sort(distances, count);
    return distances[count / 2];
}

/* `pitch_px` is the distance between glyphs or strokes, whichever are more. */
static bool is_in_doubt(bool is_number, double pitch_px, bool strokes_are_left) {
    if (!is_number) {
        return strokes_are_left && pitch_px < LETTERS_PITCH_PX;
    }
    return pitch_px < TIGHT_PITCH_PX || (strokes_are_left && pitch_px < STROKES_LEFT_PITCH_PX);
}

double doubt_word_stretch(const struct reading *reading, size_t first, size_t end, const struct ink *ink, uint32_t from,
                          uint32_t until, const struct alphabet *alphabet) {
    uint32_t left, right;
    if (!ink_columns(ink, from, until, &left, &right)) {
        return 1.0;
    }
    size_t glyphs = end - first, strokes = ink_runs(ink, left, right);
    double pitch_px = (double)(right - left) / (double)(strokes > glyphs ? strokes : glyphs);
    double by_glyphs_px = glyphs_pitch_px(reading, first, end);
    if (by_glyphs_px <= GLYPHS_TIGHT_PX) {
        pitch_px = fmin(pitch_px, by_glyphs_px);
    }
    if (!is_in_doubt(is_number(reading, first, end, alphabet), pitch_px, strokes > glyphs)) {
        return 1.0;
    }
    return fmin(fmax(GOOD_PITCH_PX / pitch_px, LEAST_STRETCH), MOST_STRETCH);
}
