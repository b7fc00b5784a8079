/* words.c - where a line falls into words, and the box of each. */
#include "text/words.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "text/ink.h"

/* Between two glyphs the model may see a space that the blank outweighs; from this probability on it is one. */
static const float SPACE_PROBABILITY = 0.2f;

/* A word: the glyphs first..end of the reading, and the strip's columns from..until that are its own. */
struct span {
    size_t first, end;
    uint32_t from, until;
};

static double centre_px(const struct glyph *glyph) {
    return (glyph->first_step + glyph->last_step + 1) * (STRIP_WIDTH_STEP_PX / 2.0);
}

/* The column between two glyphs where one word ends and the next begins: the middle of the widest gap in the ink. */
static uint32_t border_between(const struct ink *ink, const struct glyph *before, const struct glyph *after) {
    uint32_t from = (uint32_t)centre_px(before), until = (uint32_t)centre_px(after), start;
    uint32_t gap = ink_gap(ink, from, until, &start);
    return gap == 0 ? (from + until) / 2 : start + gap / 2;
}

static bool is_space(const struct reading *reading, size_t i, const struct alphabet *alphabet) {
    return reading->glyphs[i].symbol == alphabet->space;
}

static bool word_starts(const struct reading *reading, size_t i, const struct alphabet *alphabet) {
    return i == 0 || is_space(reading, i - 1, alphabet) || reading->glyphs[i].space_before >= SPACE_PROBABILITY;
}

/* Cuts the reading at its spaces; returns the number of spans, at most one a glyph. */
static size_t spans_find(const struct reading *reading, const struct alphabet *alphabet, struct span *spans) {
    size_t count = 0;
    for (size_t i = 0; i < reading->count; i++) {
        if (is_space(reading, i, alphabet)) {
            continue;
        }
        if (count == 0 || word_starts(reading, i, alphabet)) {
            spans[count++] = (struct span){.first = i};
        }
        spans[count - 1].end = i + 1;
    }
    return count;
}

static void spans_place(const struct reading *reading, const struct ink *ink, struct span *spans, size_t count) {
    for (size_t i = 0; i < count; i++) {
        spans[i].from = i == 0 ? 0 : spans[i - 1].until;
        spans[i].until = i + 1 == count ? ink->width
                                        : border_between(ink, &reading->glyphs[spans[i].end - 1],
                                                         &reading->glyphs[spans[i + 1].first]);
    }
}

static struct lince_box span_box(const struct span *span, const struct strip *strip, const struct ink *ink) {
    uint32_t x0 = span->from, x1 = span->until, y0 = 0, y1 = STRIP_HEIGHT_PX;
    if (ink_columns(ink, span->from, span->until, &x0, &x1)) {
        ink_rows(ink, x0, x1, &y0, &y1);
    } else {
        x0 = span->from;
        x1 = span->until;
    }
    return strip_box(strip, x0, y0, x1, y1);
}

static bool word_make(const struct span *span, const struct reading *reading, const struct alphabet *alphabet,
                      struct arena *arena, struct lince_word *word) {
    size_t bytes = 0;
    for (size_t i = span->first; i < span->end; i++) {
        bytes += strlen(alphabet->characters[reading->glyphs[i].symbol]);
        word->confidence += reading->glyphs[i].probability / (double)(span->end - span->first);
    }
    char *text = arena_allocate(arena, bytes + 1);
    if (text == NULL) {
        return false;
    }
    word->text = text;
    for (size_t i = span->first; i < span->end; i++) {
        text = stpcpy(text, alphabet->characters[reading->glyphs[i].symbol]);
    }
    return true;
}

static char *words_join(const struct lince_word *words, size_t count, struct arena *arena) {
    size_t bytes = 1;
    for (size_t i = 0; i < count; i++) {
        bytes += strlen(words[i].text) + 1;
    }
    char *text = arena_allocate(arena, bytes), *end = text;
    for (size_t i = 0; i < count && text != NULL; i++) {
        end = stpcpy(i == 0 ? end : stpcpy(end, " "), words[i].text);
    }
    return text;
}

bool line_make(const struct reading *reading, const struct strip *strip, const struct alphabet *alphabet,
               struct arena *scratch, struct arena *arena, struct lince_line *line) {
    *line = (struct lince_line){.confidence = reading->confidence, .text = ""};
    struct ink ink;
    struct span *spans = arena_allocate(scratch, (reading->count + 1) * sizeof *spans);
    if (spans == NULL || !ink_find(strip, scratch, &ink)) {
        return false;
    }
    line->word_count = spans_find(reading, alphabet, spans);
    struct lince_word *words = arena_allocate_zero(arena, line->word_count, sizeof *words);
    if (words == NULL) {
        return false;
    }
    spans_place(reading, &ink, spans, line->word_count);
    for (size_t i = 0; i < line->word_count; i++) {
        words[i].box = span_box(&spans[i], strip, &ink);
        if (!word_make(&spans[i], reading, alphabet, arena, &words[i])) {
            return false;
        }
    }
    line->words = words;
    line->text = words_join(words, line->word_count, arena);
    line->box = strip_box(strip, 0, 0, strip->width, STRIP_HEIGHT_PX);
    memcpy(line->quad, strip->corners, sizeof line->quad);
    return line->text != NULL;
}
