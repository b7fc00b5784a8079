/*
 * lapsed_leases.c - jobs whose lease has lapsed because their node ended or is cut off. Another node reads them. A
 * document that three nodes lost is poisoned. A late result has no lease and changes nothing.
 */
#include <stdio.h>

#include "store/store_internal.h"

enum { LAPSES_LIMIT = 3, AT_ONCE = 100 };

struct lapsed {
    int64_t seq, lapses;
    char id[ID_BYTES], lease[LEASE_BYTES];
};

static size_t lapsed_find(struct sql *sql, struct lapsed lapsed[AT_ONCE], enum lince_status *status,
                          struct lince_error *error) {
    size_t count = 0;
    struct sql_statement *row =
        sql_bind(sql,
                 "SELECT document_seq, lapses, id, lease FROM jobs JOIN documents ON seq=document_seq"
                 " WHERE lease IS NOT NULL AND until_ms<database_ms() ORDER BY document_seq LIMIT ?",
                 "i", (int64_t)AT_ONCE);
    while (sql_row(sql, row, status, error)) {
        lapsed[count].seq = sql_integer(row, 0);
        lapsed[count].lapses = sql_integer(row, 1);
        snprintf(lapsed[count].id, ID_BYTES, "%s", sql_needed(row, 2));
        snprintf(lapsed[count].lease, sizeof lapsed->lease, "%s", sql_needed(row, 3));
        count++;
    }
    return count;
}

static enum lince_status poison(struct store *store, const struct lapsed *lapsed, struct lince_error *error) {
    const struct job job = {.document_seq = lapsed->seq, .id = lapsed->id, .lease = lapsed->lease};
    const struct job_result result = {
        .status = DOCUMENT_POISONED, .error_code = "crash", .error_message = "three nodes were lost reading it"};
    int64_t waiting_change = 0;
    if (sql_number(&store->writer, 0,
                   "SELECT count(*) FROM jobs WHERE document_seq=? AND lease=? AND until_ms<database_ms()", "it",
                   lapsed->seq, lapsed->lease) == 0) {
        return LINCE_OK; /* renewed meanwhile */
    }
    return job_end(store, &job, &result, &waiting_change, error);
}

static enum lince_status free_again(struct sql *sql, const struct lapsed *lapsed, struct lince_error *error) {
    enum lince_status status = sql_run(sql, error,
                                       "UPDATE jobs SET lease=NULL, node=NULL, until_ms=NULL, lapses=lapses+1 WHERE"
                                       " document_seq=? AND lease=? AND until_ms<database_ms()",
                                       "it", lapsed->seq, lapsed->lease);
    if (status != LINCE_OK || sql_changes(sql) == 0) {
        return status;
    }
    return sql_run(sql, error, "UPDATE documents SET status='queued' WHERE seq=? AND status='reading'", "i",
                   lapsed->seq);
}

static enum lince_status lapse_all(struct store *store, struct lince_error *error) {
    struct lapsed lapsed[AT_ONCE];
    enum lince_status status = LINCE_OK;
    size_t count = lapsed_find(&store->writer, lapsed, &status, error);
    for (size_t i = 0; i < count && status == LINCE_OK; i++) {
        status = lapsed[i].lapses + 1 >= LAPSES_LIMIT ? poison(store, &lapsed[i], error)
                                                      : free_again(&store->writer, &lapsed[i], error);
    }
    return status;
}

enum lince_status leases_lapse(struct store *store, struct lince_error *error) {
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(&store->writer, lapse_all(store, error), error);
    }
    sql_unlock(&store->writer);
    return status;
}
