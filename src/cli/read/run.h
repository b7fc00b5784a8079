/* run.h - one run of `lince read`: the state that the steps of the pipeline share. */
#ifndef LINCE_CLI_READ_RUN_H
#define LINCE_CLI_READ_RUN_H

#include "base/group.h"
#include "base/meter.h"
#include "cli/engine_options.h"
#include "cli/read/file_records.h"
#include "cli/read/input_list.h"
#include "cli/read/name_set.h"
#include "cli/read/overlay.h"
#include "cli/read/page_ranges.h"
#include "cli/read/pictures.h"
#include "cli/read/progress_bar.h"
#include "cli/read/records/document_fields.h"
#include "cli/read/shared_paper.h"
#include "cli/read/sink.h"
#include "monitor/monitor.h"
#include "output/output.h"
#include "output/pdf/pdf_file.h"

enum { PASSWORD_BYTES = 512 };
#define FORMAT_UNSAID UINT32_MAX
#define LEVEL_UNSAID UINT32_MAX

/* With --split-on: the page with the code is the first of its document, or left out. */
enum separator_pages { SEPARATOR_KEEP, SEPARATOR_DROP };

struct read_options {
    const char *output;        /* NULL: standard output */
    const char *boxes;         /* folder for pictures; NULL: none */
    const char *models;        /* NULL: the library's default */
    uint64_t memory_bytes;     /* 0: no limit */
    uint32_t format;           /* index into output_formats; FORMAT_UNSAID until the use decides */
    uint32_t pdf_a;            /* enum pdf_file_level; LEVEL_UNSAID: not asked for */
    uint32_t jobs;             /* 0: as many as cores and memory allow */
    uint32_t direction;        /* enum lince_direction */
    const char *layout;        /* names separated by commas; NULL: the page decides */
    const char *password_file; /* its first line opens encrypted documents; NULL: $LINCE_PASSWORD */
    const char *pages;         /* pages of each document; NULL: all */
    const char *layouts;       /* folder of layouts; NULL: $LINCE_LAYOUTS */
    const char *review;        /* thresholds; NULL: $LINCE_REVIEW, else as fitted */
    bool recursive, only_zero_ends, resume, quiet, stream;
    bool fields, messenger, codes, letters; /* records; messenger data; bar codes; places of letters */
    bool locked_down;                       /* risky formats are decoded by locked-down children */
    const char *split_on;                   /* the code that begins a document; NULL: documents are files */
    uint32_t separator;                     /* enum separator_pages */
    const char *report_folder;              /* of memory reports */
    uint32_t report_every;                  /* images between two reports; 0: none */
    struct engine_texts engine;             /* the given settings of the engine */
    bool profile, reports, logs;            /* count sites; reports at the end and at thresholds; lines for events */
};

struct run {
    const struct read_options *options;
    const struct output_format *format;
    enum lince_language language;
    struct lince_engine *engine;
    struct monitor *monitor;
    struct group_hold group;
    struct meter meter; /* the program's own memory: a child of the engine's meter, so that one limit covers all */
    struct records records;
    struct pictures pictures;
    struct list list;
    struct stream stream; /* with --stream */
    struct name_set done; /* with --resume: what the output already has */
    struct sink sink;
    struct pdf_file joined; /* for formats with a joiner */
    struct overlay overlay; /* with -f pdf over one PDF file */
    struct progress_bar bar;
    bool alone; /* one operand, which is one file */
    struct page_ranges pages;
    char password[PASSWORD_BYTES]; /* empty: none */
    enum lince_pdf_text pdf_text;
    struct paper
        *paper; /* the file whose pages are being pulled, or NULL; the next page, and whether it is the first */
    uint32_t page_next;
    bool page_is_first;
    /*
     * About the file whose pages are being delivered: its beginning was written; a page was abandoned; a page failed.
     */
    bool document_is_open, document_is_cut, document_has_failed;
    uint64_t task_count;                 /* images and pages pulled */
    uint64_t item_count;                 /* delivered non-empty items, between which `between` goes */
    uint64_t document_item_count;        /* of the file whose pages are being delivered */
    uint64_t split_document, split_page; /* with --split-on: which one is being delivered, and its page, from 1 */
    bool split_begins;                   /* a separator was left out, so the next page begins a document */
    struct buffer split_code;            /* what the separator of this document says, with a zero byte; or empty */
    struct document_fields whole;        /* with --fields */
    /* Files pulled; skipped because the output has them; abandoned; failed; failed for lack of memory. */
    uint64_t pulled_count, skipped_count, dropped_count, failed_count, memory_failed_count;
    struct lince_error output_error; /* why the output could not be written */
};

/*
 * Does all that `options` asks for. `run` must be zero except for options, language and alone. Returns how the run as a
 * whole ended; its counts say what happened to the files. Fails with MODEL, MEMORY_LIMIT, WRITE, ARGUMENT, RUNTIME.
 */
enum lince_status run_all(struct run *run, char **operands, int operand_count, struct lince_error *error);

/* Writes to the output. A failure is kept in the run and ends it. */
void run_write(struct run *run, const char *bytes, size_t bytes_count);

/* What was to be written did not fit in memory: ends the run. */
void run_no_memory(struct run *run);

/* Writes an item, joined to the earlier ones if the format requires it. */
void run_write_item(struct run *run, const char *item, size_t item_bytes);

#endif
