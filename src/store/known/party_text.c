/*
 * party_text.c - tells two spellings of one name from two names, and brings a mark into the form in which it is
 * searched.
 */
#include "store/known/party_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/fold.h"
#include "base/utf8.h"

enum {
    NAME_LEAST = 3,
    ID_LEAST = 5,
    PHONE_LEAST = 8,
    PHONE_SOUGHT = 7,
    ACCOUNT_LEAST = 8,
    KEY_LEAST = 5,
    LETTER_LEAST = 6, /* shorter names have too many neighbours */
    WORDS_MOST = 16,
};

bool party_name_fold(const char *name, char folded[PARTY_VALUE_BYTES]) {
    size_t used = 0;
    while (*name != '\0') {
        int32_t code_point, parts[FOLD_PARTS_MOST];
        name += utf8_next(name, UTF8_TO_THE_END, &code_point);
        size_t count = fold_parts(code_point, parts);
        for (size_t i = 0; i < count; i++) {
            if (fold_is_plain(parts[i])) {
                if (used + 1 == PARTY_VALUE_BYTES) {
                    return false;
                }
                folded[used++] = (char)parts[i];
            }
        }
    }
    folded[used] = '\0';
    return true;
}

/* Letters and digits, in capitals, without the separators that people write between them. False with anything else. */
static bool compact_take(const char *text, const char *separators, char compact[PARTY_VALUE_BYTES]) {
    size_t used = 0;
    for (; *text != '\0'; text++) {
        if (isalnum((unsigned char)*text) && used + 1 < PARTY_VALUE_BYTES) {
            compact[used++] = (char)toupper((unsigned char)*text);
        } else if (strchr(separators, *text) == NULL) {
            return false;
        }
    }
    compact[used] = '\0';
    return used > 0;
}

/* Where the digits begin of a number with at most one letter before it; NULL for other forms. */
static const char *digits_of(const char *compact) {
    const char *digits = compact + (isalpha((unsigned char)compact[0]) != 0);
    return digits[strspn(digits, "0123456789")] == '\0' ? digits : NULL;
}

static const char *zeros_skip(const char *digits) {
    return digits + strspn(digits, "0");
}

static bool phone_take(const char *value, char digits[PARTY_VALUE_BYTES]) {
    return compact_take(value + (*value == '+'), " -().", digits) && digits[strspn(digits, "0123456789")] == '\0' &&
           strlen(zeros_skip(digits)) >= PHONE_LEAST;
}

static bool key_take(const char *value, char key[PARTY_VALUE_BYTES]) {
    size_t used = 0;
    for (; *value != '\0'; value++) {
        if (used + 1 == PARTY_VALUE_BYTES || (unsigned char)*value < ' ') {
            return false;
        }
        if (*value != ' ') {
            key[used++] = (char)tolower((unsigned char)*value);
        }
    }
    key[used] = '\0';
    return used >= KEY_LEAST;
}

/* "****1234", "0102 XXXX 12" */
static bool is_masked(const char *value) {
    return strpbrk(value, "*#") != NULL || strstr(value, "\u2022") != NULL || strcasestr(value, "xxx") != NULL;
}

bool party_sought(enum party_fact fact, const char *value, char sought[PARTY_VALUE_BYTES]) {
    char compact[PARTY_VALUE_BYTES];
    const char *digits;
    sought[0] = '\0';
    if (*value == '\0' || strlen(value) >= PARTY_VALUE_BYTES || !utf8_is_valid(value) ||
        (fact <= PARTY_PHONE && is_masked(value))) {
        return false;
    }
    switch (fact) {
    case PARTY_NAME:
        return party_name_fold(value, sought) && strlen(sought) >= NAME_LEAST;
    case PARTY_ID:
        if (!compact_take(value, " -./", compact) || strlen(compact) < ID_LEAST) {
            return false;
        }
        digits = digits_of(compact);
        strcpy(sought, digits == NULL ? compact : digits);
        return true;
    case PARTY_ACCOUNT:
        return compact_take(value, " -./", sought) && strlen(sought) >= ACCOUNT_LEAST;
    case PARTY_KEY:
        return key_take(value, sought);
    case PARTY_PHONE:
        if (!phone_take(value, compact)) {
            return false;
        }
        strcpy(sought, compact + strlen(compact) - PHONE_SOUGHT);
        return true;
    default: /* no party is found by these */
        return true;
    }
}

/* The letters are equal, or one of the two has none. */
static bool ids_agree(const char *one, const char *other) {
    const char *first = digits_of(one), *second = digits_of(other);
    if (first == NULL || second == NULL) {
        return strcmp(one, other) == 0;
    }
    return strcmp(first, second) == 0 && (first == one || second == other || *one == *other);
}

/* "04141234567" and "+584141234567": the longer one ends with the shorter. */
static bool phones_agree(const char *one, const char *other) {
    one = zeros_skip(one);
    other = zeros_skip(other);
    size_t bytes = strlen(one), other_bytes = strlen(other);
    return bytes <= other_bytes ? strcmp(other + other_bytes - bytes, one) == 0
                                : strcmp(one + bytes - other_bytes, other) == 0;
}

bool party_marks_agree(enum party_fact fact, const char *value, const char *other) {
    char one[PARTY_VALUE_BYTES], second[PARTY_VALUE_BYTES];
    if (fact == PARTY_ID) {
        return compact_take(value, " -./", one) && compact_take(other, " -./", second) && ids_agree(one, second);
    }
    if (fact == PARTY_PHONE) {
        return phone_take(value, one) && phone_take(other, second) && phones_agree(one, second);
    }
    return party_sought(fact, value, one) && party_sought(fact, other, second) && strcmp(one, second) == 0;
}

/* ---- names ---- */

struct names {
    char text[PARTY_VALUE_BYTES]; /* small letters and digits with their accents, one space between words */
    char folded[PARTY_VALUE_BYTES];
    char words[PARTY_VALUE_BYTES]; /* folded, a zero byte behind each */
    const char *word[WORDS_MOST];
    size_t word_count;
};

static bool is_of_word(utf8proc_int32_t code_point) {
    switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ND:
        return true;
    default:
        return false;
    }
}

/* Points and apostrophes are dropped: "C.A." is "ca". Any other sign separates words. */
static void text_take(const char *value, char text[PARTY_VALUE_BYTES]) {
    utf8proc_uint8_t *mapped = NULL;
    size_t used = 0;
    text[0] = '\0';
    if (utf8proc_map((const utf8proc_uint8_t *)value, 0, &mapped,
                     UTF8PROC_NULLTERM | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD) < 0) {
        return;
    }
    for (const char *at = (const char *)mapped; *at != '\0';) {
        int32_t code_point;
        size_t bytes = utf8_next(at, UTF8_TO_THE_END, &code_point);
        bool is_letter = is_of_word(code_point), parts = !is_letter && *at != '.' && *at != '\'';
        if (used + bytes + 1 >= PARTY_VALUE_BYTES) {
            break;
        }
        if (is_letter) {
            memcpy(text + used, at, bytes);
            used += bytes;
        } else if (parts && used > 0 && text[used - 1] != ' ') {
            text[used++] = ' ';
        }
        at += bytes;
    }
    free(mapped);
    used -= used > 0 && text[used - 1] == ' ';
    text[used] = '\0';
}

static void words_take(struct names *names) {
    char word[PARTY_VALUE_BYTES], *to = names->words;
    for (const char *at = names->text; *at != '\0' && names->word_count < WORDS_MOST;) {
        size_t bytes = strcspn(at, " ");
        memcpy(word, at, bytes);
        word[bytes] = '\0';
        if (party_name_fold(word, to) && *to != '\0' && to + strlen(to) + 1 < names->words + sizeof names->words) {
            names->word[names->word_count++] = to;
            to += strlen(to) + 1;
        }
        at += bytes + (at[bytes] == ' ');
    }
}

static bool names_take(const char *value, struct names *names) {
    *names = (struct names){0};
    if (!party_sought(PARTY_NAME, value, names->folded)) {
        return false;
    }
    text_take(value, names->text);
    words_take(names);
    return true;
}

/*
 * Whether the names differ by one letter. A digit is no letter: "Tienda 1" and "Tienda 2" are two names. But a digit
 * that was read in place of a letter counts as one.
 */
static bool letter_differs(const char *read, const char *known) {
    size_t read_bytes = strlen(read), known_bytes = strlen(known), same = 0, end = 0;
    while (read[same] != '\0' && read[same] == known[same]) {
        same++;
    }
    while (end + same < read_bytes && end + same < known_bytes &&
           read[read_bytes - 1 - end] == known[known_bytes - 1 - end]) {
        end++;
    }
    size_t of_read = read_bytes - same - end, of_known = known_bytes - same - end;
    if (of_read > 1 || of_known > 1 || of_read + of_known == 0) {
        return false;
    }
    return of_known == 1 ? isalpha((unsigned char)known[same]) != 0 : isalpha((unsigned char)read[same]) != 0;
}

static bool word_agrees(const char *one, const char *other, bool may_differ) {
    if (strcmp(one, other) == 0 ||
        ((one[1] == '\0' || other[1] == '\0') && one[0] == other[0] && isalpha((unsigned char)*one))) {
        return true;
    }
    return may_differ && strlen(one) >= 4 && strlen(other) >= 4 && letter_differs(one, other);
}

/* Whether each word of the shorter name is one of the longer; one of them may differ by a letter. */
static bool words_agree(const struct names *one, const struct names *other, bool may_differ) {
    const struct names *few = one->word_count <= other->word_count ? one : other, *many = few == one ? other : one;
    bool used[WORDS_MOST] = {false}, has_whole = false;
    for (size_t i = 0; i < few->word_count; i++) {
        size_t found = many->word_count;
        for (size_t j = 0; j < many->word_count; j++) {
            bool is_same = !used[j] && strcmp(few->word[i], many->word[j]) == 0;
            if (is_same ||
                (found == many->word_count && !used[j] && word_agrees(few->word[i], many->word[j], may_differ))) {
                found = j;
            }
            if (is_same) {
                break;
            }
        }
        if (found == many->word_count) {
            return false;
        }
        bool is_same = strcmp(few->word[i], many->word[found]) == 0;
        bool is_initial = few->word[i][1] == '\0' || many->word[found][1] == '\0';
        may_differ = may_differ && (is_same || is_initial);
        has_whole = has_whole || (is_same && few->word[i][1] != '\0');
        used[found] = true;
    }
    return has_whole;
}

enum party_likeness party_names_compare(const char *read, const char *known) {
    struct names one, other;
    if (!names_take(read, &one) || !names_take(known, &other)) {
        return PARTY_UNLIKE;
    }
    if (strcmp(one.text, other.text) == 0) {
        return PARTY_SAME;
    }
    if (strcmp(one.folded, other.folded) == 0) {
        return PARTY_SPELLED;
    }
    if (words_agree(&one, &other, false)) {
        return PARTY_PART;
    }
    if (strlen(one.folded) >= LETTER_LEAST && strlen(other.folded) >= LETTER_LEAST &&
        letter_differs(one.folded, other.folded)) {
        return PARTY_LETTER;
    }
    return words_agree(&one, &other, true) ? PARTY_PART : PARTY_UNLIKE;
}
