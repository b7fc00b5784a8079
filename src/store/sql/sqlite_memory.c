/* sqlite_memory.c - SQLite's memory on a meter: beyond its limit a statement fails with MEMORY_LIMIT. */
#include <assert.h>
#include <stdbool.h>

#include "base/meter.h"
#include "store/sql/sql_sqlite.h"

static struct meter *home_meter;
static _Thread_local bool thread_refused;

static void *allocate(int bytes) {
    void *block = meter_allocate(home_meter, (size_t)bytes);
    thread_refused = thread_refused || block == NULL;
    return block;
}

static void *reallocate(void *block, int bytes) {
    void *moved = meter_reallocate(home_meter, block, (size_t)bytes);
    thread_refused = thread_refused || moved == NULL;
    return moved;
}

static int block_bytes(void *block) {
    return block == NULL ? 0 : (int)meter_block_bytes(block);
}

static int round_up(int bytes) {
    return (bytes + 7) & ~7;
}

static int begin(void *nothing) {
    (void)nothing;
    return SQLITE_OK;
}

static void end(void *nothing) {
    (void)nothing;
}

bool sqlite_memory_was_refused(void) {
    bool refused = thread_refused;
    thread_refused = false;
    return refused;
}

void sqlite_memory_install(struct meter *meter) {
    static const sqlite3_mem_methods methods = {allocate, meter_free, reallocate, block_bytes,
                                                round_up, begin,      end,        NULL};
    home_meter = meter;
    int code = sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    if (code == SQLITE_OK) {
        code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* the meter counts */
    }
    assert(code == SQLITE_OK); /* otherwise a store was opened before */
}
