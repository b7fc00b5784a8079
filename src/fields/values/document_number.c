/* document_number.c - the number of a document: its form, and the words between its label and itself. */
#include <string.h>

#include "fields/values/scan.h"
#include "fields/values/value.h"

enum { SIGN_BYTES = 16, LETTERS_MOST = 5, DIGITS_LEAST = 2 };

bool document_is_sign(const char *word, size_t bytes) {
    static const char *const signs[] = {"n", "no", "nro", "num", "numero", "number", "folio", "correlativo"};
    char plain[SIGN_BYTES];
    size_t used = 0;
    for (size_t i = 0; i < bytes && used + 1 < sizeof plain; i++) {
        bool accented = word[i] == '\xC3' && i + 1 < bytes && (word[i + 1] == '\xBA' || word[i + 1] == '\x9A');
        if (accented) {
            plain[used++] = 'u';
            i++;
        } else if ((word[i] | 0x20) >= 'a' && (word[i] | 0x20) <= 'z') {
            plain[used++] = (char)(word[i] | 0x20);
        }
    }
    plain[used] = '\0';
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (strcmp(plain, signs[i]) == 0) {
            return true;
        }
    }
    return false;
}

static size_t word_end(const char *text, size_t bytes, size_t from) {
    while (from < bytes && text[from] != ' ' && text[from] != '\n') {
        from++;
    }
    return from;
}

size_t document_lead_bytes(const char *text, size_t bytes, size_t words_most) {
    size_t lead = 0;
    for (size_t from = 0, words = 0, to; from < bytes && words <= words_most; from = to + 1, words++) {
        to = word_end(text, bytes, from);
        if (text[from] == '#' && to > from + 1) {
            lead = words > 0 ? from + 1 : lead;
        }
        for (size_t i = from; i < to; i++) {
            if (scan_is_digit(text[i])) {
                return lead;
            }
        }
        bool says = to > from && (document_is_sign(text + from, to - from) || (words > 0 && text[to - 1] == '#'));
        lead = says ? to + 1 : lead;
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
