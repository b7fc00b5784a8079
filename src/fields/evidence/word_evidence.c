/* word_evidence.c - words and banks of countries on a line. */
#include <string.h>

#include "fields/evidence/evidence.h"
#include "fields/layouts/phrase.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

enum { SHORT_NAME_LETTERS = 6 };
static const double THOUSANDTHS = 1000;

static bool seen_before(struct evidence *evidence, size_t word) {
    if (word >= EVIDENCE_WORDS_MOST) {
        return true;
    }
    bool before = (evidence->seen[word / 8] >> (word % 8) & 1) != 0;
    evidence->seen[word / 8] |= (unsigned char)(1u << (word % 8));
    return before;
}

/* The first word of the set that begins with the two characters. */
static size_t words_first(const struct country_set *set, const char *two) {
    size_t low = 0, high = set->word_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (memcmp(set->words[middle].key, two, 2) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Whether a place of the text has a word: its look-alikes may be digits, but not all of them: "11.88" is not "IIBB". */
static bool word_fits(const struct country_word *word, const struct fold *fold, size_t at) {
    bool letters = false;
    if (at + word->count > fold->count || memcmp(fold->look + at, word->key, word->count) != 0 ||
        (at + word->count < fold->count && !fold_word_ends(fold, at + word->count))) {
        return false;
    }
    for (size_t i = at; i < at + word->count && !letters; i++) {
        letters = !scan_is_digit(fold->plain[i]);
    }
    return letters;
}

/* The letters of the longest name of a bank at a place: "Banco Mercantil Santa Cruz" is not also "Banco Mercantil". */
static size_t bank_longest(const struct country_set *set, const struct fold *fold, size_t at) {
    size_t most = 0;
    for (size_t i = words_first(set, fold->look + at);
         i < set->word_count && memcmp(set->words[i].key, fold->look + at, 2) == 0; i++) {
        const struct country_word *word = &set->words[i];
        most = word->bank && word->count > most && word_fits(word, fold, at) ? word->count : most;
    }
    return most;
}

/* Whether the name of a bank is only the beginning of another name: "Caja de Ahorros de la Universidad". */
static bool is_beginning(const struct country_set *set, const struct country_word *word, const struct sheet_line *line,
                         size_t at) {
    return word->bank && at + word->count < line->fold.count &&
           bank_goes_on(set, line->text, line->bytes, line->fold.from[at], line->fold.to[at + word->count - 1]);
}

/* Whether a short name of a bank, which is one word, is two here: "Constructora del Sur" is not DELSUR. */
static bool is_spread(const struct country_word *word, const struct sheet_line *line, size_t at) {
    size_t from = line->fold.from[at], to = line->fold.to[at + word->count - 1];
    return word->bank && word->count <= SHORT_NAME_LETTERS && strchr(word->text, ' ') == NULL &&
           memchr(line->text + from, ' ', to - from) != NULL;
}

void word_evidence_look(struct evidence *evidence, size_t line_index) {
    const struct sheet_line *line = &evidence->sheet->lines[line_index];
    const struct fold *fold = &line->fold;
    const struct country_set *set = evidence->set;
    for (size_t at = 0; at + 2 <= fold->count; at++) {
        if (!fold_word_starts(fold, at) || evidence_is_written(evidence, line_index, fold->from[at])) {
            continue;
        }
        for (size_t i = words_first(set, fold->look + at);
             i < set->word_count && memcmp(set->words[i].key, fold->look + at, 2) == 0; i++) {
            const struct country_word *word = &set->words[i];
            if (!word_fits(word, fold, at) || (word->bank && word->count < bank_longest(set, fold, at)) ||
                is_beginning(set, word, line, at) || is_spread(word, line, at) || seen_before(evidence, i)) {
                continue;
            }
            struct tally *tally = &evidence->tallies[word->country];
            *(word->bank ? &tally->banks : &tally->words) += word->thousandths / THOUSANDTHS;
            evidence_note(evidence, word->country, word->bank ? "bank" : "word", word->text, strlen(word->text));
        }
    }
}
