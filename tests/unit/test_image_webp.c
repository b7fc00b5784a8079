/* test_image_webp.c - lossy, lossless, transparent and animated WebP, compared with their known pixels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <webp/encode.h>

#include "image_files.h"

struct webp_recipe {
    uint32_t width_px, height_px;
    bool lossless;
    pixel_function pixel;
    uint32_t (*alpha)(uint32_t x, uint32_t y); /* NULL: opaque */
};

static struct file webp_make(const struct webp_recipe *recipe) {
    WebPConfig config;
    WebPPicture picture;
    WebPMemoryWriter writer;
    assert_true(WebPConfigInit(&config) && WebPPictureInit(&picture));
    config.lossless = recipe->lossless;
    config.exact = 1;
    config.method = 1;
    config.quality = recipe->lossless ? 20 : 95;
    picture.use_argb = 1;
    picture.width = (int)recipe->width_px;
    picture.height = (int)recipe->height_px;
    assert_true(WebPPictureAlloc(&picture));
    for (uint32_t y = 0; y < recipe->height_px; y++) {
        for (uint32_t x = 0; x < recipe->width_px; x++) {
            uint32_t alpha = recipe->alpha == NULL ? 255 : recipe->alpha(x, y);
            picture.argb[y * (uint32_t)picture.argb_stride + x] = recipe->pixel(x, y) | alpha << 24;
        }
    }
    WebPMemoryWriterInit(&writer);
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = &writer;
    assert_true(WebPEncode(&config, &picture));
    struct file file = {0};
    file_append(&file, writer.mem, writer.size);
    WebPMemoryWriterClear(&writer);
    WebPPictureFree(&picture);
    return file;
}

static uint32_t mixed(uint32_t x, uint32_t y) {
    return (x * 5 & 255) << 16 | (y * 9 & 255) << 8 | ((x ^ y) & 255);
}

static uint32_t slope(uint32_t x, uint32_t y) {
    return (x * 255 / 400) << 16 | (y * 255 / 300) << 8 | ((x + y) * 255 / 700);
}

static uint32_t alphas(uint32_t x, uint32_t y) {
    return x < 10 ? 0 : y < 10 ? 128 : 255;
}

static void expect_recipe(const struct webp_recipe *recipe, int tolerance) {
    struct file file = webp_make(recipe);
    struct image image = decode_well(&file, 0, 0);
    assert_int_equal(image.width_px, recipe->width_px);
    for (uint32_t y = 0; y < recipe->height_px; y++) {
        for (uint32_t x = 0; x < recipe->width_px; x++) {
            uint32_t alpha = recipe->alpha == NULL ? 255 : recipe->alpha(x, y);
            uint32_t wanted = pixel_over_white(recipe->pixel(x, y), alpha);
            assert_true(pixel_distance(pixel_at(&image, x, y), wanted) <= tolerance);
        }
    }
    image_free(&image);
    file_free(&file);
}

static void test_every_kind_gives_its_pixels(void **state) {
    (void)state;
    expect_recipe(&(struct webp_recipe){61, 43, true, mixed, NULL}, 0);
    expect_recipe(&(struct webp_recipe){61, 43, true, mixed, alphas}, 1);
    expect_recipe(&(struct webp_recipe){1, 1, true, mixed, NULL}, 0);
    expect_recipe(&(struct webp_recipe){400, 300, false, slope, NULL}, 8);
    expect_recipe(&(struct webp_recipe){400, 300, false, slope, alphas}, 10);
}

static void test_every_working_size_shows_the_same_picture(void **state) {
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        struct webp_recipe recipe = {400, 300, kind < 2, slope, kind % 2 == 1 ? alphas : NULL};
        struct file file = webp_make(&recipe);
        for (uint32_t width = 400; width > 10; width = width * 3 / 4) {
            uint32_t height = width * 3 / 4;
            struct image image = decode_well(&file, width, height);
            for (uint32_t y = height / 8; y < height; y += 3) { /* below and right of the transparent edge */
                for (uint32_t x = width / 8; x < width; x += 3) {
                    uint32_t wanted =
                        slope((uint32_t)((x + 0.5) * image.scale_x), (uint32_t)((y + 0.5) * image.scale_y));
                    assert_true(pixel_distance(pixel_at(&image, x, y), wanted) <= 10);
                }
            }
            image_free(&image);
        }
        file_free(&file);
    }
}

/* The chunks of a still image, without container and VP8X. */
static struct file chunks_of(const struct file *still) {
    struct file chunks = {0};
    size_t at = 12;
    if (memcmp(still->bytes + at, "VP8X", 4) == 0) {
        at += 18;
    }
    file_append(&chunks, still->bytes + at, still->count - at);
    return chunks;
}

static void chunk_append(struct file *file, const char *name, const struct file *body) {
    file_append_text(file, name);
    file_append_number(file, (uint32_t)body->count, 4, false);
    file_append(file, body->bytes, body->count);
    if (body->count % 2 == 1) {
        file_append_number(file, 0, 1, false);
    }
}

/* An extended file: the canvas, then `rest`. */
static struct file extended_make(uint32_t flags, uint32_t width, uint32_t height, const struct file *rest) {
    struct file file = {0};
    file_append_text(&file, "RIFF");
    file_append_number(&file, (uint32_t)(4 + 18 + rest->count), 4, false);
    file_append_text(&file, "WEBPVP8X");
    file_append_number(&file, 10, 4, false);
    file_append_number(&file, flags, 4, false);
    file_append_number(&file, width - 1, 3, false);
    file_append_number(&file, height - 1, 3, false);
    file_append(&file, rest->bytes, rest->count);
    return file;
}

static struct file animation_make(bool lossless, uint32_t x, uint32_t y, uint32_t canvas_width,
                                  uint32_t canvas_height) {
    struct file rest = {0}, animation = {0};
    file_append_number(&animation, 0xFF0000FF, 4, false); /* the background: not used, paper is white */
    file_append_number(&animation, 0, 2, false);
    chunk_append(&rest, "ANIM", &animation);
    for (int frame = 0; frame < 2; frame++) {
        struct webp_recipe recipe = {40, 30, lossless, frame == 0 ? mixed : slope, frame == 0 ? alphas : NULL};
        struct file still = webp_make(&recipe), chunks = chunks_of(&still), body = {0};
        file_append_number(&body, x / 2, 3, false);
        file_append_number(&body, y / 2, 3, false);
        file_append_number(&body, 39, 3, false);
        file_append_number(&body, 29, 3, false);
        file_append_number(&body, 100, 4, false);
        file_append(&body, chunks.bytes, chunks.count);
        chunk_append(&rest, "ANMF", &body);
        file_free(&still);
        file_free(&chunks);
        file_free(&body);
    }
    struct file file = extended_make(0x12, canvas_width, canvas_height, &rest);
    file_free(&rest);
    file_free(&animation);
    return file;
}

static void test_the_first_frame_lies_on_its_canvas(void **state) {
    (void)state;
    struct file file = animation_make(true, 6, 8, 60, 50);
    struct image image = decode_well(&file, 0, 0);
    assert_int_equal(image.width_px, 60);
    assert_int_equal(image.height_px, 50);
    for (uint32_t y = 0; y < 50; y++) {
        for (uint32_t x = 0; x < 60; x++) {
            bool inside = x >= 6 && x < 46 && y >= 8 && y < 38;
            uint32_t wanted = inside ? pixel_over_white(mixed(x - 6, y - 8), alphas(x - 6, y - 8)) : 0xFFFFFF;
            assert_true(pixel_distance(pixel_at(&image, x, y), wanted) <= 1);
        }
    }
    image_free(&image);
    image = decode_well(&file, 30, 25);
    assert_int_equal(pixel_at(&image, 0, 0), 0xFFFFFF);
    image_free(&image);
    file_free(&file);
    file = animation_make(false, 0, 0, 40, 30);
    image = decode_well(&file, 20, 15);
    image_free(&image);
    file_free(&file);
}

static void test_an_orientation_holds(void **state) {
    (void)state;
    struct webp_recipe recipe = {40, 30, true, mixed, NULL};
    struct file still = webp_make(&recipe), rest = chunks_of(&still), exif = exif_make(8, true);
    chunk_append(&rest, "EXIF", &exif);
    struct file file = extended_make(0x08, 40, 30, &rest);
    struct image image = decode_well(&file, 30, 40);
    assert_int_equal(image.rotation, 270);
    for (uint32_t y = 0; y < 30; y++) {
        for (uint32_t x = 0; x < 40; x++) {
            assert_int_equal(pixel_at(&image, y, 39 - x), mixed(x, y));
        }
    }
    image_free(&image);
    file_free(&still);
    file_free(&rest);
    file_free(&exif);
    file_free(&file);
}

static void test_truncation_is_told(void **state) {
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        struct webp_recipe recipe = {100, 80, kind < 2, mixed, kind % 2 == 1 ? alphas : NULL};
        struct file file = webp_make(&recipe), part = file;
        for (size_t length = 12; length < file.count - 8; length += length / 8 + 1) {
            struct image image;
            struct lince_error error = LINCE_ERROR_INIT;
            part.count = length;
            enum lince_status status = decode_watched(&part, 0, 0, &image, &error);
            assert_int_equal(status, LINCE_ERROR_DAMAGED);
        }
        file_free(&file);
    }
}

static void test_every_refused_charge_is_an_ordinary_error(void **state) {
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        struct webp_recipe recipe = {100, 80, kind < 2, mixed, kind % 2 == 1 ? alphas : NULL};
        struct file file = webp_make(&recipe);
        assert_int_equal(refusals_hold(&file, 0, 0), kind % 2 == 1 ? 3 : 2);
        file_free(&file);
    }
    struct file file = animation_make(true, 6, 8, 60, 50);
    assert_int_equal(refusals_hold(&file, 30, 25), 5);
    file_free(&file);
}

static void test_damage_never_does_more_than_fail(void **state) {
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        struct webp_recipe recipe = {60, 50, kind < 2, mixed, kind % 2 == 1 ? alphas : NULL};
        struct file file = webp_make(&recipe);
        damage_holds(&file, 500);
        file_free(&file);
    }
    struct file file = animation_make(false, 6, 8, 60, 50);
    damage_holds(&file, 500);
    file_free(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_gives_its_pixels),
        cmocka_unit_test(test_every_working_size_shows_the_same_picture),
        cmocka_unit_test(test_the_first_frame_lies_on_its_canvas),
        cmocka_unit_test(test_an_orientation_holds),
        cmocka_unit_test(test_truncation_is_told),
        cmocka_unit_test(test_every_refused_charge_is_an_ordinary_error),
        cmocka_unit_test(test_damage_never_does_more_than_fail),
    };
    return cmocka_run_group_tests_name("image_webp", tests, NULL, NULL);
}
