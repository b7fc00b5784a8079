/* listen.c - host and port to a listening socket; LISTEN_FDS of socket activation before that. */
#include "serve/http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "base/reason.h"

enum { BACKLOG = 1024, FIRST_HANDED_OVER = 3 };

static enum lince_status fail(const char *listen, const char *reason, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_ARGUMENT, "cannot listen at %s (%s); name another address with --listen",
                     "no se puede escuchar en %s (%s); indique otra dirección con --listen", listen, reason);
}

/* "host:port", "[::1]:port", ":port" or "port". */
static bool parts_split(const char *listen, char host[256], char port[16]) {
    const char *colon = strrchr(listen, ':');
    const char *start = listen, *end = colon;
    if (colon == NULL) {
        snprintf(host, 256, "127.0.0.1");
        return snprintf(port, 16, "%s", listen) < 16;
    }
    if (*start == '[' && end > start && end[-1] == ']') {
        start++;
        end--;
    }
    return snprintf(host, 256, "%.*s", (int)(end - start), start) < 256 && snprintf(port, 16, "%s", colon + 1) < 16;
}

static bool is_loopback(const struct sockaddr_storage *address) {
    if (address->ss_family == AF_INET) {
        return ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24 == 127;
    }
    return address->ss_family == AF_UNIX ||
           (address->ss_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr));
}

static void describe(struct listening *listening) {
    struct sockaddr_storage address;
    socklen_t bytes = sizeof address;
    char host[64] = "?", port[16] = "0";
    memset(&address, 0, sizeof address);
    getsockname(listening->socket, (struct sockaddr *)&address, &bytes);
    getnameinfo((struct sockaddr *)&address, bytes, host, sizeof host, port, sizeof port,
                NI_NUMERICHOST | NI_NUMERICSERV);
    listening->is_loopback = is_loopback(&address);
    snprintf(listening->address, sizeof listening->address, address.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host,
             port);
}

static int handed_over(void) {
    const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    if (pid == NULL || count == NULL || strtol(pid, NULL, 10) != getpid() || strtol(count, NULL, 10) < 1) {
        return -1;
    }
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    /* Moved up, since workers get their socket at this number. */
    return fcntl(FIRST_HANDED_OVER, F_DUPFD_CLOEXEC, 16);
}

enum lince_status listen_open(const char *listen_at, struct listening *listening, struct lince_error *error) {
    char host[256], port[16];
    listening->socket = handed_over();
    if (listening->socket >= 0) {
        describe(listening);
        return LINCE_OK;
    }
    struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM}, *found = NULL;
    if (!parts_split(listen_at, host, port)) {
        return fail(listen_at, "host:port", error);
    }
    int code = getaddrinfo(host[0] == '\0' ? NULL : host, port, &hints, &found);
    if (code != 0) {
        return fail(listen_at, gai_strerror(code), error);
    }
    int one = 1;
    listening->socket = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool is_listening =
        listening->socket >= 0 && setsockopt(listening->socket, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
        bind(listening->socket, found->ai_addr, found->ai_addrlen) == 0 && listen(listening->socket, BACKLOG) == 0;
    int reason = errno;
    freeaddrinfo(found);
    if (!is_listening) {
        if (listening->socket >= 0) {
            close(listening->socket);
        }
        return fail(listen_at, reason_for(error, reason), error);
    }
    describe(listening);
    return LINCE_OK;
}
