/* level_lines.c - turns the lines of a page upright, and takes away the slope at which it was photographed. */
#include "fields/sheet/level_lines.h"

#include <math.h>

#include "base/arena.h"
#include "base/doubles.h"
#include "base/turn.h"
#include "text/order/row_order.h"

/* The line after turning its page back. */
static bool line_upright(struct arena *arena, const struct sheet *sheet, struct lince_line *line) {
    unsigned back = 4 - sheet->turn;
    bool aside = sheet->turn % 2 == 1;
    double width = aside ? sheet->height_px : sheet->width_px, height = aside ? sheet->width_px : sheet->height_px;
    struct lince_word *words = arena_allocate(arena, (line->word_count + 1) * sizeof *words);
    if (words == NULL) {
        return false;
    }
    for (size_t i = 0; i < line->word_count; i++) {
        words[i] = line->words[i];
        words[i].box = box_turn(words[i].box, back, width, height);
    }
    for (size_t i = 0; i < 4; i++) {
        struct lince_point *corner = &line->quad[i];
        struct lince_box point =
            box_turn((struct lince_box){corner->x, corner->y, corner->x, corner->y}, back, width, height);
        *corner = (struct lince_point){point.x0, point.y0};
    }
    line->words = words;
    line->box = box_turn(line->box, back, width, height);
    return true;
}

/*
 * The slope of text on a photographed page: the median of the lines that are long enough. False when memory is refused.
 */
static bool slope_learn(struct arena *arena, const struct lince_line *lines, size_t count, struct sheet *sheet) {
    static const double least = 0.008, most = 0.3; /* level enough; more than anyone tilts a phone */
    double *slopes = arena_allocate(arena, (count + 1) * sizeof *slopes);
    size_t known = 0;
    for (size_t i = 0; slopes != NULL && i < count; i++) {
        const struct lince_point *quad = lines[i].quad;
        double across = quad[1].x - quad[0].x, tall = hypot(quad[3].x - quad[0].x, quad[3].y - quad[0].y);
        if (across > 3 * tall && tall > 0) {
            slopes[known++] = (quad[1].y - quad[0].y) / across;
        }
    }
    if (known >= 3) {
        doubles_sort(slopes, known);
        double middle = slopes[known / 2];
        sheet->slope = fabs(middle) >= least && fabs(middle) <= most ? middle : 0;
    }
    return slopes != NULL;
}

/* The line without the page's slope, as high as its letters. */
static bool line_level(struct arena *arena, const struct sheet *sheet, struct lince_line *line) {
    struct lince_word *words = arena_allocate(arena, (line->word_count + 1) * sizeof *words);
    if (words == NULL) {
        return false;
    }
    const struct lince_point *quad = line->quad;
    double tall = hypot(quad[3].x - quad[0].x, quad[3].y - quad[0].y);
    double x = (quad[0].x + quad[1].x + quad[2].x + quad[3].x) / 4,
           y = (quad[0].y + quad[1].y + quad[2].y + quad[3].y) / 4;
    double middle = y - sheet->slope * (x - sheet->width_px / 2);
    line->box.y0 = middle - tall / 2;
    line->box.y1 = middle + tall / 2;
    for (size_t i = 0; i < line->word_count; i++) {
        words[i] = line->words[i];
        words[i].box.y0 = line->box.y0;
        words[i].box.y1 = line->box.y1;
    }
    line->words = words;
    line->quad[0] = (struct lince_point){line->box.x0, line->box.y0};
    line->quad[1] = (struct lince_point){line->box.x1, line->box.y0};
    line->quad[2] = (struct lince_point){line->box.x1, line->box.y1};
    line->quad[3] = (struct lince_point){line->box.x0, line->box.y1};
    return true;
}

/* The lines by rows, on an upright and level page. `indices` receives their places in the input. */
struct lince_line *level_lines_make(struct arena *arena, const struct lince_line *lines, size_t count, size_t *indices,
                                    struct sheet *sheet) {
    struct lince_line *level = arena_allocate(arena, (count + 1) * sizeof *level);
    for (size_t i = 0; level != NULL && i < count; i++) {
        level[i] = lines[i];
    }
    if (level == NULL || !lines_order_rows(level, indices, count, arena)) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (sheet->turn > 0 && !line_upright(arena, sheet, &level[i])) {
            return NULL;
        }
    }
    if (!slope_learn(arena, level, count, sheet)) {
        return NULL;
    }
    for (size_t i = 0; sheet->slope != 0 && i < count; i++) {
        if (!line_level(arena, sheet, &level[i])) {
            return NULL;
        }
    }
    return level;
}
