/* v1_several.c - several documents at once: moved, read again, deleted. */
#include <stdio.h>

#include "base/error.h"
#include "serve/v1/handlers.h"
#include "store/keys.h"

enum { DOCUMENTS_MOST = 500 };

/* Gives {"documents": [...], ...}; NULL after answering with a problem. */
static json_t *several_read(struct request *request) {
    json_t *json = request_json(request), *id;
    size_t index;
    if (json == NULL) {
        return NULL;
    }
    const json_t *ids = json_object_get(json, "documents");
    bool is_right = json_is_array(ids) && json_array_size(ids) > 0 && json_array_size(ids) <= DOCUMENTS_MOST;
    json_array_foreach(ids, index, id) {
        is_right = is_right && json_is_string(id);
    }
    if (is_right) {
        return json;
    }
    json_decref(json);
    answer_problem(request, PROBLEM_INVALID, "documents must be a list of 1 to %d ids",
                   "documents debe ser una lista de 1 a %d identificadores", DOCUMENTS_MOST);
    return NULL;
}

/*
 * Does the action for each document by itself. A failure is reported with its reason and does not stop the others.
 * Takes `json`.
 */
static void each(struct request *request, json_t *json, const char *action,
                 enum lince_status (*act)(struct store *, const char *, const char *, struct lince_error *),
                 const char *argument) {
    json_t *answer = json_pack("{s:[], s:[]}", "done", "failed"), *id;
    size_t index;
    json_array_foreach(json_object_get(json, "documents"), index, id) {
        const char *name = json_string_value(id);
        struct lince_error failure = LINCE_ERROR_INIT; /* of this document only, not of the request */
        failure.language = request->language;
        if (act(request->service->store, name, argument, &failure) == LINCE_OK) {
            store_audit(request->service->store, request->actor, action, name, NULL);
            json_array_append_new(json_object_get(answer, "done"), json_string(name));
        } else {
            char shown[sizeof failure.message];
            answer_without_paths(request, failure.message, shown, sizeof shown);
            json_array_append_new(json_object_get(answer, "failed"),
                                  json_pack("{s:s, s:s}", "id", name, "message", shown));
        }
    }
    json_decref(json);
    answer_json(request, 200, answer);
}

/* Reads a document again and keeps its corrections. */
static enum lince_status reread(struct store *store, const char *id, const char *actor, struct lince_error *error) {
    return store_reread(store, id, &(struct reread){.actor = actor, .why = ""}, error);
}

static enum lince_status delete (struct store *store, const char *id, const char *argument, struct lince_error *error) {
    (void)argument; return store_document_delete(store, id, -1, error);
}

void documents_reread(struct request *request) {
    json_t *json = several_read(request);
    if (json != NULL) {
        each(request, json, "reread", reread, request->actor);
    }
}

void documents_delete(struct request *request) {
    json_t *json = several_read(request);
    if (json != NULL) {
        each(request, json, "delete", delete, NULL);
    }
}

void documents_move(struct request *request) {
    json_t *json = several_read(request);
    if (json == NULL) {
        return;
    }
    const json_t *batch = json_object_get(json, "batch");
    if (!json_is_string(batch) && !json_is_null(batch)) {
        json_decref(json);
        answer_problem(request, PROBLEM_INVALID, "batch must be the id of a batch or null",
                       "batch debe ser el identificador de un lote o null");
        return;
    }
    each(request, json, "move", store_move, json_string_value(batch));
}
