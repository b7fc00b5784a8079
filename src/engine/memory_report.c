/* memory_report.c - the public functions of the meters: snapshot, and rows of meters, scopes and sites. */
#include <string.h>

#include "base/error.h"
#include "base/snapshot.h"
#include "engine/memory.h"

static void shares_fill(struct lince_engine *engine, struct lince_memory *memory) {
    struct memory_state *state = &engine->memory;
    pthread_mutex_lock(&state->lock);
    memory->limit_bytes = state->limit_bytes == METER_NO_LIMIT ? 0 : state->limit_bytes;
    memory->container_bytes = state->container_bytes;
    memory->start_bytes = state->start_bytes;
    memory->models_bytes = state->models_bytes;
    memory->reserve_bytes = state->reserve_bytes;
    memory->growth_bytes_per_image = growth_bytes_per_image(&state->growth);
    pthread_mutex_unlock(&state->lock);
    memory->room_bytes = admission_room_bytes(&engine->admission);
    memory->taken_bytes = admission_taken_bytes(&engine->admission);
    memory->image_count = state->image_count;
    memory->refusal_count = state->refusal_count;
    memory->cleanup_count = state->cleanup_count;
    memory->cleanup_freed_bytes = state->cleanup_freed_bytes;
}

void lince_memory_snapshot(struct lince_engine *engine, struct lince_memory *memory) {
    struct lince_memory filled = LINCE_MEMORY_INIT;
    size_t size = memory->size < sizeof filled ? memory->size : sizeof filled;
    snapshot_process(&engine->process, memory_tracked_resident_bytes(engine), &filled);
    shares_fill(engine, &filled);
    filled.size = size;
    memcpy(memory, &filled, size);
}

void lince_memory_meters(struct lince_engine *engine, lince_meter_visitor visitor, void *context) {
    pthread_mutex_lock(&engine->tree_lock);
    snapshot_meters(&engine->process, visitor, context);
    pthread_mutex_unlock(&engine->tree_lock);
}

void lince_memory_scopes(struct lince_engine *engine, lince_scope_visitor visitor, void *context) {
    snapshot_scopes(&engine->process, visitor, context);
}

void lince_memory_sites(struct lince_engine *engine, lince_site_visitor visitor, void *context) {
    snapshot_sites(&engine->process, visitor, context);
}

enum lince_status lince_memory_profile(struct lince_engine *engine, uint32_t period, struct lince_error *error) {
    pthread_mutex_lock(&engine->memory.lock);
    if (engine->sites == NULL && period > 0) {
        engine->sites = site_table_open(period);
        engine->process.sites = engine->sites;
    }
    struct site_table *table = engine->sites;
    pthread_mutex_unlock(&engine->memory.lock);
    if (table == NULL && period > 0) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the %zu bytes of the table of sites",
                         "no hay memoria para los %zu bytes de la tabla de sitios", site_table_bytes());
    }
    if (table != NULL) {
        site_table_switch(table, period > 0);
    }
    return LINCE_OK;
}

int lince_memory_profile_is_on(const struct lince_engine *engine) {
    return site_table_is_on(engine->process.sites);
}

uint64_t lince_engine_memory_current_bytes(const struct lince_engine *engine) {
    return engine->process.current_bytes;
}

uint64_t lince_engine_memory_peak_bytes(const struct lince_engine *engine) {
    return engine->process.peak_bytes;
}
