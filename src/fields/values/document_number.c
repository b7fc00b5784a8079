/* document_number.c - the number of a document: its form, and the words between its label and itself. */
#include <string.h>

#include "base/fold.h"
#include "base/utf8.h"
#include "fields/countries/country.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

enum { WORD_BYTES = 24, LEAD_WORDS_MOST = 4, LETTERS_MOST = 5, DIGITS_LEAST = 2, CODE_BYTES = 4 };

/* The folded letters and digits of a word; those of a long one are cut off. */
static void word_fold(const char *word, size_t bytes, char plain[WORD_BYTES]) {
    size_t used = 0;
    for (size_t at = 0; at < bytes;) {
        int32_t code_point, parts[FOLD_PARTS_MOST];
        at += utf8_next(word + at, bytes - at, &code_point);
        for (size_t count = fold_parts(code_point, parts), i = 0; i < count && used + 1 < WORD_BYTES; i++) {
            if (fold_is_plain(parts[i])) {
                plain[used++] = (char)parts[i];
            }
        }
    }
    plain[used] = '\0';
}

static bool is_listed(const struct locale *locale, enum said_list list, const char *plain) {
    return said_is(locale_said(locale, list), plain, strlen(plain), SAID_OWN_CASE);
}

bool document_is_sign(const struct locale *locale, const char *word, size_t bytes) {
    char plain[WORD_BYTES];
    word_fold(word, bytes, plain);
    return is_listed(locale, SAID_NUMBER_SIGNS, plain);
}

static size_t word_end(const char *text, size_t bytes, size_t from) {
    while (from < bytes && text[from] != ' ' && text[from] != '\n') {
        from++;
    }
    return from;
}

static bool has_digit(const char *text, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        if (scan_is_digit(text[i])) {
            return true;
        }
    }
    return false;
}

/* Whether the word may be between a document's label and the sign: its kind, its letter, or a series and its code. */
static bool may_lead(const struct locale *locale, const char *word, size_t bytes, bool behind_series, bool *series) {
    char plain[WORD_BYTES];
    word_fold(word, bytes, plain);
    *series = is_listed(locale, SAID_SERIES, plain);
    bool code = behind_series && bytes <= CODE_BYTES, letter = bytes == 1 && word[0] >= 'A' && word[0] <= 'Z';
    return word[bytes - 1] != ',' && word[bytes - 1] != ':' &&
           (*series || code || letter || is_listed(locale, SAID_NUMBER_LEADS, plain));
}

size_t document_lead_bytes(const struct locale *locale, const char *text, size_t bytes, bool sign_first) {
    size_t lead = 0;
    bool series = false;
    for (size_t from = 0, words = 0, to; from < bytes && words <= LEAD_WORDS_MOST; from = to + 1, words++) {
        to = word_end(text, bytes, from);
        if (text[from] == '#' && to > from + 1) {
            return words > 0 ? from + 1 : 0;
        }
        if (has_digit(text, from, to)) {
            return lead;
        }
        bool mark = to > from && text[to - 1] == '#';
        if (to > from && (mark || document_is_sign(locale, text + from, to - from))) {
            lead = words == 0 && mark ? lead : to + 1;
        } else if (lead == 0 &&
                   (sign_first || to == from || !may_lead(locale, text + from, to - from, series, &series))) {
            return 0; /* the number of something else: "CAJA No. 03" */
        }
    }
    return 0; /* no number follows */
}

bool document_begins(const char *text, size_t bytes) {
    size_t letters = 0, digits = 0;
    for (size_t at = 0; at < bytes && text[at] != ' '; at++) {
        bool letter = text[at] >= 'A' && text[at] <= 'Z';
        letters += letter;
        digits += scan_is_digit(text[at]);
        if (!letter && !scan_is_digit(text[at]) && strchr("-/.", text[at]) == NULL) {
            return false;
        }
    }
    return letters <= LETTERS_MOST && digits >= DIGITS_LEAST;
}
