/* slot_worker.c - keeps a worker alive and asks it: starts it with back-off, replaces it when it has read or grown
 * enough. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "fields/learn/kept.h"
#include "serve/pool/alerts.h"
#include "serve/pool/slot.h"

enum {
    READY_WAIT_MS = 60000,
    BACKOFF_FIRST_MS = 100,
    BACKOFF_LAST_MS = 30000,
    SPARE_AHEAD = 3,    /* images before a worker's last one, when its successor begins to load */
    OVERDUE_IMAGES = 50 /* images that a used-up worker may still read while its successor is not loaded */
};
/* A worker that keeps this much more than right after loading is replaced early. */
static const uint64_t GROWTH_LIMIT_BYTES = UINT64_C(48) << 20;

_Static_assert((int)WORK_REVIEW_KINDS == (int)REVIEW_KINDS_MOST, "one confidence for each kind of field");

uint64_t slot_served_limit(const struct settings *settings) {
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

/* Whether a used-up worker ends now: only when its successor is loaded, so that no image waits. */
static bool relief_is_there(const struct slot *slot, bool is_overdue) {
    if (slot->spare.pid != 0) {
        return is_overdue || worker_has_spoken(&slot->spare);
    }
    return is_overdue || !slot->dispatcher->service->plan.has_spare;
}

static uint64_t grown_bytes_of(const struct worker_process *worker) {
    return worker->resident_bytes > worker->first_resident_bytes ? worker->resident_bytes - worker->first_resident_bytes
                                                                 : 0;
}

static bool is_used_up(const struct slot *slot) {
    return slot->worker.served_count >= slot->served_limit || grown_bytes_of(&slot->worker) > GROWTH_LIMIT_BYTES;
}

bool slot_worker_awaits_relief(const struct slot *slot) {
    return slot->worker.pid != 0 && slot->spare.pid != 0 && is_used_up(slot);
}

void slot_worker_recycle(struct slot *slot) {
    const struct worker_process *worker = &slot->worker;
    uint64_t grown_bytes = grown_bytes_of(worker);
    if (worker->pid == 0) {
        return;
    }
    if (slot->spare.pid == 0 &&
        (worker->served_count + SPARE_AHEAD >= slot->served_limit || grown_bytes > GROWTH_LIMIT_BYTES / 2)) {
        spare_begin(slot);
    }
    bool is_overdue =
        grown_bytes > 2 * GROWTH_LIMIT_BYTES || worker->served_count >= slot->served_limit + OVERDUE_IMAGES;
    if (is_used_up(slot) && relief_is_there(slot, is_overdue)) {
        slot->dispatcher->service->metrics.worker_recycles++;
        slot->served_limit = slot_served_limit(&slot->dispatcher->service->settings);
        worker_retire(slot);
    }
}

void slot_worker_settle(struct slot *slot, struct worker_process *worker, bool is_alive) {
    pthread_mutex_lock(&slot->dispatcher->lock);
    slot->worker = is_alive ? *worker : (struct worker_process){.socket = -1};
    if (!is_alive) {
        pthread_cond_broadcast(&slot->dispatcher->changed); /* an errand may have been for this one only */
    }
    pthread_mutex_unlock(&slot->dispatcher->lock);
    if (!is_alive) {
        worker_stop(worker);
    }
}

/* Replaces the worker after a change of the learned layouts: workers read layouts only when they start. */
static void layouts_follow(struct slot *slot) {
    const char *folder = getenv("LINCE_LEARNED");
    uint64_t stamp = folder == NULL ? 0 : learn_stamp(folder);
    if (slot->worker.pid != 0 && slot->layouts_stamp != stamp) {
        worker_retire(slot);
        if (slot->worker.pid != 0) { /* its spare has read the former ones too */
            worker_retire(slot);
        }
    }
    slot->layouts_stamp = stamp;
}

bool slot_worker_have(struct slot *slot) {
    enum lince_status reason;
    layouts_follow(slot);
    if (slot->worker.pid == 0) {
        worker_retire(slot); /* a spare that is already loading replaces one that died */
    }
    if (slot->worker.pid == 0) {
        launch(slot, &slot->worker);
    }
    struct worker_process worker = slot->worker;
    bool is_ready = worker_wait_ready(&worker, READY_WAIT_MS, &reason);
    slot_worker_settle(slot, &worker, is_ready);
    if (is_ready) {
        slot->failed_starts = 0;
        return true;
    }
    int64_t pause_ms = (int64_t)BACKOFF_FIRST_MS << (slot->failed_starts < 9 ? slot->failed_starts : 9);
    slot->failed_starts++;
    service_log("error", "worker_not_started", "reason", lince_status_name(reason), NULL);
    pthread_mutex_lock(&slot->dispatcher->lock);
    if (!slot->dispatcher->is_stopping) {
        dispatcher_wait_ms(slot->dispatcher, pause_ms < BACKOFF_LAST_MS ? pause_ms : BACKOFF_LAST_MS);
    }
    pthread_mutex_unlock(&slot->dispatcher->lock);
    return false;
}

enum worker_outcome slot_ask(struct slot *slot, struct worker_question *question, struct work_head *answer,
                             struct buffer *body) {
    struct service *service = slot->dispatcher->service;
    struct work_head *head = &question->head;
    head->magic = WORK_MAGIC;
    head->layouts_bytes = (uint32_t)strnlen(question->layouts, WORK_LAYOUTS_LIMIT - 1);
    head->name_bytes = (uint32_t)strnlen(question->name, WORK_NAME_LIMIT - 1);
    head->profile_period = service->profile_period;
    head->has_review = 1;
    review_limits_copy(service, head->review, NULL, NULL);
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
