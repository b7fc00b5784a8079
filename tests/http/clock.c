/*
 * clock.c - put before the C library, moves the wall clock by as many seconds as stand in the file that SHIFTED_CLOCK
 * names: the tests of clock jumps, on a machine whose own clock stays as it is.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*own)(clockid_t, struct timespec *);
    char text[32] = "";
    if (own == NULL) {
        *(void **)&own = dlsym(RTLD_NEXT, "clock_gettime");
    }
    int result = own(clock, now);
    const char *path = clock == CLOCK_REALTIME ? getenv("SHIFTED_CLOCK") : NULL;
    int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        if (read(file, text, sizeof text - 1) > 0) {
            now->tv_sec += strtol(text, NULL, 10);
        }
        close(file);
    }
    return result;
}
