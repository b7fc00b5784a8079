/* test_combs.c - the rules of comb fields are painted over and their letters become one region; tables are left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/combs.h"

enum { WIDTH_PX = 640, HEIGHT_PX = 160, LEFT_PX = 40, TOP_PX = 50, WHITE = 0xffffff, BLACK = 0x000000 };

/* A field: cells of one width, closed above or not, with so many letters in each of the first ones. */
struct drawing {
    uint32_t cells, pitch, height, letters, each;
    bool is_closed, has_base;
};

static const struct drawing CLOSED = {8, 40, 44, 6, 1, true, true}, OPEN = {8, 40, 14, 6, 1, false, true};

static struct image drawn_field(const struct drawing *field) {
    struct image image = drawn_image(WIDTH_PX, HEIGHT_PX, WHITE);
    uint32_t right = LEFT_PX + field->cells * field->pitch, base = TOP_PX + 44;
    for (uint32_t x = LEFT_PX; x <= right; x += field->pitch) {
        drawn_box(&image, x, base - field->height, x + 2, base, BLACK);
    }
    if (field->has_base) {
        drawn_box(&image, LEFT_PX, base, right + 2, base + 2, BLACK);
    }
    if (field->is_closed) {
        drawn_box(&image, LEFT_PX, base - field->height - 2, right + 2, base - field->height, BLACK);
    }
    for (uint32_t i = 0; i < field->letters; i++) {
        for (uint32_t k = 0; k < field->each; k++) {
            uint32_t x = LEFT_PX + i * field->pitch + 12 + k * 9;
            drawn_box(&image, x, base - 34, x + 6, base - 8, BLACK);
        }
    }
    return image;
}

static bool is_black(const struct image *image, uint32_t x, uint32_t y) {
    return image->pixels[y * image->stride_bytes + 3 * (size_t)x] < 64;
}

static struct region region_at(double x0, double y0, double x1, double y1) {
    return (struct region){.corners = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, .score = 0.9};
}

/* Erases what is found in the drawing; gives how many fields were found. */
static size_t found_in(struct image *image, struct arena *arena, struct comb_list *combs) {
    assert_true(combs_erase(image, 0, arena, combs));
    return combs->count;
}

static void assert_found(const struct drawing *field) {
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct image image = drawn_field(field);
    struct comb_list combs;
    assert_int_equal(found_in(&image, arena, &combs), 1);
    assert_false(is_black(&image, LEFT_PX + field->pitch, TOP_PX + 40));     /* a stroke */
    assert_false(is_black(&image, LEFT_PX + field->pitch / 2, TOP_PX + 45)); /* the rule */
    assert_true(is_black(&image, LEFT_PX + 14, TOP_PX + 20));                /* a letter */
    drawn_image_free(&image);
    drawn_arena_end(arena);
}

static void assert_left(const struct drawing *field) {
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct image image = drawn_field(field);
    struct comb_list combs;
    assert_int_equal(found_in(&image, arena, &combs), 0);
    assert_true(is_black(&image, LEFT_PX + field->pitch, TOP_PX + 40));
    drawn_image_free(&image);
    drawn_arena_end(arena);
}

static void test_closed_cells_and_ticks(void **state) {
    (void)state;
    assert_found(&CLOSED);
    assert_found(&OPEN);
}

static void test_few_cells(void **state) {
    (void)state;
    for (uint32_t cells = 2; cells <= 3; cells++) {
        assert_found(&(struct drawing){cells, 40, 44, cells, 1, true, true});
        assert_found(&(struct drawing){cells, 40, 14, cells, 1, false, true});
    }
}

static void test_what_is_no_comb_is_left(void **state) {
    (void)state;
    assert_left(&(struct drawing){8, 40, 44, 0, 1, true, true});   /* nothing in the cells */
    assert_left(&(struct drawing){8, 60, 44, 6, 3, true, true});   /* words in a table */
    assert_left(&(struct drawing){4, 150, 44, 4, 1, true, true});  /* wide cells of a table */
    assert_left(&(struct drawing){8, 40, 44, 6, 1, false, false}); /* bars without a rule */
    assert_left(&(struct drawing){1, 40, 44, 1, 1, true, true});   /* too few */
    assert_left(&(struct drawing){3, 40, 44, 2, 1, true, true});   /* few, and not all with a letter */
    assert_left(&(struct drawing){3, 80, 44, 3, 1, true, true});   /* few, and wide as in a table */
    assert_left(&(struct drawing){3, 40, 34, 3, 1, false, true});  /* strokes as high as the letters between them */
}

/* The region holds all six letters. */
static void assert_field(const struct region *region) {
    assert_true(region->is_comb);
    assert_true(region->corners[0].x <= LEFT_PX + 12);
    assert_true(region->corners[1].x >= LEFT_PX + 5 * 40 + 18);
    assert_true(region->corners[0].y <= TOP_PX + 10 && region->corners[3].y >= TOP_PX + 36);
}

static void test_the_letters_of_a_field_are_one_region(void **state) {
    (void)state;
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct image image = drawn_field(&CLOSED);
    struct view view = view_of(&image, 0);
    struct comb_list combs;
    assert_int_equal(found_in(&image, arena, &combs), 1);
    struct region items[] = {region_at(10, 10, 90, 30), region_at(90, 58, 110, 90), region_at(130, 58, 200, 90),
                             region_at(420, 58, 600, 90), region_at(60, 110, 90, 130)};
    struct region_list regions = {.items = items, .count = 5};
    assert_true(combs_join(&combs, &view, arena, &regions));
    assert_int_equal(regions.count, 4); /* a label above, what is beside and below the field, and the field */
    assert_false(regions.items[0].is_comb || regions.items[1].is_comb || regions.items[2].is_comb);
    assert_field(&regions.items[3]);
    drawn_image_free(&image);
    drawn_arena_end(arena);
}

static void test_letters_that_the_detector_did_not_find_are_a_region(void **state) {
    (void)state;
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct image image = drawn_field(&CLOSED);
    struct view view = view_of(&image, 0);
    struct comb_list combs;
    assert_int_equal(found_in(&image, arena, &combs), 1);
    struct region items[] = {region_at(10, 10, 90, 30)};
    struct region_list regions = {.items = items, .count = 1};
    assert_true(combs_join(&combs, &view, arena, &regions));
    assert_int_equal(regions.count, 2);
    assert_field(&regions.items[1]);
    drawn_image_free(&image);
    drawn_arena_end(arena);
}

/* A label whose letters stand close above open cells does not raise the field. */
static void test_a_label_above_is_no_accent(void **state) {
    (void)state;
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct image image = drawn_field(&OPEN);
    drawn_box(&image, LEFT_PX + 8, TOP_PX - 8, LEFT_PX + 14, TOP_PX + 7, BLACK);
    struct comb_list combs;
    assert_int_equal(found_in(&image, arena, &combs), 1);
    assert_true(combs.items[0].rise_px < 40);
    drawn_image_free(&image);
    drawn_arena_end(arena);
}

static void invert(struct image *image) {
    for (size_t i = 0; i < (size_t)image->stride_bytes * image->height_px; i++) {
        image->pixels[i] ^= UINT8_MAX;
    }
}

static void test_light_rules_on_dark(void **state) {
    (void)state;
    static const struct drawing *const FIELDS[] = {&CLOSED, &OPEN};
    for (size_t i = 0; i < 2; i++) {
        struct arena *arena = drawn_arena(METER_NO_LIMIT);
        struct image image = drawn_field(FIELDS[i]);
        struct comb_list combs;
        invert(&image);
        assert_int_equal(found_in(&image, arena, &combs), 1);
        invert(&image);
        assert_false(is_black(&image, LEFT_PX + 40, TOP_PX + 40));
        assert_true(is_black(&image, LEFT_PX + 14, TOP_PX + 20));
        drawn_image_free(&image);
        drawn_arena_end(arena);
    }
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct arena *arena = drawn_arena(1000);
    struct image image = drawn_field(&CLOSED);
    struct comb_list combs;
    assert_false(combs_erase(&image, 0, arena, &combs));
    drawn_image_free(&image);
    drawn_arena_end(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_closed_cells_and_ticks),
        cmocka_unit_test(test_few_cells),
        cmocka_unit_test(test_what_is_no_comb_is_left),
        cmocka_unit_test(test_the_letters_of_a_field_are_one_region),
        cmocka_unit_test(test_letters_that_the_detector_did_not_find_are_a_region),
        cmocka_unit_test(test_a_label_above_is_no_accent),
        cmocka_unit_test(test_light_rules_on_dark),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
