/*
 * table.h - a table of typed cells, written row by row: as CSV (table_csv.h) or as a workbook (table_xlsx.h).
 *
 * A text stays a text whatever it begins with, and a number stays a number: a stranger's text must not become a formula
 * when a spreadsheet opens the table. Cells are written from left to right; table_row_end begins the next row.
 */
#ifndef LINCE_OUTPUT_WRITERS_TABLE_H
#define LINCE_OUTPUT_WRITERS_TABLE_H

#include <stdbool.h>
#include <stdint.h>

enum table_kind {
    TABLE_BLANK,
    TABLE_HEAD, /* the name of a column */
    TABLE_TEXT,
    TABLE_AMOUNT,  /* money as a decimal text "1234.50"; other texts are written as texts */
    TABLE_DATE,    /* "2024-01-31"; other texts are written as texts */
    TABLE_TIME,    /* "10:30"; other texts are written as texts */
    TABLE_INSTANT, /* "2024-01-31T10:30:00.000Z"; anything else is written as a text */
    TABLE_FILE,    /* the path of a file */
    TABLE_REAL,    /* `number`, rounded as confidences are */
    TABLE_WHOLE,   /* `number` */
    TABLE_FLAG,    /* `number` is 0 or 1 */
};

struct table_cell {
    enum table_kind kind;
    const char *text; /* borrowed; NULL is "" */
    double number;
    bool is_doubtful; /* marked if the form can */
};

/* The first member of each form's own struct. */
struct table {
    void (*write)(struct table *table, const struct table_cell *cell);
    void (*row_end)(struct table *table);
};

void table_text(struct table *table, enum table_kind kind, const char *text, bool is_doubtful);
void table_number(struct table *table, enum table_kind kind, double number, bool is_doubtful);
void table_blank(struct table *table);
void table_row_end(struct table *table);

/* ---- for the forms ---- */

/*
 * Whether a spreadsheet may take a text for a formula by its first character: = + - @ tab, CR, LF, or a full-width
 * form.
 */
bool table_text_is_formula(const char *text);

#endif
