/* usual_evidence.c - words and forms of amounts that are more usual in one country than in others. */
#include <math.h>
#include <string.h>

#include "fields/evidence/evidence.h"
#include "fields/layouts/phrase.h"
#include "fields/values/scan.h"

/* As in tests/receipts/countries.py, which fits the weights. */
static const double WORDS_LEAST = 8, WORDS_SCALE = 4, HUNDREDTHS = 100;

enum { LETTERS_LEAST = 2, SHOWN_MOST = 3 };

static bool bit_of(const struct evidence *evidence, size_t item) {
    return (evidence->usual_seen[item / 8] >> (item % 8) & 1) != 0;
}

/* Counts a word once per page. */
static void word_count(struct evidence *evidence, const char *text, size_t bytes) {
    const struct usual_words *words = &evidence->set->usual;
    size_t first = usual_word_find(words, text, bytes);
    if (first == words->count || bit_of(evidence, first)) {
        return;
    }
    evidence->usual_count++;
    for (size_t i = first; i < words->count && words->items[i].at == words->items[first].at; i++) {
        evidence->usual_seen[i / 8] |= (unsigned char)(1u << (i % 8));
        evidence->tallies[words->items[i].country].usual += words->items[i].weight / HUNDREDTHS;
    }
}

/* The words of a line that have letters only. */
static void letters_look(struct evidence *evidence, size_t line_index) {
    const struct fold *fold = &evidence->sheet->lines[line_index].fold;
    for (size_t at = 0, end = 0; at < fold->count; at = end) {
        bool letters = true;
        for (end = at; end < fold->count && (end == at || !fold_word_starts(fold, end)); end++) {
            letters = letters && !scan_is_digit(fold->plain[end]);
        }
        if (letters && end - at >= LETTERS_LEAST && !evidence_is_written(evidence, line_index, fold->from[at])) {
            word_count(evidence, fold->plain + at, end - at);
        }
    }
}

static bool is_of_number(char c) {
    return scan_is_digit(c) || (c != '\0' && strchr(".,/:-", c) != NULL);
}

/* The forms of its numbers: dates, times and numbers of documents have none. */
static void forms_look(struct evidence *evidence, size_t line_index) {
    const struct sheet_line *line = &evidence->sheet->lines[line_index];
    for (size_t at = 0, end = 0; at < line->bytes; at = end + 1) {
        for (end = at; end < line->bytes && is_of_number(line->text[end]); end++) {
        }
        size_t from = at, to = end;
        while (from < to && !scan_is_digit(line->text[from])) {
            from++;
        }
        while (to > from && !scan_is_digit(line->text[to - 1])) {
            to--;
        }
        const char *form = from < to ? usual_form_of(line->text + from, to - from) : NULL;
        if (form != NULL && !evidence_is_written(evidence, line_index, from)) {
            word_count(evidence, form, strlen(form));
        }
    }
}

void usual_evidence_look(struct evidence *evidence, size_t line_index) {
    letters_look(evidence, line_index);
    forms_look(evidence, line_index);
}

double usual_evidence_weight(const struct evidence *evidence, size_t country_index) {
    return evidence->tallies[country_index].usual * WORDS_SCALE /
           sqrt(fmax((double)evidence->usual_count, WORDS_LEAST));
}

void usual_evidence_note(struct evidence *evidence, size_t country_index) {
    const struct usual_words *words = &evidence->set->usual;
    size_t last = words->count;
    for (size_t shown = 0; shown < SHOWN_MOST; shown++) {
        size_t best = words->count;
        for (size_t i = 0; i < words->count; i++) {
            const struct usual_word *word = &words->items[i];
            bool later = last == words->count || word->weight < words->items[last].weight ||
                         (word->weight == words->items[last].weight && i > last);
            if (word->country == country_index && word->weight > 0 && bit_of(evidence, i) && later &&
                (best == words->count || word->weight > words->items[best].weight)) {
                best = i;
            }
        }
        if (best == words->count) {
            return;
        }
        evidence_note(evidence, country_index, "usual", words->texts + words->items[best].at, words->items[best].bytes);
        last = best;
    }
}
