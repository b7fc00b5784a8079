/* session.c - environment, sessions and runs of ONNX Runtime; converts its errors to ours. */
#include "infer/session.h"

#include <fcntl.h>
#include <onnxruntime_session_options_config_keys.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/heap.h"
#include "base/meter.h"
#include "infer/allocator.h"
#include "infer/integer/operators.h"
#include "infer/threads.h"

struct runtime {
    const OrtApi *api;
    OrtEnv *env;
    OrtMemoryInfo *cpu;
    struct meter *meter;
};

/* A file mapped into memory, shared through the kernel. */
struct mapping {
    void *bytes; /* NULL: not mapped */
    size_t count;
};

struct session {
    struct runtime *runtime;
    struct mapping mapping;
    struct operators *operators;
    OrtSession *session;
    OrtAllocator *names;
    char *input_name, *output_name;
    char name[48]; /* the file's; the runtime's requests are counted under it */
    struct site at_load, at_run;
    struct allocator_target load_target; /* for the thread that loads the model, and for the runtime's own threads */
};

/* The library prints nothing: what the runtime would log comes back in its statuses. */
static void discard_log(void *context, OrtLoggingLevel severity, const char *category, const char *id,
                        const char *location, const char *message) {
    (void)context, (void)severity, (void)category, (void)id, (void)location, (void)message;
}

/* Converts a failed status to an error and frees it. `refused` says that our heap caused it. */
static enum lince_status fail(const OrtApi *api, OrtStatus *status, bool refused, enum lince_status otherwise,
                              const char *what, struct lince_error *error) {
    enum lince_status result;
    if (refused) {
        result =
            error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                      "the memory limit was reached in the model %s; raise the limit or send a smaller image",
                      "se alcanzó el límite de memoria en el modelo %s; suba el límite o envíe una imagen menor", what);
    } else {
        result = error_set(error, otherwise, "the inference runtime failed on %s: %.300s",
                           "el motor de inferencia falló con %s: %.300s", what, api->GetErrorMessage(status));
    }
    api->ReleaseStatus(status);
    return result;
}

/*
 * The runtime's official builds send usage data to their maker: opening the environment starts a thread, makes a
 * database in the user's folder and later connects to a server. What Lince reads is private. The interface's own switch
 * comes too late, after all of that has begun, so this sets the variable first.
 */
static void telemetry_forbid(void) {
    const char *forbidden = getenv("ORT_DISABLE_TELEMETRY");
    if (forbidden == NULL || strcmp(forbidden, "1") != 0) {
        setenv("ORT_DISABLE_TELEMETRY", "1", 1);
    }
}

static OrtStatus *environment_open(struct runtime *runtime) {
    const OrtApi *api = runtime->api;
    telemetry_forbid();
    OrtStatus *status =
        api->CreateEnvWithCustomLogger(discard_log, NULL, ORT_LOGGING_LEVEL_FATAL, "lince", &runtime->env);
    if (status == NULL) {
        status = api->DisableTelemetryEvents(runtime->env);
    }
    if (status == NULL) {
        status = api->CreateCpuMemoryInfo(OrtDeviceAllocator, OrtMemTypeDefault, &runtime->cpu);
    }
    return status != NULL ? status : allocator_register(api, runtime->env);
}

static void environment_free(struct runtime *runtime) {
    if (runtime->cpu != NULL) {
        runtime->api->ReleaseMemoryInfo(runtime->cpu);
    }
    if (runtime->env != NULL) {
        runtime->api->ReleaseEnv(runtime->env);
    }
    meter_free(runtime);
}

enum lince_status runtime_open(struct meter *meter, struct runtime **runtime, struct lince_error *error) {
    *runtime = NULL;
    const OrtApi *api = OrtGetApiBase()->GetApi(ORT_API_VERSION);
    if (api == NULL) {
        return error_set(error, LINCE_ERROR_RUNTIME, "ONNX Runtime %s is older than this program needs (API %d)",
                         "ONNX Runtime %s es más antiguo de lo que este programa necesita (API %d)",
                         OrtGetApiBase()->GetVersionString(), ORT_API_VERSION);
    }
    struct runtime *opened = meter_new(meter, struct runtime);
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the runtime's handle (%zu bytes)",
                         "no hay memoria para el motor de inferencia (%zu bytes)", sizeof *opened);
    }
    opened->api = api;
    opened->meter = meter;
    OrtStatus *status = environment_open(opened);
    if (status != NULL) {
        environment_free(opened);
        return fail(api, status, false, LINCE_ERROR_RUNTIME, "start", error);
    }
    *runtime = opened;
    return LINCE_OK;
}

void runtime_close(struct runtime *runtime) {
    if (runtime != NULL) {
        allocator_unregister(runtime->api, runtime->env);
        environment_free(runtime);
    }
}

struct option {
    const char *key, *value;
};

static OrtStatus *options_add(const OrtApi *api, OrtSessionOptions *options, const struct option *entries,
                              size_t count) {
    OrtStatus *status = NULL;
    for (size_t i = 0; i < count && status == NULL; i++) {
        status = api->AddSessionConfigEntry(options, entries[i].key, entries[i].value);
    }
    return status;
}

/*
 * The options of every session. A mapped model was optimised when it was prepared. The runtime's arena is always off:
 * our heap replaces it, and keeps blocks or not as the options say.
 */
static OrtStatus *options_fill(const OrtApi *api, OrtSessionOptions *options, uint32_t threads,
                               const struct lince_runtime_options *runtime, bool is_mapped) {
    const char *spinning = runtime->spinning != 0 ? "1" : "0";
    const struct option always[] = {
        {kOrtSessionOptionsConfigUseEnvAllocators, "1"},
        {kOrtSessionOptionsUseDeviceAllocatorForInitializers, "1"},
        {kOrtSessionOptionsConfigAllowIntraOpSpinning, spinning},
        {kOrtSessionOptionsConfigAllowInterOpSpinning, spinning},
    };
    static const struct option mapped[] = {
        {kOrtSessionOptionsConfigLoadModelFormat, "ORT"},
        {kOrtSessionOptionsConfigUseORTModelBytesDirectly, "1"},
        {kOrtSessionOptionsConfigUseORTModelBytesForInitializers, "1"},
    };
    GraphOptimizationLevel level = is_mapped ? ORT_DISABLE_ALL : ORT_ENABLE_ALL;
    OrtStatus *status = api->SetIntraOpNumThreads(options, (int)threads);
    ExecutionMode mode = runtime->parallel != 0 ? ORT_PARALLEL : ORT_SEQUENTIAL;
    status = status != NULL ? status : api->SetInterOpNumThreads(options, (int)runtime->inter_op_threads);
    status = status != NULL ? status : api->SetSessionExecutionMode(options, mode);
    status = status != NULL ? status : api->SetSessionGraphOptimizationLevel(options, level);
    if (status == NULL) {
        status = runtime->memory_pattern != 0 ? api->EnableMemPattern(options) : api->DisableMemPattern(options);
    }
    status = status != NULL ? status : api->DisableCpuMemArena(options);
    status = status != NULL ? status : options_add(api, options, always, sizeof always / sizeof *always);
    return status != NULL || !is_mapped ? status : options_add(api, options, mapped, sizeof mapped / sizeof *mapped);
}

static OrtStatus *session_create(struct session *session, const char *path, uint32_t threads,
                                 const struct lince_runtime_options *runtime) {
    const OrtApi *api = session->runtime->api;
    bool is_mapped = session->mapping.bytes != NULL;
    OrtSessionOptions *options = NULL;
    OrtStatus *status = api->CreateSessionOptions(&options);
    if (status == NULL) {
        status = options_fill(api, options, threads, runtime, is_mapped);
    }
    if (status == NULL) {
        status = threads_aim(api, options, &session->load_target);
    }
    if (status == NULL) {
        status = operators_add(session->operators, options);
    }
    if (status == NULL && is_mapped) {
        status = api->CreateSessionFromArray(session->runtime->env, session->mapping.bytes, session->mapping.count,
                                             options, &session->session);
    } else if (status == NULL) {
        status = api->CreateSession(session->runtime->env, path, options, &session->session);
    }
    if (options != NULL) {
        api->ReleaseSessionOptions(options);
    }
    return status;
}

static OrtStatus *session_load(struct session *session, const char *path, uint32_t threads,
                               const struct lince_runtime_options *runtime) {
    const OrtApi *api = session->runtime->api;
    OrtStatus *status = session_create(session, path, threads, runtime);
    if (status == NULL) {
        status = api->GetAllocatorWithDefaultOptions(&session->names);
    }
    if (status == NULL) {
        status = api->SessionGetInputName(session->session, 0, session->names, &session->input_name);
    }
    if (status == NULL) {
        status = api->SessionGetOutputName(session->session, 0, session->names, &session->output_name);
    }
    return status;
}

static bool has_suffix(const char *path, const char *suffix) {
    size_t length = strlen(path), suffix_length = strlen(suffix);
    return length >= suffix_length && strcmp(path + length - suffix_length, suffix) == 0;
}

static void unmap(struct mapping *mapping) {
    if (mapping->bytes != NULL) {
        munmap(mapping->bytes, mapping->count);
    }
}

static bool file_map(const char *path, struct mapping *mapping) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return false;
    }
    struct stat facts;
    if (fstat(descriptor, &facts) == 0 && facts.st_size > 0) {
        void *bytes = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        *mapping = bytes == MAP_FAILED ? (struct mapping){0} : (struct mapping){bytes, (size_t)facts.st_size};
    }
    close(descriptor);
    return mapping->bytes != NULL;
}

static const char *file_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

enum lince_status session_open(struct runtime *runtime, const char *path, struct heap *heap, uint32_t threads,
                               const struct lince_runtime_options *options, struct session **session,
                               struct lince_error *error) {
    *session = NULL;
    struct mapping mapping = {0};
    if (has_suffix(path, ".ort") ? !file_map(path, &mapping) : access(path, R_OK) != 0) {
        return error_set(error, LINCE_ERROR_MODEL,
                         "the model %s is missing or unreadable; run scripts/setup or name the folder of the models",
                         "falta el modelo %s o no se puede leer; ejecute scripts/setup o indique la carpeta de modelos",
                         path);
    }
    struct session *opened = meter_new(runtime->meter, struct session);
    struct operators *operators = operators_open(runtime->meter, runtime->api, threads);
    if (opened == NULL || operators == NULL) {
        operators_close(operators);
        meter_free(opened);
        unmap(&mapping);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the handle of the model %s",
                         "no hay memoria para abrir el modelo %s", path);
    }
    opened->runtime = runtime;
    opened->mapping = mapping;
    opened->operators = operators;
    snprintf(opened->name, sizeof opened->name, "%s", file_name(path));
    opened->at_load = (struct site){opened->name, 0, "load", "weights"};
    opened->load_target = (struct allocator_target){heap, &opened->at_load};
    opened->at_run = (struct site){opened->name, 0, "run", "tensor"};
    size_t refusals = heap_figures(heap).refusal_count;
    struct allocator_target earlier = allocator_aim(opened->load_target);
    OrtStatus *status = session_load(opened, path, threads, options);
    allocator_aim(earlier);
    if (status != NULL) {
        session_close(opened);
        bool refused = heap_figures(heap).refusal_count > refusals;
        return fail(runtime->api, status, refused, LINCE_ERROR_MODEL, file_name(path), error);
    }
    heap_trim(heap);
    *session = opened;
    return LINCE_OK;
}

void session_close(struct session *session) {
    if (session == NULL) {
        return;
    }
    const OrtApi *api = session->runtime->api;
    struct allocator_target earlier = allocator_aim(session->load_target);
    if (session->input_name != NULL) {
        session->names->Free(session->names, session->input_name);
    }
    if (session->output_name != NULL) {
        session->names->Free(session->names, session->output_name);
    }
    if (session->session != NULL) {
        api->ReleaseSession(session->session);
    }
    allocator_aim(earlier);
    operators_close(session->operators);
    unmap(&session->mapping);
    meter_free(session);
}

void session_drop_pages(struct session *session) {
    if (session->mapping.bytes != NULL) {
        madvise(session->mapping.bytes, session->mapping.count, MADV_DONTNEED);
    }
}

static OrtStatus *tensor_describe(const OrtApi *api, OrtValue *value, struct tensor *tensor) {
    OrtTensorTypeAndShapeInfo *info = NULL;
    void *values = NULL;
    OrtStatus *status = api->GetTensorTypeAndShape(value, &info);
    if (status == NULL) {
        status = api->GetDimensionsCount(info, &tensor->rank);
    }
    if (status == NULL && tensor->rank > TENSOR_RANK_LIMIT) {
        status = api->CreateStatus(ORT_FAIL, "the output has more than 4 dimensions");
    }
    if (status == NULL) {
        status = api->GetDimensions(info, tensor->shape, tensor->rank);
    }
    if (status == NULL) {
        status = api->GetTensorMutableData(value, &values);
    }
    if (info != NULL) {
        api->ReleaseTensorTypeAndShapeInfo(info);
    }
    tensor->values = values;
    return status;
}

static void value_free(OrtValue *value) {
    if (value != NULL) {
        OrtGetApiBase()->GetApi(ORT_API_VERSION)->ReleaseValue(value);
    }
}

static OrtStatus *run(struct session *session, const float *input, const int64_t shape[4], OrtValue **output) {
    const OrtApi *api = session->runtime->api;
    const char *input_names[] = {session->input_name}, *output_names[] = {session->output_name};
    size_t input_bytes = (size_t)(shape[0] * shape[1] * shape[2] * shape[3]) * sizeof *input;
    OrtValue *value = NULL;
    /* The interface takes a writable pointer, but runs only read their inputs. */
    OrtStatus *status =
        api->CreateTensorWithDataAsOrtValue(session->runtime->cpu, (void *)(uintptr_t)input, input_bytes, shape, 4,
                                            ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, &value);
    if (status == NULL) {
        const OrtValue *inputs[] = {value};
        status = api->Run(session->session, NULL, input_names, inputs, 1, output_names, 1, output);
    }
    value_free(value);
    return status;
}

/* The runtime's own threads use the heap from which the model was loaded. */
static size_t refusal_count(const struct session *session, struct heap *heap) {
    return heap_figures(heap).refusal_count + heap_figures(session->load_target.heap).refusal_count;
}

enum lince_status session_run(struct session *session, const float *input, const int64_t shape[4], struct heap *heap,
                              struct tensor *output, struct lince_error *error) {
    const OrtApi *api = session->runtime->api;
    OrtValue *value = NULL;
    *output = (struct tensor){0};
    size_t refusals = refusal_count(session, heap);
    struct allocator_target earlier = allocator_aim((struct allocator_target){heap, &session->at_run});
    OrtStatus *status = run(session, input, shape, &value);
    if (status == NULL) {
        status = tensor_describe(api, value, output);
    }
    allocator_aim(earlier);
    if (status != NULL) {
        value_free(value);
        *output = (struct tensor){0};
        bool refused = refusal_count(session, heap) > refusals;
        return fail(api, status, refused, LINCE_ERROR_RUNTIME, session->output_name, error);
    }
    output->handle = value;
    return LINCE_OK;
}

void tensor_free(struct tensor *tensor) {
    value_free(tensor->handle);
    *tensor = (struct tensor){0};
}
