/*
 * cluster.c - a store that several nodes share. A thread of its own listens for changes by other nodes, renews the
 * leases of this node, and frees leases that have lapsed.
 *
 * A notice may be lost with its connection, so the thread also looks at the figures twice a second.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/error.h"
#include "store/sql/sql_driver.h"
#include "store/sql/sql_postgres.h"
#include "store/store_internal.h"

enum {
    POLL_MS = 500,
    RENEW_MS = 5000,
    SUM_MS = 30000,
    TURN_MS = 15000,
    STACK_BYTES = 256 << 10,
    OLDEST_VERSION = 150000
};

/* The figures that show whether anything has changed. */
struct figures {
    int64_t waiting, last_event, lapsed, free;
};

static bool figures_read(struct sql *sql, struct figures *figures) {
    enum lince_status status;
    struct sql_statement *row =
        sql_bind(sql,
                 "SELECT (SELECT count(*) FROM jobs), (SELECT coalesce(max(seq), 0) FROM events),"
                 " (SELECT count(*) FROM jobs WHERE lease IS NOT NULL AND until_ms<database_ms()),"
                 " (SELECT count(*) FROM jobs WHERE lease IS NULL)",
                 "");
    if (!sql_row(sql, row, &status, NULL)) {
        return false;
    }
    *figures = (struct figures){sql_integer(row, 0), sql_integer(row, 1), sql_integer(row, 2), sql_integer(row, 3)};
    sql_done(row);
    return true;
}

/*
 * Renews only the leases that this node knows it holds. A job whose answer was lost with a connection must lapse. If
 * renewing keeps failing, another node reads the document.
 */
static void leases_renew(struct store *store) {
    struct cluster *cluster = &store->cluster;
    for (size_t place = 0; place < LEASES_AT_ONCE; place++) {
        char lease[LEASE_BYTES];
        pthread_mutex_lock(&cluster->held_lock);
        memcpy(lease, cluster->held[place], sizeof lease);
        pthread_mutex_unlock(&cluster->held_lock);
        if (lease[0] != '\0') {
            (void)sql_run(&cluster->sql, NULL, "UPDATE jobs SET until_ms=database_ms()+? WHERE lease=?", "it",
                          (int64_t)LEASE_MS, lease);
        }
    }
}

int64_t cluster_images_sum(struct sql *sql, int64_t otherwise) {
    return sql_number(sql, otherwise, "SELECT coalesce(sum(image_bytes), 0) FROM images WHERE going_ms IS NULL", "");
}

/* Whether `every_ms` have passed since the last time; if so, notes the time. */
static bool is_due(int64_t *last_ms, int64_t every_ms) {
    int64_t now_ms = clock_now_ms();
    if (now_ms - *last_ms < every_ms) {
        return false;
    }
    *last_ms = now_ms;
    return true;
}

/* This waits for the lock that all nodes share. A long wait does not mean that the database is cut off. */
static void lapsed_free(struct store *store) {
    store->cluster.answered_ms = clock_now_ms() + TURN_MS;
    (void)leases_lapse(store, NULL);
    store->cluster.answered_ms = clock_now_ms();
}

static void *run(void *argument) {
    struct store *store = argument;
    struct cluster *cluster = &store->cluster;
    struct figures before = {0}, now;
    int64_t renewed_ms = 0, summed_ms = clock_now_ms();
    while (!cluster->is_stopping) {
        bool is_told = postgres_wait(&cluster->sql, POLL_MS);
        if (!figures_read(&cluster->sql, &now)) {
            clock_pause_ms(POLL_MS / 2);
            continue;
        }
        bool was_cut_off = !store_is_reachable(store);
        cluster->answered_ms = clock_now_ms();
        store->waiting_count = now.waiting;
        if (is_due(&renewed_ms, RENEW_MS)) {
            leases_renew(store);
        }
        if (is_due(&summed_ms, SUM_MS)) {
            store->image_bytes = cluster_images_sum(&cluster->sql, store->image_bytes);
        }
        if (now.lapsed > 0) {
            lapsed_free(store);
        }
        if (is_told || was_cut_off || now.lapsed > 0 || now.free > 0 || memcmp(&before, &now, sizeof now) != 0) {
            store_changed(store);
        }
        before = now;
    }
    return NULL;
}

bool store_is_reachable(struct store *store) {
    return !store->is_shared || clock_now_ms() - store->cluster.answered_ms < SQL_CUT_OFF_MS;
}

/* ---- opening ---- */

static bool setting_is(struct sql *sql, const char *text, char value[32]) {
    enum lince_status status;
    struct sql_statement *row = sql_bind(sql, text, "");
    if (!sql_row(sql, row, &status, NULL)) {
        return false;
    }
    snprintf(value, 32, "%s", sql_needed(row, 0));
    sql_done(row);
    return true;
}

/*
 * A COMMIT must mean that what was written survives a loss of power. Otherwise a document could be lost after its 202.
 */
static enum lince_status durability_check(struct sql *sql, bool needs_replica, struct lince_error *error) {
    char commits[32] = "", syncs[32] = "", standbys[32] = "";
    if (!setting_is(sql, "SELECT current_setting('synchronous_commit')", commits) ||
        !setting_is(sql, "SELECT current_setting('fsync')", syncs) ||
        !setting_is(sql, "SELECT left(current_setting('synchronous_standby_names'), 30)", standbys)) {
        return sql_fail(sql, error);
    }
    if (strcmp(commits, "off") == 0 || strcmp(syncs, "off") == 0) {
        return error_set(error, LINCE_ERROR_ARGUMENT,
                         "the database does not keep what it acknowledges (synchronous_commit is %s, fsync is %s); set "
                         "both to on",
                         "la base de datos no conserva lo que confirma (synchronous_commit es %s, fsync es %s); ponga "
                         "ambos en on",
                         commits, syncs);
    }
    if (needs_replica && (standbys[0] == '\0' || strcmp(commits, "local") == 0)) {
        return error_set(error, LINCE_ERROR_ARGUMENT,
                         "require-replica is yes and the database waits for no standby (synchronous_standby_names is "
                         "\"%s\", synchronous_commit is %s); name standbys there",
                         "require-replica es yes y la base de datos no espera a ninguna réplica "
                         "(synchronous_standby_names es \"%s\", synchronous_commit es %s); nombre réplicas allí",
                         standbys, commits);
    }
    return LINCE_OK;
}

static enum lince_status version_check(struct sql *sql, struct lince_error *error) {
    int version = postgres_version(sql);
    return version >= OLDEST_VERSION
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_UNSUPPORTED, "the database is PostgreSQL %d; 15 or later is needed",
                           "la base de datos es PostgreSQL %d; hace falta la 15 o posterior", version / 10000);
}

static void answers_watch(struct store *store, const _Atomic int64_t *answered_ms) {
    store->writer.answered_ms = store->reader.answered_ms = answered_ms;
    store->adder.answered_ms = store->pictures.answered_ms = answered_ms;
}

static enum lince_status thread_start(struct store *store, struct lince_error *error) {
    struct cluster *cluster = &store->cluster;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    cluster->answered_ms = clock_now_ms();
    answers_watch(store, &cluster->answered_ms);
    cluster->is_running = pthread_create(&cluster->thread, &attributes, run, store) == 0;
    pthread_attr_destroy(&attributes);
    return cluster->is_running ? LINCE_OK
                               : error_set(error, LINCE_ERROR_RUNTIME, "the system gives no more threads",
                                           "el sistema no da más hilos");
}

static enum lince_status connections_open(struct store *store, const struct store_place *place, enum store_use use,
                                          struct lince_error *error) {
    enum lince_status status = sql_open(&store->writer, &sql_postgres, place->database, SQL_WRITES, error);
    if (status == LINCE_OK) {
        status = version_check(&store->writer, error);
    }
    if (status == LINCE_OK && use == STORE_SERVE) {
        status = durability_check(&store->writer, place->needs_replica, error);
        /* So nothing that somebody saw, such as the end of a reading, is undone by a fail-over. */
        store->writer.is_all_durable = place->needs_replica;
    }
    if (status == LINCE_OK) {
        status = store_migrate(store, error);
    }
    if (status == LINCE_OK) {
        status = sql_open(&store->reader, &sql_postgres, place->database, SQL_READS, error);
    }
    if (status == LINCE_OK) {
        status = sql_open(&store->adder, &sql_postgres, place->database, SQL_READS, error);
    }
    return status == LINCE_OK ? sql_open(&store->pictures, &sql_postgres, place->database, SQL_WRITES, error) : status;
}

/* The folder holds only uploads in progress and belongs to this node alone. */
static enum lince_status serve_begin(struct store *store, const struct store_place *place, struct lince_error *error) {
    enum lince_status status = sql_open(&store->cluster.sql, &sql_postgres, place->database, SQL_LISTENS, error);
    struct figures figures = {0};
    if (status == LINCE_OK && !figures_read(&store->writer, &figures)) {
        status = sql_fail(&store->writer, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    leftovers_uploads_remove(store);
    store->waiting_count = figures.waiting;
    store->image_bytes = cluster_images_sum(&store->writer, 0);
    return thread_start(store, error);
}

enum lince_status cluster_open(struct store *store, const struct store_place *place, enum store_use use,
                               struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    store->is_shared = true;
    pthread_mutex_init(&store->cluster.held_lock, NULL);
    if (use == STORE_SERVE) {
        status = store_folders_make(store, error);
        if (status == LINCE_OK) {
            status = store_folder_guard(store, error);
        }
        if (status == LINCE_OK) {
            status = store_folder_lock(store, error);
        }
    }
    if (status == LINCE_OK) {
        status = connections_open(store, place, use, error);
    }
    return status == LINCE_OK && use == STORE_SERVE ? serve_begin(store, place, error) : status;
}

/* Gives the leases back, so that other nodes read these documents at once instead of when the leases lapse. */
static void leases_give_back(struct store *store) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, false, NULL);
    if (status == LINCE_OK) {
        status = sql_run(sql, NULL,
                         "UPDATE documents SET status='queued' WHERE status='reading' AND seq IN (SELECT document_seq"
                         " FROM jobs WHERE node=? AND lease IS NOT NULL)",
                         "t", store->run);
        if (status == LINCE_OK) {
            status = sql_run(sql, NULL, "UPDATE jobs SET lease=NULL, node=NULL, until_ms=NULL WHERE node=?", "t",
                             store->run);
        }
        (void)sql_commit(sql, status, NULL);
    }
    sql_unlock(sql);
}

void cluster_close(struct store *store) {
    struct cluster *cluster = &store->cluster;
    if (cluster->is_running) {
        cluster->is_stopping = true;
        pthread_join(cluster->thread, NULL);
        answers_watch(store, NULL);
    }
    if (store->is_served && store->is_shared) {
        leases_give_back(store);
    }
    sql_close(&cluster->sql);
    sql_close(&store->pictures);
}
