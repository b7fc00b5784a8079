/*
 * sweeper.c - a thread that removes images that belong to no document, where images have rows. It holds no lock while
 * it asks a bucket to remove an object.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/error.h"
#include "store/store_internal.h"

enum {
    LOOK_MS = 30000,   /* in case another node marked an image and died */
    SWEEP_MS = 600000, /* the time between rounds; a round examines only a part of very many images */
    SWEEP_STEPS = 100,
    CLAIM_MS = 60000, /* no other node tries the same image meanwhile; no request lasts as long */
    STACK_BYTES = 256 << 10
};

/* Claims the next marked image for this node; false if there is none. */
static bool marked_claim(struct store *store, char sha256[SHA256_TEXT_BYTES], int64_t *until_ms) {
    struct sql *sql = images_sql(store);
    static const char text[] = "UPDATE images SET going_ms=database_ms()+? WHERE sha256=(SELECT sha256 FROM images"
                               " WHERE going_ms<=database_ms() ORDER BY going_ms LIMIT 1) RETURNING sha256, going_ms";
    static const char shared[] =
        "UPDATE images SET going_ms=database_ms()+? WHERE sha256=(SELECT sha256 FROM images WHERE"
        " going_ms<=database_ms() ORDER BY going_ms LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING sha256, going_ms";
    bool is_found = false;
    sql_lock(sql);
    enum lince_status status = images_write(store, NULL);
    if (status == LINCE_OK) {
        struct sql_statement *row = sql_bind(sql, sql_either(sql, text, shared), "i", (int64_t)CLAIM_MS);
        while (sql_row(sql, row, &status, NULL)) {
            is_found = true;
            snprintf(sha256, SHA256_TEXT_BYTES, "%s", sql_needed(row, 0));
            *until_ms = sql_integer(row, 1);
        }
        status = sql_commit(sql, status, NULL);
    }
    sql_unlock(sql);
    return is_found && status == LINCE_OK;
}

static void row_forget(struct store *store, const char *sha256, int64_t until_ms) {
    struct sql *sql = images_sql(store);
    sql_lock(sql);
    (void)sql_run(sql, NULL, "DELETE FROM images WHERE sha256=? AND going_ms=?", "ti", sha256, until_ms);
    sql_unlock(sql);
}

static bool is_stopping(struct sweeper *sweeper) {
    pthread_mutex_lock(&sweeper->lock);
    bool stopping = sweeper->is_stopping;
    pthread_mutex_unlock(&sweeper->lock);
    return stopping;
}

/* An object that the bucket does not remove now is tried again when the claim has expired. */
static void marked_remove(struct store *store) {
    char sha256[SHA256_TEXT_BYTES];
    int64_t until_ms;
    while (!is_stopping(&store->sweeper) && marked_claim(store, sha256, &until_ms)) {
        if (bucket_remove(store, sha256, NULL) != LINCE_OK) {
            return;
        }
        row_forget(store, sha256, until_ms);
    }
}

static void sweep(struct store *store, char after[SHA256_TEXT_BYTES]) {
    for (int step = 0; step < SWEEP_STEPS && !is_stopping(&store->sweeper); step++) {
        images_sweep(store, after);
        if (after[0] == '\0') {
            return;
        }
    }
}

/* Waits until an image is marked, or for LOOK_MS; false when it is time to stop. */
static bool wait(struct sweeper *sweeper) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LOOK_MS / 1000;
    pthread_mutex_lock(&sweeper->lock);
    while (!sweeper->is_wanted && !sweeper->is_stopping &&
           pthread_cond_timedwait(&sweeper->changed, &sweeper->lock, &until) == 0) {
    }
    sweeper->is_wanted = false;
    bool goes_on = !sweeper->is_stopping;
    pthread_mutex_unlock(&sweeper->lock);
    return goes_on;
}

static void *run(void *argument) {
    struct store *store = argument;
    char after[SHA256_TEXT_BYTES] = "";
    int64_t next_ms = 0; /* when the next round begins; the first one begins at once */
    do {
        if (clock_now_ms() >= next_ms) {
            next_ms = clock_now_ms() + SWEEP_MS;
            sweep(store, after);
        }
        if (store->bucket != NULL) {
            marked_remove(store);
        }
    } while (wait(&store->sweeper));
    return NULL;
}

enum lince_status sweeper_start(struct store *store, struct lince_error *error) {
    struct sweeper *sweeper = &store->sweeper;
    pthread_attr_t attributes;
    pthread_condattr_t monotonic;
    if (!images_have_rows(store)) {
        return LINCE_OK;
    }
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&sweeper->lock, NULL);
    pthread_cond_init(&sweeper->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    sweeper->is_running = pthread_create(&sweeper->thread, &attributes, run, store) == 0;
    pthread_attr_destroy(&attributes);
    return sweeper->is_running ? LINCE_OK
                               : error_set(error, LINCE_ERROR_RUNTIME, "the system gives no more threads",
                                           "el sistema no da más hilos");
}

void sweeper_stop(struct store *store) {
    struct sweeper *sweeper = &store->sweeper;
    if (!sweeper->is_running) {
        return;
    }
    pthread_mutex_lock(&sweeper->lock);
    sweeper->is_stopping = true;
    pthread_cond_broadcast(&sweeper->changed);
    pthread_mutex_unlock(&sweeper->lock);
    pthread_join(sweeper->thread, NULL);
    pthread_cond_destroy(&sweeper->changed);
    pthread_mutex_destroy(&sweeper->lock);
    sweeper->is_running = false;
}

void sweeper_wake(struct store *store) {
    struct sweeper *sweeper = &store->sweeper;
    if (!sweeper->is_running) { /* this is a command beside the service, whose thread looks twice a minute */
        return;
    }
    pthread_mutex_lock(&sweeper->lock);
    sweeper->is_wanted = true;
    pthread_cond_signal(&sweeper->changed);
    pthread_mutex_unlock(&sweeper->lock);
}
