/* typewriter.c - copies cells of tests/data/reading/typewriter.png onto white paper. */
#include "typewriter.h"

#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "readings.h"

enum { FIRST_CHARACTER = 32, PAPER = 255 };

static struct {
    struct image font;
    const struct typed_line *lines;
    size_t line_count, line; /* the line that the row last asked for may show */
    uint32_t magnified;
} page;

static uint32_t sample_at(uint32_t x, uint32_t y, uint32_t channel) {
    (void)channel;
    uint32_t height = TYPEWRITER_CELL_HEIGHT_PX * page.magnified, width = TYPEWRITER_CELL_WIDTH_PX * page.magnified;
    while (page.line < page.line_count && y >= page.lines[page.line].y + height) {
        page.line++;
    }
    if (page.line == page.line_count || y < page.lines[page.line].y || x < page.lines[page.line].x) {
        return PAPER;
    }
    const struct typed_line *line = &page.lines[page.line];
    uint32_t column = (x - line->x) / width;
    if (column >= strlen(line->text)) {
        return PAPER;
    }
    uint32_t cell = (uint32_t)(line->text[column] - FIRST_CHARACTER) * TYPEWRITER_CELL_WIDTH_PX;
    uint32_t font_x = cell + (x - line->x) % width / page.magnified, font_y = (y - line->y) / page.magnified;
    return page.font.pixels[font_y * page.font.stride_bytes + (size_t)font_x * 3];
}

struct file typewriter_png(uint32_t width_px, uint32_t height_px, uint32_t magnified, const struct typed_line *lines,
                           size_t line_count) {
    struct file font = file_of_data("reading/typewriter.png");
    page.font = decode_well(&font, 0, 0);
    page.lines = lines;
    page.line_count = line_count;
    page.line = 0;
    page.magnified = magnified;
    assert_int_equal(page.font.height_px, TYPEWRITER_CELL_HEIGHT_PX);
    struct png_recipe recipe = {.width_px = width_px,
                                .height_px = height_px,
                                .color_type = PNG_COLOR_TYPE_GRAY,
                                .bits = 8,
                                .sample = sample_at,
                                .level = 1};
    struct file png = png_make(&recipe);
    image_free(&page.font);
    file_free(&font);
    return png;
}
