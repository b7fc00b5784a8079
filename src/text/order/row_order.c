/* row_order.c - rows by overlap, from the top down. */
#include "text/order/row_order.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"

/* Two places are stacked if they share this much of the narrower one's width. */
static const double STACK_OVERLAP = 0.5;

static int compare_rows(const void *a, const void *b) {
    const struct place *p = a, *q = b;
    if (p->row != q->row) {
        return p->row < q->row ? -1 : 1;
    }
    return p->left != q->left ? (p->left < q->left ? -1 : 1) : places_compare(a, b);
}

/* Whether the place is above or below a member of the row rather than beside it. */
static bool is_stacked(const struct place *row, size_t members, const struct place *place) {
    for (size_t i = 0; i < members; i++) {
        double shared = fmin(row[i].right, place->right) - fmax(row[i].left, place->left);
        double narrower = fmin(row[i].right - row[i].left, place->right - place->left);
        if (shared > STACK_OVERLAP * narrower) {
            return true;
        }
    }
    return false;
}

/*
 * Numbers the rows of places sorted by their middles. Each place joins the row whose tallest member it overlaps, so
 * that small type beside large type stays in its row.
 */
static size_t rows_number(struct place *places, size_t count) {
    size_t start = 0, tallest = 0, row = 0;
    for (size_t i = 0; i < count; i++) {
        bool joins = i > start && places_share_row(&places[tallest], &places[i]) &&
                     !is_stacked(places + start, i - start, &places[i]);
        if (!joins) {
            row += i > 0;
            start = tallest = i;
        } else if (places[i].bottom - places[i].top > places[tallest].bottom - places[tallest].top) {
            tallest = i;
        }
        places[i].row = row;
    }
    return count == 0 ? 0 : row + 1;
}

size_t places_order_rows(struct place *places, size_t count) {
    qsort(places, count, sizeof *places, places_compare);
    size_t rows = rows_number(places, count);
    qsort(places, count, sizeof *places, compare_rows);
    return rows;
}

bool lines_order_rows(struct lince_line *lines, size_t *indices, size_t count, struct arena *scratch) {
    struct place *places = arena_allocate(scratch, count * sizeof *places);
    struct lince_line *ordered = arena_allocate(scratch, count * sizeof *ordered);
    double *angles = arena_allocate(scratch, count * sizeof *angles);
    if (places == NULL || ordered == NULL || angles == NULL) {
        return false;
    }
    double direction = lines_direction(lines, count, angles);
    for (size_t i = 0; i < count; i++) {
        places[i] = place_of_line(&lines[i], i, direction);
        ordered[i] = lines[i];
    }
    places_order_rows(places, count);
    for (size_t i = 0; i < count; i++) {
        lines[i] = ordered[places[i].line];
        if (indices != NULL) {
            indices[i] = places[i].line;
        }
    }
    return true;
}
