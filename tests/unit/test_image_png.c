/* test_image_png.c - each colour type and depth of PNG, plain and interlaced, compared with its known pixels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <png.h>

#include "image_files.h"

static struct png_recipe now; /* what the sample functions draw */

/* Every value of the depth occurs, and every channel differs. */
static uint32_t samples(uint32_t x, uint32_t y, uint32_t channel) {
    uint32_t most = (1u << now.bits) - 1;
    if (now.color_type == PNG_COLOR_TYPE_PALETTE) {
        return (x * 3 + y * 5) % (uint32_t)now.palette_count;
    }
    uint32_t value = (x * 7 + y * 13 + channel * 29) * (now.bits == 16 ? 1021 : 1);
    return value & most;
}

static uint32_t to_eight_bits(uint32_t sample, int bits) {
    double most = (1u << bits) - 1;
    return (uint32_t)(sample * 255 / most + 0.5);
}

static bool is_transparent(uint32_t x, uint32_t y) {
    if (now.transparent == NULL) {
        return false;
    }
    uint32_t channels = now.color_type == PNG_COLOR_TYPE_GRAY ? 1 : 3;
    for (uint32_t c = 0; c < channels; c++) {
        if (samples(x, y, c) != now.transparent[c]) {
            return false;
        }
    }
    return true;
}

/* What the specification says a viewer shows on a ground of that level. */
static uint32_t wanted_on(uint32_t x, uint32_t y, uint32_t ground) {
    uint32_t rgb[3], alpha = is_transparent(x, y) ? 0 : 255;
    if (now.color_type == PNG_COLOR_TYPE_PALETTE) {
        uint32_t index = samples(x, y, 0);
        for (int c = 0; c < 3; c++) {
            rgb[c] = now.palette[index * 3 + (uint32_t)c];
        }
        alpha = (int)index < now.palette_alpha_count ? now.palette_alpha[index] : 255;
    } else {
        bool colour = (now.color_type & PNG_COLOR_MASK_COLOR) != 0;
        for (uint32_t c = 0; c < 3; c++) {
            rgb[c] = to_eight_bits(samples(x, y, colour ? c : 0), now.bits);
        }
        if ((now.color_type & PNG_COLOR_MASK_ALPHA) != 0) {
            alpha = to_eight_bits(samples(x, y, colour ? 3 : 1), now.bits);
        }
    }
    return pixel_over(rgb[0] << 16 | rgb[1] << 8 | rgb[2], alpha, ground);
}

static uint32_t wanted(uint32_t x, uint32_t y) {
    return wanted_on(x, y, 255);
}

/* The ground that the decoder took, by the pixels themselves: white unless another comes nearer to all of them. */
static uint32_t ground_of(const struct image *image) {
    static const uint32_t grounds[] = {255, 0, 128};
    uint32_t best = 255;
    int64_t best_sum = INT64_MAX;
    for (int i = 0; i < 3; i++) {
        int64_t sum = 0;
        for (uint32_t at = 0; at < now.width_px * now.height_px; at++) {
            uint32_t x = at % now.width_px, y = at / now.width_px;
            sum += pixel_distance(pixel_at(image, x, y), wanted_on(x, y, grounds[i]));
        }
        if (sum < best_sum) {
            best_sum = sum;
            best = grounds[i];
        }
    }
    return best;
}

static void expect_now(int tolerance) {
    struct file file = png_make(&now);
    struct image image = decode_well(&file, 0, 0);
    uint32_t ground = ground_of(&image);
    for (uint32_t y = 0; y < now.height_px; y++) {
        for (uint32_t x = 0; x < now.width_px; x++) {
            int distance = pixel_distance(pixel_at(&image, x, y), wanted_on(x, y, ground));
            if (distance > tolerance) {
                print_error("type %d, %d bits, interlaced %d, (%u, %u): %06x instead of %06x\n", now.color_type,
                            now.bits, now.interlaced, x, y, pixel_at(&image, x, y), wanted_on(x, y, ground));
            }
            assert_true(distance <= tolerance);
        }
    }
    image_free(&image);
    file_free(&file);
}

static const uint8_t palette[16 * 3] = {0, 0, 0,   255, 0,   0,   0,   255, 0,   0,   0,   255, 255, 255, 0,   9,
                                        8, 7, 100, 110, 120, 130, 140, 150, 160, 170, 180, 200, 210, 220, 1,   2,
                                        3, 4, 5,   6,   77,  88,  99,  30,  60,  90,  12,  24,  36,  255, 255, 255};

static void each_type(bool interlaced, uint32_t width, uint32_t height) {
    static const int types[][2] = {{0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1},
                                   {3, 2}, {3, 4}, {3, 8}, {4, 8}, {4, 16}, {6, 8}, {6, 16}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        int color = types[i][0], bits = types[i][1];
        now = (struct png_recipe){.width_px = width,
                                  .height_px = height,
                                  .color_type = color,
                                  .bits = bits,
                                  .interlaced = interlaced,
                                  .sample = samples};
        if (color == PNG_COLOR_TYPE_PALETTE) {
            now.palette = palette;
            now.palette_count = bits >= 4 ? 16 : 1 << bits;
        }
        int tolerance = (color & PNG_COLOR_MASK_ALPHA) != 0 && bits == 16 ? 1 : 0; /* alpha is rounded before use */
        expect_now(tolerance);
        static const uint8_t alphas[3] = {0, 100, 255};
        uint16_t transparent[3] = {(uint16_t)samples(3, 2, 0), (uint16_t)samples(3, 2, 1), (uint16_t)samples(3, 2, 2)};
        if (color == PNG_COLOR_TYPE_PALETTE) {
            now.palette_alpha = alphas;
            now.palette_alpha_count = now.palette_count < 3 ? 2 : 3;
        } else if ((color & PNG_COLOR_MASK_ALPHA) == 0) {
            now.transparent = transparent;
        } else {
            continue;
        }
        expect_now(tolerance);
    }
}

static void test_every_type_gives_its_pixels(void **state) {
    (void)state;
    each_type(false, 37, 21);
    each_type(false, 1, 1);
}

static void test_every_type_in_passes_gives_its_pixels(void **state) {
    (void)state;
    for (uint32_t width = 1; width <= 9; width++) { /* some passes are empty */
        for (uint32_t height = 1; height <= 9; height++) {
            each_type(true, width, height);
        }
    }
    each_type(true, 37, 21);
}

/* Stripes of the highest values, the gaps between them transparent. */
static uint32_t white_stripes(uint32_t x, uint32_t y, uint32_t channel) {
    (void)y;
    uint32_t most = (1u << now.bits) - 1, visible = x / 3 % 2;
    if (now.color_type == PNG_COLOR_TYPE_PALETTE) {
        return visible;
    }
    bool is_alpha = channel == (now.color_type == PNG_COLOR_TYPE_GRAY_ALPHA ? 1 : 3);
    return is_alpha && visible == 0 ? 0 : most;
}

static void test_white_on_a_transparent_ground_is_laid_on_black(void **state) {
    (void)state;
    static const int types[][2] = {{4, 8}, {4, 16}, {6, 8}, {6, 16}, {3, 1}, {3, 8}};
    static const uint8_t whites[6] = {255, 255, 255, 255, 255, 255}, alphas[2] = {0, 255};
    for (size_t i = 0; i < 2 * sizeof types / sizeof *types; i++) {
        now = (struct png_recipe){.width_px = 40,
                                  .height_px = 20,
                                  .color_type = types[i / 2][0],
                                  .bits = types[i / 2][1],
                                  .interlaced = i % 2 == 1,
                                  .sample = white_stripes};
        if (now.color_type == PNG_COLOR_TYPE_PALETTE) {
            now.palette = whites;
            now.palette_count = 2;
            now.palette_alpha = alphas;
            now.palette_alpha_count = 2;
        }
        struct file file = png_make(&now);
        struct image image = decode_well(&file, 0, 0);
        for (uint32_t x = 0; x < 40; x++) {
            assert_int_equal(pixel_at(&image, x, 7), x / 3 % 2 == 1 ? 0xFFFFFF : 0);
        }
        image_free(&image);
        file_free(&file);
    }
}

static void test_reduction_averages_blocks(void **state) {
    (void)state;
    for (int interlaced = 0; interlaced <= 1; interlaced++) {
        now = (struct png_recipe){.width_px = 60,
                                  .height_px = 36,
                                  .color_type = PNG_COLOR_TYPE_GRAY,
                                  .bits = 8,
                                  .interlaced = interlaced == 1,
                                  .sample = samples};
        struct file file = png_make(&now);
        struct image image = decode_well(&file, 20, 9); /* blocks of 3 x 4 */
        for (uint32_t y = 0; y < 9; y++) {
            for (uint32_t x = 0; x < 20; x++) {
                uint32_t sum = 0;
                for (uint32_t i = 0; i < 12; i++) {
                    sum += samples(x * 3 + i % 3, y * 4 + i / 3, 0);
                }
                assert_int_equal(pixel_at(&image, x, y) & 255, (sum + 6) / 12);
            }
        }
        image_free(&image);
        file_free(&file);
    }
}

static void test_an_orientation_before_the_pixels_holds(void **state) {
    (void)state;
    now = (struct png_recipe){.width_px = 40,
                              .height_px = 20,
                              .color_type = PNG_COLOR_TYPE_RGB,
                              .bits = 8,
                              .sample = samples,
                              .orientation = 6};
    struct file file = png_make(&now);
    struct image image = decode_well(&file, 20, 40);
    assert_int_equal(image.rotation, 90);
    for (uint32_t y = 0; y < 20; y++) {
        for (uint32_t x = 0; x < 40; x++) {
            assert_int_equal(pixel_at(&image, 19 - y, x), wanted(x, y));
        }
    }
    image_free(&image);
    file_free(&file);
}

static struct file noise_make(bool interlaced, int color_type, uint32_t side) {
    now = (struct png_recipe){.width_px = side,
                              .height_px = side,
                              .color_type = color_type,
                              .bits = 8,
                              .interlaced = interlaced,
                              .sample = samples};
    return png_make(&now);
}

static void test_truncation_and_wrong_checksums_are_told(void **state) {
    (void)state;
    for (int interlaced = 0; interlaced <= 1; interlaced++) {
        struct file file = noise_make(interlaced == 1, PNG_COLOR_TYPE_RGB, 50), part = file;
        part.count = file.count - 12; /* the end chunk alone is missing */
        assert_int_equal(decode_status(&part), LINCE_OK);
        for (size_t length = 8; length < file.count - 12; length += length / 16 + 1) {
            part.count = length;
            assert_int_equal(decode_status(&part), LINCE_ERROR_DAMAGED);
        }
#ifndef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION /* there checksums are not looked at */
        file.bytes[29] ^= 1;                     /* the checksum of the header */
        assert_int_equal(decode_status(&file), LINCE_ERROR_DAMAGED);
        file.bytes[29] ^= 1;
        file.bytes[file.count - 14] ^= 1; /* the checksum of the pixels */
        assert_int_equal(decode_status(&file), LINCE_ERROR_DAMAGED);
#endif
        file_free(&file);
    }
}

static void test_every_refused_charge_is_an_ordinary_error(void **state) {
    (void)state;
    for (int interlaced = 0; interlaced <= 1; interlaced++) {
        struct file file = noise_make(interlaced == 1, PNG_COLOR_TYPE_RGB_ALPHA, 30);
        assert_true(refusals_hold(&file, 0, 0) > 5);
        assert_true(refusals_hold(&file, 10, 11) > 5);
        file_free(&file);
    }
}

static void test_damage_never_does_more_than_fail(void **state) {
    (void)state;
    static const int types[] = {PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_RGB_ALPHA};
    for (int kind = 0; kind < 6; kind++) {
        struct file file = noise_make(kind % 2 == 1, types[kind / 2], 40);
        damage_holds(&file, 500);
        file_free(&file);
    }
}

/* 18 megapixels: the working image and a few rows are all that is ever held. */
static void test_a_huge_image_never_stands_in_memory_whole(void **state) {
    (void)state;
    for (int interlaced = 0; interlaced <= 1; interlaced++) {
        now = (struct png_recipe){.width_px = 3600,
                                  .height_px = 5000,
                                  .color_type = PNG_COLOR_TYPE_GRAY,
                                  .bits = 8,
                                  .interlaced = interlaced == 1,
                                  .sample = samples,
                                  .level = 1};
        struct file file = png_make(&now);
        struct image_header header;
        assert_int_equal(image_header_read(file.bytes, file.count, &header, NULL), LINCE_OK);
        assert_true(image_decode_bytes(&header, 900, 1250) < image_result_bytes(900, 1250) + 1500000);
        struct image image = decode_well(&file, 900, 1250);
        image_free(&image);
        file_free(&file);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type_gives_its_pixels),
        cmocka_unit_test(test_every_type_in_passes_gives_its_pixels),
        cmocka_unit_test(test_white_on_a_transparent_ground_is_laid_on_black),
        cmocka_unit_test(test_reduction_averages_blocks),
        cmocka_unit_test(test_an_orientation_before_the_pixels_holds),
        cmocka_unit_test(test_truncation_and_wrong_checksums_are_told),
        cmocka_unit_test(test_every_refused_charge_is_an_ordinary_error),
        cmocka_unit_test(test_damage_never_does_more_than_fail),
        cmocka_unit_test(test_a_huge_image_never_stands_in_memory_whole),
    };
    return cmocka_run_group_tests_name("image_png", tests, NULL, NULL);
}
