/* scan.h - reads a value character by character: digits, look-alikes of digits, mask signs. */
#ifndef LINCE_FIELDS_VALUES_SCAN_H
#define LINCE_FIELDS_VALUES_SCAN_H

#include <stdbool.h>
#include <stddef.h>

static inline bool scan_is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline bool scan_is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ((unsigned char)c & 0x80) != 0;
}

static inline bool scan_is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

/* A capital letter, with an accent or without: "A", "É". The text ends with a zero or goes on. */
static inline bool scan_is_capital(const char *text) {
    unsigned char second = (unsigned char)text[0] == 0xC3 ? (unsigned char)text[1] : 0;
    return scan_is_upper(text[0]) || (second >= 0x80 && second <= 0x9E && second != 0x97);
}

static inline bool scan_is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

static inline char scan_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* The digit for which a letter is misread, or 0. */
static inline char scan_look_digit(char c) {
    switch (c) {
    case 'O':
    case 'o':
    case 'D':
    case 'Q':
        return '0';
    case 'I':
    case 'l':
    case 'i':
    case '|':
    case '!':
        return '1';
    case 'Z':
    case 'z':
        return '2';
    case 'S':
    case 's':
        return '5';
    case 'B':
        return '8';
    default:
        return 0;
    }
}

/* Whether "-K" is at `at`, the letter that some tax numbers have for a check digit, and nothing goes on behind it. */
static inline bool scan_is_check_letter(const char *text, size_t bytes, size_t at) {
    return at + 1 < bytes && text[at] == '-' && scan_lower(text[at + 1]) == 'k' &&
           (at + 2 >= bytes || !(scan_is_letter(text[at + 2]) || scan_is_digit(text[at + 2])));
}

/*
 * Bytes of a sign that masks digits (* and bullets; x if `crosses`; an ellipsis, as recognition reads a row of
 * bullets); 0 for anything else.
 */
size_t scan_mask(const char *text, size_t bytes, bool crosses);

/* Whether a middle dot, as between two values, begins here. */
static inline bool scan_is_dot(const char *text, size_t bytes, size_t at) {
    return at + 1 < bytes && (unsigned char)text[at] == 0xC2 && (unsigned char)text[at + 1] == 0xB7;
}

/* Whether the ring of "N°" and "Nº" begins here. */
static inline bool scan_is_ring(const char *text, size_t bytes, size_t at) {
    return at + 1 < bytes && (unsigned char)text[at] == 0xC2 &&
           ((unsigned char)text[at + 1] == 0xB0 || (unsigned char)text[at + 1] == 0xBA);
}

/* Whether no letter or digit precedes `at`. */
static inline bool scan_starts_token(const char *text, size_t at) {
    return at == 0 || (at > 1 && scan_is_dot(text, at, at - 2)) ||
           !(scan_is_digit(text[at - 1]) || scan_is_letter(text[at - 1]));
}

static inline size_t scan_spaces(const char *text, size_t bytes, size_t at, size_t most) {
    size_t count = 0;
    while (at + count < bytes && count < most && scan_is_space(text[at + count])) {
        count++;
    }
    return count;
}

/* How many digits are at `at`. */
static inline size_t scan_digits(const char *text, size_t bytes, size_t at) {
    size_t count = 0;
    while (at + count < bytes && scan_is_digit(text[at + count])) {
        count++;
    }
    return count;
}

/* Whether `word` (lower-case ASCII) is at `at`, ignoring case. */
static inline bool scan_word(const char *text, size_t bytes, size_t at, const char *word) {
    size_t i = 0;
    for (; word[i] != '\0'; i++) {
        if (at + i >= bytes || scan_lower(text[at + i]) != word[i]) {
            return false;
        }
    }
    return true;
}

#endif
