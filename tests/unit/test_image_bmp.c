/* test_image_bmp.c - every way in which a BMP stores pixels, written by hand, compared with its known pixels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "image_files.h"

enum { WIDTH = 13, HEIGHT = 7 };

struct bmp_recipe {
    uint32_t header_bytes, bits, compression;
    bool top_down;
    uint32_t masks[4];
    uint32_t (*sample)(uint32_t x, uint32_t y); /* in the file's own bits */
    const uint8_t *runs;                        /* instead of samples */
    size_t runs_bytes;
};

static void header_append(struct file *file, const struct bmp_recipe *recipe, uint32_t pixels_at) {
    bool core = recipe->header_bytes == 12;
    file_append_text(file, "BM");
    file_append_number(file, 0, 4, false); /* file size: not looked at */
    file_append_number(file, 0, 4, false);
    file_append_number(file, pixels_at, 4, false);
    size_t start = file->count;
    file_append_number(file, recipe->header_bytes, 4, false);
    file_append_number(file, WIDTH, core ? 2 : 4, false);
    file_append_number(file, recipe->top_down ? 0u - HEIGHT : HEIGHT, core ? 2 : 4, false);
    file_append_number(file, 1, 2, false);
    file_append_number(file, recipe->bits, 2, false);
    if (core) {
        return;
    }
    if (recipe->header_bytes >= 40) {
        file_append_number(file, recipe->compression, 4, false);
        for (int i = 0; i < 5; i++) {
            file_append_number(file, 0, 4, false);
        }
    }
    bool masked = recipe->compression == 3 || recipe->compression == 6;
    for (int i = 0; i < (recipe->compression == 6 || recipe->header_bytes > 52 ? 4 : 3) && masked; i++) {
        file_append_number(file, recipe->masks[i], 4, false);
    }
    while (file->count - start < recipe->header_bytes) {
        file_append_number(file, 0, 1, false);
    }
}

/* Colour `i` of a palette. */
static uint32_t color(uint32_t i) {
    return (i * 37 & 255) << 16 | (i * 101 & 255) << 8 | (255 - i);
}

static void rows_append(struct file *file, const struct bmp_recipe *recipe) {
    uint32_t stride = (WIDTH * recipe->bits + 31) / 32 * 4;
    for (uint32_t i = 0; i < HEIGHT; i++) {
        uint32_t y = recipe->top_down ? i : HEIGHT - 1 - i;
        uint8_t row[WIDTH * 4 + 4] = {0};
        for (uint32_t x = 0; x < WIDTH; x++) {
            uint32_t sample = recipe->sample(x, y), bit = x * recipe->bits;
            for (uint32_t b = 0; b < recipe->bits / 8; b++) {
                row[bit / 8 + b] = (uint8_t)(sample >> 8 * b);
            }
            if (recipe->bits < 8) {
                row[bit / 8] |= (uint8_t)(sample << (8 - recipe->bits - bit % 8));
            }
        }
        file_append(file, row, stride);
    }
}

static struct file bmp_make(const struct bmp_recipe *recipe) {
    struct file file = {0};
    bool core = recipe->header_bytes == 12;
    uint32_t colors = recipe->bits <= 8 ? 1u << recipe->bits : 0;
    uint32_t masks = recipe->header_bytes != 40 ? 0 : recipe->compression == 3 ? 12 : recipe->compression == 6 ? 16 : 0;
    header_append(&file, recipe, 14 + recipe->header_bytes + masks + colors * (core ? 3 : 4));
    for (uint32_t i = 0; i < colors; i++) {
        file_append_number(&file, color(i), core ? 3 : 4, false);
    }
    if (recipe->runs != NULL) {
        file_append(&file, recipe->runs, recipe->runs_bytes);
    } else {
        rows_append(&file, recipe);
    }
    return file;
}

static uint32_t index_1(uint32_t x, uint32_t y) {
    return (x + y) & 1;
}
static uint32_t index_2(uint32_t x, uint32_t y) {
    return (x + y) & 3;
}
static uint32_t index_4(uint32_t x, uint32_t y) {
    return (x + y) & 15;
}
static uint32_t index_8(uint32_t x, uint32_t y) {
    return x * 16 + y;
}
static uint32_t rgb(uint32_t x, uint32_t y) {
    return (x * 19) << 16 | (y * 31) << 8 | (x * y);
}
static uint32_t argb(uint32_t x, uint32_t y) {
    return rgb(x, y) | (x * 20) << 24;
}
static uint32_t rgb_555(uint32_t x, uint32_t y) {
    return x << 10 | y << 5 | ((x + y) & 31);
}
static uint32_t rgb_565(uint32_t x, uint32_t y) {
    return x << 11 | (y * 8) << 5 | ((x + y) & 31);
}

static uint32_t widened(uint32_t value, uint32_t most) {
    return (value * 255 * 2 + most) / (most * 2);
}
static uint32_t of_index_1(uint32_t x, uint32_t y) {
    return color(index_1(x, y));
}
static uint32_t of_index_2(uint32_t x, uint32_t y) {
    return color(index_2(x, y));
}
static uint32_t of_index_4(uint32_t x, uint32_t y) {
    return color(index_4(x, y));
}
static uint32_t of_index_8(uint32_t x, uint32_t y) {
    return color(index_8(x, y));
}
static uint32_t of_argb(uint32_t x, uint32_t y) {
    return pixel_over_white(rgb(x, y), x * 20);
}
static uint32_t of_555(uint32_t x, uint32_t y) {
    return widened(x, 31) << 16 | widened(y, 31) << 8 | widened((x + y) & 31, 31);
}
static uint32_t of_565(uint32_t x, uint32_t y) {
    return widened(x, 31) << 16 | widened(y * 8, 63) << 8 | widened((x + y) & 31, 31);
}

static void expect_file(const struct file *file, pixel_function wanted) {
    struct image image = decode_well(file, WIDTH, HEIGHT);
    for (uint32_t y = 0; y < HEIGHT; y++) {
        for (uint32_t x = 0; x < WIDTH; x++) {
            assert_int_equal(pixel_at(&image, x, y), wanted(x, y));
        }
    }
    image_free(&image);
}

static void expect_recipe(struct bmp_recipe recipe, pixel_function wanted) {
    for (int top_down = 0; top_down <= (recipe.header_bytes == 12 ? 0 : 1); top_down++) {
        recipe.top_down = top_down == 1;
        struct file file = bmp_make(&recipe);
        expect_file(&file, wanted);
        file_free(&file);
    }
}

static void test_every_depth_and_header_gives_its_pixels(void **state) {
    (void)state;
    static const uint32_t headers[] = {12, 40, 52, 56, 64, 108, 124};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        expect_recipe((struct bmp_recipe){.header_bytes = headers[i], .bits = 1, .sample = index_1}, of_index_1);
        expect_recipe((struct bmp_recipe){.header_bytes = headers[i], .bits = 2, .sample = index_2}, of_index_2);
        expect_recipe((struct bmp_recipe){.header_bytes = headers[i], .bits = 4, .sample = index_4}, of_index_4);
        expect_recipe((struct bmp_recipe){.header_bytes = headers[i], .bits = 8, .sample = index_8}, of_index_8);
        expect_recipe((struct bmp_recipe){.header_bytes = headers[i], .bits = 24, .sample = rgb}, rgb);
        if (headers[i] != 12) {
            expect_recipe((struct bmp_recipe){.header_bytes = headers[i], .bits = 16, .sample = rgb_555}, of_555);
            expect_recipe((struct bmp_recipe){.header_bytes = headers[i], .bits = 32, .sample = argb}, rgb);
        }
    }
    expect_recipe((struct bmp_recipe){.header_bytes = 16, .bits = 24, .sample = rgb}, rgb);
}

static uint32_t rgb_only(uint32_t x, uint32_t y) {
    return rgb(x, y); /* the bits of the transparency are all zero */
}

static void test_masks_say_where_the_bits_are(void **state) {
    (void)state;
    static const uint32_t headers[] = {40, 52, 56, 108, 124};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct bmp_recipe recipe = {.header_bytes = headers[i],
                                    .bits = 16,
                                    .compression = 3,
                                    .masks = {0xF800, 0x7E0, 0x1F, 0},
                                    .sample = rgb_565};
        expect_recipe(recipe, of_565);
        recipe = (struct bmp_recipe){.header_bytes = headers[i],
                                     .bits = 32,
                                     .compression = 3,
                                     .masks = {0xFF0000, 0xFF00, 0xFF, 0xFF000000},
                                     .sample = argb};
        expect_recipe(recipe, headers[i] > 52 ? of_argb : rgb);
        recipe.sample = rgb_only;
        expect_recipe(recipe, rgb);
    }
    expect_recipe((struct bmp_recipe){.header_bytes = 40,
                                      .bits = 32,
                                      .compression = 6,
                                      .masks = {0xFF0000, 0xFF00, 0xFF, 0xFF000000},
                                      .sample = argb},
                  of_argb);
    struct bmp_recipe gap = {
        .header_bytes = 40, .bits = 16, .compression = 3, .masks = {0xA000, 0x7E0, 0x1F, 0}, .sample = rgb_565};
    struct file file = bmp_make(&gap);
    struct image image;
    struct lince_error error = LINCE_ERROR_INIT;
    assert_int_equal(decode_watched(&file, 0, 0, &image, &error), LINCE_ERROR_DAMAGED);
    file_free(&file);
}

/* From the bottom: a full row of colour 5; a row of 3 literal colours and 10 of colour 2; a move over one row and four
 * pixels; one pixel of colour 1; the end. */
static const uint8_t runs_8[] = {13, 5, 0, 0, 0, 3, 7, 8, 9, 0, 10, 2, 0, 0, 0, 2, 4, 1, 1, 1, 0, 0, 0, 1};
static const uint8_t runs_4[] = {13, 0x55, 0, 0, 0, 3, 0x78, 0x90, 10, 0x22, 0, 0, 0, 2, 4, 1, 1, 0x11, 0, 0, 0, 1};

/* The same rows, with runs and literal pixels that pass the edge, as programs write that pad rows to 4 or 8 pixels. */
static const uint8_t padded_8[] = {16, 5, 0, 0, 0, 3, 7, 8, 9, 0, 13, 2, 0, 0, 0, 2, 4, 1, 1, 1, 0, 0, 0, 1};
static const uint8_t padded_4[] = {16, 0x55, 0, 0, 0, 3, 0x78, 0x90, 13, 0x22, 0, 0, 0, 2, 4, 1, 1, 0x11, 0, 0, 0, 1};
static const uint8_t literal_8[] = {13, 5, 1, 5, 0, 0, 0, 16, 7, 8, 9, 2, 2, 2, 2, 2, 2, 2,
                                    2,  2, 2, 6, 6, 6, 0, 0,  0, 2, 4, 1, 1, 1, 0, 0, 0, 1};
static const uint8_t past_edge_8[] = {255, 5, 255, 5, 0, 0, 0, 3, 7, 8, 9, 0, 10, 2, 1, 6, 0,
                                      3,   6, 6,   6, 0, 0, 0, 0, 2, 4, 1, 1, 1,  0, 0, 0, 1};

static uint32_t of_runs(uint32_t x, uint32_t y) {
    uint32_t from_bottom = HEIGHT - 1 - y;
    switch (from_bottom) {
    case 0:
        return color(5);
    case 1:
        return color(x < 3 ? 7 + x : 2);
    case 3:
        return x == 4 ? color(1) : 0xFFFFFF;
    default:
        return 0xFFFFFF;
    }
}

static void test_run_lengths_are_unpacked(void **state) {
    (void)state;
    struct bmp_recipe recipe = {
        .header_bytes = 40, .bits = 8, .compression = 1, .runs = runs_8, .runs_bytes = sizeof runs_8};
    struct file file = bmp_make(&recipe);
    expect_file(&file, of_runs);
    file_free(&file);
    recipe = (struct bmp_recipe){
        .header_bytes = 40, .bits = 4, .compression = 2, .runs = runs_4, .runs_bytes = sizeof runs_4};
    file = bmp_make(&recipe);
    /* In runs of two colours the literal row begins with 7, 8, 9 as well. */
    expect_file(&file, of_runs);
    file_free(&file);
}

static void test_runs_are_cut_at_the_edge(void **state) {
    (void)state;
    static const struct {
        const uint8_t *bytes;
        size_t count;
        uint32_t bits;
    } padded[] = {{padded_8, sizeof padded_8, 8},
                  {padded_4, sizeof padded_4, 4},
                  {literal_8, sizeof literal_8, 8},
                  {past_edge_8, sizeof past_edge_8, 8}};
    for (size_t i = 0; i < sizeof padded / sizeof *padded; i++) {
        struct bmp_recipe recipe = {.header_bytes = 40,
                                    .bits = padded[i].bits,
                                    .compression = padded[i].bits == 8 ? 1 : 2,
                                    .runs = padded[i].bytes,
                                    .runs_bytes = padded[i].count};
        struct file file = bmp_make(&recipe);
        expect_file(&file, of_runs);
        file_free(&file);
    }
}

static void test_damage_and_strange_variants_are_told(void **state) {
    (void)state;
    static const uint8_t too_high[] = {0, 2, 0, 7, 1, 5, 0, 1}, too_far[] = {0, 2, 0, 8, 0, 1},
                         unended[] = {13, 5, 0, 0};
    static const struct {
        const uint8_t *bytes;
        size_t count;
    } wrong[] = {{too_high, sizeof too_high}, {too_far, sizeof too_far}, {unended, sizeof unended}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct bmp_recipe recipe = {
            .header_bytes = 40, .bits = 8, .compression = 1, .runs = wrong[i].bytes, .runs_bytes = wrong[i].count};
        struct file file = bmp_make(&recipe);
        assert_int_equal(decode_status(&file), LINCE_ERROR_DAMAGED);
        file_free(&file);
    }
    struct bmp_recipe recipe = {.header_bytes = 40, .bits = 24, .sample = rgb};
    struct file file = bmp_make(&recipe), part = file;
    part.count -= 1; /* the padding of the last row alone */
    assert_int_equal(decode_status(&part), LINCE_OK);
    for (size_t length = 2; length < file.count - 1; length += length / 8 + 1) {
        part.count = length;
        assert_int_equal(decode_status(&part), LINCE_ERROR_DAMAGED);
    }
    file.bytes[30] = 4; /* a JPEG inside */
    assert_int_equal(decode_status(&file), LINCE_ERROR_UNSUPPORTED);
    file_free(&file);
}

static void test_every_refused_charge_is_an_ordinary_error(void **state) {
    (void)state;
    struct bmp_recipe recipe = {.header_bytes = 40, .bits = 24, .sample = rgb};
    struct file file = bmp_make(&recipe);
    assert_int_equal(refusals_hold(&file, 0, 0), 1); /* rows go straight to the result */
    assert_int_equal(refusals_hold(&file, 5, 5), 3);
    file_free(&file);
}

static void test_damage_never_does_more_than_fail(void **state) {
    (void)state;
    const struct bmp_recipe recipes[] = {
        {.header_bytes = 40, .bits = 4, .sample = index_4},
        {.header_bytes = 12, .bits = 8, .sample = index_8},
        {.header_bytes = 124,
         .bits = 32,
         .compression = 3,
         .masks = {0xFF0000, 0xFF00, 0xFF, 0xFF000000},
         .sample = argb},
        {.header_bytes = 40, .bits = 8, .compression = 1, .runs = runs_8, .runs_bytes = sizeof runs_8},
        {.header_bytes = 40, .bits = 4, .compression = 2, .runs = runs_4, .runs_bytes = sizeof runs_4},
    };
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct file file = bmp_make(&recipes[i]);
        damage_holds(&file, 1000);
        file_free(&file);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_depth_and_header_gives_its_pixels),
        cmocka_unit_test(test_masks_say_where_the_bits_are),
        cmocka_unit_test(test_run_lengths_are_unpacked),
        cmocka_unit_test(test_runs_are_cut_at_the_edge),
        cmocka_unit_test(test_damage_and_strange_variants_are_told),
        cmocka_unit_test(test_every_refused_charge_is_an_ordinary_error),
        cmocka_unit_test(test_damage_never_does_more_than_fail),
    };
    return cmocka_run_group_tests_name("image_bmp", tests, NULL, NULL);
}
