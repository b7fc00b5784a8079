/* json_memory.c - jansson's allocation functions, with the meter of the calling thread. */
#include "base/json_memory.h"

#include <jansson.h>
#include <stddef.h>

#include "base/meter.h"

static struct meter *home_meter;
static _Thread_local struct meter *thread_meter;
static _Thread_local bool thread_refused;

static void *json_allocate(size_t bytes) {
    void *block = meter_allocate(thread_meter != NULL ? thread_meter : home_meter, bytes);
    thread_refused = thread_refused || block == NULL;
    return block;
}

void json_memory_install(struct meter *home) {
    home_meter = home;
    json_set_alloc_funcs(json_allocate, meter_free);
}

struct meter *json_memory_use(struct meter *meter) {
    struct meter *before = thread_meter;
    thread_meter = meter;
    return before;
}

bool json_memory_was_refused(void) {
    bool refused = thread_refused;
    thread_refused = false;
    return refused;
}
