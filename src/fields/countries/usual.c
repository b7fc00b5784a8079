/* usual.c - reads the usual words of the packs, and keeps them sorted. */
#include "fields/countries/usual.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "fields/countries/country.h"

bool usual_word_next(const char **text, struct usual_given *word) {
    const char *at = *text + strspn(*text, " ");
    size_t bytes = strcspn(at, " ");
    *text = at;
    if (bytes == 0 || bytes > USUAL_WORD_BYTES_MOST || at[bytes] == '\0') {
        return false;
    }
    char *end = NULL;
    long weight = strtol(at + bytes + 1, &end, 10);
    bool number = end != at + bytes + 1 && (*end == ' ' || *end == '\0');
    if (!number || weight < -USUAL_WEIGHT_MOST || weight > USUAL_WEIGHT_MOST) {
        return false;
    }
    *word = (struct usual_given){.text = at, .bytes = (unsigned char)bytes, .weight = (short)weight};
    *text = end;
    return true;
}

static int text_compare(const char *left, size_t left_bytes, const char *right, size_t right_bytes) {
    int order = memcmp(left, right, left_bytes < right_bytes ? left_bytes : right_bytes);
    return order != 0 ? order : (left_bytes > right_bytes) - (left_bytes < right_bytes);
}

static int given_compare(const void *left, const void *right) {
    const struct usual_given *a = left, *b = right;
    int order = text_compare(a->text, a->bytes, b->text, b->bytes);
    return order != 0 ? order : (a->country > b->country) - (a->country < b->country);
}

/* Writes those of all packs to `given`, unless it is NULL; gives their count. */
static size_t given_collect(const struct country_source *sources, size_t count, struct usual_given *given) {
    size_t found = 0, country = 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *texts = json_object_get(sources[i].tree, "usual_words");
        for (size_t k = 0; k < json_array_size(texts); k++) {
            const char *text = json_string_value(json_array_get(texts, k));
            struct usual_given word;
            while (usual_word_next(&text, &word)) {
                word.country = (unsigned char)country;
                if (given != NULL) {
                    given[found] = word;
                }
                found++;
            }
        }
        country += json_object_get(sources[i].tree, "languages") == NULL;
    }
    return found;
}

/* The words of one pack. */
static size_t words_of(const struct country_source *source) {
    return given_collect(source, 1, NULL);
}

enum lince_status usual_words_check(const struct country_source *sources, size_t count, struct lince_error *error) {
    size_t all = given_collect(sources, count, NULL);
    const struct country_source *most = sources;
    if (all <= USUAL_WORDS_MOST) {
        return LINCE_OK;
    }
    for (size_t i = 1; i < count; i++) { /* the packs that come with the program have room: name one that was added */
        bool added = strcmp(sources[i].source, "built-in") != 0, named = strcmp(most->source, "built-in") != 0;
        if ((added && !named) || (added == named && words_of(&sources[i]) > words_of(most))) {
            most = &sources[i];
        }
    }
    return error_set(
        error, LINCE_ERROR_LAYOUT,
        "the packs of countries have %zu usual words, %zu of them in %s; %d is the most; remove those with "
        "the smallest weights from it",
        "los paquetes de países tienen %zu palabras usuales, %zu de ellas en %s; el máximo es %d; quite de "
        "ahí las de menor peso",
        all, words_of(most), most->source, (int)USUAL_WORDS_MOST);
}

/* Whether a word has the text of the one before it. */
static bool is_again(const struct usual_given *given, size_t i) {
    return i > 0 && text_compare(given[i - 1].text, given[i - 1].bytes, given[i].text, given[i].bytes) == 0;
}

/* Each text is written once; words of one text refer to it. */
static void words_take(const struct usual_given *given, size_t count, char *texts, struct usual_words *words) {
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        bool again = is_again(given, i);
        size_t at = again ? words->items[i - 1].at : used;
        if (!again) {
            memcpy(texts + used, given[i].text, given[i].bytes);
            used += given[i].bytes;
        }
        words->items[i] = (struct usual_word){(uint32_t)at, given[i].bytes, given[i].country, given[i].weight};
    }
    words->texts = texts;
    words->count = count;
}

/* Those of all packs in the order of their texts; NULL when memory is refused. */
static struct usual_given *given_sort(struct arena *arena, const struct country_source *sources, size_t count,
                                      size_t found) {
    struct usual_given *given = arena_allocate(arena, (found + 1) * sizeof *given);
    if (given != NULL) {
        given_collect(sources, count, given);
        qsort(given, found, sizeof *given, given_compare);
    }
    return given;
}

static size_t texts_bytes(const struct usual_given *given, size_t count) {
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        bytes += is_again(given, i) ? 0 : given[i].bytes;
    }
    return bytes;
}

bool usual_words_build(struct arena *arena, const struct country_source *sources, size_t count,
                       struct usual_words *words) {
    size_t found = given_collect(sources, count, NULL);
    struct arena_mark before = arena_mark(arena);
    struct usual_given *given = given_sort(arena, sources, count, found);
    *words = (struct usual_words){0};
    if (given == NULL) {
        return false;
    }
    size_t bytes = texts_bytes(given, found);
    arena_rewind(arena, before); /* what is kept comes first, and what is needed only now behind it */
    char *texts = arena_allocate(arena, bytes + 1);
    words->items = arena_allocate(arena, (found + 1) * sizeof *words->items);
    before = arena_mark(arena);
    given = words->items == NULL ? NULL : given_sort(arena, sources, count, found);
    if (texts == NULL || given == NULL) {
        return false;
    }
    words_take(given, found, texts, words);
    arena_rewind(arena, before);
    return true;
}

/* How an item's text stands to another one: below 0, 0 or above 0. */
static int item_compare(const struct usual_words *words, size_t item, const char *text, size_t bytes) {
    const struct usual_word *word = &words->items[item];
    return text_compare(words->texts + word->at, word->bytes, text, bytes);
}

size_t usual_word_find(const struct usual_words *words, const char *text, size_t bytes) {
    size_t low = 0, high = words->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (item_compare(words, middle, text, bytes) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < words->count && item_compare(words, low, text, bytes) == 0 ? low : words->count;
}

enum { GROUP_DIGITS = 3, DECIMALS = 2 };

static size_t digits_at(const char *text, size_t bytes, size_t at) {
    size_t end = at;
    while (end < bytes && text[end] >= '0' && text[end] <= '9') {
        end++;
    }
    return end - at;
}

const char *usual_form_of(const char *number, size_t bytes) {
    size_t at = digits_at(number, bytes, 0), groups = 0;
    char sign = at < bytes ? number[at] : '\0';
    if (at == 0 || at > GROUP_DIGITS || (sign != '.' && sign != ',')) {
        return NULL;
    }
    while (at < bytes && number[at] == sign && digits_at(number, bytes, at + 1) == GROUP_DIGITS) {
        at += 1 + GROUP_DIGITS;
        groups++;
    }
    if (at >= bytes) {
        return sign == '.' ? "1.234" : "1,234";
    }
    char decimal = number[at];
    if ((groups > 0 && decimal == sign) || (decimal != '.' && decimal != ',') || bytes - at != 1 + DECIMALS ||
        digits_at(number, bytes, at + 1) < DECIMALS) {
        return NULL;
    }
    return groups > 0 ? (decimal == ',' ? "1.234,56" : "1,234.56") : decimal == ',' ? "12,34" : "12.34";
}
