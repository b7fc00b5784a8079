/* process.c - calls mallopt and signal, and sets the kernel's limits. */
#include "cli/process.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/system.h"
#include "monitor/monitor.h"

/* Blocks of at least this size are mappings, which go back to the kernel when freed. */
enum { MAPPING_FROM_BYTES = 256 << 10, TRIM_FROM_BYTES = 256 << 10, TOP_PAD_BYTES = 64 << 10 };

/*
 * Opens standard input, output and error if they are closed, so that no other file gets their numbers and is read or
 * written instead. Each is opened in the wrong mode, so that using it fails as before.
 */
static void standard_streams_hold(void) {
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
        if (fcntl(descriptor, F_GETFD) < 0) {
            open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY); /* takes the lowest free number */
        }
    }
}

void process_prepare(void) {
    standard_streams_hold();
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1); /* a second arena would keep its own pages; large blocks are in our heaps */
    mallopt(M_MMAP_THRESHOLD, MAPPING_FROM_BYTES);
    mallopt(M_TRIM_THRESHOLD, TRIM_FROM_BYTES);
    mallopt(M_TOP_PAD, TOP_PAD_BYTES);
#endif
    monitor_block_signals();
}

static uint64_t stack_bytes(void) {
    pthread_attr_t attributes;
    size_t bytes = 0;
    pthread_attr_init(&attributes);
    pthread_attr_getstacksize(&attributes, &bytes);
    pthread_attr_destroy(&attributes);
    return bytes;
}

void process_hold(struct lince_engine *engine, uint32_t threads, struct group_hold *group) {
    struct lince_memory memory = LINCE_MEMORY_INIT;
    lince_memory_snapshot(engine, &memory);
    if (memory.limit_bytes > 0) {
        uint64_t left = memory.limit_bytes > memory.resident_bytes ? memory.limit_bytes - memory.resident_bytes : 0;
        system_data_limit(left + PROCESS_MARGIN_BYTES + threads * stack_bytes());
        group_hold(memory.limit_bytes, group);
    }
}
