/*
 * second_look.h - words that were read again, and what becomes of their lines.
 */
#ifndef LINCE_TEXT_SECOND_LOOK_H
#define LINCE_TEXT_SECOND_LOOK_H

#include <stdbool.h>

#include "text/doubt.h"

struct arena;

/* All borrowed. */
struct look {
    struct lince_line *line;
    const struct doubt *doubt;
    struct lince_line other; /* what was read of the word this time; no words where nothing was */
};

struct look_list {
    struct look *items;
    size_t count;
};

/* Gives one look for each doubt, `doubts[i]` being those of `lines[i]`, in `arena`; false when it is refused. */
bool looks_list(struct lince_line *lines, struct doubt *const *doubts, size_t line_count, struct arena *arena,
                struct look_list *looks);

/* Puts what was read better into the lines, in `arena`; false when it is refused. */
bool looks_take(const struct look_list *looks, struct arena *arena);

#endif
