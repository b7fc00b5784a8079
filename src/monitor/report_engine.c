/* report_engine.c - the report of an engine. */
#include "engine/engine.h"
#include "monitor/report.h"

struct showing {
    struct report_source source;
    struct buffer *buffer;
};

static void show(void *context, const struct meter *root) {
    struct showing *showing = context;
    showing->source.root = root;
    report_write(&showing->source, showing->buffer);
}

void report_write_engine(struct lince_engine *engine, const char *reason, const struct history *history,
                         struct buffer *buffer) {
    struct lince_memory memory = LINCE_MEMORY_INIT;
    lince_memory_snapshot(engine, &memory);
    struct showing showing = {{NULL, &memory, reason, history}, buffer};
    engine_meters_show(engine, show, &showing);
}
