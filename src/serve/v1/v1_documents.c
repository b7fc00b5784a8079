/* v1_documents.c - documents: listed, shown in several forms, read again, removed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "fields/values/value.h"
#include "serve/http/json_set.h"
#include "serve/v1/cursor.h"
#include "serve/v1/handlers.h"
#include "serve/v1/layout_choice.h"
#include "serve/v1/shown/document_json.h"
#include "store/keys.h"

bool document_find(struct request *request, struct document *document) {
    if (store_document(request->service->store, request->parameters[0], &request->arena, document, &request->failure) ==
        LINCE_OK) {
        return true;
    }
    answer_failure(request);
    return false;
}

/* ---- list ---- */

/* "2099-01-03" or "2099-01-03T10:11:12Z"; UTC. */
static bool time_parse(const char *text, int64_t *at_ms) {
    struct tm parts = {0};
    const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S", &parts);
    if (rest == NULL) {
        memset(&parts, 0, sizeof parts);
        rest = strptime(text, "%Y-%m-%d", &parts);
    }
    if (rest == NULL || !(*rest == '\0' || strcmp(rest, "Z") == 0)) {
        return false;
    }
    *at_ms = (int64_t)timegm(&parts) * 1000;
    return true;
}

static bool time_query(struct request *request, const char *name, int64_t *at_ms) {
    const char *text = request_query(request, name);
    if (text == NULL || time_parse(text, at_ms)) {
        return true;
    }
    answer_problem(request, PROBLEM_INVALID, "%s must be a time such as 2099-01-03 or 2099-01-03T10:11:12Z",
                   "%s debe ser un tiempo como 2099-01-03 o 2099-01-03T10:11:12Z", name);
    return false;
}

static bool status_query(struct request *request, int *status) {
    const char *text = request_query(request, "status");
    enum document_status asked = document_status_of(text);
    *status = text == NULL ? -1 : (int)asked;
    if (text == NULL || asked != DOCUMENT_STATUSES) {
        return true;
    }
    answer_problem(request, PROBLEM_INVALID,
                   "status must be held, queued, reading, done, failed, poisoned or cancelled",
                   "status debe ser held, queued, reading, done, failed, poisoned o cancelled");
    return false;
}

/* ?field=referencia:000123 */
static bool field_query(struct request *request, struct document_filter *filter) {
    const char *text = request_query(request, "field"), *colon = text == NULL ? NULL : strchr(text, ':');
    if (text == NULL) {
        return true;
    }
    if (colon == NULL || colon == text) {
        answer_problem(request, PROBLEM_INVALID, "field must be name:value", "field debe ser nombre:valor");
        return false;
    }
    filter->field_name = arena_copy_text(&request->arena, text, (size_t)(colon - text));
    filter->field_value = colon + 1;
    return true;
}

/* ?paid_since=2025-01-31 */
static bool date_query(struct request *request, const char *name, const char **date) {
    char value[VALUE_BYTES];
    const char *text = request_query(request, name);
    if (text == NULL) {
        return true;
    }
    if (value_typed(layout_names_countries(&request->service->layout_names), VALUE_DATE, text, value, sizeof value)) {
        *date = arena_copy_text(&request->arena, value, strlen(value));
        return *date != NULL;
    }
    answer_problem(request, PROBLEM_INVALID, "%s must be a date such as 2025-01-31",
                   "%s debe ser una fecha como 2025-01-31", name);
    return false;
}

/* ?amount_min=881,23 */
static bool amount_query(struct request *request, const char *name, int64_t *amount) {
    char value[VALUE_BYTES];
    const char *text = request_query(request, name);
    if (text == NULL) {
        return true;
    }
    if (value_typed(layout_names_countries(&request->service->layout_names), VALUE_MONEY, text, value, sizeof value)) {
        *amount = money_hundredths(value);
        return true;
    }
    answer_problem(request, PROBLEM_INVALID, "%s must be an amount such as 1234.50",
                   "%s debe ser un monto como 1234.50", name);
    return false;
}

/* ?sort=amount, or ?sort=-paid from the greatest down. Without it the list begins with the newest document. */
static bool sort_query(struct request *request, struct document_filter *filter) {
    static const char *const names[] = {
        [SORT_RECEIVED] = "received", [SORT_PAID] = "paid",     [SORT_AMOUNT] = "amount",
        [SORT_NAME] = "name",         [SORT_BANK] = "bank",     [SORT_WHO] = "who",
        [SORT_SENDER] = "sender",     [SORT_STATUS] = "status", [SORT_LAYOUT] = "layout"};
    const char *text = request_query(request, "sort");
    bool is_down = text == NULL || *text == '-';
    for (size_t i = 0; text != NULL && i < sizeof names / sizeof *names; i++) {
        if (strcmp(text + is_down, names[i]) == 0) {
            filter->sort = (enum document_sort)i;
            filter->oldest_first = !is_down;
            return true;
        }
    }
    if (text == NULL) {
        return true;
    }
    answer_problem(request, PROBLEM_INVALID,
                   "sort must be received, paid, amount, name, bank, who, sender, status or layout, with - before it "
                   "from the greatest down",
                   "sort debe ser received, paid, amount, name, bank, who, sender, status o layout, con - delante "
                   "de mayor a menor");
    return false;
}

bool documents_filter(struct request *request, struct document_filter *filter) {
    filter->batch_id = request_query(request, "batch");
    filter->layout = request_query(request, "layout");
    filter->text = request_query(request, "text");
    filter->sha256 = request_query(request, "sha256");
    filter->duplicate_of = request_query(request, "duplicate_of");
    filter->part_of = request_query(request, "part_of");
    filter->bank = request_query(request, "bank");
    filter->sender = request_query(request, "sender");
    return time_query(request, "since", &filter->since_ms) && time_query(request, "until", &filter->until_ms) &&
           date_query(request, "paid_since", &filter->paid_since) &&
           date_query(request, "paid_until", &filter->paid_until) &&
           amount_query(request, "amount_min", &filter->amount_least) &&
           amount_query(request, "amount_max", &filter->amount_most) &&
           request_flag(request, "needs_review", &filter->needs_review) &&
           request_flag(request, "duplicate", &filter->has_duplicate) && status_query(request, &filter->status) &&
           field_query(request, filter) && sort_query(request, filter);
}

static json_t *list_json(struct request *request, const struct document *documents, size_t count, size_t limit) {
    char cursor[CURSOR_BYTES];
    json_t *json = json_object(), *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(list, document_json(request, &documents[i]));
    }
    json_object_set_new(json, "documents", list);
    if (count == limit) {
        cursor_make(request, documents[count - 1].seq, cursor);
    }
    json_set_text(json, "next_cursor", count == limit ? cursor : NULL);
    return json;
}

void documents_list(struct request *request) {
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct document *documents;
    int64_t limit = 50, skip = 0;
    size_t count;
    if (!request_number(request, "limit", 1, 200, &limit) || !request_number(request, "skip", 0, INT32_MAX, &skip) ||
        !cursor_read(request, &filter.before_seq) || !documents_filter(request, &filter)) {
        return;
    }
    filter.limit = (size_t)limit;
    filter.skip = (size_t)skip;
    if (store_documents(request->service->store, &filter, &request->arena, &documents, &count, &request->failure) !=
        LINCE_OK) {
        answer_failure(request);
        return;
    }
    answer_json(request, 200, list_json(request, documents, count, filter.limit));
}

/* ---- one ---- */

static bool etag_matches(struct request *request, const struct document *document) {
    snprintf(request->etag, sizeof request->etag, "\"%lld\"", (long long)document->version);
    return answer_etag_is_known(request);
}

/* Writes the lines of a page as rows, for spreadsheets and shells; `number` 0: the document has one page. */
static void lines_table(const char *page, int64_t number, char separator, struct buffer *out) {
    json_t *json = page == NULL ? NULL : json_memory_load_text(page, 0, NULL), *line;
    size_t index;
    json_array_foreach(json_object_get(json, "lines"), index, line) {
        const json_t *box = json_object_get(line, "box");
        if (number > 0) {
            buffer_format(out, "%lld%c", (long long)number, separator);
        }
        for (size_t i = 0; i < 4; i++) {
            buffer_real(out, json_number_value(json_array_get(box, i)), 1);
            buffer_append(out, &separator, 1);
        }
        buffer_real(out, json_number_value(json_object_get(line, "confidence")), 4);
        buffer_append(out, &separator, 1);
        const char *text = json_string_value(json_object_get(line, "text"));
        if (separator == ',') {
            buffer_text(out, "\"");
        }
        for (; text != NULL && *text != '\0'; text++) {
            buffer_append(out, *text == '\t' ? " " : text, 1);
            if (*text == '"' && separator == ',') {
                buffer_text(out, "\"");
            }
        }
        buffer_text(out, separator == ',' ? "\"\r\n" : "\r\n");
    }
    json_decref(json);
}

static void answer_table(struct request *request, const struct document *document, const char *media_type,
                         char separator) {
    struct buffer *out = &request->body;
    bool has_several = document->page_count > 1;
    if (has_several) {
        buffer_format(out, "page%c", separator);
    }
    buffer_format(out, "x0%cy0%cx1%cy1%cconfidence%ctext\r\n", separator, separator, separator, separator, separator);
    struct arena_mark mark = arena_mark(&request->arena);
    for (int64_t number = 1; number <= (has_several ? document->page_count : 1) && !out->refused; number++) {
        const char *page;
        if (store_page(request->service->store, document->seq, number, &request->arena, &page, &request->failure) !=
            LINCE_OK) {
            page = NULL;
        }
        lines_table(page, has_several ? number : 0, separator, out);
        arena_rewind(&request->arena, mark);
    }
    if (out->refused) {
        answer_no_memory(request);
        return;
    }
    answer_bytes(request, 200, media_type, out->bytes, out->used_bytes);
}

/* Answers in the form that ?format names, or else in one that `accept` names. False if neither names one. */
static bool document_form_answer(struct request *request, const struct document *document, const char *accept) {
    const char *format = request_query(request, "format");
    int pictures;
    if (format == NULL || strcmp(format, "json") == 0) {
        const struct form *form = format == NULL ? form_accepted(accept) : NULL;
        if (form != NULL) {
            form_answer(request, document, 0, form);
        }
        return form != NULL || !form_pictures_asked(request, NULL, &pictures);
    }
    if (strcmp(format, "csv") != 0) {
        form_answer(request, document, 0, form_find(format));
    } else if (form_pictures_asked(request, NULL, &pictures)) {
        answer_table(request, document, "text/csv; charset=utf-8", ',');
    }
    return true;
}

void document_get(struct request *request) {
    struct document document;
    const char *accept = request_header(request, MHD_HTTP_HEADER_ACCEPT);
    accept = accept == NULL ? "*/*" : accept;
    bool takes_json = form_json_accepted(accept);
    if (form_goes_on(request) || !document_find(request, &document)) {
        return;
    }
    if (etag_matches(request, &document)) {
        answer_empty(request, MHD_HTTP_NOT_MODIFIED);
    } else if (document_form_answer(request, &document, takes_json ? NULL : accept)) {
        return;
    } else if (takes_json || request_query(request, "format") != NULL) {
        answer_json(request, 200, document_json_whole(request, &document));
    } else if (strstr(accept, "text/plain") != NULL) {
        const char *text = document.text == NULL ? "" : document.text;
        answer_bytes(request, 200, "text/plain; charset=utf-8", text, strlen(text));
    } else if (strstr(accept, "text/tab-separated-values") != NULL) {
        answer_table(request, &document, "text/tab-separated-values; charset=utf-8", '\t');
    } else if (strstr(accept, "text/csv") != NULL) {
        answer_table(request, &document, "text/csv; charset=utf-8", ',');
    } else {
        answer_problem(request, PROBLEM_NOT_ACCEPTABLE,
                       "application/json, text/plain, text/tab-separated-values, text/csv, text/markdown, "
                       "text/vnd.hocr+html, application/xml and application/pdf can be had",
                       "hay application/json, text/plain, text/tab-separated-values, text/csv, text/markdown, "
                       "text/vnd.hocr+html, application/xml y application/pdf");
    }
}

void document_image(struct request *request) {
    struct document document;
    int descriptor;
    if (!document_find(request, &document)) {
        return;
    }
    if (store_image_open(request->service->store, document.sha256, &descriptor, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    snprintf(request->etag, sizeof request->etag, "\"%.32s\"", document.sha256);
    answer_file(request, document.media_type, document.name, descriptor, (uint64_t)document.image_bytes);
}

void document_delete(struct request *request) {
    int64_t version = -1;
    if (request_header(request, MHD_HTTP_HEADER_IF_MATCH) != NULL && !document_version_asked(request, &version)) {
        return;
    }
    enum lince_status status =
        store_document_delete(request->service->store, request->parameters[0], version, &request->failure);
    if (status == LINCE_ERROR_ARGUMENT) {
        answer_problem(request, PROBLEM_PRECONDITION, "%s", "%s", request->failure.message);
        return;
    }
    if (status != LINCE_OK) {
        answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, "delete", request->parameters[0], NULL);
    answer_empty(request, MHD_HTTP_NO_CONTENT);
}

void document_reread(struct request *request) {
    struct document document;
    const char *layouts = request_query(request, "layout"), *corrections = request_query(request, "corrections");
    struct reread reread = {.layouts = layouts, .actor = request->actor, .why = request_query(request, "why")};
    reread.discards = corrections != NULL && strcmp(corrections, "discard") == 0;
    if (corrections != NULL && !reread.discards && strcmp(corrections, "keep") != 0) {
        answer_problem(request, PROBLEM_INVALID, "corrections must be keep or discard",
                       "corrections debe ser keep o discard");
        return;
    }
    if (reread.discards && (request->scopes & SCOPE_CORRECT) == 0) {
        answer_problem(request, PROBLEM_FORBIDDEN, "discarding corrections needs the scope correct",
                       "para descartar correcciones hace falta el permiso correct");
        return;
    }
    if (!document_why_check(request, reread.why)) {
        return;
    }
    if (!layout_choice_check(request, layouts)) {
        return;
    }
    if (store_reread(request->service->store, request->parameters[0], &reread, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, "reread", request->parameters[0], NULL);
    if (document_find(request, &document)) {
        answer_json(request, 202, document_json(request, &document));
    }
}
