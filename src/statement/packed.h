/*
 * packed.h - the rows of a statement as bytes, which a worker sends to the front.
 *
 * The front trusts no byte of it: a worker may have been taken over by the file that it read.
 */
#ifndef LINCE_STATEMENT_PACKED_H
#define LINCE_STATEMENT_PACKED_H

#include <stdio.h>

#include "statement/statement.h"

struct buffer;

/* A head with the facts about the file, then each row: its number, the kinds of its cells, their texts. */
enum { FORM_BYTES = 8, ENCODING_BYTES = 16 };

struct packed_head {
    char form[FORM_BYTES], encoding[ENCODING_BYTES], sheet[64];
    uint32_t row_count, column_count;
    char separator, unused[7];
};

/* The head of a row. After it come the kinds, one byte each, and the texts, each with a zero byte: `bytes` in all. */
struct packed_row {
    uint32_t place, bytes;
    uint16_t count, unused;
};
enum { PACKED_ROW_BYTES = STATEMENT_ROW_BYTES + STATEMENT_COLUMNS_MOST };

/* Reads the file and appends its rows. The failures of statement_read; refused memory is remembered by the buffer. */
enum lince_status packed_write(const struct statement_file *file, struct meter *meter, struct buffer *packed,
                               struct lince_error *error);

/*
 * Gives the rows, as statement_read does, from the beginning of the file. RUNTIME if the bytes are no such rows;
 * otherwise what `row` returned.
 */
enum lince_status packed_read(FILE *packed, statement_row row, void *context, struct statement_facts *facts,
                              struct lince_error *error);

#endif
