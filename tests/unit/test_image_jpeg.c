/* test_image_jpeg.c - each kind of JPEG: its known pixels, its damage and its memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "image_files.h"

/* Quarters of 16-pixel blocks: flat inside a block, so that JPEG keeps them nearly. */
static uint32_t blocks(uint32_t x, uint32_t y) {
    static const uint32_t colors[4] = {0x204060, 0xC0A080, 0xF0F0F0, 0x802020};
    return colors[x / 16 % 2 + y / 16 % 2 * 2];
}

static uint32_t greys(uint32_t x, uint32_t y) {
    return (x / 16 + y / 16) % 2 == 0 ? 0x303030 : 0xD0D0D0;
}

static void expect_close(const struct image *image, pixel_function pixel, int tolerance) {
    for (uint32_t y = 0; y < image->height_px; y++) {
        for (uint32_t x = 0; x < image->width_px; x++) {
            int distance = pixel_distance(pixel_at(image, x, y), pixel(x, y));
            if (distance > tolerance) {
                print_error("(%u, %u): %06x instead of %06x\n", x, y, pixel_at(image, x, y), pixel(x, y));
            }
            assert_true(distance <= tolerance);
        }
    }
}

static void expect_recipe(struct jpeg_recipe recipe, int tolerance) {
    struct file file = jpeg_make(&recipe);
    struct image image = decode_well(&file, 0, 0);
    assert_int_equal(image.width_px, recipe.width_px);
    assert_int_equal(image.height_px, recipe.height_px);
    expect_close(&image, recipe.pixel, tolerance);
    image_free(&image);
    file_free(&file);
}

static void test_every_kind_gives_its_pixels(void **state) {
    (void)state;
    const struct jpeg_recipe plain = {.width_px = 75, .height_px = 50, .pixel = blocks};
    struct jpeg_recipe recipe = plain;
    expect_recipe(recipe, 6);
    recipe.progressive = true;
    expect_recipe(recipe, 6);
    recipe = plain;
    recipe.arithmetic = true;
    expect_recipe(recipe, 6);
    recipe = plain;
    recipe.separate_scans = true;
    expect_recipe(recipe, 6);
    recipe = plain;
    recipe.restart_blocks = 3;
    expect_recipe(recipe, 6);
    recipe = plain;
    recipe.ink = JPEG_INK_RGB;
    expect_recipe(recipe, 6);
    recipe = plain;
    recipe.ink = JPEG_INK_GREY;
    recipe.pixel = greys;
    expect_recipe(recipe, 6);
    recipe.width_px = recipe.height_px = 1;
    expect_recipe(recipe, 6);
}

static void test_every_sampling_keeps_sizes(void **state) {
    (void)state;
    for (int x = 1; x <= 4; x++) {
        for (int y = 1; y <= 4; y++) {
            if (x * y <= 8) { /* the format allows ten blocks in a unit */
                struct jpeg_recipe recipe = {
                    .width_px = 67, .height_px = 41, .pixel = greys, .sampling_x = x, .sampling_y = y};
                expect_recipe(recipe, 8);
                recipe.progressive = true;
                expect_recipe(recipe, 8);
            }
        }
    }
}

static void test_inks_are_inverted_where_adobe_says_so(void **state) {
    (void)state;
    struct jpeg_recipe recipe = {.width_px = 64, .height_px = 48, .pixel = blocks, .ink = JPEG_INK_CMYK};
    expect_recipe(recipe, 6);
    recipe.progressive = true;
    expect_recipe(recipe, 6);
    recipe.no_adobe_marker = true;
    expect_recipe(recipe, 6);
    recipe = (struct jpeg_recipe){.width_px = 64, .height_px = 48, .pixel = blocks, .ink = JPEG_INK_YCCK};
    expect_recipe(recipe, 6);
}

/* The stored image: its upper left block is red, its upper right one blue, the rest white. */
static uint32_t corners(uint32_t x, uint32_t y) {
    return y >= 16 || (x >= 16 && x < 64) ? 0xFFFFFF : x < 16 ? 0xC02020 : 0x2020C0;
}

static void test_orientations_put_the_corners_in_place(void **state) {
    (void)state;
    /* Corners as 0 upper left, 1 upper right, 2 lower right, 3 lower left: where red and blue are seen (EXIF 2.32). */
    static const int red[9] = {0, 0, 1, 2, 3, 0, 1, 2, 3}, blue[9] = {0, 1, 0, 3, 2, 3, 2, 1, 0};
    static const uint32_t turns[9] = {0, 0, 0, 180, 180, 270, 90, 90, 270};
    for (uint32_t orientation = 1; orientation <= 8; orientation++) {
        struct jpeg_recipe recipe = {.width_px = 80, .height_px = 48, .pixel = corners, .orientation = orientation};
        struct file file = jpeg_make(&recipe);
        for (uint32_t part = 1; part <= 2; part++) {
            uint32_t width = (orientation >= 5 ? 48 : 80) / part, height = (orientation >= 5 ? 80 : 48) / part;
            struct image image = decode_well(&file, width, height);
            uint32_t at[4][2] = {{2, 2}, {width - 3, 2}, {width - 3, height - 3}, {2, height - 3}};
            for (int corner = 0; corner < 4; corner++) {
                uint32_t wanted = corner == red[orientation]    ? 0xC02020
                                  : corner == blue[orientation] ? 0x2020C0
                                                                : 0xFFFFFF;
                assert_true(pixel_distance(pixel_at(&image, at[corner][0], at[corner][1]), wanted) <= 12);
            }
            assert_int_equal(image.rotation, turns[orientation]);
            assert_int_equal(image.source_width_px, orientation >= 5 ? 48 : 80);
            assert_true(image.scale_x == part && image.scale_y == part);
            image_free(&image);
        }
        file_free(&file);
    }
}

static uint32_t slope(uint32_t x, uint32_t y) {
    return (x * 255 / 640) << 16 | (y * 255 / 480) << 8 | ((x + y) * 255 / 1120);
}

static void test_every_working_size_shows_the_same_picture(void **state) {
    (void)state;
    for (int progressive = 0; progressive <= 1; progressive++) {
        struct jpeg_recipe recipe = {.width_px = 640,
                                     .height_px = 480,
                                     .pixel = slope,
                                     .sampling_x = 2,
                                     .sampling_y = 2,
                                     .progressive = progressive == 1};
        struct file file = jpeg_make(&recipe);
        for (uint32_t width = 640; width > 8; width = width * 7 / 8) {
            uint32_t height = width * 3 / 4;
            struct image image = decode_well(&file, width, height);
            for (uint32_t y = 0; y < height; y += 3) {
                for (uint32_t x = 0; x < width; x += 3) {
                    uint32_t wanted =
                        slope((uint32_t)((x + 0.5) * image.scale_x), (uint32_t)((y + 0.5) * image.scale_y));
                    assert_true(pixel_distance(pixel_at(&image, x, y), wanted) <= 6);
                }
            }
            image_free(&image);
        }
        file_free(&file);
    }
}

static void test_truncation_is_told_but_a_missing_end_marker_is_not(void **state) {
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        struct jpeg_recipe recipe = {.width_px = 200,
                                     .height_px = 160,
                                     .pixel = slope,
                                     .progressive = kind == 1,
                                     .separate_scans = kind == 2,
                                     .restart_blocks = kind == 3 ? 4 : 0};
        struct file file = jpeg_make(&recipe);
        struct file part = file;
        part.count = file.count - 2;
        assert_int_equal(decode_status(&part), LINCE_OK);
        for (size_t length = 1; length < file.count - 8; length += length / 16 + 1) {
            part.count = length;
            enum lince_status status = decode_status(&part);
            assert_true(status == LINCE_ERROR_DAMAGED || (length < 3 && status == LINCE_ERROR_UNKNOWN_FORMAT));
        }
        file_free(&file);
    }
}

static void test_a_lost_restart_is_told(void **state) {
    (void)state;
    struct jpeg_recipe recipe = {.width_px = 200, .height_px = 160, .pixel = slope, .restart_blocks = 4};
    struct file file = jpeg_make(&recipe);
    size_t at = file.count / 2;
    while (file.bytes[at] != 0xFF || (file.bytes[at + 1] & 0xF8) != 0xD0) {
        at++;
    }
    file.bytes[at + 1] ^= 3; /* the marker of another interval, as where bytes between were lost */
    assert_int_equal(decode_status(&file), LINCE_ERROR_DAMAGED);
    file_free(&file);
}

static void test_a_thousand_scans_are_refused(void **state) {
    (void)state;
    struct jpeg_recipe recipe = {
        .width_px = 64, .height_px = 64, .pixel = greys, .ink = JPEG_INK_GREY, .progressive = true};
    struct file file = jpeg_make(&recipe), bomb = {0};
    size_t last = file.count; /* the last scan, without the end marker */
    while (file.bytes[last - 2] != 0xFF || file.bytes[last - 1] != 0xDA) {
        last--;
    }
    file_append(&bomb, file.bytes, file.count - 2);
    for (int i = 0; i < 1000; i++) {
        file_append(&bomb, file.bytes + last - 2, file.count - last);
    }
    file_append(&bomb, "\xFF\xD9", 2);
    assert_int_equal(decode_status(&bomb), LINCE_ERROR_UNSUPPORTED);
    file_free(&file);
    file_free(&bomb);
}

static void test_an_empty_side_is_damage(void **state) {
    (void)state;
    struct jpeg_recipe recipe = {.width_px = 64, .height_px = 64, .pixel = greys};
    struct file file = jpeg_make(&recipe);
    for (size_t i = 0; i + 9 < file.count; i++) {
        if (file.bytes[i] == 0xFF && file.bytes[i + 1] == 0xC0) {
            file.bytes[i + 5] = file.bytes[i + 6] = 0;
            break;
        }
    }
    assert_int_equal(decode_status(&file), LINCE_ERROR_DAMAGED);
    file_free(&file);
}

static void test_every_refused_charge_is_an_ordinary_error(void **state) {
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        struct jpeg_recipe recipe = {.width_px = 100,
                                     .height_px = 80,
                                     .pixel = blocks,
                                     .ink = kind == 2 ? JPEG_INK_CMYK : JPEG_INK_YCC,
                                     .progressive = kind == 1,
                                     .orientation = kind == 3 ? 6 : 0};
        struct file file = jpeg_make(&recipe);
        assert_true(refusals_hold(&file, 0, 0) > 10);
        assert_true(refusals_hold(&file, 30, 30) > 10);
        file_free(&file);
    }
}

static void test_damage_never_does_more_than_fail(void **state) {
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        struct jpeg_recipe recipe = {.width_px = 120,
                                     .height_px = 90,
                                     .pixel = slope,
                                     .ink = kind == 2 ? JPEG_INK_YCCK : JPEG_INK_YCC,
                                     .sampling_x = kind == 0 ? 2 : 1,
                                     .sampling_y = kind == 0 ? 2 : 1,
                                     .progressive = kind == 1,
                                     .restart_blocks = kind == 3 ? 2 : 0,
                                     .orientation = 5,
                                     .quality = 40};
        struct file file = jpeg_make(&recipe);
        damage_holds(&file, 500);
        file_free(&file);
    }
}

static void test_a_large_image_stays_within_its_price(void **state) {
    (void)state;
    for (int progressive = 0; progressive <= 1; progressive++) {
        struct jpeg_recipe recipe = {.width_px = 2000,
                                     .height_px = 1500,
                                     .pixel = slope,
                                     .sampling_x = 2,
                                     .sampling_y = 2,
                                     .progressive = progressive == 1};
        struct file file = jpeg_make(&recipe);
        static const uint32_t widths[] = {2000, 1999, 1200, 1000, 400};
        for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
            struct image image = decode_well(&file, widths[i], widths[i] * 3 / 4);
            image_free(&image);
        }
        file_free(&file);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_gives_its_pixels),
        cmocka_unit_test(test_every_sampling_keeps_sizes),
        cmocka_unit_test(test_inks_are_inverted_where_adobe_says_so),
        cmocka_unit_test(test_orientations_put_the_corners_in_place),
        cmocka_unit_test(test_every_working_size_shows_the_same_picture),
        cmocka_unit_test(test_truncation_is_told_but_a_missing_end_marker_is_not),
        cmocka_unit_test(test_a_lost_restart_is_told),
        cmocka_unit_test(test_a_thousand_scans_are_refused),
        cmocka_unit_test(test_an_empty_side_is_damage),
        cmocka_unit_test(test_every_refused_charge_is_an_ordinary_error),
        cmocka_unit_test(test_damage_never_does_more_than_fail),
        cmocka_unit_test(test_a_large_image_stays_within_its_price),
    };
    return cmocka_run_group_tests_name("image_jpeg", tests, NULL, NULL);
}
