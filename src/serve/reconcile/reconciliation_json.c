/* reconciliation_json.c - reconciliations, their columns, options and items as JSON, in both directions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "base/json_text.h"
#include "fields/values/value.h"
#include "serve/http/json_set.h"
#include "serve/reconcile/reconcile.h"

enum { SAMPLE_ROWS = 30, DAYS_MOST = 31, DIGITS_MOST = 12 };

const struct reconciliation_options reconciliation_options_usual = {.match = {.days = 2, .hundredths = 0, .digits = 6},
                                                                    .movements = MOVEMENTS_CREDITS};

static const char *const movements_names[] = {"credits", "debits", "all"};

const char *json_text_take(struct request *request, json_t *json) {
    const char *text = json_text_in(&request->arena, json, 0);
    json_decref(json);
    return text;
}

/* ---- columns ---- */

json_t *columns_json(const struct statement_columns *columns) {
    json_t *json = json_object();
    for (int column = 0; column < COLUMN_COUNT; column++) {
        int place = columns->places[column];
        json_object_set_new(json, statement_column_names[column], place < 0 ? json_null() : json_integer(place + 1));
    }
    json_object_set_new(json, "first_row", json_integer(columns->first_row));
    json_object_set_new(json, "date_order", json_string(date_order_names[columns->order]));
    json_object_set_new(json, "decimal", json_string(columns->decimal == ',' ? "," : "."));
    return json;
}

/* The index of a text among names; -1: none. */
static int place_of(const json_t *value, const char *const *names, int count) {
    const char *text = json_string_value(value);
    for (int i = 0; text != NULL && i < count; i++) {
        if (strcmp(text, names[i]) == 0) {
            return i;
        }
    }
    return -1;
}

static bool refuse(struct request *request, const char *name, const char *english, const char *spanish) {
    if (request != NULL) {
        answer_problem(request, PROBLEM_INVALID, "%.40s must be %s", "%.40s debe ser %s", name,
                       in_language(request->language, english, spanish));
    }
    return false;
}

static bool column_take(struct request *request, const char *name, const json_t *value,
                        struct statement_columns *columns) {
    for (int column = 0; column < COLUMN_COUNT; column++) {
        if (strcmp(name, statement_column_names[column]) == 0) {
            json_int_t place = json_integer_value(value);
            if (!json_is_null(value) && (!json_is_integer(value) || place < 1 || place > STATEMENT_COLUMNS_MOST)) {
                return refuse(request, name, "the number of a column, from 1 to 64, or null",
                              "el número de una columna, de 1 a 64, o null");
            }
            columns->places[column] = json_is_null(value) ? -1 : (int)place - 1;
            return true;
        }
    }
    return refuse(request, name, "left out: there is no such column", "omitido: no hay tal columna");
}

bool columns_take(struct request *request, const json_t *object, struct statement_columns *columns) {
    const char *name;
    json_t *value;
    if (!json_is_object(object)) {
        return refuse(request, "columns", "an object", "un objeto");
    }
    json_object_foreach((json_t *)(uintptr_t)object, name, value) {
        json_int_t number = json_integer_value(value);
        int order = place_of(value, date_order_names, 3);
        const char *text = json_string_value(value);
        if (strcmp(name, "first_row") == 0) {
            if (!json_is_integer(value) || number < 1 || number > 1048576) {
                return refuse(request, name, "the number of a row, from 1 on", "el número de una fila, desde 1");
            }
            columns->first_row = (uint32_t)number;
        } else if (strcmp(name, "date_order") == 0) {
            if (order < 0) {
                return refuse(request, name, "dmy, mdy or ymd", "dmy, mdy o ymd");
            }
            columns->order = (enum date_order)order;
        } else if (strcmp(name, "decimal") == 0) {
            if (text == NULL || (strcmp(text, ",") != 0 && strcmp(text, ".") != 0)) {
                return refuse(request, name, "a comma or a point", "una coma o un punto");
            }
            columns->decimal = *text;
        } else if (!column_take(request, name, value, columns)) {
            return false;
        }
    }
    return true;
}

/* ---- options ---- */

json_t *options_json(const struct reconciliation_options *options) {
    char amount[MONEY_TEXT_BYTES];
    money_text(options->match.hundredths, amount);
    return json_pack("{s:i, s:s, s:i, s:s}", "days", (int)options->match.days, "amount", amount, "digits",
                     (int)options->match.digits, "movements", movements_names[options->movements]);
}

static bool amount_take(const json_t *value, int64_t *hundredths) {
    const char *text = json_string_value(value);
    struct statement_cell cell = {CELL_NUMBER, text};
    return text != NULL && statement_amount(&cell, '.', hundredths) && *hundredths >= 0 &&
           *hundredths <= INT64_C(100000000);
}

bool options_take(struct request *request, const json_t *object, struct reconciliation_options *options) {
    const char *name;
    json_t *value;
    if (!json_is_object(object)) {
        return refuse(request, "options", "an object", "un objeto");
    }
    json_object_foreach((json_t *)(uintptr_t)object, name, value) {
        json_int_t number = json_is_integer(value) ? json_integer_value(value) : -1;
        if (strcmp(name, "days") == 0) {
            if (number < 0 || number > DAYS_MOST) {
                return refuse(request, name, "a number of days, from 0 to 31", "un número de días, de 0 a 31");
            }
            options->match.days = (int32_t)number;
        } else if (strcmp(name, "digits") == 0) {
            if (number < REFERENCE_DIGITS_LEAST || number > DIGITS_MOST) {
                return refuse(request, name, "a number of digits, from 4 to 12", "un número de cifras, de 4 a 12");
            }
            options->match.digits = (uint8_t)number;
        } else if (strcmp(name, "amount") == 0) {
            if (!amount_take(value, &options->match.hundredths)) {
                return refuse(request, name, "an amount as a text such as \"0.50\"", "un monto como texto, «0.50»");
            }
        } else if (strcmp(name, "movements") == 0) {
            int wanted = place_of(value, movements_names, 3);
            if (wanted < 0) {
                return refuse(request, name, "credits, debits or all", "credits, debits o all");
            }
            options->movements = (enum movements_wanted)wanted;
        } else {
            return refuse(request, name, "left out: there is no such option", "omitido: no hay tal opción");
        }
    }
    return true;
}

/* ---- cells ---- */

json_t *cells_json(const struct statement_cell *cells, size_t count) {
    static const char *const kinds[] = {"", "number", "date"};
    json_t *json = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json, cells[i].kind == CELL_TEXT
                                        ? json_string(cells[i].text)
                                        : json_pack("[s, s]", kinds[cells[i].kind], cells[i].text));
    }
    return json;
}

size_t cells_of(const json_t *json, struct statement_cell *cells) {
    size_t count = json_array_size(json);
    count = count < STATEMENT_COLUMNS_MOST ? count : STATEMENT_COLUMNS_MOST;
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_array_get(json, i);
        const char *kind = json_string_value(json_array_get(value, 0));
        const char *text = json_string_value(kind == NULL ? value : json_array_get(value, 1));
        cells[i].kind = kind == NULL ? CELL_TEXT : strcmp(kind, "date") == 0 ? CELL_DATE : CELL_NUMBER;
        cells[i].text = text == NULL ? "" : text;
    }
    return count;
}

/* The first rows, by which a person adjusts the columns. */
static json_t *sample_json(struct request *request, const struct reconciliation *reconciliation) {
    struct reconciliation_row *rows;
    size_t count;
    json_t *sample = json_array();
    if (store_reconciliation_rows(request->service->store, reconciliation->seq, 0, SAMPLE_ROWS, &request->arena, &rows,
                                  &count, &request->failure) != LINCE_OK) {
        count = 0; /* the answer reports the failure */
    }
    for (size_t i = 0; i < count; i++) {
        struct statement_cell cells[STATEMENT_COLUMNS_MOST];
        json_t *kept = json_memory_load_text(rows[i].cells, 0, NULL), *texts = json_array();
        size_t cell_count = cells_of(kept, cells);
        for (size_t j = 0; j < cell_count; j++) {
            json_array_append_new(texts, json_string(cells[j].text));
        }
        json_array_append_new(sample, json_pack("{s:i, s:o}", "row", (int)rows[i].place, "cells", texts));
        json_decref(kept);
    }
    return sample;
}

/* ---- a reconciliation ---- */

static json_t *counts_json(struct request *request, int64_t seq) {
    struct reconciliation_count counts[ITEM_STATES];
    json_t *json = json_object();
    /* After a failure the counts are zero, and the answer reports the failure. */
    (void)store_reconciliation_counts(request->service->store, seq, counts, &request->failure);
    for (int state = 0; state < ITEM_STATES; state++) {
        const struct reconciliation_count *one = &counts[state];
        char lines[MONEY_TEXT_BYTES], receipts[MONEY_TEXT_BYTES];
        money_text(one->line_hundredths, lines);
        money_text(one->receipt_hundredths, receipts);
        json_object_set_new(json, item_state_name(state),
                            json_pack("{s:I, s:I, s:I, s:I, s:s, s:s}", "items", (json_int_t)one->items, "decided",
                                      (json_int_t)one->decided, "lines", (json_int_t)one->lines, "receipts",
                                      (json_int_t)one->receipts, "line_amount", lines, "receipt_amount", receipts));
    }
    return json;
}

json_t *reconciliation_json(struct request *request, const struct reconciliation *reconciliation, bool with_sample) {
    char path[96], since[16], until[16];
    struct statement_columns columns = {.decimal = ','};
    json_t *stored = json_memory_load_text(reconciliation->columns, 0, NULL), *json = json_object();
    bool is_ready = columns_take(NULL, stored, &columns) && statement_columns_are_enough(&columns);
    (void)store_reconciliation_days(request->service->store, reconciliation->seq, since, until, &request->failure);
    snprintf(path, sizeof path, "/v1/reconciliations/%s", reconciliation->id);
    json_set_text(json, "id", reconciliation->id);
    json_set_text(json, "name", reconciliation->name);
    json_set_text(json, "bank", reconciliation->bank[0] == '\0' ? NULL : reconciliation->bank);
    json_set_text(json, "currency", reconciliation->currency[0] == '\0' ? NULL : reconciliation->currency);
    json_set_time(json, "created_at", reconciliation->created_ms);
    json_set_time(json, "changed_at", reconciliation->changed_ms);
    json_set_text(json, "since", since[0] == '\0' ? NULL : since);
    json_set_text(json, "until", until[0] == '\0' ? NULL : until);
    json_object_set_new(json, "file", json_memory_load_text(reconciliation->facts, 0, NULL));
    json_object_set_new(json, "ready", json_boolean(is_ready));
    json_object_set_new(json, "columns", stored);
    json_object_set_new(json, "options", json_memory_load_text(reconciliation->options, 0, NULL));
    json_object_set_new(json, "counts", counts_json(request, reconciliation->seq));
    if (with_sample) {
        json_object_set_new(json, "sample", sample_json(request, reconciliation));
    }
    json_set_text(json, "self", path);
    return json;
}

/* ---- an item ---- */

static json_t *line_json(const struct reconciliation_line *line) {
    char amount[MONEY_TEXT_BYTES];
    json_t *json = json_object();
    money_text(line->amount, amount);
    json_object_set_new(json, "row", json_integer(line->place));
    json_set_text(json, "date", line->date[0] == '\0' ? NULL : line->date);
    json_set_text(json, "amount", line->amount == AMOUNT_NONE ? NULL : amount);
    json_set_text(json, "reference", line->reference);
    json_set_text(json, "description", line->description);
    return json;
}

static json_t *receipt_json(const struct reconciliation_receipt *receipt) {
    char amount[MONEY_TEXT_BYTES];
    json_t *json = json_object();
    money_text(receipt->amount, amount);
    json_set_text(json, "id", receipt->id);
    json_set_text(json, "name", receipt->name);
    json_set_text(json, "date", receipt->date[0] == '\0' ? NULL : receipt->date);
    json_set_text(json, "amount", amount);
    json_set_text(json, "reference", receipt->reference);
    json_set_text(json, "who", receipt->who);
    json_set_text(json, "bank", receipt->bank[0] == '\0' ? NULL : receipt->bank);
    return json;
}

json_t *item_json(const struct reconciliation_item *item) {
    char difference[MONEY_TEXT_BYTES];
    int64_t lines = 0, receipts = 0;
    json_t *json = json_object(), *line_list = json_array(), *receipt_list = json_array();
    for (size_t i = 0; i < item->line_count; i++) {
        lines += item->lines[i].amount == AMOUNT_NONE ? 0 : item->lines[i].amount;
        json_array_append_new(line_list, line_json(&item->lines[i]));
    }
    for (size_t i = 0; i < item->receipt_count; i++) {
        receipts += item->receipts[i].amount;
        json_array_append_new(receipt_list, receipt_json(&item->receipts[i]));
    }
    money_text(llabs((long long)lines) - receipts, difference);
    json_object_set_new(json, "item", json_integer((json_int_t)item->seq));
    json_set_text(json, "state", item_state_name(item->state));
    json_set_text(json, "how", item->how == ITEM_BY_NOTHING ? NULL : item_how_name(item->how));
    json_object_set_new(json, "decided", json_boolean(item->is_decided));
    json_set_text(json, "actor", item->is_decided ? item->actor : NULL);
    json_set_time(json, "decided_at", item->decided_ms);
    json_set_text(json, "note", item->note);
    json_set_text(json, "date", item->date[0] == '\0' ? NULL : item->date);
    json_set_text(json, "difference", item->line_count > 0 && item->receipt_count > 0 ? difference : NULL);
    json_object_set_new(json, "lines", line_list);
    json_object_set_new(json, "receipts", receipt_list);
    return json;
}
