/* kind_aside.c - finds the stretches of lines whose words say nothing of the page's kind. */
#include "fields/pages/kind_aside.h"

#include <string.h>

#include "fields/sheet/row_piece.h"
#include "fields/values/scan.h"

/* A row of a sentence that goes on has so many letters at least; a sentence goes on over so many rows at most. */
enum { SENTENCE_ROW_LETTERS = 24, SENTENCE_ROWS_MOST = 3 };
/* In heights of the label: how far below it, and how far to its side, its value may begin. */
static const double BELOW_MOST = 1.6, ASIDE_MOST = 1;

static void aside_add(struct asides *asides, enum aside_kind kind, size_t line, size_t from, size_t to) {
    if (asides->count < ASIDES_MOST && from < to) {
        asides->items[asides->count++] = (struct aside){kind, line, from, to};
    }
}

/* Whether a sentence ends between two bytes. */
static bool has_end(const char *text, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        bool last = i + 1 == to || text[i + 1] == ' ';
        if (text[i] != '\0' && strchr(".;!?", text[i]) != NULL && last) {
            return true;
        }
    }
    return false;
}

/* The folded character of the line behind which the sentence ends; its count if it goes on below. */
static size_t sentence_end(const struct sheet_line *line, size_t from) {
    const struct fold *fold = &line->fold;
    for (size_t at = from + 1; at < fold->count; at++) {
        if (fold_word_starts(fold, at) && has_end(line->text, fold->to[at - 1], fold->from[at])) {
            return at;
        }
    }
    return fold->count;
}

/* From the condition to the end of its sentence, which may be on a row below. */
static void condition_add(const struct sheet *sheet, size_t index, size_t from, struct asides *asides) {
    for (size_t rows = 0; rows < SENTENCE_ROWS_MOST; rows++) {
        const struct sheet_line *line = &sheet->lines[index];
        size_t end = sentence_end(line, from);
        aside_add(asides, ASIDE_CONDITION, index, from, end);
        size_t last = line->fold.count == 0 ? 0 : line->fold.to[line->fold.count - 1];
        bool ended = end < line->fold.count || has_end(line->text, last, line->bytes);
        bool below = index + 1 < sheet->line_count;
        if (ended || line->fold.count < SENTENCE_ROW_LETTERS || !below ||
            !sheet_row_follows(sheet, (struct extent){index, 0, line->bytes},
                               (struct extent){index + 1, 0, sheet->lines[index + 1].bytes})) {
            return;
        }
        index++;
        from = 0;
    }
}

/* The piece right below a label, at its left edge. */
static const struct segment *segment_below(const struct sheet *sheet, const struct segment *label) {
    double height = box_height(label->box);
    for (size_t i = 0; i < sheet->segment_count; i++) {
        const struct segment *other = &sheet->segments[i];
        double gap = other->box.y0 - label->box.y1, aside = other->box.x0 - label->box.x0;
        if (gap > -height * ROWS_OVERLAP && gap < height * BELOW_MOST && aside < height * ASIDE_MOST &&
            -aside < height * ASIDE_MOST) {
            return other;
        }
    }
    return NULL;
}

/* What the payer wrote: behind the label and a colon, in the only piece beside it, or below it. */
static void written_add(const struct sheet *sheet, size_t line, const struct phrase_hit *hit, struct asides *asides) {
    const struct segment *label = row_piece_from(sheet, line, hit->from);
    if (label == NULL) {
        return;
    }
    const struct sheet_line *own = &sheet->lines[line];
    if (hit->to < label->fold_to) {
        size_t behind = own->fold.to[hit->to - 1];
        if (memchr(own->text + behind, ':', own->fold.from[hit->to] - behind) != NULL) {
            aside_add(asides, ASIDE_WRITTEN, line, hit->to, label->fold_to);
        }
        return;
    }
    struct row_sides sides = row_piece_sides(sheet, label);
    const struct segment *value = sides.count == 0   ? segment_below(sheet, label)
                                  : sides.count == 1 ? sides.right
                                                     : NULL;
    if (value != NULL) {
        aside_add(asides, ASIDE_WRITTEN, value->line, value->fold_from, value->fold_to);
    }
}

/* Whether it has a letter: "51" looks like "si". */
static bool has_letter(const struct fold *fold, const struct phrase_hit *hit) {
    for (size_t at = hit->from; at < hit->to; at++) {
        if (!scan_is_digit(fold->plain[at])) {
            return true;
        }
    }
    return false;
}

static void asides_at(const struct kind_book *kinds, const struct sheet *sheet, size_t index, size_t at,
                      struct phrase_memo *memo, struct asides *asides) {
    const struct fold *fold = &sheet->lines[index].fold;
    phrase_memo_clear(memo);
    for (size_t i = 0; i < kinds->asides.phrase_count; i++) {
        const struct phrase *phrase = &kinds->asides.phrases[i];
        struct phrase_hit hit;
        if (!phrase_match(&kinds->asides, phrase, fold, at, fold->count, false, memo, &hit) || hit.glued ||
            !has_letter(fold, &hit)) {
            continue;
        }
        if (phrase->field == ASIDE_IGNORE) {
            aside_add(asides, ASIDE_IGNORE, index, hit.from, hit.to);
        } else if (phrase->field == ASIDE_CONDITION) {
            condition_add(sheet, index, hit.from, asides);
        } else {
            written_add(sheet, index, &hit, asides);
        }
    }
}

bool asides_find(struct arena *arena, const struct kind_book *kinds, const struct sheet *sheet, struct asides *asides) {
    struct phrase_memo *memo = phrase_memo_make(arena, &kinds->asides);
    asides->count = 0;
    for (size_t i = 0; i < sheet->line_count && memo != NULL; i++) {
        const struct sheet_line *line = &sheet->lines[i];
        for (size_t at = 0; at < line->fold.count && !line->chrome; at++) {
            if (fold_word_starts(&line->fold, at)) {
                asides_at(kinds, sheet, i, at, memo, asides);
            }
        }
    }
    return memo != NULL;
}

bool asides_cover(const struct asides *asides, size_t line, const struct phrase_hit *hit,
                  const struct kind_mark *mark) {
    bool paid = mark->kind != KIND_NONE && kind_group(mark->kind) == GROUP_PAYMENT;
    bool payment = paid || (mark->kind == KIND_NONE && mark->group == GROUP_PAYMENT);
    for (size_t i = 0; i < asides->count; i++) {
        const struct aside *aside = &asides->items[i];
        if (aside->line != line || hit->from < aside->from || hit->from >= aside->to) {
            continue;
        }
        size_t letters = hit->to - hit->from - (hit->distance > 0); /* "Decline" is no "declined" with an error */
        bool longer = aside->to - aside->from > letters;
        bool covers = aside->kind == ASIDE_IGNORE      ? longer
                      : aside->kind == ASIDE_CONDITION ? paid
                                                       : !payment || mark->kind == KIND_PAYMENT_REQUESTED;
        if (covers) {
            return true;
        }
    }
    return false;
}
