/* run.h - one run of `lince read`: what the steps of the pipeline share. */
#ifndef LINCE_CLI_READ_RUN_H
#define LINCE_CLI_READ_RUN_H

#include "base/group.h"
#include "base/meter.h"
#include "cli/engine_options.h"
#include "cli/read/list.h"
#include "cli/read/name_set.h"
#include "cli/read/page_ranges.h"
#include "cli/read/paper.h"
#include "cli/read/pictures.h"
#include "cli/read/progress_bar.h"
#include "cli/read/records.h"
#include "cli/read/sink.h"
#include "monitor/monitor.h"
#include "output/output.h"
#include "output/pdf/pdf_file.h"

enum { PASSWORD_BYTES = 512 };
#define FORMAT_UNSAID UINT32_MAX

struct read_options {
    const char *output;        /* NULL: standard output */
    const char *boxes;         /* folder for pictures; NULL: none */
    const char *models;        /* NULL: where the library looks */
    uint64_t memory_bytes;     /* 0: no limit */
    uint32_t format;           /* index into output_formats; FORMAT_UNSAID until the use decides */
    uint32_t jobs;             /* 0: as many as cores and memory allow */
    uint32_t direction;        /* enum lince_direction */
    const char *layout;        /* names parted by commas; NULL: the page chooses */
    const char *password_file; /* whose first line opens encrypted documents; NULL: $LINCE_PASSWORD does */
    const char *pages;         /* which of each document; NULL: all */
    const char *layouts;       /* folder of layouts; NULL: $LINCE_LAYOUTS */
    const char *review;        /* thresholds; NULL: $LINCE_REVIEW, else as fitted */
    bool recursive, only_zero_ends, resume, quiet, stream;
    bool fields, messenger;      /* records; what the messenger told */
    const char *report_folder;   /* of memory reports */
    uint32_t report_every;       /* images between two of them; 0: none */
    struct engine_texts engine;  /* settings of the engine that were given */
    bool profile, reports, logs; /* sites are counted; reports at the end and at thresholds; lines for events */
};

struct run {
    const struct read_options *options;
    const struct output_format *format;
    enum lince_language language;
    struct lince_engine *engine;
    struct monitor *monitor;
    struct group_hold group;
    struct meter meter; /* what the program itself allocates: a child of the engine's, so that one limit holds all */
    struct records records;
    struct pictures pictures;
    struct list list;
    struct stream stream; /* with --stream */
    struct name_set done; /* with --resume: what the output has already */
    struct sink sink;
    struct pdf_file joined; /* of formats that have a joiner */
    struct progress_bar bar;
    bool alone; /* one operand that is one file */
    struct page_ranges pages;
    char password[PASSWORD_BYTES]; /* empty: none */
    struct paper *paper; /* whose pages are being pulled; NULL: none; the next of them, and whether it is the first */
    uint32_t page_next;
    bool page_is_first;
    /* Of the file whose pages are being delivered: its beginning was written; a page of it was given up; one failed. */
    bool document_is_open, document_is_cut, document_has_failed;
    uint64_t task_count; /* images and pages pulled */
    uint64_t item_count; /* delivered items that were not empty: what `between` goes between */
    /* Pulled; passed over because the output has them; given up; failed, and of these for want of memory. */
    uint64_t pulled_count, skipped_count, dropped_count, failed_count, memory_failed_count;
    struct lince_error output_error; /* why the output could not be written */
};

/*
 * Does all that `options` asks for; `run` must be zero but for options, language and alone. Returns how the run as a
 * whole ended; what happened to single files is in its counts. Fails with MODEL, MEMORY_LIMIT, WRITE, ARGUMENT,
 * RUNTIME.
 */
enum lince_status run_all(struct run *run, char **operands, int operand_count, struct lince_error *error);

/* Writes to the output; a failure is kept in the run and ends it. */
void run_write(struct run *run, const char *bytes, size_t bytes_count);

/* Writes an item, joined to those before it where the format asks for that. */
void run_write_item(struct run *run, const char *item, size_t item_bytes);

#endif
