/* threads.c - starts and joins the runtime's threads; each first sets its heap. */
#include "infer/threads.h"

#include <pthread.h>
#include <stdint.h>

#include "base/heap.h"

/* On the heap that the thread uses. */
struct worker {
    pthread_t thread;
    OrtThreadWorkerFn work;
    void *parameter;
    const struct allocator_target *target;
};

static void *worker_run(void *argument) {
    struct worker *worker = argument;
    allocator_aim(*worker->target);
    worker->work(worker->parameter);
    return NULL;
}

/* After NULL the runtime gives up the session with an error. */
static OrtCustomThreadHandle on_create(void *options, OrtThreadWorkerFn work, void *parameter) {
    const struct allocator_target *target = options;
    struct worker *worker = heap_allocate(target->heap, sizeof *worker);
    if (worker == NULL) {
        return NULL;
    }
    *worker = (struct worker){.work = work, .parameter = parameter, .target = target};
    if (pthread_create(&worker->thread, NULL, worker_run, worker) != 0) {
        heap_free(worker);
        return NULL;
    }
    return (OrtCustomThreadHandle)(void *)worker;
}

static void on_join(OrtCustomThreadHandle handle) {
    struct worker *worker = (struct worker *)(uintptr_t)handle;
    pthread_join(worker->thread, NULL);
    heap_free(worker);
}

OrtStatus *threads_aim(const OrtApi *api, OrtSessionOptions *options, const struct allocator_target *target) {
    /* The interface takes a writable pointer, but only passes it to on_create. */
    OrtStatus *status = api->SessionOptionsSetCustomThreadCreationOptions(options, (void *)(uintptr_t)target);
    status = status != NULL ? status : api->SessionOptionsSetCustomCreateThreadFn(options, on_create);
    return status != NULL ? status : api->SessionOptionsSetCustomJoinThreadFn(options, on_join);
}
