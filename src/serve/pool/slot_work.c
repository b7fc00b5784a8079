/* slot_work.c - the thread of a slot: errands first, then jobs from the queue. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/json_memory.h"
#include "serve/pool/slot.h"

/* Between two looks whether the successor of a used-up worker is loaded. */
enum { RELIEF_LOOK_MS = 100 };

/* A node that only answers leaves the queue to others, and so does one that is about to stop. */
static bool takes_jobs(const struct service *service) {
    return SETTING_NUMBER(&service->settings, role) != ROLE_FRONT && !service->is_draining;
}

/* Waits for work and does one piece of it. */
static void work_one(struct slot *slot) {
    struct dispatcher *dispatcher = slot->dispatcher;
    struct lince_error error = LINCE_ERROR_INIT;
    struct arena arena;
    struct job job;
    bool found = false;
    arena_init(&arena, &dispatcher->service->answers, 4096);
    pthread_mutex_lock(&dispatcher->lock);
    uint64_t wakes = dispatcher->wakes;
    struct errand *errand = slot_errand_take(slot);
    slot->owes_job = errand != NULL && (slot->owes_job || errand->is_more) && takes_jobs(dispatcher->service);
    slot->is_busy = true;
    slot->busy_since_ns = clock_now_ns();
    pthread_mutex_unlock(&dispatcher->lock);
    if (errand != NULL) {
        slot_errand_run(slot, errand);
        found = true;
    } else if (takes_jobs(dispatcher->service) &&
               store_job_take(dispatcher->service->store, &arena, &job, &found, &error) == LINCE_OK && found) {
        slot_job_do(slot, &job, &arena);
    }
    pthread_mutex_lock(&dispatcher->lock);
    slot->is_busy = false;
    dispatcher->busy_ns += found ? clock_now_ns() - slot->busy_since_ns : 0;
    if (error.status != LINCE_OK && !found && !dispatcher->is_stopping) {
        service_log("error", "no_job_taken", "reason", error.message, NULL);
        dispatcher_wait_ms(dispatcher, 1000);
    }
    while (!found && error.status == LINCE_OK && wakes == dispatcher->wakes && !slot_has_errand(slot) &&
           !dispatcher->is_stopping) {
        if (slot_worker_awaits_relief(slot)) {
            dispatcher_wait_ms(dispatcher, RELIEF_LOOK_MS);
            break;
        }
        pthread_cond_wait(&dispatcher->changed, &dispatcher->lock);
    }
    pthread_mutex_unlock(&dispatcher->lock);
    arena_clear(&arena);
    buffer_free(&slot->body);
}

void *slot_run(void *argument) {
    struct slot *slot = argument;
    json_memory_use(&slot->dispatcher->service->answers);
    while (!dispatcher_is_stopping(slot->dispatcher)) {
        if (slot_worker_have(slot)) {
            work_one(slot);
            slot_worker_recycle(slot);
        }
    }
    worker_stop(&slot->worker);
    worker_stop(&slot->spare);
    return NULL;
}
