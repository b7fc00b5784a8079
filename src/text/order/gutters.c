/* gutters.c - free intervals of x, found by a sweep and intersected. */
#include "text/order/gutters.h"

#include <math.h>
#include <stdlib.h>

static int compare_left(const void *a, const void *b) {
    const struct place *p = a, *q = b;
    return p->left != q->left ? (p->left < q->left ? -1 : 1) : places_compare(a, b);
}

struct gutters gutters_of(struct place *places, size_t count, double least_px) {
    struct gutters gutters = {.count = 0};
    double right = -INFINITY;
    qsort(places, count, sizeof *places, compare_left);
    for (size_t i = 0; i < count; i++) {
        bool free = places[i].left - right >= least_px && gutters.count + 1 < GUTTER_LIMIT;
        if (i == 0 || free) {
            gutters.items[gutters.count++] = (struct gutter){right, places[i].left};
        }
        right = fmax(right, places[i].right);
    }
    gutters.items[gutters.count++] = (struct gutter){right, INFINITY};
    return gutters;
}

struct gutters gutters_shared(const struct gutters *a, const struct gutters *b, double least_px) {
    struct gutters shared = {.count = 0};
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        struct gutter both = {fmax(a->items[i].from, b->items[k].from), fmin(a->items[i].to, b->items[k].to)};
        bool last = both.to == INFINITY;
        if (both.to - both.from >= least_px && (last || shared.count + 1 < GUTTER_LIMIT)) {
            shared.items[shared.count++] = both;
        }
        if (a->items[i].to < b->items[k].to) {
            i++;
        } else {
            k++;
        }
    }
    return shared;
}

static bool is_inner(const struct gutter *gutter, double left, double right) {
    return gutter->from >= left && gutter->to <= right;
}

size_t gutters_column_count(const struct gutters *gutters, double left, double right) {
    size_t columns = 1;
    for (size_t i = 0; i < gutters->count; i++) {
        columns += is_inner(&gutters->items[i], left, right);
    }
    return columns;
}

size_t gutters_column(const struct gutters *gutters, const struct place *place, double left, double right) {
    size_t column = 0;
    double middle = (place->left + place->right) / 2;
    for (size_t i = 0; i < gutters->count; i++) {
        column += is_inner(&gutters->items[i], left, right) && gutters->items[i].from < middle;
    }
    return column;
}
