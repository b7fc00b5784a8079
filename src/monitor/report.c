/* report.c - writes all that is known of the memory. */
#include "monitor/report.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/snapshot.h"
#include "output/writers/json_writer.h"

enum { SECOND_DECIMALS = 3 };

static void time_member(struct json_writer *json) {
    char text[32];
    time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    json_text(json, "time", text);
}

static void shares_object(struct json_writer *json, const struct lince_memory *memory) {
    json_object_open(json, "budgets");
    json_whole(json, "start_bytes", memory->start_bytes);
    json_whole(json, "models_bytes", memory->models_bytes);
    json_whole(json, "reserve_bytes", memory->reserve_bytes);
    json_whole(json, "room_bytes", memory->limit_bytes == 0 ? 0 : memory->room_bytes);
    json_whole(json, "taken_bytes", memory->taken_bytes);
    json_object_close(json);
}

static void system_object(struct json_writer *json, const struct lince_memory *memory) {
    json_object_open(json, "system");
    json_whole(json, "resident_bytes", memory->resident_bytes);
    json_whole(json, "resident_peak_bytes", memory->resident_peak_bytes);
    json_whole(json, "proportional_bytes", memory->proportional_bytes);
    json_whole(json, "private_dirty_bytes", memory->private_dirty_bytes);
    json_whole(json, "shared_bytes", memory->shared_bytes);
    json_whole(json, "swap_bytes", memory->swap_bytes);
    json_whole(json, "container_limit_bytes", memory->container_bytes);
    json_whole(json, "container_used_bytes", memory->container_used_bytes);
    json_whole(json, "minor_faults", memory->minor_fault_count);
    json_whole(json, "major_faults", memory->major_fault_count);
    json_decimal(json, "user_seconds", memory->user_seconds, SECOND_DECIMALS);
    json_decimal(json, "system_seconds", memory->system_seconds, SECOND_DECIMALS);
    json_object_close(json);
}

static void untracked_object(struct json_writer *json, const struct lince_memory *memory) {
    json_whole(json, "tracked_bytes", memory->tracked_bytes);
    json_whole(json, "tracked_peak_bytes", memory->tracked_peak_bytes);
    json_whole(json, "tracked_resident_bytes", memory->tracked_resident_bytes);
    json_object_open(json, "untracked");
    json_whole(json, "bytes", memory->untracked_bytes);
    json_whole(json, "code_bytes", memory->code_bytes);
    json_whole(json, "weights_bytes", memory->weights_bytes);
    json_whole(json, "files_bytes", memory->files_bytes);
    json_whole(json, "stacks_bytes", memory->stacks_bytes);
    json_whole(json, "slack_bytes", memory->slack_bytes);
    json_whole(json, "other_bytes", memory->other_bytes);
    json_object_close(json);
}

static int meter_row(void *context, const struct lince_meter *meter) {
    struct json_writer *json = context;
    json_object_open(json, NULL);
    json_text(json, "name", meter->name);
    json_whole(json, "depth", meter->depth);
    json_whole(json, "current_bytes", meter->current_bytes);
    json_whole(json, "peak_bytes", meter->peak_bytes);
    json_whole(json, "limit_bytes", meter->limit_bytes);
    json_whole(json, "charges", meter->charge_count);
    json_whole(json, "refusals", meter->refusal_count);
    json_object_close(json);
    return 0;
}

static int scope_row(void *context, const struct lince_scope *scope) {
    struct json_writer *json = context;
    json_object_open(json, NULL);
    json_text(json, "name", scope->name);
    json_whole(json, "depth", scope->depth);
    json_whole(json, "calls", scope->call_count);
    json_decimal(json, "time_ms", scope->time_ms, SECOND_DECIMALS);
    json_whole(json, "peak_above_bytes", scope->peak_above_bytes);
    json_decimal(json, "left_bytes", (double)scope->left_bytes, 0);
    json_object_close(json);
    return 0;
}

/* Shortens a path to begin at the source folder, whatever machine compiled it. */
static const char *source_name(const char *file) {
    const char *found = strstr(file, "src/");
    return found == NULL ? file : found;
}

static int site_row(void *context, const struct lince_site *site) {
    struct json_writer *json = context;
    json_object_open(json, NULL);
    json_text(json, "file", source_name(site->file));
    json_whole(json, "line", site->line);
    json_text(json, "function", site->function);
    json_text(json, "type", site->type);
    json_whole(json, "live_bytes", site->live_bytes);
    json_whole(json, "live_count", site->live_count);
    json_whole(json, "peak_bytes", site->peak_bytes);
    json_whole(json, "total_count", site->total_count);
    json_object_close(json);
    return 0;
}

static void events_array(struct json_writer *json, const struct history *history) {
    json_array_open(json, "events");
    for (size_t i = 0; i < history->event_count; i++) {
        const struct lince_memory_event *event = &history->events[i].event;
        json_object_open(json, NULL);
        json_whole(json, "at_ms", history->events[i].at_ms);
        json_text(json, "kind", lince_memory_event_name(event->kind));
        json_whole(json, "resident_bytes", event->resident_bytes);
        json_whole(json, "freed_bytes", event->freed_bytes);
        json_whole(json, "needed_bytes", event->needed_bytes);
        json_decimal(json, "growth_bytes_per_image", event->growth_bytes_per_image, 1);
        json_whole(json, "images", event->image_count);
        json_object_close(json);
    }
    json_array_close(json);
}

static void timeline_array(struct json_writer *json, const struct timeline *timeline) {
    json_array_open(json, "timeline");
    for (size_t i = 0; i < timeline->count; i++) {
        const struct timeline_point *point = &timeline->points[i];
        json_object_open(json, NULL);
        json_whole(json, "at_ms", point->at_ms);
        json_whole(json, "resident_bytes", point->resident_bytes);
        json_whole(json, "tracked_bytes", point->tracked_bytes);
        json_whole(json, "images", point->image_count);
        json_object_close(json);
    }
    json_array_close(json);
}

static void counts_object(struct json_writer *json, const struct lince_memory *memory) {
    json_object_open(json, "counts");
    json_whole(json, "images", memory->image_count);
    json_whole(json, "refusals", memory->refusal_count);
    json_whole(json, "cleanups", memory->cleanup_count);
    json_whole(json, "cleanup_freed_bytes", memory->cleanup_freed_bytes);
    json_decimal(json, "growth_bytes_per_image", memory->growth_bytes_per_image, 1);
    json_object_close(json);
}

void report_write(const struct report_source *source, struct buffer *buffer) {
    struct json_writer json;
    const struct lince_memory *memory = source->memory;
    json_begin(&json, buffer);
    json_object_open(&json, NULL);
    json_whole(&json, "schema", 1);
    json_text(&json, "version", lince_version());
    time_member(&json);
    json_text(&json, "reason", source->reason);
    json_whole(&json, "pid", (uint64_t)getpid());
    json_whole(&json, "at_ms", history_now_ms(source->history));
    json_whole(&json, "limit_bytes", memory->limit_bytes);
    shares_object(&json, memory);
    system_object(&json, memory);
    untracked_object(&json, memory);
    counts_object(&json, memory);
    json_array_open(&json, "meters");
    snapshot_meters(source->root, meter_row, &json);
    json_array_close(&json);
    json_array_open(&json, "scopes");
    snapshot_scopes(source->root, scope_row, &json);
    json_array_close(&json);
    json_array_open(&json, "sites");
    snapshot_sites(source->root, site_row, &json);
    json_array_close(&json);
    events_array(&json, source->history);
    timeline_array(&json, &source->history->timeline);
    json_object_close(&json);
    json_end(&json);
    buffer_text(buffer, "\n");
}
