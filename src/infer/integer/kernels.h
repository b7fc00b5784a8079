/*
 * kernels.h - the inner loops of the integer operators: one table of functions for each instruction set.
 *
 * The portable table defines the result; every other gives the same bits. This includes floats: sums run in the order
 * written here, and each multiply-add is one fused operation.
 */
#ifndef LINCE_INFER_INTEGER_KERNELS_H
#define LINCE_INFER_INTEGER_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Outputs of a product are in whole groups of this many; the last is padded with weights of 0. */
#define LANES 16

/* Inputs of a product are in whole groups of this many; the last is padded with weights of 0. */
#define DEPTH 4

/*
 * Rows of bytes times a matrix of signed weights: acc[row][n] = start[n] + sum over k of bytes[row][k] * weights[n][k].
 * A row's bytes are in segments, like the window of a convolution in its image: segment i of row r begins at rows + r *
 * row_stride + i * segment_stride. The weights are stored as [outputs / LANES][depth / DEPTH][LANES][DEPTH]. What a
 * product writes overlaps nothing that it reads.
 */
struct product {
    const uint8_t *rows;
    size_t row_stride, row_count;
    size_t segment_count, segment_stride, segment_groups; /* of DEPTH bytes */
    const int8_t *weights;
    size_t outputs;
    const int32_t *start;    /* NULL: 0 */
    const float *row_scales; /* NULL: row_scale for all rows */
    float row_scale;
    const float *scale, *bias;
};

/* value = fmaf((float)acc * row_scale, scale, bias); then relu; then + residual. */
struct float_output {
    float *values;
    size_t stride;
    const float *residual; /* NULL: none; has the same stride */
    bool relu;
};

/* value = table[round_half_even(clamp(fmaf((float)acc * row_scale, scale, bias), 0, 255))]. */
struct byte_output {
    uint8_t *values; /* rows in whole groups of LANES: those past the outputs are written too */
    size_t stride;
    const uint8_t *table; /* 256 entries */
};

/*
 * One row of a depthwise convolution: out[x][c] = bias[c], then, over ky and kx in order, fused plus rows[ky][x *
 * stride - pad + kx][c] * weights[ky][kx][c]. Taps outside the row are left out.
 */
struct depthwise_row {
    const float *const *rows; /* kernel_height of them; NULL: outside the image */
    size_t width, channels;
    const float *weights, *bias;
    size_t kernel_height, kernel_width, stride, pad;
    float *out;
    size_t out_width;
};

/*
 * A row of pixels as part of a wider one. With a row `below`, each pixel becomes the maximum of its square: itself, its
 * right neighbour if it has one, and those below the two.
 */
struct row_part {
    const float *values, *below; /* [pixels][channels]; below: NULL to use the pixels as they are */
    size_t pixels, channels;
    size_t repeat; /* how often each pixel is repeated */
};

/*
 * exp(x) for x from SOFTMAX_LEAST to 0; lower x counts as SOFTMAX_LEAST. n = round_half_even(x * LOG2_E), r = x - n *
 * LN2 in two fused steps, then the series of exp(r) up to r^6 by Horner's rule, fused, times 2^n. The sums are added in
 * halves: while n are left, sum i takes sum i + n / 2. Then all values are multiplied by the inverse of the last one.
 */
#define SOFTMAX_LEAST (-80.0f)
#define SOFTMAX_LOG2_E 0x1.715476p+0f
#define SOFTMAX_LN2_HIGH 0x1.62e4p-1f /* few bits, so that n times it is exact */
#define SOFTMAX_LN2_LOW 0x1.7f7d1cp-20f
#define SOFTMAX_SERIES                                                                                                 \
    { 1.0f / 720, 1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f, 1.0f, 1.0f }
enum { SOFTMAX_TERMS = 7 };

struct kernels {
    const char *name;
    size_t rows_at_once; /* a product is fastest with a multiple of this many rows */

    /*
     * For each pixel: scale = max |x| / 127, bytes = round_half_even(x * (127 / max)) + 128. A pixel that is 0 in all
     * channels gives 128. The bytes past the channels are written too, up to a whole group of DEPTH.
     */
    void (*pixels_to_bytes)(const float *values, size_t pixels, size_t channels, uint8_t *bytes, size_t stride,
                            float *scales);

    /* The greatest magnitude. */
    float (*greatest)(const float *values, size_t count);

    /* bytes = round_half_even(clamp(value * factor + offset, 0, 255)), with a fused multiply-add. */
    void (*to_bytes)(const float *values, size_t count, float factor, float offset, uint8_t *bytes);

    void (*product_to_floats)(const struct product *product, const struct float_output *output);
    void (*product_to_bytes)(const struct product *product, const struct byte_output *output);
    void (*depthwise)(const struct depthwise_row *row);

    /*
     * Pixels that become some of the channels of wider ones, `stride` bytes apart: bytes[(i * repeat + k) * stride +
     * c], for each k below `repeat`, is what to_bytes gives for pixel i, channel c.
     */
    void (*row_to_bytes)(const struct row_part *part, float factor, float offset, uint8_t *bytes, size_t stride);

    /*
     * Three planes of floats to pixels of four bytes, the last of them 0: to_bytes with a factor and an offset for each
     * plane.
     */
    void (*planes_to_pixels)(const float *const planes[3], size_t count, const float factors[3], const float offsets[3],
                             uint8_t *pixels);

    /* sums[c] += values[pixel][c], pixel after pixel. */
    void (*sum_pixels)(const float *values, size_t pixels, size_t channels, float *sums);

    /* sums[i] = fmaf(factors[row], values[row * stride + i], sums[i]), row after row. */
    void (*add_scaled_rows)(const float *values, size_t stride, size_t rows, const float *factors, size_t count,
                            float *sums);

    /* In place: exp(x - max) as defined above, divided by the sum of all, which is accumulated in LANES sums. */
    void (*softmax)(float *values, size_t count);

    /* out[pixel][c] = values[pixel][c] * factors[c]. */
    void (*multiply_pixels)(const float *values, size_t pixels, size_t channels, const float *factors, float *out);
};

/* The best table for this processor. */
const struct kernels *kernels_best(void);

/*
 * Whether the integer models read faster with the best table than the float models in the runtime. They do not where
 * AVX-512 lacks VNNI: it multiplies as many floats at once as AVX2 multiplies 16-bit words.
 */
bool kernels_beat_floats(void);

/* The tables that this processor can run, from the portable one to the best. Returns how many. */
enum { KERNELS_LIMIT = 6 };
size_t kernels_list(const struct kernels *list[KERNELS_LIMIT]);

extern const struct kernels kernels_portable;
#if defined(__x86_64__)
extern const struct kernels kernels_avx2, kernels_avx_vnni, kernels_avx512_vnni, kernels_avx512_vbmi, kernels_amx;
#elif defined(__aarch64__)
extern const struct kernels kernels_neon;
#endif

#endif
