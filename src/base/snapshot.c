/* snapshot.c - copies /proc and the meters into the public structs. */
#include "base/snapshot.h"

#include "base/scope.h"
#include "base/system.h"

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

/* Splits the resident bytes that are on no meter into their kinds. */
static void untracked_fill(uint64_t tracked_resident_bytes, struct lince_memory *memory) {
    struct system_parts parts = system_parts();
    memory->tracked_resident_bytes = tracked_resident_bytes;
    memory->untracked_bytes = less(memory->resident_bytes, tracked_resident_bytes);
    memory->code_bytes = parts.code_bytes;
    memory->weights_bytes = parts.weights_bytes;
    memory->files_bytes = parts.file_bytes;
    memory->stacks_bytes = parts.stack_bytes;
    uint64_t anonymous = less(parts.anonymous_bytes, tracked_resident_bytes);
    uint64_t slack = malloc_figures().free_bytes;
    memory->slack_bytes = slack < anonymous ? slack : anonymous;
    memory->other_bytes = anonymous - memory->slack_bytes;
}

void snapshot_process(const struct meter *root, uint64_t tracked_resident_bytes, struct lince_memory *memory) {
    kernel_figures_fill(memory);
    memory->tracked_bytes = root->current_bytes;
    memory->tracked_peak_bytes = root->peak_bytes;
    untracked_fill(tracked_resident_bytes, memory);
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

void snapshot_meters(const struct meter *root, lince_meter_visitor visitor, void *context) {
    meters_walk(root, 0, visitor, context);
}

void snapshot_scopes(const struct meter *root, lince_scope_visitor visitor, void *context) {
    int stop = 0;
    for (int kind = 0; kind < SCOPE_COUNT && stop == 0 && root->scopes != NULL; kind++) {
        const struct scope_figures *figures = &root->scopes->rows[kind];
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

void snapshot_sites(const struct meter *root, lince_site_visitor visitor, void *context) {
    struct site_table *table = root->sites;
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

const char *lince_memory_event_name(enum lince_memory_event_kind kind) {
    switch (kind) {
    case LINCE_MEMORY_CLEANED:
        return "cleaned";
    case LINCE_MEMORY_HIGH:
        return "high";
    case LINCE_MEMORY_REFUSED:
        return "refused";
    case LINCE_MEMORY_GROWING:
        return "growing";
    }
    return "";
}
