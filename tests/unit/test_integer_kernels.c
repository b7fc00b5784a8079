/* test_integer_kernels.c - every version of the integer operators' inner loops gives the portable one's bits. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "infer/integer/kernels.h"

enum { BYTES_LIMIT = 1 << 16, ROUNDS = 200 };

static uint8_t bytes[BYTES_LIMIT], got_bytes[BYTES_LIMIT], wanted_bytes[BYTES_LIMIT], table[256];
static int8_t weights[BYTES_LIMIT];
static int32_t start[256];
static float values[BYTES_LIMIT], got[BYTES_LIMIT], wanted[BYTES_LIMIT], scale[256], bias[256], row_scales[64];

static uint32_t seed = 1;

static uint32_t random_below(uint32_t limit) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % limit;
}

static float random_float(float most) {
    return most * ((float)random_below(20001) / 10000.0f - 1.0f);
}

static int fill(void **state) {
    (void)state;
    for (size_t i = 0; i < BYTES_LIMIT; i++) {
        bytes[i] = (uint8_t)random_below(256);
        weights[i] = (int8_t)((int)random_below(255) - 127);
        values[i] = random_float(3.0f);
    }
    for (size_t i = 0; i < 256; i++) {
        table[i] = (uint8_t)random_below(256);
        start[i] = (int32_t)random_below(100000) - 50000;
        scale[i] = random_float(0.01f);
        bias[i] = random_float(200.0f);
    }
    for (size_t i = 0; i < 64; i++) {
        row_scales[i] = random_float(0.1f);
    }
    return 0;
}

/* Both write into the same bytes, so that what they must not touch is compared too. */
static void clear(void) {
    memset(got, 0x55, sizeof got);
    memset(wanted, 0x55, sizeof wanted);
    memset(got_bytes, 0x55, sizeof got_bytes);
    memset(wanted_bytes, 0x55, sizeof wanted_bytes);
}

static void compare(void) {
    assert_memory_equal(got, wanted, sizeof got);
    assert_memory_equal(got_bytes, wanted_bytes, sizeof got_bytes);
}

static void check_products(const struct kernels *kernels) {
    struct product product = {
        .rows = bytes,
        .row_count = 1 + random_below(30),
        .segment_count = 1 + random_below(3),
        .segment_groups = 1 + random_below(20),
        .weights = weights,
        .outputs = 1 + random_below(150),
        .start = random_below(2) == 0 ? NULL : start,
        .row_scales = random_below(2) == 0 ? NULL : row_scales,
        .row_scale = 0.05f,
        .scale = scale,
        .bias = bias,
    };
    product.row_stride = product.segment_groups * DEPTH + random_below(5);
    product.segment_stride = random_below(1000);
    size_t padded = (product.outputs + LANES - 1) / LANES * LANES;
    clear();
    struct float_output floats = {got, product.outputs, random_below(2) == 0 ? NULL : values, random_below(2) == 0};
    kernels->product_to_floats(&product, &floats);
    floats.values = wanted;
    kernels_portable.product_to_floats(&product, &floats);
    struct byte_output output = {got_bytes, padded, table};
    kernels->product_to_bytes(&product, &output);
    output.values = wanted_bytes;
    kernels_portable.product_to_bytes(&product, &output);
    compare();
}

static void check_depthwise(const struct kernels *kernels) {
    size_t width = 1 + random_below(40), kernel_width = 1 + random_below(8), kernel_height = 1 + random_below(7);
    struct depthwise_row row = {
        .width = width,
        .channels = 1 + random_below(40),
        .weights = values + 100,
        .bias = bias,
        .kernel_height = kernel_height,
        .kernel_width = kernel_width,
        .stride = 1 + random_below(3),
        .pad = kernel_width / 2,
    };
    const float *rows[8];
    for (size_t i = 0; i < kernel_height; i++) {
        rows[i] = random_below(4) == 0 ? NULL : values + 5000 + i * width * row.channels;
    }
    if (width + 2 * row.pad < kernel_width) {
        return;
    }
    row.rows = rows;
    row.out_width = (width + 2 * row.pad - kernel_width) / row.stride + 1;
    clear();
    row.out = got;
    kernels->depthwise(&row);
    row.out = wanted;
    kernels_portable.depthwise(&row);
    compare();
}

static void check_bytes(const struct kernels *kernels) {
    static const float zeros[100];
    size_t channels = 1 + random_below(100), pixels = 1 + random_below(20);
    const float *from = channels % 10 == 0 ? zeros : values + random_below(1000);
    pixels = from == zeros ? 1 : pixels;
    size_t stride = (channels + DEPTH - 1) / DEPTH * DEPTH;
    clear();
    kernels->pixels_to_bytes(from, pixels, channels, got_bytes, stride, got);
    kernels_portable.pixels_to_bytes(from, pixels, channels, wanted_bytes, stride, wanted);
    compare();
    size_t count = 1 + random_below(300);
    kernels->to_bytes(values, count, 90.0f, 100.0f, got_bytes);
    kernels_portable.to_bytes(values, count, 90.0f, 100.0f, wanted_bytes);
    got[0] = kernels->greatest(values + count, count);
    wanted[0] = kernels_portable.greatest(values + count, count);
    const float *const planes[3] = {values, values + count, values + 2 * count};
    const float factors[3] = {80.0f, 100.0f, 120.0f}, offsets[3] = {100.0f, 90.0f, 128.0f};
    kernels->planes_to_pixels(planes, count, factors, offsets, got_bytes + 1000);
    kernels_portable.planes_to_pixels(planes, count, factors, offsets, wanted_bytes + 1000);
    compare();
}

static void check_parts(const struct kernels *kernels) {
    struct row_part part = {
        .values = values + random_below(1000),
        .below = random_below(2) == 0 ? NULL : values + 5000 + random_below(1000),
        .pixels = 1 + random_below(20),
        .channels = 1 + random_below(150),
        .repeat = 1 + random_below(8),
    };
    size_t stride = part.channels + random_below(40), before = random_below(10);
    clear();
    kernels->row_to_bytes(&part, 90.0f, 100.0f, got_bytes + before, stride);
    kernels_portable.row_to_bytes(&part, 90.0f, 100.0f, wanted_bytes + before, stride);
    compare();
}

static void check_sums(const struct kernels *kernels) {
    size_t channels = 1 + random_below(100), pixels = 1 + random_below(20);
    clear();
    memcpy(got, bias, sizeof bias);
    memcpy(wanted, bias, sizeof bias);
    kernels->sum_pixels(values, pixels, channels, got);
    kernels_portable.sum_pixels(values, pixels, channels, wanted);
    kernels->add_scaled_rows(values + 100, channels + 3, pixels, row_scales, channels, got);
    kernels_portable.add_scaled_rows(values + 100, channels + 3, pixels, row_scales, channels, wanted);
    kernels->multiply_pixels(values, pixels, channels, scale, got + 1000);
    kernels_portable.multiply_pixels(values, pixels, channels, scale, wanted + 1000);
    compare();
}

/* Among the values are some far below the others, whose powers are next to nothing. */
static void check_shares(const struct kernels *kernels) {
    size_t count = 1 + random_below(400);
    clear();
    for (size_t i = 0; i < count; i++) {
        got[i] = random_below(10) == 0 ? random_float(300.0f) : random_float(20.0f);
    }
    memcpy(wanted, got, count * sizeof *wanted);
    kernels->softmax(got, count);
    kernels_portable.softmax(wanted, count);
    compare();
}

static void check_all(void (*check)(const struct kernels *kernels)) {
    const struct kernels *list[KERNELS_LIMIT];
    size_t count = kernels_list(list);
    for (size_t i = 1; i < count; i++) {
        for (size_t round = 0; round < ROUNDS; round++) {
            check(list[i]);
        }
    }
}

static void test_products_are_the_same(void **state) {
    (void)state;
    check_all(check_products);
}

static void test_depthwise_rows_are_the_same(void **state) {
    (void)state;
    check_all(check_depthwise);
}

static void test_quantised_values_are_the_same(void **state) {
    (void)state;
    check_all(check_bytes);
}

static void test_parts_of_pixels_are_the_same(void **state) {
    (void)state;
    check_all(check_parts);
}

static void test_sums_are_the_same(void **state) {
    (void)state;
    check_all(check_sums);
}

static void test_shares_are_the_same(void **state) {
    (void)state;
    check_all(check_shares);
}

static void test_shares_are_those_of_the_powers_of_e(void **state) {
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t count = 1 + random_below(100);
        double sum = 0.0, powers[100];
        float shares[100];
        for (size_t i = 0; i < count; i++) {
            shares[i] = random_float(30.0f);
            sum += powers[i] = exp((double)shares[i]);
        }
        kernels_best()->softmax(shares, count);
        for (size_t i = 0; i < count; i++) {
            assert_true(fabs(shares[i] - powers[i] / sum) <= 1e-5 * powers[i] / sum + 1e-30);
        }
    }
}

/* By hand: 3 * 2 + 5 * -1 = 1, started at 10, times 0.5 and 2, plus 1. */
static void test_a_product_is_what_its_definition_says(void **state) {
    (void)state;
    static const uint8_t row[DEPTH] = {3, 5};
    static const int8_t columns[LANES * DEPTH] = {2, -1};
    static const int32_t first[1] = {10};
    static const float by[1] = {2.0f}, plus[1] = {1.0f};
    float value = 0.0f;
    struct product product = {row, DEPTH, 1, 1, 0, 1, columns, 1, first, NULL, 0.5f, by, plus};
    kernels_best()->product_to_floats(&product, &(struct float_output){&value, 1, NULL, false});
    assert_true(value == 12.0f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_products_are_the_same),
        cmocka_unit_test(test_depthwise_rows_are_the_same),
        cmocka_unit_test(test_quantised_values_are_the_same),
        cmocka_unit_test(test_parts_of_pixels_are_the_same),
        cmocka_unit_test(test_sums_are_the_same),
        cmocka_unit_test(test_shares_are_the_same),
        cmocka_unit_test(test_shares_are_those_of_the_powers_of_e),
        cmocka_unit_test(test_a_product_is_what_its_definition_says),
    };
    return cmocka_run_group_tests(tests, fill, NULL);
}
