/*
 * record_rows.h - the rows of sales as rows of a table: one for each item, tax, withheld tax and payment.
 *
 * Each begins with the caller's own cells, such as the file, and the number of its receipt.
 */
#ifndef LINCE_OUTPUT_RECORDS_RECORD_ROWS_H
#define LINCE_OUTPUT_RECORDS_RECORD_ROWS_H

#include <stdbool.h>

#include "lince.h"
#include "output/writers/table.h"

struct meter;

/* The cells that rows begin with, or their names. Borrowed. */
struct record_rows_lead {
    const char *const *cells; /* ends with NULL */
    bool is_file;             /* the first one is a file's name */
};

/* Writes the names of the columns as the first row. */
void record_rows_head(struct table *table, const struct record_rows_lead *names);
/*
 * Writes the rows of one field; nothing if its value is no rows. `number`: of its receipt, "" for none. Temporary texts
 * are on `meter`; false without memory.
 */
bool record_rows_field(struct table *table, const struct record_rows_lead *lead, const char *number, const char *name,
                       const char *value, struct meter *meter);
/* Those of all fields of a record. */
bool record_rows_write(struct table *table, const struct lince_record *record, const struct record_rows_lead *lead,
                       struct meter *meter);

#endif
