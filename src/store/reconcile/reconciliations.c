/* reconciliations.c - reconciliations made, listed, removed; their rows, and the movements read from the rows. */
#include "store/reconcile/reconciliations.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/reconcile/receipt_write.h"
#include "store/store_internal.h"

#define COLUMNS                                                                                                        \
    "seq, version, created_ms, changed_ms, id, name, bank, currency, facts, head, columns, options FROM "              \
    "reconciliations"

static enum lince_status not_found(struct lince_error *error, const char *id) {
    return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no reconciliation %s", "no existe la conciliación %s", id);
}

static bool reconciliation_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct reconciliation *one = filled;
    int64_t *numbers[] = {&one->seq, &one->version, &one->created_ms, &one->changed_ms};
    const char **texts[] = {&one->id,    &one->name, &one->bank,    &one->currency,
                            &one->facts, &one->head, &one->columns, &one->options};
    bool is_whole = true;
    for (int i = 0; i < 4; i++) {
        *numbers[i] = sql_integer(row, i);
    }
    for (int i = 0; i < 8; i++) {
        *texts[i] = sql_needed_text(row, 4 + i, arena);
        is_whole = is_whole && *texts[i] != NULL;
    }
    return is_whole;
}

enum lince_status reconciliation_put_row(struct reconciliation_put *put, uint32_t place, const char *cells,
                                         struct lince_error *error) {
    return sql_run(&put->store->writer, error,
                   "INSERT INTO reconciliation_rows (reconciliation_seq, place, cells) VALUES (?, ?, ?)", "iit",
                   put->reconciliation_seq, (int64_t)place, cells);
}

enum lince_status store_reconciliation_add(struct store *store, struct reconciliation *made, reconciliation_rows rows,
                                           void *context, struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t now = store_now_ms();
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_add(sql, &made->seq, error,
                         "INSERT INTO reconciliations (id, name, bank, currency, facts, head, columns, options,"
                         " created_ms, changed_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq",
                         "ttttttttii", made->id, made->name, made->bank, made->currency, made->facts, made->head,
                         made->columns, made->options, now, now);
        if (status == LINCE_OK) {
            status = rows(context, &(struct reconciliation_put){store, made->seq}, error);
        }
        status = sql_commit(sql, status, error);
    }
    sql_unlock(sql);
    store_changed(store);
    return status;
}

enum lince_status store_reconciliation(struct store *store, const char *id, struct arena *arena,
                                       struct reconciliation *reconciliation, struct lince_error *error) {
    static const struct sql_list one = {.fill = reconciliation_fill};
    enum lince_status status;
    bool found =
        sql_one(&store->reader, &one, reconciliation, arena, &status, error, "SELECT " COLUMNS " WHERE id=?", "t", id);
    return found || status != LINCE_OK ? status : not_found(error, id);
}

enum lince_status store_reconciliations(struct store *store, int64_t before_seq, size_t limit, struct arena *arena,
                                        struct reconciliation **reconciliations, size_t *count,
                                        struct lince_error *error) {
    const struct sql_list list = {.item_bytes = sizeof **reconciliations, .most = limit, .fill = reconciliation_fill};
    enum lince_status status;
    *reconciliations = sql_rows(&store->reader, &list, arena, count, &status, error,
                                "SELECT " COLUMNS " WHERE (?1 IS NULL OR seq<?1) ORDER BY seq DESC LIMIT ?2", "ni",
                                before_seq, (int64_t)limit);
    return status;
}

enum lince_status store_reconciliation_delete(struct store *store, const char *id, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "DELETE FROM reconciliations WHERE id=?", "t", id);
        if (status == LINCE_OK && sql_changes(sql) == 0) {
            status = not_found(error, id);
        }
        status = sql_commit(sql, status, error);
    }
    sql_unlock(sql);
    store_changed(store);
    return status;
}

static bool row_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct reconciliation_row *one = filled;
    *one = (struct reconciliation_row){(uint32_t)sql_integer(row, 0), sql_needed_text(row, 1, arena)};
    return one->cells != NULL;
}

enum lince_status store_reconciliation_rows(struct store *store, int64_t seq, uint32_t first_place, size_t limit,
                                            struct arena *arena, struct reconciliation_row **rows, size_t *count,
                                            struct lince_error *error) {
    const struct sql_list list = {.item_bytes = sizeof **rows, .most = limit, .fill = row_fill};
    enum lince_status status;
    *rows = sql_rows(&store->reader, &list, arena, count, &status, error,
                     "SELECT place, cells FROM reconciliation_rows WHERE reconciliation_seq=? AND place>=?"
                     " ORDER BY place LIMIT ?",
                     "iii", seq, (int64_t)first_place, (int64_t)limit);
    return status;
}

static bool form_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct statement_form *form = filled;
    *form = (struct statement_form){sql_needed_text(row, 0, arena), sql_needed_text(row, 1, arena),
                                    sql_needed_text(row, 2, arena)};
    return form->bank != NULL && form->columns != NULL && form->options != NULL;
}

enum lince_status store_statement_form(struct store *store, const char *bank, const char *head, struct arena *arena,
                                       struct statement_form *form, bool *found, struct lince_error *error) {
    static const struct sql_list one = {.fill = form_fill};
    enum lince_status status;
    *found = false;
    if (*head == '\0') { /* without a header no form can be recognised */
        return LINCE_OK;
    }
    *found = sql_one(&store->reader, &one, form, arena, &status, error,
                     "SELECT bank, columns, options FROM statement_forms WHERE head=?2 AND (?1='' OR"
                     " bank=?1) ORDER BY used_ms DESC LIMIT 1",
                     "tt", bank, head) &&
             status == LINCE_OK;
    return status;
}

/* ---- movements ---- */

/* Uses the writer's connection for the rows, so that readers are not blocked. */
static enum lince_status rows_map(struct store *store, int64_t seq, reconciliation_reader reader, void *context,
                                  struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = LINCE_OK;
    struct sql_statement *row = sql_bind(
        sql, "SELECT place, cells FROM reconciliation_rows WHERE reconciliation_seq=? ORDER BY place", "i", seq);
    while (sql_row(sql, row, &status, error)) {
        struct reconciliation_line line;
        char both[SEARCHED_BYTES], searched[SEARCHED_BYTES];
        uint32_t place = (uint32_t)sql_integer(row, 0);
        if (!reader(context, place, sql_needed(row, 1), &line)) {
            status = sql_run(sql, error, "DELETE FROM reconciliation_lines WHERE reconciliation_seq=? AND place=?",
                             "ii", seq, (int64_t)place);
        } else {
            snprintf(both, sizeof both, "%s %s", line.reference, line.description);
            search_fold(both, searched, sizeof searched);
            status = sql_run(sql, error,
                             "INSERT INTO reconciliation_lines (reconciliation_seq, place, date, amount, reference,"
                             " description, searched) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (reconciliation_seq,"
                             " place) DO UPDATE SET date=excluded.date, amount=excluded.amount,"
                             " reference=excluded.reference, description=excluded.description,"
                             " searched=excluded.searched",
                             "iitittt", seq, (int64_t)place, line.date, line.amount, line.reference, line.description,
                             searched);
        }
        if (status != LINCE_OK) {
            sql_done(row);
            break;
        }
    }
    return status;
}

static enum lince_status map(struct store *store, const struct reconciliation *changed, reconciliation_reader reader,
                             void *context, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = sql_run(
        sql, error,
        "UPDATE reconciliations SET name=?, bank=?, currency=?, columns=?, options=?, version=version+1, changed_ms=?"
        " WHERE seq=?",
        "tttttii", changed->name, changed->bank, changed->currency, changed->columns, changed->options, store_now_ms(),
        changed->seq);
    if (status == LINCE_OK && sql_changes(sql) == 0) {
        return not_found(error, changed->id);
    }
    if (status == LINCE_OK && changed->head[0] != '\0') {
        status = sql_run(sql, error,
                         "INSERT INTO statement_forms (bank, head, columns, options, used_ms) VALUES (?, ?, ?, ?, ?)"
                         " ON CONFLICT (bank, head) DO UPDATE SET columns=excluded.columns, options=excluded.options,"
                         " used_ms=excluded.used_ms",
                         "tttti", changed->bank, changed->head, changed->columns, changed->options, store_now_ms());
    }
    if (status == LINCE_OK) {
        status = rows_map(store, changed->seq, reader, context, error);
    }
    if (status == LINCE_OK) { /* removes decisions on rows that are no longer movements */
        status = sql_run(sql, error,
                         "DELETE FROM reconciliation_items WHERE reconciliation_seq=? AND NOT EXISTS (SELECT 1 FROM"
                         " reconciliation_lines l WHERE l.item=reconciliation_items.seq) AND NOT EXISTS (SELECT 1 FROM"
                         " reconciliation_receipts r WHERE r.item=reconciliation_items.seq)",
                         "i", changed->seq);
    }
    return status;
}

enum lince_status store_reconciliation_map(struct store *store, const struct reconciliation *changed,
                                           reconciliation_reader reader, void *context, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(sql, map(store, changed, reader, context, error), error);
    }
    sql_unlock(sql);
    store_changed(store);
    return status;
}
