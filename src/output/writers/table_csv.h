/* table_csv.h - a table as comma-separated values (RFC 4180). */
#ifndef LINCE_OUTPUT_WRITERS_TABLE_CSV_H
#define LINCE_OUTPUT_WRITERS_TABLE_CSV_H

#include "output/writers/table.h"

struct buffer;

struct csv_options {
    bool byte_order_mark; /* begin with the byte order mark, by which spreadsheets recognise UTF-8 */
    char decimal;         /* '.' or ','; with a comma, semicolons separate the columns */
};

#define CSV_OPTIONS_DEFAULTS                                                                                           \
    { false, '.' }

struct table_csv {
    struct table table;
    struct buffer *buffer;
    char decimal;
    bool is_inside; /* this row has a value already */
};

/*
 * Begins a table in `buffer`, which is borrowed and may be emptied after each row. Without memory the buffer is
 * `refused`.
 */
void table_csv_init(struct table_csv *csv, const struct csv_options *options, struct buffer *buffer);

#endif
