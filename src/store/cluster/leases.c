/* leases.c - the leases that this node holds and renews, and jobs that are kept without one. */
#include <stdio.h>
#include <string.h>

#include "store/store_internal.h"

void lease_hold(struct store *store, const char *lease) {
    struct cluster *cluster = &store->cluster;
    if (!store->is_shared) {
        return;
    }
    pthread_mutex_lock(&cluster->held_lock);
    size_t place = 0;
    while (place < LEASES_AT_ONCE && cluster->held[place][0] != '\0') {
        place++;
    }
    if (place < LEASES_AT_ONCE) { /* there are as many places as a service can have workers */
        snprintf(cluster->held[place], LEASE_BYTES, "%s", lease);
    }
    pthread_mutex_unlock(&cluster->held_lock);
}

void lease_let_go(struct store *store, const char *lease) {
    struct cluster *cluster = &store->cluster;
    if (!store->is_shared) {
        return;
    }
    pthread_mutex_lock(&cluster->held_lock);
    for (size_t place = 0; place < LEASES_AT_ONCE; place++) {
        if (strcmp(cluster->held[place], lease) == 0) {
            cluster->held[place][0] = '\0';
        }
    }
    pthread_mutex_unlock(&cluster->held_lock);
}

enum lince_status leases_keep_jobs_free(struct store *store, const char *batch_id, struct lince_error *error) {
    return !store->is_shared
               ? LINCE_OK
               : sql_run(&store->writer, error,
                         "SELECT 1 FROM jobs j JOIN documents d ON d.seq=j.document_seq WHERE d.batch_id=?"
                         " AND j.lease IS NULL FOR UPDATE OF j",
                         "t", batch_id);
}
