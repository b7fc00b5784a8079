/*
 * ballast.c - preloaded, lets one process take memory that no meter counts: as many megabytes as follow the process's
 * number in the 64-byte file named by BALLAST.
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

enum { TEXT_BYTES = 64 };
/* The file, mapped beforehand: a worker may open none later, and keeps none open that it was not handed. */
static const volatile char *told;

static void *wait_and_take(void *unused) {
    const struct timespec pause = {.tv_nsec = 20000000};
    (void)unused;
    for (;;) {
        char text[TEXT_BYTES + 1] = "";
        int pid = 0;
        unsigned megabytes = 0;
        for (int i = 0; i < TEXT_BYTES; i++) {
            text[i] = told[i];
        }
        if (sscanf(text, "%d %u", &pid, &megabytes) == 2 && pid == getpid()) {
            size_t bytes = (size_t)megabytes << 20;
            /* Shared: what is private is limited by the process itself. */
            void *taken = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
            if (taken != MAP_FAILED) {
                memset(taken, 1, bytes);
            }
            return NULL;
        }
        nanosleep(&pause, NULL);
    }
}

__attribute__((constructor)) static void begin(void) {
    pthread_t thread;
    char *path = getenv("BALLAST");
    sigset_t all, before;
    int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    void *mapped = file < 0 ? MAP_FAILED : mmap(NULL, TEXT_BYTES, PROT_READ, MAP_SHARED, file, 0);
    if (file >= 0) {
        close(file);
    }
    if (mapped != MAP_FAILED) {
        told = mapped;
        /* the thread takes no signal that is meant for the program */
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        pthread_create(&thread, NULL, wait_and_take, NULL);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
}
