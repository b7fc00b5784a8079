/* batch_records.c - the records of a batch as JSON, CSV or a spreadsheet. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/error.h"
#include "serve/v1/document_json.h"
#include "serve/v1/handlers.h"

enum { PAGE_ROWS = 100, FIXED_COLUMNS = 7 };
static const char *const fixed_columns[FIXED_COLUMNS] = {"id",     "name",         "status",      "received_at",
                                                         "layout", "needs_review", "duplicate_of"};

/* What a form of the table needs to know: called for each document in order. */
struct table {
    struct request *request;
    const char *batch_id;
    const char **fields; /* names of the columns behind the fixed ones */
    size_t field_count, row_count;
    json_t *json;
    struct buffer *csv;
    lxw_worksheet *sheet;
    lxw_format *amount;
};

static const char *fixed_value(const struct document *document, int column, char received[TIME_TEXT_BYTES]) {
    switch (column) {
    case 0:
        return document->id;
    case 1:
        return document->name;
    case 2:
        return document->status;
    case 3:
        store_time_text(document->received_ms, received);
        return received;
    case 4:
        return document->layout == NULL ? "" : document->layout;
    case 5:
        return document->needs_review ? "true" : "false";
    default:
        return document->duplicate_of == NULL ? "" : document->duplicate_of;
    }
}

/* RFC 4180; a cell that a spreadsheet would take for a formula is led by an apostrophe. */
static void csv_cell(struct buffer *out, const char *text, bool is_first) {
    buffer_text(out, is_first ? "" : ",");
    bool is_formula = *text != '\0' && strchr("=+@\t\r", *text) != NULL;
    bool is_quoted = is_formula || strpbrk(text, ",\"\r\n") != NULL;
    buffer_text(out, is_quoted ? "\"" : "");
    buffer_text(out, is_formula ? "'" : "");
    for (; *text != '\0'; text++) {
        buffer_append(out, text, 1);
        if (*text == '"') {
            buffer_text(out, "\"");
        }
    }
    buffer_text(out, is_quoted ? "\"" : "");
}

static const char *field_value(const struct field_row *fields, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].name, name) == 0) {
            return fields[i].value;
        }
    }
    return "";
}

static bool is_amount(const char *name) {
    return strcmp(name, "monto") == 0 || strcmp(name, "comision") == 0 || strcmp(name, "total") == 0 ||
           strcmp(name, "tax") == 0;
}

static void sheet_cell(struct table *table, size_t row, size_t column, const char *name, const char *value) {
    char *end;
    double number = strtod(value, &end);
    if (*value != '\0' && *end == '\0' && is_amount(name)) {
        worksheet_write_number(table->sheet, (lxw_row_t)row, (lxw_col_t)column, number, table->amount);
    } else if (*value != '\0') {
        worksheet_write_string(table->sheet, (lxw_row_t)row, (lxw_col_t)column, value, NULL);
    }
}

static enum lince_status row_add(struct table *table, const struct document *document) {
    struct request *request = table->request;
    struct field_row *fields;
    size_t count;
    char received[TIME_TEXT_BYTES];
    if (table->json != NULL) {
        json_array_append_new(json_object_get(table->json, "records"), document_json(request, document));
        return LINCE_OK;
    }
    enum lince_status status =
        store_fields(request->service->store, document->seq, &request->arena, &fields, &count, &request->failure);
    if (status != LINCE_OK) {
        return status;
    }
    table->row_count++;
    for (size_t column = 0; column < FIXED_COLUMNS + table->field_count; column++) {
        const char *name = column < FIXED_COLUMNS ? fixed_columns[column] : table->fields[column - FIXED_COLUMNS];
        const char *value =
            column < FIXED_COLUMNS ? fixed_value(document, (int)column, received) : field_value(fields, count, name);
        if (table->csv != NULL) {
            csv_cell(table->csv, value, column == 0);
        } else {
            sheet_cell(table, table->row_count, column, name, value);
        }
    }
    if (table->csv != NULL) {
        buffer_text(table->csv, "\r\n");
    }
    return LINCE_OK;
}

/* Some rows at a time, so that a batch of thousands never stands in memory whole. */
static enum lince_status rows_add(struct table *table) {
    struct request *request = table->request;
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct document *documents;
    size_t count = PAGE_ROWS;
    enum lince_status status = LINCE_OK;
    filter.batch_id = table->batch_id;
    filter.oldest_first = true;
    filter.limit = PAGE_ROWS;
    while (status == LINCE_OK && count == PAGE_ROWS) {
        struct arena_mark mark = arena_mark(&request->arena);
        status =
            store_documents(request->service->store, &filter, &request->arena, &documents, &count, &request->failure);
        for (size_t i = 0; i < count && status == LINCE_OK; i++) {
            filter.after_seq = documents[i].seq;
            status = row_add(table, &documents[i]);
        }
        arena_rewind(&request->arena, mark);
    }
    return status;
}

static void header_add(struct table *table) {
    for (size_t column = 0; column < FIXED_COLUMNS + table->field_count; column++) {
        const char *name = column < FIXED_COLUMNS ? fixed_columns[column] : table->fields[column - FIXED_COLUMNS];
        if (table->csv != NULL) {
            csv_cell(table->csv, name, column == 0);
        } else {
            worksheet_write_string(table->sheet, 0, (lxw_col_t)column, name, NULL);
        }
    }
    if (table->csv != NULL) {
        buffer_text(table->csv, "\r\n");
    }
}

static void answer_csv(struct table *table) {
    table->csv = &table->request->body;
    header_add(table);
    if (rows_add(table) != LINCE_OK) {
        answer_failure(table->request);
    } else if (table->csv->refused) {
        answer_problem(table->request, PROBLEM_MEMORY, "the table does not fit in the memory limit",
                       "la tabla no cabe en el límite de memoria");
    } else {
        answer_bytes(table->request, 200, "text/csv; charset=utf-8; header=present", table->csv->bytes,
                     table->csv->used_bytes);
    }
}

/* The library writes a file; it is sent from there and has no name any more then. */
static void answer_sheet(struct table *table) {
    struct request *request = table->request;
    char path[PATH_MAX];
    struct stat facts;
    snprintf(path, sizeof path, "%s/incoming/%s.xlsx", SETTING_TEXT_OF(&request->service->settings, data), request->id);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(path, &options);
    if (book == NULL) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the spreadsheet",
                       "no hay memoria para la hoja de cálculo");
        return;
    }
    table->sheet = workbook_add_worksheet(book, NULL);
    table->amount = workbook_add_format(book);
    format_set_num_format(table->amount, "#,##0.00");
    header_add(table);
    enum lince_status status = rows_add(table);
    bool is_written = workbook_close(book) == LXW_NO_ERROR;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    unlink(path);
    if (status != LINCE_OK) {
        answer_failure(request);
    } else if (!is_written || descriptor < 0 || fstat(descriptor, &facts) != 0) {
        answer_problem(request, PROBLEM_STORAGE_FULL, "the spreadsheet could not be written",
                       "no se pudo escribir la hoja de cálculo");
    } else {
        answer_file(request, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "records.xlsx",
                    descriptor, (uint64_t)facts.st_size);
        return;
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
}

/* ?format= wins over Accept. */
static const char *form_of(struct request *request) {
    const char *format = request_query(request, "format"), *accept = request_header(request, MHD_HTTP_HEADER_ACCEPT);
    if (format != NULL || accept == NULL) {
        return format == NULL ? "json" : format;
    }
    return strstr(accept, "json") != NULL || strstr(accept, "*/*") != NULL ? "json"
           : strstr(accept, "text/csv") != NULL                            ? "csv"
           : strstr(accept, "spreadsheetml") != NULL                       ? "xlsx"
                                                                           : accept;
}

void batch_records(struct request *request) {
    struct batch batch;
    struct table table = {.request = request};
    const char *form = form_of(request);
    struct store *store = request->service->store;
    if (store_batch(store, request->parameters[0], &request->arena, &batch, &request->failure) != LINCE_OK ||
        store_field_names(store, batch.id, &request->arena, &table.fields, &table.field_count, &request->failure) !=
            LINCE_OK) {
        answer_failure(request);
        return;
    }
    table.batch_id = batch.id;
    if (strcmp(form, "csv") == 0) {
        answer_csv(&table);
    } else if (strcmp(form, "xlsx") == 0) {
        answer_sheet(&table);
    } else if (strcmp(form, "json") == 0) {
        table.json = json_pack("{s:s, s:[]}", "batch", batch.id, "records");
        if (rows_add(&table) == LINCE_OK) {
            answer_json(request, 200, table.json);
        } else {
            json_decref(table.json);
            answer_failure(request);
        }
    } else {
        answer_problem(request, PROBLEM_NOT_ACCEPTABLE, "format must be json, csv or xlsx",
                       "format debe ser json, csv o xlsx");
    }
}
