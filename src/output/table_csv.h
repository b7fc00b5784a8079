/* table_csv.h - a table as comma-separated values (RFC 4180). */
#ifndef LINCE_OUTPUT_TABLE_CSV_H
#define LINCE_OUTPUT_TABLE_CSV_H

#include "output/table.h"

struct buffer;

struct csv_options {
    bool byte_order_mark; /* begin with the mark by which spreadsheets know UTF-8 */
    char decimal;         /* '.' or ','; with a comma the columns are parted by semicolons */
};

#define CSV_OPTIONS_DEFAULTS                                                                                           \
    { false, '.' }

struct table_csv {
    struct table table;
    struct buffer *buffer;
    char decimal;
    bool is_inside; /* a value was written in this row */
};

/* Begins a table in `buffer`, which it borrows and which may be emptied after each row; what does not fit is refused
 * there. */
void table_csv_init(struct table_csv *csv, const struct csv_options *options, struct buffer *buffer);

#endif
