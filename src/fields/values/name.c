/* name.c - whether a text looks like the name of a person or firm, or like a line of an address. */
#include <string.h>

#include "base/utf8.h"
#include "fields/countries/country.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

enum {
    LONG_WORD_LETTERS = 3, /* shorter words are initials and articles */
    LETTERS_LEAST = 3,
    NAME_LETTERS_MOST = 60,
    NAME_WORDS_MOST = 6,
    SENTENCE_WORDS = 4,   /* more of them, all in small letters, are a sentence */
    FIRM_DIGITS_MOST = 4, /* a year; more are a number of something */
    PLACES_MOST = 3,      /* words of an address that count */
    POSTAL_DIGITS = 5,
    ADDRESS_DIGITS_MOST = 10,
};
/* How likely a text is a person's or a firm's name, by hand: two words and more, one, too many; and what takes away. */
static const double QUALITY_WORDS = 0.9, QUALITY_ONE_WORD = 0.62, QUALITY_MANY_WORDS = 0.55;
static const double LOSS_DIGITS = 0.25, LOSS_SIGNS = 0.2, LOSS_SMALL_LETTERS = 0.35, LOSS_SENTENCE = 0.7;
/* The same for the firm at the head of a receipt: a legal form, a trade, a word of another line. */
static const double FIRM_ANY = 0.45, FIRM_LEGAL = 0.35, FIRM_TRADE = 0.15, FIRM_OTHER_LINE = 0.35;
static const double FIRM_DIGITS = 0.2, FIRM_SHORT_WORDS = 0.25;
/* The same for a line of an address: each word of one, a comma, a postal code, too many digits. */
static const double ADDRESS_ANY = 0.2, ADDRESS_WORD = 0.25, ADDRESS_COMMA = 0.15, ADDRESS_POSTAL_CODE = 0.25;
static const double ADDRESS_DIGITS = 0.4;

struct look {
    size_t letters, digits, others, words, capital_words, long_words;
};

static struct look look_at(const char *text, size_t bytes) {
    struct look look = {0};
    bool in_word = false;
    size_t word_letters = 0;
    for (size_t i = 0; i <= bytes; i++) {
        bool letter = i < bytes && scan_is_letter(text[i]);
        bool inner = i < bytes && in_word && (scan_is_digit(text[i]) || text[i] == '\'' || text[i] == '.');
        if (letter && !in_word) {
            look.words++;
            look.capital_words += scan_is_capital(text + i);
            in_word = true;
            word_letters = 0;
        } else if (!letter && !inner && in_word) {
            look.long_words += word_letters >= LONG_WORD_LETTERS;
            in_word = false;
        }
        if (letter) {
            word_letters += utf8_begins(text[i]);
            look.letters += utf8_begins(text[i]);
        } else if (i < bytes && scan_is_digit(text[i])) {
            look.digits++;
        } else if (i < bytes && !scan_is_space(text[i]) && text[i] != '.' && text[i] != ',') {
            look.others++;
        }
    }
    return look;
}

/* The letters with which the text begins. */
static size_t first_word(const char *text, size_t bytes) {
    size_t word = 0;
    while (word < bytes && scan_is_letter(text[word])) {
        word++;
    }
    return word;
}

static bool has_word(const struct locale *locale, enum said_list list, const char *text, size_t bytes) {
    return said_words_count(locale_said(locale, list), text, bytes) > 0;
}

/* "Caja de Ahorros de la Universidad": a name goes on behind what may be a kind of account. */
static bool is_named_box(const struct locale *locale, const char *text, size_t bytes) {
    for (size_t at = 1; at < bytes; at++) {
        size_t next = at + said_begin(locale_said(locale, SAID_BOX_JOINTS), text + at, bytes - at, SAID_ANY_CASE);
        bool capital = next > at && next < bytes && text[next] >= 'A' && text[next] <= 'Z';
        if (capital &&
            said_begin(locale_said(locale, SAID_BOX_CONTENTS), text + next, bytes - next, SAID_ANY_CASE) == 0) {
            return true;
        }
    }
    return false;
}

bool name_begins_account(const struct locale *locale, const char *text, size_t bytes) {
    size_t word = first_word(text, bytes);
    if (name_has_legal_form(locale, text, bytes)) {
        return false; /* "Ahorro Farmacias S.A." */
    }
    if (word < bytes && said_begin(locale_said(locale, SAID_SAVINGS_BOXES), text, bytes, SAID_ANY_CASE) > 0) {
        return !is_named_box(locale, text, bytes);
    }
    return (word == bytes && said_is(locale_said(locale, SAID_BOXES), text, bytes, SAID_ANY_CASE)) ||
           has_word(locale, SAID_ACCOUNT_WORDS, text, word);
}

bool name_begins_house(const struct locale *locale, const char *text, size_t bytes) {
    enum { DIGITS_MOST = 5 };
    size_t digits = scan_digits(text, bytes, 0);
    return digits > 0 && digits <= DIGITS_MOST && digits < bytes && text[digits] == ' ' &&
           said_words_count(locale_said(locale, SAID_ADDRESS_WORDS), text, bytes) > 0 &&
           !name_has_legal_form(locale, text, bytes);
}

bool name_has_legal_form(const struct locale *locale, const char *text, size_t bytes) {
    const struct said *forms = locale_said(locale, SAID_LEGAL_FORMS);
    while (bytes > 0 && strchr(". ,", text[bytes - 1]) != NULL) {
        bytes--;
    }
    for (size_t at = 1; at < bytes; at++) {
        bool apart = strchr(" ,.", text[at - 1]) != NULL;
        if (apart && said_is(forms, text + at, bytes - at, SAID_ANY_CASE)) {
            return true;
        }
    }
    return false;
}

/* Whether the point behind the bytes is the last word's own. */
static bool owns_point(const struct locale *locale, const char *text, size_t bytes) {
    size_t begin = bytes;
    if (bytes > 0 && text[bytes - 1] == '.') {
        return false;
    }
    while (begin > 0 && strchr(" \n,", text[begin - 1]) == NULL) {
        begin--;
    }
    return utf8_count(text + begin, bytes - begin) < 2 || memchr(text + begin, '.', bytes - begin) != NULL ||
           said_is(locale_said(locale, SAID_LEGAL_FORMS), text + begin, bytes - begin, SAID_ANY_CASE) ||
           said_is(locale_said(locale, SAID_ABBREVIATIONS), text + begin, bytes - begin, SAID_ANY_CASE);
}

size_t name_without_signs(const struct locale *locale, const char *text, size_t bytes) {
    while (bytes > 1 && (strchr(" ,;:", text[bytes - 1]) != NULL ||
                         (text[bytes - 1] == '.' && !owns_point(locale, text, bytes - 1)))) {
        bytes--;
    }
    return bytes;
}

double name_quality(const struct locale *locale, const char *text, size_t bytes) {
    struct look look = look_at(text, bytes);
    if (look.letters < LETTERS_LEAST || look.long_words == 0 || look.letters > NAME_LETTERS_MOST ||
        look.digits * (name_has_legal_form(locale, text, bytes) ? 1 : 2) > look.letters) {
        return 0; /* "Café 1900 S.A." is a name */
    }
    bool greeting = has_word(locale, SAID_GREETINGS, text, first_word(text, bytes)); /* the reader is not the payee */
    if (greeting || name_begins_account(locale, text, bytes) || has_word(locale, SAID_OWN_ACCOUNTS, text, bytes)) {
        return 0;
    }
    if (said_begin_word(locale_said(locale, SAID_BANK_NAME_ENDS), text, bytes, SAID_ANY_CASE) > 0) {
        return 0; /* the end of a bank's legal name */
    }
    double quality = look.words >= 2 && look.words <= NAME_WORDS_MOST ? QUALITY_WORDS
                     : look.words == 1                                ? QUALITY_ONE_WORD
                                                                      : QUALITY_MANY_WORDS;
    quality -= look.digits > 0 && !name_has_legal_form(locale, text, bytes) ? LOSS_DIGITS
                                                                            : 0; /* "Inversiones Ana 2031, C.A." */
    quality -= look.others > 1 ? LOSS_SIGNS : 0;
    quality -= look.capital_words > 0        ? 0
               : look.words > SENTENCE_WORDS ? LOSS_SENTENCE
                                             : LOSS_SMALL_LETTERS; /* the rest of a sentence */
    return quality < 0 ? 0 : quality;
}

double name_company_quality(const struct locale *locale, const char *text, size_t bytes) {
    struct look look = look_at(text, bytes);
    if (look.letters < LETTERS_LEAST || look.digits > look.letters) {
        return 0;
    }
    double quality = FIRM_ANY;
    bool formed = has_word(locale, SAID_FIRM_WORDS, text, bytes) || name_has_legal_form(locale, text, bytes);
    quality += formed ? FIRM_LEGAL : 0;
    quality += has_word(locale, SAID_TRADES, text, bytes) ? FIRM_TRADE : 0;
    quality -= has_word(locale, SAID_NO_FIRMS, text, bytes) ? FIRM_OTHER_LINE : 0;
    quality -= look.digits > FIRM_DIGITS_MOST ? FIRM_DIGITS : 0;
    quality -= look.long_words == 0 ? FIRM_SHORT_WORDS : 0;
    return quality < 0 ? 0 : quality > 1 ? 1 : quality;
}

/* "No. PE44-0088127", "N° 44188", "# 21844": a number alone is a document's, not a house's. */
static bool is_number_alone(const struct locale *locale, const char *text, size_t bytes) {
    enum { DIGITS_LEAST = 4, LETTERED_LEAST = 2 };
    size_t words = 0, first = bytes, digits = 0;
    for (size_t i = 0; i < bytes; i++) {
        bool begins = text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
        words += begins;
        first = begins && words == 2 ? i : first;
        digits += i >= first && scan_is_digit(text[i]);
    }
    bool lettered = first < bytes && scan_is_letter(text[first]) && memchr(text + first, '-', bytes - first) != NULL;
    return words == 2 && digits >= (lettered ? LETTERED_LEAST : DIGITS_LEAST) &&
           (memchr(text, '#', first - 1) != NULL || document_is_sign(locale, text, first - 1));
}

double name_address_quality(const struct locale *locale, const char *text, size_t bytes) {
    struct look look = look_at(text, bytes);
    if (look.letters < LETTERS_LEAST) {
        return 0;
    }
    if (has_word(locale, SAID_NO_ADDRESSES, text, bytes) || is_number_alone(locale, text, bytes)) {
        return 0;
    }
    size_t found = said_words_count(locale_said(locale, SAID_ADDRESS_WORDS), text, bytes);
    double quality = ADDRESS_ANY + ADDRESS_WORD * (double)(found > PLACES_MOST ? PLACES_MOST : found);
    size_t commas = 0;
    for (size_t i = 0; i < bytes; i++) {
        commas += text[i] == ',';
    }
    quality += commas > 0 ? ADDRESS_COMMA : 0;
    for (size_t i = 0; i + POSTAL_DIGITS <= bytes; i++) { /* a postal code: five digits alone */
        if (scan_digits(text, bytes, i) == POSTAL_DIGITS && scan_starts_token(text, i)) {
            quality += ADDRESS_POSTAL_CODE;
            break;
        }
    }
    quality -= look.digits > ADDRESS_DIGITS_MOST ? ADDRESS_DIGITS : 0;
    return quality < 0 ? 0 : quality > 1 ? 1 : quality;
}
