/* batch_records.c - the records of a batch, or of any list of documents, as JSON, CSV or a spreadsheet. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "fields/values/value.h"
#include "output/records/record_rows.h"
#include "serve/http/answer/answer_draft.h"
#include "serve/http/answer/table_answer.h"
#include "serve/v1/handlers.h"
#include "serve/v1/shown/document_json.h"

enum { PAGE_ROWS = 100, DOCUMENTS_MOST = 20000 };

/* Columns that every document has. Those named paid_ are filled for payments and shop receipts alike. */
static const struct fixed_column {
    const char *name;
    enum table_kind kind;
} fixed_columns[] = {
    {"id", TABLE_TEXT},
    {"name", TABLE_TEXT},
    {"status", TABLE_TEXT},
    {"received_at", TABLE_INSTANT},
    {"layout", TABLE_TEXT},
    {"needs_review", TABLE_TEXT},
    {"duplicate_of", TABLE_TEXT},
    {"paid_date", TABLE_DATE},
    {"paid_amount", TABLE_AMOUNT},
    {"paid_currency", TABLE_TEXT},
    {"paid_reference", TABLE_TEXT},
    {"paid_bank", TABLE_TEXT},
    {"paid_who", TABLE_TEXT},
    {"sender", TABLE_TEXT},
};
enum { FIXED_COLUMNS = sizeof fixed_columns / sizeof *fixed_columns, SHORT_BYTES = 40 };

/* The documents, written in order one after another, as JSON or as rows of a table. */
struct records {
    struct request *request;
    struct document_filter filter;
    const char **fields; /* names of the columns after the fixed ones */
    size_t field_count;
    bool is_json; /* written into `draft`; otherwise a table */
    struct answer_draft draft;
    struct table *table;
    struct table *rows; /* of a workbook: items, taxes and payments; NULL: none */
};

/* The value of a fixed column. `made` is room for a value that the store does not have as text. */
static const char *fixed_value(const struct document *document, size_t column, char made[SHORT_BYTES]) {
    const char *const values[FIXED_COLUMNS] = {document->id,
                                               document->name,
                                               document_status_name(document->status),
                                               made,
                                               document->layout,
                                               document->needs_review ? "true" : "false",
                                               document->duplicate_of,
                                               document->paid_date,
                                               document->amount == AMOUNT_NONE ? "" : made,
                                               document->currency,
                                               document->reference,
                                               document->bank,
                                               document->who,
                                               document->sender};
    if (fixed_columns[column].kind == TABLE_INSTANT) {
        store_time_text(document->received_ms, made);
    } else if (fixed_columns[column].kind == TABLE_AMOUNT) {
        money_text(document->amount, made);
    }
    return values[column] == NULL ? "" : values[column];
}

static const char *field_value(const struct field_row *fields, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].name, name) == 0) {
            return fields[i].value;
        }
    }
    return "";
}

/* The first page of a document with several, or of a part, in the file that came. */
static void page_cell(struct table *table, const struct document *document) {
    if (document->page_count > 1 || document->part_of != NULL) {
        table_number(table, TABLE_WHOLE, (double)document->first_page, false);
    } else {
        table_blank(table);
    }
}

/* The kind of a field's cell, so that a spreadsheet recognises dates and amounts. */
static enum table_kind field_kind(const struct request *request, const char *name) {
    switch (layout_names_field_type(&request->service->layout_names, name)) {
    case VALUE_MONEY:
        return TABLE_AMOUNT;
    case VALUE_DATE:
        return TABLE_DATE;
    case VALUE_TIME:
        return TABLE_TIME;
    default:
        return TABLE_TEXT;
    }
}

/* Adds the items, taxes and payments of a document to the second sheet. False without memory. */
static bool sale_add(struct records *records, const struct document *document, const struct field_row *fields,
                     size_t count) {
    const char *const cells[] = {document->id, document->name, NULL};
    const struct record_rows_lead lead = {cells, false};
    bool is_whole = true;
    for (size_t i = 0; i < count && is_whole; i++) {
        is_whole = record_rows_field(records->rows, &lead, field_value(fields, count, "receipt_number"), fields[i].name,
                                     fields[i].value, records->request->arena.meter);
    }
    return is_whole;
}

static enum lince_status row_add(struct records *records, const struct document *document) {
    struct request *request = records->request;
    struct field_row *fields;
    size_t count;
    char made[SHORT_BYTES];
    if (records->is_json) {
        answer_draft_list_add(&records->draft, document_json(request, document));
        return LINCE_OK;
    }
    enum lince_status status =
        store_fields(request->service->store, document->seq, &request->arena, &fields, &count, &request->failure);
    if (status != LINCE_OK) {
        return status;
    }
    for (size_t column = 0; column < FIXED_COLUMNS; column++) {
        table_text(records->table, fixed_columns[column].kind, fixed_value(document, column, made), false);
    }
    for (size_t i = 0; i < records->field_count; i++) {
        const char *name = records->fields[i];
        table_text(records->table, field_kind(request, name), field_value(fields, count, name), false);
    }
    page_cell(records->table, document);
    table_row_end(records->table);
    if (records->rows != NULL && !sale_add(records, document, fields, count)) {
        return error_set(&request->failure, LINCE_ERROR_MEMORY_LIMIT, "no memory for the spreadsheet",
                         "no hay memoria para la hoja de cálculo");
    }
    return LINCE_OK;
}

/* Adds a few rows at a time, so that a batch of thousands is never whole in memory. */
static enum lince_status rows_add(struct records *records) {
    struct request *request = records->request;
    struct document_filter filter = records->filter;
    struct document *documents;
    size_t count = PAGE_ROWS;
    enum lince_status status = LINCE_OK;
    filter.sort = SORT_RECEIVED;
    filter.oldest_first = true;
    filter.limit = PAGE_ROWS;
    while (status == LINCE_OK && count == PAGE_ROWS) {
        struct arena_mark mark = arena_mark(&request->arena);
        status =
            store_documents(request->service->store, &filter, &request->arena, &documents, &count, &request->failure);
        for (size_t i = 0; i < count && status == LINCE_OK; i++) {
            filter.after_seq = documents[i].seq;
            status = row_add(records, &documents[i]);
        }
        arena_rewind(&request->arena, mark);
    }
    return status;
}

static void header_add(struct records *records) {
    for (size_t column = 0; column < FIXED_COLUMNS + records->field_count; column++) {
        table_text(records->table, TABLE_HEAD,
                   column < FIXED_COLUMNS ? fixed_columns[column].name : records->fields[column - FIXED_COLUMNS],
                   false);
    }
    table_text(records->table, TABLE_HEAD, "page", false); /* at the end: columns keep their places */
    table_row_end(records->table);
}

static enum lince_status table_write(void *context, struct table *table, struct table *second) {
    static const char *const names[] = {"id", "name", NULL};
    static const struct record_rows_lead lead = {names, false};
    struct records *records = context;
    records->table = table;
    records->rows = second;
    header_add(records);
    if (second != NULL) {
        record_rows_head(second, &lead);
    }
    return rows_add(records);
}

/* Takes `json`. */
static void records_answer_json(struct records *records, json_t *json) {
    records->is_json = true;
    answer_draft_begin(&records->draft, records->request);
    answer_draft_list_begin(&records->draft, json);
    if (rows_add(records) != LINCE_OK) {
        answer_draft_drop(&records->draft);
        answer_failure(records->request);
        return;
    }
    answer_draft_list_end(&records->draft);
    answer_draft_send(&records->draft, "application/json", "records.json");
}

/* Answers with the records, in the list at the end of `json` (which it takes) or as a table. */
static void records_answer(struct request *request, const struct document_filter *filter, json_t *json) {
    struct records records = {.request = request, .filter = *filter};
    enum table_form form;
    if (!table_form_asked(request, &form)) {
        json_decref(json);
        return;
    }
    if (form == TABLE_JSON) {
        records_answer_json(&records, json);
        return;
    }
    json_decref(json);
    if (store_field_names(request->service->store, filter->batch_id, &request->arena, &records.fields,
                          &records.field_count, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    const struct table_answer wanted = {"records", "items", table_write, &records};
    table_answer(request, form, &wanted);
}

void batch_records(struct request *request) {
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct batch batch;
    if (store_batch(request->service->store, request->parameters[0], &request->arena, &batch, &request->failure) !=
        LINCE_OK) {
        answer_failure(request);
        return;
    }
    filter.batch_id = batch.id;
    records_answer(request, &filter, json_pack("{s:s, s:[]}", "batch", batch.id, "records"));
}

void records_get(struct request *request) {
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    if (documents_filter(request, &filter)) {
        filter.ids = request_query(request, "ids");
        records_answer(request, &filter, json_pack("{s:[]}", "records"));
    }
}

/* The ids of {"documents": [...]} with commas between, in the arena. NULL after answering with a problem. */
static const char *ids_take(struct request *request, const json_t *json) {
    const json_t *list = json_object_get(json, "documents"), *id;
    size_t index, room = 1, used = 0;
    bool is_right = json_is_array(list) && json_array_size(list) > 0 && json_array_size(list) <= DOCUMENTS_MOST;
    json_array_foreach(list, index, id) {
        is_right = is_right && json_is_string(id) && strchr(json_string_value(id), ',') == NULL;
        room += json_string_length(id) + 1;
    }
    if (!is_right) {
        answer_problem(request, PROBLEM_INVALID, "documents must be a list of 1 to %d ids",
                       "documents debe ser una lista de 1 a %d identificadores", DOCUMENTS_MOST);
        return NULL;
    }
    char *ids = arena_allocate(&request->arena, room);
    if (ids == NULL) {
        answer_no_memory(request);
        return NULL;
    }
    json_array_foreach(list, index, id) {
        used += (size_t)snprintf(ids + used, room - used, "%s%s", index > 0 ? "," : "", json_string_value(id));
    }
    return ids;
}

/* The same for more documents than an address has room for. */
void records_post(struct request *request) {
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    json_t *json = request_json(request);
    if (json == NULL) {
        return;
    }
    filter.ids = ids_take(request, json);
    json_decref(json);
    if (filter.ids != NULL) {
        records_answer(request, &filter, json_pack("{s:[]}", "records"));
    }
}
