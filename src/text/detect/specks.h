/* specks.h - finds low shapes with nothing just above or below them: dots, dashes, rules and dirt. A rule that slants
 * comes in pieces. */
#ifndef LINCE_TEXT_DETECT_SPECKS_H
#define LINCE_TEXT_DETECT_SPECKS_H

#include <stdbool.h>
#include <stdint.h>

#include "text/detect/view.h"

struct arena;

/* A shape, or a piece of a rule that slants: of one with nothing beside it, or of one that ink is beside elsewhere. */
enum speck_kind { SPECK_WHOLE, SPECK_PIECE, SPECK_PIECE_BESIDE_INK };

/* Pixels x0 <= x < x1 of a grid. Its ink is brighter or darker than its paper by more than `border`. */
struct speck {
    uint16_t x0, x1, y0, y1;
    uint8_t paper, border;
    bool is_brighter;
    enum speck_kind kind;
};

enum { SPECKS_LIMIT = 16384 };

struct speck_list {
    struct speck *items; /* from top to bottom, roughly */
    uint32_t count;      /* at most SPECKS_LIMIT; the rest of a page of dirt is left out */
};

/* Gives the specks of `grid` in `arena`, with scratch that is returned to it; false when it is refused. */
bool specks_find(const struct view_grid *grid, struct arena *arena, struct speck_list *specks);

/* Whether a pixel of the grid is ink, by the levels of paper and ink around `speck`. */
bool speck_sees_ink(const struct view_grid *grid, const struct speck *speck, uint32_t x, uint32_t y);

#endif
