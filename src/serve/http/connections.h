/* connections.h - the TCP connections of the front: when each began, what it is at, and which is too slow. */
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
    pthread_mutex_t lock; /* guards what follows */
    struct connection *first;
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
/* Cuts off those that are too slow. */
void connections_tick(struct connections *connections, int64_t now_ms);

#endif
