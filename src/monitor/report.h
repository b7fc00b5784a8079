/*
 * report.h - the memory of a process as JSON (docs/memory-report.schema.json), in a buffer or as a file in a folder
 * with limits on count and size.
 */
#ifndef LINCE_MONITOR_REPORT_H
#define LINCE_MONITOR_REPORT_H

#include "lince.h"
#include "monitor/history.h"

struct buffer;
struct meter;

struct report_source {
    const struct meter *root;          /* its tree, scopes and sites are reported; it must not change meanwhile */
    const struct lince_memory *memory; /* its figures */
    const char *reason;                /* "end", "signal", "threshold", "images", "watch", "request" */
    const struct history *history;
};

/* Appends the whole report to `buffer`; check `refused` afterwards. */
void report_write(const struct report_source *source, struct buffer *buffer);

/* The same for an engine, as it is now. `buffer` must be on a meter that is not added or removed meanwhile. */
void report_write_engine(struct lince_engine *engine, const char *reason, const struct history *history,
                         struct buffer *buffer);

struct report_folder {
    const char *path;
    uint32_t keep_count;
    uint64_t keep_bytes;
};

/*
 * Writes `buffer` as a new file of the folder, which is made if necessary. It is written under another name first, so
 * that no partial report is visible. Deletes the oldest reports until count and size fit. WRITE.
 */
enum lince_status report_save(const struct report_folder *folder, const struct buffer *buffer,
                              struct lince_error *error);

#endif
