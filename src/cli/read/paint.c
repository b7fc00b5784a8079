/* paint.c - draws the picture of a page for `--boxes`. */
#include "cli/read/paint.h"

#include <math.h>

enum { SMALLEST_LETTER_PX = 9, LARGEST_LETTER_PX = 18 };

static double distance_to(struct lince_point point, struct lince_point from, struct lince_point to) {
    double dx = to.x - from.x, dy = to.y - from.y;
    double squared = dx * dx + dy * dy;
    double along = squared > 0 ? ((point.x - from.x) * dx + (point.y - from.y) * dy) / squared : 0;
    along = fmin(1, fmax(0, along));
    return hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}

void paint_line(struct image *image, struct lince_point from, struct lince_point to, double width_px,
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

void paint_rectangle(struct image *image, int x0, int y0, int x1, int y1, struct colour colour, double coverage) {
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

/* The text is on the upper edge of its box, small enough to leave the line above readable. */
static void label_paint(struct image *image, const struct lince_line *line, const struct lince_point quad[4],
                        struct font *font) {
    static const struct colour paper = {255, 255, 255};
    int letter_px = (int)(distance(quad[0], quad[3]) * 0.33);
    letter_px = letter_px < SMALLEST_LETTER_PX ? SMALLEST_LETTER_PX : letter_px;
    letter_px = letter_px > LARGEST_LETTER_PX ? LARGEST_LETTER_PX : letter_px;
    int width_px = font_width_px(font, line->text, letter_px);
    int x = (int)quad[0].x, y = (int)fmin(quad[0].y, quad[1].y) - 1;
    if (x + width_px + 4 > (int)image->width_px) {
        x = (int)image->width_px - width_px - 4;
    }
    x = x < 0 ? 0 : x;
    y = y < letter_px + 2 ? letter_px + 2 : y;
    paint_rectangle(image, x, y - letter_px - 2, x + width_px + 4, y, paper, 0.75);
    font_draw(font, image, line->text, letter_px, x + 2, y - letter_px / 5 - 1, colour_of(line->confidence));
}

void paint_page(struct image *image, const struct lince_page *page, struct font *font) {
    double width_px = fmax(1.5, image->width_px / 600.0);
    for (size_t i = 0; i < lince_page_line_count(page); i++) {
        const struct lince_line *line = lince_page_line(page, i);
        struct lince_point quad[4];
        for (int corner = 0; corner < 4; corner++) {
            quad[corner].x = line->quad[corner].x / image->scale_x;
            quad[corner].y = line->quad[corner].y / image->scale_y;
        }
        for (int corner = 0; corner < 4; corner++) {
            paint_line(image, quad[corner], quad[(corner + 1) % 4], width_px, colour_of(line->confidence));
        }
        label_paint(image, line, quad, font);
    }
}
