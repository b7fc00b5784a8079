/* keys.h - API keys in the store. */
#ifndef LINCE_STORE_KEYS_H
#define LINCE_STORE_KEYS_H

#include "store/store.h"

struct key {
    const char *id, *name, *hash, *scopes;
    int64_t created_ms, expires_ms, revoked_ms, used_ms, use_count;
};

enum lince_status store_key_add(struct store *store, const struct key *key, struct lince_error *error);
enum lince_status store_key(struct store *store, const char *id, struct arena *arena, struct key *key,
                            struct lince_error *error);
/* Newest first. */
enum lince_status store_keys(struct store *store, size_t limit, struct arena *arena, struct key **keys, size_t *count,
                             struct lince_error *error);
enum lince_status store_key_revoke(struct store *store, const char *id, struct lince_error *error);
/* Notes a use, at most once a minute. */
enum lince_status store_key_used(struct store *store, const char *id, struct lince_error *error);

/* Records who did what, permanently. */
enum lince_status store_audit(struct store *store, const char *actor, const char *action, const char *target,
                              struct lince_error *error);

#endif
