/*
 * ballast.c - put before the C library, lets one process take memory that nothing of Lince counts: as many megabytes as
 * stand behind that process's number in the file that BALLAST names.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static void *wait_and_take(void *path) {
    const struct timespec pause = {.tv_nsec = 20000000};
    for (;;) {
        char text[64] = "";
        int file = open(path, O_RDONLY | O_CLOEXEC), pid = 0;
        unsigned megabytes = 0;
        if (file >= 0) {
            if (read(file, text, sizeof text - 1) > 0 && sscanf(text, "%d %u", &pid, &megabytes) == 2 &&
                pid == getpid()) {
                size_t bytes = (size_t)megabytes << 20;
                /* Shared: what is private is limited by the process itself. */
                void *taken = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
                if (taken != MAP_FAILED) {
                    memset(taken, 1, bytes);
                }
                close(file);
                return NULL;
            }
            close(file);
        }
        nanosleep(&pause, NULL);
    }
}

__attribute__((constructor)) static void begin(void) {
    pthread_t thread;
    char *path = getenv("BALLAST");
    sigset_t all, before;
    if (path != NULL) { /* the thread takes no signal that is meant for the program */
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        pthread_create(&thread, NULL, wait_and_take, path);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
}
