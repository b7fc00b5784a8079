/*
 * heap.h - a coalescing best-fit heap in one reserved range of addresses, for the large, short-lived blocks of the
 * inference runtime.
 *
 * Address space is reserved once. Memory is committed from the bottom in steps; each step is charged to the meter, and
 * heap_trim returns it to the kernel. An allocation takes the best fit and, among equals, the lowest address. A freed
 * block merges with free neighbours, so the committed part stays short. Thread-safe.
 */
#ifndef LINCE_BASE_HEAP_H
#define LINCE_BASE_HEAP_H

#include "base/site.h"
#include "lince.h"

struct heap;
struct meter;

/* The alignment of every block: a cache line, which suits the runtime's vector kernels. */
#define HEAP_ALIGNMENT_BYTES 64

/*
 * Gives a heap that may grow to `reserve_bytes`, rounded up to the step. Borrows `meter`, which also holds the handle.
 * MEMORY_LIMIT when the addresses or the handle are refused.
 */
enum lince_status heap_open(struct meter *meter, size_t reserve_bytes, struct heap **heap, struct lince_error *error);

/* From now on the heap doubles when it grows, or grows by the step if that is more: fewer growths, more memory. */
void heap_grow_by_doubling(struct heap *heap);

/* Frees the heap and all blocks in it. NULL is allowed. */
void heap_close(struct heap *heap);

/* NULL when no free block is large enough and the meter or the reserve refuses more. */
#define heap_allocate(heap, bytes) heap_allocate_at(heap, bytes, SITE_HERE("bytes"))
void *heap_allocate_at(struct heap *heap, size_t bytes, const struct site *site);

/* Returns a block to its heap, from any thread. NULL is allowed. */
void heap_free(void *block);

/* Returns every whole free page to the kernel. Returns the bytes taken off the meter. */
size_t heap_trim(struct heap *heap);

/*
 * Moves the heap's committed bytes to `meter`, of the same tree, for a heap that serves one stage after another. The
 * handle stays on its meter.
 */
void heap_use_meter(struct heap *heap, struct meter *meter);
struct meter *heap_meter(const struct heap *heap);

struct heap_figures {
    size_t used_bytes;      /* in blocks, headers included */
    size_t committed_bytes; /* charged to the meter */
    size_t refusal_count;   /* requests that returned NULL */
    size_t block_count;
};
struct heap_figures heap_figures(struct heap *heap);

/* The committed bytes that are resident, checked page by page: for reports. */
size_t heap_resident_bytes(struct heap *heap);

#endif
