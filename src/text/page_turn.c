/* page_turn.c - long regions show along which axis lines run; the classifier shows at which end they begin. */
#include "text/page_turn.h"

#include <math.h>

#include "text/strip_direction.h"

/* A region this many times as long as high is certainly a line. */
static const double LINE_RATIO = 3.0;
/* Lines along the height must be this many times as long, in total, as those along the width. */
static const double MAJORITY = 2.0;
/* The classifier sees the first four heights of a line. */
static const double LOOK_RATIO = 4.0;
enum { LEAST_LINES = 3, ASKED_LINES = 5 };

/* A line along the height of the image, from the upper left corner of text that runs downwards. */
struct upended {
    struct lince_point corners[4];
    double length_px;
};

static double distance(struct lince_point from, struct lince_point to) {
    return hypot(to.x - from.x, to.y - from.y);
}

static struct upended upended_of(const struct region *region) {
    const struct lince_point *c = region->corners;
    return (struct upended){{c[1], c[2], c[3], c[0]}, distance(c[1], c[2])};
}

/* Keeps the longest lines, longest first. */
static size_t longest_keep(struct upended *longest, size_t count, struct upended line) {
    if (count == ASKED_LINES && longest[count - 1].length_px >= line.length_px) {
        return count;
    }
    size_t at = count < ASKED_LINES ? count++ : ASKED_LINES - 1;
    while (at > 0 && longest[at - 1].length_px < line.length_px) {
        longest[at] = longest[at - 1];
        at--;
    }
    longest[at] = line;
    return count;
}

static bool is_stack(const struct stack_list *stacks, const struct region *region) {
    for (size_t i = 0; i < stacks->count; i++) {
        if (stack_fills(&stacks->items[i], region)) {
            return true;
        }
    }
    return false;
}

/* The longest lines along the height, if most of the text runs that way; otherwise none. */
static size_t upended_find(const struct region_list *regions, const struct stack_list *stacks,
                           struct upended longest[ASKED_LINES]) {
    double across_px = 0.0, along_px = 0.0;
    size_t kept = 0, count = 0;
    for (size_t i = 0; i < regions->count; i++) {
        const struct lince_point *c = regions->items[i].corners;
        double width = distance(c[0], c[1]), height = distance(c[0], c[3]);
        if (width >= LINE_RATIO * height) {
            across_px += width;
        } else if (height >= LINE_RATIO * width && !is_stack(stacks, &regions->items[i])) {
            along_px += height;
            kept = longest_keep(longest, kept, upended_of(&regions->items[i]));
            count++;
        }
    }
    return count >= LEAST_LINES && along_px > MAJORITY * across_px ? kept : 0;
}

static enum lince_status line_ask(struct session *direction, const struct image *image, const struct upended *line,
                                  struct heap *heap, bool *reversed, struct lince_error *error) {
    const struct lince_point *c = line->corners;
    double share = fmin(1.0, LOOK_RATIO * distance(c[0], c[3]) / line->length_px);
    const struct lince_point look[4] = {c[0],
                                        {c[0].x + share * (c[1].x - c[0].x), c[0].y + share * (c[1].y - c[0].y)},
                                        {c[3].x + share * (c[2].x - c[3].x), c[3].y + share * (c[2].y - c[3].y)},
                                        c[3]};
    struct strip strip;
    enum lince_status status = strip_cut(image, look, 1.0, heap, &strip, error);
    if (status == LINCE_OK) {
        status = strip_is_reversed(direction, &strip, heap, reversed, error);
        strip_free(&strip);
    }
    return status;
}

enum lince_status page_turn_find(struct session *direction, const struct image *image,
                                 const struct region_list *regions, const struct stack_list *stacks, struct heap *heap,
                                 unsigned *turn, struct lince_error *error) {
    struct upended longest[ASKED_LINES];
    size_t count = upended_find(regions, stacks, longest), reversed_count = 0;
    *turn = 0;
    for (size_t i = 0; i < count; i++) {
        bool reversed;
        enum lince_status status = line_ask(direction, image, &longest[i], heap, &reversed, error);
        if (status != LINCE_OK) {
            return status;
        }
        reversed_count += reversed;
    }
    if (count > 0) {
        *turn = 2 * reversed_count > count ? 3 : 1;
    }
    return LINCE_OK;
}
