/*
 * kind_aside.h - words of a kind that say nothing of the page where they stand: on a button, in a clause that says what
 * may happen, in what the payer wrote.
 */
#ifndef LINCE_FIELDS_PAGES_KIND_ASIDE_H
#define LINCE_FIELDS_PAGES_KIND_ASIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "fields/layouts/kind.h"
#include "fields/sheet.h"

enum { ASIDES_MOST = 128 };

/* Folded characters of a line. */
struct aside {
    enum aside_kind kind;
    size_t line, from, to;
};

struct asides {
    size_t count;
    struct aside items[ASIDES_MOST];
};

/* Finds them on the sheet. False when memory is refused. */
bool asides_find(struct arena *arena, const struct kind_book *kinds, const struct sheet *sheet, struct asides *asides);

/* Whether evidence for a kind, found in a line, is no evidence there. */
bool asides_cover(const struct asides *asides, size_t line, const struct phrase_hit *hit, const struct kind_mark *mark);

#endif
