/* record_rows.c - the rows of sales as rows of a table. */
#include "output/records/record_rows.h"

#include <string.h>

#include "base/buffer.h"
#include "output/records/record_values.h"

/* A column of the sheet; rows that have no such cell leave it empty. */
static const struct row_column {
    const char *name;
    enum table_kind kind;
} row_columns[] = {{"description", TABLE_TEXT}, {"quantity", TABLE_AMOUNT}, {"unit_price", TABLE_AMOUNT},
                   {"rate", TABLE_AMOUNT},      {"base", TABLE_AMOUNT},     {"amount", TABLE_AMOUNT},
                   {"code", TABLE_TEXT},        {"unit", TABLE_TEXT},       {"discount", TABLE_TEXT}};
enum { ROW_COLUMNS = sizeof row_columns / sizeof *row_columns };

static void lead_write(struct table *table, const struct record_rows_lead *lead, enum table_kind kind) {
    for (size_t i = 0; lead->cells[i] != NULL; i++) {
        table_text(table, i == 0 && lead->is_file && kind != TABLE_HEAD ? TABLE_FILE : kind, lead->cells[i], false);
    }
}

void record_rows_head(struct table *table, const struct record_rows_lead *names) {
    static const char *const first[] = {"receipt_number", "row"};
    lead_write(table, names, TABLE_HEAD);
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        table_text(table, TABLE_HEAD, first[i], false);
    }
    for (size_t i = 0; i < ROW_COLUMNS; i++) {
        table_text(table, TABLE_HEAD, row_columns[i].name, false);
    }
    table_row_end(table);
}

/* The column of a cell: names of taxes and means of payment are descriptions. */
static size_t row_column_of(const char *name) {
    size_t i = 0;
    while (i < ROW_COLUMNS && strcmp(row_columns[i].name, name) != 0) {
        i++;
    }
    return i < ROW_COLUMNS ? i : 0;
}

/* The cells of one row, by column; each is "" or a text of its own. */
static void row_flush(struct table *table, const struct record_rows_lead *lead, const char *number, const char *kind,
                      const struct buffer cells[ROW_COLUMNS]) {
    lead_write(table, lead, TABLE_TEXT);
    table_text(table, TABLE_TEXT, number, false);
    table_text(table, TABLE_TEXT, kind, false);
    for (size_t i = 0; i < ROW_COLUMNS; i++) {
        table_text(table, row_columns[i].kind, cells[i].used_bytes > 0 ? cells[i].bytes : "", false);
    }
    table_row_end(table);
}

bool record_rows_field(struct table *table, const struct record_rows_lead *lead, const char *number, const char *name,
                       const char *value, struct meter *meter) {
    const struct row_shape *shape = record_row_shape(name);
    struct buffer cells[ROW_COLUMNS], cell;
    bool ends = false, is_whole = true;
    size_t column = 0;
    if (shape == NULL) {
        return true;
    }
    buffer_init(&cell, meter);
    for (size_t i = 0; i < ROW_COLUMNS; i++) {
        buffer_init(&cells[i], meter);
    }
    while (record_cell_next(&value, &cell, &ends)) {
        if (shape->columns[column] != NULL) {
            struct buffer *own = &cells[row_column_of(shape->columns[column])];
            buffer_append(own, cell.bytes, cell.used_bytes);
            is_whole = is_whole && !own->refused;
            column++;
        }
        if (ends || *value == '\0') {
            row_flush(table, lead, number, shape->kind, cells);
            for (size_t i = 0; i < ROW_COLUMNS; i++) {
                buffer_clear(&cells[i]);
            }
            column = 0;
        }
    }
    is_whole = is_whole && !cell.refused;
    for (size_t i = 0; i < ROW_COLUMNS; i++) {
        buffer_free(&cells[i]);
    }
    buffer_free(&cell);
    return is_whole;
}

bool record_rows_write(struct table *table, const struct lince_record *record, const struct record_rows_lead *lead,
                       struct meter *meter) {
    const struct lince_field *number = lince_record_find(record, "receipt_number");
    bool is_whole = true;
    for (size_t i = 0; i < lince_record_field_count(record); i++) {
        const struct lince_field *field = lince_record_field(record, i);
        is_whole =
            record_rows_field(table, lead, number == NULL ? "" : number->value, field->name, field->value, meter) &&
            is_whole;
    }
    return is_whole;
}
