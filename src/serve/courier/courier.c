/*
 * courier.c - a few threads that send due messages, signed, one at a time to each receiver, so that no receiver delays
 * another. They retry with growing pauses and give up after a day.
 *
 * A receiver's address is chosen by a user. Private addresses are refused unless allowed. The check uses the address
 * that the connection really goes to, so a name that changes its address cannot evade it.
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

#include "base/arena.h"
#include "base/error.h"
#include "store/webhooks.h"

enum {
    ATTEMPTS_LIMIT = 9,
    CONNECT_S = 5,
    WHOLE_S = 15,
    SECRET_RANDOM_BYTES = 24,
    IDLE_MS = 60000,
    ANSWER_BYTES = 4096
};
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

/* One message being sent. */
struct attempt {
    const struct courier *courier;
    size_t answered_bytes;
    bool is_refused; /* all addresses of the name so far were private */
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
    /* Addresses that contain an IPv4 address: mapped, compatible, NAT64 (RFC 6052) or 6to4 (RFC 3056). */
    static const unsigned char nat64[12] = {0x00, 0x64, 0xff, 0x9b}, six_to_four[2] = {0x20, 0x02};
    static const unsigned char nat64_local[6] = {0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, teredo[4] = {0x20, 0x01};
    const unsigned char *bytes = six->s6_addr, *carried = NULL;
    if (IN6_IS_ADDR_V4MAPPED(six) || IN6_IS_ADDR_V4COMPAT(six) || memcmp(bytes, nat64, sizeof nat64) == 0) {
        carried = bytes + 12;
    } else if (memcmp(bytes, six_to_four, sizeof six_to_four) == 0) {
        carried = bytes + 2;
    }
    if (carried != NULL) {
        uint32_t four;
        memcpy(&four, carried, sizeof four);
        return is_private_4(ntohl(four));
    }
    return memcmp(bytes, nat64_local, sizeof nat64_local) == 0 || memcmp(bytes, teredo, sizeof teredo) == 0 ||
           IN6_IS_ADDR_LOOPBACK(six) || IN6_IS_ADDR_UNSPECIFIED(six) || IN6_IS_ADDR_LINKLOCAL(six) ||
           IN6_IS_ADDR_SITELOCAL(six) || IN6_IS_ADDR_MULTICAST(six) || (six->s6_addr[0] & 0xfe) == 0xfc;
}

static curl_socket_t socket_open(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    struct attempt *attempt = context;
    (void)purpose;
    bool are_private_allowed = SETTING_NUMBER(&attempt->courier->service->settings, webhooks_private) == 1;
    attempt->is_refused = !are_private_allowed && is_private(&address->addr);
    return attempt->is_refused ? CURL_SOCKET_BAD
                               : socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* A receiver's answer is not used, and an endless one is cut off. */
// NOLINTNEXTLINE(readability-non-const-parameter)
static size_t answer_ignore(char *bytes, size_t size, size_t count, void *context) {
    struct attempt *attempt = context;
    (void)bytes;
    attempt->answered_bytes += size * count;
    return attempt->answered_bytes > ANSWER_BYTES ? 0 : size * count;
}

const char *courier_url_reason(const struct service *service, const char *url, enum lince_language language) {
    CURLU *parsed = curl_url();
    char *host = NULL, *scheme = NULL, *user = NULL;
    const char *reason = NULL;
    unsigned char four[4], six[16];
    struct sockaddr_in address = {.sin_family = AF_INET};
    struct sockaddr_in6 address6 = {.sin6_family = AF_INET6};
    if (parsed == NULL || curl_url_set(parsed, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK ||
        curl_url_get(parsed, CURLUPART_HOST, &host, 0) != CURLUE_OK || *host == '\0' ||
        curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0)) {
        reason = in_language(language, "url must be an http or https address with a host",
                             "url debe ser una dirección http o https con servidor");
    } else if (curl_url_get(parsed, CURLUPART_USER, &user, 0) == CURLUE_OK) {
        reason = in_language(language, "url must not carry a user or a password",
                             "url no debe llevar usuario ni contraseña");
    } else if (SETTING_NUMBER(&service->settings, webhooks_private) != 1) {
        size_t bytes = strlen(host);
        host[bytes - (host[bytes - 1] == ']')] = '\0';
        bool is_four = inet_pton(AF_INET, host, four) == 1;
        bool is_six = !is_four && inet_pton(AF_INET6, host + (*host == '['), six) == 1;
        memcpy(&address.sin_addr, four, is_four ? sizeof four : 0);
        memcpy(&address6.sin6_addr, six, is_six ? sizeof six : 0);
        if ((is_four && is_private((const struct sockaddr *)&address)) ||
            (is_six && is_private((const struct sockaddr *)&address6)) || strcmp(host, "localhost") == 0) {
            reason = in_language(language, "url is a private address; they are called only with webhooks-private yes",
                                 "url es una dirección privada; solo se llaman con webhooks-private yes");
        }
    }
    curl_free(host);
    curl_free(scheme);
    curl_free(user);
    curl_url_cleanup(parsed);
    return reason;
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

/*
 * Writes into `reason` (CURL_ERROR_SIZE) why there was no answer, in our words or libcurl's. Reasons are stored in
 * English; serve/http/translation.h gives our own words in the reader's language.
 */
static void reason_write(CURLcode code, bool is_refused, char *reason) {
    char detail[CURL_ERROR_SIZE];
    snprintf(detail, sizeof detail, "%s", reason[0] == '\0' ? curl_easy_strerror(code) : reason);
    const char *format = "%s";
    if (is_refused) {
        format = in_language(LINCE_ENGLISH, "the address is private, and webhooks-private is no",
                             "la dirección es privada, y webhooks-private es no");
    } else if (code == CURLE_COULDNT_RESOLVE_HOST) {
        format =
            in_language(LINCE_ENGLISH, "the receiver's name was not found", "no se encontró el nombre del receptor");
    } else if (code == CURLE_COULDNT_CONNECT) {
        format =
            in_language(LINCE_ENGLISH, "the receiver does not take connections", "el receptor no acepta conexiones");
    } else if (code == CURLE_OPERATION_TIMEDOUT) {
        format = in_language(LINCE_ENGLISH, "the receiver did not answer in time", "el receptor no respondió a tiempo");
    } else if (code == CURLE_GOT_NOTHING) {
        format = in_language(LINCE_ENGLISH, "the receiver closed the connection without an answer",
                             "el receptor cerró la conexión sin responder");
    } else if (code == CURLE_PEER_FAILED_VERIFICATION) {
        format = in_language(LINCE_ENGLISH, "the receiver's certificate was not accepted: %.150s",
                             "no se aceptó el certificado del receptor: %.150s");
    }
    snprintf(reason, CURL_ERROR_SIZE, format, detail);
}

/* One attempt. Sets last_status and `reason` (CURL_ERROR_SIZE). */
static void attempt_make(struct courier *courier, struct delivery *delivery, char *reason) {
    struct attempt attempt = {.courier = courier};
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = headers_make(delivery);
    long status = 0;
    reason[0] = '\0';
    if (curl == NULL || headers == NULL) {
        snprintf(reason, CURL_ERROR_SIZE, "%s",
                 in_language(LINCE_ENGLISH, "the message could not be made", "no se pudo formar el mensaje"));
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
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &attempt);
        curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
        curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, socket_open);
        curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &attempt);
        CURLcode code = curl_easy_perform(curl);
        if (code == CURLE_OK || attempt.answered_bytes > ANSWER_BYTES) {
            reason[0] = '\0';
            curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        } else {
            reason_write(code, attempt.is_refused, reason);
        }
    }
    delivery->last_status = status;
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
}

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
    char reason[CURL_ERROR_SIZE];
    attempt_make(courier, delivery, reason);
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
