/* site.c - an open-addressed table of sites and counts, behind one lock. */
#include "base/site.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { SLOT_COUNT = 1024 }; /* a power of two above SITE_LIMIT, so that a search always ends */

struct site_table {
    pthread_mutex_t lock;
    uint32_t period;
    atomic_bool is_on;
    atomic_uint skipped; /* small blocks seen since the start */
    size_t used_count;   /* rows 1..used_count are used; 0 means "not counted" */
    struct site_figures rows[SITE_LIMIT + 1];
    uint16_t slots[SLOT_COUNT];
};

struct site_table *site_table_open(uint32_t period) {
    assert(period >= 1);
    struct site_table *table = calloc(1, sizeof *table);
    if (table != NULL) {
        pthread_mutex_init(&table->lock, NULL);
        table->period = period;
    }
    return table;
}

void site_table_close(struct site_table *table) {
    if (table != NULL) {
        pthread_mutex_destroy(&table->lock);
        free(table);
    }
}

void site_table_switch(struct site_table *table, bool on) {
    atomic_store(&table->is_on, on);
}

bool site_table_is_on(const struct site_table *table) {
    return table != NULL && atomic_load_explicit(&table->is_on, memory_order_relaxed);
}

size_t site_table_bytes(void) {
    return sizeof(struct site_table);
}

/* The row of a site, made on first use; 0 when the table is full. */
static uint16_t row_of(struct site_table *table, const struct site *site) {
    size_t slot = (uintptr_t)site / sizeof *site % SLOT_COUNT;
    while (table->slots[slot] != 0) {
        if (table->rows[table->slots[slot]].site == site) {
            return table->slots[slot];
        }
        slot = (slot + 1) % SLOT_COUNT;
    }
    if (table->used_count == SITE_LIMIT) {
        return 0;
    }
    uint16_t number = (uint16_t)++table->used_count;
    table->rows[number].site = site;
    table->slots[slot] = number;
    return number;
}

/* How many blocks one counted block represents. */
static uint64_t weight_of(const struct site_table *table, size_t bytes) {
    return bytes >= SITE_EXACT_BYTES ? 1 : table->period;
}

uint16_t site_enter(struct site_table *table, const struct site *site, size_t bytes) {
    if (!site_table_is_on(table)) {
        return 0;
    }
    uint64_t weight = weight_of(table, bytes);
    if (weight > 1 && atomic_fetch_add_explicit(&table->skipped, 1, memory_order_relaxed) % table->period != 0) {
        return 0;
    }
    pthread_mutex_lock(&table->lock);
    uint16_t number = row_of(table, site);
    if (number != 0) {
        struct site_figures *row = &table->rows[number];
        row->live_bytes += bytes * weight;
        row->live_count += weight;
        row->total_count += weight;
        row->peak_bytes = row->live_bytes > row->peak_bytes ? row->live_bytes : row->peak_bytes;
    }
    pthread_mutex_unlock(&table->lock);
    return number;
}

void site_leave(struct site_table *table, uint16_t number, size_t bytes) {
    if (number == 0) {
        return;
    }
    uint64_t weight = weight_of(table, bytes);
    pthread_mutex_lock(&table->lock);
    struct site_figures *row = &table->rows[number];
    assert(row->live_count >= weight && row->live_bytes >= bytes * weight);
    row->live_bytes -= bytes * weight;
    row->live_count -= weight;
    pthread_mutex_unlock(&table->lock);
}

/* With equal live bytes, the higher peak comes first. */
static int more_bytes_first(const void *left, const void *right) {
    const struct site_figures *a = left, *b = right;
    if (a->live_bytes != b->live_bytes) {
        return a->live_bytes < b->live_bytes ? 1 : -1;
    }
    return a->peak_bytes < b->peak_bytes ? 1 : a->peak_bytes > b->peak_bytes ? -1 : 0;
}

size_t site_table_read(struct site_table *table, struct site_figures *rows, size_t limit) {
    struct site_figures all[SITE_LIMIT];
    pthread_mutex_lock(&table->lock);
    size_t count = table->used_count;
    memcpy(all, table->rows + 1, count * sizeof *all);
    pthread_mutex_unlock(&table->lock);
    qsort(all, count, sizeof *all, more_bytes_first);
    memcpy(rows, all, (count < limit ? count : limit) * sizeof *rows);
    return count;
}
