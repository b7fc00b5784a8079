/* flame.h - nested parts as an SVG of boxes: each row is one level, each box as wide as its share of the one above. */
#ifndef LINCE_MONITOR_FLAME_H
#define LINCE_MONITOR_FLAME_H

#include <stddef.h>

struct buffer;

enum { FLAME_BOXES_LIMIT = 512, FLAME_WIDTH = 900 };

struct flame_box {
    const char *name; /* borrowed */
    double bytes;
    int depth; /* 0 for the first box only; a box follows its parent */
};

/* A list that is filled from the top; boxes over the limit are left out. */
struct flame {
    struct flame_box boxes[FLAME_BOXES_LIMIT];
    size_t count;
};

void flame_add(struct flame *flame, const char *name, double bytes, int depth);

/* If the parts of a box add up to more than the box, as peaks do, they share its width. */
void flame_print(const struct flame *flame, struct buffer *out);

/* Appends text with HTML's special characters escaped. */
void flame_html_escape(const char *text, struct buffer *out);

#endif
