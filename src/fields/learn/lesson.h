/* lesson.h - a page with its right values: where they are, and what is printed around them. */
#ifndef LINCE_FIELDS_LEARN_LESSON_H
#define LINCE_FIELDS_LEARN_LESSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "fields/learn/learn.h"
#include "fields/record.h"
#include "fields/search.h"

enum { LESSON_FIELDS_MOST = 48, CLUES_MOST = 6, LESSON_TEXTS_MOST = 160 };

/* Where a value is, seen from its label. */
enum clue_place { CLUE_AFTER, CLUE_RIGHT, CLUE_BELOW, CLUE_ABOVE, CLUE_PLACE_COUNT };

/* A text beside a value, which may be its label. */
struct clue {
    enum clue_place place;
    const char *key;  /* folded */
    const char *text; /* as printed, words only */
};

struct lesson_field {
    const char *name, *value;
    enum value_type type;
    bool is_placed; /* the value was found on the page */
    struct extent extent;
    size_t segment, clue_count;
    struct clue clues[CLUES_MOST];
};

/* A text of the page without digits that is not a right value, such as a label or a title. */
struct lesson_text {
    const char *key, *text;
    size_t segment;
};

struct lesson {
    const struct learn_document *document;
    struct record_page page;
    struct search search; /* by the layout that reads the page without the lesson */
    const char *base;     /* its name */
    size_t field_count, text_count;
    struct lesson_field fields[LESSON_FIELDS_MOST];
    struct lesson_text texts[LESSON_TEXTS_MOST];
};

/*
 * Fills the lesson in `arena`, which owns all of it; the document is borrowed. `set` has the layouts that a new one may
 * extend. LINCE_ERROR_DAMAGED, LINCE_ERROR_MEMORY_LIMIT.
 */
enum lince_status lesson_read(struct arena *arena, const struct layout_set *set, const struct learn_document *document,
                              struct lesson *lesson, struct lince_error *error);

/* Whether the layout has a field of the name. Gives its type; that of free text if it has none. */
bool lesson_layout_has(const struct layout *layout, const char *name, enum value_type *type);

/* How alike two pages are, 0..1, by the texts that they share; `weight_of` weighs a text by how rare it is. */
typedef double (*lesson_weight)(void *context, const char *key);
double lesson_likeness(const struct lesson *left, const struct lesson *right, lesson_weight weight_of, void *context);
bool lesson_has_text(const struct lesson *lesson, const char *key);

/* Whether two values of the type are the same. Case and spaces of names and texts do not count. */
bool lesson_value_is_same(struct arena *arena, enum value_type type, const char *left, const char *right);

#endif
