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
 * Gives the process's runtime environment; the handle lies on `meter`. Thread-safe, may be opened several times. Sets
 * ORT_DISABLE_TELEMETRY in the process's environment, unless it is set, so that the runtime reports nothing to anyone.
 */
enum lince_status runtime_open(struct meter *meter, struct runtime **runtime, struct lince_error *error);
void runtime_close(struct runtime *runtime);

/*
 * Loads the model at `path`; the runtime and the heap are borrowed until session_close. A file NAME.ort is mapped and
 * its weights are used where they lie, so that processes share them; the weights of a NAME.onnx are in memory of the
 * runtime's own, off the meters. What else loading takes comes from `heap`. `threads`
 * is how many compute one run: 1 computes in the caller's thread alone. `options` is borrowed during the call: what is
 * said there of threads and patterns holds here, what is said of the arena is for the heaps' owners to do. MODEL when
 * the file is missing or damaged, MEMORY_LIMIT when the heap refuses.
 */
enum lince_status session_open(struct runtime *runtime, const char *path, struct heap *heap, uint32_t threads,
                               const struct lince_runtime_options *options, struct session **session,
                               struct lince_error *error);
void session_close(struct session *session);

/* Takes the mapped pages out of this process's memory; they come back from the system's when next used. */
void session_drop_pages(struct session *session);

#define TENSOR_RANK_LIMIT 4

struct tensor {
    const float *values;
    size_t rank;
    int64_t shape[TENSOR_RANK_LIMIT];
    void *handle; /* the runtime's; freed by tensor_free */
};

/*
 * Runs the model on one image-like input of shape [1, channels, height, width], borrowed. Gives `output` (free with
 * tensor_free). Activations and output come from `heap`; MEMORY_LIMIT when it refuses. Thread-safe for one session
 * as long as each thread has a heap of its own.
 */
enum lince_status session_run(struct session *session, const float *input, const int64_t shape[4], struct heap *heap,
                              struct tensor *output, struct lince_error *error);
void tensor_free(struct tensor *tensor);

#endif
