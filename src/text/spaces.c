/* spaces.c - weighs what the model saw between two glyphs against the gap in the ink. */
#include "text/spaces.h"

#include <string.h>

/*
 * Between two glyphs the model may see a space with less probability than the blank. From the first probability on it
 * is a space if the glyphs do not touch; from the second, far lower, if the ink has a gap; and at any probability if
 * the gap is as wide as a letter.
 */
static const float SPACE_LIKELY = 0.15f, SPACE_POSSIBLE = 0.01f;
enum { GAP_LEAST_PX = 3, GAP_LIKELY_PX = 17, GAP_CERTAIN_PX = 26 };

/*
 * A dot in the middle of the height or a bar mostly stands between spaces, as in `12/05/2026 · 10:40`, and the model
 * hardly sees these. It is a word if it has such a gap on both sides.
 */
enum { GAP_SEPARATOR_PX = 7 };

/*
 * Within a number, characters at most this far apart, in pitches of its digits, are not separated. A sign may be at
 * most this many times as far from one digit as from the other.
 */
static const double NUMBER_PITCHES = 1.2, SIGN_SHARE = 1.25;
/* In small print steps are too coarse for that. Then the gap behind a sign shows no space if it is wider than the one
 * before the sign by at most this many pitches; a space is wider by half of one. */
static const double SIGN_GAP_PITCHES = 0.3;
/* The digit distance for a line with too few digits to measure it. */
static const double WIDE_DIGITS_PX = 28.0;
enum { DIGITS_LEAST = 2, DIGITS_MOST = 64 };

static double distance_px(const struct glyph *before, const struct glyph *glyph) {
    return glyph_centre_px(glyph) - glyph_centre_px(before);
}

uint32_t glyphs_gap(const struct ink *ink, const struct glyph *before, const struct glyph *after, uint32_t *middle) {
    uint32_t from = (uint32_t)glyph_centre_px(before), until = (uint32_t)glyph_centre_px(after), start;
    uint32_t gap = ink_gap(ink, from, until, &start);
    *middle = gap == 0 ? (from + until) / 2 : start + gap / 2;
    return gap;
}

/* The glyph `away` places before or after `i`, without counting spaces; NULL past the ends. */
static const struct glyph *glyph_near(const struct reading *reading, size_t i, int away,
                                      const struct alphabet *alphabet) {
    int step = away < 0 ? -1 : 1;
    while (away != 0) {
        if (step < 0 ? i == 0 : i + 1 == reading->count) {
            return NULL;
        }
        i = step < 0 ? i - 1 : i + 1;
        away -= reading->glyphs[i].symbol == alphabet->space ? 0 : step;
    }
    return &reading->glyphs[i];
}

static bool is_one_of(const struct glyph *glyph, const char *set, const struct alphabet *alphabet) {
    const char *character = glyph == NULL ? "" : alphabet->characters[glyph->symbol];
    return character[0] != '\0' && strchr(set, character[0]) != NULL;
}

static const char DIGITS[] = "0123456789";

double spaces_digits_pitch_px(const struct reading *reading, const struct alphabet *alphabet) {
    double distances[DIGITS_MOST];
    size_t count = 0;
    for (size_t i = 1; i < reading->count && count < DIGITS_MOST; i++) {
        const struct glyph *before = &reading->glyphs[i - 1], *glyph = &reading->glyphs[i];
        if (is_one_of(before, DIGITS, alphabet) && is_one_of(glyph, DIGITS, alphabet)) {
            double distance = distance_px(before, glyph);
            size_t at = count++;
            for (; at > 0 && distances[at - 1] > distance; at--) {
                distances[at] = distances[at - 1];
            }
            distances[at] = distance;
        }
    }
    return count < DIGITS_LEAST ? WIDE_DIGITS_PX : distances[count / 2];
}

/*
 * Whether a point or comma is about as far from the digit before as from the one after; in a list there is a space
 * after it.
 */
static bool is_amid(const struct glyph *digit, const struct glyph *sign, const struct glyph *next_digit,
                    const struct ink *ink, double digits_px) {
    double left = distance_px(digit, sign), right = distance_px(sign, next_digit);
    uint32_t middle, before = glyphs_gap(ink, digit, sign, &middle), after = glyphs_gap(ink, sign, next_digit, &middle);
    return (left <= SIGN_SHARE * right && right <= SIGN_SHARE * left) ||
           (before > 0 && (double)after - before <= SIGN_GAP_PITCHES * digits_px);
}

/*
 * Whether the glyphs before and from `i` on belong to one number: digits around a point or comma, or two digits between
 * signs, as in 15/11/2018, whose narrow ones leave gaps.
 */
static bool is_within_number(const struct reading *reading, size_t i, const struct alphabet *alphabet,
                             const struct ink *ink, double digits_px) {
    const struct glyph *before = glyph_near(reading, i, -1, alphabet), *first = glyph_near(reading, i, -2, alphabet);
    const struct glyph *glyph = &reading->glyphs[i], *last = glyph_near(reading, i, 1, alphabet);
    bool from_digit = is_one_of(before, DIGITS, alphabet), to_digit = is_one_of(glyph, DIGITS, alphabet);
    if (from_digit && to_digit) {
        return is_one_of(first, "/-.", alphabet) && last != NULL && last->symbol == first->symbol;
    }
    if (from_digit) {
        return is_one_of(glyph, ".,", alphabet) && is_one_of(last, DIGITS, alphabet) &&
               is_amid(before, glyph, last, ink, digits_px);
    }
    return to_digit && is_one_of(before, ".,", alphabet) && is_one_of(first, DIGITS, alphabet) &&
           is_amid(first, before, glyph, ink, digits_px);
}

static bool is_separator(const struct glyph *glyph, const struct alphabet *alphabet) {
    static const char *const SEPARATORS[] = {"·", "|"};
    for (size_t i = 0; i < sizeof SEPARATORS / sizeof *SEPARATORS; i++) {
        if (glyph != NULL && strcmp(alphabet->characters[glyph->symbol], SEPARATORS[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether the sign is a dot or a bar that stands free between two others. */
static bool is_free(const struct glyph *left, const struct glyph *sign, const struct glyph *right,
                    const struct alphabet *alphabet, const struct ink *ink) {
    uint32_t middle;
    return is_separator(sign, alphabet) && left != NULL && right != NULL &&
           glyphs_gap(ink, left, sign, &middle) >= GAP_SEPARATOR_PX &&
           glyphs_gap(ink, sign, right, &middle) >= GAP_SEPARATOR_PX;
}

bool spaces_word_starts(const struct reading *reading, size_t i, const struct alphabet *alphabet, const struct ink *ink,
                        double digits_px) {
    const struct glyph *before = glyph_near(reading, i, -1, alphabet), *glyph = &reading->glyphs[i];
    if (before == NULL) {
        return true;
    }
    uint32_t middle, gap = glyphs_gap(ink, before, glyph, &middle);
    float probability = glyph->space_before;
    bool starts = before != glyph - 1 || (probability >= SPACE_LIKELY && gap >= GAP_LEAST_PX) ||
                  (probability >= SPACE_POSSIBLE && gap >= GAP_LIKELY_PX) || gap >= GAP_CERTAIN_PX ||
                  is_free(before, glyph, glyph_near(reading, i, 1, alphabet), alphabet, ink) ||
                  is_free(glyph_near(reading, i, -2, alphabet), before, glyph, alphabet, ink);
    bool is_close = gap < GAP_CERTAIN_PX && distance_px(before, glyph) <= NUMBER_PITCHES * digits_px;
    return starts && !(is_close && is_within_number(reading, i, alphabet, ink, digits_px));
}
