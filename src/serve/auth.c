/* auth.c - API keys: "lince_", an id to find it by, and a secret of which only the hash is kept. */
#include "serve/auth.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"

enum { ID_TEXT_BYTES = 16, RANDOM_BYTES = 24 };

static void secret_hash(const char *secret, char hash[KEY_HASH_BYTES]) {
    unsigned char bytes[32];
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)secret, strlen(secret), NULL, 0);
    sodium_bin2hex(hash, KEY_HASH_BYTES, bytes, sizeof bytes);
}

void auth_key_make(char id[ID_BYTES], char secret[KEY_SECRET_BYTES], char hash[KEY_HASH_BYTES]) {
    unsigned char name[ID_TEXT_BYTES / 2], random[RANDOM_BYTES];
    char text[sodium_base64_ENCODED_LEN(RANDOM_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    randombytes_buf(name, sizeof name);
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(id, ID_TEXT_BYTES + 1, name, sizeof name);
    sodium_bin2base64(text, sizeof text, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    snprintf(secret, KEY_SECRET_BYTES, "lince_%s_%s", id, text);
    secret_hash(secret, hash);
    sodium_memzero(random, sizeof random);
    sodium_memzero(text, sizeof text);
}

int auth_scopes(const char *text) {
    static const struct {
        const char *name;
        int scope;
    } names[] = {{"submit", SCOPE_SUBMIT}, {"read", SCOPE_READ}, {"correct", SCOPE_CORRECT}, {"admin", SCOPE_ALL}};
    int scopes = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, ",");
        int found = -1;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (strlen(names[i].name) == length && strncmp(names[i].name, text, length) == 0) {
                found = names[i].scope;
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

bool auth_key_find(struct store *store, const char *secret, struct arena *arena, struct key *key) {
    char id[ID_TEXT_BYTES + 1] = "", hash[KEY_HASH_BYTES];
    if (strncmp(secret, "lince_", 6) == 0 && strnlen(secret, KEY_SECRET_BYTES) < KEY_SECRET_BYTES &&
        strlen(secret) > 6 + ID_TEXT_BYTES) {
        memcpy(id, secret + 6, ID_TEXT_BYTES);
    }
    secret_hash(secret, hash); /* always, so that an unknown id takes as long as a wrong secret */
    if (id[0] == '\0' || store_key(store, id, arena, key, NULL) != LINCE_OK || strlen(key->hash) != strlen(hash)) {
        return false;
    }
    int64_t now = store_now_ms();
    return sodium_memcmp(key->hash, hash, strlen(hash)) == 0 && key->revoked_ms < 0 &&
           (key->expires_ms < 0 || key->expires_ms > now);
}

static const char *secret_of(struct request *request) {
    const char *secret = request_header(request, "X-API-Key");
    const char *bearer = request_header(request, MHD_HTTP_HEADER_AUTHORIZATION);
    if (secret == NULL && bearer != NULL && strncasecmp(bearer, "Bearer ", 7) == 0) {
        secret = bearer + 7;
    }
    return secret;
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

bool auth_check(struct request *request) {
    const char *secret = secret_of(request);
    struct key key;
    actor_by_address(request);
    if (request->route->scope == SCOPE_NONE || !request->service->needs_keys) {
        return true;
    }
    if (secret == NULL) {
        answer_problem(request, PROBLEM_UNAUTHORIZED,
                       "send a key as \"Authorization: Bearer ...\" or \"X-API-Key: ...\"",
                       "envíe una clave con \"Authorization: Bearer ...\" o \"X-API-Key: ...\"");
        return false;
    }
    if (!auth_key_find(request->service->store, secret, &request->arena, &key)) {
        answer_problem(request, PROBLEM_UNAUTHORIZED, "the key is unknown, expired or revoked",
                       "la clave es desconocida, caducó o fue revocada");
        return false;
    }
    snprintf(request->actor, sizeof request->actor, "%s", key.id);
    int scopes = auth_scopes(key.scopes);
    if (scopes < 0 || (scopes & (int)request->route->scope) == 0) {
        answer_problem(request, PROBLEM_FORBIDDEN, "the key %s has the scopes %s", "la clave %s tiene los permisos %s",
                       key.id, key.scopes);
        return false;
    }
    if (store_now_ms() - key.used_ms > 60000) {
        store_key_used(request->service->store, key.id, NULL);
    }
    return true;
}
