/* draft.h - the layout file made from a group of lessons: anchors, labels, texts that are never values, examples. */
#ifndef LINCE_FIELDS_LEARN_DRAFT_H
#define LINCE_FIELDS_LEARN_DRAFT_H

#include <jansson.h>

#include "fields/learn/lesson.h"

enum { DRAFT_CLUES_MOST = 12, DRAFT_ANCHORS_MOST = 10 };

/* Labels that may be a field's, best first, and which of them is tried. */
struct draft_field {
    const char *name;
    enum value_type type;
    size_t placed_count, clue_count, tried;
    struct clue clues[DRAFT_CLUES_MOST];
    size_t seen[DRAFT_CLUES_MOST]; /* the number of pages where the clue has this place from the right value */
    bool is_set, is_absent;        /* the layout has rules for it; the layout removes it */
    const char *constant;          /* a value that is the same for all pages and printed on none; NULL */
};

/* A text that is on all pages, by which a page of the sender is recognised. */
struct draft_anchor {
    const struct lesson_text *text;
    double weight;
};

struct draft {
    struct arena *arena;                /* borrowed */
    const char *name, *base, *replaces; /* replaces: NULL if the layout is new */
    struct lesson *const *lessons;
    size_t lesson_count, field_count, anchor_count;
    struct draft_field fields[LESSON_FIELDS_MOST];
    struct draft_anchor anchors[DRAFT_ANCHORS_MOST]; /* the most telling first */
};

/* Fields of the lessons with their clues, and the anchors. False when memory is refused. */
bool draft_begin(struct draft *draft, struct arena *arena, struct lesson *const *lessons, size_t count,
                 lesson_weight weight_of, void *context);

/* Gives the field of that name, and adds it if it is new; NULL if there are too many. False when memory is refused. */
bool draft_field_of(struct draft *draft, const char *name, struct draft_field **field);

/* Whether the text is on every page of the draft. */
bool draft_is_on_all(const struct draft *draft, const char *key);

/* Whether enough texts are on every page to recognise them. */
bool draft_is_recognisable(const struct draft *draft);

/* The whole file as it is now (json_decref); NULL when memory is refused. */
json_t *draft_tree(const struct draft *draft);

#endif
