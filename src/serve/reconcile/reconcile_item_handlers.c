/* reconcile_item_handlers.c - the items of a reconciliation page by page, and people's decisions on them. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/reconcile/reconcile.h"
#include "store/keys.h"

enum { MEMBERS_MOST = 200, NOTE_LIMIT_BYTES = 500 };

bool reconciliation_filter_asked(struct request *request, struct reconciliation_filter *filter) {
    const char *state = request_query(request, "state");
    *filter = (struct reconciliation_filter){.state = state == NULL ? -1 : (int)item_state_of(state),
                                             .text = request_query(request, "text"),
                                             .amount = AMOUNT_NONE,
                                             .is_decided = -1,
                                             .after_item = -1,
                                             .limit = 100};
    if (filter->state == ITEM_STATES) {
        answer_problem(request, PROBLEM_INVALID,
                       "state must be matched, proposed, amount_differs, missing_receipt, missing_line, duplicate,"
                       " ignored, unreadable or other",
                       "state debe ser matched, proposed, amount_differs, missing_receipt, missing_line, duplicate,"
                       " ignored, unreadable u other");
        return false;
    }
    if (!request_flag(request, "decided", &filter->is_decided)) {
        return false;
    }
    if (filter->text != NULL) { /* "1.250,50" and "1250.50" are equal */
        size_t bytes = strlen(filter->text);
        bool has_comma = bytes > 3 && filter->text[bytes - 3] == ',';
        (void)statement_amount(&(struct statement_cell){CELL_TEXT, filter->text}, has_comma ? ',' : '.',
                               &filter->amount);
    }
    return true;
}

void reconciliation_items(struct request *request) {
    struct reconciliation found;
    struct reconciliation_filter filter;
    struct reconciliation_item *items;
    int64_t limit = 100;
    size_t count;
    char cursor[32];
    if (!reconciliation_find(request, &found) || !reconciliation_filter_asked(request, &filter) ||
        !request_number(request, "limit", 1, 200, &limit) ||
        !request_number(request, "cursor", 1, INT64_MAX, &filter.after_item)) {
        return;
    }
    filter.limit = (size_t)limit;
    if (store_reconciliation_items(request->service->store, found.seq, &filter, &request->arena, &items, &count,
                                   &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = json_pack("{s:[]}", "items");
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json_object_get(json, "items"), item_json(&items[i]));
    }
    snprintf(cursor, sizeof cursor, "%lld", count == 0 ? 0LL : (long long)items[count - 1].seq);
    json_set_text(json, "next_cursor", count == (size_t)limit ? cursor : NULL);
    answer_json(request, 200, json);
}

/* ---- decisions ---- */

/* Reads the list of rows or documents; false if it is not such a list. */
static bool members_read(struct request *request, const json_t *list, bool are_rows, void **members, size_t *count) {
    size_t index;
    json_t *value;
    *count = json_array_size(list);
    *members = arena_allocate_zero(&request->arena, *count + 1, sizeof(int64_t));
    if ((list != NULL && !json_is_array(list)) || *count > MEMBERS_MOST || *members == NULL) {
        return false;
    }
    json_array_foreach(list, index, value) {
        if (are_rows ? !json_is_integer(value) || json_integer_value(value) < 1 : !json_is_string(value)) {
            return false;
        }
        if (are_rows) {
            ((int64_t *)*members)[index] = json_integer_value(value);
        } else {
            ((const char **)*members)[index] = json_string_value(value);
        }
    }
    return true;
}

static bool decision_read(struct request *request, const json_t *json, struct reconciliation_decision *decision) {
    void *places, *documents;
    const json_t *note = json_object_get(json, "note");
    decision->kind = decision_kind_of(json_string_value(json_object_get(json, "state")));
    if (!members_read(request, json_object_get(json, "lines"), true, &places, &decision->place_count) ||
        !members_read(request, json_object_get(json, "documents"), false, &documents, &decision->document_count) ||
        decision->place_count + decision->document_count == 0) {
        answer_problem(request, PROBLEM_INVALID,
                       "lines must be a list of rows of the statement and documents one of ids, at most %d each and"
                       " one at least",
                       "lines debe ser una lista de filas del estado de cuenta y documents una de identificadores, %d"
                       " como mucho en cada una y una al menos",
                       MEMBERS_MOST);
        return false;
    }
    bool is_together = decision->kind == DECISION_MATCHED || decision->kind == DECISION_APART;
    if (decision->kind == DECISION_KINDS) {
        answer_problem(request, PROBLEM_INVALID, "state must be matched, ignored, apart or open",
                       "state debe ser matched, ignored, apart u open");
        return false;
    }
    if (is_together && (decision->place_count == 0 || decision->document_count == 0)) {
        answer_problem(request, PROBLEM_INVALID, "state %s needs at least one line and one document",
                       "el estado %s necesita al menos una línea y un documento", decision_kind_name(decision->kind));
        return false;
    }
    if (note != NULL && (!json_is_string(note) || json_string_length(note) > NOTE_LIMIT_BYTES)) {
        answer_problem(request, PROBLEM_INVALID, "note must be a text of up to %d bytes",
                       "note debe ser un texto de hasta %d bytes", NOTE_LIMIT_BYTES);
        return false;
    }
    decision->places = places;
    decision->documents = documents;
    decision->actor = request->actor;
    decision->note = note == NULL ? "" : json_string_value(note);
    return true;
}

/* Answers with the new item, or null, and the current reconciliation. */
static void answer_decided(struct request *request, const char *id, int64_t item) {
    struct reconciliation found;
    struct reconciliation_item made;
    if (store_reconciliation(request->service->store, id, &request->arena, &found, &request->failure) != LINCE_OK ||
        (item >= 0 && store_reconciliation_item(request->service->store, found.seq, item, &request->arena, &made,
                                                &request->failure) != LINCE_OK)) {
        answer_failure(request);
        return;
    }
    json_t *json = json_object();
    json_object_set_new(json, "item", item < 0 ? json_null() : item_json(&made));
    json_object_set_new(json, "reconciliation", reconciliation_json(request, &found, false));
    answer_json(request, 200, json);
}

void reconciliation_decide(struct request *request) {
    struct reconciliation found;
    struct reconciliation_decision decision = {0};
    int64_t item = -1;
    json_t *json = request_json(request);
    if (json == NULL) {
        return;
    }
    if (!reconciliation_find(request, &found) || !decision_read(request, json, &decision)) {
        json_decref(json);
        return;
    }
    enum lince_status status =
        store_reconciliation_decide(request->service->store, found.seq, &decision, &item, &request->failure);
    json_decref(json);
    if (status == LINCE_OK && item < 0) { /* what is open again, or apart, may match others */
        status = reconciliation_compare(request, found.id, &request->failure);
    }
    if (status != LINCE_OK) {
        reconciliation_answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, "reconciliation decide", found.id, NULL);
    answer_decided(request, found.id, item);
}
