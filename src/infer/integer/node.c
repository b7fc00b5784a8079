/* node.c - attributes, tensors and threads of the runtime, with every status checked. */
#include "infer/integer/node.h"

#include <stdatomic.h>
#include <stdio.h>

#include "base/heap.h"
#include "infer/allocator.h"

enum { SIZE_LIMIT = 65535, SIZES_LIMIT = 4, GRID_RANK = 4 };

/* ---- loading ------------------------------------------------------------------------------------------- */

void setup_refuse(struct setup *setup, const char *reason) {
    if (setup->status == NULL) {
        setup->status = setup->api->CreateStatus(ORT_INVALID_GRAPH, reason);
    }
}

static void setup_refuse_attribute(struct setup *setup, const char *name) {
    char reason[96];
    snprintf(reason, sizeof reason, "the attribute %s of an integer operator is out of range", name);
    setup_refuse(setup, reason);
}

static size_t size_checked(struct setup *setup, const char *name, int64_t value) {
    if (value >= 0 && value <= SIZE_LIMIT) {
        return (size_t)value;
    }
    setup_refuse_attribute(setup, name);
    return 0;
}

size_t setup_size(struct setup *setup, const char *name) {
    int64_t value = 0;
    if (setup->status == NULL) {
        setup->status = setup->api->KernelInfoGetAttribute_int64(setup->info, name, &value);
    }
    return setup->status == NULL ? size_checked(setup, name, value) : 0;
}

void setup_sizes(struct setup *setup, const char *name, size_t *values, size_t count) {
    int64_t read[SIZES_LIMIT] = {0};
    size_t read_count = count;
    if (setup->status == NULL) {
        setup->status = setup->api->KernelInfoGetAttributeArray_int64(setup->info, name, read, &read_count);
    }
    if (setup->status == NULL && read_count != count) {
        setup_refuse_attribute(setup, name);
    }
    for (size_t i = 0; i < count; i++) {
        values[i] = setup->status == NULL ? size_checked(setup, name, read[i]) : 0;
    }
}

float setup_float(struct setup *setup, const char *name) {
    float value = 0.0f;
    if (setup->status == NULL) {
        setup->status = setup->api->KernelInfoGetAttribute_float(setup->info, name, &value);
    }
    return value;
}

void setup_floats(struct setup *setup, const char *name, float *values, size_t count) {
    size_t read_count = count;
    if (setup->status == NULL) {
        setup->status = setup->api->KernelInfoGetAttributeArray_float(setup->info, name, values, &read_count);
    }
    if (setup->status == NULL && read_count != count) {
        setup_refuse_attribute(setup, name);
    }
}

struct window setup_window(struct setup *setup) {
    size_t kernel[2], strides[2], pads[4];
    setup_sizes(setup, "kernel", kernel, 2);
    setup_sizes(setup, "strides", strides, 2);
    setup_sizes(setup, "pads", pads, 4);
    if (kernel[0] == 0 || kernel[1] == 0 || strides[0] == 0 || strides[1] == 0) {
        setup_refuse_attribute(setup, "kernel or strides");
    }
    return (struct window){kernel[0], kernel[1], strides[0], strides[1], pads[0], pads[1], pads[2], pads[3]};
}

const void *setup_constant_sized(struct setup *setup, size_t index, ONNXTensorElementDataType type, size_t *count) {
    const OrtValue *value = NULL;
    OrtTensorTypeAndShapeInfo *info = NULL;
    void *data = NULL;
    int is_constant = 0;
    ONNXTensorElementDataType found = ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED;
    const OrtApi *api = setup->api;
    *count = 0;
    if (setup->status == NULL) {
        setup->status = api->KernelInfoGetConstantInput_tensor(setup->info, index, &is_constant, &value);
    }
    if (setup->status == NULL && (is_constant == 0 || value == NULL)) {
        setup_refuse(setup, "a weight of an integer operator is not a constant");
    }
    if (setup->status == NULL) {
        setup->status = api->GetTensorTypeAndShape(value, &info);
    }
    if (setup->status == NULL) {
        setup->status = api->GetTensorElementType(info, &found);
    }
    if (setup->status == NULL) {
        setup->status = api->GetTensorShapeElementCount(info, count);
    }
    if (setup->status == NULL && found != type) {
        setup_refuse(setup, "a weight of an integer operator is of another type");
    }
    if (setup->status == NULL) {
        /* The interface gives a writable pointer; constants are only read. */
        setup->status = api->GetTensorMutableData((OrtValue *)(uintptr_t)value, &data);
    }
    if (info != NULL) {
        api->ReleaseTensorTypeAndShapeInfo(info);
    }
    return data;
}

const void *setup_constant(struct setup *setup, size_t index, ONNXTensorElementDataType type, size_t count) {
    size_t found;
    const void *data = setup_constant_sized(setup, index, type, &found);
    if (setup->status == NULL && found != count) {
        char reason[128];
        snprintf(reason, sizeof reason, "input %zu of an integer operator has %zu elements and needs %zu", index, found,
                 count);
        setup_refuse(setup, reason);
    }
    return data;
}

/* ---- running ------------------------------------------------------------------------------------------- */

void call_refuse(struct call *call, const char *reason) {
    if (call->status == NULL) {
        call->status = call->api->CreateStatus(ORT_INVALID_ARGUMENT, reason);
    }
}

struct grid call_input(struct call *call, size_t index) {
    const OrtApi *api = call->api;
    const OrtValue *value = NULL;
    OrtTensorTypeAndShapeInfo *info = NULL;
    void *values = NULL;
    size_t rank = 0;
    int64_t shape[GRID_RANK] = {0};
    if (call->status == NULL) {
        call->status = api->KernelContext_GetInput(call->context, index, &value);
    }
    if (call->status == NULL) {
        call->status = api->GetTensorTypeAndShape(value, &info);
    }
    if (call->status == NULL) {
        call->status = api->GetDimensionsCount(info, &rank);
    }
    if (call->status == NULL && rank != GRID_RANK) {
        call_refuse(call, "an input of an integer operator has not 4 dimensions");
    }
    if (call->status == NULL) {
        call->status = api->GetDimensions(info, shape, GRID_RANK);
    }
    if (call->status == NULL && (shape[0] != 1 || shape[1] < 1 || shape[2] < 1 || shape[3] < 1)) {
        call_refuse(call, "an input of an integer operator is empty or more than one image");
    }
    if (call->status == NULL) {
        call->status = api->GetTensorMutableData((OrtValue *)(uintptr_t)value, &values);
    }
    if (info != NULL) {
        api->ReleaseTensorTypeAndShapeInfo(info);
    }
    return (struct grid){values, (size_t)shape[1], (size_t)shape[2], (size_t)shape[3]};
}

size_t call_input_count(struct call *call) {
    size_t count = 0;
    if (call->status == NULL) {
        call->status = call->api->KernelContext_GetInputCount(call->context, &count);
    }
    return count;
}

float *call_output(struct call *call, size_t height, size_t width, size_t channels) {
    int64_t shape[GRID_RANK] = {1, (int64_t)height, (int64_t)width, (int64_t)channels};
    OrtValue *value = NULL;
    void *values = NULL;
    if (call->status == NULL && (height == 0 || width == 0)) {
        call_refuse(call, "the input of an integer operator is smaller than its window");
    }
    if (call->status == NULL) {
        call->status = call->api->KernelContext_GetOutput(call->context, 0, shape, GRID_RANK, &value);
    }
    if (call->status == NULL) {
        call->status = call->api->GetTensorMutableData(value, &values);
    }
    return values;
}

void *call_scratch(struct call *call, size_t bytes) {
    if (call->status != NULL) {
        return NULL;
    }
    void *block = allocator_take(bytes);
    if (block == NULL) {
        call->status = call->api->CreateStatus(ORT_FAIL, "no memory for the scratch of an integer operator");
    }
    return block;
}

/*
 * The runtime already orders what its threads do. `ordered` repeats that order in C's own terms, for thread checkers
 * that cannot see into the runtime.
 */
struct split {
    call_part function;
    void *context;
    size_t total, step, parts;
    atomic_size_t ordered;
};

static size_t split_border(const struct split *split, size_t part) {
    size_t steps = (split->total + split->step - 1) / split->step;
    size_t border = steps * part / split->parts * split->step;
    return border < split->total ? border : split->total;
}

static void split_part(void *context, size_t part) {
    struct split *split = context;
    (void)atomic_load_explicit(&split->ordered, memory_order_acquire);
    size_t from = split_border(split, part), until = split_border(split, part + 1);
    if (from < until) {
        split->function(split->context, part, from, until);
    }
    (void)atomic_fetch_add_explicit(&split->ordered, 1, memory_order_release);
}

void call_split(struct call *call, size_t total, size_t step, call_part function, void *context) {
    struct split split = {
        .function = function, .context = context, .total = total, .step = step, .parts = call->threads};
    if (call->status != NULL) {
        return;
    }
    if (split.parts <= 1) {
        function(context, 0, 0, total);
        return;
    }
    atomic_store_explicit(&split.ordered, 0, memory_order_release);
    call->status = call->api->KernelContext_ParallelFor(call->context, split_part, split.parts, split.parts, &split);
    (void)atomic_load_explicit(&split.ordered, memory_order_acquire);
}
