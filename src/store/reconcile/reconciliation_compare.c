/*
 * reconciliation_compare.c - gives out movements and receipts for comparison, a few bytes each, and stores the matches.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/reconcile/receipt_write.h"
#include "store/reconcile/reconciliations.h"
#include "store/store_internal.h"

static enum lince_status entries_give(struct sql *sql, struct sql_statement *row, reconciliation_entry_take take,
                                      void *context, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    while (sql_row(sql, row, &status, error)) {
        struct reconciliation_entry entry = {.key = sql_integer(row, 0),
                                             .amount = sql_integer(row, 1),
                                             .date = sql_needed(row, 2),
                                             .reference = sql_needed(row, 3),
                                             .is_decided = sql_integer(row, 4) != 0,
                                             .is_duplicate = sql_integer(row, 5) != 0};
        if (!take(context, &entry)) {
            sql_done(row);
            break;
        }
    }
    return status;
}

enum lince_status store_reconciliation_lines(struct store *store, int64_t seq, reconciliation_entry_take take,
                                             void *context, struct lince_error *error) {
    struct sql *sql = &store->reader;
    sql_lock(sql);
    struct sql_statement *row =
        sql_bind_many(sql,
                      "SELECT l.place, l.amount, l.date, l.reference, coalesce(i.is_decided, 0), 0 FROM"
                      " reconciliation_lines l LEFT JOIN reconciliation_items i ON i.seq=l.item"
                      " WHERE l.reconciliation_seq=? ORDER BY l.place",
                      "i", seq);
    enum lince_status status = entries_give(sql, row, take, context, error);
    sql_unlock(sql);
    return status;
}

enum lince_status store_reconciliation_receipts(struct store *store, int64_t seq, const struct receipt_range *range,
                                                reconciliation_entry_take take, void *context,
                                                struct lince_error *error) {
    struct sql *sql = &store->reader;
    sql_lock(sql);
    struct sql_statement *row = sql_bind_many(
        sql,
        "SELECT d.seq, d.amount, d.paid_date, d.reference, EXISTS (SELECT 1 FROM reconciliation_receipts r JOIN"
        " reconciliation_items i ON i.seq=r.item WHERE r.reconciliation_seq=?1 AND r.document_seq=d.seq AND"
        " i.is_decided=1), d.duplicate_of IS NOT NULL FROM documents d WHERE d.amount>-4611686018427387904 AND"
        " d.status='done' AND ((d.paid_date>=?2 AND d.paid_date<=?3) OR (d.paid_date='' AND d.received_ms>=?4 AND"
        " d.received_ms<?5)) AND (?6='' OR d.bank IN ('', ?6)) AND (?7='' OR d.currency IN ('', ?7)) ORDER BY d.seq",
        "ittiitt", seq, range->since, range->until, range->since_ms, range->until_ms, range->bank, range->currency);
    enum lince_status status = entries_give(sql, row, take, context, error);
    sql_unlock(sql);
    return status;
}

enum lince_status store_reconciliation_aparts(struct store *store, int64_t seq, struct arena *arena,
                                              struct reconciliation_apart **aparts, size_t *count,
                                              struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status = LINCE_OK;
    sql_lock(sql);
    int64_t room = sql_number(sql, 0, "SELECT count(*) FROM reconciliation_apart WHERE reconciliation_seq=?", "i", seq);
    *count = 0;
    *aparts = arena_allocate_zero(arena, (size_t)room + 1, sizeof **aparts);
    struct sql_statement *row =
        *aparts == NULL
            ? NULL
            : sql_bind_many(sql,
                            "SELECT place, document_seq FROM reconciliation_apart WHERE reconciliation_seq=?"
                            " ORDER BY place, document_seq LIMIT ?",
                            "ii", seq, room);
    while (row != NULL && sql_row(sql, row, &status, error)) {
        (*aparts)[(*count)++] = (struct reconciliation_apart){sql_integer(row, 0), sql_integer(row, 1)};
    }
    sql_unlock(sql);
    return *aparts == NULL ? sql_no_memory(error) : status;
}

enum lince_status store_currency_of_days(struct store *store, const char *since, const char *until, struct arena *arena,
                                         const char **currency, struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status;
    *currency = "";
    sql_lock(sql);
    struct sql_statement *row =
        sql_bind(sql,
                 "SELECT currency FROM documents WHERE paid_date>=? AND paid_date<=? AND currency>''"
                 " GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1",
                 "tt", since, until);
    if (sql_row(sql, row, &status, error)) {
        *currency = sql_needed_text(row, 0, arena);
        status = *currency == NULL ? sql_no_memory(error) : LINCE_OK;
        sql_done(row);
    }
    status = sql_check(sql, status, error);
    sql_unlock(sql);
    return status;
}

/* ---- what was found ---- */

enum lince_status reconciliation_receipt_write(struct sql *sql, int64_t seq, int64_t item, const char *id,
                                               int64_t document_seq, bool *found, struct lince_error *error) {
    char both[SEARCHED_BYTES], searched[SEARCHED_BYTES];
    enum lince_status status;
    struct sql_statement *row =
        sql_bind(sql,
                 "SELECT seq, id, name, who, paid_date, amount, reference, bank FROM documents WHERE (id=?1 OR"
                 " seq=?2) AND amount>-4611686018427387904",
                 "ti", id, document_seq);
    *found = sql_row(sql, row, &status, error);
    if (!*found) {
        return status;
    }
    const char *who = sql_needed(row, 3), *name = sql_needed(row, 2), *reference = sql_needed(row, 6);
    snprintf(both, sizeof both, "%s %s %s", reference, who, name);
    search_fold(both, searched, sizeof searched);
    status = sql_run(sql, error,
                     "INSERT INTO reconciliation_receipts (reconciliation_seq, document_seq, item, document_id, name,"
                     " who, date, amount, reference, bank, searched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                     " ON CONFLICT (reconciliation_seq, document_seq) DO UPDATE SET item=excluded.item",
                     "iiittttittt", seq, sql_integer(row, 0), item, sql_needed(row, 1), name, who, sql_needed(row, 4),
                     sql_integer(row, 5), reference, sql_needed(row, 7), searched);
    sql_done(row);
    return status;
}

/* An item begins without a date and takes that of its first movement or receipt. */
static enum lince_status members_write(struct sql *sql, int64_t seq, const struct reconciliation_found *found,
                                       const int64_t *items, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < found->line_count && status == LINCE_OK; i++) {
        if (found->lines[i].group >= 0) {
            status =
                sql_run(sql, error, "UPDATE reconciliation_lines SET item=? WHERE reconciliation_seq=? AND place=?",
                        "iii", items[found->lines[i].group], seq, found->lines[i].key);
        }
    }
    for (size_t i = 0; i < found->receipt_count && status == LINCE_OK; i++) {
        bool is_there;
        if (found->receipts[i].group >= 0) {
            status = reconciliation_receipt_write(sql, seq, items[found->receipts[i].group], NULL,
                                                  found->receipts[i].key, &is_there, error);
        }
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "UPDATE reconciliation_items SET date=coalesce((SELECT min(l.date) FROM reconciliation_lines l"
                         " WHERE l.item=reconciliation_items.seq AND l.date>''), (SELECT min(r.date) FROM"
                         " reconciliation_receipts r WHERE r.item=reconciliation_items.seq), '')"
                         " WHERE reconciliation_seq=? AND is_decided=0",
                         "i", seq);
    }
    /* A document that was removed while it was compared leaves nothing behind. */
    return status != LINCE_OK
               ? status
               : sql_run(sql, error,
                         "DELETE FROM reconciliation_items WHERE reconciliation_seq=? AND NOT EXISTS (SELECT 1 FROM"
                         " reconciliation_lines l WHERE l.item=reconciliation_items.seq) AND NOT EXISTS (SELECT 1 FROM"
                         " reconciliation_receipts r WHERE r.item=reconciliation_items.seq)",
                         "i", seq);
}

static enum lince_status found_write(struct sql *sql, int64_t seq, int64_t version,
                                     const struct reconciliation_found *found, struct lince_error *error) {
    enum lince_status status =
        sql_run(sql, error, "UPDATE reconciliations SET version=version+1, changed_ms=? WHERE seq=? AND version=?",
                "iii", store_now_ms(), seq, version);
    if (status == LINCE_OK && sql_changes(sql) == 0) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "the reconciliation was changed while it was compared; try again",
                         "la conciliación cambió mientras se comparaba; inténtelo de nuevo");
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "DELETE FROM reconciliation_items WHERE reconciliation_seq=? AND is_decided=0",
                         "i", seq);
    }
    int64_t *items = arena_allocate_zero(found->arena, found->group_count + 1, sizeof *items);
    if (items == NULL) {
        return sql_no_memory(error);
    }
    for (size_t group = 0; group < found->group_count && status == LINCE_OK; group++) {
        enum item_state state;
        enum item_how how;
        found->tell(found->context, group, &state, &how);
        status = sql_add(sql, &items[group], error,
                         "INSERT INTO reconciliation_items (reconciliation_seq, state, how, date)"
                         " VALUES (?, ?, ?, '') RETURNING seq",
                         "itt", seq, item_state_name(state), item_how_name(how));
    }
    return status == LINCE_OK ? members_write(sql, seq, found, items, error) : status;
}

enum lince_status store_reconciliation_found(struct store *store, int64_t seq, int64_t version,
                                             const struct reconciliation_found *found, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(sql, found_write(sql, seq, version, found, error), error);
    }
    sql_unlock(sql);
    store_changed(store);
    return status;
}
