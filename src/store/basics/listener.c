/* listener.c - who is told of changes, and the counts that are kept in memory. */
#include "store/store_internal.h"

void store_listen(struct store *store, store_listener listener, void *context) {
    pthread_rwlock_wrlock(&store->listening);
    store->listener_context = context;
    store->listener = listener;
    pthread_rwlock_unlock(&store->listening);
}

void store_changed(struct store *store) {
    pthread_rwlock_rdlock(&store->listening);
    if (store->listener != NULL) {
        store->listener(store->listener_context);
    }
    pthread_rwlock_unlock(&store->listening);
}

/* If other nodes change the number too, the count twice a second shows what left the queue. */
void store_waiting_change(struct store *store, int64_t by) {
    if (!store->is_shared || by > 0) {
        store->waiting_count += by;
    }
}

int64_t store_waiting_count(struct store *store) {
    return store->waiting_count;
}

int64_t store_image_bytes(struct store *store) {
    return store->image_bytes;
}
