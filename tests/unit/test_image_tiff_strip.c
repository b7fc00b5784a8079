/*
 * test_image_tiff_strip.c - a TIFF page of several strips of group 4 becomes the smaller one of a joined strip and its
 * deflated rows, in memory that does not grow with its pixels.
 */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <tiffio.h>
#include <zlib.h>

#include "base/buffer.h"
#include "image/common/fax_strip.h"
#include "image/image_pages.h"
#include "image_files.h"

enum { WIDTH_PX = 4803, HEIGHT_PX = 4800, ROW_BYTES = (WIDTH_PX + 7) / 8, PIXELS_BYTES = ROW_BYTES * HEIGHT_PX };

typedef bool (*ink_function)(uint32_t x, uint32_t y);

/* The same shape over and over, as the letter of a printer. */
static bool print_ink(uint32_t x, uint32_t y) {
    int row = (int)(y % 96) - 30, column = (int)(x % 64) - 24, far = row * row + column * column;
    return far > 300 && far < 500;
}

/* Rings, no two rows of which begin alike. */
static bool scan_ink(uint32_t x, uint32_t y) {
    uint32_t far = x + 211, below = y + 97;
    return (far * far + below * below) / 900000 % 3 == 0;
}

/* The page's row, ones black. */
static void row_draw(ink_function ink, uint32_t y, uint8_t row[ROW_BYTES]) {
    memset(row, 0, ROW_BYTES);
    for (uint32_t x = 0; x < WIDTH_PX; x++) {
        row[x / 8] = (uint8_t)(row[x / 8] | (ink(x, y) ? 0x80u >> x % 8 : 0));
    }
}

static struct file page_make(ink_function ink, uint16_t photometric, uint32_t rows_per_strip) {
    char path[] = "/tmp/lince-strip-XXXXXX";
    int descriptor = mkstemp(path);
    TIFF *tiff = TIFFFdOpen(descriptor, path, "w");
    uint8_t row[ROW_BYTES], block[4096];
    struct file file = {0};
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, WIDTH_PX);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, HEIGHT_PX);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, photometric);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, rows_per_strip);
    for (uint32_t y = 0; y < HEIGHT_PX; y++) {
        row_draw(ink, y, row);
        for (size_t i = 0; i < ROW_BYTES && photometric == PHOTOMETRIC_MINISBLACK; i++) {
            row[i] = (uint8_t)~row[i];
        }
        assert_int_equal(TIFFWriteScanline(tiff, row, y, 0), 1);
    }
    TIFFClose(tiff);
    FILE *stream = fopen(path, "rb");
    for (size_t count; (count = fread(block, 1, sizeof block, stream)) > 0;) {
        file_append(&file, block, count);
    }
    fclose(stream);
    unlink(path);
    return file;
}

/* Gives the page as it goes into a PDF file, on `meter`, with the most that it took above what was there before. */
static enum lince_status picture_take(const struct file *file, struct meter *meter, int64_t fail_countdown,
                                      struct buffer *picture) {
    const struct pages_kind *kind = pages_kind_of(file->bytes, file->count);
    struct source source = source_of_bytes(file->bytes, file->count);
    struct pages *pages = NULL;
    assert_int_equal(pages_open(kind, &source, NULL, meter, &pages, NULL), LINCE_OK);
    buffer_init(picture, meter);
    meter->peak_bytes = meter->current_bytes;
    (void)mallopt(M_PERTURB, 0x5A); /* bits that nobody sets are no white ones */
    meter->fail_countdown = fail_countdown;
    enum lince_status status = kind->fax(pages, 0, picture, NULL);
    pages_close(pages);
    return status;
}

static void rows_check(const struct buffer *picture, ink_function ink) {
    uint8_t *rows = malloc(PIXELS_BYTES), row[ROW_BYTES];
    uLongf count = PIXELS_BYTES;
    const char *deflated = picture->bytes + sizeof(struct fax_strip);
    assert_int_equal(uncompress(rows, &count, (const Bytef *)deflated, picture->used_bytes - sizeof(struct fax_strip)),
                     Z_OK);
    assert_int_equal(count, PIXELS_BYTES);
    for (uint32_t y = 0; y < HEIGHT_PX; y++) {
        row_draw(ink, y, row);
        for (size_t i = 0; i < ROW_BYTES; i++) { /* also the bits beyond the page are white */
            assert_int_equal(rows[y * ROW_BYTES + i], (uint8_t)~row[i]);
        }
    }
    free(rows);
}

/* The page in one strip is copied, so it shows the code that several are joined to. */
static void sizes_check(ink_function ink, uint16_t photometric, bool is_deflated) {
    struct file one = page_make(ink, photometric, HEIGHT_PX), several = page_make(ink, photometric, 64);
    struct meter meter;
    struct buffer strip, found;
    struct fax_strip head;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    assert_int_equal(picture_take(&one, &meter, 0, &strip), LINCE_OK);
    assert_int_equal(picture_take(&several, &meter, 0, &found), LINCE_OK);
    uint64_t most_bytes = meter.peak_bytes;
    assert_true(fax_strip_read(found.bytes, found.used_bytes, &head));
    assert_int_equal(head.is_deflated, is_deflated);
    if (is_deflated) {
        assert_true(found.used_bytes < strip.used_bytes / 2);
        rows_check(&found, ink);
    } else {
        assert_int_equal(found.used_bytes, strip.used_bytes);
        assert_memory_equal(found.bytes, strip.bytes, strip.used_bytes);
    }
    assert_true(most_bytes < PIXELS_BYTES / 3 * 2);
    buffer_free(&strip);
    buffer_free(&found);
    assert_int_equal(meter.current_bytes, 0);
    file_free(&one);
    file_free(&several);
}

static void test_print_is_deflated(void **state) {
    (void)state;
    sizes_check(print_ink, PHOTOMETRIC_MINISWHITE, true);
    sizes_check(print_ink, PHOTOMETRIC_MINISBLACK, true);
}

static void test_a_scan_is_joined(void **state) {
    (void)state;
    sizes_check(scan_ink, PHOTOMETRIC_MINISWHITE, false);
    sizes_check(scan_ink, PHOTOMETRIC_MINISBLACK, false);
}

static void test_every_refusal_leaves_a_strip_or_an_error(void **state) {
    (void)state;
    struct file file = page_make(print_ink, PHOTOMETRIC_MINISWHITE, 64);
    struct meter meter;
    int strips = 0, errors = 0;
    int64_t left = 0;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    for (int64_t request = 1; left <= 0; request++) {
        struct buffer picture;
        struct fax_strip head;
        enum lince_status status = picture_take(&file, &meter, request, &picture);
        left = meter.fail_countdown;
        meter.fail_countdown = 0;
        if (status == LINCE_OK) {
            assert_true(fax_strip_read(picture.bytes, picture.used_bytes, &head));
            strips += head.is_deflated == 0;
        } else {
            assert_int_equal(status, LINCE_ERROR_MEMORY_LIMIT);
            errors++;
        }
        buffer_free(&picture);
        assert_int_equal(meter.current_bytes, 0);
    }
    assert_true(strips >= 2 && errors >= 3);
    file_free(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_print_is_deflated),
        cmocka_unit_test(test_a_scan_is_joined),
        cmocka_unit_test(test_every_refusal_leaves_a_strip_or_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
