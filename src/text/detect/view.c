/* view.c - the four ways to look at an image. */
#include "text/detect/view.h"

#include <math.h>

#include "base/turn.h"

struct view view_of(const struct image *image, unsigned turn) {
    bool aside = turn % 2 == 1;
    return (struct view){
        .image = image,
        .turn = turn,
        .width_px = aside ? image->height_px : image->width_px,
        .height_px = aside ? image->width_px : image->height_px,
    };
}

struct lince_point view_point(const struct view *view, struct lince_point point) {
    return point_turn(point, view->turn, view->width_px, view->height_px);
}

static ptrdiff_t bytes_between(const struct view *view, struct lince_point from, struct lince_point to) {
    struct lince_point a = view_point(view, from), b = view_point(view, to);
    return lround(b.y - a.y) * (ptrdiff_t)view->image->stride_bytes + lround(b.x - a.x) * 3;
}

struct view_grid view_grid(const struct view *view, uint32_t step_px) {
    const struct lince_point first = {0.5, 0.5}, right = {0.5 + step_px, 0.5}, below = {0.5, 0.5 + step_px};
    struct lince_point corner = view_point(view, first);
    const struct image *image = view->image;
    return (struct view_grid){
        .first = image->pixels + (size_t)corner.y * image->stride_bytes + (size_t)corner.x * 3,
        .across_bytes = bytes_between(view, first, right),
        .down_bytes = bytes_between(view, first, below),
        .width = (view->width_px + step_px - 1) / step_px,
        .height = (view->height_px + step_px - 1) / step_px,
    };
}

void view_pixels_blend(uint8_t *first, ptrdiff_t step_bytes, size_t count, const uint8_t *before,
                       const uint8_t *after) {
    for (size_t i = 0; i < count; i++, first += step_bytes) {
        double share = (double)(i + 1) / (double)(count + 1);
        for (size_t c = 0; c < 3; c++) {
            first[c] = (uint8_t)lround(before[c] + (after[c] - before[c]) * share);
        }
    }
}

bool view_sample(const struct view *view, const struct sample_window *window, const struct sample_norm *norm,
                 struct arena *arena, float *planes) {
    if (view->turn == 0) {
        return sample_window(view->image, window, norm, arena, planes);
    }
    double left = window->x / window->scale, right = (window->x + (double)window->width) / window->scale;
    double top = window->y / window->scale, bottom = (window->y + (double)window->height) / window->scale;
    const struct lince_point seen[4] = {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
    struct lince_point corners[4];
    for (size_t i = 0; i < 4; i++) {
        corners[i] = view_point(view, seen[i]);
    }
    sample_quad(view->image, corners, window->width, window->height, norm, planes);
    return true;
}
