/* flame.h - parts within parts as an SVG of boxes: each row is one level, each box as wide as its share of the one
 * above. */
#ifndef LINCE_MONITOR_FLAME_H
#define LINCE_MONITOR_FLAME_H

#include <stddef.h>

struct buffer;

enum { FLAME_BOXES_LIMIT = 512, FLAME_WIDTH = 900 };

struct flame_box {
    const char *name; /* borrowed */
    double bytes;
    int depth; /* 0 for the first box alone; a box follows the one that it is part of */
};

/* A list that is filled from the top; what is over the limit is left out. */
struct flame {
    struct flame_box boxes[FLAME_BOXES_LIMIT];
    size_t count;
};

void flame_add(struct flame *flame, const char *name, double bytes, int depth);

/* Boxes whose parts sum up to more than they are, as peaks do, share their width out among the parts. */
void flame_print(const struct flame *flame, struct buffer *out);

/* Text with what HTML would take for its own written out. */
void html_escape(const char *text, struct buffer *out);

#endif
