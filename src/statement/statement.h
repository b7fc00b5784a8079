/*
 * statement.h - the rows of a bank statement's file, CSV or XLSX, one after another.
 *
 * Workers read it, because such files may be hostile. Unpacked data is never whole in memory, except the texts that the
 * cells of an XLSX file share. The message for a file beyond the limits below names the number; for a file that is no
 * statement it says what to do instead.
 */
#ifndef LINCE_STATEMENT_STATEMENT_H
#define LINCE_STATEMENT_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"

struct meter;

enum {
    STATEMENT_ROWS_MOST = 20000,
    STATEMENT_COLUMNS_MOST = 64,
    STATEMENT_CELL_BYTES = 400, /* longer texts are cut and end with "…" */
    STATEMENT_ROW_BYTES = 16 << 10,
    STATEMENT_FILE_MB = 16,     /* of the file */
    STATEMENT_UNPACKED_MB = 96, /* of one part of an XLSX file */
    STATEMENT_TEXTS_MB = 32     /* of the cells of all rows: in an XLSX file many may share one text */
};

/* Borrowed bytes. */
struct statement_file {
    const void *bytes;
    size_t count;
};

enum cell_kind {
    CELL_TEXT,
    CELL_NUMBER, /* in a workbook: "1234.5" in any language */
    CELL_DATE,   /* in a workbook: "2025-01-31" */
};

struct statement_cell {
    enum cell_kind kind;
    const char *text; /* UTF-8 */
};

/* What the file turned out to be. */
struct statement_facts {
    const char *form;      /* "csv", "xlsx"; "pdf" from paged.h */
    const char *encoding;  /* for CSV: "utf-8", "utf-16le", "utf-16be", "windows-1252"; "" for others */
    char separator;        /* for CSV; '\0' for others */
    char sheet[64];        /* for XLSX: the name of the sheet that was read */
    uint32_t row_count;    /* non-empty rows */
    uint32_t column_count; /* of the longest row */
};

/*
 * Called for each non-empty row; `place` is its number in the file, from 1. The cells are valid during the call. Any
 * status but OK ends the reading with it.
 */
typedef enum lince_status (*statement_row)(void *context, uint32_t place, const struct statement_cell *cells,
                                           size_t count, struct lince_error *error);

/*
 * Reads the whole file. UNKNOWN_FORMAT, UNSUPPORTED or DAMAGED with what to do; EMPTY without rows;
 * TOO_LARGE; MEMORY_LIMIT; what `row` returned.
 */
enum lince_status statement_read(const struct statement_file *file, struct meter *meter, statement_row row,
                                 void *context, struct statement_facts *facts, struct lince_error *error);

/* The two forms. Only for statement.c. */
enum lince_status statement_read_csv(const struct statement_file *file, struct meter *meter, statement_row row,
                                     void *context, struct statement_facts *facts, struct lince_error *error);
enum lince_status statement_read_workbook(const struct statement_file *file, struct meter *meter, statement_row row,
                                          void *context, struct statement_facts *facts, struct lince_error *error);

#endif
