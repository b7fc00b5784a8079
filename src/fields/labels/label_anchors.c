/* label_anchors.c - how strongly the anchors of a layout are on a sheet. */
#include "base/arena.h"
#include "fields/search.h"

enum { ANCHORS_MOST = 256 };

static bool is_anchor(const struct phrase *phrase) {
    return phrase->kind == PHRASE_ANCHOR || phrase->kind == PHRASE_AGAINST;
}

/* Adds the weights of new anchors that begin at one place. */
static double anchors_at(const struct phrase_book *book, const struct fold *fold, size_t at, struct phrase_memo *memo,
                         bool *seen) {
    double sum = 0;
    phrase_memo_clear(memo);
    for (size_t i = 0; i < book->phrase_count; i++) {
        const struct phrase *phrase = &book->phrases[i];
        struct phrase_hit hit;
        if (is_anchor(phrase) && phrase->field < ANCHORS_MOST && !seen[phrase->field] &&
            phrase_match(book, phrase, fold, at, fold->count, true, memo, &hit)) {
            seen[phrase->field] = true;
            sum += phrase->kind == PHRASE_ANCHOR ? (double)phrase->weight : -(double)phrase->weight;
        }
    }
    return sum;
}

bool label_anchors_weigh(struct arena *arena, const struct sheet *sheet, const struct layout *layout, double *weight) {
    bool seen[ANCHORS_MOST] = {false};
    struct phrase_memo *memo = phrase_memo_make(arena, &layout->book);
    *weight = 0;
    for (size_t i = 0; memo != NULL && i < sheet->line_count; i++) {
        const struct fold *fold = &sheet->lines[i].fold;
        for (size_t at = 0; at < fold->count && !sheet->lines[i].chrome; at++) {
            if (fold_word_starts(fold, at)) {
                *weight += anchors_at(&layout->book, fold, at, memo, seen);
            }
        }
    }
    return memo != NULL;
}
