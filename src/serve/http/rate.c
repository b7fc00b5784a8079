/* rate.c - a bucket of tokens for each client, in a table of fixed size. */
#include "serve/http/rate.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "serve/http/connections.h"

enum { CLIENTS = 1024 };

/* Clients in one place share a bucket, so the table never grows. */
struct buckets {
    pthread_mutex_t lock;
    struct {
        double tokens;
        int64_t at_ms;
    } of[CLIENTS];
};
static struct buckets of_requests = {.lock = PTHREAD_MUTEX_INITIALIZER};
static struct buckets of_wrong_keys = {.lock = PTHREAD_MUTEX_INITIALIZER};

static size_t place_of(const struct request *request, const void *client, size_t bytes) {
    uint64_t hash;
    crypto_shorthash((unsigned char *)&hash, client, bytes, request->service->secret);
    return hash % CLIENTS;
}

/* Takes a token of a bucket that fills at `limit` a minute, if there is one. Gives how many there were. */
static double token_take(struct buckets *buckets, size_t place, double limit) {
    int64_t now = clock_now_ms();
    pthread_mutex_lock(&buckets->lock);
    double tokens = buckets->of[place].at_ms == 0
                        ? limit
                        : buckets->of[place].tokens + (double)(now - buckets->of[place].at_ms) * limit / 60000;
    tokens = tokens > limit ? limit : tokens;
    buckets->of[place].tokens = tokens >= 1 ? tokens - 1 : tokens;
    buckets->of[place].at_ms = now;
    pthread_mutex_unlock(&buckets->lock);
    return tokens;
}

static void retry_when_full(struct request *request, double tokens, double limit) {
    char *after = arena_allocate(&request->arena, 24);
    if (after != NULL) {
        snprintf(after, 24, "%d", (int)((1 - tokens) * 60 / limit) + 1);
        request->retry_after = after;
    }
}

bool rate_check_wrong_key(struct request *request) {
    double limit = (double)SETTING_NUMBER(&request->service->settings, wrong_keys);
    unsigned char address[CONNECTION_ADDRESS_BYTES];
    connection_address(request->connection, address);
    request->service->metrics.wrong_keys++;
    double tokens = limit == 0 ? 1 : token_take(&of_wrong_keys, place_of(request, address, sizeof address), limit);
    if (tokens >= 1) {
        return true;
    }
    retry_when_full(request, tokens, limit);
    request->is_last = true;
    answer_problem(request, PROBLEM_WRONG_KEYS, "more than %.0f wrong keys a minute from this address (wrong-keys)",
                   "más de %.0f claves erróneas por minuto desde esta dirección (wrong-keys)", limit);
    return false;
}

bool rate_check(struct request *request) {
    double limit = (double)SETTING_NUMBER(&request->service->settings, rate_limit);
    if (limit == 0 || request->route->scope == SCOPE_NONE) {
        return true;
    }
    double tokens = token_take(&of_requests, place_of(request, request->actor, strlen(request->actor)), limit);
    bool may = tokens >= 1;
    request->rate_left = may ? (int64_t)(tokens - 1) : 0;
    request->rate_known = true;
    if (!may) {
        retry_when_full(request, tokens, limit);
        request->service->metrics.refused_rate++;
        answer_problem(request, PROBLEM_RATE, "more than %.0f requests a minute (rate-limit)",
                       "más de %.0f peticiones por minuto (rate-limit)", limit);
    }
    return may;
}
