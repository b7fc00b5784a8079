/*
 * phrase.h - labels as small patterns such as "(numero|nro) [de] referencia [{PAYEE}]", compiled, and matched with
 * folded text, with a recognition error or two allowed.
 */
#ifndef LINCE_FIELDS_LAYOUTS_PHRASE_H
#define LINCE_FIELDS_LAYOUTS_PHRASE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct fold;

enum phrase_kind {
    PHRASE_FIELD,
    PHRASE_ORIGIN,
    PHRASE_DESTINATION,
    PHRASE_IGNORE,
    PHRASE_END, /* amounts below it belong to no field: a summary of taxes */
    PHRASE_ANCHOR,
    PHRASE_AGAINST,
    PHRASE_ROW, /* begins a row of a list, such as a tax; not a label: see parts.c */
};

enum { PHRASE_PARTS_MOST = 12, PHRASE_LISTS_MOST = 6 };

/* A spelling, folded and with look-alikes unified; a {NAME} of the layout is a list of them. */
struct choice {
    const char *key;
    size_t count;
};

struct choice_list {
    const char *name; /* NULL for a list written in a label */
    size_t count;
    struct choice *choices;
};

struct phrase_part {
    bool optional;
    size_t list_count;
    uint16_t lists[PHRASE_LISTS_MOST]; /* of the book */
};

struct phrase {
    enum phrase_kind kind;
    uint16_t field;     /* of the layout; for anchors, their index */
    unsigned char rank; /* 1 if the layout itself has it, 0 if a parent has it */
    float weight;
    size_t part_count;
    struct phrase_part *parts;
    uint32_t firsts, seconds; /* of phrase_letter: the first and second characters of choices that it may begin with */
};

/* A set of one character; some characters share one. */
static inline uint32_t phrase_letter(char c) {
    return UINT32_C(1) << ((unsigned char)c & 31);
}

/* All phrases of a layout. */
struct phrase_book {
    size_t list_count, list_room, phrase_count, phrase_room;
    struct choice_list *lists;
    struct phrase *phrases;
};

enum phrase_status {
    PHRASE_OK,
    PHRASE_MEMORY,
    PHRASE_TOO_MANY, /* parts, choices or phrases */
    PHRASE_MALFORMED,
};

/*
 * Compiles `text` into the book with the other members of `like`, all in `arena`. `words` (may be NULL) has the lists.
 */
enum phrase_status phrase_add(struct phrase_book *book, struct arena *arena, const char *text, const json_t *words,
                              const struct phrase *like);

/* Where a phrase was found, in folded characters of a line. */
struct phrase_hit {
    size_t from, to;
    unsigned distance; /* recognition errors allowed for */
    bool glued;        /* a value follows without a space */
};

/* What the lists of a book match at one place, computed once for all phrases that begin there. */
struct phrase_memo;

/* Working memory of phrase_match; NULL when memory is refused. */
struct phrase_memo *phrase_memo_make(struct arena *arena, const struct phrase_book *book);

/* Clears it, for another place or line. */
void phrase_memo_clear(struct phrase_memo *memo);

/*
 * The best hit of the phrase that begins at the folded character `at` and ends by `end`; false if there is none. The
 * memo belongs to (`fold`, `at`, `end`, `forgiving`).
 */
bool phrase_match(const struct phrase_book *book, const struct phrase *phrase, const struct fold *fold, size_t at,
                  size_t end, bool forgiving, struct phrase_memo *memo, struct phrase_hit *hit);

/* Whether the first of two hits at one place is better: longer, with fewer errors. */
bool phrase_hit_is_better(const struct phrase_hit *hit, const struct phrase_hit *other);

/* Whether words of a line begin and end here. */
bool fold_word_ends(const struct fold *fold, size_t at);
bool fold_word_starts(const struct fold *fold, size_t at);

#endif
