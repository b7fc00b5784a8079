/*
 * reconciliation_items.c - the items of a comparison with their movements and receipts, their counts, and decisions on
 * them.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/reconcile/receipt_write.h"
#include "store/reconcile/reconciliations.h"
#include "store/store_internal.h"

enum { MEMBERS_MOST = 500 };

/* ---- items ---- */

static enum lince_status lines_fill(struct sql *sql, struct arena *arena, struct reconciliation_item *item,
                                    struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    size_t room = (size_t)sql_number(sql, 0, "SELECT count(*) FROM reconciliation_lines WHERE item=?", "i", item->seq);
    item->lines = arena_allocate_zero(arena, room + 1, sizeof *item->lines);
    struct sql_statement *row = sql_bind(sql,
                                         "SELECT place, amount, date, reference, description FROM reconciliation_lines"
                                         " WHERE item=? ORDER BY place LIMIT ?",
                                         "ii", item->seq, (int64_t)room);
    while (item->lines != NULL && sql_row(sql, row, &status, error)) {
        struct reconciliation_line *line = &item->lines[item->line_count++];
        *line = (struct reconciliation_line){(uint32_t)sql_integer(row, 0), sql_integer(row, 1),
                                             sql_needed_text(row, 2, arena), sql_needed_text(row, 3, arena),
                                             sql_needed_text(row, 4, arena)};
        if (line->date == NULL || line->reference == NULL || line->description == NULL) {
            sql_done(row);
            return sql_no_memory(error);
        }
    }
    return item->lines == NULL ? sql_no_memory(error) : status;
}

static enum lince_status receipts_fill(struct sql *sql, struct arena *arena, struct reconciliation_item *item,
                                       struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    size_t room =
        (size_t)sql_number(sql, 0, "SELECT count(*) FROM reconciliation_receipts WHERE item=?", "i", item->seq);
    item->receipts = arena_allocate_zero(arena, room + 1, sizeof *item->receipts);
    struct sql_statement *row = sql_bind(sql,
                                         "SELECT document_id, name, who, date, reference, bank, amount FROM"
                                         " reconciliation_receipts WHERE item=? ORDER BY date, document_seq LIMIT ?",
                                         "ii", item->seq, (int64_t)room);
    while (item->receipts != NULL && sql_row(sql, row, &status, error)) {
        struct reconciliation_receipt *receipt = &item->receipts[item->receipt_count++];
        const char **texts[] = {&receipt->id,   &receipt->name,      &receipt->who,
                                &receipt->date, &receipt->reference, &receipt->bank};
        receipt->amount = sql_integer(row, 6);
        for (int i = 0; i < 6; i++) {
            *texts[i] = sql_needed_text(row, i, arena);
            if (*texts[i] == NULL) {
                sql_done(row);
                return sql_no_memory(error);
            }
        }
    }
    return item->receipts == NULL ? sql_no_memory(error) : status;
}

#define ITEM_COLUMNS                                                                                                   \
    "i.seq, coalesce(i.decided_ms, -1), i.state, i.how, i.date, i.actor, i.note, i.is_decided FROM "                   \
    "reconciliation_items i"

static bool item_fill(struct sql_statement *row, struct arena *arena, struct reconciliation_item *item) {
    *item = (struct reconciliation_item){.seq = sql_integer(row, 0),
                                         .decided_ms = sql_integer(row, 1),
                                         .state = item_state_of(sql_needed(row, 2)),
                                         .how = item_how_of(sql_needed(row, 3)),
                                         .date = sql_needed_text(row, 4, arena),
                                         .actor = sql_needed_text(row, 5, arena),
                                         .note = sql_needed_text(row, 6, arena),
                                         .is_decided = sql_integer(row, 7) != 0};
    return item->date != NULL && item->actor != NULL && item->note != NULL;
}

static enum lince_status members_fill(struct sql *sql, struct arena *arena, struct reconciliation_item *items,
                                      size_t count, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < count && status == LINCE_OK; i++) {
        status = lines_fill(sql, arena, &items[i], error);
        status = status == LINCE_OK ? receipts_fill(sql, arena, &items[i], error) : status;
    }
    return status;
}

enum lince_status store_reconciliation_items(struct store *store, int64_t seq,
                                             const struct reconciliation_filter *filter, struct arena *arena,
                                             struct reconciliation_item **items, size_t *count,
                                             struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status = LINCE_OK;
    char folded[512] = "";
    *count = 0;
    *items = arena_allocate_zero(arena, filter->limit, sizeof **items);
    if (*items == NULL) {
        return sql_no_memory(error);
    }
    if (filter->text != NULL) {
        search_fold(filter->text, folded, sizeof folded);
    }
    sql_lock(sql);
    struct sql_statement *row = sql_bind(
        sql,
        "SELECT " ITEM_COLUMNS " WHERE i.reconciliation_seq=?1 AND (?2 IS NULL OR i.state=?2) AND"
        " (?3 IS NULL OR i.is_decided=?3) AND (?4 IS NULL OR (i.date, i.seq) > ((SELECT k.date FROM"
        " reconciliation_items k WHERE k.seq=?4), ?4)) AND (?5='' OR EXISTS (SELECT 1 FROM reconciliation_lines l WHERE"
        " l.item=i.seq AND (l.amount=?6 OR l.amount=-?6 OR instr(l.searched, ?5) > 0))"
        " OR EXISTS (SELECT 1 FROM reconciliation_receipts r WHERE r.item=i.seq AND (r.amount=?6 OR instr(r.searched, "
        "?5) > 0))) ORDER BY i.date, i.seq LIMIT ?7",
        "itnntii", seq, filter->state < 0 ? NULL : item_state_name(filter->state), (int64_t)filter->is_decided,
        filter->after_item, folded, filter->amount, (int64_t)filter->limit);
    while (sql_row(sql, row, &status, error)) {
        if (!item_fill(row, arena, &(*items)[*count])) {
            status = sql_no_memory(error);
            sql_done(row);
            break;
        }
        ++*count;
    }
    status = status == LINCE_OK ? members_fill(sql, arena, *items, *count, error) : status;
    sql_unlock(sql);
    return status;
}

enum lince_status store_reconciliation_days(struct store *store, int64_t seq, char since[16], char until[16],
                                            struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status;
    since[0] = until[0] = '\0';
    sql_lock(sql);
    struct sql_statement *row = sql_bind(
        sql,
        "SELECT coalesce(min(date), ''), coalesce(max(date), '') FROM reconciliation_lines WHERE reconciliation_seq=?"
        " AND date>''",
        "i", seq);
    if (sql_row(sql, row, &status, error)) {
        snprintf(since, 16, "%s", sql_needed(row, 0));
        snprintf(until, 16, "%s", sql_needed(row, 1));
        sql_done(row);
    }
    status = sql_check(sql, status, error);
    sql_unlock(sql);
    return status;
}

enum lince_status store_reconciliation_item(struct store *store, int64_t seq, int64_t item, struct arena *arena,
                                            struct reconciliation_item *found, struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status;
    sql_lock(sql);
    struct sql_statement *row =
        sql_bind(sql, "SELECT " ITEM_COLUMNS " WHERE i.reconciliation_seq=? AND i.seq=?", "ii", seq, item);
    if (sql_row(sql, row, &status, error)) {
        status = item_fill(row, arena, found) ? LINCE_OK : sql_no_memory(error);
        sql_done(row);
        status = status == LINCE_OK ? members_fill(sql, arena, found, 1, error) : status;
    } else if (status == LINCE_OK) {
        status = error_set(error, LINCE_ERROR_NOT_FOUND, "the reconciliation has no item %lld",
                           "la conciliación no tiene el grupo %lld", (long long)item);
    }
    status = sql_check(sql, status, error);
    sql_unlock(sql);
    return status;
}

/* ---- counts ---- */

enum lince_status store_reconciliation_counts(struct store *store, int64_t seq,
                                              struct reconciliation_count counts[ITEM_STATES],
                                              struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status;
    memset(counts, 0, ITEM_STATES * sizeof *counts);
    sql_lock(sql);
    struct sql_statement *row = sql_bind(
        sql,
        "SELECT state, sum(items), sum(decided), sum(lines), sum(receipts), sum(line_sum), sum(receipt_sum) FROM ("
        "SELECT state, count(*) items, sum(is_decided) decided, 0 lines, 0 receipts, 0 line_sum, 0 receipt_sum FROM"
        " reconciliation_items WHERE reconciliation_seq=?1 GROUP BY state UNION ALL "
        "SELECT i.state, 0, 0, count(*), 0, sum(CASE WHEN l.amount>-4611686018427387904 THEN l.amount ELSE 0 END),"
        " 0 FROM reconciliation_lines l JOIN reconciliation_items i ON i.seq=l.item WHERE l.reconciliation_seq=?1"
        " GROUP BY i.state UNION ALL "
        "SELECT i.state, 0, 0, 0, count(*), 0, sum(r.amount) FROM reconciliation_receipts r JOIN reconciliation_items i"
        " ON i.seq=r.item WHERE r.reconciliation_seq=?1 GROUP BY i.state) AS parts GROUP BY state",
        "i", seq);
    while (sql_row(sql, row, &status, error)) {
        enum item_state state = item_state_of(sql_needed(row, 0));
        if (state != ITEM_STATES) {
            counts[state] = (struct reconciliation_count){.items = sql_integer(row, 1),
                                                          .decided = sql_integer(row, 2),
                                                          .lines = sql_integer(row, 3),
                                                          .receipts = sql_integer(row, 4),
                                                          .line_hundredths = sql_integer(row, 5),
                                                          .receipt_hundredths = sql_integer(row, 6)};
        }
    }
    sql_unlock(sql);
    return status;
}

/* ---- deciding ---- */

/* Items that lose members, and the members that each keeps. */
struct deciding {
    struct sql *sql;
    int64_t seq, item;
    int64_t former[MEMBERS_MOST];
    size_t former_count;
};

static void former_note(struct deciding *deciding, int64_t item) {
    for (size_t i = 0; i < deciding->former_count; i++) {
        if (deciding->former[i] == item) {
            return;
        }
    }
    if (item != deciding->item && deciding->former_count < MEMBERS_MOST) {
        deciding->former[deciding->former_count++] = item;
    }
}

static enum lince_status item_make(struct deciding *deciding, enum item_state state, enum item_how how, int64_t *item,
                                   struct lince_error *error) {
    return sql_add(deciding->sql, item, error,
                   "INSERT INTO reconciliation_items (reconciliation_seq, state, how, date) VALUES (?, ?, ?, '')"
                   " RETURNING seq",
                   "itt", deciding->seq, item_state_name(state), item_how_name(how));
}

static enum lince_status line_take(struct deciding *deciding, int64_t place, struct lince_error *error) {
    struct sql *sql = deciding->sql;
    int64_t former =
        sql_number(sql, -1, "SELECT coalesce(item, 0) FROM reconciliation_lines WHERE reconciliation_seq=? AND place=?",
                   "ii", deciding->seq, place);
    if (former < 0) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "the statement has no movement in row %lld",
                         "el estado de cuenta no tiene ningún movimiento en la fila %lld", (long long)place);
    }
    former_note(deciding, former);
    return sql_run(sql, error, "UPDATE reconciliation_lines SET item=? WHERE reconciliation_seq=? AND place=?", "iii",
                   deciding->item, deciding->seq, place);
}

/* A receipt that was not compared is added as it is now. */
static enum lince_status receipt_take(struct deciding *deciding, const char *id, struct lince_error *error) {
    struct sql *sql = deciding->sql;
    int64_t former =
        sql_number(sql, -1, "SELECT item FROM reconciliation_receipts WHERE reconciliation_seq=? AND document_id=?",
                   "it", deciding->seq, id);
    if (former >= 0) {
        former_note(deciding, former);
        return sql_run(sql, error,
                       "UPDATE reconciliation_receipts SET item=? WHERE reconciliation_seq=? AND document_id=?", "iit",
                       deciding->item, deciding->seq, id);
    }
    bool found;
    enum lince_status status = reconciliation_receipt_write(sql, deciding->seq, deciding->item, id, -1, &found, error);
    return status != LINCE_OK || found
               ? status
               : error_set(error, LINCE_ERROR_NOT_FOUND, "there is no document %s with an amount",
                           "no existe el documento %s con un monto", id);
}

/* Each member of the item gets an item of its own, without a partner. */
static enum lince_status item_dissolve(struct deciding *deciding, int64_t item, struct lince_error *error) {
    struct sql *sql = deciding->sql;
    enum lince_status status = LINCE_OK;
    int64_t member, own;
    while (status == LINCE_OK &&
           (member = sql_number(sql, -1, "SELECT place FROM reconciliation_lines WHERE item=?", "i", item)) >= 0) {
        status = item_make(deciding, ITEM_MISSING_RECEIPT, ITEM_BY_NOTHING, &own, error);
        status =
            status != LINCE_OK
                ? status
                : sql_run(sql, error, "UPDATE reconciliation_lines SET item=? WHERE reconciliation_seq=? AND place=?",
                          "iii", own, deciding->seq, member);
    }
    while (status == LINCE_OK &&
           (member = sql_number(sql, -1, "SELECT document_seq FROM reconciliation_receipts WHERE item=?", "i", item)) >=
               0) {
        status = item_make(deciding, ITEM_MISSING_LINE, ITEM_BY_NOTHING, &own, error);
        status = status != LINCE_OK ? status
                                    : sql_run(sql, error,
                                              "UPDATE reconciliation_receipts SET item=? WHERE reconciliation_seq=? AND"
                                              " document_seq=?",
                                              "iii", own, deciding->seq, member);
    }
    return status == LINCE_OK ? sql_run(sql, error, "DELETE FROM reconciliation_items WHERE seq=?", "i", item) : status;
}

static enum lince_status apart_write(struct deciding *deciding, const struct reconciliation_decision *decision,
                                     struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < decision->place_count; i++) {
        for (size_t j = 0; j < decision->document_count && status == LINCE_OK; j++) {
            status = sql_run(deciding->sql, error,
                             "INSERT INTO reconciliation_apart (reconciliation_seq, place, document_seq)"
                             " SELECT ?, ?, document_seq FROM reconciliation_receipts WHERE reconciliation_seq=? AND"
                             " document_id=? ON CONFLICT (reconciliation_seq, place, document_seq) DO NOTHING",
                             "iiit", deciding->seq, decision->places[i], deciding->seq, decision->documents[j]);
        }
    }
    return status;
}

static enum lince_status apart_forget(struct deciding *deciding, const struct reconciliation_decision *decision,
                                      struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < decision->place_count; i++) {
        for (size_t j = 0; j < decision->document_count && status == LINCE_OK; j++) {
            status = sql_run(deciding->sql, error,
                             "DELETE FROM reconciliation_apart WHERE reconciliation_seq=? AND place=? AND document_seq"
                             " IN (SELECT document_seq FROM reconciliation_receipts WHERE document_id=?)",
                             "iit", deciding->seq, decision->places[i], decision->documents[j]);
        }
    }
    return status;
}

static enum lince_status dates_write(struct deciding *deciding, struct lince_error *error) {
    return sql_run(deciding->sql, error,
                   "UPDATE reconciliation_items SET date=coalesce((SELECT min(l.date) FROM reconciliation_lines l WHERE"
                   " l.item=reconciliation_items.seq AND l.date>''), (SELECT min(r.date) FROM reconciliation_receipts r"
                   " WHERE r.item=reconciliation_items.seq), '') WHERE reconciliation_seq=? AND date=''",
                   "i", deciding->seq);
}

static enum lince_status members_take(struct deciding *deciding, const struct reconciliation_decision *decision,
                                      struct lince_error *error) {
    /* DECISION_APART and _OPEN dissolve this item again. */
    enum item_state state = decision->kind == DECISION_IGNORED ? ITEM_IGNORED : ITEM_MATCHED;
    enum lince_status status = item_make(deciding, state, ITEM_BY_HAND, &deciding->item, error);
    for (size_t i = 0; i < decision->place_count && status == LINCE_OK; i++) {
        status = line_take(deciding, decision->places[i], error);
    }
    for (size_t i = 0; i < decision->document_count && status == LINCE_OK; i++) {
        status = receipt_take(deciding, decision->documents[i], error);
    }
    return status;
}

static enum lince_status decide(struct deciding *deciding, const struct reconciliation_decision *decision,
                                struct lince_error *error) {
    bool is_kept = decision->kind == DECISION_MATCHED || decision->kind == DECISION_IGNORED;
    enum lince_status status = members_take(deciding, decision, error);
    for (size_t i = 0; i < deciding->former_count && status == LINCE_OK; i++) {
        status = item_dissolve(deciding, deciding->former[i], error);
    }
    if (status == LINCE_OK && is_kept) {
        status = sql_run(deciding->sql, error,
                         "UPDATE reconciliation_items SET is_decided=1, actor=?, note=?, decided_ms=? WHERE seq=?",
                         "ttii", decision->actor, decision->note, store_now_ms(), deciding->item);
        status = status == LINCE_OK ? apart_forget(deciding, decision, error) : status;
    } else if (status == LINCE_OK) {
        status = decision->kind == DECISION_APART ? apart_write(deciding, decision, error)
                                                  : apart_forget(deciding, decision, error);
        status = status == LINCE_OK ? item_dissolve(deciding, deciding->item, error) : status;
        deciding->item = -1;
    }
    if (status == LINCE_OK) {
        status = dates_write(deciding, error);
    }
    return status != LINCE_OK
               ? status
               : sql_run(deciding->sql, error, "UPDATE reconciliations SET version=version+1, changed_ms=? WHERE seq=?",
                         "ii", store_now_ms(), deciding->seq);
}

enum lince_status store_reconciliation_decide(struct store *store, int64_t seq,
                                              const struct reconciliation_decision *decision, int64_t *item,
                                              struct lince_error *error) {
    struct sql *sql = &store->writer;
    struct deciding deciding = {.sql = sql, .seq = seq};
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(sql, decide(&deciding, decision, error), error);
    }
    sql_unlock(sql);
    *item = deciding.item;
    store_changed(store);
    return status;
}
