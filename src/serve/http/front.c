/* front.c - libmicrohttpd from start to stop: connections, requests, clients that are too slow. */
#include "serve/http/front.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/error.h"
#include "serve/http/certificate.h"
#include "serve/http/connections.h"
#include "serve/http/framing.h"
#include "serve/http/listen.h"
#include "serve/http/request.h"
#include "serve/http/routing.h"
#include "serve/http/waiters.h"

enum { THREADS = 4, STACK_BYTES = 256 << 10, TICK_MS = 250 };

/* TLS 1.2 and later; only authenticated ciphers and keys with forward secrecy. */
static const char TLS_PRIORITIES[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-ECDSA:+ECDHE-RSA:"
                                     "-CIPHER-ALL:+AES-256-GCM:+CHACHA20-POLY1305:+AES-128-GCM:%SERVER_PRECEDENCE";

struct front {
    struct service *service;
    struct MHD_Daemon *daemon;
    struct listening listening;
    struct connections connections;
    char address[176];
    bool has_tls;
    struct waiters waiters;
    _Atomic int64_t active_count;
    _Atomic bool is_refusing;
    pthread_t ticker;
    bool is_ticking;
};

static void *ticker_run(void *argument) {
    struct front *front = argument;
    struct timespec tick = {.tv_nsec = TICK_MS * 1000000L};
    bool stopping = false;
    while (!stopping) {
        nanosleep(&tick, NULL);
        stopping = !waiters_tick(&front->waiters, clock_now_ms());
        connections_tick(&front->connections, clock_now_ms());
    }
    return NULL;
}

/* ---- requests ---- */

/* An answer of constants, for when there is no memory for a request or the service is about to end. */
static enum MHD_Result answer_busy(struct MHD_Connection *connection) {
    struct MHD_Response *response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (response == NULL) {
        return MHD_NO;
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "10");
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    enum MHD_Result queued = MHD_queue_response(connection, MHD_HTTP_SERVICE_UNAVAILABLE, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result request_come(void *context, struct MHD_Connection *connection, const char *path,
                                    const char *method, const char *version, const char *bytes, size_t *bytes_count,
                                    void **slot) {
    struct front *front = context;
    struct request *request = *slot;
    (void)version;
    if (request == NULL) {
        front->active_count++; /* before the check, so that a thread that refuses and then counts misses none */
        request = front->is_refusing ? NULL : request_new(front->service, connection, method, path);
        *slot = request;
        if (request == NULL) {
            front->active_count--;
            return answer_busy(connection);
        }
        connections_set_idle(&front->connections, connection, false);
        request_begin(request);
        return MHD_YES;
    }
    connections_note_body(&front->connections, connection, *bytes_count);
    if (*bytes_count > 0) {
        bool goes_on = request_feed(request, bytes, *bytes_count);
        *bytes_count = 0;
        return goes_on ? MHD_YES : MHD_NO;
    }
    if (request->status == 0) {
        request_run(request);
    }
    return request->status != 0 && !request->is_queued ? MHD_NO : MHD_YES;
}

static void request_done(void *context, struct MHD_Connection *connection, void **slot,
                         enum MHD_RequestTerminationCode code) {
    struct front *front = context;
    struct request *request = *slot;
    if (request != NULL) {
        request_free(request, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
        *slot = NULL;
        front->active_count--;
        connections_set_idle(&front->connections, connection, true);
    }
}

/* ---- start and stop ---- */

static enum lince_status tls_load(struct front *front, struct lince_error *error) {
    const char *certificate = SETTING_TEXT_OF(&front->service->settings, tls_certificate);
    const char *key = SETTING_TEXT_OF(&front->service->settings, tls_key);
    if ((certificate[0] == '\0') != (key[0] == '\0')) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "tls-certificate and tls-key go together",
                         "tls-certificate y tls-key van juntos");
    }
    if (certificate[0] == '\0') {
        return LINCE_OK;
    }
    if (MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "libmicrohttpd was built without TLS; put a proxy before lince",
                         "libmicrohttpd se compiló sin TLS; ponga un proxy delante de lince");
    }
    int64_t until_ms;
    front->has_tls = true;
    return certificate_load(certificate, key, &until_ms, error);
}

static enum lince_status daemon_start(struct front *front, struct lince_error *error) {
    const struct settings *settings = &front->service->settings;
    bool has_tls = front->has_tls;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (has_tls ? MHD_USE_TLS : 0);
    struct MHD_OptionItem tls[] = {{MHD_OPTION_HTTPS_CERT_CALLBACK, 0, (void *)(uintptr_t)certificate_give},
                                   {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)TLS_PRIORITIES},
                                   {MHD_OPTION_END, 0, NULL}};
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    connections_open(&front->connections, front->service, has_tls);
    front->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, request_come, front, MHD_OPTION_LISTEN_SOCKET, front->listening.socket,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS, MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK_BYTES,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)front->service->plan.connection_count,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)FRAMING_POOL_BYTES, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)((SETTING_NUMBER(settings, request_timeout) + 999) / 1000), MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_NOTIFY_COMPLETED, request_done, front, MHD_OPTION_NOTIFY_CONNECTION, connections_notice,
        &front->connections, MHD_OPTION_ARRAY, has_tls ? tls : none, MHD_OPTION_END);
    if (front->daemon == NULL) {
        return error_set(error, LINCE_ERROR_RUNTIME, "the HTTP server could not be started%s",
                         "no se pudo arrancar el servidor HTTP%s", has_tls ? " (tls-certificate, tls-key)" : "");
    }
    snprintf(front->address, sizeof front->address, "%s%s",
             front->listening.is_unix ? ""
             : has_tls                ? "https://"
                                      : "http://",
             front->listening.address);
    front->is_ticking = pthread_create(&front->ticker, NULL, ticker_run, front) == 0;
    return front->is_ticking ? LINCE_OK
                             : error_set(error, LINCE_ERROR_RUNTIME, "the system gives no more threads",
                                         "el sistema no da más hilos");
}

enum lince_status front_open(struct service *service, struct front **front, struct lince_error *error) {
    struct front *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the HTTP server",
                         "no hay memoria para el servidor HTTP");
    }
    opened->service = service;
    opened->listening.socket = -1;
    waiters_open(&opened->waiters);
    service->front = *front = opened;
    service->waiters = &opened->waiters;
    enum lince_status status = tls_load(opened, error);
    if (status == LINCE_OK) {
        status = listen_open(SETTING_TEXT_OF(&service->settings, listen), &opened->listening, error);
    }
    if (status == LINCE_OK) {
        uint64_t keys = SETTING_NUMBER(&service->settings, keys); /* auto, required, off */
        service->is_at_loopback = opened->listening.is_loopback;
        service->is_at_unix_socket = opened->listening.is_unix;
        service->needs_keys = keys == 1 || (keys == 0 && !opened->listening.is_loopback);
        status = daemon_start(opened, error);
    }
    return status;
}

void front_reload(struct front *front) {
    const struct settings *settings = &front->service->settings;
    struct lince_error error = LINCE_ERROR_INIT;
    char until[TIME_TEXT_BYTES];
    int64_t until_ms;
    if (!front->has_tls) {
        return;
    }
    if (certificate_load(SETTING_TEXT_OF(settings, tls_certificate), SETTING_TEXT_OF(settings, tls_key), &until_ms,
                         &error) != LINCE_OK) {
        service_log("error", "certificate_not_reloaded", "reason", error.message, "kept", "the one before", NULL);
        return;
    }
    store_time_text(until_ms, until);
    service_log("info", "certificate_reloaded", "until", until, NULL);
}

const char *front_address(const struct front *front) {
    return front->address;
}

int64_t front_active_count(struct front *front) {
    return front->active_count;
}

/*
 * The socket goes on listening until the end: MHD_quiesce_daemon() of 0.9.75 and its threads with epoll both take the
 * socket out of their sets, without a lock, and whichever comes second aborts the process.
 */
void front_refuse(struct front *front) {
    front->is_refusing = true;
}

void front_close(struct front *front) {
    if (front == NULL) {
        return;
    }
    waiters_stop(&front->waiters);
    if (front->is_ticking) {
        pthread_join(front->ticker, NULL);
    }
    if (front->daemon != NULL) {
        MHD_stop_daemon(front->daemon);
    }
    connections_close(&front->connections);
    listen_close(&front->listening);
    waiters_close(&front->waiters);
    certificate_free();
    free(front);
}
