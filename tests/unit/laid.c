/* laid.c - lines, words and boxes by plain geometry. */
#include "laid.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/meter.h"
#include "drawn.h"

static const double DEGREE = 3.14159265358979323846 / 180.0;
/* Width of a letter and of a line's box beside the height of the type. */
static const double LETTER = 0.5, BOX = 1.15;

static struct lince_line lines[LAID_LINE_LIMIT];
static struct lince_page laid;
static struct meter meter;
static double angle;

struct lince_page *laid_page(double degrees) {
    angle = degrees * DEGREE;
    laid = (struct lince_page){.width_px = 1240, .height_px = 1754, .lines = {lines, 0}};
    meter_init(&meter, NULL, "page", METER_NO_LIMIT);
    arena_init(&laid.arena, &meter, 4096);
    return &laid;
}

void laid_page_end(struct lince_page *page) {
    arena_clear(&page->arena);
    assert_int_equal(meter.current_bytes, 0);
    meter_remove(&meter);
}

static struct lince_point turned(double x, double y) {
    return (struct lince_point){x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)};
}

static struct lince_box box_turned(double x, double y, double width, double height, struct lince_point *quad) {
    struct lince_point q[4] = {turned(x, y), turned(x + width, y), turned(x + width, y + height),
                               turned(x, y + height)};
    struct lince_box box = {q[0].x, q[0].y, q[0].x, q[0].y};
    for (size_t i = 1; i < 4; i++) {
        box.x0 = fmin(box.x0, q[i].x), box.x1 = fmax(box.x1, q[i].x);
        box.y0 = fmin(box.y0, q[i].y), box.y1 = fmax(box.y1, q[i].y);
    }
    if (quad != NULL) {
        memcpy(quad, q, sizeof q);
    }
    return box;
}

void laid_line(struct lince_page *page, double x, double y, double size, const char *text) {
    struct lince_line *line = &lines[page->lines.count++];
    size_t bytes = strlen(text), count = 0;
    char *joined = arena_copy_text(&page->arena, text, bytes);
    struct lince_word *words = arena_allocate(&page->arena, (bytes + 1) * sizeof *words);
    double at = x;
    for (size_t from = 0; from <= bytes; from++) {
        size_t length = strcspn(text + from, " \t");
        double width = (double)length * LETTER * size;
        words[count++] = (struct lince_word){arena_copy_text(&page->arena, text + from, length), 0.9,
                                             box_turned(at, y, width, size, NULL)};
        from += length;
        at += width;
        if (from < bytes) {
            at += (text[from] == '\t' ? 6 : 0.5) * LETTER * size;
            joined[from] = ' ';
        }
    }
    *line = (struct lince_line){.text = joined, .confidence = 0.9, .word_count = count, .words = words};
    line->box = box_turned(x, y, at - x, BOX * size, line->quad);
}

void laid_shuffle(struct lince_page *page, uint32_t seed) {
    for (size_t i = page->lines.count; i > 1; i--) {
        size_t k = drawn_number(&seed, (uint32_t)i);
        struct lince_line line = page->lines.items[i - 1];
        page->lines.items[i - 1] = page->lines.items[k];
        page->lines.items[k] = line;
    }
}
