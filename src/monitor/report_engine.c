/* report_engine.c - the report of an engine. */
#include "engine/engine.h"
#include "monitor/report.h"

void report_write_engine(struct lince_engine *engine, const char *reason, const struct history *history,
                         struct buffer *buffer) {
    struct lince_memory memory = LINCE_MEMORY_INIT;
    lince_memory_snapshot(engine, &memory);
    const struct report_source source = {&engine->process, &memory, reason, history};
    pthread_mutex_lock(&engine->tree_lock);
    report_write(&source, buffer);
    pthread_mutex_unlock(&engine->tree_lock);
}
