/*
 * comb_regions.c - regions whose middle lies among the cells of a comb field become one. Where the detector found none
 * of the letters, since they are far apart, the cells with letters are the region.
 */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/turn.h"
#include "text/detect/combs.h"

/* The extent of regions along a field and across it, from its left end. */
struct extent {
    double along0, along1, across0, across1;
};

/* A field's directions: along its base, and down. */
struct axes {
    struct lince_point origin;
    double x, y, length;
};

static struct axes axes_of(const struct comb *comb) {
    double x = comb->right.x - comb->left.x, y = comb->right.y - comb->left.y, length = hypot(x, y);
    return (struct axes){comb->left, x / length, y / length, length};
}

static struct extent extent_of(const struct axes *axes, const struct view *view, const struct region *region) {
    struct extent extent = {INFINITY, -INFINITY, INFINITY, -INFINITY};
    const struct image *image = view->image;
    for (size_t i = 0; i < 4; i++) {
        struct lince_point point =
            point_turn(region->corners[i], (4 - view->turn) % 4, image->width_px, image->height_px);
        double x = point.x - axes->origin.x, y = point.y - axes->origin.y;
        double along = x * axes->x + y * axes->y, across = y * axes->x - x * axes->y;
        extent.along0 = fmin(extent.along0, along);
        extent.along1 = fmax(extent.along1, along);
        extent.across0 = fmin(extent.across0, across);
        extent.across1 = fmax(extent.across1, across);
    }
    return extent;
}

static bool is_in(const struct extent *extent, const struct comb *comb, double length) {
    double along = (extent->along0 + extent->along1) / 2.0, across = (extent->across0 + extent->across1) / 2.0;
    return extent->along0 > -comb->pitch_px / 2.0 && extent->along1 < length + comb->pitch_px / 2.0 && along > 0.0 &&
           along < length && across < 0.0 && across > -comb->rise_px;
}

static void region_set(struct region *region, const struct axes *axes, const struct extent *e,
                       const struct view *view) {
    const double along[4] = {e->along0, e->along1, e->along1, e->along0};
    const double across[4] = {e->across0, e->across0, e->across1, e->across1};
    for (size_t i = 0; i < 4; i++) {
        region->corners[i] =
            view_point(view, (struct lince_point){axes->origin.x + along[i] * axes->x - across[i] * axes->y,
                                                  axes->origin.y + along[i] * axes->y + across[i] * axes->x});
    }
    region->is_comb = true;
}

/* Takes the regions in a field out of the list, and gives their extent; false if there are none. */
static bool field_gather(const struct comb *comb, const struct axes *axes, const struct view *view,
                         struct region_list *regions, struct extent *whole) {
    size_t count = 0;
    *whole = (struct extent){INFINITY, -INFINITY, INFINITY, -INFINITY};
    for (size_t i = 0; i < regions->count; i++) {
        struct extent extent = extent_of(axes, view, &regions->items[i]);
        if (!is_in(&extent, comb, axes->length)) {
            regions->items[count++] = regions->items[i];
            continue;
        }
        *whole = (struct extent){fmin(whole->along0, extent.along0), fmax(whole->along1, extent.along1),
                                 fmin(whole->across0, extent.across0), fmax(whole->across1, extent.across1)};
    }
    bool any = count < regions->count;
    regions->count = count;
    return any;
}

bool combs_join(const struct comb_list *combs, const struct view *view, struct arena *arena,
                struct region_list *regions) {
    size_t limit = regions->count + combs->count;
    struct region *items = arena_allocate(arena, (limit + 1) * sizeof *items);
    if (items == NULL) {
        return false;
    }
    memcpy(items, regions->items, regions->count * sizeof *items);
    regions->items = items;
    for (size_t k = 0; k < combs->count; k++) {
        const struct comb *comb = &combs->items[k];
        struct axes axes = axes_of(comb);
        struct extent whole;
        if (!field_gather(comb, &axes, view, regions, &whole)) {
            whole = (struct extent){comb->from_px, comb->until_px, -comb->rise_px, 0.0};
        }
        whole.along0 = fmin(whole.along0, comb->from_px);
        whole.along1 = fmax(whole.along1, comb->until_px);
        whole.across0 = fmin(whole.across0, -comb->rise_px);
        struct region *region = &regions->items[regions->count++];
        *region = (struct region){.score = 1.0};
        region_set(region, &axes, &whole, view);
    }
    return true;
}
