/* parties_http.c - /v1/parties: known parties listed, entered, exported and erased. */
#include "serve/parties/parties_http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/parties/party_json.h"
#include "store/keys.h"

enum { DOCUMENTS_TOLD = 100 };

/* ?tax_id=, ?account=, ?key=, ?phone=: one of them. False after answering with a problem. */
static bool mark_asked(struct request *request, struct party_filter *filter) {
    static const struct {
        const char *name;
        enum party_fact fact;
    } marks[] = {{"tax_id", PARTY_ID}, {"account", PARTY_ACCOUNT}, {"key", PARTY_KEY}, {"phone", PARTY_PHONE}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *value = request_query(request, marks[i].name);
        if (value != NULL && filter->mark != NULL) {
            answer_problem(request, PROBLEM_INVALID, "ask by one of tax_id, account, key and phone",
                           "pregunte por uno de tax_id, account, key y phone");
            return false;
        }
        if (value != NULL) {
            filter->mark = value;
            filter->mark_fact = marks[i].fact;
        }
    }
    return true;
}

void parties_list(struct request *request) {
    struct party_filter filter = {.text = request_query(request, "text"), .before_seq = -1};
    struct party *parties;
    size_t count;
    int64_t limit = 50, goes_on;
    char cursor[32];
    if (!request_number(request, "limit", 1, 200, &limit) ||
        !request_number(request, "cursor", 1, INT64_MAX, &filter.before_seq) || !mark_asked(request, &filter)) {
        return;
    }
    filter.text = filter.text != NULL && *filter.text == '\0' ? NULL : filter.text;
    filter.limit = (size_t)limit;
    if (store_parties(request->service->store, &filter, &request->arena, &parties, &count, &goes_on,
                      &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = json_pack("{s:[]}", "parties");
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json_object_get(json, "parties"), party_json(&parties[i]));
    }
    snprintf(cursor, sizeof cursor, "%lld", (long long)goes_on);
    json_set_text(json, "next_cursor", goes_on < 0 ? NULL : cursor);
    answer_json(request, 200, json);
}

static bool party_find(struct request *request, const char *id, struct party *party) {
    if (store_party(request->service->store, id, &request->arena, party, &request->failure) == LINCE_OK) {
        return true;
    }
    answer_failure(request);
    return false;
}

void party_get(struct request *request) {
    struct party party;
    int64_t documents = 0;
    if (!party_find(request, request->parameters[0], &party)) {
        return;
    }
    if (store_party_document_count(request->service->store, party.seq, &documents, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = party_json(&party);
    json_object_set_new(json, "documents_total", json_integer(documents));
    answer_json(request, 200, json);
}

/* Makes a party, or changes the one with that id, as the body says. */
static void party_enter(struct request *request, const char *changed, unsigned status) {
    struct party_entry entry;
    struct party party;
    struct store *store = request->service->store;
    char id[ID_BYTES];
    snprintf(id, sizeof id, "%s", changed);
    json_t *json = request_json(request);
    if (json != NULL && party_entry_take(request, json, &entry) &&
        (*changed != '\0' || party_entry_check(request, &entry))) {
        if (strlen(changed) >= ID_BYTES) { /* no id is so long */
            (void)party_find(request, changed, &party);
        } else if (store_party_enter(store, id, &entry, &request->failure) != LINCE_OK) {
            answer_failure(request);
        } else if (party_find(request, id, &party)) {
            char path[96];
            snprintf(path, sizeof path, "/v1/parties/%s", id);
            request->location = status == 201 ? arena_copy_text(&request->arena, path, strlen(path)) : NULL;
            store_audit(store, request->actor, status == 201 ? "party add" : "party change", id, NULL);
            answer_json(request, status, party_json(&party));
        }
    }
    json_decref(json);
}

void parties_post(struct request *request) {
    party_enter(request, "", 201);
}

void party_patch(struct request *request) {
    party_enter(request, request->parameters[0], 200);
}

/* What an erasure does not reach, in the reader's language. */
static void remains_tell(const struct request *request, json_t *json, int64_t documents) {
    char message[320];
    if (documents == 1) {
        snprintf(message, sizeof message, "%s",
                 in_language(request->language,
                             "1 document still shows it, with its image, text and history; delete it to be rid of "
                             "those too. Backups and copies of the store that were made before still have all of it",
                             "1 documento aún lo muestra, con su imagen, texto e historial; bórrelo para eliminarlos "
                             "también. Las copias de seguridad hechas antes lo tienen todo"));
    } else {
        snprintf(
            message, sizeof message,
            in_language(request->language,
                        "%lld documents still show it, with their images, texts and histories; delete them to be rid "
                        "of those too. Backups and copies of the store that were made before still have all of it",
                        "%lld documentos aún lo muestran, con sus imágenes, textos e historiales; bórrelos para "
                        "eliminarlos también. Las copias de seguridad hechas antes lo tienen todo"),
            (long long)documents);
    }
    json_object_set_new(json, "documents_total", json_integer(documents));
    json_set_text(json, "message", message);
}

static json_t *documents_json(const struct party_document *documents, size_t count) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        char path[96];
        json_t *json = json_object(), *fields = json_array();
        snprintf(path, sizeof path, "/v1/documents/%s", documents[i].id);
        json_set_text(json, "id", documents[i].id);
        json_set_text(json, "name", documents[i].name);
        json_set_time(json, "received_at", documents[i].received_ms);
        for (const char *at = documents[i].fields; *at != '\0';) {
            size_t bytes = strcspn(at, ",");
            json_array_append_new(fields, json_stringn(at, bytes));
            at += bytes + (at[bytes] == ',');
        }
        json_object_set_new(json, "fields", fields);
        json_set_text(json, "self", path);
        json_array_append_new(list, json);
    }
    return list;
}

void party_export(struct request *request) {
    struct party party;
    struct party_document *documents;
    struct store *store = request->service->store;
    size_t count;
    int64_t limit = DOCUMENTS_TOLD, before = -1, total = 0;
    char cursor[32];
    if (!request_number(request, "limit", 1, 1000, &limit) ||
        !request_number(request, "cursor", 1, INT64_MAX, &before) ||
        !party_find(request, request->parameters[0], &party)) {
        return;
    }
    if (store_party_document_count(store, party.seq, &total, &request->failure) != LINCE_OK ||
        store_party_documents(store, party.seq, before, (size_t)limit, &request->arena, &documents, &count,
                              &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    store_audit(store, request->actor, "party export", party.id, NULL);
    json_t *json = json_object();
    json_object_set_new(json, "party", party_json(&party));
    json_object_set_new(json, "documents", documents_json(documents, count));
    json_object_set_new(json, "documents_total", json_integer(total));
    snprintf(cursor, sizeof cursor, "%lld", count == 0 ? 0LL : (long long)documents[count - 1].seq);
    json_set_text(json, "next_cursor", count == (size_t)limit ? cursor : NULL);
    json_set_time(json, "exported_at", store_now_ms());
    answer_json(request, 200, json);
}

void party_delete(struct request *request) {
    struct party party;
    struct party_document *documents;
    struct store *store = request->service->store;
    size_t count;
    int64_t total = 0;
    if (!party_find(request, request->parameters[0], &party)) {
        return;
    }
    if (store_party_document_count(store, party.seq, &total, &request->failure) != LINCE_OK ||
        store_party_documents(store, party.seq, -1, DOCUMENTS_TOLD, &request->arena, &documents, &count,
                              &request->failure) != LINCE_OK ||
        store_party_erase(store, party.id, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    store_audit(store, request->actor, "party erase", party.id, NULL);
    json_t *json = json_object();
    json_set_text(json, "erased", party.id);
    json_object_set_new(json, "documents", documents_json(documents, count));
    remains_tell(request, json, total);
    answer_json(request, 200, json);
}
