/*
 * roots.h - runs that touch become one shape: union-find over the parents of runs.
 *
 * A root is its own parent, and the first run of its shape.
 */
#ifndef LINCE_TEXT_DETECT_ROOTS_H
#define LINCE_TEXT_DETECT_ROOTS_H

#include <stdbool.h>
#include <stdint.h>

uint32_t root_of(uint32_t *parents, uint32_t run);

/*
 * Joins the shapes of two runs, and sets `*a` to the root that stays and `*b` to the one that no longer is one. False
 * if they were one shape already.
 */
bool roots_join(uint32_t *parents, uint32_t *a, uint32_t *b);

#endif
