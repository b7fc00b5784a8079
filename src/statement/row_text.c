/* row_text.c - gathers cells byte by byte, and passes them on without spaces around them. */
#include "statement/row_text.h"

#include <string.h>

#include "base/error.h"
#include "base/utf8.h"

static const char CUT[] = "…";

void row_text_clear(struct row_text *row) {
    row->used = row->count = row->cell_bytes = 0;
    row->is_cut = row->is_full = false;
}

bool row_text_begin(struct row_text *row, size_t column) {
    if (column >= STATEMENT_COLUMNS_MOST) {
        return false;
    }
    while (row->count <= column) { /* those in between are empty */
        if (row->used + 1 >= sizeof row->bytes) {
            row->is_full = true;
            return true;
        }
        row->starts[row->count] = (uint16_t)row->used;
        row->kinds[row->count++] = CELL_TEXT;
        if (row->count <= column) {
            row->bytes[row->used++] = '\0';
        }
    }
    row->cell_bytes = 0;
    row->is_cut = false;
    return true;
}

void row_text_add(struct row_text *row, const char *bytes, size_t count) {
    for (size_t i = 0; i < count && !row->is_cut && !row->is_full; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (row->cell_bytes >= STATEMENT_CELL_BYTES && utf8_begins(bytes[i])) {
            row->is_cut = true;
        } else if (row->used + sizeof CUT + 1 >= sizeof row->bytes) {
            row->is_full = true;
        } else {
            row->bytes[row->used++] = c < 0x20 || c == 0x7f ? ' ' : (char)c;
            row->cell_bytes++;
        }
    }
}

void row_text_end(struct row_text *row, enum cell_kind kind) {
    if (row->count == 0 || row->is_full) {
        return;
    }
    char *cell = row->bytes + row->starts[row->count - 1];
    size_t bytes = row->cell_bytes, first = 0;
    while (bytes > 0 && cell[bytes - 1] == ' ') {
        bytes--;
    }
    while (first < bytes && cell[first] == ' ') {
        first++;
    }
    memmove(cell, cell + first, bytes - first);
    bytes -= first;
    if (row->is_cut) {
        memcpy(cell + bytes, CUT, sizeof CUT - 1);
        bytes += sizeof CUT - 1;
    }
    cell[bytes] = '\0';
    row->used = (size_t)(cell - row->bytes) + bytes + 1;
    row->kinds[row->count - 1] = kind;
}

enum lince_status row_text_give(struct row_text *row, uint32_t place, statement_row give, void *context,
                                struct statement_facts *facts, struct lince_error *error) {
    struct statement_cell cells[STATEMENT_COLUMNS_MOST];
    size_t count = 0;
    if (row->is_full) {
        return error_set(
            error, LINCE_ERROR_TOO_LARGE, "row %u of the statement has more than %d bytes; is it a statement?",
            "la fila %u del estado de cuenta pasa de %d bytes; ¿es un estado de cuenta?", place, STATEMENT_ROW_BYTES);
    }
    for (size_t i = 0; i < row->count; i++) {
        cells[i] = (struct statement_cell){row->kinds[i], row->bytes + row->starts[i]};
        count = cells[i].text[0] != '\0' ? i + 1 : count;
    }
    if (count == 0) {
        return LINCE_OK;
    }
    if (facts->row_count == STATEMENT_ROWS_MOST) {
        return error_set(error, LINCE_ERROR_TOO_LARGE,
                         "the statement has more than %d rows; export fewer days at a time",
                         "el estado de cuenta pasa de %d filas; exporte menos días cada vez", STATEMENT_ROWS_MOST);
    }
    facts->row_count++;
    facts->column_count = count > facts->column_count ? (uint32_t)count : facts->column_count;
    return give(context, place, cells, count, error);
}
