/*
 * test_image_price.c - limits and errors common to all formats, and whether prices match the real growth of the heap.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <png.h>
#include <webp/encode.h>

#include "base/error.h"
#include "image/format.h"
#include "image/reduce.h"
#include "image_files.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

static uint32_t slope(uint32_t x, uint32_t y) {
    return (x & 255) << 16 | (y & 255) << 8 | ((x + y) / 8 & 255);
}

static uint32_t samples(uint32_t x, uint32_t y, uint32_t channel) {
    return (x * 7 + y * 3 + channel * 50) & 255;
}

static struct file png_of(uint32_t width, uint32_t height, bool interlaced) {
    return png_make(&(struct png_recipe){.width_px = width,
                                         .height_px = height,
                                         .color_type = PNG_COLOR_TYPE_RGB_ALPHA,
                                         .bits = 8,
                                         .interlaced = interlaced,
                                         .sample = samples,
                                         .level = 1});
}

static struct file webp_of(uint32_t width, uint32_t height, bool lossless, bool alpha) {
    WebPConfig config;
    WebPPicture picture;
    WebPMemoryWriter writer;
    assert_true(WebPConfigInit(&config) && WebPPictureInit(&picture));
    config.lossless = lossless;
    config.method = 0;
    config.quality = lossless ? 0 : 60;
    picture.use_argb = lossless;
    picture.width = (int)width;
    picture.height = (int)height;
    uint8_t *pixels = malloc((size_t)width * height * 4);
    for (uint32_t i = 0; i < width * height; i++) {
        uint32_t x = i % width, y = i / width;
        uint8_t noise = (uint8_t)(x * y / 16);
        memcpy(pixels + (size_t)i * 4, (uint8_t[]){(uint8_t)x, (uint8_t)y, noise, alpha ? noise : 255}, 4);
    }
    assert_true(WebPPictureImportRGBA(&picture, pixels, (int)width * 4));
    free(pixels);
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

/* A 24-bit BMP of one colour. */
static struct file bmp_of(uint32_t width, uint32_t height) {
    struct file file = {0};
    file_append_text(&file, "BM");
    file_append_number(&file, 0, 4, false);
    file_append_number(&file, 0, 4, false);
    file_append_number(&file, 54, 4, false);
    file_append_number(&file, 40, 4, false);
    file_append_number(&file, width, 4, false);
    file_append_number(&file, height, 4, false);
    file_append_number(&file, 1 | 24 << 16, 4, false);
    size_t rest = 24 + (size_t)(width * 3 + 3) / 4 * 4 * height;
    uint8_t *pixels = calloc(rest, 1);
    file_append(&file, pixels, rest);
    free(pixels);
    return file;
}

/* A GIF whose pixels are all the clear code's neighbour: 2 colours, each pixel as its own code. */
static struct file gif_of(uint32_t side, bool interlaced) {
    struct file file = {0};
    file_append_text(&file, "GIF89a");
    file_append_number(&file, side | side << 16, 4, false);
    file_append(&file, (uint8_t[]){0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0}, 14);
    file_append_number(&file, side | side << 16, 4, false);
    file_append(&file, (uint8_t[]){interlaced ? 0x40 : 0, 2}, 2);
    /* Codes of 3 bits: clear (4), then two pixels (0, 1), over and over, so that codes never grow. */
    uint32_t bits = 0, bit_count = 0, block_count = 0, code_count = side * side / 2 * 3;
    uint8_t block[255];
    for (uint32_t i = 0; i <= code_count; i++) {
        static const uint32_t codes[3] = {4, 0, 1};
        bits |= (i == code_count ? 5 : codes[i % 3]) << bit_count; /* the end code last */
        for (bit_count += 3; bit_count >= 8 || (i == code_count && bit_count > 0); bits >>= 8) {
            block[block_count++] = (uint8_t)bits;
            bit_count -= bit_count < 8 ? bit_count : 8;
            if (block_count == 255) {
                file_append_number(&file, block_count, 1, false);
                file_append(&file, block, block_count);
                block_count = 0;
            }
        }
    }
    file_append_number(&file, block_count, 1, false);
    file_append(&file, block, block_count);
    file_append(&file, (uint8_t[]){0, 0x3B}, block_count == 0 ? 1 : 2);
    return file;
}

enum { SAMPLE_COUNT = 10 };

/* One of each format and way of storing. */
static struct file sample_make(int number, uint32_t side) {
    struct jpeg_recipe jpeg = {.width_px = side, .height_px = side, .pixel = slope, .sampling_x = 2, .sampling_y = 2};
    switch (number) {
    case 0:
        return jpeg_make(&jpeg);
    case 1:
        jpeg.progressive = true;
        return jpeg_make(&jpeg);
    case 2:
        return png_of(side, side, false);
    case 3:
        return png_of(side, side, true);
    case 4:
        return webp_of(side, side, false, false);
    case 5:
        return webp_of(side, side, false, true);
    case 6:
        return webp_of(side, side, true, false);
    case 7:
        return bmp_of(side, side);
    case 8:
        return gif_of(side, false);
    default:
        return gif_of(side, true);
    }
}

static enum lince_status decode_limited(const struct file *file, uint32_t width, uint32_t height, uint64_t limit_bytes,
                                        image_progress progress, void *context) {
    struct meter meter;
    struct image image;
    struct lince_error error = LINCE_ERROR_INIT;
    struct image_request request = {width, height, progress, context};
    meter_init(&meter, NULL, "decode", limit_bytes);
    enum lince_status status = image_decode(file->bytes, file->count, &request, &meter, &image, &error);
    assert_true(status == LINCE_OK || error.status == status);
    image_free(&image);
    assert_int_equal(meter.current_bytes, 0);
    return status;
}

static void test_the_price_is_enough_and_a_third_is_not(void **state) {
    (void)state;
    for (int number = 0; number < SAMPLE_COUNT; number++) {
        struct file file = sample_make(number, 400);
        struct image_header header;
        assert_int_equal(image_header_read(file.bytes, file.count, &header, NULL), LINCE_OK);
        assert_int_equal(header.width_px, 400);
        uint64_t price = image_decode_bytes(&header, 400, 400);
        assert_int_equal(decode_limited(&file, 400, 400, price, NULL, NULL), LINCE_OK);
        assert_int_equal(decode_limited(&file, 400, 400, price / 3, NULL, NULL), LINCE_ERROR_MEMORY_LIMIT);
        file_free(&file);
    }
}

static size_t heap_bytes(void) {
#ifdef __GLIBC__
    struct mallinfo2 heap = mallinfo2();
    return heap.uordblks + heap.hblkhd;
#else
    return 0; /* no other library tells */
#endif
}

struct heap_watch {
    size_t before, most;
};

static int heap_look(void *context, double share) {
    struct heap_watch *watch = context;
    size_t now = heap_bytes() - watch->before;
    watch->most = now > watch->most ? now : watch->most;
    assert_true(share >= 0 && share <= 1);
    return 0;
}

/* malloc rounds blocks up. */
enum { HEAP_ROUNDING_BYTES = 1024, HEAP_SIDE_PX = 1024 };

/* What libraries allocate behind our back is within the price too. */
static void test_the_heap_grows_by_no_more_than_the_price(void **state) {
    (void)state;
    for (int number = 0; number < SAMPLE_COUNT; number++) {
        struct file file = sample_make(number, HEAP_SIDE_PX);
        struct image_header header;
        assert_int_equal(image_header_read(file.bytes, file.count, &header, NULL), LINCE_OK);
        for (uint32_t part = 1; part <= 4; part++) {
            uint32_t side = HEAP_SIDE_PX / part;
            struct heap_watch watch = {heap_bytes(), 0};
            assert_int_equal(decode_limited(&file, side, side, METER_NO_LIMIT, heap_look, &watch), LINCE_OK);
            uint64_t price = image_decode_bytes(&header, side, side);
            price += HEAP_ROUNDING_BYTES;
            if (watch.most > price || getenv("LINCE_TEST_VERBOSE") != NULL) {
                print_message("sample %d at %u px: heap grew %zu, priced %llu\n", number, side, watch.most,
                              (unsigned long long)price);
            }
            assert_true(watch.most <= price);
        }
        file_free(&file);
    }
}

static int cancel_later(void *context, double share) {
    int *calls = context;
    (void)share;
    return ++*calls == 3;
}

static void test_a_caller_may_cancel_between_bands(void **state) {
    (void)state;
    for (int number = 0; number < SAMPLE_COUNT; number++) {
        struct file file = sample_make(number, 400);
        int calls = 0;
        assert_int_equal(decode_limited(&file, 300, 300, METER_NO_LIMIT, cancel_later, &calls), LINCE_ERROR_CANCELLED);
        assert_int_equal(calls, 3);
        file_free(&file);
    }
}

static enum lince_status header_status(const void *bytes, size_t count, struct lince_error *error) {
    struct image_header header;
    enum lince_status status = image_header_read(bytes, count, &header, error);
    assert_int_equal(header.format, LINCE_FORMAT_UNKNOWN); /* nothing half filled */
    return status;
}

static void test_no_image_is_told_by_kind(void **state) {
    (void)state;
    struct lince_error error = LINCE_ERROR_INIT;
    static const char text[] = "A receipt: Total $ 1.234,56";
    assert_int_equal(header_status("", 0, &error), LINCE_ERROR_EMPTY);
    assert_int_equal(header_status(text, sizeof text, &error), LINCE_ERROR_UNKNOWN_FORMAT);
    assert_non_null(strstr(error.message, "28 bytes"));
    error.language = LINCE_SPANISH;
    assert_int_equal(header_status(text, sizeof text, &error), LINCE_ERROR_UNKNOWN_FORMAT);
    assert_non_null(strstr(error.message, "no son una imagen"));
    assert_int_equal(header_status("BMX is a sport of wheels", 24, NULL), LINCE_ERROR_UNKNOWN_FORMAT);
    assert_int_equal(header_status("GIF89a", 6, NULL), LINCE_ERROR_DAMAGED);
    assert_int_equal(header_status("\xFF\xD8\xFF", 3, NULL), LINCE_ERROR_DAMAGED);
}

/* The first bytes of a PNG of any size, with nothing behind the header. */
static struct file png_header_of(uint32_t width, uint32_t height) {
    struct file file = png_of(4, 4, false);
    for (int i = 0; i < 4; i++) {
        file.bytes[16 + i] = (uint8_t)(width >> (24 - 8 * i));
        file.bytes[20 + i] = (uint8_t)(height >> (24 - 8 * i));
    }
    return file;
}

static void test_header_bombs_are_priced_and_refused(void **state) {
    (void)state;
    struct image_header header;
    struct lince_error error = LINCE_ERROR_INIT;
    struct file bomb = png_header_of(30000, 30000);
    assert_int_equal(image_header_read(bomb.bytes, bomb.count, &header, &error), LINCE_OK);
    assert_true(image_decode_bytes(&header, 30000, 30000) > UINT64_C(2700000000));
    assert_int_equal(decode_limited(&bomb, 30000, 30000, 200 << 20, NULL, NULL), LINCE_ERROR_MEMORY_LIMIT);
    assert_int_equal(decode_limited(&bomb, 600, 600, 200 << 20, NULL, NULL), LINCE_ERROR_DAMAGED);
    file_free(&bomb);
    static const struct {
        uint32_t width, height;
        enum lince_status status;
    } sizes[] = {{0, 10, LINCE_ERROR_DAMAGED},          {10, 0, LINCE_ERROR_DAMAGED},
                 {65501, 1, LINCE_ERROR_TOO_LARGE},     {1, 65501, LINCE_ERROR_TOO_LARGE},
                 {32769, 32768, LINCE_ERROR_TOO_LARGE}, {0xFFFFFFFF, 0xFFFFFFFF, LINCE_ERROR_TOO_LARGE},
                 {0x80000000, 1, LINCE_ERROR_TOO_LARGE}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct file file = png_header_of(sizes[i].width, sizes[i].height);
        assert_int_equal(header_status(file.bytes, file.count, &error), sizes[i].status);
        file_free(&file);
    }
    struct file largest = png_header_of(32768, 32768);
    assert_int_equal(image_header_read(largest.bytes, largest.count, &header, &error), LINCE_OK);
    file_free(&largest);
}

static void test_a_working_size_must_be_within_the_image(void **state) {
    (void)state;
    struct file file = png_of(20, 10, false);
    assert_int_equal(decode_limited(&file, 21, 10, METER_NO_LIMIT, NULL, NULL), LINCE_ERROR_ARGUMENT);
    assert_int_equal(decode_limited(&file, 20, 11, METER_NO_LIMIT, NULL, NULL), LINCE_ERROR_ARGUMENT);
    assert_int_equal(decode_limited(&file, 0, 10, METER_NO_LIMIT, NULL, NULL), LINCE_ERROR_ARGUMENT);
    assert_int_equal(decode_limited(&file, 20, 0, METER_NO_LIMIT, NULL, NULL), LINCE_ERROR_ARGUMENT);
    assert_int_equal(decode_limited(&file, 1, 1, METER_NO_LIMIT, NULL, NULL), LINCE_OK);
    file_free(&file);
}

/* The definition, in exact arithmetic: the mean of the source over the rectangle that an output pixel covers. */
static uint32_t area_mean(const uint8_t *grey, uint64_t width, uint64_t height, uint64_t to_width, uint64_t to_height,
                          uint64_t x, uint64_t y) {
    uint64_t sum = 0, total = width * height;
    for (uint64_t source_y = y * height / to_height; source_y * to_height < (y + 1) * height; source_y++) {
        uint64_t top = source_y * to_height > y * height ? source_y * to_height : y * height;
        uint64_t below = (source_y + 1) * to_height, end_y = (y + 1) * height;
        uint64_t bottom = below < end_y ? below : end_y;
        for (uint64_t source_x = x * width / to_width; source_x * to_width < (x + 1) * width; source_x++) {
            uint64_t left = source_x * to_width > x * width ? source_x * to_width : x * width;
            uint64_t beyond = (source_x + 1) * to_width, end_x = (x + 1) * width;
            uint64_t right = beyond < end_x ? beyond : end_x;
            sum += (right - left) * (bottom - top) * grey[source_y * width + source_x];
        }
    }
    return (uint32_t)((sum + total / 2) / total);
}

static void reduction_check(uint32_t width, uint32_t height, uint32_t to_width, uint32_t to_height, uint32_t *seed) {
    struct meter meter;
    struct image_request request = {to_width, to_height, NULL, NULL};
    uint8_t *grey = malloc((size_t)width * height);
    struct image image = {.width_px = to_width, .height_px = to_height, .stride_bytes = (size_t)to_width * 3};
    image.pixels = malloc(image.stride_bytes * to_height);
    struct decode_job job = {.request = &request, .meter = &meter, .image = &image};
    struct reducer reducer;
    meter_init(&meter, NULL, "reduce", METER_NO_LIMIT);
    assert_int_equal(reducer_open(&reducer, &job, width, height, 1), LINCE_OK);
    assert_true(meter.peak_bytes <= reducer_bytes(width));
    for (uint32_t y = 0; y < height; y++) {
        uint8_t *row = reducer_row(&reducer);
        for (uint32_t x = 0; x < width; x++) {
            grey[y * width + x] = (uint8_t)(random_next(seed) % 8 == 0 ? 0 : 255 - random_next(seed) % 3);
            row[x * 3] = row[x * 3 + 2] = grey[y * width + x];
            row[x * 3 + 1] = (uint8_t)(255 - grey[y * width + x]);
        }
        assert_int_equal(reducer_push(&reducer), LINCE_OK);
    }
    reducer_close(&reducer);
    for (uint32_t y = 0; y < to_height; y++) {
        for (uint32_t x = 0; x < to_width; x++) {
            uint32_t mean = area_mean(grey, width, height, to_width, to_height, x, y);
            assert_int_equal(image.pixels[y * image.stride_bytes + x * 3], mean);
            assert_int_equal(image.pixels[y * image.stride_bytes + x * 3 + 2], mean);
        }
    }
    free(grey);
    free(image.pixels);
    assert_int_equal(meter.current_bytes, 0);
}

static void test_reduction_is_the_exact_mean(void **state) {
    (void)state;
    uint32_t seed = 7;
    for (int i = 0; i < 60; i++) {
        uint32_t width = 1 + random_next(&seed) % 40, height = 1 + random_next(&seed) % 40;
        reduction_check(width, height, 1 + random_next(&seed) % width, 1 + random_next(&seed) % height, &seed);
    }
    reduction_check(7, 65500, 3, 2, &seed); /* the longest side: sums reach their largest */
    reduction_check(65500, 7, 2, 3, &seed);
    reduction_check(65500, 2, 65499, 1, &seed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_price_is_enough_and_a_third_is_not),
        cmocka_unit_test(test_the_heap_grows_by_no_more_than_the_price),
        cmocka_unit_test(test_a_caller_may_cancel_between_bands),
        cmocka_unit_test(test_no_image_is_told_by_kind),
        cmocka_unit_test(test_header_bombs_are_priced_and_refused),
        cmocka_unit_test(test_a_working_size_must_be_within_the_image),
        cmocka_unit_test(test_reduction_is_the_exact_mean),
    };
    return cmocka_run_group_tests_name("image_price", tests, NULL, NULL);
}
