/* counts.c - how many documents there are, by state and by where they came from. */
#include "store/store_internal.h"

enum lince_status store_counts(struct store *store, struct store_counts *counts, struct lince_error *error) {
    *counts = (struct store_counts){.image_bytes = store->image_bytes};
    sql_lock(&store->reader);
    enum lince_status status;
    struct sql_statement *statement =
        sql_bind(&store->reader, "SELECT status, count(*) FROM documents GROUP BY status", "");
    while (sql_row(&store->reader, statement, &status, error)) {
        enum document_status of = document_status_of(sql_needed(statement, 0));
        if (of != DOCUMENT_STATUSES) {
            counts->by_status[of] = sql_integer(statement, 1);
            counts->documents += counts->by_status[of];
        }
    }
    counts->waited_ms =
        sql_number(&store->reader, 0, "SELECT database_ms()-min(queued_ms) FROM jobs WHERE lease IS NULL", "");
    counts->waited_ms = counts->waited_ms > 0 ? counts->waited_ms : 0;
    sql_unlock(&store->reader);
    return status;
}

#define COUNT_WHERE(condition) "count(*) FILTER (WHERE " condition ")"
#define IN_A_BATCH "archived_ms IS NULL AND batch_id IS NOT NULL AND "
#define PROCESSING IN_A_BATCH "status IN ('held','queued','reading')"
#define PROCESSED IN_A_BATCH "status='done'"
#define ERRORS IN_A_BATCH "status IN ('failed','poisoned')"

enum lince_status store_origin_counts(struct store *store, enum document_origin origin, struct origin_counts *counts,
                                      struct lince_error *error) {
    enum lince_status status;
    *counts = (struct origin_counts){0};
    sql_lock(&store->reader);
    struct sql_statement *row = sql_bind(
        &store->reader,
        "SELECT " COUNT_WHERE("archived_ms IS NULL AND batch_id IS NULL") ", " COUNT_WHERE(PROCESSING) ", " COUNT_WHERE(
            PROCESSED) ", " COUNT_WHERE(ERRORS) ", " COUNT_WHERE("archived_ms IS NOT NULL") " FROM documents WHERE "
                                                                                            "origin=?",
        "t", document_origin_name(origin));
    if (sql_row(&store->reader, row, &status, error)) {
        int64_t *places[] = {&counts->inbox, &counts->processing, &counts->processed, &counts->errors,
                             &counts->archived};
        for (int i = 0; i < 5; i++) {
            *places[i] = sql_integer(row, i);
        }
        sql_done(row);
    }
    sql_unlock(&store->reader);
    return status;
}

bool store_has_name(struct store *store, const char *stored_name) {
    sql_lock(&store->reader);
    int64_t count =
        sql_number(&store->reader, 0, "SELECT count(*) FROM documents WHERE stored_name=?", "t", stored_name);
    sql_unlock(&store->reader);
    return count > 0;
}
