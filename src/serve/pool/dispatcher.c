/* dispatcher.c - one slot per worker, errands before the queue, and the figures of all slots. */
#include "serve/pool/dispatcher.h"

#include <signal.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json_memory.h"
#include "serve/pool/slot.h"

enum { STACK_BYTES = 256 << 10 };
static const uint64_t MARK_NS = UINT64_C(60000000000);

static enum lince_status slots_start(struct dispatcher *dispatcher, struct lince_error *error) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    uint32_t wanted = dispatcher->service->plan.worker_count;
    pthread_mutex_lock(&dispatcher->lock); /* slots look at each other, and start when all exist */
    for (; dispatcher->slot_count < wanted; dispatcher->slot_count++) {
        struct slot *slot = &dispatcher->slots[dispatcher->slot_count];
        slot->dispatcher = dispatcher;
        slot->worker.socket = slot->spare.socket = -1;
        slot->served_limit = slot_served_limit(&dispatcher->service->settings);
        buffer_init(&slot->body, &dispatcher->service->answers);
        if (pthread_create(&slot->thread, &attributes, slot_run, slot) != 0) {
            break;
        }
    }
    pthread_mutex_unlock(&dispatcher->lock);
    pthread_attr_destroy(&attributes);
    return dispatcher->slot_count == wanted ? LINCE_OK
                                            : error_set(error, LINCE_ERROR_RUNTIME, "the system gives no more threads",
                                                        "el sistema no da más hilos");
}

enum lince_status dispatcher_open(struct service *service, struct dispatcher **dispatcher, struct lince_error *error) {
    struct dispatcher *opened =
        meter_allocate_zero(&service->process, 1, sizeof *opened + service->plan.worker_count * sizeof *opened->slots);
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the dispatcher",
                         "no hay memoria para el despacho");
    }
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&opened->lock, NULL);
    pthread_cond_init(&opened->changed, &monotonic);
    opened->service = service;
    opened->last_errand = &opened->first_errand;
    opened->read_seconds = 0.5;
    opened->marks[0].at_ns = opened->marks[1].at_ns = clock_now_ns();
    opened->launch = (struct worker_launch){service->program, SETTING_TEXT_OF(&service->settings, models),
                                            service->plan.worker_bytes};
    *dispatcher = opened;
    return slots_start(opened, error);
}

void dispatcher_close(struct dispatcher *dispatcher) {
    if (dispatcher == NULL) {
        return;
    }
    pthread_mutex_lock(&dispatcher->lock);
    dispatcher->is_stopping = true;
    pthread_cond_broadcast(&dispatcher->changed);
    pthread_mutex_unlock(&dispatcher->lock);
    for (uint32_t i = 0; i < dispatcher->slot_count; i++) {
        pthread_join(dispatcher->slots[i].thread, NULL);
    }
    for (struct errand *errand = dispatcher->first_errand, *next; errand != NULL; errand = next) {
        next = errand->next;
        errand->status = LINCE_ERROR_CANCELLED;
        errand->done(errand);
    }
    pthread_cond_destroy(&dispatcher->changed);
    pthread_mutex_destroy(&dispatcher->lock);
    meter_free(dispatcher);
}

void dispatcher_submit(struct dispatcher *dispatcher, struct errand *errand) {
    errand->next = NULL;
    pthread_mutex_lock(&dispatcher->lock);
    *dispatcher->last_errand = errand;
    dispatcher->last_errand = &errand->next;
    pthread_cond_broadcast(&dispatcher->changed);
    pthread_mutex_unlock(&dispatcher->lock);
}

void dispatcher_wake(struct dispatcher *dispatcher) {
    pthread_mutex_lock(&dispatcher->lock);
    dispatcher->wakes++;
    pthread_cond_broadcast(&dispatcher->changed);
    pthread_mutex_unlock(&dispatcher->lock);
}

/* With the lock held. Counts running work up to now. */
static uint64_t busy_sum(const struct dispatcher *dispatcher, uint64_t now_ns) {
    uint64_t busy_ns = dispatcher->busy_ns;
    for (uint32_t i = 0; i < dispatcher->slot_count; i++) {
        const struct slot *slot = &dispatcher->slots[i];
        busy_ns += slot->is_busy && now_ns > slot->busy_since_ns ? now_ns - slot->busy_since_ns : 0;
    }
    return busy_ns;
}

/*
 * With the lock held. The share is of the time since marks[0]. When marks[1] is a minute old it takes that place, so
 * that the share is of the last one or two minutes.
 */
static void busy_figures(struct dispatcher *dispatcher, struct dispatcher_figures *figures) {
    struct busy_mark now = {.at_ns = clock_now_ns()}, *marks = dispatcher->marks;
    now.busy_ns = busy_sum(dispatcher, now.at_ns);
    double passed_s = (double)(now.at_ns - marks[0].at_ns) / 1e9 * dispatcher->slot_count;
    double busy_s = now.busy_ns > marks[0].busy_ns ? (double)(now.busy_ns - marks[0].busy_ns) / 1e9 : 0;
    figures->busy_seconds = (double)now.busy_ns / 1e9;
    figures->busy_share = passed_s <= 0 ? 0 : busy_s < passed_s ? busy_s / passed_s : 1;
    if (now.at_ns - marks[1].at_ns >= MARK_NS) {
        marks[0] = marks[1];
        marks[1] = now;
    }
}

struct dispatcher_figures dispatcher_figures(struct dispatcher *dispatcher) {
    struct dispatcher_figures figures = {.workers = dispatcher->slot_count};
    pthread_mutex_lock(&dispatcher->lock);
    figures.read_seconds = dispatcher->read_seconds;
    busy_figures(dispatcher, &figures);
    for (uint32_t i = 0; i < dispatcher->slot_count; i++) {
        figures.ready += dispatcher->slots[i].worker.is_ready;
        figures.busy += dispatcher->slots[i].is_busy;
        figures.resident_bytes += dispatcher->slots[i].worker.resident_bytes;
    }
    pthread_mutex_unlock(&dispatcher->lock);
    return figures;
}

void dispatcher_set_tight(struct dispatcher *dispatcher, bool is_tight) {
    pthread_mutex_lock(&dispatcher->lock);
    dispatcher->is_tight = is_tight;
    pthread_mutex_unlock(&dispatcher->lock);
}

/* Under the lock the process of a slot has not been waited for, so its number is still its own. */
void dispatcher_shed(struct dispatcher *dispatcher, int pid) {
    pthread_mutex_lock(&dispatcher->lock);
    for (uint32_t i = 0; i < dispatcher->slot_count; i++) {
        struct slot *slot = &dispatcher->slots[i];
        if (slot->worker.pid == pid || slot->spare.pid == pid) {
            slot->is_shed = slot->is_shed || (slot->worker.pid == pid && slot->is_busy);
            dispatcher->service->metrics.worker_sheds++;
            kill(pid, SIGKILL);
        }
    }
    pthread_mutex_unlock(&dispatcher->lock);
}

json_t *errand_refusal_read(const struct errand *errand, const char **message) {
    const char *bytes = errand->body.bytes == NULL ? "" : errand->body.bytes;
    json_t *json = json_memory_load(bytes, errand->body.used_bytes, 0, NULL);
    *message = json_string_value(json_object_get(json_object_get(json_object_get(json, "page"), "error"), "message"));
    *message = *message != NULL ? *message : lince_status_name(errand->status);
    return json;
}

size_t dispatcher_workers(struct dispatcher *dispatcher, int *pids, size_t limit) {
    size_t count = 0;
    pthread_mutex_lock(&dispatcher->lock);
    for (uint32_t i = 0; i < dispatcher->slot_count; i++) {
        const struct worker_process *processes[] = {&dispatcher->slots[i].worker, &dispatcher->slots[i].spare};
        for (int j = 0; j < 2; j++) {
            if (processes[j]->pid != 0 && count < limit) {
                pids[count++] = processes[j]->pid;
            }
        }
    }
    pthread_mutex_unlock(&dispatcher->lock);
    return count;
}
