/*
 * courier.c - a few threads that send due messages, one at a time to each receiver, so that no receiver delays another.
 * They retry with growing pauses and give up after a day.
 */
#include "serve/courier/courier.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "serve/courier/delivery_attempt.h"
#include "store/webhooks.h"

enum { ATTEMPTS_LIMIT = 9, IDLE_MS = 60000 };
static const int64_t WAIT_MOST_MS = INT64_C(25) * 3600 * 1000;
/* Pauses in seconds after the first, second, ... failure; about a day in all. */
static const int64_t pauses_s[ATTEMPTS_LIMIT] = {1, 5, 30, 120, 600, 3600, 14400, 28800, 43200};

struct courier {
    struct service *service;
    pthread_t threads[DELIVERIES_AT_ONCE];
    int thread_count;
    pthread_mutex_t lock; /* guards the members below; never held while the store is asked */
    pthread_cond_t changed, turn;
    uint64_t wakes;
    bool is_stopping;
    bool is_looking;                         /* a thread is looking for the next message; the others wait */
    char busy[DELIVERIES_AT_ONCE][ID_BYTES]; /* receivers with a message on its way; "": none */
    struct receivers receivers;
};

/* ---- receivers that fail ---- */

/* Puts off the messages for a paused receiver, and gives up those that have waited for a day. */
static void postpone(struct courier *courier, const char *id, int64_t until_ms) {
    struct lince_error error = LINCE_ERROR_INIT;
    if (store_deliveries_postpone(courier->service->store, id, until_ms, store_now_ms() - WAIT_MOST_MS,
                                  in_language(LINCE_ENGLISH, "given up: the receiver took nothing for a day",
                                              "abandonado: el receptor no aceptó nada en un día"),
                                  &error) != LINCE_OK) {
        service_log("error", "deliveries_not_postponed", "webhook", id, "reason", error.message, NULL);
    }
}

static void event_tell(struct courier *courier, const char *type, const char *id, int64_t until_ms) {
    char data[160], until[TIME_TEXT_BYTES];
    struct lince_error error = LINCE_ERROR_INIT;
    store_time_text(until_ms, until);
    snprintf(data, sizeof data, until_ms > 0 ? "{\"id\":\"%s\",\"until\":\"%s\"}" : "{\"id\":\"%s\"}", id, until);
    if (store_event_add(courier->service->store, type, data, &error) != LINCE_OK) {
        service_log("error", "event_not_written", "type", type, "reason", error.message, NULL);
    }
}

static void taken_note(struct courier *courier, const struct delivery *delivery) {
    pthread_mutex_lock(&courier->lock);
    int64_t postponed_ms = receivers_forget(&courier->receivers, delivery->webhook_id);
    pthread_mutex_unlock(&courier->lock);
    if (postponed_ms != 0) {
        store_deliveries_release(courier->service->store, delivery->webhook_id, postponed_ms, NULL);
        service_log("info", "webhook_resumed", "webhook", delivery->webhook_id, NULL);
        event_tell(courier, "webhook.resumed", delivery->webhook_id, 0);
    }
}

static void failure_note(struct courier *courier, const struct delivery *delivery) {
    const struct settings *settings = &courier->service->settings;
    char reason[RECEIVER_REASON_BYTES], failures[24];
    bool is_new;
    if (delivery->last_status != 0) {
        snprintf(reason, sizeof reason, in_language(LINCE_ENGLISH, "it answered with %lld", "respondió con %lld"),
                 (long long)delivery->last_status);
    } else {
        snprintf(reason, sizeof reason, "%.120s", delivery->last_error);
    }
    pthread_mutex_lock(&courier->lock);
    bool is_paused = receivers_note_failure(&courier->receivers, delivery->webhook_id, reason,
                                            SETTING_NUMBER(settings, webhooks_failures),
                                            (int64_t)SETTING_NUMBER(settings, webhooks_pause), store_now_ms(), &is_new);
    struct receiver *receiver = receivers_find(&courier->receivers, delivery->webhook_id);
    int64_t until_ms = receiver == NULL ? 0 : receiver->until_ms;
    snprintf(failures, sizeof failures, "%llu", (unsigned long long)(receiver == NULL ? 0 : receiver->failures));
    pthread_mutex_unlock(&courier->lock);
    if (is_paused) {
        postpone(courier, delivery->webhook_id, until_ms);
    }
    if (is_new) {
        service_log("warning", "webhook_paused", "webhook", delivery->webhook_id, "failures", failures, "reason",
                    reason, NULL);
        event_tell(courier, "webhook.paused", delivery->webhook_id, until_ms);
    }
}

void courier_receiver(struct courier *courier, const char *id, struct receiver *receiver) {
    pthread_mutex_lock(&courier->lock);
    const struct receiver *found = receivers_find(&courier->receivers, id);
    *receiver = found == NULL ? (struct receiver){0} : *found;
    pthread_mutex_unlock(&courier->lock);
}

uint64_t courier_paused_count(struct courier *courier) {
    uint64_t count = 0;
    pthread_mutex_lock(&courier->lock);
    for (int i = 0; i < RECEIVERS; i++) {
        count += courier->receivers.of[i].is_paused;
    }
    pthread_mutex_unlock(&courier->lock);
    return count;
}

void courier_forget(struct courier *courier, const char *id) {
    pthread_mutex_lock(&courier->lock);
    receivers_forget(&courier->receivers, id);
    pthread_mutex_unlock(&courier->lock);
}

void courier_try_all(struct courier *courier) {
    pthread_mutex_lock(&courier->lock);
    receivers_try_all(&courier->receivers, store_now_ms());
    pthread_mutex_unlock(&courier->lock);
    courier_wake(courier);
}

/* ---- messages ---- */

static void deliver(struct courier *courier, struct delivery *delivery) {
    struct metrics *metrics = &courier->service->metrics;
    char reason[DELIVERY_REASON_BYTES];
    delivery_attempt(&courier->service->settings, delivery, reason);
    bool is_taken = delivery->last_status >= 200 && delivery->last_status < 300;
    bool is_refused = delivery->last_status == 410; /* gone: the receiver wants no more messages */
    delivery->last_error = reason;
    delivery->state = is_taken ? DELIVERY_DELIVERED : DELIVERY_WAITING;
    if (!is_taken) {
        metrics->deliveries_failed++;
        bool is_dead = is_refused || delivery->attempts >= ATTEMPTS_LIMIT;
        delivery->state = is_dead ? DELIVERY_DEAD : DELIVERY_WAITING;
        delivery->next_ms = store_now_ms() + 1000 * pauses_s[is_dead ? 0 : delivery->attempts];
        metrics->deliveries_dead += is_dead;
    }
    metrics->deliveries_sent += is_taken;
    delivery->attempts++;
    if (store_delivery_done(courier->service->store, delivery, NULL) != LINCE_OK) {
        service_log("error", "delivery_not_noted", "delivery", delivery->id,
                    NULL); /* if that fails, the message is sent twice, but never lost */
    }
    if (is_taken) {
        taken_note(courier, delivery);
    } else if (!is_refused) {
        failure_note(courier, delivery);
    }
    delivery->last_error = NULL; /* it was borrowed for this call only */
}

static void wait_until(struct courier *courier, int64_t next_ms, uint64_t wakes) {
    int64_t pause_ms = next_ms < 0 ? IDLE_MS : next_ms - store_now_ms();
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    pause_ms = pause_ms < 10 ? 10 : pause_ms > IDLE_MS ? IDLE_MS : pause_ms;
    until.tv_sec += pause_ms / 1000 + (until.tv_nsec + pause_ms % 1000 * 1000000) / 1000000000;
    until.tv_nsec = (until.tv_nsec + pause_ms % 1000 * 1000000) % 1000000000;
    pthread_mutex_lock(&courier->lock);
    if (!courier->is_stopping && wakes == courier->wakes) {
        pthread_cond_timedwait(&courier->changed, &courier->lock, &until);
    }
    pthread_mutex_unlock(&courier->lock);
}

/* The next message that is due. */
static bool delivery_find(struct courier *courier, const char busy[DELIVERIES_AT_ONCE][ID_BYTES], struct arena *arena,
                          struct delivery *delivery, int64_t *next_ms) {
    bool found = true;
    for (int i = 0; found && i <= RECEIVERS; i++) {
        struct receiver receiver;
        if (store_delivery_due(courier->service->store, busy, arena, delivery, &found, next_ms, NULL) != LINCE_OK) {
            *next_ms = -1;
            return false;
        }
        if (!found) {
            return false;
        }
        courier_receiver(courier, delivery->webhook_id, &receiver);
        if (!receiver.is_paused || store_now_ms() >= receiver.until_ms) {
            return true;
        }
        postpone(courier, delivery->webhook_id,
                 receiver.postponed_ms); /* the event came while the receiver was paused */
    }
    return false;
}

/* Waits until no other thread looks, so that no message is found twice. False when the courier is closed. */
static bool turn_take(struct courier *courier, char busy[DELIVERIES_AT_ONCE][ID_BYTES], uint64_t *wakes) {
    pthread_mutex_lock(&courier->lock);
    while (courier->is_looking && !courier->is_stopping) {
        pthread_cond_wait(&courier->turn, &courier->lock);
    }
    bool is_taken = !courier->is_stopping;
    courier->is_looking = is_taken || courier->is_looking;
    *wakes = courier->wakes;
    memcpy(busy, courier->busy, sizeof courier->busy);
    pthread_mutex_unlock(&courier->lock);
    return is_taken;
}

/* Ends the turn. Returns the index of the found message's receiver among the busy ones; -1 if no message was found. */
static int turn_end(struct courier *courier, const struct delivery *found) {
    int place = -1;
    pthread_mutex_lock(&courier->lock);
    courier->is_looking = false;
    bool is_wanted = found != NULL && !courier->is_stopping;
    for (int i = 0; i < DELIVERIES_AT_ONCE && is_wanted && place < 0; i++) { /* as many places as threads */
        place = courier->busy[i][0] == '\0' ? i : -1;
    }
    if (place >= 0) {
        snprintf(courier->busy[place], ID_BYTES, "%s", found->webhook_id);
    }
    pthread_cond_signal(&courier->turn);
    pthread_mutex_unlock(&courier->lock);
    return place;
}

/* Takes the next message. Returns the place of its receiver among the busy ones; -1 if no message is due. */
static int delivery_take(struct courier *courier, struct arena *arena, struct delivery *delivery, int64_t *next_ms,
                         uint64_t *wakes) {
    char busy[DELIVERIES_AT_ONCE][ID_BYTES];
    if (!turn_take(courier, busy, wakes)) {
        return -1;
    }
    bool found = delivery_find(courier, busy, arena, delivery, next_ms);
    return turn_end(courier, found ? delivery : NULL);
}

static bool is_stopping(struct courier *courier) {
    pthread_mutex_lock(&courier->lock);
    bool stopping = courier->is_stopping;
    pthread_mutex_unlock(&courier->lock);
    return stopping;
}

static void *courier_run(void *argument) {
    struct courier *courier = argument;
    while (!is_stopping(courier)) {
        struct delivery delivery;
        struct arena arena;
        int64_t next_ms = -1;
        uint64_t wakes;
        arena_init(&arena, &courier->service->requests, 4096);
        int place = delivery_take(courier, &arena, &delivery, &next_ms, &wakes);
        if (place >= 0) {
            deliver(courier, &delivery);
            pthread_mutex_lock(&courier->lock);
            courier->busy[place][0] = '\0';
            courier->wakes++;
            pthread_cond_broadcast(&courier->changed);
            pthread_mutex_unlock(&courier->lock);
        }
        arena_clear(&arena);
        if (place < 0) {
            wait_until(courier, next_ms, wakes);
        }
    }
    return NULL;
}

enum lince_status courier_open(struct service *service, struct courier **courier, struct lince_error *error) {
    struct courier *opened = meter_allocate_zero(&service->process, 1, sizeof *opened);
    pthread_condattr_t monotonic;
    if (opened == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != 0) {
        meter_free(opened);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the webhooks",
                         "no hay memoria para los webhooks");
    }
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&opened->lock, NULL);
    pthread_cond_init(&opened->changed, &monotonic);
    pthread_cond_init(&opened->turn, NULL);
    opened->service = service;
    *courier = opened;
    int wanted = SETTING_NUMBER(&service->settings, role) == ROLE_WORKER ? 0 : DELIVERIES_AT_ONCE;
    while (opened->thread_count < wanted &&
           pthread_create(&opened->threads[opened->thread_count], NULL, courier_run, opened) == 0) {
        opened->thread_count++;
    }
    return opened->thread_count == wanted ? LINCE_OK
                                          : error_set(error, LINCE_ERROR_RUNTIME, "the system gives no more threads",
                                                      "el sistema no da más hilos");
}

void courier_wake(struct courier *courier) {
    pthread_mutex_lock(&courier->lock);
    courier->wakes++;
    pthread_cond_broadcast(&courier->changed);
    pthread_mutex_unlock(&courier->lock);
}

void courier_close(struct courier *courier) {
    if (courier == NULL) {
        return;
    }
    pthread_mutex_lock(&courier->lock);
    courier->is_stopping = true;
    pthread_cond_broadcast(&courier->changed);
    pthread_cond_broadcast(&courier->turn);
    pthread_mutex_unlock(&courier->lock);
    for (int i = 0; i < courier->thread_count; i++) {
        pthread_join(courier->threads[i], NULL);
    }
    pthread_cond_destroy(&courier->changed);
    pthread_cond_destroy(&courier->turn);
    pthread_mutex_destroy(&courier->lock);
    curl_global_cleanup();
    meter_free(courier);
}
