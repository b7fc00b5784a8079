/* words.c - splits a line into words, and finds the box of each. */
#include "text/words.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "text/address.h"
#include "text/ink.h"
#include "text/line_words.h"
#include "text/look_alikes.h"
#include "text/spaces.h"
#include "text/spread.h"
#include "text/word_letters.h"

/* A word: the glyphs first..end of the reading, and its own columns from..until of the strip. */
struct span {
    size_t first, end;
    uint32_t from, until;
};

/* Splits the reading at its spaces. Returns the number of spans, at most one per glyph. */
static size_t spans_find(const struct reading *reading, const struct alphabet *alphabet, const struct ink *ink,
                         const bool *joined, struct span *spans) {
    double digits_px = spaces_digits_pitch_px(reading, alphabet);
    size_t count = 0;
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->glyphs[i].symbol == alphabet->space) {
            continue;
        }
        if (count == 0 || (!joined[i] && spaces_word_starts(reading, i, alphabet, ink, digits_px))) {
            spans[count++] = (struct span){.first = i};
        }
        spans[count - 1].end = i + 1;
    }
    return count;
}

/* Each word owns the columns up to the middle of the gaps around it. */
static void spans_place(const struct reading *reading, const struct ink *ink, struct span *spans, size_t count) {
    for (size_t i = 0; i < count; i++) {
        spans[i].from = i == 0 ? 0 : spans[i - 1].until;
        spans[i].until = ink->width;
        if (i + 1 < count) {
            glyphs_gap(ink, &reading->glyphs[spans[i].end - 1], &reading->glyphs[spans[i + 1].first], &spans[i].until);
        }
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
    size_t bytes = 0, count = 0; /* a space seen within the word is left out */
    for (size_t i = span->first; i < span->end; i++) {
        if (reading->glyphs[i].symbol != alphabet->space) {
            bytes += strlen(alphabet->characters[reading->glyphs[i].symbol]);
            word->confidence += reading->glyphs[i].probability;
            count++;
        }
    }
    word->confidence /= (double)count;
    char *text = arena_allocate(arena, bytes + 1);
    if (text == NULL) {
        return false;
    }
    word->text = text;
    for (size_t i = span->first; i < span->end; i++) {
        bool is_space = reading->glyphs[i].symbol == alphabet->space;
        text = is_space ? text : stpcpy(text, alphabet->characters[reading->glyphs[i].symbol]);
    }
    return true;
}

/*
 * The column at which the letters of two glyphs part: in the middle of a gap, or where the ink is thinnest. The bare
 * columns before and behind the word's ink are no gaps of its letters.
 */
static uint32_t parting(const struct ink *ink, const struct span *word, const struct glyph *before,
                        const struct glyph *after) {
    uint32_t from = (uint32_t)glyph_centre_px(before), until = (uint32_t)glyph_centre_px(after), start;
    from = from < word->from ? word->from : from;
    until = until > word->until ? word->until : until;
    uint32_t gap = from < until ? ink_gap(ink, from, until, &start) : 0;
    uint32_t middle = gap > 0 ? start + gap / 2 : (from + until) / 2, thinnest = middle;
    for (uint32_t x = from + 1; gap == 0 && x < until; x++) {
        uint32_t far = x > middle ? x - middle : middle - x;
        uint32_t least = thinnest > middle ? thinnest - middle : middle - thinnest;
        if (ink->columns[x] < ink->columns[thinnest] || (ink->columns[x] == ink->columns[thinnest] && far < least)) {
            thinnest = x;
        }
    }
    return thinnest;
}

/* A run of ink farther than this from where the recogniser saw the letter is another one. */
static const double RUN_OFF_PX = 16.0;

/* The columns of a run of ink that begins at `from` or later. */
static struct span run_next(const struct ink *ink, uint32_t from, uint32_t until) {
    struct span run = {.from = from};
    while (run.from < until && ink->columns[run.from] == 0) {
        run.from++;
    }
    run.until = run.from;
    while (run.until < until && ink->columns[run.until] != 0) {
        run.until++;
    }
    return run;
}

/* If no letters touch and none is in parts, each is one run of ink. False otherwise. */
static bool runs_take(const struct span *span, const struct reading *reading, const struct ink *ink, size_t count,
                      struct span *columns) {
    uint32_t from = span->from;
    if (ink_runs(ink, span->from, span->until) != count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct span run = run_next(ink, from, span->until);
        double centre_px = glyph_centre_px(&reading->glyphs[columns[i].first]);
        if (centre_px < run.from - RUN_OFF_PX || centre_px > run.until + RUN_OFF_PX) {
            return false;
        }
        from = run.until;
        run.first = columns[i].first;
        columns[i] = run;
    }
    return true;
}

static void partings_take(const struct span *span, const struct reading *reading, const struct ink *ink, size_t count,
                          struct span *columns) {
    struct span word = *span;
    (void)ink_columns(ink, span->from, span->until, &word.from, &word.until);
    for (size_t i = 0; i < count; i++) {
        const struct glyph *glyph = &reading->glyphs[columns[i].first];
        columns[i].from = i == 0 ? span->from : columns[i - 1].until;
        columns[i].until =
            i + 1 == count ? span->until : parting(ink, &word, glyph, &reading->glyphs[columns[i + 1].first]);
        columns[i].until = columns[i].until < columns[i].from ? columns[i].from : columns[i].until;
    }
}

/* If all ink of two neighbours is with one of them, each gets half of it. */
static void ink_share(const struct ink *ink, struct span *left, struct span *right) {
    uint32_t first, end, other_first, other_end;
    bool has_left = ink_columns(ink, left->from, left->until, &first, &end);
    bool has_right = ink_columns(ink, right->from, right->until, &other_first, &other_end);
    if (has_left != has_right) {
        uint32_t middle = has_left ? (first + end) / 2 : (other_first + other_end) / 2;
        left->until = right->from = middle;
    }
}

/* The columns of each letter of a word, in `columns`, whose `first` is the letter's glyph. Returns their number. */
static size_t letters_part(const struct span *span, const struct reading *reading, const struct ink *ink,
                           const struct alphabet *alphabet, struct span *columns) {
    size_t count = 0;
    for (size_t i = span->first; i < span->end; i++) {
        if (reading->glyphs[i].symbol != alphabet->space) { /* spaces seen within the word */
            columns[count++] = (struct span){.first = i};
        }
    }
    if (!runs_take(span, reading, ink, count, columns)) {
        partings_take(span, reading, ink, count, columns);
        for (size_t i = 1; i < count; i++) {
            ink_share(ink, &columns[i - 1], &columns[i]);
        }
    }
    return count;
}

/* A letter without ink of its own keeps its columns, within the word. */
static struct lince_box box_within(struct lince_box box, const struct lince_box *word) {
    struct lince_box cut = {fmin(fmax(box.x0, word->x0), word->x1), fmin(fmax(box.y0, word->y0), word->y1),
                            fmax(fmin(box.x1, word->x1), word->x0), fmax(fmin(box.y1, word->y1), word->y0)};
    return cut;
}

static bool row_has_ink(const struct ink *ink, const struct span *columns, uint32_t row) {
    return memchr(ink->pixels + (size_t)row * ink->width + columns->from, 1, columns->until - columns->from) != NULL;
}

/* From its top to its bottom, and of its highest part: an accent, and what hangs in from the row above, are others. */
static struct letter_height letter_heights(const struct ink *ink, const struct span *columns) {
    struct letter_height height = {0.0, 0.0};
    uint32_t top = STRIP_HEIGHT_PX, run = 0;
    for (uint32_t row = 0; row < STRIP_HEIGHT_PX; row++) {
        bool has_ink = row_has_ink(ink, columns, row);
        top = has_ink && row < top ? row : top;
        run = has_ink ? run + 1 : 0;
        height.body = run > height.body ? run : height.body;
        height.whole = has_ink ? row + 1 - top : height.whole;
    }
    return height;
}

/* The run of ink at the middle of a letter, unless another letter has its middle in it too: then none. */
static struct span letter_run(const struct span *word, const struct reading *reading, const struct ink *ink, size_t i) {
    uint32_t middle = (uint32_t)glyph_centre_px(&reading->glyphs[i]);
    struct span run = {.from = middle < ink->width ? middle : ink->width - 1};
    while (run.from > word->from && ink->columns[run.from] != 0 && ink->columns[run.from - 1] != 0) {
        run.from--;
    }
    run.until = run.from;
    while (run.until < word->until && ink->columns[run.until] != 0) {
        run.until++;
    }
    bool is_shared = (i > word->first && glyph_centre_px(&reading->glyphs[i - 1]) >= run.from) ||
                     (i + 1 < word->end && glyph_centre_px(&reading->glyphs[i + 1]) < run.until);
    run.until = is_shared ? run.from : run.until;
    return run;
}

/* Settles letters that are alike in both cases by their height, where each is a run of ink of its own. */
static bool case_settle(const struct span *span, struct reading *reading, const struct ink *ink,
                        const struct alphabet *alphabet, struct arena *scratch) {
    if (!look_alikes_doubt_case(reading, span->first, span->end, alphabet)) {
        return true;
    }
    struct letter_height *heights = arena_allocate(scratch, (span->end - span->first) * sizeof *heights);
    for (size_t i = span->first; i < span->end && heights != NULL; i++) {
        struct span run = letter_run(span, reading, ink, i);
        heights[i - span->first] = letter_heights(ink, &run);
    }
    if (heights != NULL) {
        look_alikes_settle_case(reading, span->first, span->end, alphabet, heights);
    }
    return heights != NULL;
}

/* Keeps the letters of a word with their places. */
static bool letters_place(const struct span *span, const struct reading *reading, const struct strip *strip,
                          const struct ink *ink, const struct alphabet *alphabet, const struct lince_word *word,
                          struct arena *scratch, struct letter_book *book) {
    struct span *columns = arena_allocate(scratch, (span->end - span->first) * sizeof *columns);
    size_t count = columns == NULL ? 0 : letters_part(span, reading, ink, alphabet, columns);
    struct lince_letter *letters = columns == NULL ? NULL : letter_book_add(book, word->text, count);
    for (size_t i = 0; i < count && letters != NULL; i++) {
        const struct glyph *glyph = &reading->glyphs[columns[i].first];
        letter_text_append(&letters[i], alphabet->characters[glyph->symbol]);
        letters[i].confidence = glyph->probability;
        letters[i].box = box_within(span_box(&columns[i], strip, ink), &word->box);
    }
    return letters != NULL;
}

/* Adds the word to those to read again if its characters are too close. */
static bool doubt_add(const struct span *span, size_t word, const struct reading *reading, const struct strip *strip,
                      const struct ink *ink, const struct alphabet *alphabet, struct arena *arena,
                      struct doubt **doubts) {
    double stretch = doubt_word_stretch(reading, span->first, span->end, ink, span->from, span->until, alphabet);
    if (stretch == 1.0) {
        return true;
    }
    struct doubt *doubt = arena_allocate(arena, sizeof *doubt);
    if (doubt != NULL) {
        *doubt = (struct doubt){.next = *doubts, .word = word, .stretch = stretch};
        strip_part(strip, span->from, span->until, doubt->corners);
        *doubts = doubt;
    }
    return doubt != NULL;
}

/* Measures the gaps of a line whose words are `spans`. */
static bool gaps_measure(const struct reading *reading, const struct strip *strip, const struct ink *ink,
                         const struct alphabet *alphabet, const bool *joined, const struct span *spans, size_t count,
                         struct arena *scratch, struct arena *arena, struct letter_gaps *gaps) {
    bool *starts = arena_allocate_zero(scratch, reading->count + 1, sizeof *starts);
    for (size_t i = 0; i < count && starts != NULL; i++) {
        starts[spans[i].first] = true;
    }
    return starts != NULL && letter_gaps_measure(reading, alphabet, strip, ink, starts, joined, arena, gaps);
}

/* Spaces that were seen within a word are none, and do not count. */
static double confidence_of(const struct reading *reading, const struct span *spans, size_t count,
                            const struct alphabet *alphabet) {
    double sum = reading->confidence * (double)reading->count;
    size_t left = reading->count;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = spans[i].first; k < spans[i].end; k++) {
            bool is_space = reading->glyphs[k].symbol == alphabet->space;
            sum -= is_space ? reading->glyphs[k].probability : 0.0;
            left -= is_space;
        }
    }
    return left == reading->count ? reading->confidence : fmin(sum / (double)left, 1.0);
}

bool line_make(struct reading *reading, const struct strip *strip, const struct ink *ink,
               const struct alphabet *alphabet, enum spread_cells cells, struct arena *scratch, struct arena *arena,
               struct letter_book *letters, struct lince_line *line, struct doubt **doubts, struct letter_gaps *gaps) {
    *doubts = NULL;
    *line = (struct lince_line){.confidence = reading->confidence, .text = ""};
    struct span *spans = arena_allocate(scratch, (reading->count + 1) * sizeof *spans);
    bool *joined = arena_allocate(scratch, reading->count + 1);
    if (spans == NULL || joined == NULL) {
        return false;
    }
    spread_find(reading, alphabet, ink, cells, joined);
    address_join(reading, alphabet, ink, joined);
    line->word_count = spans_find(reading, alphabet, ink, joined, spans);
    line->confidence = confidence_of(reading, spans, line->word_count, alphabet);
    for (size_t i = 0; i < line->word_count; i++) {
        look_alikes_settle(reading, spans[i].first, spans[i].end, alphabet);
    }
    struct lince_word *words = arena_allocate_zero(arena, line->word_count, sizeof *words);
    if (words == NULL ||
        !gaps_measure(reading, strip, ink, alphabet, joined, spans, line->word_count, scratch, arena, gaps)) {
        return false;
    }
    spans_place(reading, ink, spans, line->word_count);
    for (size_t i = 0; i < line->word_count; i++) {
        words[i].box = span_box(&spans[i], strip, ink);
        if (!case_settle(&spans[i], reading, ink, alphabet, scratch) ||
            !word_make(&spans[i], reading, alphabet, arena, &words[i]) ||
            (letters != NULL &&
             !letters_place(&spans[i], reading, strip, ink, alphabet, &words[i], scratch, letters)) ||
            !doubt_add(&spans[i], i, reading, strip, ink, alphabet, arena, doubts)) {
            return false;
        }
    }
    line->words = words;
    line->text = line_words_text(words, line->word_count, arena);
    line->box = strip_box(strip, 0, 0, strip->width, STRIP_HEIGHT_PX);
    memcpy(line->quad, strip->corners, sizeof line->quad);
    return line->text != NULL;
}
