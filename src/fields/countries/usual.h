/*
 * usual.h - words and forms of amounts that pages of a country have more often, or more rarely, than those of others,
 * with fitted weights: "celular 45", "1.234,56 -30". One says little; all of a page together say where it is from.
 */
#ifndef LINCE_FIELDS_COUNTRIES_USUAL_H
#define LINCE_FIELDS_COUNTRIES_USUAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"

struct arena;
struct country_source;

/* A word's weight for one country; small, as there are thousands. */
struct usual_word {
    uint32_t at; /* in the texts: folded letters, or a form of amounts */
    unsigned char bytes, country;
    short weight; /* hundredths */
};

/* By their texts: those of one text follow each other. */
struct usual_words {
    size_t count;
    struct usual_word *items;
    const char *texts; /* each once, one behind the other */
};

/* A word and its weight in a pack. */
struct usual_given {
    const char *text;
    unsigned char bytes, country;
    short weight;
};

enum { USUAL_WORDS_MOST = 8192, USUAL_WORD_BYTES_MOST = 24, USUAL_WEIGHT_MOST = 1000 };

/* The next "WORD WEIGHT" of a text; moves `text` behind it. False at the end, or, with *text != '\0', at a fault. */
bool usual_word_next(const char **text, struct usual_given *word);
/* Whether all words of the packs have room: else LINCE_ERROR_LAYOUT names the pack with the most of them. */
enum lince_status usual_words_check(const struct country_source *sources, size_t count, struct lince_error *error);
/* Collects those of the packs, in the order of their countries, into `arena`. False when memory is refused. */
bool usual_words_build(struct arena *arena, const struct country_source *sources, size_t count,
                       struct usual_words *words);
/* The first item with the text; the count of items if none has it. */
size_t usual_word_find(const struct usual_words *words, const char *text, size_t bytes);
/* The form of a number as printed: "1.234,56" for 52.418,90; NULL if it is none of those that tell countries apart. */
const char *usual_form_of(const char *number, size_t bytes);

#endif
