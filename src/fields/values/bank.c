/* bank.c - the banks of the page's country by code, usual name, legal name or initials, over one line or two. */
#include <stdio.h>
#include <string.h>

#include "base/fold.h"
#include "base/utf8.h"
#include "fields/countries/country.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

/* A name with this many letters may have one recognition error, or two. */
enum { ONE_ERROR_LETTERS = 6, TWO_ERRORS_LETTERS = 14 };
/* How likely a text names a bank, by hand: name and code agree, a name, a code with the word bank, a code alone. */
static const double QUALITY_BOTH = 0.99, QUALITY_NAME = 0.95, QUALITY_CODE_OF_BANK = 0.75, QUALITY_CODE = 0.6;
static const double LOSS_ERROR = 0.1, LOSS_NO_CONTEXT = 0.15;

enum { WORDS_MOST = 96, LETTERS_MOST = 640, ALIAS_LETTERS_MOST = 96, CODE_BYTES = 8 };

/* A text as folded words. */
struct words {
    char letters[LETTERS_MOST], look[LETTERS_MOST + 2];
    size_t count; /* letters */
    size_t word_count;
    size_t first[WORDS_MOST + 1];            /* the letter at which a word begins; one extra for the end */
    size_t from[WORDS_MOST], to[WORDS_MOST]; /* bytes of the text */
};

static void look_copy(char *to, const char *from, size_t count) {
    for (size_t i = 0; i < count; i++) {
        to[i] = fold_look(from[i]);
    }
}

/* A letter that comes from the bytes `from` to `to`; it begins a word unless it is inside one. */
static void letter_add(struct words *words, char letter, bool is_inside, size_t from, size_t to) {
    if (!is_inside) {
        words->first[words->word_count] = words->count;
        words->from[words->word_count++] = from;
    }
    words->letters[words->count++] = letter;
    words->to[words->word_count - 1] = to;
}

static void words_split(const char *text, size_t bytes, struct words *words) {
    words->count = 0;
    words->word_count = 0;
    bool is_inside = false;
    for (size_t at = 0; at < bytes && words->count + FOLD_PARTS_MOST < LETTERS_MOST;) {
        int32_t code_point, parts[FOLD_PARTS_MOST];
        size_t taken = utf8_next(text + at, bytes - at, &code_point);
        size_t count = fold_parts(code_point, parts);
        bool is_word = count > 0 && fold_is_plain(parts[0]);
        if (is_word && !is_inside && words->word_count == WORDS_MOST) {
            break;
        }
        for (size_t i = 0; is_word && i < count; i++) {
            if (fold_is_plain(parts[i])) {
                letter_add(words, (char)parts[i], is_inside || i > 0, at, at + taken);
            }
        }
        is_inside = is_word || (is_inside && count == 0 && code_point >= 0); /* a mark alone ends no word */
        at += taken;
    }
    words->first[words->word_count] = words->count;
    look_copy(words->look, words->letters, words->count);
    words->look[words->count] = words->look[words->count + 1] = '\0';
}

/* A number with the length of the country's codes and one of their beginnings. */
static bool word_is_code(const struct country *country, const struct words *words, size_t word) {
    size_t count = words->first[word + 1] - words->first[word];
    const char *letters = words->letters + words->first[word];
    if (country->bank_code_begin == NULL || count != country->bank_code_digits ||
        strncmp(letters, country->bank_code_begin, strlen(country->bank_code_begin)) != 0) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!scan_is_digit(letters[i])) {
            return false;
        }
    }
    return true;
}

struct match {
    const struct bank_alias *alias;
    size_t first_word, end_word;
    unsigned distance;
};

/* The longest alias that the words from `word` on spell; long ones may have a recognition error or two. */
static bool alias_match(const struct country *country, const struct words *words, size_t word, struct match *match) {
    bool found = false;
    size_t best = 0;
    char key[ALIAS_LETTERS_MOST];
    size_t from = words->first[word], left = words->count - from;
    const char *look = words->look + from; /* ends with zeros: two characters may be read */
    for (size_t i = 0; i < country->alias_count; i++) {
        const char *alias = country->aliases[i].key;
        bool first = look[0] == fold_look(alias[0]), second = look[1] == fold_look(alias[1]);
        if (!first && !second && look[0] != fold_look(alias[1])) {
            continue;
        }
        size_t count = country->aliases[i].count;
        unsigned limit = count >= TWO_ERRORS_LETTERS ? 2 : count >= ONE_ERROR_LETTERS ? 1 : 0;
        if (left + limit < count || (limit == 0 && !(first && second))) {
            continue;
        }
        look_copy(key, alias, count);
        for (size_t end = word + 1; end <= words->word_count; end++) {
            size_t window_count = words->first[end] - from;
            if (window_count + limit < count) {
                continue;
            }
            if (window_count > count + limit) {
                break;
            }
            unsigned distance = fold_distance(look, window_count, key, count, limit);
            if (distance <= limit && count * 4 - distance > best) {
                best = count * 4 - distance;
                *match = (struct match){&country->aliases[i], word, end, distance};
                found = true;
            }
        }
    }
    return found;
}

/* Whether the word is one of the list. */
static bool word_is_of(const struct locale *locale, enum said_list list, const struct words *words, size_t word) {
    size_t count = words->first[word + 1] - words->first[word];
    return said_is(locale_said(locale, list), words->letters + words->first[word], count, SAID_OWN_CASE);
}

/* Legal forms after a bank's name belong to it. */
static size_t legal_tail(const struct locale *locale, const struct words *words, size_t word) {
    while (word < words->word_count && word_is_of(locale, SAID_BANK_TAILS, words, word)) {
        word++;
    }
    return word;
}

static bool is_bank_word(const struct locale *locale, const struct words *words, size_t word) {
    return word_is_of(locale, SAID_BANK_WORDS, words, word);
}

/* "Activo Móvil", "Plaza en línea": the name of an app. */
static bool is_app(const struct locale *locale, const struct words *words, size_t word) {
    size_t from = words->first[word];
    size_t count =
        said_begin(locale_said(locale, SAID_APP_PHRASES), words->letters + from, words->count - from, SAID_OWN_CASE);
    for (size_t end = word + 1; end <= words->word_count && count > 0; end++) {
        if (words->first[end] == from + count) {
            return true;
        }
    }
    return word_is_of(locale, SAID_APP_WORDS, words, word);
}

static void code_copy(const struct words *words, size_t word, char code[CODE_BYTES]) {
    size_t count = words->first[word + 1] - words->first[word];
    memcpy(code, words->letters + words->first[word], count);
    code[count] = '\0';
}

/* "Farmacia Del Sur": a bank's name that begins with a particle is the rest of a name behind another word. */
static bool is_rest_of_name(const struct locale *locale, const struct words *words, size_t first, const char *text) {
    return word_is_of(locale, SAID_NAME_PARTICLES, words, first) && words->from[first] == words->to[first - 1] + 1 &&
           text[words->to[first - 1]] == ' ' && !word_is_code(locale->country, words, first - 1);
}

/* Widens a match by its surroundings: "0105 - BANCO" before, "C.A. Banco Universal" after. */
static void match_widen(const struct locale *locale, const struct words *words, const struct match *match,
                        const char *text, size_t bytes, size_t floor, struct find *find, size_t *end_word) {
    const struct country *country = locale->country;
    size_t first = match->first_word;
    bool context = !match->alias->needs_context;
    size_t name_letters = strlen(match->alias->key);
    while (first > floor &&
           (word_is_of(locale, SAID_BANK_ARTICLES, words, first - 1) || is_bank_word(locale, words, first - 1))) {
        context = context || is_bank_word(locale, words, first - 1);
        first--;
    }
    *end_word = legal_tail(locale, words, match->end_word);
    char behind[CODE_BYTES] = "";
    if (*end_word < words->word_count && word_is_code(country, words, *end_word)) {
        code_copy(words, *end_word, behind);
    }
    context = context || *end_word > match->end_word ||
              (match->end_word < words->word_count && is_app(locale, words, match->end_word));
    *find = (struct find){.quality = QUALITY_NAME - LOSS_ERROR * match->distance, .repairs = match->distance};
    snprintf(find->value, sizeof find->value, "%s", match->alias->code);
    if (first > floor && word_is_code(country, words, first - 1)) {
        char code[CODE_BYTES];
        code_copy(words, first - 1, code);
        first--;
        context = true;
        find->quality = strcmp(code, find->value) == 0 ? QUALITY_BOTH : QUALITY_CODE;
        if (strcmp(code, find->value) != 0 && country_bank_name(country, code) != NULL &&
            name_letters < ONE_ERROR_LETTERS) {
            memcpy(find->value, code, sizeof code);
        }
    }
    if (strcmp(behind, find->value) == 0) { /* "Banco Provincial (0108)" */
        *end_word += 1;
        context = true;
        find->quality = QUALITY_BOTH;
    }
    find->bare = !context;
    find->quality -= context ? 0 : LOSS_NO_CONTEXT;
    bool rest = first == match->first_word && first > floor && is_rest_of_name(locale, words, first, text);
    find->bare = find->bare || rest;
    find->from = words->from[first];
    find->to = words->to[*end_word - 1];
    find->bare = find->bare || (find->quality > QUALITY_CODE && find->quality < QUALITY_BOTH &&
                                bank_goes_on(locale->set, text, bytes, find->from, find->to));
}

/* A code whose bank is not named after it, or is illegible. */
static bool code_alone(const struct locale *locale, const struct words *words, size_t word, const char *text,
                       size_t bytes, struct find *find) {
    const struct country *country = locale->country;
    char code[CODE_BYTES];
    struct match match;
    code_copy(words, word, code);
    size_t behind = words->to[word];
    if (behind < bytes && text[behind] == '-') {
        behind++;
    }
    bool account =
        behind < bytes && (scan_mask(text + behind, bytes - behind, true) > 0 || scan_is_digit(text[behind]));
    if (country_bank_name(country, code) == NULL || account) {
        return false;
    }
    bool banked = word + 1 < words->word_count && is_bank_word(locale, words, word + 1);
    bool named = (word + 1 < words->word_count && alias_match(country, words, word + 1, &match)) ||
                 (banked && word + 2 < words->word_count && alias_match(country, words, word + 2, &match));
    if (named) {
        return false;
    }
    *find = (struct find){.from = words->from[word],
                          .to = words->to[word],
                          .quality = banked ? QUALITY_CODE_OF_BANK : QUALITY_CODE,
                          .bare = !banked};
    memcpy(find->value, code, sizeof code);
    return true;
}

bool bank_goes_on(const struct country_set *set, const char *text, size_t bytes, size_t from, size_t at) {
    enum { BEFORE = 12 };
    for (size_t i = from > BEFORE ? from - BEFORE : 0; i < at; i++) {
        if (said_begin(&set->said[SAID_BANK_STEMS], text + i, at - i, SAID_ANY_CASE) > 0) {
            return false; /* "Banco de Crédito del Perú" is a bank all the same */
        }
    }
    size_t joint = said_begin(&set->said[SAID_BANK_JOINTS], text + at, bytes - at, SAID_ANY_CASE), next = at + joint;
    return joint > 0 && next < bytes && text[next] >= 'A' && text[next] <= 'Z';
}

size_t bank_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room) {
    const struct country *country = locale->country;
    struct words words = {.count = 0};
    words_split(text, bytes, &words);
    size_t count = 0, floor = 0;
    for (size_t word = 0; word < words.word_count && count < room;) {
        struct match match;
        size_t end;
        if (!is_bank_word(locale, &words, word) && alias_match(country, &words, word, &match)) {
            match_widen(locale, &words, &match, text, bytes, floor, &finds[count++], &end);
            word = floor = end;
            continue;
        }
        if (is_bank_word(locale, &words, word) && alias_match(country, &words, word, &match) &&
            match.end_word > word + 1) {
            match_widen(locale, &words, &match, text, bytes, floor, &finds[count++], &end);
            word = floor = end;
            continue;
        }
        if (word_is_code(country, &words, word) && code_alone(locale, &words, word, text, bytes, &finds[count])) {
            floor = word + 1;
            count++;
        }
        word++;
    }
    return count;
}
