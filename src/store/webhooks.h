/* webhooks.h - receivers of events, and the messages that wait for them. */
#ifndef LINCE_STORE_WEBHOOKS_H
#define LINCE_STORE_WEBHOOKS_H

#include "store/store.h"

struct webhook {
    const char *id, *url, *secret, *types; /* types: of events, separated by commas; "": all */
    int64_t created_ms;
};

enum lince_status store_webhook_add(struct store *store, const struct webhook *webhook, struct lince_error *error);
enum lince_status store_webhook_delete(struct store *store, const char *id, struct lince_error *error);
enum lince_status store_webhooks(struct store *store, size_t limit, struct arena *arena, struct webhook **webhooks,
                                 size_t *count, struct lince_error *error);

struct delivery {
    int64_t seq, attempts, next_ms, last_status;
    enum delivery_state state;
    const char *id, *webhook_id, *url, *secret, *body, *last_error;
};

enum { DELIVERIES_AT_ONCE = 4 };

/*
 * The delivery that is due first, leaving out the receivers in `busy` ("" for none). `found` is false if there is none.
 * `next_ms`: when the next one is due; -1 if none waits.
 */
enum lince_status store_delivery_due(struct store *store, const char busy[DELIVERIES_AT_ONCE][ID_BYTES],
                                     struct arena *arena, struct delivery *delivery, bool *found, int64_t *next_ms,
                                     struct lince_error *error);
/* Records the result of an attempt. */
enum lince_status store_delivery_done(struct store *store, const struct delivery *delivery, struct lince_error *error);
/* A message of the type "webhook.test" to this receiver alone, due now. NOT_FOUND. */
enum lince_status store_webhook_test(struct store *store, const char *id, struct lince_error *error);
/* Sends it again, whatever its state. */
enum lince_status store_delivery_resend(struct store *store, const char *id, struct lince_error *error);
/*
 * Puts off all deliveries that wait for a receiver until `until_ms`. Gives up, with `why`, those of events before
 * `old_ms`.
 */
enum lince_status store_deliveries_postpone(struct store *store, const char *webhook_id, int64_t until_ms,
                                            int64_t old_ms, const char *why, struct lince_error *error);
/* Makes the deliveries that were put off until then due now. */
enum lince_status store_deliveries_release(struct store *store, const char *webhook_id, int64_t until_ms,
                                           struct lince_error *error);
enum lince_status store_deliveries(struct store *store, const char *webhook_id, size_t limit, struct arena *arena,
                                   struct delivery **deliveries, size_t *count, struct lince_error *error);

#endif
