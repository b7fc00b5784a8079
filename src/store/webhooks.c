/* webhooks.c - receivers and deliveries in the store. */
#include "store/webhooks.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/store_internal.h"

#define DELIVERY_COLUMNS                                                                                               \
    "d.seq, d.attempts, d.next_ms, d.last_status, d.id, d.webhook_id, w.url, w.secret, d.body, d.last_error, d.state"  \
    " FROM deliveries d JOIN webhooks w ON w.id=d.webhook_id"

static bool delivery_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct delivery *delivery = filled;
    int64_t *numbers[] = {&delivery->seq, &delivery->attempts, &delivery->next_ms, &delivery->last_status};
    const char **texts[] = {&delivery->id,     &delivery->webhook_id, &delivery->url,
                            &delivery->secret, &delivery->body,       &delivery->last_error};
    bool is_whole = true;
    int column = 0;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        *numbers[i] = sql_integer(row, column++);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i] = sql_needed_text(row, column++, arena);
        is_whole = is_whole && *texts[i] != NULL;
    }
    delivery->state = delivery_state_of(sql_needed(row, column));
    return is_whole;
}

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the webhooks", "no hay memoria para los webhooks");
}

/* Ends a transaction whose last statement must have changed a row. */
static enum lince_status change_commit(struct sql *sql, enum lince_status status, const char *id,
                                       struct lince_error *error) {
    if (status == LINCE_OK && sql_changes(sql) == 0) {
        status = error_set(error, LINCE_ERROR_NOT_FOUND, "there is no %s", "no existe %s", id);
    }
    return sql_commit(sql, status, error);
}

/* Runs one statement that must change a row, durably. */
static enum lince_status change(struct store *store, const char *text, const char *id, int64_t now,
                                struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_run(sql, error, text, "ti", id, now);
        status = change_commit(sql, status, id, error);
    }
    sql_unlock(sql);
    store_changed(store);
    return status;
}

enum lince_status store_webhook_add(struct store *store, const struct webhook *webhook, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "INSERT INTO webhooks (id, url, secret, types, created_ms) VALUES (?, ?, ?, ?, ?)",
                         "tttti", webhook->id, webhook->url, webhook->secret, webhook->types, webhook->created_ms);
        status = sql_commit(sql, status, error);
    }
    sql_unlock(sql);
    return status;
}

enum lince_status store_webhook_delete(struct store *store, const char *id, struct lince_error *error) {
    return change(store, "DELETE FROM webhooks WHERE id=?1 AND ?2>0", id, 1, error);
}

enum lince_status store_webhook_test(struct store *store, const char *id, struct lince_error *error) {
    char body[256], message[ID_BYTES], at[TIME_TEXT_BYTES];
    struct sql *sql = &store->writer;
    int64_t now_ms = store_now_ms();
    store_time_text(now_ms, at);
    store_id(message, "msg");
    snprintf(body, sizeof body, "{\"type\":\"webhook.test\",\"timestamp\":\"%s\",\"data\":{\"webhook\":\"%.40s\"}}", at,
             id);
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "INSERT INTO deliveries (id, webhook_id, event_seq, body, state, next_ms)"
                         " SELECT ?, id, 0, ?, 'waiting', ? FROM webhooks WHERE id=?",
                         "ttit", message, body, now_ms, id);
        status = change_commit(sql, status, id, error);
    }
    sql_unlock(sql);
    store_changed(store);
    return status;
}

enum lince_status store_delivery_resend(struct store *store, const char *id, struct lince_error *error) {
    return change(store, "UPDATE deliveries SET state='waiting', attempts=0, next_ms=?2 WHERE id=?1", id,
                  store_now_ms(), error);
}

static bool webhook_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct webhook *webhook = filled;
    *webhook = (struct webhook){sql_needed_text(row, 0, arena), sql_needed_text(row, 1, arena),
                                sql_needed_text(row, 2, arena), sql_needed_text(row, 3, arena), sql_integer(row, 4)};
    return webhook->id != NULL && webhook->url != NULL && webhook->secret != NULL && webhook->types != NULL;
}

enum lince_status store_webhooks(struct store *store, size_t limit, struct arena *arena, struct webhook **webhooks,
                                 size_t *count, struct lince_error *error) {
    const struct sql_list list = {sizeof **webhooks, limit, webhook_fill, no_memory};
    enum lince_status status;
    *webhooks =
        sql_rows(&store->reader, &list, arena, count, &status, error,
                 "SELECT id, url, secret, types, created_ms FROM webhooks ORDER BY id LIMIT ?", "i", (int64_t)limit);
    return status;
}

/*
 * If several nodes send: the due delivery and its receiver are leased for longer than an attempt takes. So no other
 * node sends it, or another message to that receiver, at the same time.
 */
static int64_t delivery_lease(struct sql *sql, const char busy[DELIVERIES_AT_ONCE][ID_BYTES]) {
    return sql_number(sql, -1,
                      "UPDATE deliveries SET until_ms=database_ms()+60000 WHERE seq=(SELECT d.seq FROM deliveries d"
                      " JOIN webhooks w ON w.id=d.webhook_id WHERE d.state='waiting' AND d.next_ms<=?"
                      " AND coalesce(d.until_ms, 0)<database_ms() AND d.webhook_id NOT IN (?, ?, ?, ?)"
                      " AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.webhook_id=d.webhook_id AND"
                      " o.state='waiting' AND o.until_ms>=database_ms()) ORDER BY d.next_ms, d.seq LIMIT 1"
                      " FOR UPDATE SKIP LOCKED) RETURNING seq",
                      "itttt", store_now_ms(), busy[0], busy[1], busy[2], busy[3]);
}

static enum lince_status due_leased(struct store *store, const char busy[DELIVERIES_AT_ONCE][ID_BYTES],
                                    struct arena *arena, struct delivery *delivery, bool *found, int64_t *next_ms,
                                    struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = LINCE_OK;
    *found = false;
    sql_lock(sql);
    *next_ms = sql_number(sql, -1,
                          "SELECT min(next_ms) FROM deliveries WHERE state='waiting' AND coalesce(until_ms, 0)<"
                          "database_ms() AND webhook_id NOT IN (?, ?, ?, ?)",
                          "tttt", busy[0], busy[1], busy[2], busy[3]);
    int64_t seq = *next_ms < 0 || *next_ms > store_now_ms() ? -1 : delivery_lease(sql, busy);
    struct sql_statement *row = seq < 0 ? NULL : sql_bind(sql, "SELECT " DELIVERY_COLUMNS " WHERE d.seq=?", "i", seq);
    if (row != NULL && sql_row(sql, row, &status, error)) {
        *found = delivery_fill(row, arena, delivery);
        status = *found ? LINCE_OK : no_memory(error);
        sql_done(row);
    }
    if (seq < 0 && *next_ms >= 0 && *next_ms <= store_now_ms()) {
        *next_ms = store_now_ms() + 1000; /* another node is sending to that receiver */
    }
    status = sql_check(sql, status, error);
    sql_unlock(sql);
    return status;
}

enum lince_status store_delivery_due(struct store *store, const char busy[DELIVERIES_AT_ONCE][ID_BYTES],
                                     struct arena *arena, struct delivery *delivery, bool *found, int64_t *next_ms,
                                     struct lince_error *error) {
    if (store->is_shared) {
        return due_leased(store, busy, arena, delivery, found, next_ms, error);
    }
    struct sql *sql = &store->reader;
    enum lince_status status;
    *found = false;
    sql_lock(sql);
    *next_ms = sql_number(sql, -1,
                          "SELECT min(next_ms) FROM deliveries WHERE state='waiting' AND webhook_id NOT IN"
                          " (?, ?, ?, ?)",
                          "tttt", busy[0], busy[1], busy[2], busy[3]);
    struct sql_statement *row = sql_bind(sql,
                                         "SELECT " DELIVERY_COLUMNS " WHERE d.state='waiting' AND d.next_ms<=?"
                                         " AND d.webhook_id NOT IN (?, ?, ?, ?) ORDER BY d.next_ms, d.seq LIMIT 1",
                                         "itttt", store_now_ms(), busy[0], busy[1], busy[2], busy[3]);
    if (sql_row(sql, row, &status, error)) {
        *found = delivery_fill(row, arena, delivery);
        status = *found ? LINCE_OK : no_memory(error);
        sql_done(row);
    }
    status = sql_check(sql, status, error);
    sql_unlock(sql);
    return status;
}

enum lince_status store_delivery_done(struct store *store, const struct delivery *delivery, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_run(
        sql, error,
        sql_either(sql,
                   "UPDATE deliveries SET state=?, attempts=?, next_ms=?, last_status=?, last_error=? WHERE seq=?"
                   " AND state='waiting'",
                   "UPDATE deliveries SET state=?, attempts=?, next_ms=?, last_status=?, last_error=?, until_ms=NULL"
                   " WHERE seq=? AND state='waiting'"),
        "tiiiti", delivery_state_name(delivery->state), delivery->attempts, delivery->next_ms, delivery->last_status,
        delivery->last_error, delivery->seq);
    sql_unlock(sql);
    return status;
}

enum lince_status store_deliveries_postpone(struct store *store, const char *webhook_id, int64_t until_ms,
                                            int64_t old_ms, const char *why, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, false, error);
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "UPDATE deliveries SET state='dead', last_error=?3 WHERE webhook_id=?1 AND state='waiting'"
                         " AND event_seq <= (SELECT coalesce(max(seq), 0) FROM events WHERE at_ms < ?2)",
                         "tit", webhook_id, old_ms, why);
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "UPDATE deliveries SET next_ms=?2 WHERE webhook_id=?1 AND state='waiting' AND next_ms<?2",
                         "ti", webhook_id, until_ms);
    }
    status = sql_commit(sql, status, error);
    sql_unlock(sql);
    return status;
}

enum lince_status store_deliveries_release(struct store *store, const char *webhook_id, int64_t until_ms,
                                           struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status =
        sql_run(sql, error, "UPDATE deliveries SET next_ms=?3 WHERE webhook_id=?1 AND state='waiting' AND next_ms=?2",
                "tii", webhook_id, until_ms, store_now_ms());
    sql_unlock(sql);
    return status;
}

enum lince_status store_deliveries(struct store *store, const char *webhook_id, size_t limit, struct arena *arena,
                                   struct delivery **deliveries, size_t *count, struct lince_error *error) {
    const struct sql_list list = {sizeof **deliveries, limit, delivery_fill, no_memory};
    enum lince_status status;
    *deliveries = sql_rows(&store->reader, &list, arena, count, &status, error,
                           "SELECT " DELIVERY_COLUMNS " WHERE d.webhook_id=? ORDER BY d.seq DESC LIMIT ?", "ti",
                           webhook_id, (int64_t)limit);
    return status;
}
