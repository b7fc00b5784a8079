/* box.c - sizes of boxes, and how two of them stand to each other. */
#include "fields/sheet/box.h"

#include "base/utf8.h"

double box_height(struct lince_box box) {
    return box.y1 - box.y0;
}

double box_middle(struct lince_box box) {
    return (box.y0 + box.y1) / 2;
}

double box_width(struct lince_box box) {
    return box.x1 - box.x0;
}

struct lince_box box_around(struct lince_box left, struct lince_box right) {
    return (struct lince_box){
        left.x0 < right.x0 ? left.x0 : right.x0,
        left.y0 < right.y0 ? left.y0 : right.y0,
        left.x1 > right.x1 ? left.x1 : right.x1,
        left.y1 > right.y1 ? left.y1 : right.y1,
    };
}

double box_same_row(struct lince_box left, struct lince_box right) {
    double top = left.y0 > right.y0 ? left.y0 : right.y0;
    double bottom = left.y1 < right.y1 ? left.y1 : right.y1;
    double low = box_height(left) < box_height(right) ? box_height(left) : box_height(right);
    return low <= 0 || bottom <= top ? 0 : (bottom - top) / low;
}

double box_shared_width(struct lince_box left, struct lince_box right) {
    double from = left.x0 > right.x0 ? left.x0 : right.x0;
    double to = left.x1 < right.x1 ? left.x1 : right.x1;
    return to - from;
}

struct lince_box box_part(struct lince_box box, const char *text, size_t bytes, size_t from, size_t to) {
    double all = (double)utf8_count(text, bytes);
    if (all <= 0) {
        return box;
    }
    double left = (double)utf8_count(text, from) / all;
    double right = (double)utf8_count(text, to) / all;
    struct lince_box part = box;
    part.x0 = box.x0 + left * box_width(box);
    part.x1 = box.x0 + right * box_width(box);
    return part;
}
