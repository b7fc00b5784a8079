/* reconcile_handlers.c - lists, shows, adjusts, matches again and removes reconciliations. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "serve/http/json_set.h"
#include "serve/reconcile/reconcile.h"
#include "store/keys.h"

bool reconciliation_find(struct request *request, struct reconciliation *found) {
    if (store_reconciliation(request->service->store, request->parameters[0], &request->arena, found,
                             &request->failure) == LINCE_OK) {
        return true;
    }
    answer_failure(request);
    return false;
}

static void answer_one(struct request *request) {
    struct reconciliation found;
    if (reconciliation_find(request, &found)) {
        answer_json(request, 200, reconciliation_json(request, &found, true));
    }
}

void reconciliations_list(struct request *request) {
    struct reconciliation *found;
    int64_t limit = 50, before = -1;
    size_t count;
    char cursor[32];
    if (!request_number(request, "limit", 1, 200, &limit) ||
        !request_number(request, "cursor", 1, INT64_MAX, &before)) {
        return;
    }
    if (store_reconciliations(request->service->store, before, (size_t)limit, &request->arena, &found, &count,
                              &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = json_pack("{s:[]}", "reconciliations");
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json_object_get(json, "reconciliations"), reconciliation_json(request, &found[i], false));
    }
    snprintf(cursor, sizeof cursor, "%lld", count == 0 ? 0LL : (long long)found[count - 1].seq);
    json_set_text(json, "next_cursor", count == (size_t)limit ? cursor : NULL);
    answer_json(request, 200, json);
}

void reconciliation_get(struct request *request) {
    answer_one(request);
}

void reconciliation_delete(struct request *request) {
    if (store_reconciliation_delete(request->service->store, request->parameters[0], &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, "reconciliation delete", request->parameters[0], NULL);
    answer_empty(request, MHD_HTTP_NO_CONTENT);
}

/* A text of the body in the arena; a missing one stays as it was. False after answering with a problem. */
static bool text_take(struct request *request, const json_t *json, const char *name, size_t most, bool may_be_null,
                      const char **text) {
    const json_t *value = json_object_get(json, name);
    if (value == NULL) {
        return true;
    }
    if ((!json_is_string(value) && !(may_be_null && json_is_null(value))) || json_string_length(value) > most ||
        (!may_be_null && json_string_length(value) == 0)) {
        answer_problem(request, PROBLEM_INVALID, "%s must be a text of up to %zu bytes",
                       "%s debe ser un texto de hasta %zu bytes", name, most);
        return false;
    }
    const char *given = json_is_null(value) ? "" : json_string_value(value);
    *text = arena_copy_text(&request->arena, given, strlen(given));
    if (*text == NULL) {
        answer_no_memory(request);
    }
    return *text != NULL;
}

static bool columns_change(struct request *request, const json_t *json, const char **kept) {
    struct statement_columns columns = {.decimal = ','};
    const json_t *wanted = json_object_get(json, "columns");
    if (wanted == NULL) {
        return true;
    }
    json_t *former = json_memory_load_text(*kept, 0, NULL);
    (void)columns_take(NULL, former, &columns);
    json_decref(former);
    if (!columns_take(request, wanted, &columns)) {
        return false;
    }
    if (!statement_columns_are_enough(&columns)) {
        answer_problem(request, PROBLEM_INVALID, "columns must have a date, and an amount, a credit or a debit",
                       "columns debe tener una fecha, y un monto, un crédito o un débito");
        return false;
    }
    *kept = json_text_take(request, columns_json(&columns));
    return *kept != NULL || (answer_no_memory(request), false);
}

static bool options_change(struct request *request, const json_t *json, const char **kept) {
    struct reconciliation_options options = reconciliation_options_usual;
    const json_t *wanted = json_object_get(json, "options");
    if (wanted == NULL) {
        return true;
    }
    json_t *former = json_memory_load_text(*kept, 0, NULL);
    (void)options_take(NULL, former, &options);
    json_decref(former);
    if (!options_take(request, wanted, &options)) {
        return false;
    }
    *kept = json_text_take(request, options_json(&options));
    return *kept != NULL || (answer_no_memory(request), false);
}

static bool members_are_known(struct request *request, const json_t *json) {
    static const char *const known[] = {"name", "bank", "currency", "columns", "options"};
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)json, name, value) {
        bool is_known = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
            is_known = is_known || strcmp(name, known[i]) == 0;
        }
        if (!is_known) {
            answer_problem(request, PROBLEM_INVALID, "%.40s is not known; name, bank, currency, columns, options are",
                           "%.40s no se conoce; sí name, bank, currency, columns, options", name);
            return false;
        }
    }
    return true;
}

void reconciliation_patch(struct request *request) {
    struct reconciliation found;
    json_t *json = request_json(request);
    if (json == NULL) {
        return;
    }
    bool is_taken = reconciliation_find(request, &found) && members_are_known(request, json) &&
                    text_take(request, json, "name", RECONCILIATION_NAME_BYTES, false, &found.name) &&
                    text_take(request, json, "bank", RECONCILIATION_CODE_BYTES, true, &found.bank) &&
                    text_take(request, json, "currency", RECONCILIATION_CODE_BYTES, true, &found.currency) &&
                    columns_change(request, json, &found.columns) && options_change(request, json, &found.options);
    json_decref(json);
    if (!is_taken) {
        return;
    }
    enum lince_status status = reconciliation_read(request, &found, &request->failure);
    if (status == LINCE_OK) {
        status = reconciliation_compare(request, found.id, &request->failure);
    }
    if (status != LINCE_OK) {
        reconciliation_answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, "reconciliation change", found.id, NULL);
    answer_one(request);
}

void reconciliation_match(struct request *request) {
    if (reconciliation_compare(request, request->parameters[0], &request->failure) != LINCE_OK) {
        reconciliation_answer_failure(request);
        return;
    }
    answer_one(request);
}
