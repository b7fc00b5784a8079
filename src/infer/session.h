/*
 * session.h - a model in the inference runtime: floats in, floats out, every byte from a heap that the caller names.
 *
 * Source: the ONNX Runtime C API. Only src/infer includes its header.
 */
#ifndef LINCE_INFER_SESSION_H
#define LINCE_INFER_SESSION_H

#include "lince.h"

struct heap;
struct meter;
struct runtime;
struct session;

/*
 * Gives the runtime environment of the process; the handle is on `meter`. Thread-safe, and may be opened several times.
 * Sets ORT_DISABLE_TELEMETRY in the process's environment unless it is set, so that the runtime sends nothing to
 * anyone.
 */
enum lince_status runtime_open(struct meter *meter, struct runtime **runtime, struct lince_error *error);
void runtime_close(struct runtime *runtime);

/*
 * Loads the model at `path`. Borrows the runtime and the heap until session_close. A file NAME.ort is mapped and its
 * weights are used in place, so that processes share them; the weights of a NAME.onnx are in the runtime's own memory,
 * on no meter. `heap` provides what else loading takes. `threads` compute one run: 1 uses only the caller's thread.
 * `options` is borrowed during the call; its thread and pattern settings apply here, its arena settings are for the
 * owners of the heaps. MODEL if the file is missing or damaged, MEMORY_LIMIT if the heap refuses.
 */
enum lince_status session_open(struct runtime *runtime, const char *path, struct heap *heap, uint32_t threads,
                               const struct lince_runtime_options *options, struct session **session,
                               struct lince_error *error);
void session_close(struct session *session);

/*
 * Drops the mapped pages from this process's memory. The next use brings them back from the system's cache or the file.
 */
void session_drop_pages(struct session *session);

#define TENSOR_RANK_LIMIT 4

struct tensor {
    const float *values;
    size_t rank;
    int64_t shape[TENSOR_RANK_LIMIT];
    void *handle; /* the runtime's; tensor_free frees it */
};

/*
 * Runs the model on one borrowed input of shape [1, channels, height, width]. Gives `output`; free it with tensor_free.
 * Activations and output come from `heap`; MEMORY_LIMIT when it refuses. Several threads may use one session if each
 * has its own heap.
 */
enum lince_status session_run(struct session *session, const float *input, const int64_t shape[4], struct heap *heap,
                              struct tensor *output, struct lince_error *error);
void tensor_free(struct tensor *tensor);

#endif
