/* v1_session.c - /v1/session: whose key the page has, and what it allows. */
#include <stdio.h>

#include "serve/http/auth.h"
#include "serve/http/json_set.h"
#include "serve/http/rate.h"
#include "serve/http/session_cookie.h"
#include "serve/v1/handlers.h"

static json_t *scopes_json(int scopes) {
    json_t *list = json_array();
    for (size_t i = 0; i < AUTH_SCOPES; i++) {
        if ((scopes & (int)auth_scope_names[i].scope) != 0) {
            json_array_append_new(list, json_string(auth_scope_names[i].name));
        }
    }
    return list;
}

/* `key` may be NULL: the request has none. */
static json_t *session_json(const struct request *request, const struct key *key) {
    bool needs_keys = request->service->needs_keys;
    int scopes = key != NULL ? auth_scopes(key->scopes) : needs_keys ? 0 : SCOPE_ALL;
    json_t *json = json_object(), *shown = key == NULL ? json_null() : json_object();
    if (key != NULL) {
        json_set_text(shown, "id", key->id);
        json_set_text(shown, "name", key->name);
    }
    json_object_set_new(json, "keys_required", json_boolean(needs_keys));
    json_object_set_new(json, "key", shown);
    json_object_set_new(json, "scopes", scopes_json(scopes < 0 ? 0 : scopes));
    return json;
}

static void answer_session(struct request *request, unsigned status, const struct key *key, const char *cookie) {
    struct MHD_Response *response =
        answer_response_of_json(request, session_json(request, key), JSON_COMPACT, "application/json");
    if (response != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_SET_COOKIE, cookie);
        MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    }
    answer_response(request, status, response);
}

void session_get(struct request *request) {
    struct key key;
    enum lince_status status = LINCE_ERROR_NOT_FOUND;
    if (request->service->needs_keys) {
        status = auth_key_of(request, &key);
    }
    if (status != LINCE_OK && status != LINCE_ERROR_NOT_FOUND) {
        answer_failure(request);
        return;
    }
    if (status != LINCE_OK && request_secret(request) != NULL && !rate_check_wrong_key(request)) {
        return;
    }
    answer_json(request, 200, session_json(request, status == LINCE_OK ? &key : NULL));
}

void session_post(struct request *request) {
    struct key key;
    char cookie[SESSION_BYTES];
    json_t *json = request_json(request);
    if (json == NULL) {
        return;
    }
    const char *secret = json_string_value(json_object_get(json, "key"));
    enum lince_status status =
        secret == NULL ? LINCE_ERROR_NOT_FOUND
                       : auth_key_find(request->service->store, secret, &request->arena, &key, &request->failure);
    if (status == LINCE_ERROR_NOT_FOUND) {
        auth_answer_wrong_key(request);
    } else if (status != LINCE_OK) {
        answer_failure(request);
    } else {
        store_key_used(request->service->store, key.id, NULL);
        store_audit(request->service->store, key.id, "session begin", key.id, NULL);
        session_cookie(request, key.id, cookie);
        answer_session(request, 201, &key, cookie);
    }
    json_decref(json);
}

void session_delete(struct request *request) {
    char cookie[SESSION_BYTES];
    session_end(request, cookie);
    answer_session(request, 200, NULL, cookie);
}
