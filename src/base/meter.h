/*
 * meter.h - every allocation is on a meter; meters form a tree, and parents count their children's bytes.
 *
 * A charge that would take the meter or an ancestor over its limit is refused, and the allocation returns NULL: running
 * out of memory is an ordinary result. All functions are thread-safe, except meter_init and meter_remove, which one
 * thread calls while no other uses that meter.
 */
#ifndef LINCE_BASE_METER_H
#define LINCE_BASE_METER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/site.h"

struct scope_table;

#define METER_NO_LIMIT UINT64_MAX

struct meter {
    const char *name;     /* borrowed, static: "decode", "detect", ... */
    struct meter *parent; /* NULL for the root */
    struct meter *root;   /* itself for the root */
    struct meter *first_child, *next_sibling;
    struct scope_table *scopes;       /* root only, borrowed: where scopes write; NULL: nowhere */
    struct site_table *_Atomic sites; /* root only, borrowed: where blocks are counted; NULL: not yet */
    _Atomic uint64_t current_bytes, peak_bytes;
    _Atomic uint64_t watched_peak_bytes; /* the peak since the innermost scope on this meter began */
    _Atomic uint64_t limit_bytes;        /* METER_NO_LIMIT: only the ancestors' limits apply */
    _Atomic uint64_t charge_count;       /* charges granted since the start */
    _Atomic uint64_t refusal_count;      /* charges refused by this meter's own limit */
    _Atomic int64_t fail_countdown;      /* root only, for tests: refuses the request that brings it to 0; 0: off */
};

/* Makes `meter` an empty node under `parent` (NULL: a root). Borrows `name` and `parent` for the meter's life. */
void meter_init(struct meter *meter, struct meter *parent, const char *name, uint64_t limit_bytes);

/* Removes an empty meter without children from its tree. Asserts that nothing is left on it. */
void meter_remove(struct meter *meter);

/* Counts `bytes` on the meter and its ancestors. Returns false, and counts nothing, when a limit refuses. */
bool meter_charge(struct meter *meter, uint64_t bytes);
void meter_release(struct meter *meter, uint64_t bytes);

/* Sets the limit of every meter with this name at or under `meter`; false if there is none. */
bool meter_limit_by_name(struct meter *meter, const char *name, uint64_t limit_bytes);

/*
 * Moves `bytes` from one meter of a tree to another; common ancestors do not change. Limits do not refuse this, since
 * the bytes already exist, but they may refuse the next charge.
 */
void meter_move(struct meter *from, struct meter *to, uint64_t bytes);

/*
 * For tests: counts one request of an allocator on this meter that does not charge every block (arenas, heaps). Returns
 * true if the root's fail_countdown refuses this request.
 */
bool meter_failure_is_due(struct meter *meter);

/* How many more bytes can be charged here under the tightest limit of this meter and its ancestors. */
uint64_t meter_room_bytes(const struct meter *meter);

/* malloc, calloc, realloc and free on a meter. A size of 0 gives a unique pointer. Aligned for every C type. */
#define meter_allocate(meter, bytes) meter_allocate_at(meter, bytes, SITE_HERE("bytes"))
/* One or more cleared objects of `type`. */
#define meter_new(meter, type) ((type *)meter_allocate_zero_at(meter, 1, sizeof(type), SITE_HERE(#type)))
#define meter_new_array(meter, count, type)                                                                            \
    ((type *)meter_allocate_zero_at(meter, count, sizeof(type), SITE_HERE(#type "[]")))
#define meter_allocate_zero(meter, count, element_bytes)                                                               \
    meter_allocate_zero_at(meter, count, element_bytes, SITE_HERE("bytes"))
/* `block` may be NULL. When this returns NULL, the old block is unchanged. The block stays on its meter. */
#define meter_reallocate(meter, block, bytes) meter_reallocate_at(meter, block, bytes, SITE_HERE("bytes"))

void *meter_allocate_at(struct meter *meter, size_t bytes, const struct site *site);
/* The same, but meter_charged_bytes(bytes) were already charged. NULL only if the system has no memory. */
void *meter_allocate_charged(struct meter *meter, size_t bytes);
size_t meter_charged_bytes(size_t bytes);
void *meter_allocate_zero_at(struct meter *meter, size_t count, size_t element_bytes, const struct site *site);
void *meter_reallocate_at(struct meter *meter, void *block, size_t bytes, const struct site *site);
/* Returns the block's bytes to its meter. NULL is allowed. */
void meter_free(void *block);
/* The size requested when the block was allocated or last reallocated. */
size_t meter_block_bytes(const void *block);
char *meter_copy_text(struct meter *meter, const char *text);

#endif
