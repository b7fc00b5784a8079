/*
 * packed_read.c - unpacks the rows of a statement in the front, without the code that reads the statement's own file.
 */
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "statement/characters.h"
#include "statement/packed.h"

static enum lince_status wrong(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_RUNTIME, "a worker answered with rows that are none; send the statement again",
                     "un trabajador respondió con filas que no lo son; envíe de nuevo el estado de cuenta");
}

/* The constant with that text; NULL if there is none. */
static const char *encoding_of(const char *name) {
    for (int i = 0; i < ENCODING_COUNT; i++) {
        if (strcmp(name, encoding_name((enum encoding)i)) == 0) {
            return encoding_name((enum encoding)i);
        }
    }
    return name[0] == '\0' ? "" : NULL;
}

static bool facts_take(struct packed_head *head, struct statement_facts *facts) {
    head->form[FORM_BYTES - 1] = head->encoding[ENCODING_BYTES - 1] = head->sheet[sizeof head->sheet - 1] = '\0';
    *facts = (struct statement_facts){.form = strcmp(head->form, "csv") == 0    ? "csv"
                                              : strcmp(head->form, "xlsx") == 0 ? "xlsx"
                                                                                : NULL,
                                      .encoding = encoding_of(head->encoding),
                                      .separator = head->separator,
                                      .row_count = head->row_count,
                                      .column_count = head->column_count};
    snprintf(facts->sheet, sizeof facts->sheet, "%s", head->sheet);
    return facts->form != NULL && facts->encoding != NULL && utf8_is_valid(facts->sheet) &&
           (head->separator == '\0' || strchr(",;\t|", head->separator) != NULL) && head->row_count > 0 &&
           head->row_count <= STATEMENT_ROWS_MOST && head->column_count > 0 &&
           head->column_count <= STATEMENT_COLUMNS_MOST;
}

/* Finds the cells in the bytes of a row. */
static bool cells_take(const struct packed_row *row, const char *bytes, struct statement_cell *cells) {
    const char *text = bytes + row->count, *end = bytes + row->bytes;
    for (size_t i = 0; i < row->count; i++) {
        const char *zero = text < end ? memchr(text, '\0', (size_t)(end - text)) : NULL;
        if (zero == NULL || (unsigned char)bytes[i] > CELL_DATE || !utf8_is_valid(text)) {
            return false;
        }
        cells[i] = (struct statement_cell){(enum cell_kind)bytes[i], text};
        text = zero + 1;
    }
    return text == end;
}

static bool row_take(FILE *packed, const struct statement_facts *facts, uint32_t place_before, struct packed_row *row,
                     char bytes[PACKED_ROW_BYTES], struct statement_cell *cells) {
    return fread(row, sizeof *row, 1, packed) == 1 && row->place > place_before && row->count > 0 &&
           row->count <= facts->column_count && row->bytes >= row->count && row->bytes <= PACKED_ROW_BYTES &&
           fread(bytes, 1, row->bytes, packed) == row->bytes && cells_take(row, bytes, cells);
}

enum lince_status packed_read(FILE *packed, statement_row row, void *context, struct statement_facts *facts,
                              struct lince_error *error) {
    struct packed_head head;
    struct packed_row next = {0};
    struct statement_cell cells[STATEMENT_COLUMNS_MOST];
    char bytes[PACKED_ROW_BYTES];
    rewind(packed);
    if (fread(&head, sizeof head, 1, packed) != 1 || !facts_take(&head, facts)) {
        return wrong(error);
    }
    for (uint32_t i = 0; i < facts->row_count; i++) {
        if (!row_take(packed, facts, next.place, &next, bytes, cells)) {
            return wrong(error);
        }
        enum lince_status status = row(context, next.place, cells, next.count, error);
        if (status != LINCE_OK) {
            return status;
        }
    }
    return LINCE_OK;
}
