/* batch_records.c - the records of a batch, or of any list of documents, as JSON, CSV or a spreadsheet. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "output/table_csv.h"
#include "output/table_xlsx.h"
#include "serve/v1/document_json.h"
#include "serve/v1/handlers.h"

enum { PAGE_ROWS = 100, FIXED_COLUMNS = 7 };
static const char *const fixed_columns[FIXED_COLUMNS] = {"id",     "name",         "status",      "received_at",
                                                         "layout", "needs_review", "duplicate_of"};

/* The documents written one after another in order: JSON, or rows of a table. */
struct records {
    struct request *request;
    struct document_filter filter;
    const char **fields; /* names of the columns after the fixed ones */
    size_t field_count;
    json_t *json; /* NULL: a table */
    struct table *table;
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

static const char *field_value(const struct field_row *fields, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].name, name) == 0) {
            return fields[i].value;
        }
    }
    return "";
}

static bool is_amount(const char *name) {
    static const char *const amounts[] = {"monto", "comision", "total", "subtotal", "tax", "discount"};
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        if (strcmp(name, amounts[i]) == 0) {
            return true;
        }
    }
    return false;
}

static enum lince_status row_add(struct records *records, const struct document *document) {
    struct request *request = records->request;
    struct field_row *fields;
    size_t count;
    char received[TIME_TEXT_BYTES];
    if (records->json != NULL) {
        json_array_append_new(json_object_get(records->json, "records"), document_json(request, document));
        return LINCE_OK;
    }
    enum lince_status status =
        store_fields(request->service->store, document->seq, &request->arena, &fields, &count, &request->failure);
    if (status != LINCE_OK) {
        return status;
    }
    for (size_t column = 0; column < FIXED_COLUMNS + records->field_count; column++) {
        const char *name = column < FIXED_COLUMNS ? fixed_columns[column] : records->fields[column - FIXED_COLUMNS];
        const char *value =
            column < FIXED_COLUMNS ? fixed_value(document, (int)column, received) : field_value(fields, count, name);
        table_text(records->table, is_amount(name) ? TABLE_AMOUNT : TABLE_TEXT, value, false);
    }
    table_row_end(records->table);
    return LINCE_OK;
}

/* A few rows at a time, so that a batch of thousands is never whole in memory. */
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
        const char *name = column < FIXED_COLUMNS ? fixed_columns[column] : records->fields[column - FIXED_COLUMNS];
        table_text(records->table, TABLE_HEAD, name, false);
    }
    table_row_end(records->table);
}

static void answer_csv(struct records *records) {
    static const struct csv_options options = CSV_OPTIONS_DEFAULTS;
    struct request *request = records->request;
    struct table_csv csv;
    table_csv_init(&csv, &options, &request->body);
    records->table = &csv.table;
    header_add(records);
    if (rows_add(records) != LINCE_OK) {
        answer_failure(request);
    } else if (request->body.refused) {
        answer_problem(request, PROBLEM_MEMORY, "the table does not fit in the memory limit",
                       "la tabla no cabe en el límite de memoria");
    } else {
        answer_bytes(request, 200, "text/csv; charset=utf-8; header=present", request->body.bytes,
                     request->body.used_bytes);
    }
    records->table = NULL; /* it ends with this call */
}

/* The library writes a file; it is sent from there, and its name is already removed. */
static void answer_sheet(struct records *records) {
    struct request *request = records->request;
    char path[PATH_MAX];
    struct stat facts;
    struct table_xlsx *workbook;
    snprintf(path, sizeof path, "%s/incoming/%s.xlsx", SETTING_TEXT_OF(&request->service->settings, data), request->id);
    if (table_xlsx_open(path, &workbook, &request->failure) != LINCE_OK) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the spreadsheet",
                       "no hay memoria para la hoja de cálculo");
        return;
    }
    records->table = table_xlsx_cells(workbook);
    header_add(records);
    enum lince_status status = rows_add(records);
    bool is_written = table_xlsx_close(workbook, NULL) == LINCE_OK;
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

/* ?format= overrides Accept. */
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

/* `json` receives the list of records in that form. Takes it. */
static void records_answer(struct request *request, const struct document_filter *filter, json_t *json) {
    struct records records = {.request = request, .filter = *filter};
    const char *form = form_of(request);
    bool is_json = strcmp(form, "json") == 0;
    if (store_field_names(request->service->store, filter->batch_id, &request->arena, &records.fields,
                          &records.field_count, &request->failure) != LINCE_OK) {
        answer_failure(request);
    } else if (strcmp(form, "csv") == 0) {
        answer_csv(&records);
    } else if (strcmp(form, "xlsx") == 0) {
        answer_sheet(&records);
    } else if (is_json) {
        records.json = json;
        if (rows_add(&records) == LINCE_OK) {
            answer_json(request, 200, json_incref(json));
        } else {
            answer_failure(request);
        }
    } else {
        answer_problem(request, PROBLEM_NOT_ACCEPTABLE, "format must be json, csv or xlsx",
                       "format debe ser json, csv o xlsx");
    }
    json_decref(json);
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
