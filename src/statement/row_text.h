/* row_text.h - the cells of one row while they are gathered; texts longer than a cell may be are cut. */
#ifndef LINCE_STATEMENT_ROW_TEXT_H
#define LINCE_STATEMENT_ROW_TEXT_H

#include "statement/statement.h"

struct row_text {
    char bytes[STATEMENT_ROW_BYTES];
    uint16_t starts[STATEMENT_COLUMNS_MOST];
    enum cell_kind kinds[STATEMENT_COLUMNS_MOST];
    size_t used, count;
    size_t cell_bytes; /* of the cell being written */
    bool is_cut, is_full;
};

void row_text_clear(struct row_text *row);
/* Begins the cell of that column; skipped columns are empty. False past the last column. */
bool row_text_begin(struct row_text *row, size_t column);
void row_text_add(struct row_text *row, const char *bytes, size_t count);
void row_text_end(struct row_text *row, enum cell_kind kind);
/* Passes the row on unless it is empty, and counts it. TOO_LARGE past a limit. */
enum lince_status row_text_give(struct row_text *row, uint32_t place, statement_row give, void *context,
                                struct statement_facts *facts, struct lince_error *error);

#endif
