/*
 * courier.c - one thread that sends what is due, signed; tries again with growing pauses; gives up after a day.
 *
 * A receiver is somebody's address: unless it is allowed, nothing is sent to private ones, judged by the address that
 * the connection really goes to, so that a name that changes its address helps nobody in.
 */
#include "serve/courier/courier.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/webhooks.h"

enum { ATTEMPTS_LIMIT = 9, CONNECT_S = 5, WHOLE_S = 15, SECRET_RANDOM_BYTES = 24, IDLE_MS = 60000 };
/* Pauses in seconds after the first, second, ... failure: about a day in all. */
static const int64_t pauses_s[ATTEMPTS_LIMIT] = {1, 5, 30, 120, 600, 3600, 14400, 28800, 43200};

struct courier {
    struct service *service;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t wakes;
    bool is_stopping, is_running;
};

void courier_secret(char text[COURIER_SECRET_BYTES]) {
    unsigned char random[SECRET_RANDOM_BYTES];
    randombytes_buf(random, sizeof random);
    strcpy(text, "whsec_");
    sodium_bin2base64(text + 6, COURIER_SECRET_BYTES - 6, random, sizeof random, sodium_base64_VARIANT_ORIGINAL);
}

static bool is_private_4(uint32_t address) {
    static const struct {
        uint32_t network;
        int bits;
    } private[] = {{0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},  {0xa9fe0000, 16},
                   {0xac100000, 12}, {0xc0000000, 24}, {0xc0a80000, 16}, {0xc6120000, 15}, {0xe0000000, 3}};
    for (size_t i = 0; i < sizeof private / sizeof *private; i++) {
        if (address >> (32 - private[i].bits) == private[i].network >> (32 - private[i].bits)) {
            return true;
        }
    }
    return false;
}

static bool is_private(const struct sockaddr *address) {
    if (address->sa_family == AF_INET) {
        return is_private_4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    }
    if (address->sa_family != AF_INET6) {
        return true;
    }
    const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
    if (IN6_IS_ADDR_V4MAPPED(six)) {
        uint32_t four;
        memcpy(&four, six->s6_addr + 12, sizeof four);
        return is_private_4(ntohl(four));
    }
    return IN6_IS_ADDR_LOOPBACK(six) || IN6_IS_ADDR_UNSPECIFIED(six) || IN6_IS_ADDR_LINKLOCAL(six) ||
           IN6_IS_ADDR_SITELOCAL(six) || IN6_IS_ADDR_MULTICAST(six) || (six->s6_addr[0] & 0xfe) == 0xfc;
}

static curl_socket_t socket_open(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    const struct courier *courier = context;
    (void)purpose;
    bool are_private_allowed = SETTING_NUMBER(&courier->service->settings, webhooks_private) == 1;
    if (!are_private_allowed && is_private(&address->addr)) {
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* The type is the one that libcurl calls. */
// NOLINTNEXTLINE(readability-non-const-parameter)
static size_t answer_ignore(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes, (void)context;
    return size * count;
}

/* "v1," and the HMAC-SHA256 of "id.timestamp.body" in base 64. */
static bool sign(const struct delivery *delivery, const char *timestamp, char signature[64]) {
    unsigned char key[64], mac[crypto_auth_hmacsha256_BYTES];
    size_t key_bytes;
    crypto_auth_hmacsha256_state state;
    if (strncmp(delivery->secret, "whsec_", 6) != 0 ||
        sodium_base642bin(key, sizeof key, delivery->secret + 6, strlen(delivery->secret + 6), NULL, &key_bytes, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0) {
        return false;
    }
    const char *const parts[] = {delivery->id, ".", timestamp, ".", delivery->body};
    crypto_auth_hmacsha256_init(&state, key, key_bytes);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        crypto_auth_hmacsha256_update(&state, (const unsigned char *)parts[i], strlen(parts[i]));
    }
    crypto_auth_hmacsha256_final(&state, mac);
    strcpy(signature, "v1,");
    sodium_bin2base64(signature + 3, 61, mac, sizeof mac, sodium_base64_VARIANT_ORIGINAL);
    sodium_memzero(key, sizeof key);
    return true;
}

static struct curl_slist *headers_make(const struct delivery *delivery) {
    char timestamp[24], signature[64], line[128];
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    snprintf(timestamp, sizeof timestamp, "%lld", (long long)(store_now_ms() / 1000));
    if (!sign(delivery, timestamp, signature)) {
        curl_slist_free_all(headers);
        return NULL;
    }
    snprintf(line, sizeof line, "webhook-id: %.60s", delivery->id);
    headers = curl_slist_append(headers, line);
    snprintf(line, sizeof line, "webhook-timestamp: %s", timestamp);
    headers = curl_slist_append(headers, line);
    snprintf(line, sizeof line, "webhook-signature: %s", signature);
    return curl_slist_append(headers, line);
}

/* One attempt: fills last_status and `reason` (CURL_ERROR_SIZE). */
static void attempt(struct courier *courier, struct delivery *delivery, char *reason) {
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = headers_make(delivery);
    long status = 0;
    reason[0] = '\0';
    if (curl == NULL || headers == NULL) {
        snprintf(reason, CURL_ERROR_SIZE, "the message could not be made");
    } else {
        curl_easy_setopt(curl, CURLOPT_URL, delivery->url);
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, delivery->body);
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl, CURLOPT_USERAGENT, "lince/" LINCE_VERSION);
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_S);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, answer_ignore);
        curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
        curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, socket_open);
        curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, courier);
        CURLcode code = curl_easy_perform(curl);
        if (code == CURLE_OK) {
            curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        } else if (reason[0] == '\0') {
            snprintf(reason, CURL_ERROR_SIZE, "%s", curl_easy_strerror(code));
        }
    }
    delivery->last_status = status;
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
}

static void deliver(struct courier *courier, struct delivery *delivery) {
    struct metrics *metrics = &courier->service->metrics;
    char reason[CURL_ERROR_SIZE];
    attempt(courier, delivery, reason);
    bool is_taken = delivery->last_status >= 200 && delivery->last_status < 300;
    bool is_refused = delivery->last_status == 410; /* gone: the receiver wants no more */
    delivery->last_error = reason;
    delivery->state = is_taken ? "delivered" : "waiting";
    if (!is_taken) {
        metrics->deliveries_failed++;
        bool is_dead = is_refused || delivery->attempts >= ATTEMPTS_LIMIT;
        delivery->state = is_dead ? "dead" : "waiting";
        delivery->next_ms = store_now_ms() + 1000 * pauses_s[is_dead ? 0 : delivery->attempts];
        metrics->deliveries_dead += is_dead;
    }
    metrics->deliveries_sent += is_taken;
    delivery->attempts++;
    if (store_delivery_done(courier->service->store, delivery, NULL) != LINCE_OK) {
        service_log("error", "delivery_not_noted", "delivery", delivery->id,
                    NULL); /* it will be sent twice, never lost */
    }
    delivery->last_error = NULL; /* it was lent for the note alone */
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

static void *courier_run(void *argument) {
    struct courier *courier = argument;
    for (;;) {
        struct delivery delivery;
        struct arena arena;
        bool found;
        int64_t next_ms;
        pthread_mutex_lock(&courier->lock);
        uint64_t wakes = courier->wakes;
        bool is_stopping = courier->is_stopping;
        pthread_mutex_unlock(&courier->lock);
        if (is_stopping) {
            return NULL;
        }
        arena_init(&arena, &courier->service->requests, 4096);
        if (store_delivery_due(courier->service->store, &arena, &delivery, &found, &next_ms, NULL) != LINCE_OK) {
            found = false;
            next_ms = -1;
        }
        if (found) {
            deliver(courier, &delivery);
        }
        arena_clear(&arena);
        if (!found) {
            wait_until(courier, next_ms, wakes);
        }
    }
}

enum lince_status courier_open(struct service *service, struct courier **courier, struct lince_error *error) {
    struct courier *opened = meter_allocate_zero(&service->process, 1, sizeof *opened);
    pthread_condattr_t monotonic;
    if (opened == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != 0) {
        meter_free(opened);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the webhooks",
                         "no hay memoria para los avisos");
    }
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&opened->lock, NULL);
    pthread_cond_init(&opened->changed, &monotonic);
    opened->service = service;
    *courier = opened;
    opened->is_running = pthread_create(&opened->thread, NULL, courier_run, opened) == 0;
    return opened->is_running ? LINCE_OK
                              : error_set(error, LINCE_ERROR_RUNTIME, "the system gives no more threads",
                                          "el sistema no da más hilos");
}

void courier_wake(struct courier *courier) {
    pthread_mutex_lock(&courier->lock);
    courier->wakes++;
    pthread_cond_signal(&courier->changed);
    pthread_mutex_unlock(&courier->lock);
}

void courier_close(struct courier *courier) {
    if (courier == NULL) {
        return;
    }
    pthread_mutex_lock(&courier->lock);
    courier->is_stopping = true;
    pthread_cond_signal(&courier->changed);
    pthread_mutex_unlock(&courier->lock);
    if (courier->is_running) {
        pthread_join(courier->thread, NULL);
    }
    pthread_cond_destroy(&courier->changed);
    pthread_mutex_destroy(&courier->lock);
    curl_global_cleanup();
    meter_free(courier);
}
