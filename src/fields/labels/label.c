/* label.c - finds the layout's labels on a sheet, row by row, allowing for a recognition error or a missing space. */
#include <string.h>

#include "base/arena.h"
#include "fields/labels/label_parts.h"
#include "fields/search.h"

/* So many letters in a row may be a sentence. */
enum { LONG_ROW = 30 };
/* Room for labels: for a page with few pieces of text, and more for each piece. */
enum { LABELS_LEAST = 256, LABELS_OF_SEGMENT = 2 };

static bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

/* A label ends at a colon: the folded characters of the segment up to the next colon after `at`. */
static size_t colon_end(const struct sheet_line *line, const struct segment *segment, size_t at) {
    const char *colon = memchr(line->text + line->fold.from[at], ':', segment->to - line->fold.from[at]);
    if (colon == NULL) {
        return segment->fold_to;
    }
    size_t end = at;
    while (end < segment->fold_to && line->fold.from[end] < (size_t)(colon - line->text)) {
        end++;
    }
    return end;
}

/* Whether the row has at least two words in small letters, as a sentence has; "Banco de Crédito de Bolivia" is a name.
 */
static bool is_wordy(const struct search *search, const struct segment *segment) {
    const char *text = search->sheet.lines[segment->line].text;
    struct said particles = search_said(search, SAID_NAME_PARTICLES);
    size_t words = 0, others = 0;
    for (size_t at = segment->from; at < segment->to; at++) {
        bool starts = at == segment->from || text[at - 1] == ' ', small = starts && text[at] >= 'a' && text[at] <= 'z';
        size_t end = at;
        while (small && end < segment->to && text[end] != ' ') {
            end++;
        }
        words += small;
        others += small && !said_is(&particles, text + at, end - at, SAID_OWN_CASE);
    }
    return words >= 2 && others > 0;
}

/* A row of running text has so many letters at least, but for the last one of its paragraph. */
enum { ROW_LEAST = 22 };

/* Whether a short piece has another one on its row: a label with its value, and no end of a sentence above. */
static bool is_half_of_row(const struct search *search, const struct segment *segment) {
    bool beside = false;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *other = &search->sheet.segments[i];
        beside = beside || (other != segment && other->fold_to > other->fold_from &&
                            box_same_row(other->box, segment->box) > ROW_SURE_SHARE);
    }
    return beside && segment->fold_to - segment->fold_from < ROW_LEAST;
}

/* Marks rows of running text: long ones, and those that continue them in one paragraph. */
static void running_mark(struct search *search) {
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        struct segment *segment = &search->sheet.segments[i];
        segment->running = segment->fold_to - segment->fold_from >= LONG_ROW && is_wordy(search, segment);
        bool half = !segment->running && is_half_of_row(search, segment);
        for (size_t j = i < 3 ? 0 : i - 3; j < i && !segment->running && !half; j++) {
            const struct segment *above = &search->sheet.segments[j];
            bool begins = above->fold_to - above->fold_from >= ROW_LEAST;
            bool follows = sheet_row_follows(&search->sheet, segment_extent(above), segment_extent(segment));
            segment->running = follows && (above->running || (begins && is_wordy(search, above)));
        }
    }
}

/*
 * A label begins a segment, or follows a value on the same line ("Ref: 123 Fecha: ..."); then a sign or a digit
 * precedes it, or a colon follows it.
 */
static void segment_search(struct search *search, size_t index, struct phrase_memo *memo, const struct phrase **found) {
    const struct segment *segment = &search->sheet.segments[index];
    const struct sheet_line *line = &search->sheet.lines[segment->line];
    const struct fold *fold = &line->fold;
    bool sentence =
        segment->running || segment->fold_to - segment->fold_from >= LONG_ROW; /* "... por Bs. 10,00 al ..." */
    struct said said = search_said(search, SAID_SERIES);
    bool series = segment_begins_with(&search->sheet, segment, said.texts, said.count);
    for (size_t at = segment->fold_from; at < segment->fold_to; at++) {
        size_t byte = fold->from[at];
        bool first = label_is_early(fold, segment, at);
        bool digit_before = at > segment->fold_from && !is_letter(fold->plain[at - 1]);
        if (!fold_word_starts(fold, at) && !(digit_before && is_letter(fold->plain[at]))) {
            continue;
        }
        first = first || (series && label_follows_series(search, index, byte));
        bool sign_before = byte > segment->from && strchr("|/-(:", line->text[byte - 1]) != NULL;
        sign_before = sign_before || (byte > segment->from + 1 && line->text[byte - 1] == ' ' &&
                                      strchr("|/-:", line->text[byte - 2]) != NULL);
        bool colon_ahead = memchr(line->text + byte, ':', segment->to - byte) != NULL;
        if (!first && !digit_before && !sign_before && !colon_ahead && !sentence) {
            continue;
        }
        struct phrase_hit hit = {0};
        size_t count = label_hits_at(&search->layout->book, fold, at, colon_end(line, segment, at), memo, found, &hit);
        if (count == 0) {
            continue;
        }
        bool colon = label_colon_behind(&search->locale, line->text, fold->to[hit.to - 1], segment->to) > 0;
        if (colon || first || ((digit_before || sign_before || sentence) && fold_word_starts(fold, at))) {
            for (size_t i = 0; i < count; i++) {
                label_hit_keep(search, index, found[i], &hit, first);
            }
            at = hit.to - 1;
        }
    }
}

bool labels_find(struct search *search) {
    size_t count = search->sheet.segment_count;
    size_t most = LABELS_LEAST + count * LABELS_OF_SEGMENT;
    search->labels_most = most < LABELS_MOST ? most : LABELS_MOST;
    search->labels = arena_allocate(search->arena, search->labels_most * sizeof *search->labels);
    search->segment_label = arena_allocate(search->arena, (count + 1) * sizeof *search->segment_label);
    struct phrase_memo *memo = phrase_memo_make(search->arena, &search->layout->book);
    const struct phrase **found =
        arena_allocate(search->arena, (search->layout->book.phrase_count + 1) * sizeof *found);
    if (search->labels == NULL || search->segment_label == NULL || memo == NULL || found == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        search->segment_label[i] = LABELS_MOST;
    }
    running_mark(search);
    for (size_t i = 0; i < count; i++) {
        if (!search->sheet.lines[search->sheet.segments[i].line].chrome) {
            segment_search(search, i, memo, found);
        }
    }
    if (!labels_join_rows(search, memo, found)) {
        return false;
    }
    labels_head_columns(search);
    labels_forget_written(search);
    labels_forget_in_names(search);
    labels_forget_of_others(search);
    labels_learn_inline(search);
    labels_end_amounts(search);
    labels_learn_style(search);
    for (size_t i = 0; i < search->label_count; i++) {
        if (!stretch_paragraph_collect(search, &search->labels[i])) {
            return false;
        }
    }
    return true;
}
