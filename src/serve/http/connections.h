/*
 * connections.h - the TCP connections of the front: how many each address has, their states, and which are too slow.
 *
 * A reserve of all possible connections is kept free. A connection beyond the rest, or beyond its address's share, is a
 * spare one: it has two seconds for one request, which is answered if it is a health check or sends a valid key, and is
 * then closed. Idle connections are closed before any becomes a spare one.
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
    uint32_t usual_count, reserve_count; /* together the most connections */
    pthread_mutex_t lock;                /* guards the members below */
    struct connection *first;
    uint32_t count;
};

void connections_open(struct connections *connections, struct service *service, bool is_encrypted);
/* Call it after libmicrohttpd has stopped. */
void connections_close(struct connections *connections);

/* For MHD_OPTION_NOTIFY_CONNECTION, with the connections as its context. */
void connections_notice(void *context, struct MHD_Connection *connection, void **slot,
                        enum MHD_ConnectionNotificationCode code);
/* Call it when a request's head has come, or its answer has gone. */
void connections_set_idle(struct connections *connections, struct MHD_Connection *connection, bool is_idle);
/* Call it when bytes of the body came; 0: it has ended. */
void connections_note_body(struct connections *connections, struct MHD_Connection *connection, size_t bytes);
/* Call it when the answer is handed to libmicrohttpd. An endless one may take any time. */
void connection_note_answer(struct MHD_Connection *connection, bool is_endless);
enum admission { ADMITTED, ADMISSION_OF_ADDRESS, ADMISSION_FULL };
/*
 * Whether the request may be answered beyond health checks and open pages, or why not. `has_key`: it sends a valid key.
 */
enum admission connection_admit(struct MHD_Connection *connection, bool is_health, bool has_key);
/* Whether it ends with the answer. */
bool connection_is_spare(struct MHD_Connection *connection);
enum { CONNECTION_ADDRESS_BYTES = 9 };
/* The client's address; for IPv6 the 64-bit network, which belongs to one client; all zero for a Unix socket. */
void connection_address(struct MHD_Connection *connection, unsigned char address[CONNECTION_ADDRESS_BYTES]);

/* Cuts off connections that are too slow. */
void connections_tick(struct connections *connections, int64_t now_ms);

#endif
