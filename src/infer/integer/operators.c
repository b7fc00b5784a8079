/* operators.c - the kernels of the operators, as the inference runtime calls them. */
#include "infer/integer/operators.h"

#include <string.h>

#include "base/heap.h"
#include "base/meter.h"
#include "infer/allocator.h"
#include "infer/integer/operator_kinds.h"

/* One operator of one set. The runtime passes `callbacks` back, so it comes first. */
struct operator_entry {
    OrtCustomOp callbacks;
    const struct operator_kind *kind;
    size_t threads;
};

struct operators {
    const OrtApi *api;
    OrtCustomOpDomain *domain;
    struct operator_entry entries[OPERATOR_KINDS_LIMIT];
};

/* One node of a model. */
struct node {
    const OrtApi *api;
    const struct operator_kind *kind;
    const struct kernels *kernels;
    size_t threads;
    union operator_settings settings;
};

static const struct operator_entry *entry_of(const OrtCustomOp *callbacks) {
    return (const struct operator_entry *)(const void *)callbacks;
}

static OrtStatus *on_create(const OrtCustomOp *callbacks, const OrtApi *api, const OrtKernelInfo *info, void **kernel) {
    const struct operator_entry *entry = entry_of(callbacks);
    struct node *node = allocator_take(sizeof *node);
    *kernel = NULL;
    if (node == NULL) {
        return api->CreateStatus(ORT_FAIL, "no memory for an integer operator");
    }
    memset(node, 0, sizeof *node);
    node->api = api;
    node->kind = entry->kind;
    node->kernels = kernels_best();
    node->threads = entry->threads;
    struct setup setup = {api, info, NULL};
    entry->kind->set_up(&setup, &node->settings);
    if (setup.status != NULL) {
        heap_free(node);
        return setup.status;
    }
    *kernel = node;
    return NULL;
}

static OrtStatus *on_compute(void *kernel, OrtKernelContext *context) {
    const struct node *node = kernel;
    struct call call = {node->api, context, node->kernels, node->threads, NULL};
    node->kind->run(&node->settings, &call);
    return call.status;
}

static const char *on_name(const OrtCustomOp *callbacks) {
    return entry_of(callbacks)->kind->name;
}

static ONNXTensorElementDataType on_input_type(const OrtCustomOp *callbacks, size_t index) {
    switch (entry_of(callbacks)->kind->inputs[index]) {
    case 's':
        return ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8;
    case 'u':
        return ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8;
    case 'i':
        return ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32;
    default:
        return ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT;
    }
}

static size_t on_input_count(const OrtCustomOp *callbacks) {
    return strlen(entry_of(callbacks)->kind->inputs);
}

static OrtCustomOpInputOutputCharacteristic on_input_characteristic(const OrtCustomOp *callbacks, size_t index) {
    bool is_optional = entry_of(callbacks)->kind->inputs[index] == '?';
    return is_optional ? INPUT_OUTPUT_OPTIONAL : INPUT_OUTPUT_REQUIRED;
}

static ONNXTensorElementDataType on_output_type(const OrtCustomOp *callbacks, size_t index) {
    (void)callbacks, (void)index;
    return ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT;
}

static size_t on_output_count(const OrtCustomOp *callbacks) {
    (void)callbacks;
    return 1;
}

static OrtCustomOpInputOutputCharacteristic on_output_characteristic(const OrtCustomOp *callbacks, size_t index) {
    (void)callbacks, (void)index;
    return INPUT_OUTPUT_REQUIRED;
}

static const char *on_provider(const OrtCustomOp *callbacks) {
    (void)callbacks;
    return NULL; /* the processor */
}

static OrtMemType on_memory_type(const OrtCustomOp *callbacks, size_t index) {
    (void)callbacks, (void)index;
    return OrtMemTypeDefault;
}

static int on_version(const OrtCustomOp *callbacks) {
    (void)callbacks;
    return 1;
}

static const OrtCustomOp CALLBACKS = {
    .version = ORT_API_VERSION,
    .GetName = on_name,
    .GetExecutionProviderType = on_provider,
    .GetInputType = on_input_type,
    .GetInputTypeCount = on_input_count,
    .GetOutputType = on_output_type,
    .GetOutputTypeCount = on_output_count,
    .KernelDestroy = heap_free,
    .GetInputCharacteristic = on_input_characteristic,
    .GetOutputCharacteristic = on_output_characteristic,
    .GetInputMemoryType = on_memory_type,
    .CreateKernelV2 = on_create,
    .KernelComputeV2 = on_compute,
    .GetStartVersion = on_version,
    .GetEndVersion = on_version,
};

struct operators *operators_open(struct meter *meter, const OrtApi *api, size_t threads) {
    struct operators *operators = meter_new(meter, struct operators);
    if (operators != NULL) {
        operators->api = api;
        for (size_t i = 0; i < operator_kinds_count; i++) {
            operators->entries[i] = (struct operator_entry){CALLBACKS, &operator_kinds[i], threads};
        }
    }
    return operators;
}

OrtStatus *operators_add(struct operators *operators, OrtSessionOptions *options) {
    const OrtApi *api = operators->api;
    OrtStatus *status = api->CreateCustomOpDomain("lince", &operators->domain);
    for (size_t i = 0; i < operator_kinds_count && status == NULL; i++) {
        status = api->CustomOpDomain_Add(operators->domain, &operators->entries[i].callbacks);
    }
    return status != NULL ? status : api->AddCustomOpDomain(options, operators->domain);
}

void operators_close(struct operators *operators) {
    if (operators != NULL) {
        if (operators->domain != NULL) {
            operators->api->ReleaseCustomOpDomain(operators->domain);
        }
        meter_free(operators);
    }
}
