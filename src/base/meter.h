/*
 * meter.h - every allocation belongs to a meter; meters form a tree whose parents count their children's bytes.
 *
 * A charge that would take the meter or any of its ancestors over its limit is refused, and the allocation returns
 * NULL: running out of memory is an ordinary result. All functions are thread-safe but meter_init and meter_remove,
 * which one thread calls while no other uses that meter.
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
    struct site_table *_Atomic sites; /* root only, borrowed: where blocks are counted; NULL: never yet */
    _Atomic uint64_t current_bytes, peak_bytes;
    _Atomic uint64_t watched_peak_bytes; /* the peak since the innermost scope on this meter began */
    _Atomic uint64_t limit_bytes;        /* METER_NO_LIMIT: only the ancestors' limits hold */
    _Atomic uint64_t charge_count;       /* charges granted since the start */
    _Atomic uint64_t refusal_count;      /* charges refused here, by this meter's own limit */
    _Atomic int64_t fail_countdown;      /* root only, for tests: the request that brings it to 0 is refused; 0: off */
};

/* Makes `meter` an empty node under `parent` (NULL: a root). Borrows `name` and `parent` for the meter's life. */
void meter_init(struct meter *meter, struct meter *parent, const char *name, uint64_t limit_bytes);

/* Takes an empty meter without children out of its tree. Asserts that nothing is left on it. */
void meter_remove(struct meter *meter);

/* Counts `bytes` on the meter and its ancestors; false and nothing counted when a limit refuses it. */
bool meter_charge(struct meter *meter, uint64_t bytes);
void meter_release(struct meter *meter, uint64_t bytes);

/* Sets the limit of every meter of that name at or under `meter`; false when there is none. */
bool meter_limit_by_name(struct meter *meter, const char *name, uint64_t limit_bytes);

/*
 * Takes `bytes` from one meter of a tree to another; ancestors that both have notice nothing. Limits do not refuse it:
 * the bytes are there already, and the next charge will be.
 */
void meter_move(struct meter *from, struct meter *to, uint64_t bytes);

/*
 * For tests: counts one request of an allocator that stands on this meter and does not charge every block by itself
 * (arenas, heaps). True when the root's fail_countdown says that this very request is to be refused.
 */
bool meter_failure_is_due(struct meter *meter);

/* How many bytes could still be charged here, by the tightest of this meter's and its ancestors' limits. */
uint64_t meter_room_bytes(const struct meter *meter);

/* malloc, calloc, realloc and free on a meter. Sizes of 0 give a unique pointer. Aligned for every C type. */
#define meter_allocate(meter, bytes) meter_allocate_at(meter, bytes, SITE_HERE("bytes"))
/* A cleared object, or cleared objects, of `type`. */
#define meter_new(meter, type) ((type *)meter_allocate_zero_at(meter, 1, sizeof(type), SITE_HERE(#type)))
#define meter_new_array(meter, count, type)                                                                            \
    ((type *)meter_allocate_zero_at(meter, count, sizeof(type), SITE_HERE(#type "[]")))
#define meter_allocate_zero(meter, count, element_bytes)                                                               \
    meter_allocate_zero_at(meter, count, element_bytes, SITE_HERE("bytes"))
/* `block` may be NULL. On NULL the old block stands. The block stays on the meter that it was allocated on. */
#define meter_reallocate(meter, block, bytes) meter_reallocate_at(meter, block, bytes, SITE_HERE("bytes"))

void *meter_allocate_at(struct meter *meter, size_t bytes, const struct site *site);
void *meter_allocate_zero_at(struct meter *meter, size_t count, size_t element_bytes, const struct site *site);
void *meter_reallocate_at(struct meter *meter, void *block, size_t bytes, const struct site *site);
/* Returns the block's bytes to the meter that it was allocated on. NULL is allowed. */
void meter_free(void *block);
/* What was asked for when the block was allocated, or last reallocated. */
size_t meter_block_bytes(const void *block);
char *meter_copy_text(struct meter *meter, const char *text);

#endif
