/*
 * allocator.h - which memory the inference runtime uses: each thread names a heap, and the runtime allocates from it.
 *
 * ONNX Runtime has one environment for the whole process, and one CPU allocator in it. Ours passes every request to the
 * heap that the calling thread has chosen, so that a reader's activations are on the reader's meter and the weights on
 * the engine's. A freed block returns to its own heap, from any thread.
 */
#ifndef LINCE_INFER_ALLOCATOR_H
#define LINCE_INFER_ALLOCATOR_H

#include <onnxruntime_c_api.h>

struct heap;
struct site;

/* Where this thread's requests go, and the name under which they are counted. */
struct allocator_target {
    struct heap *heap; /* NULL: requests are refused */
    const struct site *site;
};

/* Sets this thread's target and returns the previous one. */
struct allocator_target allocator_aim(struct allocator_target target);

/* A block from this thread's heap, to be freed with heap_free: working memory of our own operators. NULL: refused. */
void *allocator_take(size_t bytes);

/* Counts the users of the environment: the first registers the allocator, the last unregisters it. Thread-safe. */
OrtStatus *allocator_register(const OrtApi *api, OrtEnv *env);
void allocator_unregister(const OrtApi *api, OrtEnv *env);

#endif
