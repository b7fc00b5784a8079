/* dispatcher.c - a thread for each worker: keeps it alive, takes work, brings the answer where it belongs. */
#include "serve/dispatcher.h"

#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_memory.h"
#include "serve/alerts.h"
#include "serve/reading.h"
#include "serve/workers.h"

enum {
    READY_WAIT_MS = 60000,
    BACKOFF_FIRST_MS = 100,
    BACKOFF_LAST_MS = 30000,
    KILLS_LIMIT = 2,
    SHEDS_LIMIT = 3,     /* from then on being ended for memory counts as a kill: it would go on for ever */
    SPARE_AHEAD = 3,     /* images before a worker is used up, when the next one begins to load */
    OVERDUE_IMAGES = 50, /* that a worker may read more, while the next one is not loaded yet */
    STACK_BYTES = 256 << 10
};
/* A worker that keeps this much more than after it was loaded is replaced early. */
static const uint64_t GROWTH_LIMIT_BYTES = UINT64_C(48) << 20;

struct slot {
    struct dispatcher *dispatcher;
    pthread_t thread;
    struct worker_process worker, spare;
    uint64_t served_limit;
    unsigned failed_starts;
    bool is_busy, is_shed; /* is_shed: its worker was ended for the memory that it held */
    struct buffer body;
};

struct dispatcher {
    struct service *service;
    struct worker_launch launch;
    pthread_mutex_t lock; /* guards what follows, and the process ids in the slots */
    pthread_cond_t changed;
    uint64_t wakes; /* grows with each dispatcher_wake */
    struct errand *first_errand, **last_errand;
    bool is_stopping, has_spare; /* has_spare: somebody is loading one: one at a time keeps the plan */
    bool is_tight;
    double read_seconds;
    uint32_t slot_count;
    struct slot slots[];
};

static void wait_ms(struct dispatcher *dispatcher, int64_t ms) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_cond_timedwait(&dispatcher->changed, &dispatcher->lock, &until);
}

static bool is_stopping(struct dispatcher *dispatcher) {
    pthread_mutex_lock(&dispatcher->lock);
    bool stopping = dispatcher->is_stopping;
    pthread_mutex_unlock(&dispatcher->lock);
    return stopping;
}

/* ---- keeping a worker ---- */

static uint64_t served_limit(const struct settings *settings) {
    uint64_t base = SETTING_NUMBER(settings, max_requests), jitter = SETTING_NUMBER(settings, max_requests_jitter);
    return base == 0 ? UINT64_MAX : base + randombytes_uniform((uint32_t)jitter + 1);
}

static void launch(struct slot *slot, struct worker_process *worker) {
    struct worker_process started;
    if (worker_start(&slot->dispatcher->launch, &started)) {
        slot->dispatcher->service->metrics.worker_starts++;
    }
    pthread_mutex_lock(&slot->dispatcher->lock);
    *worker = started;
    pthread_mutex_unlock(&slot->dispatcher->lock);
}

static void spare_give_up(struct slot *slot) {
    pthread_mutex_lock(&slot->dispatcher->lock);
    slot->dispatcher->has_spare = false;
    pthread_mutex_unlock(&slot->dispatcher->lock);
}

/* Begins to load the next worker while this one still reads. */
static void spare_begin(struct slot *slot) {
    struct dispatcher *dispatcher = slot->dispatcher;
    pthread_mutex_lock(&dispatcher->lock);
    bool may = dispatcher->service->plan.has_spare && !dispatcher->has_spare && !dispatcher->is_tight;
    dispatcher->has_spare = dispatcher->has_spare || may;
    pthread_mutex_unlock(&dispatcher->lock);
    if (may) {
        launch(slot, &slot->spare);
        if (slot->spare.pid == 0) {
            spare_give_up(slot);
        }
    }
}

static void worker_retire(struct slot *slot) {
    struct worker_process retired;
    pthread_mutex_lock(&slot->dispatcher->lock);
    retired = slot->worker;
    slot->worker = slot->spare;
    slot->spare = (struct worker_process){.socket = -1};
    pthread_mutex_unlock(&slot->dispatcher->lock);
    if (slot->worker.pid != 0) {
        spare_give_up(slot);
    }
    worker_stop(&retired);
}

/* Whether a worker that is used up goes now: not before the next one is loaded, so that no image waits for that. */
static bool relief_is_there(const struct slot *slot, bool is_overdue) {
    if (slot->spare.pid != 0) {
        return is_overdue || worker_has_spoken(&slot->spare);
    }
    return is_overdue || !slot->dispatcher->service->plan.has_spare;
}

static void recycle_if_used_up(struct slot *slot) {
    const struct worker_process *worker = &slot->worker;
    uint64_t grown_bytes = worker->resident_bytes > worker->first_resident_bytes
                               ? worker->resident_bytes - worker->first_resident_bytes
                               : 0;
    if (worker->pid == 0) {
        return;
    }
    if (slot->spare.pid == 0 &&
        (worker->served_count + SPARE_AHEAD >= slot->served_limit || grown_bytes > GROWTH_LIMIT_BYTES / 2)) {
        spare_begin(slot);
    }
    bool is_overdue =
        grown_bytes > 2 * GROWTH_LIMIT_BYTES || worker->served_count >= slot->served_limit + OVERDUE_IMAGES;
    if ((worker->served_count >= slot->served_limit || grown_bytes > GROWTH_LIMIT_BYTES) &&
        relief_is_there(slot, is_overdue)) {
        slot->dispatcher->service->metrics.worker_recycles++;
        slot->served_limit = served_limit(&slot->dispatcher->service->settings);
        worker_retire(slot);
    }
}

/* Puts back what was asked or waited for: the worker as it is now, or none when it is gone. */
static void worker_settle(struct slot *slot, struct worker_process *worker, bool is_alive) {
    pthread_mutex_lock(&slot->dispatcher->lock);
    slot->worker = is_alive ? *worker : (struct worker_process){.socket = -1};
    if (!is_alive) {
        pthread_cond_broadcast(&slot->dispatcher->changed); /* an errand may have been for this one alone */
    }
    pthread_mutex_unlock(&slot->dispatcher->lock);
    if (!is_alive) {
        worker_stop(worker);
    }
}

/* A worker that reads, or false after a pause when none could be had. */
static bool worker_have(struct slot *slot) {
    enum lince_status reason;
    if (slot->worker.pid == 0) {
        worker_retire(slot); /* a spare that is loading already takes the place of one that died */
    }
    if (slot->worker.pid == 0) {
        launch(slot, &slot->worker);
    }
    struct worker_process worker = slot->worker;
    bool is_ready = worker_wait_ready(&worker, READY_WAIT_MS, &reason);
    worker_settle(slot, &worker, is_ready);
    if (is_ready) {
        slot->failed_starts = 0;
        return true;
    }
    int64_t pause_ms = (int64_t)BACKOFF_FIRST_MS << (slot->failed_starts < 9 ? slot->failed_starts : 9);
    slot->failed_starts++;
    service_log("error", "worker_not_started", "reason", lince_status_name(reason), NULL);
    pthread_mutex_lock(&slot->dispatcher->lock);
    if (!slot->dispatcher->is_stopping) {
        wait_ms(slot->dispatcher, pause_ms < BACKOFF_LAST_MS ? pause_ms : BACKOFF_LAST_MS);
    }
    pthread_mutex_unlock(&slot->dispatcher->lock);
    return false;
}

/* ---- doing work ---- */

static enum worker_outcome ask(struct slot *slot, enum work_kind kind, const char *layouts, const char *name,
                               const struct lince_box *boxes, size_t box_count, int descriptor,
                               struct work_head *answer, struct buffer *body) {
    struct service *service = slot->dispatcher->service;
    struct work_head request = {.magic = WORK_MAGIC,
                                .kind = kind,
                                .layouts_bytes = (uint32_t)strnlen(layouts, WORK_LAYOUTS_LIMIT - 1),
                                .name_bytes = (uint32_t)strnlen(name, WORK_NAME_LIMIT - 1),
                                .body_bytes = box_count * sizeof *boxes};
    uint64_t start = clock_now_ns();
    struct worker_process worker = slot->worker;
    enum worker_outcome outcome = worker_ask(&worker, &request, layouts, name, boxes, descriptor,
                                             (int64_t)SETTING_NUMBER(&service->settings, timeout), answer, body);
    double seconds = clock_since_ms(start) / 1000;
    if (outcome == WORKER_ANSWERED) {
        alerts_tell(service, (int)worker.pid, answer);
    }
    worker_settle(slot, &worker, outcome == WORKER_ANSWERED);
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

/* With the lock held: whether the errand is for any worker, for this slot's, or for one that is no more. */
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

/* With the lock held: takes it out of the list. NULL when there is none. */
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

/* An errand whose worker died is tried once more, by this same slot, unless it was for that worker alone. */
static void errand_do(struct slot *slot, struct errand *errand) {
    struct work_head answer;
    enum worker_outcome outcome = WORKER_DIED;
    for (int tries = 0; tries < KILLS_LIMIT && outcome == WORKER_DIED; tries++) {
        if (errand->pid != 0 && errand->pid != slot->worker.pid) {
            break;
        }
        if (!slot->worker.is_ready && !worker_have(slot)) {
            break;
        }
        outcome = ask(slot, errand->kind, errand->layouts, errand->name, errand->boxes, errand->box_count,
                      errand->descriptor, &answer, &errand->body);
    }
    errand->is_answered = outcome == WORKER_ANSWERED;
    errand->status = errand->is_answered ? (enum lince_status)answer.status : LINCE_ERROR_RUNTIME;
    errand->done(errand);
}

/* Waits before the store is asked again; false when the service stops. */
static bool store_wait(struct slot *slot, const struct job *job, const char *event, int64_t *pause_ms,
                       const struct lince_error *error) {
    struct dispatcher *dispatcher = slot->dispatcher;
    service_log("error", event, "document", job->id, "reason", error->message, NULL);
    pthread_mutex_lock(&dispatcher->lock);
    bool goes_on = !dispatcher->is_stopping;
    if (goes_on) {
        wait_ms(dispatcher, *pause_ms);
    }
    pthread_mutex_unlock(&dispatcher->lock);
    *pause_ms = *pause_ms < 2500 ? *pause_ms * 2 : 5000;
    return goes_on;
}

/* The result is kept in hand until the store takes it: a full disk delays it and does not lose it. */
static void result_store(struct slot *slot, const struct job *job, const struct job_result *result) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct service *service = slot->dispatcher->service;
    int64_t pause_ms = 200;
    while (store_job_end(service->store, job, result, &error) != LINCE_OK) {
        if (!store_wait(slot, job, "result_not_stored", &pause_ms, &error)) {
            return; /* its lease ends with this run: the next one reads it again */
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
    (void)json_memory_was_refused(); /* of an earlier answer */
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

/* Whether the worker that was just lost had been ended for its memory; asks once. */
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
        wait_ms(dispatcher, 1000);
    }
    while (!found && error.status == LINCE_OK && wakes == dispatcher->wakes && *errand_find(slot) == NULL &&
           !dispatcher->is_stopping) {
        pthread_cond_wait(&dispatcher->changed, &dispatcher->lock);
    }
    pthread_mutex_unlock(&dispatcher->lock);
    arena_clear(&arena);
    buffer_free(&slot->body);
}

static void *slot_run(void *argument) {
    struct slot *slot = argument;
    json_memory_use(&slot->dispatcher->service->answers);
    while (!is_stopping(slot->dispatcher)) {
        if (worker_have(slot)) {
            work_one(slot);
            recycle_if_used_up(slot);
        }
    }
    worker_stop(&slot->worker);
    worker_stop(&slot->spare);
    return NULL;
}

/* ---- the whole ---- */

static enum lince_status slots_start(struct dispatcher *dispatcher, struct lince_error *error) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    uint32_t wanted = dispatcher->service->plan.worker_count;
    for (; dispatcher->slot_count < wanted; dispatcher->slot_count++) {
        struct slot *slot = &dispatcher->slots[dispatcher->slot_count];
        slot->dispatcher = dispatcher;
        slot->worker.socket = slot->spare.socket = -1;
        slot->served_limit = served_limit(&dispatcher->service->settings);
        buffer_init(&slot->body, &dispatcher->service->answers);
        if (pthread_create(&slot->thread, &attributes, slot_run, slot) != 0) {
            break;
        }
    }
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

struct dispatcher_figures dispatcher_figures(struct dispatcher *dispatcher) {
    struct dispatcher_figures figures = {.workers = dispatcher->slot_count};
    pthread_mutex_lock(&dispatcher->lock);
    figures.read_seconds = dispatcher->read_seconds;
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

/* Under the lock a process of a slot has not been waited for, so that its number is still its own. */
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
