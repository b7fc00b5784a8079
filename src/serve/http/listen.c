/* listen.c - makes a listening socket for host and port, or takes one from socket activation (LISTEN_FDS). */
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
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"
#include "base/reason.h"

enum { BACKLOG = 1024, FIRST_HANDED_OVER = 3 };
static const char UNIX[] = "unix:";

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
    listening->is_loopback = is_loopback(&address);
    listening->is_unix = address.ss_family == AF_UNIX;
    if (listening->is_unix) {
        snprintf(listening->address, sizeof listening->address, "unix:%.107s",
                 ((const struct sockaddr_un *)(const void *)&address)->sun_path);
        return;
    }
    getnameinfo((struct sockaddr *)&address, bytes, host, sizeof host, port, sizeof port,
                NI_NUMERICHOST | NI_NUMERICSERV);
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
    /* Moved to a higher number, since workers get their socket at this one. */
    return fcntl(FIRST_HANDED_OVER, F_DUPFD_CLOEXEC, 16);
}

/* Removes a socket that nobody listens on any more. Anything else stays, and opening fails. */
static void unix_leftover_remove(const struct sockaddr_un *address) {
    struct stat facts;
    int probe = lstat(address->sun_path, &facts) == 0 && S_ISSOCK(facts.st_mode)
                    ? socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)
                    : -1;
    if (probe >= 0) {
        if (connect(probe, (const struct sockaddr *)address, sizeof *address) != 0 && errno == ECONNREFUSED) {
            unlink(address->sun_path);
        }
        close(probe);
    }
}

static enum lince_status unix_open(const char *listen_at, struct listening *listening, struct lince_error *error) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const char *path = listen_at + strlen(UNIX);
    if (*path == '\0' || strlen(path) >= sizeof address.sun_path) {
        return fail(listen_at, "unix:PATH, 1..107 bytes", error);
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    unix_leftover_remove(&address);
    listening->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    mode_t mask = umask(0177); /* sets the socket's mode from the beginning */
    bool is_bound =
        listening->socket >= 0 && bind(listening->socket, (const struct sockaddr *)&address, sizeof address) == 0;
    int reason = errno;
    umask(mask);
    if (!is_bound || listen(listening->socket, BACKLOG) != 0) {
        if (listening->socket >= 0) {
            close(listening->socket);
        }
        listening->socket = -1;
        return fail(listen_at, reason_for(error, is_bound ? errno : reason), error);
    }
    memcpy(listening->path, path, strlen(path) + 1);
    describe(listening);
    return LINCE_OK;
}

void listen_close(struct listening *listening) {
    if (listening->path[0] != '\0') {
        unlink(listening->path);
        listening->path[0] = '\0';
    }
}

enum lince_status listen_open(const char *listen_at, struct listening *listening, struct lince_error *error) {
    char host[256], port[16];
    listening->socket = handed_over();
    if (listening->socket >= 0) {
        describe(listening);
        return LINCE_OK;
    }
    if (strncmp(listen_at, UNIX, strlen(UNIX)) == 0) {
        return unix_open(listen_at, listening, error);
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
