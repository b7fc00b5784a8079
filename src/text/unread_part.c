/*
 * unread_part.c - looks for stretches of a line without characters or with far fewer than it has letters, and for words
 * without confidence.
 */
#include "text/unread_part.h"

#include <math.h>
#include <string.h>

#include "base/doubles.h"
#include "base/utf8.h"

/* A character reaches so far to both sides of its middle; beyond it this share of the columns has ink. */
enum { HALF_CHARACTER_PX = 30 };
static const double INK_SHARE = 0.6;

/* In a line with room for two words, room for a short one: icons of a status bar are in shorter ones. */
enum { SILENT_COLUMNS = 120, TWO_WORDS_COLUMNS = 320 };

/*
 * A line this long of which little was read is print: its Latin half was lost with the other. Logos and signatures are
 * shorter. Of its characters so many at least are no marks.
 */
enum { LONG_COLUMNS = 480, PRINT_SHARE = 3 };

/*
 * Letters of other scripts are read as Latin ones of little confidence. In none of 126 receipts and scans were words
 * below the first that followed one another below the second on average.
 */
static const double WORD_BELOW = 0.95, PART_BELOW = 0.85;

/*
 * Letters of other scripts are lost between those that pass for Latin ones. So many characters that follow one another
 * are Latin without doubt, each at least so sure, no farther apart than letters of one word, in shares of their usual
 * distance.
 */
enum { SURE_RUN = 3, LEAST_DISTANCES = 5, DISTANCES_LIMIT = 256 };
static const double SURE_PROBABILITY = 0.9, APART = 1.8;

/*
 * A stretch between them is thin if it has room for so many characters, and of these at most this share was read; its
 * ink is as high as letters, and in as many strokes as these letters have: rules and pictures have fewer, codes more.
 */
enum { THIN_COLUMNS = 88, THIN_CHARACTERS = 5, LETTER_ROWS = 18 };
static const double THIN_SHARE = 0.6, FEWEST_STROKES = 0.5, MOST_STROKES = 1.9;

bool part_is_silent(const struct reading *reading, const struct ink *ink) {
    uint32_t least = ink->width < TWO_WORDS_COLUMNS ? WORD_COLUMNS : SILENT_COLUMNS;
    for (size_t i = 0; i <= reading->count; i++) {
        double from = i == 0 ? 0.0 : glyph_centre_px(&reading->glyphs[i - 1]) + HALF_CHARACTER_PX;
        double until = i == reading->count ? ink->width : glyph_centre_px(&reading->glyphs[i]) - HALF_CHARACTER_PX;
        uint32_t first, end, inked = 0;
        if (until - from < least || !ink_columns(ink, (uint32_t)from, (uint32_t)until, &first, &end)) {
            continue;
        }
        for (uint32_t x = first; x < end; x++) {
            inked += ink->columns[x] > 0;
        }
        if (end - first >= least && inked >= INK_SHARE * (end - first)) {
            return true;
        }
    }
    return false;
}

/* The usual distance of characters that follow one another without doubt; 0 if there are too few. */
static double usual_distance(const struct reading *reading) {
    double distances[DISTANCES_LIMIT];
    size_t count = 0;
    for (size_t i = 1; i < reading->count && count < DISTANCES_LIMIT; i++) {
        const struct glyph *one = &reading->glyphs[i - 1], *next = &reading->glyphs[i];
        if (one->probability >= SURE_PROBABILITY && next->probability >= SURE_PROBABILITY) {
            distances[count++] = glyph_centre_px(next) - glyph_centre_px(one);
        }
    }
    doubles_sort(distances, count);
    return count < LEAST_DISTANCES ? 0.0 : distances[count / 2];
}

/* One past the last of the characters from `first` on that are Latin without doubt. */
static size_t sure_end(const struct reading *reading, size_t first, double distance) {
    size_t end = first;
    while (end < reading->count && reading->glyphs[end].probability >= SURE_PROBABILITY &&
           (end == first ||
            glyph_centre_px(&reading->glyphs[end]) - glyph_centre_px(&reading->glyphs[end - 1]) <= APART * distance)) {
        end++;
    }
    return end;
}

/* Whether a stretch of the strip in which `count` characters were read has ink for many more. */
static bool is_thin(const struct ink *ink, double from, double until, size_t count, double distance) {
    uint32_t first, end, top, bottom, columns = 0, bare = 0;
    if (until - from < THIN_COLUMNS || !ink_columns(ink, (uint32_t)fmax(from, 0.0), (uint32_t)until, &first, &end) ||
        !ink_rows(ink, first, end, &top, &bottom) || bottom - top < LETTER_ROWS) {
        return false;
    }
    for (uint32_t x = first; x < end; x++) {
        bare = ink->columns[x] > 0 ? 0 : bare + 1;
        columns += bare <= distance;
    }
    double expected = columns / distance, strokes = (double)ink_runs(ink, first, end);
    return columns >= THIN_COLUMNS && expected >= THIN_CHARACTERS &&
           (double)count <= THIN_SHARE * fmin(expected, strokes) && strokes >= FEWEST_STROKES * expected &&
           strokes <= MOST_STROKES * expected;
}

bool part_is_thin(const struct reading *reading, const struct ink *ink) {
    double distance = usual_distance(reading), from = 0.0;
    size_t between = 0;
    if (distance <= 0.0) {
        return false;
    }
    for (size_t i = 0; i <= reading->count;) {
        size_t end = sure_end(reading, i, distance);
        if (i < reading->count && end - i < SURE_RUN) {
            between++;
            i++;
            continue;
        }
        double until = i == reading->count ? ink->width : glyph_centre_px(&reading->glyphs[i]) - APART * distance / 2.0;
        if (is_thin(ink, from, until, between, distance)) {
            return true;
        }
        from = i == reading->count ? until : glyph_centre_px(&reading->glyphs[end - 1]) + APART * distance / 2.0;
        between = 0;
        i = i == reading->count ? i + 1 : end;
    }
    return false;
}

enum part_silence part_silence_of(const struct reading *reading, const struct ink *ink) {
    return part_is_thin(reading, ink) ? SILENCE_THIN : part_is_silent(reading, ink) ? SILENCE_PART : SILENCE_NONE;
}

/* The length of a box along its line, in columns of a strip. */
static double columns_of(const struct lince_line *line, const struct lince_word *first, const struct lince_word *last) {
    const struct lince_point *q = line->quad;
    double across_x = fabs(q[1].x - q[0].x), across_y = fabs(q[1].y - q[0].y);
    double height = hypot(q[3].x - q[0].x, q[3].y - q[0].y);
    double wide = fmax(first->box.x1, last->box.x1) - fmin(first->box.x0, last->box.x0);
    double high = fmax(first->box.y1, last->box.y1) - fmin(first->box.y0, last->box.y0);
    return height <= 0.0 ? 0.0 : (across_x >= across_y ? wide : high) * STRIP_HEIGHT_PX / height;
}

bool part_is_doubtful(const struct lince_line *line) {
    double sum = 0.0, bytes = 0.0;
    for (size_t i = 0, first = 0; i < line->word_count; i++) {
        const struct lince_word *word = &line->words[i];
        if (word->confidence >= WORD_BELOW) {
            sum = bytes = 0.0;
            first = i + 1;
            continue;
        }
        sum += word->confidence * (double)strlen(word->text);
        bytes += (double)strlen(word->text);
        if (sum < PART_BELOW * bytes && columns_of(line, &line->words[first], word) >= WORD_COLUMNS) {
            return true;
        }
    }
    return false;
}

bool part_is_sure(const struct lince_line *line) {
    for (size_t i = 0, first = 0; i < line->word_count; i++) {
        if (line->words[i].confidence < WORD_BELOW) {
            first = i + 1;
        } else if (columns_of(line, &line->words[first], &line->words[i]) >= WORD_COLUMNS) {
            return true;
        }
    }
    return false;
}

/* Letters or digits are among the characters, which are no row of stars. */
static bool has_print(const char *text) {
    size_t characters = 0, print = 0;
    for (const char *at = text; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at, plain = byte | 0x20;
        characters += utf8_begins(*at);
        print += (byte >= '0' && byte <= '9') || (plain >= 'a' && plain <= 'z') || byte >= 0xC3;
    }
    return print > 0 && PRINT_SHARE * print >= characters && strstr(text, "**") == NULL;
}

bool part_is_lost(const struct lince_line *line, uint32_t columns) {
    return columns >= LONG_COLUMNS && (line->word_count == 0 ? line->confidence > 0.0 : has_print(line->text));
}
