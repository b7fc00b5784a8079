/*
 * site.h - where memory is asked for: live bytes, live blocks and the most there were, by place and by type.
 *
 * Off at first, and switched on at any moment. Blocks of at least SITE_EXACT_BYTES are then all counted, smaller ones
 * one in `period`, counted `period` times: the figures of small blocks are estimates unless the period is 1. Blocks
 * that are older than the switch stay uncounted. All functions are thread-safe.
 */
#ifndef LINCE_BASE_SITE_H
#define LINCE_BASE_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One place in the source, or one model of the inference runtime; lives as long as the program or the model. */
struct site {
    const char *file; /* the whole path as compiled; a model's name for the runtime's own requests */
    int line;
    const char *function;
    const char *type; /* "struct lince_page", "bytes", ... */
};

/* The place where this stands, as a pointer to a constant. */
#define SITE_HERE(type_name)                                                                                           \
    (__extension__({                                                                                                   \
        static const struct site site_of_this_place = {__FILE__, __LINE__, __func__, type_name};                       \
        &site_of_this_place;                                                                                           \
    }))

enum { SITE_EXACT_BYTES = 64 << 10, SITE_LIMIT = 511 };

/* What stands at one site. */
struct site_figures {
    const struct site *site;
    uint64_t live_bytes, live_count, peak_bytes, total_count;
};

struct site_table;

/* Gives a table that counts one small block in `period` (at least 1); NULL when the system has no memory for it. */
struct site_table *site_table_open(uint32_t period);
void site_table_close(struct site_table *table);

/* Starts or stops the counting of new blocks; those that are counted leave the table when they are freed all the same.
 */
void site_table_switch(struct site_table *table, bool on);
bool site_table_is_on(const struct site_table *table);
uint32_t site_table_period(const struct site_table *table);

/* Bytes that the table itself takes: they stand on no meter. */
size_t site_table_bytes(void);

/* A block came: the number to keep beside it, for site_leave; 0 when it is not counted. `table` may be NULL. */
uint16_t site_enter(struct site_table *table, const struct site *site, size_t bytes);
void site_leave(struct site_table *table, uint16_t number, size_t bytes);

/* Copies up to `limit` rows, the one with the most live bytes first; returns how many there are. */
size_t site_table_read(struct site_table *table, struct site_figures *rows, size_t limit);

#endif
