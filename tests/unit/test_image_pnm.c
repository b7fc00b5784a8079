/* test_image_pnm.c - PBM, PGM, PPM and PAM: known pixels in each form, damage, and what is not read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "image_files.h"

static struct file file_of(const char *head, const void *samples, size_t bytes) {
    struct file file = {0};
    file_append_text(&file, head);
    file_append(&file, samples, bytes);
    return file;
}

/* Decodes at full size and compares with all colours of an array, row by row. */
#define expect_pixels(head, samples, bytes, colors, width_px)                                                          \
    compare_pixels((head), (samples), (bytes), (colors), sizeof(colors) / sizeof *(colors), (width_px))

static void compare_pixels(const char *head, const void *samples, size_t bytes, const uint32_t *colors, size_t count,
                           uint32_t width_px) {
    struct file file = file_of(head, samples, bytes);
    struct image image = decode_well(&file, 0, 0);
    assert_int_equal(image.width_px, width_px);
    assert_int_equal(image.height_px * width_px, count);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(pixel_at(&image, i % width_px, i / width_px), colors[i]);
    }
    image_free(&image);
    file_free(&file);
}

enum { BLACK = 0x000000, WHITE = 0xFFFFFF };

static void test_bitmaps(void **state) {
    (void)state;
    const uint32_t colors[] = {BLACK, WHITE, BLACK, WHITE, WHITE, BLACK};
    expect_pixels("P4\n3 2\n", "\xA0\x20", 2, colors, 3);
    expect_pixels("P4 3\t2 ", "\xBF\x3F", 2, colors, 3); /* bits behind the row count for nothing */
    expect_pixels("P1\n# made by hand\n3 2\n", "1 0 1\n0 0 1\n", 12, colors, 3);
    expect_pixels("P1#c\n3 #width\n2\n", "101001", 6, colors, 3);
}

static void test_greys(void **state) {
    (void)state;
    const uint32_t colors[] = {BLACK, 0x808080, WHITE};
    expect_pixels("P5\n3 1\n255\n", "\x00\x80\xFF", 3, colors, 3);
    expect_pixels("P2\n3 1\n255\n", "0 128 255", 9, colors, 3);
    expect_pixels("P5\n3 1\n65535\n", "\x00\x00\x80\x80\xFF\xFF", 6, colors, 3);
    const uint32_t fifteenths[] = {BLACK, 0x777777, WHITE};
    expect_pixels("P5\n3 1\n15\n", "\x00\x07\x0F", 3, fifteenths, 3);
    expect_pixels("P2 3 1 15 ", "0\n7\n15\n", 7, fifteenths, 3);
}

static void test_colors(void **state) {
    (void)state;
    const uint32_t colors[] = {0x102030, 0xFF0080};
    expect_pixels("P6\n2 1\n255\n", "\x10\x20\x30\xFF\x00\x80", 6, colors, 2);
    expect_pixels("P3\n2 1\n255\n", "16 32 48 255 0 128\n", 19, colors, 2);
    expect_pixels("P6 2 1 65535\n", "\x10\x10\x20\x20\x30\x30\xFF\xFF\x00\x00\x80\x80", 12, colors, 2);
}

static void test_pam(void **state) {
    (void)state;
    const uint32_t white_and_black[] = {WHITE, BLACK};
    expect_pixels("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 1\nMAXVAL 1\nTUPLTYPE BLACKANDWHITE\nENDHDR\n", "\1\0", 2,
                  white_and_black, 2);
    const uint32_t colors[] = {0x102030, 0xFF0080};
    expect_pixels("P7\n# c\nHEIGHT 1\nWIDTH 2\nMAXVAL 255\nDEPTH 3\nENDHDR\n", "\x10\x20\x30\xFF\x00\x80", 6, colors,
                  2);
    const uint32_t laid[] = {0x102030, WHITE};
    expect_pixels("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n",
                  "\x10\x20\x30\xFF\xFF\x00\x80\x00", 8, laid, 2);
    const uint32_t greys[] = {0x202020, WHITE};
    expect_pixels("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 2\nMAXVAL 255\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n", "\x20\xFF\x00\x00",
                  4, greys, 2);
}

static void test_a_smaller_size_averages(void **state) {
    (void)state;
    struct file file = file_of("P5 4 2 255\n", "\x00\x40\xFF\xFF\x40\x80\xFF\xFF", 8);
    struct image image = decode_well(&file, 2, 1);
    assert_int_equal(pixel_at(&image, 0, 0), 0x404040);
    assert_int_equal(pixel_at(&image, 1, 0), 0xFFFFFF);
    image_free(&image);
    file_free(&file);
}

static void expect_status(const char *head, const void *samples, size_t bytes, enum lince_status status) {
    struct file file = file_of(head, samples, bytes);
    assert_int_equal(decode_status(&file), status);
    file_free(&file);
}

static void test_damage(void **state) {
    (void)state;
    expect_status("P5\n3 2\n255\n", "\0\1\2\3\4", 5, LINCE_ERROR_DAMAGED);
    expect_status("P5\n3 2\n7\n", "\0\1\2\3\4\x08", 6, LINCE_ERROR_DAMAGED); /* a sample above the most */
    expect_status("P2\n3 1\n255\n", "0 256 1", 7, LINCE_ERROR_DAMAGED);
    expect_status("P2\n3 1\n255\n", "0 -1 1", 6, LINCE_ERROR_DAMAGED);
    expect_status("P1\n3 1\n", "1 2 1", 5, LINCE_ERROR_DAMAGED);
    expect_status("P5\n3\n", "", 0, LINCE_ERROR_DAMAGED);
    expect_status("P5\n0 1\n255\n", "", 0, LINCE_ERROR_DAMAGED);
    expect_status("P5\n1 1\n65536\n", "\0\0\0", 3, LINCE_ERROR_DAMAGED);
    expect_status("P5\n99999999999 1\n255\n", "\0", 1, LINCE_ERROR_DAMAGED);
    expect_status("P5\n66000 1\n255\n", "\0", 1, LINCE_ERROR_TOO_LARGE);
    expect_status("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\n", "", 0, LINCE_ERROR_DAMAGED);
    expect_status("P7\nWIDTH 1\nHEIGHT 1\nMAXVAL 1\nENDHDR\n", "\0", 1, LINCE_ERROR_DAMAGED);
    expect_status("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE CMYK\nENDHDR\n", "\0\0\0\0", 4,
                  LINCE_ERROR_UNSUPPORTED);
    expect_status("P8\n3 1\n255\n", "\0\0\0", 3, LINCE_ERROR_UNKNOWN_FORMAT);
    expect_status("P5x\n3 1\n255\n", "\0\0\0", 3, LINCE_ERROR_UNKNOWN_FORMAT);
}

static void test_every_cut_is_told(void **state) {
    (void)state;
    static const char *const heads[] = {"P6\n2 2\n255\n",
                                        "P7\nWIDTH 2\nHEIGHT 2\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct file file = file_of(heads[i], "123456789abc", 12);
        assert_int_equal(decode_status(&file), LINCE_OK);
        for (file.count--; file.count > 3; file.count--) {
            assert_int_equal(decode_status(&file), LINCE_ERROR_DAMAGED);
        }
        file_free(&file);
    }
}

static void test_more_pictures_show(void **state) {
    (void)state;
    struct image_header header;
    struct file file = file_of("P5\n2 1\n255\n", "\0\1", 2);
    assert_int_equal(image_header_read(file.bytes, file.count, &header, NULL), LINCE_OK);
    assert_false(header.animated);
    file_append_text(&file, "P5\n2 1\n255\n");
    assert_int_equal(image_header_read(file.bytes, file.count, &header, NULL), LINCE_OK);
    assert_true(header.animated && header.wants_whole);
    file_free(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bitmaps),
        cmocka_unit_test(test_greys),
        cmocka_unit_test(test_colors),
        cmocka_unit_test(test_pam),
        cmocka_unit_test(test_a_smaller_size_averages),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_every_cut_is_told),
        cmocka_unit_test(test_more_pictures_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
