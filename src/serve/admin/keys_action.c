/* keys_action.c - `lince keys create|list|revoke`, with or without a running service. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/meter.h"
#include "config/settings.h"
#include "serve/admin/action_flags.h"
#include "serve/admin/actions.h"
#include "serve/http/auth.h"

enum { KEYS_SHOWN = 10000 };
static const int64_t DAY_MS = INT64_C(24) * 3600 * 1000;

/* Days in "90d" or "90"; -1 for a key that does not expire, -2 for anything else. */
static int64_t expiry(const char *text) {
    char *end;
    if (text == NULL) {
        return -1;
    }
    long days = strtol(text, &end, 10);
    return end != text && (*end == '\0' || strcmp(end, "d") == 0) && days > 0 && days < 36500
               ? store_now_ms() + days * DAY_MS
               : -2;
}

static enum lince_status create(struct store *store, char *const *flags, struct lince_error *error) {
    char id[ID_BYTES], secret[KEY_SECRET_BYTES], hash[KEY_HASH_BYTES];
    const char *scopes = settings_flag(flags, "scopes"), *name = settings_flag(flags, "name");
    scopes = scopes == NULL ? "submit,read" : scopes;
    int64_t expires_ms = expiry(settings_flag(flags, "expires"));
    if (auth_scopes(scopes) <= 0) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "scopes are submit, read, correct and admin, not \"%s\"",
                         "los permisos son submit, read, correct y admin, no \"%s\"", scopes);
    }
    if (expires_ms == -2) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "--expires takes days, such as 90d",
                         "--expires lleva días, como 90d");
    }
    auth_key_make(KEY_FORM_OWN, id, secret, hash);
    struct key key = {id, name == NULL ? "" : name, hash, scopes, store_now_ms(), expires_ms, -1, -1, 0};
    enum lince_status status = store_key_add(store, &key, error);
    if (status == LINCE_OK) {
        store_audit(store, "lince keys", "key create", id, NULL);
        printf("%s\n", secret); /* shown only now: only its hash is kept */
    }
    return status;
}

static void time_column(int64_t at_ms) {
    char text[TIME_TEXT_BYTES] = "-";
    if (at_ms >= 0) {
        store_time_text(at_ms, text);
    }
    printf("\t%s", text);
}

static enum lince_status list(struct store *store, struct arena *arena, struct lince_error *error) {
    struct key *keys;
    size_t count;
    enum lince_status status = store_keys(store, KEYS_SHOWN, arena, &keys, &count, error);
    printf("id\tname\tscopes\tcreated\texpires\tlast_used\trevoked\n");
    for (size_t i = 0; i < count && status == LINCE_OK; i++) {
        printf("%s\t%s\t%s", keys[i].id, keys[i].name, keys[i].scopes);
        time_column(keys[i].created_ms);
        time_column(keys[i].expires_ms);
        time_column(keys[i].used_ms);
        time_column(keys[i].revoked_ms);
        printf("\n");
    }
    return status;
}

static enum lince_status keys_revoke(struct store *store, char *const *operands, struct lince_error *error) {
    if (operands[0] == NULL) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "name the key's id; see: lince keys list",
                         "indique el id de la clave; vea: lince keys list");
    }
    enum lince_status status = LINCE_OK;
    for (; *operands != NULL && status == LINCE_OK; operands++) {
        status = store_key_revoke(store, *operands, error);
        if (status == LINCE_OK) {
            store_audit(store, "lince keys", "key revoke", *operands, NULL);
        }
    }
    return status;
}

enum lince_status keys_action(const char *action, struct store *store, char *const *flags, char *const *operands,
                              struct lince_error *error) {
    struct meter meter;
    struct arena arena;
    meter_init(&meter, NULL, "keys", METER_NO_LIMIT);
    arena_init(&arena, &meter, 4096);
    enum lince_status status = strcmp(action, "keys-create") == 0 ? create(store, flags, error)
                               : strcmp(action, "keys-list") == 0 ? list(store, &arena, error)
                                                                  : keys_revoke(store, operands, error);
    arena_clear(&arena);
    return status;
}
