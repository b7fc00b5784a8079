/* test_overprint.c - watermarks and stamps across dark strokes go; panels, coloured text and greys by themselves stay.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/overprint.h"

enum {
    SIDE_PX = 400,
    PITCH_PX = 30,
    LETTER_PX = 16,
    WHITE = 0xffffff,
    BLACK = 0x101010,
    GREY = 0xc8c8c8,
    RED = 0xde6868
};

/* Rows of dark strokes over what was drawn before. */
static void letters_draw(struct image *image) {
    for (uint32_t y = 20; y + PITCH_PX < SIDE_PX; y += PITCH_PX) {
        for (uint32_t x = 20; x < 380; x += 20) {
            drawn_box(image, x, y, x + 3, y + LETTER_PX, BLACK);
        }
    }
}

/* Two broad strokes that cross one another. */
static void mark_draw(struct image *image, uint32_t ink) {
    for (uint32_t i = 0; i < 300; i++) {
        drawn_box(image, 50 + i, 50 + i, 62 + i, 51 + i, ink);
        drawn_box(image, 338 - i, 50 + i, 350 - i, 51 + i, ink);
    }
}

static bool are_same(const struct image *a, const struct image *b) {
    for (uint32_t y = 0; y < a->height_px; y++) {
        if (memcmp(a->pixels + y * a->stride_bytes, b->pixels + y * b->stride_bytes, (size_t)a->width_px * 3) != 0) {
            return false;
        }
    }
    return true;
}

static bool is_found(struct image *image) {
    struct image before = drawn_turned(image, 0);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    bool found;
    assert_true(overprint_erase(image, arena, &found));
    drawn_arena_end(arena);
    assert_true(found || are_same(image, &before));
    drawn_image_free(&before);
    return found;
}

static void mark_goes(uint32_t ink) {
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE), wanted = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    mark_draw(&image, ink);
    letters_draw(&image);
    letters_draw(&wanted);
    assert_true(is_found(&image));
    for (uint32_t y = 0; y < SIDE_PX; y++) {
        for (uint32_t x = 0; x < SIDE_PX; x++) {
            uint8_t level = image.pixels[y * image.stride_bytes + (size_t)x * 3];
            uint8_t right = wanted.pixels[y * wanted.stride_bytes + (size_t)x * 3];
            assert_true(right == 0xff ? level >= 0xf0 : level <= 0x40); /* as dark as letters, as light as paper */
        }
    }
    drawn_image_free(&image);
    drawn_image_free(&wanted);
}

static void test_a_watermark_goes_and_the_letters_across_it_stay(void **state) {
    (void)state;
    mark_goes(GREY);
}

static void test_a_stamp_goes_and_the_letters_across_it_stay(void **state) {
    (void)state;
    mark_goes(RED);
    mark_goes(0x7080e0);
}

static void test_what_no_letter_crosses_stays(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    mark_draw(&image, RED);
    assert_false(is_found(&image));
    drawn_image_free(&image);
}

static void test_a_panel_below_letters_stays(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    drawn_box(&image, 10, 100, 390, 190, 0xd0e0ff);
    letters_draw(&image);
    assert_false(is_found(&image));
    drawn_image_free(&image);
}

/* Strokes a few pixels apart, as in large print. */
static void print_draw(struct image *image, uint32_t y, uint32_t ink) {
    for (uint32_t x = 30; x < 340; x += 12) {
        drawn_box(image, x, y, x + 5, y + 40, ink);
    }
}

static void test_coloured_print_on_paper_and_on_a_dark_ground_stays(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    letters_draw(&image);
    drawn_box(&image, 0, 0, SIDE_PX, 160, WHITE);
    drawn_box(&image, 0, 290, SIDE_PX, SIDE_PX, 0x12243a);
    print_draw(&image, 40, 0xb80000);
    print_draw(&image, 100, 0xb80000);
    print_draw(&image, 320, 0xb80000);
    assert_false(is_found(&image));
    drawn_image_free(&image);
}

static void test_dark_pages_stay(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, 0x303030);
    mark_draw(&image, GREY);
    letters_draw(&image);
    assert_false(is_found(&image));
    drawn_image_free(&image);
}

static void test_memory_may_be_refused(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    struct arena *arena = drawn_arena(1024);
    bool found;
    assert_false(overprint_erase(&image, arena, &found));
    assert_false(found);
    drawn_arena_end(arena);
    drawn_image_free(&image);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_watermark_goes_and_the_letters_across_it_stay),
        cmocka_unit_test(test_a_stamp_goes_and_the_letters_across_it_stay),
        cmocka_unit_test(test_what_no_letter_crosses_stays),
        cmocka_unit_test(test_a_panel_below_letters_stays),
        cmocka_unit_test(test_coloured_print_on_paper_and_on_a_dark_ground_stays),
        cmocka_unit_test(test_dark_pages_stay),
        cmocka_unit_test(test_memory_may_be_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
