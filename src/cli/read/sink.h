/* sink.h - where the output goes: standard output, a file that appears complete, or one that grows. */
#ifndef LINCE_CLI_READ_SINK_H
#define LINCE_CLI_READ_SINK_H

#include <stdbool.h>

#include "lince.h"

struct meter;

enum sink_kind {
    SINK_WHOLE,   /* written under another name and renamed at the end: readers see all of it or the old one */
    SINK_GROWING, /* written under its name from the start, locked against a second writer; emptied first */
    SINK_RESUMED, /* the same, but existing content stays: the caller moves to where it continues */
};

struct sink {
    int descriptor;
    char *path;    /* owned; for messages */
    char *partial; /* owned; with SINK_WHOLE on an ordinary file: its name until the end */
};

/* `path` NULL: standard output, for any kind. Fails with WRITE, MEMORY_LIMIT. */
enum lince_status sink_open(struct sink *sink, const char *path, enum sink_kind kind, struct meter *meter,
                            struct lince_error *error);

/* Writes all of it at once, so that a reader of the file sees it now. WRITE. */
enum lince_status sink_write(const struct sink *sink, const char *bytes, size_t bytes_count, struct lince_error *error);

/* Closes. A whole file gets its name if `is_good`; otherwise it is removed. WRITE. */
enum lince_status sink_close(struct sink *sink, bool is_good, struct lince_error *error);

#endif
