/* memory_report.c - the public face of the meters: snapshot, rows of meters, scopes and sites. */
#include <string.h>

#include "base/error.h"
#include "base/heap.h"
#include "base/system.h"
#include "engine/memory.h"

static uint64_t less(uint64_t bytes, uint64_t part_bytes) {
    return bytes > part_bytes ? bytes - part_bytes : 0;
}

static void kernel_figures_fill(struct lince_memory *memory) {
    struct system_figures figures = system_figures();
    memory->resident_bytes = figures.resident_bytes;
    memory->resident_peak_bytes = figures.resident_peak_bytes;
    memory->proportional_bytes = figures.proportional_bytes;
    memory->private_dirty_bytes = figures.private_dirty_bytes;
    memory->shared_bytes = figures.shared_bytes;
    memory->swap_bytes = figures.swap_bytes;
    memory->container_used_bytes = figures.container_used_bytes;
    memory->minor_fault_count = figures.minor_fault_count;
    memory->major_fault_count = figures.major_fault_count;
    memory->user_seconds = figures.user_seconds;
    memory->system_seconds = figures.system_seconds;
}

/* What the resident bytes that stand on no meter are. */
static void untracked_fill(struct lince_engine *engine, struct lince_memory *memory) {
    struct system_parts parts = system_parts();
    memory->tracked_resident_bytes = memory_tracked_resident_bytes(engine);
    memory->untracked_bytes = less(memory->resident_bytes, memory->tracked_resident_bytes);
    memory->code_bytes = parts.code_bytes;
    memory->weights_bytes = parts.weights_bytes;
    memory->files_bytes = parts.file_bytes;
    memory->stacks_bytes = parts.stack_bytes;
    uint64_t anonymous = less(parts.anonymous_bytes, memory->tracked_resident_bytes);
    uint64_t slack = malloc_figures().free_bytes;
    memory->slack_bytes = slack < anonymous ? slack : anonymous;
    memory->other_bytes = anonymous - memory->slack_bytes;
}

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
    kernel_figures_fill(&filled);
    filled.tracked_bytes = engine->process.current_bytes;
    filled.tracked_peak_bytes = engine->process.peak_bytes;
    untracked_fill(engine, &filled);
    shares_fill(engine, &filled);
    filled.size = size;
    memcpy(memory, &filled, size);
}

static int meters_walk(const struct meter *meter, uint32_t depth, lince_meter_visitor visitor, void *context) {
    uint64_t limit = meter->limit_bytes;
    struct lince_meter row = {
        .size = sizeof row,
        .name = meter->name,
        .depth = depth,
        .current_bytes = meter->current_bytes,
        .peak_bytes = meter->peak_bytes,
        .limit_bytes = limit == METER_NO_LIMIT ? 0 : limit,
        .charge_count = meter->charge_count,
        .refusal_count = meter->refusal_count,
    };
    int stop = visitor(context, &row);
    for (const struct meter *child = meter->first_child; child != NULL && stop == 0; child = child->next_sibling) {
        stop = meters_walk(child, depth + 1, visitor, context);
    }
    return stop;
}

void lince_memory_meters(struct lince_engine *engine, lince_meter_visitor visitor, void *context) {
    pthread_mutex_lock(&engine->tree_lock);
    meters_walk(&engine->process, 0, visitor, context);
    pthread_mutex_unlock(&engine->tree_lock);
}

void lince_memory_scopes(struct lince_engine *engine, lince_scope_visitor visitor, void *context) {
    int stop = 0;
    for (int kind = 0; kind < SCOPE_COUNT && stop == 0; kind++) {
        const struct scope_figures *figures = &engine->scopes.rows[kind];
        struct lince_scope row = {
            .size = sizeof row,
            .name = scope_name((enum scope_kind)kind),
            .depth = scope_depth((enum scope_kind)kind),
            .call_count = figures->calls,
            .time_ms = (double)figures->time_ns / 1e6,
            .peak_above_bytes = figures->peak_above_bytes,
            .left_bytes = figures->left_bytes,
        };
        stop = visitor(context, &row);
    }
}

void lince_memory_sites(struct lince_engine *engine, lince_site_visitor visitor, void *context) {
    struct site_table *table = engine->process.sites;
    struct site_figures rows[SITE_LIMIT];
    size_t count = table == NULL ? 0 : site_table_read(table, rows, SITE_LIMIT);
    int stop = 0;
    for (size_t i = 0; i < count && stop == 0; i++) {
        const struct site *site = rows[i].site;
        struct lince_site row = {
            .size = sizeof row,
            .file = site->file,
            .function = site->function,
            .type = site->type,
            .line = (uint32_t)site->line,
            .live_bytes = rows[i].live_bytes,
            .live_count = rows[i].live_count,
            .peak_bytes = rows[i].peak_bytes,
            .total_count = rows[i].total_count,
        };
        stop = visitor(context, &row);
    }
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
