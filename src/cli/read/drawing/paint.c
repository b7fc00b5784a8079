/* paint.c - draws the picture of a page for `--boxes`. */
#include "cli/read/drawing/paint.h"

#include <math.h>
#include <stdbool.h>

enum { SMALLEST_LETTER_PX = 8, LARGEST_LETTER_PX = 18, LABEL_GAP_PX = 4, LABELS_LIMIT = 512 };

static double distance_to(struct lince_point point, struct lince_point from, struct lince_point to) {
    double dx = to.x - from.x, dy = to.y - from.y;
    double squared = dx * dx + dy * dy;
    double along = squared > 0 ? ((point.x - from.x) * dx + (point.y - from.y) * dy) / squared : 0;
    along = fmin(1, fmax(0, along));
    return hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}

/* A line with soft edges and round ends. Parts outside the image are not drawn. */
static void paint_line(struct image *image, struct lince_point from, struct lince_point to, double width_px,
                       struct colour colour) {
    double reach = width_px / 2 + 1;
    int x0 = (int)fmax(0, fmin(from.x, to.x) - reach), x1 = (int)fmin(image->width_px, fmax(from.x, to.x) + reach + 1);
    int y0 = (int)fmax(0, fmin(from.y, to.y) - reach), y1 = (int)fmin(image->height_px, fmax(from.y, to.y) + reach + 1);
    for (int y = y0; y < y1; y++) {
        for (int x = x0; x < x1; x++) {
            struct lince_point centre = {x + 0.5, y + 0.5};
            double coverage = width_px / 2 + 0.5 - distance_to(centre, from, to);
            if (coverage > 0) {
                pixel_blend(image, x, y, colour, fmin(1, coverage));
            }
        }
    }
}

static void paint_rectangle(struct image *image, int x0, int y0, int x1, int y1, struct colour colour,
                            double coverage) {
    for (int y = y0; y < y1; y++) {
        for (int x = x0; x < x1; x++) {
            pixel_blend(image, x, y, colour, coverage);
        }
    }
}

static struct colour colour_of(double confidence) {
    static const struct colour sure = {0, 140, 70}, fair = {200, 120, 0}, poor = {210, 30, 30};
    return confidence >= 0.95 ? sure : confidence >= 0.8 ? fair : poor;
}

static double distance(struct lince_point a, struct lince_point b) {
    return hypot(a.x - b.x, a.y - b.y);
}

/* ---- labels ------------------------------------------------------------------------------------------- */

struct quad {
    struct lince_point corners[4];
};

/* Pixels left <= x < right, top <= y < bottom. */
struct label {
    int left, top, right, bottom;
};

/* The last labels that were drawn; those of lines much earlier in reading order are far away. */
struct labels {
    struct label items[LABELS_LIMIT];
    size_t count;
};

static struct quad quad_of(const struct lince_line *line, const struct image *image) {
    struct quad quad;
    for (int corner = 0; corner < 4; corner++) {
        quad.corners[corner].x = line->quad[corner].x / image->scale_x;
        quad.corners[corner].y = line->quad[corner].y / image->scale_y;
    }
    return quad;
}

static struct label bounds_of(const struct quad *quad) {
    double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
    for (int corner = 0; corner < 4; corner++) {
        left = fmin(left, quad->corners[corner].x);
        top = fmin(top, quad->corners[corner].y);
        right = fmax(right, quad->corners[corner].x);
        bottom = fmax(bottom, quad->corners[corner].y);
    }
    return (struct label){(int)floor(left), (int)floor(top), (int)ceil(right), (int)ceil(bottom)};
}

static bool labels_meet(const struct label *a, const struct label *b) {
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

/* Whether all of the label is on the far side of one edge of the quadrilateral. */
static bool is_beyond_an_edge(const struct label *label, const struct quad *quad) {
    const struct lince_point corners[4] = {{label->left, label->top},
                                           {label->right, label->top},
                                           {label->right, label->bottom},
                                           {label->left, label->bottom}};
    for (int edge = 0; edge < 4; edge++) {
        struct lince_point from = quad->corners[edge], to = quad->corners[(edge + 1) % 4];
        bool beyond = true; /* the inside is on the right hand, with y downwards */
        for (int corner = 0; corner < 4; corner++) {
            beyond = beyond &&
                     (to.x - from.x) * (corners[corner].y - from.y) <= (to.y - from.y) * (corners[corner].x - from.x);
        }
        if (beyond) {
            return true;
        }
    }
    return false;
}

/* Whether the label is inside the image and hides no line and no other label. */
static bool is_free(const struct label *label, const struct image *image, const struct lince_page *page,
                    const struct labels *labels) {
    if (label->left < 0 || label->top < 0 || label->right > (int)image->width_px ||
        label->bottom > (int)image->height_px) {
        return false;
    }
    for (size_t i = 0; i < labels->count && i < LABELS_LIMIT; i++) {
        if (labels_meet(label, &labels->items[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < lince_page_line_count(page); i++) {
        struct quad quad = quad_of(lince_page_line(page, i), image);
        struct label bounds = bounds_of(&quad);
        if (labels_meet(label, &bounds) && !is_beyond_an_edge(label, &quad)) {
            return false;
        }
    }
    return true;
}

/* Above the line, to its right, below it or to its left; false if it would hide something everywhere. */
static bool label_place(const struct image *image, const struct lince_page *page, const struct labels *labels,
                        const struct label *line, int width_px, int height_px, struct label *label) {
    int above = line->top - height_px - 1, middle = (line->top + line->bottom - height_px) / 2;
    const int places[][2] = {{line->left, above},
                             {line->right + LABEL_GAP_PX, middle},
                             {line->right - width_px, above},
                             {line->left, line->bottom + 1},
                             {line->left - width_px - LABEL_GAP_PX, middle}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int left = places[i][0], top = places[i][1];
        *label = (struct label){left, top, left + width_px, top + height_px};
        if (is_free(label, image, page, labels)) {
            return true;
        }
    }
    return false;
}

static void label_paint(struct image *image, const struct lince_page *page, const struct lince_line *line,
                        struct font *font, struct labels *labels) {
    static const struct colour paper = {255, 255, 255};
    struct quad quad = quad_of(line, image);
    struct label bounds = bounds_of(&quad), label;
    int letter_px = (int)(distance(quad.corners[0], quad.corners[3]) * 0.33);
    letter_px = letter_px > LARGEST_LETTER_PX ? LARGEST_LETTER_PX : letter_px;
    letter_px = letter_px < SMALLEST_LETTER_PX ? SMALLEST_LETTER_PX : letter_px;
    for (;; letter_px = SMALLEST_LETTER_PX) {
        int width_px = font_width_px(font, line->text, letter_px) + 4;
        if (label_place(image, page, labels, &bounds, width_px, letter_px + 2, &label)) {
            break;
        }
        if (letter_px == SMALLEST_LETTER_PX) {
            return;
        }
    }
    paint_rectangle(image, label.left, label.top, label.right, label.bottom, paper, 0.75);
    font_draw(font, image, line->text, letter_px, label.left + 2, label.bottom - letter_px / 5 - 1,
              colour_of(line->confidence));
    labels->items[labels->count++ % LABELS_LIMIT] = label;
}

void paint_page(struct image *image, const struct lince_page *page, struct font *font) {
    double width_px = fmax(1.5, image->width_px / 600.0);
    struct labels labels = {.count = 0};
    for (size_t i = 0; i < lince_page_line_count(page); i++) {
        const struct lince_line *line = lince_page_line(page, i);
        struct quad quad = quad_of(line, image);
        for (int corner = 0; corner < 4; corner++) {
            paint_line(image, quad.corners[corner], quad.corners[(corner + 1) % 4], width_px,
                       colour_of(line->confidence));
        }
    }
    for (size_t i = 0; i < lince_page_line_count(page); i++) {
        label_paint(image, page, lince_page_line(page, i), font, &labels);
    }
}
