/* rate.c - a bucket of tokens for each client, in a table of fixed size. */
#include "serve/http/rate.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

enum { CLIENTS = 1024 };

/* Clients that fall into one place share a bucket: the table never grows, whoever comes. */
static struct {
    pthread_mutex_t lock;
    struct {
        double tokens;
        int64_t at_ms;
    } of[CLIENTS];
} buckets = {.lock = PTHREAD_MUTEX_INITIALIZER};

static size_t place_of(const struct request *request) {
    uint64_t hash;
    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)request->actor, strlen(request->actor),
                     request->service->secret);
    return hash % CLIENTS;
}

bool rate_check(struct request *request) {
    double limit = (double)SETTING_NUMBER(&request->service->settings, rate_limit);
    if (limit == 0 || request->route->scope == SCOPE_NONE) {
        return true;
    }
    size_t place = place_of(request);
    int64_t now = clock_now_ms();
    pthread_mutex_lock(&buckets.lock);
    double tokens = buckets.of[place].at_ms == 0
                        ? limit
                        : buckets.of[place].tokens + (double)(now - buckets.of[place].at_ms) * limit / 60000;
    tokens = tokens > limit ? limit : tokens;
    bool may = tokens >= 1;
    buckets.of[place].tokens = may ? tokens - 1 : tokens;
    buckets.of[place].at_ms = now;
    pthread_mutex_unlock(&buckets.lock);
    request->rate_left = may ? (int64_t)(tokens - 1) : 0;
    request->rate_known = true;
    if (!may) {
        char *after = arena_allocate(&request->arena, 24);
        if (after != NULL) {
            snprintf(after, 24, "%d", (int)((1 - tokens) * 60 / limit) + 1);
            request->retry_after = after;
        }
        request->service->metrics.refused_rate++;
        answer_problem(request, PROBLEM_RATE, "more than %.0f requests a minute (rate-limit)",
                       "más de %.0f peticiones por minuto (rate-limit)", limit);
    }
    return may;
}

void rate_headers(struct request *request, struct MHD_Response *response) {
    if (!request->rate_known) {
        return;
    }
    unsigned long long limit = SETTING_NUMBER(&request->service->settings, rate_limit);
    char policy[64], left[64];
    snprintf(policy, sizeof policy, "\"minute\";q=%llu;w=60", limit);
    snprintf(left, sizeof left, "\"minute\";r=%lld;t=%lld", (long long)request->rate_left,
             (long long)(((long long)limit - request->rate_left) * 60 / (long long)limit));
    MHD_add_response_header(response, "RateLimit-Policy", policy);
    MHD_add_response_header(response, "RateLimit", left);
}
