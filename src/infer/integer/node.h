/*
 * node.h - what a custom operator uses of the inference runtime: attributes and constants when the model is loaded;
 * tensors, working memory and threads when it runs. The first failure stays in `status`, and later requests give zeros,
 * so that an operator checks once, at the end.
 */
#ifndef LINCE_INFER_INTEGER_NODE_H
#define LINCE_INFER_INTEGER_NODE_H

#include <onnxruntime_c_api.h>
#include <stdint.h>

#include "infer/integer/grid.h"
#include "infer/integer/kernels.h"

/* ---- loading ---- */

struct setup {
    const OrtApi *api;
    const OrtKernelInfo *info;
    OrtStatus *status;
};

/* A numeric attribute from 0 to 65535. */
size_t setup_size(struct setup *setup, const char *name);
void setup_sizes(struct setup *setup, const char *name, size_t *values, size_t count);
float setup_float(struct setup *setup, const char *name);
void setup_floats(struct setup *setup, const char *name, float *values, size_t count);

/* The attributes kernel, strides and pads. */
struct window setup_window(struct setup *setup);

/* Input `index`, which must be a constant with `count` elements of the type. Valid as long as the session. */
const void *setup_constant(struct setup *setup, size_t index, ONNXTensorElementDataType type, size_t count);

/* The same for any size, which is returned. */
const void *setup_constant_sized(struct setup *setup, size_t index, ONNXTensorElementDataType type, size_t *count);

void setup_refuse(struct setup *setup, const char *reason);

/* ---- running ---- */

struct call {
    const OrtApi *api;
    OrtKernelContext *context;
    const struct kernels *kernels;
    size_t threads;
    OrtStatus *status;
};

/* Input `index`, floats [1, height, width, channels]. */
struct grid call_input(struct call *call, size_t index);

/* How many inputs the node has, including constants and optional ones. */
size_t call_input_count(struct call *call);

/* The output [1, height, width, channels]; NULL after a failure. */
float *call_output(struct call *call, size_t height, size_t width, size_t channels);

/* From this thread's heap; free it with heap_free. NULL, and a failure, when refused. */
void *call_scratch(struct call *call, size_t bytes);

void call_refuse(struct call *call, const char *reason);

/*
 * Divides 0..total among the session's threads in steps of `step`. `part` is below call->threads; no two calls with the
 * same one run at once. The division depends only on `threads`.
 */
typedef void (*call_part)(void *context, size_t part, size_t from, size_t until);
void call_split(struct call *call, size_t total, size_t step, call_part function, void *context);

#endif
