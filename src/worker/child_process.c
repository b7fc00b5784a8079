/* child_process.c - makes the socket pair and the environment, and spawns. */
#include "worker/child_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "worker/worker_protocol.h"

/* A child that was taken over must not read from its environment how stores, buckets and documents are opened. */
static bool is_for_children(const char *variable) {
    static const char *const secrets[] = {"AWS_", "PG", "LINCE_STORE=", "LINCE_IMAGES=", "LINCE_PASSWORD="};
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        if (strncmp(variable, secrets[i], strlen(secrets[i])) == 0) {
            return false;
        }
    }
    return true;
}

/* The variables that a child gets; owned by the caller, who frees the array alone. NULL without memory. */
static char **environment_make(void) {
    size_t count = 0, used = 0;
    while (environ[count] != NULL) {
        count++;
    }
    char **made = calloc(count + 1, sizeof *made);
    for (size_t i = 0; made != NULL && i < count; i++) {
        if (is_for_children(environ[i])) {
            made[used++] = environ[i];
        }
    }
    return made;
}

/* The child keeps only its end of the socket and standard error: everything else is close-on-exec. Gives 0 or an errno.
 */
static int spawn(const char *program, const char *const arguments[], int socket, pid_t *pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, socket, WORK_DESCRIPTOR);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    char **environment = environment_make();
    int error_number = environment == NULL ? ENOMEM
                                           : posix_spawn(pid, program, &actions, &attributes,
                                                         (char *const *)(uintptr_t)arguments, environment);
    free(environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error_number;
}

bool child_process_start(const char *program, const char *const arguments[], pid_t *pid, int *socket) {
    int ends[2];
    *pid = 0;
    *socket = -1;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return false;
    }
    int error_number = 0;
    if (ends[1] == WORK_DESCRIPTOR) { /* dup2 onto itself would leave it close-on-exec */
        int moved = fcntl(ends[1], F_DUPFD_CLOEXEC, WORK_DESCRIPTOR + 1);
        error_number = moved < 0 ? errno : 0;
        close(ends[1]);
        ends[1] = moved;
    }
    if (error_number == 0) {
        error_number = spawn(program, arguments, ends[1], pid);
        close(ends[1]);
    }
    if (error_number != 0) {
        close(ends[0]);
        *pid = 0;
        errno = error_number;
        return false;
    }
    *socket = ends[0];
    return true;
}
