/* rows_entry.c - the cells of each row are checked by the kind of their column and joined with tabs. */
#include "serve/corrections/rows_entry.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "fields/values/value.h"
#include "output/records/record_values.h"

enum { CELL_BYTES = 512, CELLS_MOST = 8 };

enum cell_kind { CELL_TEXT, CELL_MONEY, CELL_NUMBER };

/* Prices of one and quantities have as many decimals as they have; amounts have two. */
static enum cell_kind kind_of(const char *column) {
    static const struct {
        const char *column;
        enum cell_kind kind;
    } kinds[] = {{"amount", CELL_MONEY}, {"base", CELL_MONEY}, {"quantity", CELL_NUMBER}, {"unit_price", CELL_NUMBER}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].column, column) == 0) {
            return kinds[i].kind;
        }
    }
    return CELL_TEXT;
}

static void answer_shape(struct request *request, const struct row_shape *shape) {
    char names[160] = "";
    size_t used = 0;
    for (size_t i = 0; shape->columns[i] != NULL; i++) {
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i > 0 ? ", " : "", shape->columns[i]);
    }
    answer_problem(request, PROBLEM_INVALID,
                   "%s must be a list of up to %d rows, each an object with texts for some of: %s",
                   "%s debe ser una lista de hasta %d renglones, cada uno un objeto con textos para algunos de: %s",
                   shape->name, ROWS_MOST, names);
}

/* "0,335" as "0.335": digits, and at most one sign before the decimals. */
static bool number_typed(const char *text, char cell[CELL_BYTES]) {
    size_t used = 0, digits = 0, points = 0;
    for (size_t i = 0; text[i] != '\0' && used + 1 < VALUE_BYTES; i++) {
        bool is_point = text[i] == '.' || text[i] == ',';
        if (!isdigit((unsigned char)text[i]) && !is_point && !(i == 0 && text[i] == '-')) {
            return false;
        }
        digits += isdigit((unsigned char)text[i]) != 0;
        points += is_point;
        cell[used++] = is_point ? '.' : text[i];
        if (is_point && !isdigit((unsigned char)text[i + 1])) {
            return false;
        }
    }
    cell[used] = '\0';
    return digits > 0 && points <= 1 && strlen(text) == used;
}

static bool text_typed(const char *text, char cell[CELL_BYTES]) {
    size_t bytes = strlen(text);
    for (size_t i = 0; i < bytes; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) {
            return false;
        }
    }
    if (bytes < CELL_BYTES) {
        memcpy(cell, text, bytes + 1);
    }
    return bytes < CELL_BYTES;
}

/* One cell in canonical form; "" for none. False after answering with a problem. */
static bool cell_take(struct request *request, const struct row_shape *shape, size_t row, const char *column,
                      const char *text, char cell[CELL_BYTES]) {
    enum cell_kind kind = kind_of(column);
    cell[0] = '\0';
    if (*text == '\0') {
        return true;
    }
    bool is_right = kind == CELL_MONEY    ? value_typed(layout_names_countries(&request->service->layout_names),
                                                        VALUE_MONEY, text, cell, CELL_BYTES)
                    : kind == CELL_NUMBER ? number_typed(text, cell)
                                          : text_typed(text, cell);
    if (is_right) {
        return true;
    }
    answer_problem(request, PROBLEM_INVALID, "%s, row %zu: %s must be %s, such as %s; not \"%.80s\"",
                   "%s, renglón %zu: %s debe ser %s, como %s; no «%.80s»", shape->name, row, column,
                   kind == CELL_TEXT ? value_type_words(VALUE_TEXT, request->language)
                                     : value_type_words(VALUE_MONEY, request->language),
                   kind == CELL_TEXT ? "Pan" : "1234.50", text);
    return false;
}

static size_t column_of(const struct row_shape *shape, const char *name) {
    size_t i = 0;
    while (shape->columns[i] != NULL && strcmp(shape->columns[i], name) != 0) {
        i++;
    }
    return i;
}

/* Cells behind the amount are there only if one of them has a value. */
static void row_write(const struct row_shape *shape, char cells[CELLS_MOST][CELL_BYTES], struct buffer *out) {
    size_t count = 0, amount = column_of(shape, "amount");
    for (size_t i = 0; shape->columns[i] != NULL; i++) {
        count = i <= amount || cells[i][0] != '\0' ? i + 1 : count;
    }
    for (size_t i = 0; i < count; i++) {
        buffer_format(out, "%s%s", i > 0 ? "\t" : "", cells[i]);
    }
}

static bool row_take(struct request *request, const struct row_shape *shape, size_t number, json_t *row,
                     struct buffer *out) {
    char cells[CELLS_MOST][CELL_BYTES] = {{0}};
    const char *name;
    json_t *value;
    bool has_any = false;
    if (!json_is_object(row)) {
        answer_shape(request, shape);
        return false;
    }
    json_object_foreach(row, name, value) {
        size_t column = column_of(shape, name);
        const char *text = json_is_null(value) ? "" : json_string_value(value);
        if (shape->columns[column] == NULL || text == NULL ||
            (json_is_string(value) && strlen(text) != json_string_length(value))) {
            answer_shape(request, shape);
            return false;
        }
        if (!cell_take(request, shape, number, name, text, cells[column])) {
            return false;
        }
        has_any = has_any || cells[column][0] != '\0';
    }
    if (!has_any) {
        answer_problem(request, PROBLEM_INVALID, "%s, row %zu: it is empty; leave it out",
                       "%s, renglón %zu: está vacío; omítalo", shape->name, number);
        return false;
    }
    row_write(shape, cells, out);
    return true;
}

const char *rows_entry_take(struct request *request, const char *name, const json_t *rows) {
    const struct row_shape *shape = record_row_shape(name);
    struct buffer out;
    json_t *row;
    size_t index;
    bool is_right = shape != NULL && json_array_size(rows) <= ROWS_MOST;
    if (shape == NULL) {
        answer_problem(request, PROBLEM_INVALID, "%.64s has no rows: its value is a text, or null",
                       "%.64s no tiene renglones: su valor es un texto, o null", name);
        return NULL;
    }
    if (!is_right) {
        answer_shape(request, shape);
        return NULL;
    }
    buffer_init(&out, request->arena.meter);
    json_array_foreach(rows, index, row) {
        if (index > 0) {
            buffer_text(&out, "\n");
        }
        is_right = is_right && row_take(request, shape, index + 1, row, &out);
    }
    if (is_right && out.used_bytes > ROWS_BYTES_MOST) {
        answer_problem(request, PROBLEM_INVALID, "%s has %zu bytes; at most %d are kept",
                       "%s tiene %zu bytes; caben %d", shape->name, out.used_bytes, ROWS_BYTES_MOST);
        is_right = false;
    }
    const char *kept = NULL;
    if (is_right) {
        kept =
            out.refused ? NULL : arena_copy_text(&request->arena, out.used_bytes > 0 ? out.bytes : "", out.used_bytes);
        if (kept == NULL) {
            answer_no_memory(request);
        }
    }
    buffer_free(&out);
    return kept;
}

const char *rows_entry_text(struct request *request, const char *name, const char *text) {
    size_t bytes = strlen(text);
    bool is_right = bytes <= ROWS_BYTES_MOST;
    for (size_t i = 0; i < bytes && is_right; i++) {
        is_right = (unsigned char)text[i] >= 0x20 ? text[i] != 0x7f : text[i] == '\t' || text[i] == '\n';
    }
    if (!is_right) {
        answer_problem(request, PROBLEM_INVALID, "%s must be rows of up to %d bytes, with tabs between their cells",
                       "%s debe ser renglones de hasta %d bytes, con tabuladores entre sus celdas", name,
                       ROWS_BYTES_MOST);
        return NULL;
    }
    const char *kept = arena_copy_text(&request->arena, text, bytes);
    if (kept == NULL) {
        answer_no_memory(request);
    }
    return kept;
}
