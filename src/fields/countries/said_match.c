/* said_match.c - finds the words of a list in a text. The lists are sorted, so that few are compared at a place. */
#include <string.h>
#include <strings.h>

#include "fields/countries/said.h"
#include "fields/values/scan.h"

/* The first text of the list that begins with the letter, in any case; the count if there is none. */
static size_t first_of(const struct said *said, char letter) {
    unsigned char wanted = (unsigned char)scan_lower(letter);
    size_t from = 0, to = said->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if ((unsigned char)scan_lower(said->sorted[middle][0]) < wanted) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

/* Bytes of the longest text of the list at a place; if `whole`, only of those with no letter behind them. */
static size_t longest_at(const struct said *said, const char *text, size_t bytes, enum said_case with, bool whole) {
    size_t longest = 0;
    for (size_t i = bytes == 0 ? said->count : first_of(said, text[0]);
         i < said->count && scan_lower(said->sorted[i][0]) == scan_lower(text[0]); i++) {
        const char *word = said->sorted[i];
        size_t count = strlen(word);
        if (count <= longest || count > bytes || (whole && count < bytes && scan_is_letter(text[count]))) {
            continue;
        }
        bool same = with == SAID_OWN_CASE ? memcmp(text, word, count) == 0 : strncasecmp(text, word, count) == 0;
        longest = same ? count : longest;
    }
    return longest;
}

size_t said_begin(const struct said *said, const char *text, size_t bytes, enum said_case with) {
    return longest_at(said, text, bytes, with, false);
}

size_t said_begin_word(const struct said *said, const char *text, size_t bytes, enum said_case with) {
    return longest_at(said, text, bytes, with, true);
}

bool said_is(const struct said *said, const char *text, size_t bytes, enum said_case with) {
    return bytes > 0 && longest_at(said, text, bytes, with, false) == bytes;
}

size_t said_end(const struct said *said, const char *text, size_t bytes) {
    size_t longest = 0;
    for (size_t i = 0; i < said->count; i++) {
        size_t count = strlen(said->texts[i]);
        bool fits = count > longest && count <= bytes;
        longest = fits && strncasecmp(text + bytes - count, said->texts[i], count) == 0 ? count : longest;
    }
    return longest;
}

size_t said_words_count(const struct said *said, const char *text, size_t bytes) {
    size_t found = 0;
    for (size_t at = 0; at < bytes; at++) {
        bool inside = at > 0 && (scan_is_letter(text[at - 1]) || scan_is_digit(text[at - 1]));
        found += !inside && longest_at(said, text + at, bytes - at, SAID_ANY_CASE, true) > 0;
    }
    return found;
}
