/*
 * node.h - what a custom operator sees of the inference runtime: its attributes and constants when the model is loaded,
 * its tensors, scratch and threads when it runs. The first failure stays in `status`; what is asked for after it
 * gives zeros, so that an operator looks once, at the end.
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

/* An attribute that is a number from 0 to 65535. */
size_t setup_size(struct setup *setup, const char *name);
void setup_sizes(struct setup *setup, const char *name, size_t *values, size_t count);
float setup_float(struct setup *setup, const char *name);
void setup_floats(struct setup *setup, const char *name, float *values, size_t count);

/* The attributes kernel, strides and pads. */
struct window setup_window(struct setup *setup);

/* Input `index`, which must be a constant with `count` elements of the type; it stays as long as the session. */
const void *setup_constant(struct setup *setup, size_t index, ONNXTensorElementDataType type, size_t count);

/* The same of any size, which is given. */
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

/* How many inputs the node has, constants and optional ones among them. */
size_t call_input_count(struct call *call);

/* The output [1, height, width, channels]; NULL after a failure. */
float *call_output(struct call *call, size_t height, size_t width, size_t channels);

/* From the heap that this thread aims at; for heap_free. NULL, and a failure, when it is refused. */
void *call_scratch(struct call *call, size_t bytes);

void call_refuse(struct call *call, const char *reason);

/*
 * Parts 0..total among the session's threads in steps of `step`; `part` is below call->threads and no two calls with
 * the same one run at once. The parts' borders are a matter of `threads` alone.
 */
typedef void (*call_part)(void *context, size_t part, size_t from, size_t until);
void call_split(struct call *call, size_t total, size_t step, call_part function, void *context);

#endif
