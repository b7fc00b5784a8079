/* drawn.c - rectangles of colour on paper. */
#include "drawn.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/turn.h"

enum { ROW_SLACK_BYTES = 5 };

void near_or_fail(double one, double other, double tolerance, const char *file, int line) {
    if (!(fabs(one - other) <= tolerance)) {
        print_error("%s:%d: %.9g is not within %.3g of %.9g\n", file, line, one, tolerance, other);
        _fail(file, line);
    }
}

struct image drawn_image(uint32_t width_px, uint32_t height_px, uint32_t color) {
    size_t stride_bytes = (size_t)width_px * 3 + ROW_SLACK_BYTES;
    struct image image = {.pixels = malloc(stride_bytes * height_px),
                          .width_px = width_px,
                          .height_px = height_px,
                          .stride_bytes = stride_bytes,
                          .source_width_px = width_px,
                          .source_height_px = height_px,
                          .scale_x = 1.0,
                          .scale_y = 1.0};
    assert_non_null(image.pixels);
    memset(image.pixels, 0x5A, stride_bytes * height_px); /* the slack must never be looked at */
    drawn_box(&image, 0, 0, width_px, height_px, color);
    return image;
}

void drawn_image_free(struct image *image) {
    free(image->pixels);
    *image = (struct image){0};
}

void drawn_box(struct image *image, uint32_t x0, uint32_t y0, uint32_t x1, uint32_t y1, uint32_t color) {
    for (uint32_t y = y0; y < y1; y++) {
        for (uint32_t x = x0; x < x1; x++) {
            uint8_t *pixel = image->pixels + y * image->stride_bytes + (size_t)x * 3;
            pixel[0] = (uint8_t)(color >> 16);
            pixel[1] = (uint8_t)(color >> 8);
            pixel[2] = (uint8_t)color;
        }
    }
}

struct image drawn_turned(const struct image *upright, unsigned turn) {
    bool aside = turn % 2 == 1;
    uint32_t width = upright->width_px, height = upright->height_px;
    struct image image = drawn_image(aside ? height : width, aside ? width : height, 0);
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            struct lince_point there = point_turn((struct lince_point){x + 0.5, y + 0.5}, turn, width, height);
            const uint8_t *from = upright->pixels + y * upright->stride_bytes + (size_t)x * 3;
            memcpy(image.pixels + (uint32_t)there.y * image.stride_bytes + (size_t)(uint32_t)there.x * 3, from, 3);
        }
    }
    return image;
}

struct strip drawn_strip(uint32_t width, float value) {
    struct strip strip = {.planes = malloc(sizeof *strip.planes * 3 * STRIP_HEIGHT_PX * width),
                          .width = width,
                          .corners = {{0, 0}, {width, 0}, {width, STRIP_HEIGHT_PX}, {0, STRIP_HEIGHT_PX}}};
    assert_non_null(strip.planes);
    drawn_strip_box(&strip, 0, 0, width, STRIP_HEIGHT_PX, value);
    return strip;
}

void drawn_strip_free(struct strip *strip) {
    free(strip->planes);
    strip->planes = NULL;
}

void drawn_strip_box(struct strip *strip, uint32_t x0, uint32_t y0, uint32_t x1, uint32_t y1, float value) {
    for (uint32_t plane = 0; plane < 3; plane++) {
        for (uint32_t y = y0; y < y1; y++) {
            for (uint32_t x = x0; x < x1; x++) {
                strip->planes[((size_t)plane * STRIP_HEIGHT_PX + y) * strip->width + x] = value;
            }
        }
    }
}

static struct meter arena_meter;

struct arena *drawn_arena(uint64_t limit_bytes) {
    static struct arena arena;
    meter_init(&arena_meter, NULL, "test", limit_bytes);
    arena_init(&arena, &arena_meter, 1024);
    return &arena;
}

void drawn_arena_end(struct arena *arena) {
    arena_clear(arena);
    assert_int_equal(arena_meter.current_bytes, 0);
}

uint32_t drawn_number(uint32_t *seed, uint32_t range) {
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(*seed >> 8) * range) >> 24);
}
