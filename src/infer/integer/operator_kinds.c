/* operator_kinds.c - connects a node's tensors with the functions that compute them, part by part. */
#include "infer/integer/operator_kinds.h"

#include <assert.h>
#include <string.h>

#include "base/heap.h"

#define FLOATS ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT
#define SIGNED_BYTES ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8
#define BYTES ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8
#define INTEGERS ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32

enum { PIXELS_STEP = 24, SCRATCH_ALIGNMENT = 64, CONVOLUTION_CONSTANTS = 4 };

/* Shared by the parts of a run. */
struct work {
    const union operator_settings *settings;
    const struct kernels *kernels;
    struct grid x;
    float *y;
    uint8_t *scratch;
    size_t scratch_bytes; /* for each part */
};

static struct work work_of(const union operator_settings *settings, struct call *call) {
    return (struct work){.settings = settings, .kernels = call->kernels, .x = call_input(call, 0)};
}

/* ---- IntegerMlp ---------------------------------------------------------------------------------------- */

static void pair_set_up(struct setup *setup, union operator_settings *settings) {
    struct pair *pair = &settings->pair.pair;
    pair->spread = setup_size(setup, "spread");
    pair->is_residual = setup_size(setup, "residual") != 0;
    pair->bias1 = setup_constant_sized(setup, 4, FLOATS, &pair->hidden);
    pair->bias2 = setup_constant_sized(setup, 8, FLOATS, &pair->outputs);
    pair->weights1 = setup_constant_sized(setup, 1, SIGNED_BYTES, &settings->pair.weights1_count);
    pair->start1 = setup_constant(setup, 2, INTEGERS, pair->hidden);
    pair->scale1 = setup_constant(setup, 3, FLOATS, pair->hidden);
    pair->table = setup_constant(setup, 5, BYTES, 256);
    pair->weights2 = setup_constant_sized(setup, 6, SIGNED_BYTES, &settings->pair.weights2_count);
    pair->scale2 = setup_constant(setup, 7, FLOATS, pair->outputs);
    size_t square = pair->spread * pair->spread;
    if (square == 0 || pair->outputs % square != 0 || (pair->is_residual && square != 1) ||
        settings->pair.weights2_count != round_up(pair->outputs, LANES) * round_up(pair->hidden, DEPTH)) {
        setup_refuse(setup, "the sizes of an IntegerMlp do not agree");
    }
}

static void pair_part(void *context, size_t part, size_t from, size_t until) {
    const struct work *work = context;
    struct pair pair = work->settings->pair.pair;
    pair.inputs = work->x.channels;
    pair_pixels(&pair, work->kernels, &work->x, from, until, work->y, work->scratch + part * work->scratch_bytes);
}

static void pair_run(const union operator_settings *settings, struct call *call) {
    struct work work = work_of(settings, call);
    struct pair pair = settings->pair.pair;
    pair.inputs = work.x.channels;
    if (round_up(pair.inputs, DEPTH) * round_up(pair.hidden, LANES) != settings->pair.weights1_count ||
        (pair.is_residual && pair.inputs != pair.outputs)) {
        call_refuse(call, "the input of an IntegerMlp does not fit its weights");
        return;
    }
    size_t side = pair.spread;
    work.y = call_output(call, work.x.height * side, work.x.width * side, pair.outputs / (side * side));
    work.scratch_bytes = round_up(pair_scratch_bytes(&pair, work.kernels), SCRATCH_ALIGNMENT);
    work.scratch = call_scratch(call, work.scratch_bytes * call->threads);
    call_split(call, work.x.height * work.x.width, PIXELS_STEP, pair_part, &work);
    heap_free(work.scratch);
}

/* ---- IntegerConv, IntegerStem -------------------------------------------------------------------------- */

static void convolution_set_up(struct setup *setup, union operator_settings *settings) {
    struct convolution *convolution = &settings->convolution.convolution;
    convolution->window = setup_window(setup);
    convolution->activation = (enum activation)setup_size(setup, "activation");
    convolution->bias = setup_constant_sized(setup, 4, FLOATS, &convolution->outputs);
    convolution->weights = setup_constant_sized(setup, 1, SIGNED_BYTES, &settings->convolution.weights_count);
    convolution->start = setup_constant(setup, 2, INTEGERS, convolution->outputs);
    convolution->scale = setup_constant(setup, 3, FLOATS, convolution->outputs);
}

static void grid_convolution_set_up(struct setup *setup, union operator_settings *settings) {
    convolution_set_up(setup, settings);
    struct convolution *convolution = &settings->convolution.convolution;
    const struct window *window = &convolution->window;
    convolution->is_positive = setup_size(setup, "positive") != 0;
    settings->convolution.is_pooled = setup_size(setup, "pooled") != 0;
    if (convolution_is_pointwise(convolution) && (window->stride_x != 1 || window->stride_y != 1 ||
                                                  window->top + window->left + window->bottom + window->right != 0)) {
        setup_refuse(setup, "a pointwise IntegerConv has strides or padding");
    }
}

static void stem_set_up(struct setup *setup, union operator_settings *settings) {
    convolution_set_up(setup, settings);
    settings->convolution.convolution.is_positive = true;
    setup_floats(setup, "factors", settings->convolution.terms.factors, 3);
    setup_floats(setup, "offsets", settings->convolution.terms.offsets, 3);
}

/* Whether the weights are for windows of this many channels. */
static bool weights_fit(const union operator_settings *settings, size_t channels) {
    const struct convolution *convolution = &settings->convolution.convolution;
    size_t depth = convolution->window.kernel_height * convolution->window.kernel_width * round_up(channels, DEPTH);
    return depth * round_up(convolution->outputs, LANES) == settings->convolution.weights_count;
}

static void pointwise_part(void *context, size_t part, size_t from, size_t until) {
    const struct work *work = context;
    convolution_pixels(&work->settings->convolution.convolution, work->kernels, &work->x, from, until, work->y,
                       work->scratch + part * work->scratch_bytes);
}

static void pointwise_run(const union operator_settings *settings, struct call *call, struct work *work) {
    work->y = call_output(call, work->x.height, work->x.width, settings->convolution.convolution.outputs);
    work->scratch_bytes = round_up(convolution_scratch_bytes(work->x.channels), SCRATCH_ALIGNMENT);
    work->scratch = call_scratch(call, work->scratch_bytes * call->threads);
    call_split(call, work->x.height * work->x.width, PIXELS_STEP, pointwise_part, work);
    heap_free(work->scratch);
}

/* One run of a wider convolution. */
struct wide_work {
    struct work work;
    struct joined x;
    struct byte_grid grid;
    float greatest[256]; /* one for each part */
};

static void greatest_part(void *context, size_t part, size_t from, size_t until) {
    struct wide_work *wide = context;
    wide->greatest[part] = joined_greatest(&wide->x, wide->work.kernels, from, until);
}

static void bytes_part(void *context, size_t part, size_t from, size_t until) {
    struct wide_work *wide = context;
    (void)part;
    byte_grid_fill(&wide->work.settings->convolution.convolution, wide->work.kernels, &wide->x, wide->greatest[0], from,
                   until, &wide->grid);
}

/* Planes come as [1, 3, height, width], so x->width is their height and x->channels their width. */
static void stem_bytes_part(void *context, size_t part, size_t from, size_t until) {
    struct wide_work *wide = context;
    const struct grid *x = &wide->work.x;
    (void)part;
    byte_grid_fill_planes(&wide->work.settings->convolution.convolution, wide->work.kernels, x->values, x->width,
                          x->channels, &wide->work.settings->convolution.terms, from, until, &wide->grid);
}

static void rows_part(void *context, size_t part, size_t from, size_t until) {
    struct wide_work *wide = context;
    (void)part;
    convolution_rows(&wide->work.settings->convolution.convolution, wide->work.kernels, &wide->grid, from, until,
                     wide->work.y);
}

/* Converts the grid to bytes, then computes its windows. */
static void wide_run(struct wide_work *wide, struct call *call, call_part fill, size_t height, size_t width) {
    const struct convolution *convolution = &wide->work.settings->convolution.convolution;
    size_t rows = window_rows(&convolution->window, height);
    wide->work.y = call_output(call, rows, window_columns(&convolution->window, width), convolution->outputs);
    wide->grid.bytes = call_scratch(call, wide->grid.height * wide->grid.width * wide->grid.channels);
    call_split(call, wide->grid.height, 1, fill, wide);
    call_split(call, rows, 1, rows_part, wide);
    heap_free(wide->grid.bytes);
}

static void grid_wide_run(const struct work *work, const struct joined *x, struct call *call) {
    struct wide_work wide = {.work = *work, .x = *x};
    const struct convolution *convolution = &work->settings->convolution.convolution;
    if (x->channels % DEPTH != 0) {
        call_refuse(call, "the channels of an IntegerConv are not in groups of 4");
        return;
    }
    call_split(call, x->height, 1, greatest_part, &wide);
    for (size_t i = 1; i < call->threads; i++) {
        wide.greatest[0] = wide.greatest[i] > wide.greatest[0] ? wide.greatest[i] : wide.greatest[0];
    }
    wide.grid = byte_grid_for(convolution, x->height, x->width, x->channels);
    wide.grid.step = convolution_step(convolution, wide.greatest[0]);
    wide_run(&wide, call, bytes_part, x->height, x->width);
}

/* The first input and those after the constants. */
static struct joined joined_inputs(const struct work *work, struct call *call) {
    struct joined x = {{work->x}, 1, .is_pooled = work->settings->convolution.is_pooled};
    size_t inputs = call_input_count(call);
    for (size_t i = CONVOLUTION_CONSTANTS + 1; i < inputs && x.count < JOINED_LIMIT; i++) {
        x.grids[x.count++] = call_input(call, i);
    }
    if (call->status == NULL && !joined_measure(&x)) {
        call_refuse(call, "the inputs of an IntegerConv do not fit each other");
    }
    return x;
}

static void convolution_run(const union operator_settings *settings, struct call *call) {
    struct work work = work_of(settings, call);
    struct joined x = joined_inputs(&work, call);
    bool is_pointwise = convolution_is_pointwise(&settings->convolution.convolution);
    if (call->status != NULL) {
        return;
    }
    if (!weights_fit(settings, x.channels) || (is_pointwise && (x.count > 1 || x.is_pooled))) {
        call_refuse(call, "the input of an IntegerConv does not fit its weights");
    } else if (is_pointwise) {
        pointwise_run(settings, call, &work);
    } else {
        grid_wide_run(&work, &x, call);
    }
}

static void stem_run(const union operator_settings *settings, struct call *call) {
    struct wide_work wide = {.work = work_of(settings, call)};
    size_t height = wide.work.x.width, width = wide.work.x.channels;
    if (wide.work.x.height != 3 || !weights_fit(settings, 3)) {
        call_refuse(call, "the input of an IntegerStem is not three planes, or its weights are for other ones");
        return;
    }
    wide.grid = byte_grid_for(&settings->convolution.convolution, height, width, 3);
    wide.grid.step = 1.0f;
    wide_run(&wide, call, stem_bytes_part, height, width);
}

/* ---- Depthwise ----------------------------------------------------------------------------------------- */

static void depthwise_set_up(struct setup *setup, union operator_settings *settings) {
    struct depthwise *depthwise = &settings->depthwise.depthwise;
    depthwise->window = setup_window(setup);
    depthwise->activation = (enum activation)setup_size(setup, "activation");
    depthwise->bias = setup_constant_sized(setup, 2, FLOATS, &settings->depthwise.channels);
    const struct window *window = &depthwise->window;
    depthwise->weights =
        setup_constant(setup, 1, FLOATS, window->kernel_height * window->kernel_width * settings->depthwise.channels);
    if (window->kernel_height > DEPTHWISE_HEIGHT_LIMIT) {
        setup_refuse(setup, "the kernel of a Depthwise is too high");
    }
}

static void depthwise_part(void *context, size_t part, size_t from, size_t until) {
    const struct work *work = context;
    (void)part;
    depthwise_rows(&work->settings->depthwise.depthwise, work->kernels, &work->x, from, until, work->y);
}

static void depthwise_run(const union operator_settings *settings, struct call *call) {
    struct work work = work_of(settings, call);
    const struct window *window = &settings->depthwise.depthwise.window;
    if (work.x.channels != settings->depthwise.channels) {
        call_refuse(call, "the input of a Depthwise does not fit its weights");
        return;
    }
    size_t rows = window_rows(window, work.x.height);
    work.y = call_output(call, rows, window_columns(window, work.x.width), work.x.channels);
    call_split(call, rows, 1, depthwise_part, &work);
}

/* ---- ChannelGate --------------------------------------------------------------------------------------- */

static void gate_set_up(struct setup *setup, union operator_settings *settings) {
    struct gate *gate = &settings->gate.gate;
    size_t *channels = &settings->gate.channels;
    gate->alpha = setup_float(setup, "alpha");
    gate->beta = setup_float(setup, "beta");
    gate->add = setup_size(setup, "add") != 0 ? 1.0f : 0.0f;
    gate->bias1 = setup_constant_sized(setup, 2, FLOATS, &gate->middle);
    gate->bias2 = setup_constant_sized(setup, 4, FLOATS, channels);
    gate->weights1 = setup_constant(setup, 1, FLOATS, *channels * gate->middle);
    gate->weights2 = setup_constant(setup, 3, FLOATS, *channels * gate->middle);
}

static void gate_sums_part(void *context, size_t part, size_t from, size_t until) {
    const struct work *work = context;
    (void)part;
    channels_gate_sums(work->kernels, &work->x, from, until, (float *)(void *)work->scratch);
}

static void gate_part(void *context, size_t part, size_t from, size_t until) {
    const struct work *work = context;
    const struct grid *x = &work->x;
    const float *factors = (const float *)(const void *)work->scratch + x->height * x->channels;
    size_t at = from * x->width * x->channels;
    (void)part;
    work->kernels->multiply_pixels(x->values + at, (until - from) * x->width, x->channels, factors, work->y + at);
}

static void gate_run(const union operator_settings *settings, struct call *call) {
    struct work work = work_of(settings, call);
    const struct grid *x = &work.x;
    if (x->channels != settings->gate.channels) {
        call_refuse(call, "the input of a ChannelGate does not fit its weights");
        return;
    }
    size_t rows = x->height * x->channels; /* floats for the sums of each row */
    work.y = call_output(call, x->height, x->width, x->channels);
    float *sums = call_scratch(call, (rows + x->channels + settings->gate.gate.middle) * sizeof *sums);
    work.scratch = (uint8_t *)sums;
    call_split(call, x->height, 1, gate_sums_part, &work);
    if (call->status == NULL) {
        gate_factors(&settings->gate.gate, call->kernels, x, sums, sums + rows + x->channels, sums + rows);
    }
    call_split(call, x->height, 1, gate_part, &work);
    heap_free(sums);
}

/* ---- MeanPool, Enlarge --------------------------------------------------------------------------------- */

static void mean_pool_set_up(struct setup *setup, union operator_settings *settings) {
    size_t kernel[2];
    setup_sizes(setup, "kernel", kernel, 2);
    if (kernel[0] == 0 || kernel[1] == 0) {
        setup_refuse(setup, "a MeanPool without a window");
    }
    settings->window = (struct window){kernel[0], kernel[1], kernel[0], kernel[1], 0, 0, 0, 0};
}

static void mean_pool_part(void *context, size_t part, size_t from, size_t until) {
    const struct work *work = context;
    (void)part;
    channels_mean_pool_rows(&work->settings->window, &work->x, from, until, work->y);
}

static void mean_pool_run(const union operator_settings *settings, struct call *call) {
    struct work work = work_of(settings, call);
    size_t rows = window_rows(&settings->window, work.x.height);
    work.y = call_output(call, rows, window_columns(&settings->window, work.x.width), work.x.channels);
    call_split(call, rows, 1, mean_pool_part, &work);
}

static void enlarge_set_up(struct setup *setup, union operator_settings *settings) {
    settings->factor = setup_size(setup, "factor");
    if (settings->factor == 0) {
        setup_refuse(setup, "an Enlarge by nothing");
    }
}

static void enlarge_part(void *context, size_t part, size_t from, size_t until) {
    const struct work *work = context;
    (void)part;
    channels_enlarge_rows(work->settings->factor, &work->x, (const float *)(const void *)work->scratch, from, until,
                          work->y);
}

static void enlarge_run(const union operator_settings *settings, struct call *call) {
    struct work work = work_of(settings, call);
    size_t height = work.x.height * settings->factor, width = work.x.width * settings->factor;
    if (call_input_count(call) > 1) {
        struct grid added = call_input(call, 1);
        if (added.height != height || added.width != width || added.channels != work.x.channels) {
            call_refuse(call, "the inputs of an Enlarge do not fit each other");
        }
        work.scratch = (uint8_t *)added.values;
    }
    work.y = call_output(call, height, width, work.x.channels);
    call_split(call, height, 1, enlarge_part, &work);
}

/* ---- Attention, ClassShares ---------------------------------------------------------------------------- */

static void attention_set_up(struct setup *setup, union operator_settings *settings) {
    settings->attention = (struct attention){setup_size(setup, "heads"), setup_size(setup, "size")};
    if (settings->attention.heads == 0 || settings->attention.size == 0) {
        setup_refuse(setup, "an Attention without heads");
    }
}

static void attention_part(void *context, size_t part, size_t from, size_t until) {
    const struct work *work = context;
    uint8_t *scratch = work->scratch + part * work->scratch_bytes;
    attention_heads(&work->settings->attention, work->kernels, &work->x, from, until, work->y,
                    (float *)(void *)scratch);
}

static void attention_run(const union operator_settings *settings, struct call *call) {
    struct work work = work_of(settings, call);
    const struct attention *attention = &settings->attention;
    size_t width = attention->heads * attention->size, pixels = work.x.height * work.x.width;
    if (work.x.channels != 3 * width) {
        call_refuse(call, "the input of an Attention does not fit its heads");
        return;
    }
    work.y = call_output(call, work.x.height, work.x.width, width);
    work.scratch_bytes = round_up(attention_scratch_bytes(attention, pixels), SCRATCH_ALIGNMENT);
    work.scratch = call_scratch(call, work.scratch_bytes * call->threads);
    call_split(call, attention->heads, 1, attention_part, &work);
    heap_free(work.scratch);
}

static void class_shares_set_up(struct setup *setup, union operator_settings *settings) {
    (void)setup, (void)settings;
}

static void class_shares_part(void *context, size_t part, size_t from, size_t until) {
    const struct work *work = context;
    size_t channels = work->x.channels;
    (void)part;
    memcpy(work->y + from * channels, work->x.values + from * channels, (until - from) * channels * sizeof *work->y);
    for (size_t i = from; i < until; i++) {
        work->kernels->softmax(work->y + i * channels, channels);
    }
}

static void class_shares_run(const union operator_settings *settings, struct call *call) {
    struct work work = work_of(settings, call);
    work.y = call_output(call, work.x.height, work.x.width, work.x.channels);
    call_split(call, work.x.height * work.x.width, PIXELS_STEP, class_shares_part, &work);
}

const struct operator_kind operator_kinds[] = {
    {"IntegerMlp", "fsiffusff", pair_set_up, pair_run},
    {"IntegerConv", "fsiff???", grid_convolution_set_up, convolution_run},
    {"IntegerStem", "fsiff", stem_set_up, stem_run},
    {"Depthwise", "fff", depthwise_set_up, depthwise_run},
    {"ChannelGate", "fffff", gate_set_up, gate_run},
    {"MeanPool", "f", mean_pool_set_up, mean_pool_run},
    {"Enlarge", "f?", enlarge_set_up, enlarge_run},
    {"Attention", "f", attention_set_up, attention_run},
    {"ClassShares", "f", class_shares_set_up, class_shares_run},
};
static_assert(sizeof operator_kinds / sizeof *operator_kinds <= OPERATOR_KINDS_LIMIT, "the limit counts them all");
const size_t operator_kinds_count = sizeof operator_kinds / sizeof *operator_kinds;
