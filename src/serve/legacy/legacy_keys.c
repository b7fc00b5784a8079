/* legacy_keys.c - the key endpoints of the earlier service, over this service's keys: a secret is shown once. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "serve/http/auth.h"
#include "serve/http/json_set.h"
#include "serve/http/rate.h"
#include "serve/legacy/legacy_handlers.h"
#include "serve/legacy/legacy_json.h"

enum { KEYS_SHOWN = 1000, NAME_BYTES = 200, PREVIEW_BYTES = 16 };

static void set_time(json_t *json, const char *name, int64_t at_ms) {
    char text[LEGACY_TIME_BYTES];
    if (at_ms < 0) {
        json_object_set_new(json, name, json_null());
        return;
    }
    legacy_time(at_ms, text);
    json_set_text(json, name, text);
}

static bool is_active(const struct key *key) {
    return key->revoked_ms < 0 && (key->expires_ms < 0 || key->expires_ms > store_now_ms());
}

static json_t *key_json(const struct key *key) {
    json_t *json = json_object();
    json_set_text(json, "key_id", key->id);
    json_set_text(json, "name", key->name);
    set_time(json, "created_at", key->created_ms);
    json_object_set_new(json, "usage_count", json_integer((json_int_t)key->use_count));
    return json;
}

static json_t *permissions_json(const char *scopes) {
    json_t *json = json_object();
    for (size_t i = 0; i < AUTH_SCOPES; i++) {
        const char *name = auth_scope_names[i].name;
        int scope = auth_scopes(name);
        json_object_set_new(json, name, json_boolean((auth_scopes(scopes) & scope) == scope));
    }
    return json;
}

/* NULL if missing or empty. */
static const char *option_text(const json_t *options, const char *name) {
    const char *text = json_string_value(json_object_get(options, name));
    return text == NULL || *text == '\0' ? NULL : text;
}

/* A key without permissions may do everything, as in the earlier service; otherwise what is true among them. */
static void scopes_of(const json_t *permissions, char scopes[64]) {
    const char *name;
    json_t *value;
    scopes[0] = '\0';
    json_object_foreach((json_t *)(uintptr_t)permissions, name, value) { /* only read */
        if (json_is_true(value) && auth_scopes(name) > 0 && strlen(scopes) + strlen(name) + 2 < 64) {
            snprintf(scopes + strlen(scopes), 64 - strlen(scopes), "%s%s", scopes[0] == '\0' ? "" : ",", name);
        }
    }
    if (json_object_size(permissions) == 0) {
        snprintf(scopes, 64, "admin");
    }
}

struct new_key {
    char id[ID_BYTES], secret[KEY_SECRET_BYTES], name[NAME_BYTES];
    struct key key;
};

/* False after answering with a problem. */
static bool key_create(struct request *request, enum key_form form, const char *name, const json_t *permissions,
                       struct new_key *made) {
    char hash[KEY_HASH_BYTES], scopes[64];
    scopes_of(permissions, scopes);
    if (scopes[0] == '\0') {
        answer_problem(request, PROBLEM_BAD_REQUEST, "permissions name none of submit, read, correct, admin as true",
                       "permissions no da por verdadero ninguno de submit, read, correct, admin");
        return false;
    }
    auth_key_make(form, made->id, made->secret, hash);
    snprintf(made->name, sizeof made->name, "%s", name);
    made->key = (struct key){made->id, made->name, hash, scopes, store_now_ms(), -1, -1, -1, 0};
    if (store_key_add(request->service->store, &made->key, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return false;
    }
    store_audit(request->service->store, request->actor, "key create", made->id, NULL);
    return true;
}

void legacy_generate_api_key(struct request *request) {
    struct new_key made;
    json_t *options = legacy_body(request);
    if (options == NULL) {
        return;
    }
    const char *name = option_text(options, "name");
    if (key_create(request, KEY_FORM_HEX, name == NULL ? "API Key" : name, NULL, &made)) {
        json_t *json = legacy_answer("success", "exitoso", "Clave creada; guárdela: no se mostrará otra vez");
        json_t *data = key_json(&made.key);
        json_set_text(data, "api_key", made.secret);
        json_object_set_new(data, "is_active", json_true());
        json_object_set_new(json, "data", data);
        answer_json(request, 201, json);
    }
    json_decref(options);
}

void legacy_generate_key(struct request *request) {
    struct new_key made;
    json_t *options = legacy_body(request);
    if (options == NULL) {
        return;
    }
    const char *name = option_text(options, "name");
    const json_t *permissions = json_object_get(options, "permissions");
    if (name == NULL) {
        answer_problem(request, PROBLEM_BAD_REQUEST, "name is missing", "falta name");
    } else if (permissions != NULL && !json_is_object(permissions)) {
        answer_problem(request, PROBLEM_BAD_REQUEST, "permissions must be an object", "permissions debe ser un objeto");
    } else if (key_create(request, KEY_FORM_SHORT, name, permissions, &made)) {
        json_t *json = legacy_answer("success", "exitoso", "Clave creada; guárdela: no se mostrará otra vez");
        json_set_text(json, "api_key", made.secret);
        json_set_text(json, "key_id", made.id);
        answer_json(request, 200, json);
    }
    json_decref(options);
}

/* Newest first. False after answering with a problem. */
static bool keys_have(struct request *request, struct key **keys, size_t *count) {
    if (store_keys(request->service->store, KEYS_SHOWN, &request->arena, keys, count, &request->failure) == LINCE_OK) {
        return true;
    }
    answer_failure(request);
    return false;
}

/* The request's key, in clear for its owner; or else the newest key, whose secret nobody has. */
void legacy_current_api_key(struct request *request) {
    const char *secret = request_secret(request);
    struct key *keys, own;
    size_t count, newest = 0;
    bool is_own = secret != NULL &&
                  auth_key_find(request->service->store, secret, &request->arena, &own, &request->failure) == LINCE_OK;
    if (!keys_have(request, &keys, &count)) {
        return;
    }
    while (newest < count && !is_active(&keys[newest])) {
        newest++;
    }
    if (newest == count) {
        legacy_not_found(request, "NOT_FOUND_404", "no key is active", "no hay ninguna clave activa");
        return;
    }
    json_t *json =
        legacy_answer("success", "exitoso", "Una clave se muestra al crearla, y luego solo a quien la envía");
    json_object_update_new(json, key_json(is_own ? &own : &keys[newest]));
    json_set_text(json, "api_key", is_own ? secret : "");
    answer_json(request, 200, json);
}

void legacy_list_api_keys(struct request *request) {
    struct key *keys;
    size_t count;
    json_int_t active = 0;
    if (!keys_have(request, &keys, &count)) {
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        char preview[PREVIEW_BYTES];
        json_t *item = key_json(&keys[i]);
        snprintf(preview, sizeof preview, "%.12s...", keys[i].id);
        json_object_set_new(item, "is_active", json_boolean(is_active(&keys[i])));
        set_time(item, "last_used", keys[i].used_ms);
        json_set_text(item, "api_key_preview", preview);
        json_array_append_new(list, item);
        active += is_active(&keys[i]);
    }
    json_t *json = legacy_answer("success", "exitoso", "Claves");
    json_object_set_new(
        json, "data",
        json_pack("{s:o, s:I, s:I}", "api_keys", list, "total_count", (json_int_t)count, "active_count", active));
    answer_json(request, 200, json);
}

void legacy_list_keys(struct request *request) {
    struct key *keys;
    size_t count;
    if (!keys_have(request, &keys, &count)) {
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *item = key_json(&keys[i]);
        json_set_text(item, "id", keys[i].id);
        set_time(item, "last_used", keys[i].used_ms);
        json_object_set_new(item, "permissions", permissions_json(keys[i].scopes));
        json_array_append_new(list, item);
    }
    json_t *json = legacy_answer("success", "exitoso", "Claves");
    json_object_set_new(json, "keys", list);
    answer_json(request, 200, json);
}

static void answer_invalid(struct request *request, unsigned status, const char *code, const char *english,
                           const char *spanish) {
    if (answer_if_failed(request)) {
        return;
    }
    json_t *json = legacy_failure("error", "error", code, in_language(request->language, english, spanish));
    json_object_set_new(json, "valid", json_false());
    answer_json(request, status, json);
}

void legacy_validate_api_key(struct request *request) {
    struct key key;
    json_t *options = legacy_body(request);
    if (options == NULL) {
        return;
    }
    const char *secret = option_text(options, "api_key");
    if (secret == NULL) {
        answer_invalid(request, 400, "BAD_REQUEST_400", "api_key is missing", "falta api_key");
    } else if (auth_key_find(request->service->store, secret, &request->arena, &key, &request->failure) != LINCE_OK) {
        bool is_none = request->failure.status == LINCE_OK || request->failure.status == LINCE_ERROR_NOT_FOUND;
        if (!is_none || rate_check_wrong_key(request)) {
            answer_invalid(request, 401, "UNAUTHORIZED_401", "the key is unknown, expired or revoked",
                           "la clave es desconocida, caducó o fue revocada");
        }
    } else {
        store_key_used(request->service->store, key.id, NULL);
        key.use_count++;
        json_t *json = legacy_answer("success", "exitoso", "Clave válida");
        json_object_set_new(json, "valid", json_true());
        json_object_set_new(json, "data", key_json(&key));
        answer_json(request, 200, json);
    }
    json_decref(options);
}

void legacy_revoke_key(struct request *request) {
    const char *id = request->parameters[0];
    enum lince_status status = store_key_revoke(request->service->store, id, &request->failure);
    if (status == LINCE_ERROR_NOT_FOUND) {
        legacy_not_found(request, "NOT_FOUND_404", "there is no such key", "no existe esa clave");
    } else if (status != LINCE_OK) {
        answer_failure(request);
    } else {
        store_audit(request->service->store, request->actor, "key revoke", id, NULL);
        answer_json(request, 200, legacy_answer("success", "exitoso", "Clave revocada"));
    }
}
