/*
 * record_table.h - records as rows of a table.
 *
 * Columns: the file, the layout, the fields of payments and of shop receipts, all other fields in one column
 * ("name=value; ..."), whether and why a person should check it, the lowest confidence, the caller's own, and the page
 * of a document.
 */
#ifndef LINCE_OUTPUT_RECORDS_RECORD_TABLE_H
#define LINCE_OUTPUT_RECORDS_RECORD_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"
#include "output/records/extra.h"
#include "output/writers/table.h"

struct meter;

/* One file and its result. All borrowed. */
struct record_row {
    const char *file;                  /* as the user gave it */
    const struct lince_record *record; /* NULL: the file failed */
    const struct lince_error *error;   /* why; NULL with a record */
    const struct extra *extra;         /* the same members in every row and in the head; NULL: none */
    const uint32_t *unread;            /* pages of the document that could not be read: further reasons for review */
    size_t unread_count;
    uint32_t page;  /* of a document with pages: the first one of the record; 0: it has none */
    bool is_upload; /* the file has no path here, and its name is no link to it */
};

/* Writes the names of the columns as the first row. */
void record_table_head(struct table *table, const struct extra *extra);
/* Writes a row and marks doubtful values. Temporary texts are on `meter`; false without memory. */
bool record_table_row(struct table *table, const struct record_row *row, struct meter *meter);

#endif
