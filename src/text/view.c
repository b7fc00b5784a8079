/* view.c - the four ways to look at an image. */
#include "text/view.h"

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
