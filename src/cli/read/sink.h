/*
 * sink.h - where the output goes: standard output, a file that appears whole, or one that grows.
 */
#ifndef LINCE_CLI_READ_SINK_H
#define LINCE_CLI_READ_SINK_H

#include <stdbool.h>

#include "lince.h"

struct meter;

enum sink_kind {
    SINK_WHOLE,   /* written beside its name and renamed at the end: readers see all of it or the old one */
    SINK_GROWING, /* written under its name from the start, locked against a second writer; emptied first */
    SINK_RESUMED, /* the same, but what is there stays: the caller moves to where it goes on */
};

struct sink {
    int descriptor;
    char *path;    /* owned; for messages */
    char *partial; /* owned; with SINK_WHOLE on an ordinary file: the name until the end */
};

/* `path` NULL: standard output, whatever the kind. Fails with WRITE, MEMORY_LIMIT. */
enum lince_status sink_open(struct sink *sink, const char *path, enum sink_kind kind, struct meter *meter,
                            struct lince_error *error);

/* Writes all of it at once, so that whoever reads along sees it now. WRITE. */
enum lince_status sink_write(const struct sink *sink, const char *bytes, size_t bytes_count, struct lince_error *error);

/* Closes; a whole file gets its name when `is_good`, otherwise nothing is left of it. WRITE. */
enum lince_status sink_close(struct sink *sink, bool is_good, struct lince_error *error);

#endif
