/*
 * additions.c - adds documents. Each thread stores its own images first. Then one thread writes the rows of all waiting
 * threads in one transaction, so that the disk is synced once for all of them.
 */
#include "base/error.h"
#include "store/store_internal.h"

/* What one call adds. It is on the stack of its caller, who waits until it is written or refused. */
struct addition {
    struct document_new *documents;
    size_t count;
    const struct answer *answer;
    struct lince_error *error;
    enum lince_status status;
    bool is_decided;
    struct addition *next;
};

static void additions_empty(struct additions *additions) {
    additions->first = NULL;
    additions->last = &additions->first;
}

static enum lince_status insert(struct store *store, const struct document_new *added, struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t seq = 0;
    const char *state = document_status_name(added->is_held ? DOCUMENT_HELD : DOCUMENT_QUEUED);
    enum lince_status status = sql_add(
        sql, &seq, error,
        "INSERT INTO documents (id, batch_id, origin, status, name, stored_name, "
        "sha256, image_bytes, media_type, metadata,"
        " layouts, received_ms, codes, letters, split_on, separator) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, ?) RETURNING seq",
        "tttttttitttiiitt", added->id, added->batch_id, document_origin_name(added->origin), state, added->name,
        added->stored_name, added->draft->sha256, (int64_t)added->draft->bytes, added->media_type, added->metadata,
        added->layouts, store_now_ms(), (int64_t)added->codes, (int64_t)added->letters,
        added->split_on == NULL ? "" : added->split_on, separator_use_name(added->separator));
    if (status == LINCE_OK) {
        status = search_write(store, seq, error);
    }
    if (status == LINCE_OK && images_have_rows(store)) {
        status = shared_image_check(store, added->draft->sha256, error);
    }
    if (status == LINCE_OK && !added->is_held) {
        status = job_add(store, seq, error);
    }
    if (status == LINCE_OK) {
        status = duplicates_of_content(store, added->id, added->draft->sha256, error);
    }
    return status == LINCE_OK ? event_document(store, added->id, state, error) : status;
}

static enum lince_status rows_add(struct store *store, const struct addition *addition, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    const struct document_new *first = addition->documents;
    if (first->new_batch != NULL) {
        status = batch_insert(store, first->batch_id, first->new_batch, first->origin, error);
    }
    for (size_t i = 0; i < addition->count && status == LINCE_OK; i++) {
        status = batch_check_open(&store->writer, addition->documents[i].batch_id, error);
        if (status == LINCE_OK) {
            struct document_new *added = &addition->documents[i];
            added->is_held = added->starts_held || batch_is_paused(&store->writer, added->batch_id);
            status = insert(store, added, error);
        }
    }
    return status == LINCE_OK && addition->answer != NULL ? answer_write(store, addition->answer, error) : status;
}

/* Writes all additions before `end` in one transaction, or none of them. */
static enum lince_status transaction(struct store *store, const struct addition *first, const struct addition *end,
                                     struct lince_error *error) {
    enum lince_status status = sql_write(&store->writer, true, error);
    if (status != LINCE_OK) {
        return status;
    }
    for (const struct addition *addition = first; addition != end && status == LINCE_OK; addition = addition->next) {
        status = rows_add(store, addition, error);
    }
    return sql_commit(&store->writer, status, error);
}

/* Writes one addition alone, unless the database has just failed to answer when all were written together. */
static enum lince_status write_one(struct store *store, struct addition *addition, enum lince_status of_all) {
    if (of_all == LINCE_ERROR_UNREADABLE) {
        return error_set(addition->error, of_all, "the database does not answer; try again when it does",
                         "la base de datos no responde; inténtelo de nuevo cuando responda");
    }
    return of_all == LINCE_OK ? LINCE_OK : transaction(store, addition, addition->next, addition->error);
}

/* If one of several is refused, each is tried alone, so that none fails because of another. */
static void write_all(struct store *store, struct addition *first) {
    sql_lock(&store->writer);
    /* A single addition is left to write_one, which reports the error to its caller. */
    enum lince_status of_all = first->next == NULL ? LINCE_ERROR_RUNTIME : transaction(store, first, NULL, NULL);
    for (struct addition *addition = first; addition != NULL; addition = addition->next) {
        addition->status = write_one(store, addition, of_all);
        for (size_t i = 0; i < addition->count && addition->status == LINCE_OK; i++) {
            store_waiting_change(store, !addition->documents[i].is_held);
        }
    }
    sql_unlock(&store->writer);
}

static void tell_all(struct additions *additions, struct addition *first) {
    for (struct addition *addition = first, *next; addition != NULL; addition = next) {
        next = addition->next; /* its thread may return once it is decided */
        addition->is_decided = true;
    }
    pthread_cond_broadcast(&additions->changed);
}

/* The first idle thread commits for every waiter. The others sleep; one of those still waiting commits next. */
static void decide(struct store *store, struct addition *own) {
    struct additions *additions = &store->additions;
    pthread_mutex_lock(&additions->lock);
    *additions->last = own;
    additions->last = &own->next;
    while (!own->is_decided && additions->is_writing) {
        pthread_cond_wait(&additions->changed, &additions->lock);
    }
    if (!own->is_decided) {
        struct addition *first = additions->first;
        additions_empty(additions);
        additions->is_writing = true;
        pthread_mutex_unlock(&additions->lock);
        write_all(store, first);
        pthread_mutex_lock(&additions->lock);
        additions->is_writing = false;
        tell_all(additions, first);
    }
    pthread_mutex_unlock(&additions->lock);
}

void additions_open(struct additions *additions) {
    pthread_mutex_init(&additions->lock, NULL);
    pthread_cond_init(&additions->changed, NULL);
    additions_empty(additions);
}

void additions_close(struct additions *additions) {
    pthread_cond_destroy(&additions->changed);
    pthread_mutex_destroy(&additions->lock);
}

enum lince_status store_documents_add(struct store *store, struct document_new *documents, size_t count,
                                      const struct answer *answer, struct lince_error *error) {
    struct addition own = {.documents = documents, .count = count, .answer = answer, .error = error};
    pthread_rwlock_rdlock(&store->images);
    own.status = images_keep(store, documents, count, error);
    if (own.status == LINCE_OK) {
        decide(store, &own);
    }
    pthread_rwlock_unlock(&store->images);
    if (own.status == LINCE_OK) {
        store_changed(store);
        return LINCE_OK;
    }
    pthread_rwlock_wrlock(&store->images);
    for (size_t i = 0; i < count; i++) {
        document_image_remove(store, documents[i].draft->sha256);
    }
    pthread_rwlock_unlock(&store->images);
    return own.status;
}
