/* slot_work.c - asks the slot's worker: errands first, then jobs from the queue. */
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/json_memory.h"
#include "serve/pool/alerts.h"
#include "serve/pool/slot.h"

/* Between two looks whether the successor of a used-up worker is loaded. */
enum { RELIEF_LOOK_MS = 100 };

enum worker_outcome slot_ask(struct slot *slot, struct worker_question *question, struct work_head *answer,
                             struct buffer *body) {
    struct service *service = slot->dispatcher->service;
    struct work_head *head = &question->head;
    head->magic = WORK_MAGIC;
    head->layouts_bytes = (uint32_t)strnlen(question->layouts, WORK_LAYOUTS_LIMIT - 1);
    head->name_bytes = (uint32_t)strnlen(question->name, WORK_NAME_LIMIT - 1);
    head->profile_period = service->profile_period;
    uint64_t start = clock_now_ns();
    struct worker_process worker = slot->worker;
    enum worker_outcome outcome =
        worker_ask(&worker, question, (int64_t)SETTING_NUMBER(&service->settings, timeout), answer, body);
    double seconds = clock_since_ms(start) / 1000;
    if (outcome == WORKER_ANSWERED) {
        alerts_tell(service, (int)worker.pid, answer);
    }
    slot_worker_settle(slot, &worker, outcome == WORKER_ANSWERED);
    service->metrics.worker_crashes += outcome == WORKER_DIED;
    service->metrics.worker_timeouts += outcome == WORKER_TIMED_OUT;
    if (head->kind != WORK_REPORT) {
        histogram_add(&service->metrics.read, seconds);
        pthread_mutex_lock(&slot->dispatcher->lock);
        slot->dispatcher->read_seconds += (seconds - slot->dispatcher->read_seconds) / 16;
        pthread_mutex_unlock(&slot->dispatcher->lock);
    }
    return outcome;
}

/* With the lock held: whether the errand is for any worker, for this slot's, or for one that no longer exists. */
static bool is_mine(const struct slot *slot, const struct errand *errand) {
    const struct dispatcher *dispatcher = slot->dispatcher;
    bool is_of_another = false;
    for (uint32_t i = 0; i < dispatcher->slot_count; i++) {
        is_of_another =
            is_of_another || (&dispatcher->slots[i] != slot && dispatcher->slots[i].worker.pid == errand->pid);
    }
    return errand->pid == 0 || !is_of_another;
}

/* With the lock held: the link to the first errand for this slot, or to the end of the list. */
static struct errand **errand_find(struct slot *slot) {
    struct errand **link = &slot->dispatcher->first_errand;
    while (*link != NULL && !is_mine(slot, *link)) {
        link = &(*link)->next;
    }
    return link;
}

/* With the lock held: removes it from the list. NULL if there is none. */
static struct errand *errand_take(struct slot *slot) {
    struct errand **link = errand_find(slot), *errand = *link;
    if (errand != NULL) {
        *link = errand->next;
        if (errand->next == NULL) {
            slot->dispatcher->last_errand = link;
        }
    }
    return errand;
}

static enum worker_outcome errand_ask(struct slot *slot, struct errand *errand, struct work_head *answer) {
    struct worker_question question = {.head = {.kind = errand->kind,
                                                .page_index = errand->page_index,
                                                .page_count = errand->page_count,
                                                .has_pages = errand->has_pages,
                                                .parts = errand->parts,
                                                .part_first = errand->part_first,
                                                .codes = errand->codes,
                                                .body_bytes = errand->sent_bytes},
                                       .layouts = errand->layouts,
                                       .name = errand->name,
                                       .sent = errand->sent,
                                       .descriptor = errand->descriptor,
                                       .output = errand->output};
    enum worker_outcome outcome = slot_ask(slot, &question, answer, &errand->body);
    errand->output_bytes = outcome == WORKER_ANSWERED ? answer->body_bytes : 0;
    return outcome;
}

/* An errand whose worker died is tried once more, by this same slot, unless it was for that worker alone. */
static void errand_do(struct slot *slot, struct errand *errand) {
    struct work_head answer;
    enum worker_outcome outcome = WORKER_DIED;
    for (int tries = 0; tries < KILLS_LIMIT && outcome == WORKER_DIED; tries++) {
        if (errand->pid != 0 && errand->pid != slot->worker.pid) {
            break;
        }
        if (!slot->worker.is_ready && !slot_worker_have(slot)) {
            break;
        }
        outcome = errand_ask(slot, errand, &answer);
    }
    errand->is_answered = outcome == WORKER_ANSWERED;
    errand->status = errand->is_answered ? (enum lince_status)answer.status : LINCE_ERROR_RUNTIME;
    errand->done(errand);
}

bool slot_errand_do(struct slot *slot) {
    pthread_mutex_lock(&slot->dispatcher->lock);
    struct errand *errand = errand_take(slot);
    pthread_mutex_unlock(&slot->dispatcher->lock);
    if (errand != NULL) {
        errand_do(slot, errand);
    }
    return errand != NULL;
}

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
    struct errand *errand = errand_take(slot);
    slot->is_busy = true;
    slot->busy_since_ns = clock_now_ns();
    pthread_mutex_unlock(&dispatcher->lock);
    if (errand != NULL) {
        errand_do(slot, errand);
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
    while (!found && error.status == LINCE_OK && wakes == dispatcher->wakes && *errand_find(slot) == NULL &&
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

bool dispatcher_is_stopping(struct dispatcher *dispatcher) {
    pthread_mutex_lock(&dispatcher->lock);
    bool stopping = dispatcher->is_stopping;
    pthread_mutex_unlock(&dispatcher->lock);
    return stopping;
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
