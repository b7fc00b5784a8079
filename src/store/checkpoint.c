/*
 * checkpoint.c - copies the journal into the tables' file while others write. Only the last few pages are copied with
 * the writer locked, because the journal starts again only when it is empty.
 */
#include "base/error.h"
#include "store/sql/sql_driver.h"
#include "store/sql/sql_sqlite.h"
#include "store/store_internal.h"

enum { JOURNAL_PAGES = 1500, STACK_BYTES = 256 << 10 };

/* Called by each commit, with the writer locked, with the pages that the journal has now. */
static int on_commit(void *context, sqlite3 *database, const char *name, int pages) {
    struct checkpoint *checkpoint = context;
    (void)database, (void)name;
    pthread_mutex_lock(&checkpoint->lock);
    if (pages < checkpoint->pages) { /* the journal has started again */
        checkpoint->wanted_pages = JOURNAL_PAGES;
    }
    checkpoint->pages = pages;
    if (pages >= checkpoint->wanted_pages && !checkpoint->is_wanted) {
        checkpoint->is_wanted = true;
        pthread_cond_signal(&checkpoint->changed);
    }
    pthread_mutex_unlock(&checkpoint->lock);
    return SQLITE_OK;
}

/* Pages that a reader still needs are not copied now, but the next time. */
static void bring_over(struct store *store) {
    struct checkpoint *checkpoint = &store->checkpoint;
    sqlite3 *database = sqlite_database(&checkpoint->sql);
    sqlite3_wal_checkpoint_v2(database, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    sql_lock(&store->writer);
    sqlite3_wal_checkpoint_v2(database, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    pthread_mutex_lock(&checkpoint->lock);
    checkpoint->wanted_pages = checkpoint->pages + JOURNAL_PAGES;
    checkpoint->is_wanted = false;
    pthread_mutex_unlock(&checkpoint->lock);
    sql_unlock(&store->writer);
}

static void *run(void *argument) {
    struct store *store = argument;
    struct checkpoint *checkpoint = &store->checkpoint;
    pthread_mutex_lock(&checkpoint->lock);
    while (!checkpoint->is_stopping) {
        if (!checkpoint->is_wanted) {
            pthread_cond_wait(&checkpoint->changed, &checkpoint->lock);
            continue;
        }
        pthread_mutex_unlock(&checkpoint->lock);
        bring_over(store);
        pthread_mutex_lock(&checkpoint->lock);
    }
    pthread_mutex_unlock(&checkpoint->lock);
    return NULL;
}

enum lince_status checkpoint_begin(struct store *store, const char *path, struct lince_error *error) {
    struct checkpoint *checkpoint = &store->checkpoint;
    pthread_attr_t attributes;
    enum lince_status status = sql_open(&checkpoint->sql, &sql_sqlite, path, SQL_READS, error);
    if (status != LINCE_OK) {
        return status;
    }
    checkpoint->wanted_pages = JOURNAL_PAGES;
    pthread_mutex_init(&checkpoint->lock, NULL);
    pthread_cond_init(&checkpoint->changed, NULL);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    checkpoint->is_running = pthread_create(&checkpoint->thread, &attributes, run, store) == 0;
    pthread_attr_destroy(&attributes);
    if (!checkpoint->is_running) {
        return error_set(error, LINCE_ERROR_RUNTIME, "the system gives no more threads", "el sistema no da más hilos");
    }
    sqlite3_wal_hook(sqlite_database(&store->writer), on_commit, checkpoint);
    return LINCE_OK;
}

void checkpoint_end(struct store *store) {
    struct checkpoint *checkpoint = &store->checkpoint;
    if (checkpoint->is_running) {
        sqlite3_wal_hook(sqlite_database(&store->writer), NULL, NULL);
        pthread_mutex_lock(&checkpoint->lock);
        checkpoint->is_stopping = true;
        pthread_cond_signal(&checkpoint->changed);
        pthread_mutex_unlock(&checkpoint->lock);
        pthread_join(checkpoint->thread, NULL);
        pthread_cond_destroy(&checkpoint->changed);
        pthread_mutex_destroy(&checkpoint->lock);
    }
    sql_close(&checkpoint->sql);
}
