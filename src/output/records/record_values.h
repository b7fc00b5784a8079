/*
 * record_values.h - the values of a record alone, under stable English names, with the rows of a sale as objects, for
 * accounting programs.
 */
#ifndef LINCE_OUTPUT_RECORDS_RECORD_VALUES_H
#define LINCE_OUTPUT_RECORDS_RECORD_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

struct json_writer;
struct buffer;

/* A field whose value is rows: "items", "taxes", "withheld", "payments". */
struct row_shape {
    const char *name;       /* of the field */
    const char *kind;       /* of one row: "item", "tax", "withheld", "payment" */
    const char *columns[9]; /* of its cells, in their order; NULL ends them */
};
/* NULL if the field's value is not rows. */
const struct row_shape *record_row_shape(const char *name);

/*
 * Takes the next cell of a value of rows and moves `value` past it. Gives it in `cell`, with a zero byte. `ends`: it
 * was the last of its row. False past the end, or without memory (`cell->refused`).
 */
bool record_cell_next(const char **value, struct buffer *cell, bool *ends);

/*
 * Writes one member: the value as a text, or its rows as an array of objects without empty cells. Writes one more if
 * `kind` (of an id or account) is not NULL: "payee_id_type"; and one if `bank` (a bank's name) is not NULL:
 * "payee_bank_name".
 */
void record_values_one(struct json_writer *json, const char *name, const char *value, const char *kind,
                       const char *bank);
/* Writes the member "values" with all fields of the record. */
void record_values_member(struct json_writer *json, const struct lince_record *record);

#endif
