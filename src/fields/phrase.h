/* phrase.h - spells out label patterns such as "(numero|nro) [de] referencia [{PAYEE}]" into folded phrases. */
#ifndef LINCE_FIELDS_PHRASE_H
#define LINCE_FIELDS_PHRASE_H

#include <jansson.h>
#include <stddef.h>

#include "fields/layout.h"

/* Phrases being gathered for a layout, in an array on the meter that grows. */
struct phrase_list {
    struct meter *meter;
    struct arena *keys;    /* keys live here */
    struct arena *scratch; /* folding works here */
    struct phrase *items;
    size_t count, room;
    unsigned char *rank; /* of each: 1 where the layout itself wrote it, 0 where a parent did */
    size_t rank_room;
};

enum phrase_status {
    PHRASE_OK,
    PHRASE_MEMORY,
    PHRASE_TOO_MANY, /* more than 4000 spellings of one, or 20000 of the layout */
    PHRASE_MALFORMED,
};

/* Adds every spelling of `text` with what `like` says; words of the layout are in `words` (may be NULL). */
enum phrase_status phrase_add(struct phrase_list *list, const char *text, const json_t *words,
                              const struct phrase *like, unsigned char rank);

/* Sorts for the search, keeps of equal phrases the layout's own, and moves all into `layout` (arena `keys`). */
enum phrase_status phrase_finish(struct phrase_list *list, struct layout *layout);

#endif
