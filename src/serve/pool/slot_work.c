/* slot_work.c - takes errands and jobs to the slot's worker and delivers the answers. */
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_memory.h"
#include "serve/pool/alerts.h"
#include "serve/pool/reading.h"
#include "serve/pool/slot.h"

enum {
    KILLS_LIMIT = 2,
    SHEDS_LIMIT = 3, /* beyond this, being ended for memory counts as a crash; otherwise it could repeat for ever */
};

static enum worker_outcome ask(struct slot *slot, enum work_kind kind, const char *layouts, const char *name,
                               const struct lince_box *boxes, size_t box_count, int descriptor,
                               struct work_head *answer, struct buffer *body) {
    struct service *service = slot->dispatcher->service;
    struct work_head request = {.magic = WORK_MAGIC,
                                .kind = kind,
                                .layouts_bytes = (uint32_t)strnlen(layouts, WORK_LAYOUTS_LIMIT - 1),
                                .name_bytes = (uint32_t)strnlen(name, WORK_NAME_LIMIT - 1),
                                .profile_period = service->profile_period,
                                .body_bytes = box_count * sizeof *boxes};
    uint64_t start = clock_now_ns();
    struct worker_process worker = slot->worker;
    enum worker_outcome outcome = worker_ask(&worker, &request, layouts, name, boxes, descriptor,
                                             (int64_t)SETTING_NUMBER(&service->settings, timeout), answer, body);
    double seconds = clock_since_ms(start) / 1000;
    if (outcome == WORKER_ANSWERED) {
        alerts_tell(service, (int)worker.pid, answer);
    }
    slot_worker_settle(slot, &worker, outcome == WORKER_ANSWERED);
    service->metrics.worker_crashes += outcome == WORKER_DIED;
    service->metrics.worker_timeouts += outcome == WORKER_TIMED_OUT;
    if (kind != WORK_REPORT) {
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

/* If its worker dies, this slot tries an errand once more, unless it was for that worker only. */
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
        outcome = ask(slot, errand->kind, errand->layouts, errand->name, errand->boxes, errand->box_count,
                      errand->descriptor, &answer, &errand->body);
    }
    errand->is_answered = outcome == WORKER_ANSWERED;
    errand->status = errand->is_answered ? (enum lince_status)answer.status : LINCE_ERROR_RUNTIME;
    errand->done(errand);
}

/* Waits before asking the store again; false when the service stops. */
static bool store_wait(struct slot *slot, const struct job *job, const char *event, int64_t *pause_ms,
                       const struct lince_error *error) {
    struct dispatcher *dispatcher = slot->dispatcher;
    service_log("error", event, "document", job->id, "reason", error->message, NULL);
    pthread_mutex_lock(&dispatcher->lock);
    bool goes_on = !dispatcher->is_stopping;
    if (goes_on) {
        dispatcher_wait_ms(dispatcher, *pause_ms);
    }
    pthread_mutex_unlock(&dispatcher->lock);
    *pause_ms = *pause_ms < 2500 ? *pause_ms * 2 : 5000;
    return goes_on;
}

/* Keeps the result until the store takes it: a full disk delays it but does not lose it. */
static void result_store(struct slot *slot, const struct job *job, const struct job_result *result) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct service *service = slot->dispatcher->service;
    int64_t pause_ms = 200;
    while (store_job_end(service->store, job, result, &error) != LINCE_OK) {
        if (!store_wait(slot, job, "result_not_stored", &pause_ms, &error)) {
            return; /* its lease ends with this run; the next run reads it again */
        }
    }
    service->metrics.documents_done += strcmp(result->status, "done") == 0;
    service->metrics.documents_failed += strcmp(result->status, "failed") == 0;
    service->metrics.documents_poisoned += strcmp(result->status, "poisoned") == 0;
}

static void job_return(struct slot *slot, const struct job *job, bool is_kill) {
    struct lince_error error = LINCE_ERROR_INIT;
    int64_t pause_ms = 200;
    while (store_job_return(slot->dispatcher->service->store, job, is_kill, &error) != LINCE_OK) {
        if (!store_wait(slot, job, "job_not_returned", &pause_ms, &error)) {
            return;
        }
    }
}

static void job_answered(struct slot *slot, const struct job *job, const struct work_head *answer,
                         struct arena *arena) {
    struct reading reading;
    struct job_result broken = {
        .status = "failed", .error_code = "runtime", .error_message = "the worker's answer could not be used"};
    (void)json_memory_was_refused(); /* from an earlier answer */
    bool is_whole = reading_parse(slot->body.bytes, slot->body.used_bytes, answer->status == LINCE_OK, arena, &reading);
    if (is_whole && answer->has_likeness) {
        reading.result.likeness = answer->likeness;
    }
    if (!is_whole && (answer->status == LINCE_ERROR_MEMORY_LIMIT || json_memory_was_refused())) {
        broken.error_code = "memory_limit";
        broken.error_message = "the result did not fit in the memory limit; raise it";
    }
    result_store(slot, job, is_whole ? &reading.result : &broken);
    reading_free(&reading);
}

/* Whether the lost worker had been ended because of its memory; the answer is given once. */
static bool was_shed(struct slot *slot) {
    pthread_mutex_lock(&slot->dispatcher->lock);
    bool shed = slot->is_shed;
    slot->is_shed = false;
    pthread_mutex_unlock(&slot->dispatcher->lock);
    return shed;
}

static void job_lost(struct slot *slot, const struct job *job, bool is_late) {
    bool is_kill = !was_shed(slot) || job->attempts > SHEDS_LIMIT;
    service_log("error", is_late ? "worker_timed_out" : "worker_died", "document", job->id, NULL);
    if (!is_kill || job->kills + 1 < KILLS_LIMIT) {
        job_return(slot, job, is_kill);
        return;
    }
    struct job_result result = {.status = "poisoned",
                                .error_code = is_late ? "timeout" : "crash",
                                .error_message = is_late ? "reading it took longer than the timeout, twice"
                                                         : "two workers died reading it"};
    result_store(slot, job, &result);
}

static void job_do(struct slot *slot, const struct job *job, struct arena *arena) {
    struct service *service = slot->dispatcher->service;
    struct lince_error error = LINCE_ERROR_INIT;
    struct work_head answer;
    int descriptor;
    if (store_image_open(service->store, job->sha256, &descriptor, &error) != LINCE_OK) {
        struct job_result result = {
            .status = "failed", .error_code = lince_status_name(error.status), .error_message = error.message};
        result_store(slot, job, &result);
        return;
    }
    enum worker_outcome outcome =
        ask(slot, WORK_READ, job->layouts, job->name, NULL, 0, descriptor, &answer, &slot->body);
    close(descriptor);
    if (outcome == WORKER_ANSWERED) {
        job_answered(slot, job, &answer, arena);
    } else {
        job_lost(slot, job, outcome == WORKER_TIMED_OUT);
    }
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
    pthread_mutex_unlock(&dispatcher->lock);
    if (errand != NULL) {
        errand_do(slot, errand);
        found = true;
    } else if (store_job_take(dispatcher->service->store, &arena, &job, &found, &error) == LINCE_OK && found) {
        job_do(slot, &job, &arena);
    }
    pthread_mutex_lock(&dispatcher->lock);
    slot->is_busy = false;
    if (error.status != LINCE_OK && !found && !dispatcher->is_stopping) {
        service_log("error", "no_job_taken", "reason", error.message, NULL);
        dispatcher_wait_ms(dispatcher, 1000);
    }
    while (!found && error.status == LINCE_OK && wakes == dispatcher->wakes && *errand_find(slot) == NULL &&
           !dispatcher->is_stopping) {
        pthread_cond_wait(&dispatcher->changed, &dispatcher->lock);
    }
    pthread_mutex_unlock(&dispatcher->lock);
    arena_clear(&arena);
    buffer_free(&slot->body);
}

static bool is_stopping(struct dispatcher *dispatcher) {
    pthread_mutex_lock(&dispatcher->lock);
    bool stopping = dispatcher->is_stopping;
    pthread_mutex_unlock(&dispatcher->lock);
    return stopping;
}

void *slot_run(void *argument) {
    struct slot *slot = argument;
    json_memory_use(&slot->dispatcher->service->answers);
    while (!is_stopping(slot->dispatcher)) {
        if (slot_worker_have(slot)) {
            work_one(slot);
            slot_worker_recycle(slot);
        }
    }
    worker_stop(&slot->worker);
    worker_stop(&slot->spare);
    return NULL;
}
