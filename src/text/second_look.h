/* second_look.h - words that are read again, and what their lines become. */
#ifndef LINCE_TEXT_SECOND_LOOK_H
#define LINCE_TEXT_SECOND_LOOK_H

#include <stdbool.h>

#include "text/doubt.h"

struct arena;

/* All borrowed. */
struct look {
    struct lince_line *line;
    const struct doubt *doubt;
    struct lince_line other; /* the second reading of the word; no words if nothing was read */
};

struct look_list {
    struct look *items;
    size_t count;
};

/* Gives one look for each doubt, in `arena`; `doubts[i]` are those of `lines[i]`. False when it is refused. */
bool looks_list(struct lince_line *lines, struct doubt *const *doubts, size_t line_count, struct arena *arena,
                struct look_list *looks);

/* Puts the better readings into the lines, in `arena`; false when it is refused. */
bool looks_take(const struct look_list *looks, struct arena *arena);

#endif
