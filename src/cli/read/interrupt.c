/* interrupt.c - signal handlers, and a pipe that becomes readable when an end is requested. */
#include "cli/read/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

#include "base/error.h"
#include "base/reason.h"
#include "cli/command.h"

static _Atomic int request_count; /* the handlers' only way to leave a message */
static int wake_pipe[2] = {-1, -1};

static void ask(void) {
    int error_number = errno;
    atomic_fetch_add(&request_count, 1);
    ssize_t ignored = write(wake_pipe[1], "", 1); /* a full pipe is readable too */
    (void)ignored;
    errno = error_number;
}

/* At the third request, the program stops waiting even for a blocked output. */
static void on_signal(int signal_number) {
    (void)signal_number;
    if (atomic_load(&request_count) > 1) {
        _exit(EXIT_CODE_INTERRUPTED);
    }
    ask();
}

enum lince_status interrupt_install(struct lince_error *error) {
    if (pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
        return error_set(error, LINCE_ERROR_RUNTIME, "no pipe for signals: %s", "no hay tubería para las señales: %s",
                         reason_for(error, errno));
    }
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    return LINCE_OK;
}

void interrupt_cancel(void) {
    ask();
    ask();
}

bool interrupt_is_stopping(void) {
    return atomic_load(&request_count) > 0;
}

bool interrupt_is_cancelling(void) {
    return atomic_load(&request_count) > 1;
}

ssize_t interrupt_read(int descriptor, void *bytes, size_t bytes_count) {
    for (;;) {
        struct pollfd ready[2] = {{descriptor, POLLIN, 0}, {wake_pipe[0], POLLIN, 0}};
        if (poll(ready, 2, -1) < 0 && errno != EINTR) {
            return -1;
        }
        if (ready[1].revents != 0 || interrupt_is_stopping()) {
            errno = ECANCELED;
            return -1;
        }
        if (ready[0].revents != 0) {
            ssize_t count = read(descriptor, bytes, bytes_count);
            if (count >= 0 || (errno != EINTR && errno != EAGAIN)) {
                return count;
            }
        }
    }
}
