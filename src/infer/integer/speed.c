/* speed.c - repeats a deep product, whose edges do not matter, and a depthwise row as the models have it. */
#include "infer/integer/speed.h"

#include "base/clock.h"

enum { ROWS = 48, DEPTH_BYTES = 1024, OUTPUTS = 48, WIDTH = 32, CHANNELS = 48, SIDE = 3, SLICES = 5 };
static const double SLICE_MS = 10.0;

/* Input of both loops, aligned as in the models; the results are not used. */
struct material {
    _Alignas(64) uint8_t bytes[ROWS * DEPTH_BYTES];
    _Alignas(64) int8_t weights[DEPTH_BYTES * OUTPUTS];
    uint8_t results[ROWS * OUTPUTS], table[256];
    float scale[OUTPUTS], bias[OUTPUTS];
    float values[WIDTH * CHANNELS], taps[SIDE * SIDE * CHANNELS], out[WIDTH * CHANNELS];
};

static void product_once(const struct kernels *kernels, struct material *material) {
    struct product product = {
        .rows = material->bytes,
        .row_stride = DEPTH_BYTES,
        .row_count = ROWS,
        .segment_count = 1,
        .segment_groups = DEPTH_BYTES / DEPTH,
        .weights = material->weights,
        .outputs = OUTPUTS,
        .row_scale = 1.0f,
        .scale = material->scale,
        .bias = material->bias,
    };
    struct byte_output output = {material->results, OUTPUTS, material->table};
    kernels->product_to_bytes(&product, &output);
}

static void depthwise_once(const struct kernels *kernels, struct material *material) {
    const float *rows[SIDE] = {material->values, material->values, material->values};
    struct depthwise_row row = {rows, WIDTH, CHANNELS, material->taps, material->bias, SIDE,
                                SIDE, 1,     1,        material->out,  WIDTH};
    kernels->depthwise(&row);
}

/* The best of a few time slices, since others may use the processor too. */
static double rate(const struct kernels *kernels, struct material *material, double operations,
                   void (*once)(const struct kernels *, struct material *)) {
    double best = 0.0;
    for (int slice = 0; slice < SLICES; slice++) {
        uint64_t start = clock_now_ns();
        double count = 0.0, passed_ms;
        do {
            once(kernels, material);
            count++;
            passed_ms = clock_since_ms(start);
        } while (passed_ms < SLICE_MS);
        double found = count * operations / passed_ms / 1e6;
        best = found > best ? found : best;
    }
    return best;
}

struct kernels_speed kernels_speed(const struct kernels *kernels) {
    struct material material = {0};
    return (struct kernels_speed){
        .integers = rate(kernels, &material, (double)ROWS * DEPTH_BYTES * OUTPUTS, product_once),
        .floats = rate(kernels, &material, (double)WIDTH * CHANNELS * SIDE * SIDE, depthwise_once),
    };
}
