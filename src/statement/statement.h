/*
 * statement.h - the file of a bank's statement, CSV or XLSX → rows of cells, one after the other.
 *
 * Nothing of the file stands in memory whole but the texts that an XLSX file's cells share. What is too large for the
 * limits below is refused with its number, and what is no statement with what to do instead.
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
    STATEMENT_CELL_BYTES = 400, /* a longer text ends with "…" */
    STATEMENT_ROW_BYTES = 16 << 10,
    STATEMENT_FILE_MB = 16,    /* of the file */
    STATEMENT_UNPACKED_MB = 96 /* of one part of an XLSX file */
};

enum cell_kind {
    CELL_TEXT,
    CELL_NUMBER, /* of a workbook: "1234.5" whatever the language */
    CELL_DATE,   /* of a workbook: "2025-01-31" */
};

struct statement_cell {
    enum cell_kind kind;
    const char *text; /* UTF-8 */
};

/* What the file turned out to be. */
struct statement_facts {
    const char *form;      /* "csv", "xlsx" */
    const char *encoding;  /* of CSV: "utf-8", "utf-16le", "utf-16be", "windows-1252"; "" of XLSX */
    char separator;        /* of CSV; '\0' of XLSX */
    char sheet[64];        /* of XLSX: the name of the sheet that was read */
    uint32_t row_count;    /* rows that are not empty */
    uint32_t column_count; /* of the longest */
};

/*
 * Called for each row that is not empty; `place` is its number in the file, from 1 on. The cells live as long as the
 * call. Another status than OK ends the reading with it.
 */
typedef enum lince_status (*statement_row)(void *context, uint32_t place, const struct statement_cell *cells,
                                           size_t count, struct lince_error *error);

/*
 * Reads the whole file. UNREADABLE; UNKNOWN_FORMAT, UNSUPPORTED or DAMAGED with what to do; EMPTY without a row;
 * TOO_LARGE; MEMORY_LIMIT; what `row` gave.
 */
enum lince_status statement_read(const char *path, struct meter *meter, statement_row row, void *context,
                                 struct statement_facts *facts, struct lince_error *error);

/* The two forms. For statement.c only. */
enum lince_status statement_read_csv(const char *path, struct meter *meter, statement_row row, void *context,
                                     struct statement_facts *facts, struct lince_error *error);
enum lince_status statement_read_workbook(const char *path, struct meter *meter, statement_row row, void *context,
                                          struct statement_facts *facts, struct lince_error *error);

#endif
