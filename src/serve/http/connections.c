/* connections.c - a list of all connections, watched from their first byte. */
#include "serve/http/connections.h"

#include <arpa/inet.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "serve/http/problem.h"
#include "serve/http/wire.h"
#include "serve/state/service.h"

/*
 * A body must arrive at this rate at least, after the time that a pause may take, and must end within a total time.
 * LINGER_MS: time for a client to read the last answer of its connection.
 */
enum { LEAST_BYTES_PER_S = 1024, BODY_LIMIT_MS = 15 * 60 * 1000, LINGER_MS = 2000 };

/* Time for the head on a spare connection; idle time after which a connection makes room; the reserve's part of all. */
enum { SPARE_MS = 2000, IDLE_MS = 1000, RESERVE_PART = 16, RESERVE_LEAST = 4 };

/* A connection: when it began, and whether it has a running request. */
struct connection {
    struct wire wire; /* first: `answer` gets only this pointer */
    struct connections *all;
    struct connection *next, *previous;
    int socket;
    int64_t since_ms;                  /* since when a request's head is awaited */
    uint64_t body_bytes;               /* received of the request */
    int64_t answer_ms;                 /* since when an answer with an end is sent; 0: none */
    uint64_t acknowledged_bytes;       /* by the client, when the answer began */
    bool is_idle, is_sending, is_late; /* is_sending: the body has not ended; is_late: it is being closed */
    bool has_key;                      /* it sent a valid key */
    enum admission beyond;             /* the share that it exceeds */
    unsigned char address[CONNECTION_ADDRESS_BYTES];
};

void connections_open(struct connections *connections, struct service *service, bool is_encrypted) {
    uint32_t limit = service->plan.connection_count, reserve = limit / RESERVE_PART;
    reserve = reserve < RESERVE_LEAST ? RESERVE_LEAST : reserve;
    reserve = reserve > limit / 2 ? limit / 2 : reserve;
    *connections = (struct connections){
        .service = service, .is_encrypted = is_encrypted, .usual_count = limit - reserve, .reserve_count = reserve};
    pthread_mutex_init(&connections->lock, NULL);
}

void connections_close(struct connections *connections) {
    pthread_mutex_destroy(&connections->lock);
}

/* ---- invalid requests ---- */

static enum problem problem_of(unsigned status) {
    return status == 431 ? PROBLEM_HEAD_TOO_LARGE : status == 505 ? PROBLEM_VERSION : PROBLEM_BAD_REQUEST;
}

static size_t refusal_write(struct wire *wire, char *text, size_t size) {
    struct connection *connection = (struct connection *)(void *)wire;
    struct service *service = connection->all->service;
    enum problem problem = problem_of(framing_status(wire->framing.fault));
    const char *reason = framing_reason(wire->framing.fault, (int)service->language);
    char id[ID_BYTES], status[8];
    store_id(id, "req");
    snprintf(status, sizeof status, "%u", problem_specs[problem].status);
    service->metrics.answers[problem_specs[problem].status / 100]++;
    service->metrics.refused_heads++;
    if (SETTING_NUMBER(&service->settings, access_log) == 0) { /* yes */
        service_log("info", "request_refused", "id", id, "status", status, "reason", reason, NULL);
    }
    return problem_write_whole(problem, service->language, reason, id, text, size);
}

/* ---- shares ---- */

static void address_write(const struct sockaddr *from, unsigned char address[CONNECTION_ADDRESS_BYTES]) {
    memset(address, 0, CONNECTION_ADDRESS_BYTES);
    if (from != NULL && from->sa_family == AF_INET) {
        address[0] = 4;
        memcpy(address + 1, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
    } else if (from != NULL && from->sa_family == AF_INET6) {
        const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;
        bool is_mapped = IN6_IS_ADDR_V4MAPPED(six);
        address[0] = is_mapped ? 4 : 6;
        memcpy(address + 1, six->s6_addr + (is_mapped ? 12 : 0), is_mapped ? 4 : 8);
    }
}

static uint64_t share_of_address(const struct connections *connections) {
    uint64_t configured = SETTING_NUMBER(&connections->service->settings, address_connections);
    uint64_t half = connections->service->plan.connection_count / 2;
    return configured == 0 ? half : configured;
}

/* An idle connection that another may take the place of: a spare one at once, an admitted one after IDLE_MS. */
static bool may_go(const struct connection *own, int64_t now_ms) {
    bool is_old = own->beyond != ADMITTED || now_ms - own->since_ms >= IDLE_MS;
    return own->is_idle && !own->is_late && !own->has_key && is_old;
}

/* Whichever of the two has been idle longer; `other` may be NULL. */
static struct connection *idle_longer(struct connection *own, struct connection *other) {
    return other == NULL || own->since_ms < other->since_ms ? own : other;
}

static void close_now(struct connection *connection) {
    connection->is_late = true;
    shutdown(connection->socket, SHUT_RDWR);
}

/*
 * Judges a new connection. Spare ones take none of the usual places: where all of these are taken, an idle admitted one
 * makes room for one within its share. Where no place is left, an idle spare one makes room. With the lock held.
 */
static void share_judge(struct connections *connections, struct connection *begun) {
    struct connection *admitted = NULL, *spare = NULL;
    uint64_t of_address = 0, admitted_count = 0, count = 1;
    for (struct connection *own = connections->first; own != NULL; own = own->next) {
        bool is_spare = own->beyond != ADMITTED;
        of_address += memcmp(own->address, begun->address, sizeof begun->address) == 0 && !own->is_late;
        admitted_count += !is_spare && !own->is_late;
        count += !own->is_late;
        if (may_go(own, begun->since_ms)) {
            struct connection **first = is_spare ? &spare : &admitted;
            *first = idle_longer(own, *first);
        }
    }
    bool is_full = admitted_count >= connections->usual_count;
    if (begun->address[0] != 0 && of_address >= share_of_address(connections)) {
        begun->beyond = ADMISSION_OF_ADDRESS;
    } else if (is_full && admitted == NULL) {
        begun->beyond = ADMISSION_FULL;
    }
    bool takes_place = is_full && begun->beyond == ADMITTED;
    struct connection *leaving = takes_place ? admitted : count > connections->usual_count ? spare : NULL;
    if (leaving != NULL) {
        close_now(leaving);
        connections->service->metrics.connections_evicted++;
    }
}

/* ---- connections ---- */

static void list_add(struct connections *connections, struct connection *connection) {
    pthread_mutex_lock(&connections->lock);
    share_judge(connections, connection);
    connections->count++;
    connection->next = connections->first;
    if (connection->next != NULL) {
        connection->next->previous = connection;
    }
    connections->first = connection;
    pthread_mutex_unlock(&connections->lock);
}

static void list_remove(struct connections *connections, struct connection *connection) {
    pthread_mutex_lock(&connections->lock);
    connections->count--;
    if (connection->previous != NULL) {
        connection->previous->next = connection->next;
    } else {
        connections->first = connection->next;
    }
    if (connection->next != NULL) {
        connection->next->previous = connection->previous;
    }
    pthread_mutex_unlock(&connections->lock);
}

static struct connection *connection_new(struct connections *connections, int socket) {
    struct connection *started = calloc(1, sizeof *started);
    if (started == NULL || !wire_watch(socket, &started->wire, connections->is_encrypted, refusal_write)) {
        wire_refuse(socket); /* nobody would check what it sends */
        free(started);
        return NULL;
    }
    started->all = connections;
    started->socket = socket;
    started->since_ms = clock_now_ms();
    started->is_idle = true;
    return started;
}

void connections_notice(void *context, struct MHD_Connection *connection, void **slot,
                        enum MHD_ConnectionNotificationCode code) {
    struct connections *connections = context;
    struct connection *own = *slot;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *slot = own = connection_new(connections, info->connect_fd);
        if (own != NULL) {
            info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
            address_write(info == NULL ? NULL : info->client_addr, own->address);
            list_add(connections, own);
            connections->service->metrics.connections++;
        }
    } else if (own == NULL) {
        wire_forget(MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
    } else {
        wire_forget(own->socket);
        list_remove(connections, own);
        free(own);
        *slot = NULL;
        connections->service->metrics.connections--;
    }
}

static struct connection *connection_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

void connection_address(struct MHD_Connection *connection, unsigned char address[CONNECTION_ADDRESS_BYTES]) {
    const struct connection *own = connection_of(connection);
    memset(address, 0, CONNECTION_ADDRESS_BYTES);
    if (own != NULL) {
        memcpy(address, own->address, CONNECTION_ADDRESS_BYTES);
    }
}

bool connection_is_spare(struct MHD_Connection *connection) {
    const struct connection *own = connection_of(connection);
    return own != NULL && own->beyond != ADMITTED;
}

/* Half of the reserve is only for health checks. */
enum admission connection_admit(struct MHD_Connection *connection, bool is_health, bool has_key) {
    struct connection *own = connection_of(connection);
    if (own == NULL) {
        return ADMITTED;
    }
    struct connections *all = own->all;
    pthread_mutex_lock(&all->lock);
    own->has_key = own->has_key || has_key;
    bool has_room = all->count <= all->usual_count + all->reserve_count / 2;
    enum admission admission = is_health || (has_key && has_room) ? ADMITTED : own->beyond;
    pthread_mutex_unlock(&all->lock);
    all->service->metrics.connections_full += admission == ADMISSION_FULL;
    all->service->metrics.connections_of_address += admission == ADMISSION_OF_ADDRESS;
    return admission;
}

void connections_set_idle(struct connections *connections, struct MHD_Connection *connection, bool is_idle) {
    const struct settings *settings = &connections->service->settings;
    struct connection *own = connection_of(connection);
    if (own != NULL) {
        pthread_mutex_lock(&connections->lock);
        own->is_idle = is_idle;
        own->is_sending = !is_idle;
        own->answer_ms = 0;
        own->body_bytes = 0;
        own->since_ms = clock_now_ms();
        pthread_mutex_unlock(&connections->lock);
    }
    uint64_t ms = is_idle ? SETTING_NUMBER(settings, keep_alive) : SETTING_NUMBER(settings, request_timeout);
    MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, (unsigned)((ms + 999) / 1000));
}

void connections_note_body(struct connections *connections, struct MHD_Connection *connection, size_t bytes) {
    struct connection *own = connection_of(connection);
    if (own != NULL) {
        pthread_mutex_lock(&connections->lock);
        own->body_bytes += bytes;
        own->is_sending = own->is_sending && bytes > 0;
        pthread_mutex_unlock(&connections->lock);
    }
}

/* What the client's system has acknowledged of all that was sent on the connection; 0 if that is not known. */
static uint64_t acknowledged_bytes(int socket) {
    struct tcp_info info = {0};
    socklen_t bytes = sizeof info;
    return getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &bytes) == 0 ? info.tcpi_bytes_acked : 0;
}

void connection_note_answer(struct MHD_Connection *connection, bool is_endless) {
    struct connection *own = connection_of(connection);
    if (own != NULL) {
        pthread_mutex_lock(&own->all->lock);
        own->answer_ms = is_endless ? 0 : clock_now_ms();
        own->acknowledged_bytes = acknowledged_bytes(own->socket);
        pthread_mutex_unlock(&own->all->lock);
    }
}

/* Whether the client takes the answer more slowly than the least rate. */
static bool takes_slowly(const struct connection *own, int64_t now_ms, int64_t limit_ms) {
    int64_t taken_ms = now_ms - own->answer_ms;
    if (own->answer_ms == 0 || taken_ms <= limit_ms) {
        return false;
    }
    uint64_t now_bytes = acknowledged_bytes(own->socket);
    return now_bytes > 0 && now_bytes - own->acknowledged_bytes < (uint64_t)taken_ms * LEAST_BYTES_PER_S / 1000;
}

/*
 * Cuts off a client that sends the head or body of its request, or takes the answer, too slowly: libmicrohttpd itself
 * only sees that bytes keep coming and going.
 */
void connections_tick(struct connections *connections, int64_t now_ms) {
    int64_t limit_ms = (int64_t)SETTING_NUMBER(&connections->service->settings, request_timeout);
    pthread_mutex_lock(&connections->lock);
    for (struct connection *own = connections->first; own != NULL; own = own->next) {
        int64_t taken_ms = now_ms - own->since_ms, answered_ms = own->wire.answered_ms;
        bool is_slow = own->is_sending &&
                       ((int64_t)own->body_bytes < taken_ms * LEAST_BYTES_PER_S / 1000 || taken_ms > BODY_LIMIT_MS);
        bool is_over = answered_ms > 0 && now_ms - answered_ms > LINGER_MS;
        bool is_silent = own->beyond != ADMITTED && own->is_idle && taken_ms > SPARE_MS;
        if (!own->is_late && (is_over || takes_slowly(own, now_ms, limit_ms) || is_silent ||
                              ((own->is_idle || is_slow) && taken_ms > limit_ms))) {
            close_now(own);
        }
    }
    pthread_mutex_unlock(&connections->lock);
}
