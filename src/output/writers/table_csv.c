/* table_csv.c - quotes cells that need it, and puts an apostrophe before texts that look like formulas. */
#include "output/writers/table_csv.h"

#include <assert.h>
#include <string.h>

#include "base/buffer.h"
#include "output/writers/decimals.h"

/* Whether to quote: the text has special characters, or spaces that a reader might drop. */
static bool is_quoted(const char *text, size_t bytes, bool is_formula) {
    return is_formula || strpbrk(text, ",;\"\r\n\t") != NULL ||
           (bytes > 0 && (text[0] == ' ' || text[bytes - 1] == ' '));
}

static void text_write(struct buffer *buffer, const char *text) {
    size_t bytes = strlen(text);
    bool is_formula = table_text_is_formula(text);
    if (!is_quoted(text, bytes, is_formula)) {
        buffer_append(buffer, text, bytes);
        return;
    }
    buffer_text(buffer, is_formula ? "\"'" : "\"");
    for (; *text != '\0'; text++) {
        buffer_append(buffer, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    }
    buffer_text(buffer, "\"");
}

/* Puts the chosen decimal sign into the number written from `start` on. */
static void point_set(const struct table_csv *csv, size_t start) {
    struct buffer *buffer = csv->buffer;
    char *point = buffer->refused || buffer->used_bytes == start
                      ? NULL
                      : memchr(buffer->bytes + start, '.', buffer->used_bytes - start);
    if (point != NULL) {
        *point = csv->decimal;
    }
}

static void cell_write(struct table *table, const struct table_cell *cell) {
    struct table_csv *csv = (struct table_csv *)table;
    struct buffer *buffer = csv->buffer;
    if (csv->is_inside) {
        buffer_text(buffer, csv->decimal == ',' ? ";" : ",");
    }
    csv->is_inside = true;
    size_t start = buffer->used_bytes;
    switch (cell->kind) {
    case TABLE_BLANK:
        break;
    case TABLE_AMOUNT:
        buffer_text(buffer, cell->text);
        point_set(csv, start);
        break;
    case TABLE_REAL:
        buffer_real(buffer, cell->number, CONFIDENCE_DECIMALS);
        point_set(csv, start);
        break;
    case TABLE_WHOLE:
        buffer_format(buffer, "%.0f", cell->number);
        break;
    case TABLE_FLAG:
        buffer_text(buffer, cell->number != 0 ? "true" : "false");
        break;
    case TABLE_HEAD:
    case TABLE_TEXT:
    case TABLE_DATE:
    case TABLE_TIME:
    case TABLE_INSTANT:
    case TABLE_FILE:
        text_write(buffer, cell->text);
        break;
    }
}

static void row_end(struct table *table) {
    struct table_csv *csv = (struct table_csv *)table;
    buffer_text(csv->buffer, "\r\n");
    csv->is_inside = false;
}

void table_csv_init(struct table_csv *csv, const struct csv_options *options, struct buffer *buffer) {
    assert(options->decimal == '.' || options->decimal == ',');
    *csv = (struct table_csv){{cell_write, row_end}, buffer, options->decimal, false};
    if (options->byte_order_mark) {
        buffer_text(buffer, "\xEF\xBB\xBF");
    }
}
