/* image_rows.c - the rows that images have where they are shared or in a bucket, and the bytes of all images. */
#include "store/store_internal.h"

bool images_have_rows(const struct store *store) {
    return store->is_shared || store->bucket != NULL;
}

struct sql *images_sql(struct store *store) {
    return store->is_shared ? &store->pictures : &store->writer;
}

/*
 * On SQLite this need not be durable: a row that a loss of power takes is written again with its document, or belongs
 * to none.
 */
enum lince_status images_write(struct store *store, struct lince_error *error) {
    return store->is_shared ? sql_write_aside(images_sql(store), error) : sql_write(images_sql(store), false, error);
}

/* This node may remove images that others added since it last counted, so its own figure stops at zero. */
void image_bytes_change(struct store *store, int64_t by) {
    int64_t before = store->image_bytes;
    while (!atomic_compare_exchange_weak(&store->image_bytes, &before, before + by > 0 ? before + by : 0)) {
    }
}
