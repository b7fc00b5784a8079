/*
 * pages_table.c - the fields of a file as rows of a table: one row, or one for each page if they are several receipts.
 *
 * Which of the two it is, the document's fields show; until then each page's own record is kept in a file.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "earlier/messenger.h"
#include "fields/values/value.h"
#include "output/records/record_parse.h"
#include "output/records/record_rows.h"
#include "output/records/record_table.h"
#include "serve/http/answer/table_answer.h"
#include "serve/v1/now/pages_way.h"
#include "serve/v1/pages_not_read.h"

/* What the rows are made of. */
struct source {
    struct request *request;
    struct pages_now *work;
    json_t *document; /* the record of all pages together; NULL: each page has its own */
    struct table *table, *second;
};

static enum lince_status no_memory(struct request *request) {
    return error_set(&request->failure, LINCE_ERROR_MEMORY_LIMIT, "no memory for the table",
                     "no hay memoria para la tabla");
}

static const char *type_of(const void *context, const char *name) {
    return value_type_name(layout_names_field_type(context, name));
}

/* Writes the record, also the rows of a sale. `row` has what belongs to it besides. */
static enum lince_status row_write(struct source *source, json_t *record, struct record_row *row) {
    struct request *request = source->request;
    const struct record_types types = {type_of, &request->service->layout_names};
    struct meter *meter = &request->service->requests;
    const char *const cells[] = {row->file, NULL};
    const struct record_rows_lead lead = {cells, false};
    struct lince_record *made;
    enum lince_status status = record_parse(record, &types, meter, &made, &request->failure);
    if (status != LINCE_OK) {
        return status;
    }
    row->record = made;
    bool is_whole = record_table_row(source->table, row, meter) &&
                    (source->second == NULL || record_rows_write(source->second, made, &lead, meter));
    lince_record_free(made);
    return is_whole ? LINCE_OK : no_memory(request);
}

/* The record of a page, as it was kept; NULL without memory. */
static json_t *kept_read(struct source *source, const struct pages_record_kept *kept) {
    struct request *request = source->request;
    arena_rewind(&request->arena, source->work->mark);
    char *text = arena_allocate(&request->arena, kept->bytes);
    ssize_t got = text == NULL ? -1 : pread(request->files[FILE_WHOLE], text, kept->bytes, (off_t)kept->at);
    return got == (ssize_t)kept->bytes ? json_memory_load(text, kept->bytes, 0, NULL) : NULL;
}

static enum lince_status rows_write(struct source *source, const struct extra *extra) {
    const struct pages_now *work = source->work;
    struct record_row row = {.file = source->request->upload.files->name, .extra = extra, .is_upload = true};
    enum lince_status status = LINCE_OK;
    if (source->document != NULL) {
        row.unread = work->collected.unread;
        row.unread_count = work->collected.unread_count;
        row.page = work->first_read;
        return row_write(source, source->document, &row);
    }
    for (size_t i = 0; i < work->kept_count && status == LINCE_OK; i++) {
        json_t *record = kept_read(source, &work->kept[i]);
        row.page = work->has_document ? work->kept[i].number : 0;
        status = record == NULL ? no_memory(source->request) : row_write(source, record, &row);
        json_decref(record);
    }
    return status;
}

/* The columns of `lince fields`, which knows no messenger of a file that was uploaded. */
static enum lince_status table_fill_all(void *context, struct table *table, struct table *second) {
    static const char *const names[] = {"file", NULL};
    static const struct record_rows_lead lead = {names, false};
    struct source *source = context;
    struct messenger_extra none;
    messenger_extra_make(NULL, &none);
    source->table = table;
    source->second = second;
    record_table_head(table, &none.extra);
    if (second != NULL) {
        record_rows_head(second, &lead);
    }
    return rows_write(source, &none.extra);
}

/* ---- the way ---- */

/* Each page of several has the table of a document, also if it alone is asked for. */
static bool table_wants_document(const struct pages_now *work) {
    return work->found > 1;
}

static bool table_read(struct request *request, struct pages_now *work, uint32_t number, json_t *page, json_t *record) {
    struct pages_record_kept *kept = &work->kept[work->kept_count++];
    (void)page;
    kept->at = work->bytes;
    kept->number = number;
    if (!pages_object_append(request, work, json_incref(record), false)) {
        return false;
    }
    kept->bytes = (uint32_t)(work->bytes - kept->at);
    return true;
}

static bool table_unread(struct request *request, struct pages_now *work, uint32_t number, json_t *error) {
    (void)request;
    pages_not_read_add(work->not_read, number);
    json_decref(error);
    return true;
}

static void table_end(struct request *request, struct pages_now *work, json_t *answer) {
    bool is_stack = json_is_true(json_object_get(answer, "is_stack"));
    struct source source = {
        .request = request, .work = work, .document = is_stack ? NULL : json_object_get(answer, "record")};
    char name[300];
    if (answer != NULL && request->errand.status != LINCE_OK) {
        request_errand_refused(request);
        return;
    }
    snprintf(name, sizeof name, "%.190s.%s", request->upload.files->name, work->way->name);
    pages_not_read_tell(request, work->not_read);
    const struct table_answer wanted = {name, "items", table_fill_all, &source};
    table_answer(request, work->way == &pages_table_csv ? TABLE_CSV : TABLE_WORKBOOK, &wanted);
}

const struct pages_way pages_table_csv = {
    .name = "csv",
    .media_type = "text/csv",
    .wants_document = table_wants_document,
    .read = table_read,
    .unread = table_unread,
    .end = table_end,
};
const struct pages_way pages_table_workbook = {
    .name = "xlsx",
    .media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    .wants_document = table_wants_document,
    .read = table_read,
    .unread = table_unread,
    .end = table_end,
};
