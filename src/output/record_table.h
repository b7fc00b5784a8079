/*
 * record_table.h - records as rows: CSV (RFC 4180) and XLSX, with the same columns.
 *
 * Columns: the file, the layout, the fields of payments and of shop receipts, all other fields in one column
 * ("name=value; ..."), whether a person should look and why, the least confidence, and what the messenger told.
 */
#ifndef LINCE_OUTPUT_RECORD_TABLE_H
#define LINCE_OUTPUT_RECORD_TABLE_H

#include <stdbool.h>

#include "fields/messenger.h"
#include "lince.h"

struct buffer;

/* One file and what came of it; all borrowed. */
struct record_row {
    const char *file;                  /* as the user gave it */
    const struct lince_record *record; /* NULL: the file failed */
    const struct lince_error *error;   /* why; NULL with a record */
    const struct messenger *messenger; /* NULL: not asked for */
};

struct csv_options {
    bool byte_order_mark; /* begin with the mark by which spreadsheets know UTF-8 */
    char decimal;         /* '.' or ','; with a comma the columns are parted by semicolons */
};

#define CSV_OPTIONS_DEFAULTS                                                                                           \
    { false, '.' }

void record_csv_head(const struct csv_options *options, struct buffer *buffer);
void record_csv_row(const struct csv_options *options, const struct record_row *row, struct buffer *buffer);

/* A workbook being written to a file, row by row. */
struct record_workbook;

/* Gives a workbook; it is on the disk once record_workbook_close has given LINCE_OK. */
enum lince_status record_workbook_open(const char *path, struct record_workbook **workbook, struct lince_error *error);
/* Amounts as numbers, dates and times as such, a link to the image, values in doubt on yellow. */
enum lince_status record_workbook_row(struct record_workbook *workbook, const struct record_row *row,
                                      struct lince_error *error);
/* Takes the workbook, which may be NULL. LINCE_ERROR_WRITE. */
enum lince_status record_workbook_close(struct record_workbook *workbook, struct lince_error *error);

/* Inside: the columns that are fields, in order; NULL ends them. */
extern const char *const record_columns[];
enum { RECORD_COLUMN_COUNT = 24 };
/* The fields that have no column of their own, "name=value; ...". */
void record_rest(const struct lince_record *record, struct buffer *buffer);
/* Reasons parted by spaces. */
void record_reasons(const struct lince_record *record, struct buffer *buffer);
/* The least confidence of the fields, 1 when there are none. */
double record_least_confidence(const struct lince_record *record);

#endif
