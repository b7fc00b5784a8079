/* kernels_portable.c - the inner loops of the integer operators in plain C, which every other version must equal. */
#include <float.h>
#include <math.h>

#include "infer/integer/kernels.h"

static uint8_t to_byte(float value) {
    value = value < 255.0f ? value : 255.0f;
    value = value > 0.0f ? value : 0.0f;
    return (uint8_t)rintf(value);
}

static float greatest(const float *values, size_t count) {
    float most = 0.0f;
    for (size_t i = 0; i < count; i++) {
        most = fabsf(values[i]) > most ? fabsf(values[i]) : most;
    }
    return most;
}

static void to_bytes(const float *values, size_t count, float factor, float offset, uint8_t *bytes) {
    for (size_t i = 0; i < count; i++) {
        bytes[i] = to_byte(fmaf(values[i], factor, offset));
    }
}

static void pixels_to_bytes(const float *values, size_t pixels, size_t channels, uint8_t *bytes, size_t stride,
                            float *scales) {
    for (size_t i = 0; i < pixels; i++) {
        float most = greatest(values, channels);
        scales[i] = most / 127.0f;
        for (size_t c = 0; c < channels; c++) {
            bytes[c] = to_byte(rintf(values[c] * (most > FLT_MIN ? 127.0f / most : 0.0f)) + 128.0f);
        }
        for (size_t c = channels; c % DEPTH != 0; c++) {
            bytes[c] = 128;
        }
        values += channels;
        bytes += stride;
    }
}

/* The product's value before the steps of the output. */
static float product_at(const struct product *product, size_t row, size_t output) {
    const int8_t *weights = product->weights + output % LANES * DEPTH +
                            output / LANES * product->segment_count * product->segment_groups * LANES * DEPTH;
    int32_t sum = product->start == NULL ? 0 : product->start[output];
    for (size_t segment = 0; segment < product->segment_count; segment++) {
        const uint8_t *bytes = product->rows + row * product->row_stride + segment * product->segment_stride;
        for (size_t group = 0; group < product->segment_groups; group++) {
            for (size_t i = 0; i < DEPTH; i++) {
                sum += bytes[group * DEPTH + i] * weights[i];
            }
            weights += LANES * DEPTH;
        }
    }
    float scaled = (float)sum * (product->row_scales == NULL ? product->row_scale : product->row_scales[row]);
    return fmaf(scaled, product->scale[output], product->bias[output]);
}

static void product_to_floats(const struct product *product, const struct float_output *output) {
    for (size_t row = 0; row < product->row_count; row++) {
        for (size_t n = 0; n < product->outputs; n++) {
            float value = product_at(product, row, n);
            value = output->relu && !(value > 0.0f) ? 0.0f : value;
            size_t at = row * output->stride + n;
            output->values[at] = output->residual == NULL ? value : value + output->residual[at];
        }
    }
}

static void product_to_bytes(const struct product *product, const struct byte_output *output) {
    size_t padded = (product->outputs + LANES - 1) / LANES * LANES;
    for (size_t row = 0; row < product->row_count; row++) {
        uint8_t *values = output->values + row * output->stride;
        for (size_t n = 0; n < padded; n++) {
            values[n] = output->table[n < product->outputs ? to_byte(product_at(product, row, n)) : 0];
        }
    }
}

static void depthwise(const struct depthwise_row *row) {
    size_t channels = row->channels;
    for (size_t x = 0; x < row->out_width; x++) {
        float *out = row->out + x * channels;
        for (size_t c = 0; c < channels; c++) {
            out[c] = row->bias[c];
        }
        for (size_t tap = 0; tap < row->kernel_height * row->kernel_width; tap++) {
            const float *from = row->rows[tap / row->kernel_width];
            size_t at = x * row->stride + tap % row->kernel_width;
            if (from == NULL || at < row->pad || at - row->pad >= row->width) {
                continue;
            }
            for (size_t c = 0; c < channels; c++) {
                out[c] = fmaf(from[(at - row->pad) * channels + c], row->weights[tap * channels + c], out[c]);
            }
        }
    }
}

static float part_value(const struct row_part *part, size_t pixel, size_t channel) {
    size_t at = pixel * part->channels + channel, right = at + (pixel + 1 < part->pixels ? part->channels : 0);
    const float *values = part->values, *below = part->below;
    return below == NULL ? values[at] : fmaxf(fmaxf(values[at], values[right]), fmaxf(below[at], below[right]));
}

static void row_to_bytes(const struct row_part *part, float factor, float offset, uint8_t *bytes, size_t stride) {
    for (size_t i = 0; i < part->pixels * part->repeat; i++) {
        for (size_t c = 0; c < part->channels; c++) {
            bytes[i * stride + c] = to_byte(fmaf(part_value(part, i / part->repeat, c), factor, offset));
        }
    }
}

static void planes_to_pixels(const float *const planes[3], size_t count, const float factors[3], const float offsets[3],
                             uint8_t *pixels) {
    for (size_t i = 0; i < count; i++) {
        for (size_t c = 0; c < 3; c++) {
            pixels[4 * i + c] = to_byte(fmaf(planes[c][i], factors[c], offsets[c]));
        }
        pixels[4 * i + 3] = 0;
    }
}

static void sum_pixels(const float *values, size_t pixels, size_t channels, float *sums) {
    for (size_t i = 0; i < pixels * channels; i++) {
        sums[i % channels] += values[i];
    }
}

static void add_scaled_rows(const float *values, size_t stride, size_t rows, const float *factors, size_t count,
                            float *sums) {
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = 0; i < count; i++) {
            sums[i] = fmaf(factors[row], values[row * stride + i], sums[i]);
        }
    }
}

static float power_of_e(float x) {
    static const float series[SOFTMAX_TERMS] = SOFTMAX_SERIES;
    x = x > SOFTMAX_LEAST ? x : SOFTMAX_LEAST;
    float n = rintf(x * SOFTMAX_LOG2_E), r = fmaf(n, -SOFTMAX_LN2_LOW, fmaf(n, -SOFTMAX_LN2_HIGH, x));
    float power = series[0];
    for (size_t i = 1; i < SOFTMAX_TERMS; i++) {
        power = fmaf(power, r, series[i]);
    }
    return ldexpf(power, (int)n);
}

static void softmax(float *values, size_t count) {
    float most = values[0], sums[LANES] = {0.0f};
    for (size_t i = 1; i < count; i++) {
        most = values[i] > most ? values[i] : most;
    }
    for (size_t i = 0; i < count; i++) {
        values[i] = power_of_e(values[i] - most);
        sums[i % LANES] += values[i];
    }
    for (size_t half = LANES / 2; half > 0; half /= 2) {
        for (size_t i = 0; i < half; i++) {
            sums[i] += sums[i + half];
        }
    }
    for (size_t i = 0; i < count; i++) {
        values[i] *= 1.0f / sums[0];
    }
}

static void multiply_pixels(const float *values, size_t pixels, size_t channels, const float *factors, float *out) {
    for (size_t i = 0; i < pixels * channels; i++) {
        out[i] = values[i] * factors[i % channels];
    }
}

const struct kernels kernels_portable = {
    .name = "portable",
    .rows_at_once = 1,
    .pixels_to_bytes = pixels_to_bytes,
    .greatest = greatest,
    .to_bytes = to_bytes,
    .product_to_floats = product_to_floats,
    .product_to_bytes = product_to_bytes,
    .depthwise = depthwise,
    .row_to_bytes = row_to_bytes,
    .planes_to_pixels = planes_to_pixels,
    .sum_pixels = sum_pixels,
    .add_scaled_rows = add_scaled_rows,
    .softmax = softmax,
    .multiply_pixels = multiply_pixels,
};
