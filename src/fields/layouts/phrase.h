/*
 * phrase.h - labels as small patterns such as "(numero|nro) [de] referencia [{PAYEE}]", compiled and matched against
 * folded text with a recognition error or two forgiven.
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
    PHRASE_END, /* amounts below it are of no field: a summary of taxes */
    PHRASE_ANCHOR,
    PHRASE_AGAINST,
};

enum { PHRASE_PARTS_MOST = 12, PHRASE_LISTS_MOST = 6 };

/* A spelling, folded and with look-alikes made one; a {NAME} of the layout is a list of them. */
struct choice {
    const char *key;
    size_t count;
};

struct choice_list {
    const char *name; /* NULL for one that is written in a label */
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
    uint16_t field;     /* of the layout; for anchors their index */
    unsigned char rank; /* 1 where the layout itself wrote it, 0 where a parent did */
    float weight;
    size_t part_count;
    struct phrase_part *parts;
};

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

/* Compiles `text` with what `like` says of it into the book, all in `arena`; `words` (may be NULL) has the lists. */
enum phrase_status phrase_add(struct phrase_book *book, struct arena *arena, const char *text, const json_t *words,
                              const struct phrase *like);

/* Where a phrase was found: folded characters of a line. */
struct phrase_hit {
    size_t from, to;
    unsigned distance; /* recognition errors forgiven */
    bool glued;        /* a value is stuck to its end */
};

/* What the lists of a book spell at one place, found once for all phrases that begin there. */
struct phrase_memo;

/* Work memory for phrase_match; NULL when memory is refused. */
struct phrase_memo *phrase_memo_make(struct arena *arena, const struct phrase_book *book);

/* Forgets what was found, for another place or line. */
void phrase_memo_clear(struct phrase_memo *memo);

/*
 * The best hit of the phrase that begins at the folded character `at` and ends by `end`; false when there is none.
 * The memo belongs to (`fold`, `at`, `end`, `forgiving`).
 */
bool phrase_match(const struct phrase_book *book, const struct phrase *phrase, const struct fold *fold, size_t at,
                  size_t end, bool forgiving, struct phrase_memo *memo, struct phrase_hit *hit);

/* Of two hits at one place, is the first better: longer, with fewer errors? */
bool phrase_hit_is_better(const struct phrase_hit *hit, const struct phrase_hit *other);

/* Words of a line begin and end here. */
bool fold_word_ends(const struct fold *fold, size_t at);
bool fold_word_starts(const struct fold *fold, size_t at);

#endif
