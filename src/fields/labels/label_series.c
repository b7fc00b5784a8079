/* label_series.c - the series of a document before its number. */
#include <string.h>

#include "fields/labels/label_parts.h"
#include "fields/search.h"

bool label_follows_series(const struct search *search, size_t index, size_t byte) {
    enum { CODE_MOST = 5, WORDS_MOST = 2 };
    const struct segment *segment = &search->sheet.segments[index];
    const struct fold *fold = &search->sheet.lines[segment->line].fold;
    struct said said = search_said(search, SAID_SERIES);
    size_t words = 0, at = segment->fold_from;
    for (; at < segment->fold_to && fold->from[at] < byte; at++) {
        words += fold_word_starts(fold, at);
    }
    size_t before = at - segment->fold_from;
    for (size_t i = 0; i < said.count && words == WORDS_MOST; i++) {
        size_t count = strlen(said.texts[i]);
        if (before > count && before <= count + CODE_MOST &&
            strncmp(fold->plain + segment->fold_from, said.texts[i], count) == 0) {
            return true;
        }
    }
    return false;
}
