/* fields_run.h - one run of `lince fields`: its settings, its layouts, and where records are written. */
#ifndef LINCE_CLI_FIELDS_FIELDS_RUN_H
#define LINCE_CLI_FIELDS_FIELDS_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <jansson.h>

#include "base/buffer.h"
#include "base/meter.h"
#include "earlier/messenger.h"
#include "lince.h"
#include "output/records/record_table.h"
#include "output/writers/table_csv.h"

struct record_of_pages;
struct table_xlsx;

enum fields_format { FORMAT_NDJSON, FORMAT_CSV, FORMAT_XLSX, FORMAT_CONSOLIDATED };

struct fields_options {
    const char *layout, *folder, *output, *review;
    uint32_t format;
    bool comma, mark, messenger, inputs;
};

enum { NAMES_MOST = 32 };

/* One run: what is open while lines are processed. */
struct fields_run {
    enum lince_language language;
    const struct fields_options *options;
    struct meter meter;
    struct lince_layouts *layouts;
    char *names_text;
    const char *names[NAMES_MOST];
    size_t name_count;
    FILE *out;
    struct table_xlsx *workbook;
    struct table *rows_sheet; /* of the workbook: items, taxes, payments */
    struct table_csv csv;
    struct buffer rows;  /* CSV rows, until they are written */
    struct buffer items; /* consolidated: their count precedes them, so they wait */
    uint64_t item_count;
    unsigned long long failed_count;
    int exit_code;
};

/* One record and where it is from. All borrowed. */
struct fields_result {
    struct record_row row;
    const struct messenger *messenger; /* NULL: not requested */
    const json_t *tree;                /* the page; of a document, its text and its lines */
    uint32_t page;                     /* of a stack of receipts; 0: no such page */
    uint64_t split_document;           /* of a stack that codes divide; 0: of none */
    const struct record_of_pages *of;  /* of a document's pages; NULL: of one page */
};

/* Opens the output. Reports a failure and returns false. */
bool fields_open(struct fields_run *run);
/* Writes the record. A failure sets the exit code. */
void fields_write(struct fields_run *run, const struct fields_result *result);
void fields_close(struct fields_run *run);

#endif
