/* allocator.c - the process's one OrtAllocator, in front of the heaps of this library. */
#include "infer/allocator.h"

#include <pthread.h>

#include "base/heap.h"

static _Thread_local struct allocator_target thread_target;

static struct {
    OrtAllocator callbacks;
    OrtMemoryInfo *info;
    unsigned user_count;
    pthread_mutex_t lock;
} allocator = {.lock = PTHREAD_MUTEX_INITIALIZER};

struct allocator_target allocator_aim(struct allocator_target target) {
    struct allocator_target earlier = thread_target;
    thread_target = target;
    return earlier;
}

void *allocator_take(size_t bytes) {
    struct allocator_target target = thread_target;
    return target.heap == NULL ? NULL : heap_allocate_at(target.heap, bytes, target.site);
}

/* std::__throw_bad_alloc() of the C++ library, by its name in the C++ ABI. */
_Noreturn void cxx_throw_bad_alloc(void) __asm__("_ZSt17__throw_bad_allocv");

/*
 * A refusal is thrown, not returned. ONNX Runtime's kernels do not check a tensor's memory for NULL: they wrap it in a
 * span, whose check aborts the process. But the runtime catches std::bad_alloc around every node and every call of the
 * C interface and returns it as a status. This file is compiled with -fexceptions, so that the throw passes through.
 */
static void *on_allocate(OrtAllocator *self, size_t bytes) {
    (void)self;
    void *block = allocator_take(bytes);
    if (block == NULL) {
        cxx_throw_bad_alloc();
    }
    return block;
}

static void on_free(OrtAllocator *self, void *block) {
    (void)self;
    heap_free(block);
}

static const OrtMemoryInfo *on_info(const OrtAllocator *self) {
    (void)self;
    return allocator.info;
}

static OrtStatus *register_first(const OrtApi *api, OrtEnv *env) {
    OrtStatus *status = api->CreateMemoryInfo("Cpu", OrtDeviceAllocator, 0, OrtMemTypeDefault, &allocator.info);
    if (status != NULL) {
        return status;
    }
    allocator.callbacks = (OrtAllocator){ORT_API_VERSION, on_allocate, on_free, on_info, on_allocate};
    status = api->RegisterAllocator(env, &allocator.callbacks);
    if (status != NULL) {
        api->ReleaseMemoryInfo(allocator.info);
    }
    return status;
}

OrtStatus *allocator_register(const OrtApi *api, OrtEnv *env) {
    pthread_mutex_lock(&allocator.lock);
    OrtStatus *status = allocator.user_count == 0 ? register_first(api, env) : NULL;
    allocator.user_count += status == NULL;
    pthread_mutex_unlock(&allocator.lock);
    return status;
}

void allocator_unregister(const OrtApi *api, OrtEnv *env) {
    pthread_mutex_lock(&allocator.lock);
    if (--allocator.user_count == 0) {
        OrtStatus *status = api->UnregisterAllocator(env, allocator.info);
        if (status != NULL) {
            api->ReleaseStatus(status);
        }
        api->ReleaseMemoryInfo(allocator.info);
    }
    pthread_mutex_unlock(&allocator.lock);
}
