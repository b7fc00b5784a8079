/* manager.c - sends datagrams to the socket in NOTIFY_SOCKET. */
#include "serve/state/manager.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void manager_tell(const char *state) {
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (path == NULL || strlen(path) >= sizeof address.sun_path || (path[0] != '/' && path[0] != '@')) {
        return;
    }
    memcpy(address.sun_path, path, strlen(path));
    if (path[0] == '@') {
        address.sun_path[0] = '\0'; /* the abstract namespace */
    }
    int socket_descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket_descriptor >= 0) {
        socklen_t bytes = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
        sendto(socket_descriptor, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&address, bytes);
        close(socket_descriptor);
    }
}

int manager_interval_ms(void) {
    const char *microseconds = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
    long long interval = microseconds == NULL ? 0 : strtoll(microseconds, NULL, 10) / 2000;
    if (interval <= 0 || interval > 3600000 || (pid != NULL && strtol(pid, NULL, 10) != getpid())) {
        return -1;
    }
    return (int)interval;
}
