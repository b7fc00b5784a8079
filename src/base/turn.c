/* turn.c - the lines vote on the turn; boxes turn with their image. */
#include "base/turn.h"

#include <math.h>
#include <string.h>

unsigned turn_of_quad(const struct lince_point quad[4]) {
    double across = quad[1].x - quad[0].x, down = quad[1].y - quad[0].y;
    if (fabs(across) >= fabs(down)) {
        return across >= 0 ? 0 : 2;
    }
    return down > 0 ? 1 : 3;
}

unsigned turn_of_lines(const struct lince_line *lines, size_t count) {
    size_t votes[4] = {0}, all = 0;
    for (size_t i = 0; i < count; i++) {
        size_t length = lines[i].text == NULL ? 0 : strlen(lines[i].text);
        votes[turn_of_quad(lines[i].quad)] += length;
        all += length;
    }
    for (unsigned turn = 1; turn < 4; turn++) {
        if (votes[turn] > all / 2) {
            return turn;
        }
    }
    return 0;
}

struct lince_point point_turn(struct lince_point point, unsigned turn, double width, double height) {
    switch (turn % 4) {
    case 1:
        return (struct lince_point){height - point.y, point.x};
    case 2:
        return (struct lince_point){width - point.x, height - point.y};
    case 3:
        return (struct lince_point){point.y, width - point.x};
    default:
        return point;
    }
}

struct lince_box box_turn(struct lince_box box, unsigned turn, double width, double height) {
    switch (turn % 4) {
    case 1:
        return (struct lince_box){height - box.y1, box.x0, height - box.y0, box.x1};
    case 2:
        return (struct lince_box){width - box.x1, height - box.y1, width - box.x0, height - box.y0};
    case 3:
        return (struct lince_box){box.y0, width - box.x1, box.y1, width - box.x0};
    default:
        return box;
    }
}

struct lince_box box_of_quad(const struct lince_point quad[4]) {
    struct lince_box box = {quad[0].x, quad[0].y, quad[0].x, quad[0].y};
    for (size_t i = 1; i < 4; i++) {
        box = (struct lince_box){fmin(box.x0, quad[i].x), fmin(box.y0, quad[i].y), fmax(box.x1, quad[i].x),
                                 fmax(box.y1, quad[i].y)};
    }
    return box;
}
