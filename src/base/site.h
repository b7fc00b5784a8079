/*
 * site.h - which places and types allocate memory: live bytes, live blocks and peaks.
 *
 * Off at first; it can be switched on at any time. It then counts all blocks of at least SITE_EXACT_BYTES, and one
 * smaller block in `period`, which it counts `period` times. Figures of small blocks are therefore estimates unless the
 * period is 1. Blocks allocated before it was switched on are not counted. All functions are thread-safe.
 */
#ifndef LINCE_BASE_SITE_H
#define LINCE_BASE_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One place in the source, or one model of the inference runtime. Lives as long as the program or the model. */
struct site {
    const char *file; /* the full path as compiled; the model's name for the runtime's own requests */
    int line;
    const char *function;
    const char *type; /* "struct lince_page", "bytes", ... */
};

/* This place in the source, as a pointer to a constant. */
#define SITE_HERE(type_name)                                                                                           \
    (__extension__({                                                                                                   \
        static const struct site site_of_this_place = {__FILE__, __LINE__, __func__, type_name};                       \
        &site_of_this_place;                                                                                           \
    }))

enum { SITE_EXACT_BYTES = 64 << 10, SITE_LIMIT = 511 };

/* The figures of one site. */
struct site_figures {
    const struct site *site;
    uint64_t live_bytes, live_count, peak_bytes, total_count;
};

struct site_table;

/* Gives a table that counts one small block in `period` (at least 1); NULL when the system has no memory for it. */
struct site_table *site_table_open(uint32_t period);
void site_table_close(struct site_table *table);

/* Starts or stops counting new blocks. Blocks already counted still leave the table when they are freed. */
void site_table_switch(struct site_table *table, bool on);
bool site_table_is_on(const struct site_table *table);

/* Bytes of the table itself, which are on no meter. */
size_t site_table_bytes(void);

/* Counts a new block and returns its number for site_leave; 0 if it is not counted. `table` may be NULL. */
uint16_t site_enter(struct site_table *table, const struct site *site, size_t bytes);
void site_leave(struct site_table *table, uint16_t number, size_t bytes);

/* Copies up to `limit` rows, most live bytes first. Returns the number of rows. */
size_t site_table_read(struct site_table *table, struct site_figures *rows, size_t limit);

#endif
