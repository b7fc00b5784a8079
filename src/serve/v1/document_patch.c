/* document_patch.c - corrections by people: only on the version that they saw, and with their history. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/v1/document_json.h"
#include "serve/v1/handlers.h"
#include "store/keys.h"

enum { CORRECTIONS_LIMIT = 64, VALUE_LIMIT_BYTES = 4096, NAME_LIMIT_BYTES = 64 };

/* The version of If-Match; -1 for "*". False after answering with a problem. */
static bool version_asked(struct request *request, int64_t *version) {
    const char *match = request_header(request, MHD_HTTP_HEADER_IF_MATCH);
    char *end;
    if (match == NULL) {
        answer_problem(request, PROBLEM_CONDITION_NEEDED, "send the ETag that you saw as If-Match",
                       "envíe en If-Match el ETag que vio");
        return false;
    }
    *version = -1;
    if (strcmp(match, "*") == 0) {
        return true;
    }
    *version = *match == '"' ? strtoll(match + 1, &end, 10) : 0;
    if (*match == '"' && end != match + 1 && strcmp(end, "\"") == 0 && *version >= 0) {
        return true;
    }
    answer_problem(request, PROBLEM_PRECONDITION, "If-Match is no ETag of this document",
                   "If-Match no es un ETag de este documento");
    return false;
}

/* {"fields": {"monto": "1234.50", "concepto": null}} */
static bool corrections_parse(struct request *request, json_t *json, struct correction *corrections, size_t *count) {
    json_t *fields = json_object_get(json, "fields"), *value;
    const char *name;
    *count = 0;
    if (!json_is_object(fields) || json_object_size(fields) == 0 || json_object_size(fields) > CORRECTIONS_LIMIT) {
        answer_problem(request, PROBLEM_INVALID, "fields must be an object of 1 to %d names and their values or null",
                       "fields debe ser un objeto de 1 a %d nombres con su valor o null", CORRECTIONS_LIMIT);
        return false;
    }
    json_object_foreach(fields, name, value) {
        bool is_name =
            strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(name) &&
            *name != '\0' && strlen(name) <= NAME_LIMIT_BYTES;
        bool is_value =
            json_is_null(value) || (json_is_string(value) && json_string_length(value) <= VALUE_LIMIT_BYTES &&
                                    strlen(json_string_value(value)) == json_string_length(value));
        if (!is_name || !is_value) {
            answer_problem(request, PROBLEM_INVALID,
                           "%.64s must be a field's name and its value a text of up to %d bytes or null",
                           "%.64s debe ser el nombre de un campo y su valor un texto de hasta %d bytes o null", name,
                           VALUE_LIMIT_BYTES);
            return false;
        }
        corrections[(*count)++] =
            (struct correction){.actor = request->actor, .field = name, .new_value = json_string_value(value)};
    }
    return true;
}

static void correct(struct request *request, int64_t version, const struct correction *corrections, size_t count) {
    struct document document;
    const char *id = request->parameters[0];
    enum lince_status status =
        store_correct(request->service->store, id, version, corrections, count, &request->failure);
    if (status == LINCE_ERROR_ARGUMENT) {
        answer_problem(request, PROBLEM_PRECONDITION, "%s", "%s", request->failure.message);
        return;
    }
    if (status == LINCE_OK) {
        store_audit(request->service->store, request->actor, "correct", id, NULL);
        status = store_document(request->service->store, id, &request->arena, &document, &request->failure);
    }
    if (status != LINCE_OK) {
        answer_failure(request);
        return;
    }
    snprintf(request->etag, sizeof request->etag, "\"%lld\"", (long long)document.version);
    answer_json(request, 200, document_json(request, &document));
}

void document_patch(struct request *request) {
    struct correction corrections[CORRECTIONS_LIMIT];
    size_t count;
    int64_t version;
    if (!version_asked(request, &version)) {
        return;
    }
    json_t *json = request_json(request);
    if (json == NULL) {
        return;
    }
    if (corrections_parse(request, json, corrections, &count)) {
        correct(request, version, corrections, count);
    }
    json_decref(json);
}

void document_history(struct request *request) {
    struct document document;
    struct correction *corrections;
    size_t count;
    struct store *store = request->service->store;
    if (store_document(store, request->parameters[0], &request->arena, &document, &request->failure) != LINCE_OK ||
        store_corrections(store, document.seq, &request->arena, &corrections, &count, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = json_pack("{s:[]}", "corrections");
    for (size_t i = 0; i < count; i++) {
        json_t *correction = json_object();
        json_set_time(correction, "at", corrections[i].at_ms);
        json_set_text(correction, "actor", corrections[i].actor);
        json_set_text(correction, "field", corrections[i].field);
        json_set_text(correction, "old_value", corrections[i].old_value);
        json_set_text(correction, "new_value", corrections[i].new_value);
        json_array_append_new(json_object_get(json, "corrections"), correction);
    }
    answer_json(request, 200, json);
}
