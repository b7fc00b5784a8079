/* auth.h - who sent the request, and whether the key allows it. */
#ifndef LINCE_SERVE_HTTP_AUTH_H
#define LINCE_SERVE_HTTP_AUTH_H

#include "serve/http/request.h"
#include "store/keys.h"

/* Sets request->actor. False after answering 401 or 403. */
bool auth_check(struct request *request);

enum { KEY_SECRET_BYTES = 100, KEY_HASH_BYTES = 65 };

/* The form of a key: "lince_ID_...", or as the earlier service's clients expect. */
enum key_form {
    KEY_FORM_OWN,
    KEY_FORM_HEX,  /* 64 hexadecimal digits; its id is "ocr_" and 16 of them */
    KEY_FORM_SHORT /* "ocr_" and 32 characters; its id is a UUID */
};

/* Makes a key: its id, the secret for its owner, and the hash to store. */
void auth_key_make(enum key_form form, char id[ID_BYTES], char secret[KEY_SECRET_BYTES], char hash[KEY_HASH_BYTES]);
/* The names of the scopes, each with its bit. A key with "admin" may do everything. */
enum { AUTH_SCOPES = 4 };
struct auth_scope {
    const char *name;
    enum scope scope;
};
extern const struct auth_scope auth_scope_names[AUTH_SCOPES];
/* "submit,read" as bits of enum scope, "admin" as all of them; -1 if a word is unknown. */
int auth_scopes(const char *text);
/* The key with that secret. LINCE_ERROR_NOT_FOUND: no valid one. */
enum lince_status auth_key_find(struct store *store, const char *secret, struct arena *arena, struct key *key,
                                struct lince_error *error);

/* Answers an invalid key: 401, or 429 if too many came from its address. */
void auth_answer_wrong_key(struct request *request);
/* The key that the request sends, in a header or through its session; LINCE_ERROR_NOT_FOUND without a valid one. */
enum lince_status auth_key_of(struct request *request, struct key *key);

#endif
