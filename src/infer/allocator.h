/*
 * allocator.h - whose memory the inference runtime uses: each thread names the heap, the runtime takes from it.
 *
 * ONNX Runtime has one environment, and in it one CPU allocator, for the whole process. Ours passes every request on to
 * the heap that the calling thread has chosen, so that a reader's activations are on the reader's meter and the
 * weights on the engine's. Blocks find their own way back when freed, from any thread.
 */
#ifndef LINCE_INFER_ALLOCATOR_H
#define LINCE_INFER_ALLOCATOR_H

#include <onnxruntime_c_api.h>

struct heap;
struct site;

/* Where this thread's requests go, and under which name they are counted. */
struct allocator_target {
    struct heap *heap; /* NULL: requests are refused */
    const struct site *site;
};

/* From now on; returns the earlier target. */
struct allocator_target allocator_aim(struct allocator_target target);

/* A block from where this thread aims, for heap_free: what an own operator needs while it runs. NULL: refused. */
void *allocator_take(size_t bytes);

/* Counts the users of the environment: the first registers the allocator, the last unregisters it. Thread-safe. */
OrtStatus *allocator_register(const OrtApi *api, OrtEnv *env);
void allocator_unregister(const OrtApi *api, OrtEnv *env);

#endif
