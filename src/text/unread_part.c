/* unread_part.c - looks for stretches of a line without characters, and for words without confidence. */
#include "text/unread_part.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

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
