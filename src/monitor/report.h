/*
 * report.h - the memory of an engine as JSON (docs/memory-report.schema.json), in a buffer or as a file of a folder
 * that is kept to a count and a size.
 */
#ifndef LINCE_MONITOR_REPORT_H
#define LINCE_MONITOR_REPORT_H

#include "lince.h"
#include "monitor/timeline.h"

struct buffer;

/* An event that happened, for the report. */
struct report_event {
    uint64_t at_ms;
    struct lince_memory_event event;
};

struct report_source {
    struct lince_engine *engine;
    const char *reason; /* "end", "signal", "threshold", "images", "watch" */
    uint64_t at_ms;     /* since the start */
    const struct timeline *timeline;
    const struct report_event *events;
    size_t event_count;
};

/* Appends the whole report to `buffer`; look at its `refused`. */
void report_write(const struct report_source *source, struct buffer *buffer);

struct report_folder {
    const char *path;
    uint32_t keep_count;
    uint64_t keep_bytes;
};

/*
 * Writes `buffer` as a new file of the folder, which is made if need be: first under another name, so that no half
 * report is ever seen. The oldest reports go until count and size fit. WRITE.
 */
enum lince_status report_save(const struct report_folder *folder, const struct buffer *buffer,
                              struct lince_error *error);

#endif
