/* order.c - rows by overlap, from the top down. */
#include "text/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/turn.h"

/* Two lines share a row when their spans overlap by this share of the lower one's height. */
static const double ROW_OVERLAP = 0.5;
/* Lines shorter than this many times their height say little about the skew. */
static const double LONG_LINE = 3.0;
/* A line beyond this runs in another direction and is no witness of the page's skew. */
static const double SKEW_LIMIT_RADIANS = 0.35;

/* A line as the sorting sees it, as if the page stood upright. */
struct place {
    double top, bottom, left, right;
    size_t row;
    struct lince_line line;
};

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Radians from the x axis to the direction of most lines: quarter turns of the page, and its skew. */
static double direction_of(const struct lince_line *lines, size_t count, double *angles) {
    double quarter = acos(0.0), turn = turn_of_lines(lines, count) * quarter;
    size_t witnesses = 0;
    for (size_t i = 0; i < count; i++) {
        const struct lince_point *q = lines[i].quad;
        double width = hypot(q[1].x - q[0].x, q[1].y - q[0].y), height = hypot(q[3].x - q[0].x, q[3].y - q[0].y);
        double angle = remainder(atan2(q[1].y - q[0].y, q[1].x - q[0].x) - turn, 4 * quarter);
        if (width >= LONG_LINE * height && fabs(angle) <= SKEW_LIMIT_RADIANS) {
            angles[witnesses++] = angle;
        }
    }
    if (witnesses == 0) {
        return turn;
    }
    qsort(angles, witnesses, sizeof *angles, compare_doubles);
    return turn + angles[witnesses / 2];
}

static struct place place_of(const struct lince_line *line, double direction) {
    double cosine = cos(direction), sine = sin(direction), xs = 0.0, ys = 0.0, height = 0.0, width = 0.0;
    for (size_t i = 0; i < 4; i++) {
        xs += line->quad[i].x / 4.0;
        ys += line->quad[i].y / 4.0;
    }
    for (size_t i = 0; i < 4; i++) { /* extents around the centre, in the page's own axes */
        double dx = line->quad[i].x - xs, dy = line->quad[i].y - ys;
        width = fmax(width, fabs(dx * cosine + dy * sine));
        height = fmax(height, fabs(dy * cosine - dx * sine));
    }
    double x = xs * cosine + ys * sine, y = ys * cosine - xs * sine;
    return (struct place){y - height, y + height, x - width, x + width, 0, *line};
}

static int compare_middles(const void *a, const void *b) {
    const struct place *p = a, *q = b;
    double x = p->top + p->bottom, y = q->top + q->bottom;
    if (x != y) {
        return x < y ? -1 : 1;
    }
    return p->left != q->left ? (p->left < q->left ? -1 : 1) : strcmp(p->line.text, q->line.text);
}

static int compare_rows(const void *a, const void *b) {
    const struct place *p = a, *q = b;
    if (p->row != q->row) {
        return p->row < q->row ? -1 : 1;
    }
    return p->left != q->left ? (p->left < q->left ? -1 : 1) : compare_middles(a, b);
}

static bool on_one_row(const struct place *a, const struct place *b) {
    double overlap = fmin(a->bottom, b->bottom) - fmax(a->top, b->top);
    return overlap >= ROW_OVERLAP * fmin(a->bottom - a->top, b->bottom - b->top);
}

/* True when the place stands above or below a member of the row rather than beside it. */
static bool is_stacked(const struct place *row, size_t members, const struct place *place) {
    for (size_t i = 0; i < members; i++) {
        double shared = fmin(row[i].right, place->right) - fmax(row[i].left, place->left);
        double narrower = fmin(row[i].right - row[i].left, place->right - place->left);
        if (shared > ROW_OVERLAP * narrower) {
            return true;
        }
    }
    return false;
}

/*
 * Numbers the rows of places that are sorted by their middles: each joins the row whose tallest member it overlaps, so
 * that what is set small beside large type, above or below, stays in its row.
 */
static void rows_number(struct place *places, size_t count) {
    size_t start = 0, tallest = 0;
    for (size_t i = 0; i < count; i++) {
        bool joins =
            i > start && on_one_row(&places[tallest], &places[i]) && !is_stacked(places + start, i - start, &places[i]);
        if (!joins) {
            start = tallest = i;
        } else if (places[i].bottom - places[i].top > places[tallest].bottom - places[tallest].top) {
            tallest = i;
        }
        places[i].row = start;
    }
}

bool lines_order(struct lince_line *lines, size_t count, struct arena *scratch) {
    struct place *places = arena_allocate(scratch, count * sizeof *places);
    double *angles = arena_allocate(scratch, count * sizeof *angles);
    if (places == NULL || angles == NULL) {
        return false;
    }
    double direction = direction_of(lines, count, angles);
    for (size_t i = 0; i < count; i++) {
        places[i] = place_of(&lines[i], direction);
    }
    qsort(places, count, sizeof *places, compare_middles);
    rows_number(places, count);
    qsort(places, count, sizeof *places, compare_rows);
    for (size_t i = 0; i < count; i++) {
        lines[i] = places[i].line;
    }
    return true;
}
