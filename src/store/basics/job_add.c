/* job_add.c - a document gets a job. */
#include "store/store_internal.h"

enum lince_status job_add(struct store *store, int64_t document_seq, struct lince_error *error) {
    return sql_run(&store->writer, error, "INSERT INTO jobs (document_seq, queued_ms) VALUES (?, database_ms())", "i",
                   document_seq);
}
