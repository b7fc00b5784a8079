/*
 * document_patch.c - corrections by people. Each applies only to the version that the person saw, and is in the
 * history.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "output/records/record_values.h"
#include "serve/corrections/rows_entry.h"
#include "serve/http/json_set.h"
#include "serve/v1/handlers.h"
#include "serve/v1/shown/document_json.h"
#include "store/keys.h"

enum { CORRECTIONS_LIMIT = 64, VALUE_LIMIT_BYTES = 4096, NAME_LIMIT_BYTES = 64, WHY_LIMIT_BYTES = 500 };

bool document_version_asked(struct request *request, int64_t *version) {
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

/* A value in its canonical form, in the arena. NULL after answering with a problem. */
static const char *value_take(struct request *request, const char *name, const char *text) {
    enum value_type type = layout_names_field_type(&request->service->layout_names, name);
    char value[VALUE_LIMIT_BYTES + 1];
    if (record_row_shape(name) != NULL) {
        return rows_entry_text(request, name, text);
    }
    if (!value_typed(layout_names_countries(&request->service->layout_names), type, text, value, sizeof value)) {
        answer_problem(request, PROBLEM_INVALID, "%s must be %s, such as %s; not \"%.80s\"",
                       "%s debe ser %s, como %s; no «%.80s»", name, value_type_words(type, request->language),
                       value_type_example(type), text);
        return NULL;
    }
    const char *kept = arena_copy_text(&request->arena, value, strlen(value));
    if (kept == NULL) {
        answer_no_memory(request);
    }
    return kept;
}

static bool name_is_field(const char *name) {
    return strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(name) &&
           *name != '\0' && strlen(name) <= NAME_LIMIT_BYTES;
}

/*
 * Whether a person may set the field: a mistyped name would stay as a column of every export. Fields of one's own are
 * taken, and those that the document has. False after answering with a problem.
 */
static bool name_check(struct request *request, const char *name) {
    struct document document;
    struct field_row *fields;
    size_t count;
    if (field_catalogue_has(request, name)) {
        return true;
    }
    struct store *store = request->service->store;
    if (store_document(store, request->parameters[0], &request->arena, &document, &request->failure) != LINCE_OK ||
        store_fields(store, document.seq, &request->arena, &fields, &count, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].name, name) == 0) {
            return true;
        }
    }
    return field_catalogue_check_own(request, name);
}

/* A text, or the rows of a sale. rows_entry_text counts the bytes of a text of rows. */
static bool is_value(const char *name, const json_t *value) {
    size_t bytes = json_string_length(value);
    bool fits = record_row_shape(name) != NULL || bytes <= VALUE_LIMIT_BYTES;
    return json_is_array(value) || (json_is_string(value) && fits && strlen(json_string_value(value)) == bytes);
}

/* Reads {"monto": "1234.50", "concepto": null, "items": [{"description": "Pan", "amount": "3.00"}]}. */
static bool fields_parse(struct request *request, json_t *fields, struct correction *corrections, size_t *count) {
    json_t *value;
    const char *name;
    if (!json_is_object(fields) || json_object_size(fields) == 0 || json_object_size(fields) > CORRECTIONS_LIMIT) {
        answer_problem(request, PROBLEM_INVALID, "fields must be an object of 1 to %d names and their values or null",
                       "fields debe ser un objeto de 1 a %d nombres con su valor o null", CORRECTIONS_LIMIT);
        return false;
    }
    json_object_foreach(fields, name, value) {
        if (!name_is_field(name) || !(json_is_null(value) || is_value(name, value))) {
            answer_problem(request, PROBLEM_INVALID,
                           "%.64s must be a field's name and its value a text of up to %d bytes or null",
                           "%.64s debe ser el nombre de un campo y su valor un texto de hasta %d bytes o null", name,
                           VALUE_LIMIT_BYTES);
            return false;
        }
        if (!name_check(request, name)) {
            return false;
        }
        const char *kept = json_is_null(value)    ? NULL
                           : json_is_array(value) ? rows_entry_take(request, name, value)
                                                  : value_take(request, name, json_string_value(value));
        if (request->status != 0) {
            return false;
        }
        kept = kept != NULL && *kept == '\0' ? NULL : kept; /* no row is left */
        corrections[(*count)++] = (struct correction){.field = name, .new_value = kept};
    }
    return true;
}

bool document_why_check(struct request *request, const char *why) {
    if (why == NULL || strlen(why) <= WHY_LIMIT_BYTES) {
        return true;
    }
    answer_problem(request, PROBLEM_INVALID, "why has %zu bytes; at most %d are kept", "why tiene %zu bytes; caben %d",
                   strlen(why), WHY_LIMIT_BYTES);
    return false;
}

/* Reads {"fields": {...}, "reviewed": true, "why": "as the customer says"}; one of the first two is required. */
static bool change_parse(struct request *request, json_t *json, struct correction *corrections, struct change *change) {
    json_t *fields = json_object_get(json, "fields"), *reviewed = json_object_get(json, "reviewed");
    json_t *why = json_object_get(json, "why");
    if ((reviewed != NULL && !json_is_boolean(reviewed)) || (why != NULL && !json_is_string(why))) {
        answer_problem(request, PROBLEM_INVALID, "reviewed must be true or false, and why a text",
                       "reviewed debe ser true o false, y why un texto");
        return false;
    }
    change->actor = request->actor;
    change->why = json_string_value(why);
    change->corrections = corrections;
    change->is_reviewed = json_is_true(reviewed);
    if (!document_why_check(request, change->why)) {
        return false;
    }
    return (fields == NULL && change->is_reviewed) || fields_parse(request, fields, corrections, &change->count);
}

static void correct(struct request *request, const struct change *change) {
    struct document document;
    const char *id = request->parameters[0];
    enum lince_status status = store_correct(request->service->store, id, change, &request->failure);
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
    struct change change = {0};
    if (!document_version_asked(request, &change.version)) {
        return;
    }
    json_t *json = request_json(request);
    if (json == NULL) {
        return;
    }
    if (change_parse(request, json, corrections, &change)) {
        correct(request, &change);
    }
    json_decref(json);
}

/* ---- duplicates ---- */

/* Reads {"same": false, "of": "doc_...", "why": "..."}; without "of", the other document is the one in duplicate_of. */
static bool verdict_parse(struct request *request, const json_t *json, struct verdict *verdict) {
    const json_t *same = json_object_get(json, "same"), *other = json_object_get(json, "of");
    const json_t *why = json_object_get(json, "why");
    if (!json_is_boolean(same) || (other != NULL && !json_is_string(other)) || (why != NULL && !json_is_string(why))) {
        answer_problem(request, PROBLEM_INVALID, "same must be true or false, of a document's id, and why a text",
                       "same debe ser true o false, of el id de un documento, y why un texto");
        return false;
    }
    *verdict = (struct verdict){.actor = request->actor,
                                .is_same = json_is_true(same),
                                .other = json_string_value(other),
                                .why = json_string_value(why)};
    return document_why_check(request, verdict->why);
}

void document_duplicate(struct request *request) {
    struct verdict verdict;
    struct document document;
    const char *id = request->parameters[0];
    struct store *store = request->service->store;
    json_t *json = request_json(request);
    if (json != NULL && verdict_parse(request, json, &verdict)) {
        enum lince_status status = store_duplicate_judge(store, id, &verdict, &request->failure);
        if (status == LINCE_OK) {
            store_audit(store, request->actor, verdict.is_same ? "same" : "not same", id, NULL);
            status = store_document(store, id, &request->arena, &document, &request->failure);
        }
        if (status == LINCE_OK) {
            snprintf(request->etag, sizeof request->etag, "\"%lld\"", (long long)document.version);
            answer_json(request, 200, document_json(request, &document));
        } else {
            answer_failure(request);
        }
    }
    json_decref(json);
}

/* ---- history ---- */

/* Sets why the change was made. A repair has the party's id instead. */
static void why_set(const struct request *request, json_t *json, const struct correction *row) {
    char sentence[160];
    const char *why = row->why == NULL || row->why[0] == '\0' ? NULL : row->why;
    if (row->action == ACTION_REPAIR && why != NULL) {
        snprintf(sentence, sizeof sentence,
                 in_language(request->language, "repaired from the known party %.60s",
                             "reparado según el tercero conocido %.60s"),
                 why);
        why = sentence;
    }
    json_set_text(json, "why", why);
}

static json_t *history_row(const struct request *request, const struct correction *row) {
    json_t *json = json_object();
    json_set_time(json, "at", row->at_ms);
    json_set_text(json, "actor", row->actor);
    json_set_text(json, "action", correction_action_name(row->action));
    json_set_text(json, "field", row->field == NULL || row->field[0] == '\0' ? NULL : row->field);
    json_set_text(json, "old_value", row->old_value);
    json_set_text(json, "new_value", row->new_value);
    why_set(request, json, row);
    return json;
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
    /* "corrections" has only the fields that people set, as in earlier versions; "history" has everything. */
    json_t *json = json_pack("{s:[], s:[]}", "corrections", "history");
    for (size_t i = 0; i < count; i++) {
        json_t *row = history_row(request, &corrections[i]);
        if (corrections[i].action == ACTION_CORRECT) {
            json_array_append(json_object_get(json, "corrections"), row);
        }
        json_array_append_new(json_object_get(json, "history"), row);
    }
    answer_json(request, 200, json);
}
