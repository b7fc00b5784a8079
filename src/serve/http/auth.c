/* auth.c - API keys: "lince_", an id to find it by, and a secret of which only the hash is kept. */
#include "serve/http/auth.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "serve/http/rate.h"
#include "serve/http/session_cookie.h"

enum { ID_TEXT_BYTES = 16, RANDOM_BYTES = 24, HEX_RANDOM_BYTES = 32, DIGEST_BYTES = 16 };
static const char OWN[] = "lince_", SHORT[] = "ocr_";

static void secret_hash(const char *secret, char hash[KEY_HASH_BYTES]) {
    unsigned char bytes[32];
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)secret, strlen(secret), NULL, 0);
    sodium_bin2hex(hash, KEY_HASH_BYTES, bytes, sizeof bytes);
}

/*
 * Keys of the earlier forms have no id. Theirs is a digest of the secret under a key of its own, so it reveals nothing
 * about the stored hash.
 */
static void digest_hex(const char *secret, char hex[2 * DIGEST_BYTES + 1]) {
    static const unsigned char purpose[crypto_generichash_KEYBYTES] = "id of an API key";
    unsigned char digest[DIGEST_BYTES];
    crypto_generichash(digest, sizeof digest, (const unsigned char *)secret, strlen(secret), purpose, sizeof purpose);
    digest[6] = (unsigned char)((digest[6] & 0x0f) | 0x80); /* version 8 of UUIDs: by a rule of our own */
    digest[8] = (unsigned char)((digest[8] & 0x3f) | 0x80);
    sodium_bin2hex(hex, 2 * DIGEST_BYTES + 1, digest, sizeof digest);
}

/* The id of the key that the text is; "" if it has no form of a key. */
static void id_of(const char *secret, char id[ID_BYTES]) {
    size_t length = strnlen(secret, KEY_SECRET_BYTES);
    char hex[2 * DIGEST_BYTES + 1];
    id[0] = '\0';
    if (length == KEY_SECRET_BYTES) {
        return;
    }
    digest_hex(secret, hex);
    if (strncmp(secret, OWN, strlen(OWN)) == 0 && length > strlen(OWN) + ID_TEXT_BYTES) {
        snprintf(id, ID_BYTES, "%.*s", ID_TEXT_BYTES, secret + strlen(OWN));
    } else if (strncmp(secret, SHORT, strlen(SHORT)) == 0 && length == strlen(SHORT) + 32) {
        snprintf(id, ID_BYTES, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
    } else if (length == 2 * HEX_RANDOM_BYTES && strspn(secret, "0123456789abcdef") == length) {
        snprintf(id, ID_BYTES, "%s%.16s", SHORT, hex);
    }
}

void auth_key_make(enum key_form form, char id[ID_BYTES], char secret[KEY_SECRET_BYTES], char hash[KEY_HASH_BYTES]) {
    unsigned char name[ID_TEXT_BYTES / 2], random[HEX_RANDOM_BYTES];
    char text[sodium_base64_ENCODED_LEN(RANDOM_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    char name_text[ID_TEXT_BYTES + 1];
    randombytes_buf(name, sizeof name);
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(name_text, sizeof name_text, name, sizeof name);
    sodium_bin2base64(text, sizeof text, random, RANDOM_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    if (form == KEY_FORM_HEX) {
        sodium_bin2hex(secret, KEY_SECRET_BYTES, random, sizeof random);
    } else if (form == KEY_FORM_SHORT) {
        snprintf(secret, KEY_SECRET_BYTES, "%s%s", SHORT, text);
    } else {
        snprintf(secret, KEY_SECRET_BYTES, "%s%s_%s", OWN, name_text, text);
    }
    id_of(secret, id);
    secret_hash(secret, hash);
    sodium_memzero(random, sizeof random);
    sodium_memzero(text, sizeof text);
}

const struct auth_scope auth_scope_names[AUTH_SCOPES] = {
    {"submit", SCOPE_SUBMIT}, {"read", SCOPE_READ}, {"correct", SCOPE_CORRECT}, {"admin", SCOPE_ADMIN}};

int auth_scopes(const char *text) {
    int scopes = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, ",");
        int found = -1;
        for (size_t i = 0; i < AUTH_SCOPES; i++) {
            const struct auth_scope *known = &auth_scope_names[i];
            if (strlen(known->name) == length && strncmp(known->name, text, length) == 0) {
                found = known->scope == SCOPE_ADMIN ? SCOPE_ALL : (int)known->scope;
            }
        }
        if (found < 0) {
            return -1;
        }
        scopes |= found;
        text += length + (text[length] == ',');
    }
    return scopes;
}

static bool is_valid_now(const struct key *key) {
    return key->revoked_ms < 0 && (key->expires_ms < 0 || key->expires_ms > store_now_ms());
}

enum lince_status auth_key_find(struct store *store, const char *secret, struct arena *arena, struct key *key,
                                struct lince_error *error) {
    char id[ID_BYTES], hash[KEY_HASH_BYTES];
    id_of(secret, id);
    secret_hash(secret, hash); /* always, so that an unknown id takes as long as a wrong secret */
    enum lince_status status = id[0] == '\0' ? LINCE_ERROR_NOT_FOUND : store_key(store, id, arena, key, error);
    if (status != LINCE_OK) {
        return status;
    }
    bool is_valid =
        strlen(key->hash) == strlen(hash) && sodium_memcmp(key->hash, hash, strlen(hash)) == 0 && is_valid_now(key);
    return is_valid ? LINCE_OK : LINCE_ERROR_NOT_FOUND;
}

static void actor_by_address(struct request *request) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info == NULL ? NULL : info->client_addr;
    snprintf(request->actor, sizeof request->actor, "local");
    if (address != NULL && address->sa_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, request->actor,
                  sizeof request->actor);
    } else if (address != NULL && address->sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, request->actor,
                  sizeof request->actor);
    }
}

enum lince_status auth_key_of(struct request *request, struct key *key) {
    const char *secret = request_secret(request);
    char id[ID_BYTES];
    if (secret != NULL) {
        return auth_key_find(request->service->store, secret, &request->arena, key, &request->failure);
    }
    if (!session_key_id(request, id)) {
        return LINCE_ERROR_NOT_FOUND;
    }
    enum lince_status status = store_key(request->service->store, id, &request->arena, key, &request->failure);
    return status == LINCE_OK && !is_valid_now(key) ? LINCE_ERROR_NOT_FOUND : status;
}

void auth_answer_wrong_key(struct request *request) {
    if (rate_check_wrong_key(request)) {
        answer_problem(request, PROBLEM_UNAUTHORIZED, "the key is unknown, expired or revoked",
                       "la clave es desconocida, caducó o fue revocada");
    }
}

bool auth_check(struct request *request) {
    struct key key;
    actor_by_address(request);
    request->scopes = request->service->needs_keys ? 0 : SCOPE_ALL;
    if (request->route->scope == SCOPE_NONE || !request->service->needs_keys) {
        return true;
    }
    enum lince_status status = auth_key_of(request, &key);
    if (status == LINCE_ERROR_NOT_FOUND && request_secret(request) == NULL) {
        answer_problem(request, PROBLEM_UNAUTHORIZED,
                       "send a key as \"Authorization: Bearer ...\" or \"X-API-Key: ...\"",
                       "envíe una clave con \"Authorization: Bearer ...\" o \"X-API-Key: ...\"");
        return false;
    }
    if (status != LINCE_OK && status != LINCE_ERROR_NOT_FOUND) {
        answer_failure(request);
        return false;
    }
    if (status != LINCE_OK) {
        auth_answer_wrong_key(request);
        return false;
    }
    request->has_key = true;
    snprintf(request->actor, sizeof request->actor, "%s", key.id);
    int scopes = auth_scopes(key.scopes);
    if (scopes < 0 || (scopes & (int)request->route->scope) == 0) {
        answer_problem(request, PROBLEM_FORBIDDEN, "the key %s has the scopes %s", "la clave %s tiene los permisos %s",
                       key.id, key.scopes);
        return false;
    }
    request->scopes = scopes;
    if (store_now_ms() - key.used_ms > 60000) {
        store_key_used(request->service->store, key.id, NULL);
    }
    return true;
}
