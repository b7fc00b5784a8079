/* v1_keys.c - /v1/keys: made, listed, revoked. A secret is returned once, when it is made. */
#include <stdio.h>
#include <string.h>

#include "serve/http/auth.h"
#include "serve/http/json_set.h"
#include "serve/v1/handlers.h"
#include "store/keys.h"

enum { KEYS_SHOWN = 1000, NAME_LIMIT_BYTES = 200, SCOPES_BYTES = 64, DAYS_MOST = 36500 };
static const int64_t DAY_MS = INT64_C(24) * 3600 * 1000;

static json_t *key_json(const struct key *key) {
    json_t *json = json_object(), *scopes = json_array();
    for (const char *scope = key->scopes; *scope != '\0';) {
        size_t length = strcspn(scope, ",");
        json_array_append_new(scopes, json_stringn(scope, length));
        scope += length + (scope[length] == ',');
    }
    json_set_text(json, "id", key->id);
    json_set_text(json, "name", key->name);
    json_object_set_new(json, "scopes", scopes);
    json_set_time(json, "created_at", key->created_ms);
    json_set_time(json, "expires_at", key->expires_ms);
    json_set_time(json, "revoked_at", key->revoked_ms);
    json_set_time(json, "used_at", key->used_ms);
    return json;
}

void keys_list(struct request *request) {
    struct key *keys;
    size_t count;
    if (store_keys(request->service->store, KEYS_SHOWN, &request->arena, &keys, &count, &request->failure) !=
        LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = json_pack("{s:[]}", "keys");
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json_object_get(json, "keys"), key_json(&keys[i]));
    }
    answer_json(request, 200, json);
}

/* ["submit", "read"] as "submit,read"; false for anything else. */
static bool scopes_join(const json_t *list, char scopes[SCOPES_BYTES]) {
    size_t index, used = 0;
    json_t *scope;
    scopes[0] = '\0';
    json_array_foreach(list, index, scope) {
        const char *text = json_string_value(scope);
        if (text == NULL || strchr(text, ',') != NULL || used + strlen(text) + 2 > SCOPES_BYTES) {
            return false;
        }
        used += (size_t)snprintf(scopes + used, SCOPES_BYTES - used, "%s%s", used == 0 ? "" : ",", text);
    }
    return auth_scopes(scopes) > 0;
}

static void key_make(struct request *request, const char *name, const char *scopes, int64_t days) {
    char id[ID_BYTES], secret[KEY_SECRET_BYTES], hash[KEY_HASH_BYTES];
    int64_t now = store_now_ms();
    auth_key_make(KEY_FORM_OWN, id, secret, hash);
    struct key key = {id, name, hash, scopes, now, days > 0 ? now + days * DAY_MS : -1, -1, -1, 0};
    if (store_key_add(request->service->store, &key, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, "key create", id, NULL);
    json_t *json = key_json(&key);
    json_set_text(json, "secret", secret);
    answer_json(request, 201, json);
}

void keys_post(struct request *request) {
    char scopes[SCOPES_BYTES];
    json_t *json = request_json(request);
    if (json == NULL) {
        return;
    }
    const char *name = json_string_value(json_object_get(json, "name"));
    const json_t *days = json_object_get(json, "expires_days");
    bool is_timed = json_is_integer(days) && json_integer_value(days) > 0 && json_integer_value(days) < DAYS_MOST;
    if (name == NULL || strlen(name) > NAME_LIMIT_BYTES || (days != NULL && !is_timed)) {
        answer_problem(
            request, PROBLEM_INVALID,
            "name must be a text of up to %d bytes and expires_days, if given, a number of days below %d",
            "name debe ser un texto de hasta %d bytes y expires_days, si se da, un número de días menor que %d",
            NAME_LIMIT_BYTES, DAYS_MOST);
    } else if (!scopes_join(json_object_get(json, "scopes"), scopes)) {
        answer_problem(request, PROBLEM_INVALID, "scopes must list one or more of submit, read, correct and admin",
                       "scopes debe listar uno o más de submit, read, correct y admin");
    } else {
        key_make(request, name, scopes, is_timed ? json_integer_value(days) : 0);
    }
    json_decref(json);
}

void key_delete(struct request *request) {
    if (store_key_revoke(request->service->store, request->parameters[0], &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, "key revoke", request->parameters[0], NULL);
    answer_empty(request, MHD_HTTP_NO_CONTENT);
}
