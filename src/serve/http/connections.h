/*
 * connections.h - the TCP connections of the front: who has how many, what each is at, and which is too slow.
 *
 * Of all that there may be, a reserve is kept free. A connection beyond the rest, or beyond the share of its address,
 * is a spare one: it has two seconds for one request, which is answered if it asks for health or shows a valid key, and
 * is closed then. Idle connections make room before any becomes a spare one.
 */
#ifndef LINCE_SERVE_HTTP_CONNECTIONS_H
#define LINCE_SERVE_HTTP_CONNECTIONS_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct service;
struct connection;

struct connections {
    struct service *service;
    bool is_encrypted;
    uint32_t usual_count, reserve_count; /* together all that there may be */
    pthread_mutex_t lock;                /* guards what follows */
    struct connection *first;
    uint32_t count;
};

void connections_open(struct connections *connections, struct service *service, bool is_encrypted);
/* Once libmicrohttpd has stopped. */
void connections_close(struct connections *connections);

/* For MHD_OPTION_NOTIFY_CONNECTION, with the connections as its context. */
void connections_notice(void *context, struct MHD_Connection *connection, void **slot,
                        enum MHD_ConnectionNotificationCode code);
/* A request's head has come, or its answer has gone. */
void connections_set_idle(struct connections *connections, struct MHD_Connection *connection, bool is_idle);
/* Bytes of the body came; none: it has ended. */
void connections_note_body(struct connections *connections, struct MHD_Connection *connection, size_t bytes);
enum admission { ADMITTED, ADMISSION_OF_ADDRESS, ADMISSION_FULL };
/* Whether the request may be answered beyond its health or an open page; why not. `has_key`: it shows a valid one. */
enum admission connection_admit(struct MHD_Connection *connection, bool is_health, bool has_key);
/* Whether it ends with the answer. */
bool connection_is_spare(struct MHD_Connection *connection);
enum { CONNECTION_ADDRESS_BYTES = 9 };
/* Where it comes from, of IPv6 the network of 64 bits, which is one client's; all zero for a Unix socket. */
void connection_address(struct MHD_Connection *connection, unsigned char address[CONNECTION_ADDRESS_BYTES]);

/* Cuts off those that are too slow. */
void connections_tick(struct connections *connections, int64_t now_ms);

#endif
