/* test_image_gif.c - the first frame of a GIF: palettes, transparency, interlacing, the canvas around it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gif_lib.h>

#include "image_files.h"

struct gif_recipe {
    uint32_t canvas_width_px, canvas_height_px, x_px, y_px, width_px, height_px;
    bool interlaced, local_palette;
    int transparent; /* colour number; -1: none */
};

static int bytes_write(GifFileType *library, const GifByteType *bytes, int count) {
    file_append(library->UserData, bytes, (size_t)count);
    return count;
}

static uint32_t index_of(uint32_t x, uint32_t y) {
    return (x * 3 + y * 7) % 64;
}

static uint32_t color(uint32_t i, bool local) {
    return local ? i << 18 | (255 - i) << 8 | i : (255 - i) << 16 | i << 10 | 7;
}

static ColorMapObject *map_make(bool local) {
    ColorMapObject *map = GifMakeMapObject(64, NULL);
    for (uint32_t i = 0; i < 64; i++) {
        uint32_t value = color(i, local);
        map->Colors[i] = (GifColorType){(GifByteType)(value >> 16), (GifByteType)(value >> 8), (GifByteType)value};
    }
    return map;
}

static void rows_write(GifFileType *library, const struct gif_recipe *recipe, uint32_t first, uint32_t step) {
    GifPixelType *row = malloc(recipe->width_px);
    for (uint32_t y = first; y < recipe->height_px; y += step) {
        for (uint32_t x = 0; x < recipe->width_px; x++) {
            row[x] = (GifPixelType)index_of(x, y);
        }
        assert_int_equal(EGifPutLine(library, row, (int)recipe->width_px), GIF_OK);
    }
    free(row);
}

static struct file gif_make(const struct gif_recipe *recipe) {
    struct file file = {0};
    int code;
    GifFileType *library = EGifOpen(&file, bytes_write, &code);
    EGifSetGifVersion(library, true);
    ColorMapObject *global = map_make(false), *local = recipe->local_palette ? map_make(true) : NULL;
    assert_int_equal(
        EGifPutScreenDesc(library, (int)recipe->canvas_width_px, (int)recipe->canvas_height_px, 8, 0, global), GIF_OK);
    assert_int_equal(EGifPutComment(library, "invented"), GIF_OK);
    GraphicsControlBlock control = {.TransparentColor = recipe->transparent};
    GifByteType block[4];
    EGifGCBToExtension(&control, block);
    assert_int_equal(EGifPutExtension(library, GRAPHICS_EXT_FUNC_CODE, 4, block), GIF_OK);
    for (int frame = 0; frame < 2; frame++) {
        assert_int_equal(EGifPutImageDesc(library, (int)recipe->x_px, (int)recipe->y_px, (int)recipe->width_px,
                                          (int)recipe->height_px, recipe->interlaced, local),
                         GIF_OK);
        if (recipe->interlaced) {
            rows_write(library, recipe, 0, 8);
            rows_write(library, recipe, 4, 8);
            rows_write(library, recipe, 2, 4);
            rows_write(library, recipe, 1, 2);
        } else {
            rows_write(library, recipe, 0, 1);
        }
    }
    EGifCloseFile(library, &code);
    GifFreeMapObject(global);
    GifFreeMapObject(local);
    return file;
}

static void expect_recipe(struct gif_recipe recipe) {
    struct file file = gif_make(&recipe);
    struct image image = decode_well(&file, 0, 0);
    for (uint32_t y = 0; y < image.height_px; y++) {
        for (uint32_t x = 0; x < image.width_px; x++) {
            bool inside = x >= recipe.x_px && x - recipe.x_px < recipe.width_px && y >= recipe.y_px &&
                          y - recipe.y_px < recipe.height_px;
            uint32_t index = inside ? index_of(x - recipe.x_px, y - recipe.y_px) : 0;
            bool white = !inside || (int)index == recipe.transparent;
            assert_int_equal(pixel_at(&image, x, y), white ? 0xFFFFFF : color(index, recipe.local_palette));
        }
    }
    image_free(&image);
    file_free(&file);
}

static void test_every_kind_gives_its_pixels(void **state) {
    (void)state;
    expect_recipe((struct gif_recipe){50, 40, 0, 0, 50, 40, false, false, -1});
    expect_recipe((struct gif_recipe){50, 40, 0, 0, 50, 40, false, true, 5});
    for (uint32_t height = 1; height <= 10; height++) { /* some passes are empty */
        expect_recipe((struct gif_recipe){9, height, 0, 0, 9, height, true, false, 7});
    }
    expect_recipe((struct gif_recipe){50, 40, 0, 0, 50, 40, true, true, -1});
}

static void test_the_frame_lies_on_its_canvas(void **state) {
    (void)state;
    expect_recipe((struct gif_recipe){60, 50, 7, 9, 40, 30, false, false, -1});
    expect_recipe((struct gif_recipe){60, 50, 7, 9, 40, 30, true, false, 20});
    expect_recipe((struct gif_recipe){60, 50, 0, 9, 60, 30, true, false, 20});
    struct gif_recipe wider = {20, 10, 5, 5, 40, 30, false, false, -1}; /* the canvas grows */
    struct file file = gif_make(&wider);
    struct image image = decode_well(&file, 45, 35);
    assert_int_equal(pixel_at(&image, 44, 34), color(index_of(39, 29), false));
    image_free(&image);
    file_free(&file);
}

/* Cuts `count` bytes out of a file, or puts so many zeros in. */
static void bytes_cut(struct file *file, size_t at, size_t count) {
    memmove(file->bytes + at, file->bytes + at + count, file->count - at - count);
    file->count -= count;
}

static void zeros_put(struct file *file, size_t at, size_t count) {
    file->bytes = realloc(file->bytes, file->count + count);
    memmove(file->bytes + at + count, file->bytes + at, file->count - at);
    memset(file->bytes + at, 0, count);
    file->count += count;
}

enum { SCREEN_BYTES = 13, TABLE_BYTES = 64 * 3 };

static void test_a_file_without_any_colour_table_is_black_white_and_grey(void **state) {
    (void)state;
    for (int interlaced = 0; interlaced <= 1; interlaced++) {
        struct gif_recipe recipe = {50, 40, 0, 0, 50, 40, interlaced == 1, false, -1};
        struct file file = gif_make(&recipe);
        file.bytes[10] &= 0x7F;
        bytes_cut(&file, SCREEN_BYTES, TABLE_BYTES);
        struct image image = decode_well(&file, 0, 0);
        for (uint32_t y = 0; y < 40; y++) {
            for (uint32_t x = 0; x < 50; x++) {
                uint32_t index = index_of(x, y), level = index == 1 ? 255 : index;
                assert_int_equal(pixel_at(&image, x, y), level * 0x010101u);
            }
        }
        image_free(&image);
        file_free(&file);
    }
}

static void test_zeros_between_blocks_are_passed_over(void **state) {
    (void)state;
    struct gif_recipe recipe = {50, 40, 0, 0, 50, 40, false, false, -1};
    struct file file = gif_make(&recipe);
    size_t comment_at = SCREEN_BYTES + TABLE_BYTES;
    size_t control_at = comment_at + 3 + strlen("invented") + 1;
    zeros_put(&file, control_at + 8, 3); /* before the image */
    zeros_put(&file, control_at, 1);
    zeros_put(&file, comment_at, 2);
    struct image image = decode_well(&file, 0, 0);
    assert_int_equal(pixel_at(&image, 7, 9), color(index_of(7, 9), false));
    image_free(&image);
    file_free(&file);
}

/* White on transparent is seen on black, black on transparent on white, both together on grey. */
static void test_the_ground_shows_what_is_painted(void **state) {
    (void)state;
    static const uint32_t painted[][2] = {{0xFFFFFF, 0xFFFFFF}, {0x101010, 0x101010}, {0xFFFFFF, 0x000000}};
    static const uint32_t grounds[] = {0x000000, 0xFFFFFF, 0x808080};
    for (int i = 0; i < 3; i++) {
        struct gif_recipe recipe = {64, 40, 0, 0, 64, 40, false, false, 9};
        struct file file = gif_make(&recipe);
        for (uint32_t c = 0; c < 64; c++) {
            uint32_t value = painted[i][c < 9];
            for (uint32_t channel = 0; channel < 3; channel++) {
                file.bytes[SCREEN_BYTES + c * 3 + channel] = (uint8_t)(value >> (16 - 8 * channel));
            }
        }
        struct image image = decode_well(&file, 0, 0);
        for (uint32_t x = 0; x < 64; x++) {
            uint32_t index = index_of(x, 3);
            assert_int_equal(pixel_at(&image, x, 3), index == 9 ? grounds[i] : painted[i][index < 9]);
        }
        image_free(&image);
        file_free(&file);
    }
}

/* Behind the zero that ends the first frame's pixels. */
static size_t first_frame_end(const struct file *file) {
    size_t at = SCREEN_BYTES + TABLE_BYTES + 3 + strlen("invented") + 1 + 8 + 10 + 1;
    while (file->bytes[at] != 0) {
        at += (size_t)file->bytes[at] + 1;
    }
    return at + 1;
}

static void test_truncation_is_told(void **state) {
    (void)state;
    for (int interlaced = 0; interlaced <= 1; interlaced++) {
        struct gif_recipe recipe = {80, 60, 0, 0, 80, 60, interlaced == 1, false, -1};
        struct file file = gif_make(&recipe), part = file;
        part.count = file.count / 2 + 300; /* into the second frame */
        assert_int_equal(decode_status(&part), LINCE_OK);
        part.count = first_frame_end(&file) - 1; /* the pixels are all there */
        assert_int_equal(decode_status(&part), LINCE_OK);
        for (size_t length = 6; length < file.count / 2 - 100; length += length / 8 + 1) {
            part.count = length;
            assert_int_equal(decode_status(&part), LINCE_ERROR_DAMAGED);
        }
        file_free(&file);
    }
}

static void test_every_refused_charge_is_an_ordinary_error(void **state) {
    (void)state;
    struct gif_recipe recipe = {50, 40, 0, 0, 50, 40, true, false, -1};
    struct file file = gif_make(&recipe);
    assert_int_equal(refusals_hold(&file, 0, 0), 6); /* the result, a row, four readers */
    assert_int_equal(refusals_hold(&file, 20, 20), 8);
    file_free(&file);
}

static void test_damage_never_does_more_than_fail(void **state) {
    (void)state;
    for (int interlaced = 0; interlaced <= 1; interlaced++) {
        struct gif_recipe recipe = {60, 50, 7, 9, 40, 30, interlaced == 1, interlaced == 1, 3};
        struct file file = gif_make(&recipe);
        damage_holds(&file, 1500);
        file_free(&file);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_gives_its_pixels),
        cmocka_unit_test(test_the_frame_lies_on_its_canvas),
        cmocka_unit_test(test_a_file_without_any_colour_table_is_black_white_and_grey),
        cmocka_unit_test(test_zeros_between_blocks_are_passed_over),
        cmocka_unit_test(test_the_ground_shows_what_is_painted),
        cmocka_unit_test(test_truncation_is_told),
        cmocka_unit_test(test_every_refused_charge_is_an_ordinary_error),
        cmocka_unit_test(test_damage_never_does_more_than_fail),
    };
    return cmocka_run_group_tests_name("image_gif", tests, NULL, NULL);
}
