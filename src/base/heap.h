/*
 * heap.h - a coalescing best-fit heap in one reserved range of addresses, for the inference runtime's large and
 * short-lived blocks.
 *
 * Address space is reserved once; memory is committed from the bottom in steps, each step charged to the meter, and
 * given back to the kernel by heap_trim. Blocks are taken at the best fit and, among equals, the lowest address, and
 * merge with free neighbours when freed, so that the committed part stays short. Thread-safe.
 */
#ifndef LINCE_BASE_HEAP_H
#define LINCE_BASE_HEAP_H

#include "base/site.h"
#include "lince.h"

struct heap;
struct meter;

/* The alignment of every block: a cache line, as the runtime's vector kernels like it. */
#define HEAP_ALIGNMENT_BYTES 64

/*
 * Gives a heap that may grow to `reserve_bytes` (rounded up to the step); borrows `meter`, on which the handle itself
 * lies too. MEMORY_LIMIT when the addresses or the handle cannot be had.
 */
enum lince_status heap_open(struct meter *meter, size_t reserve_bytes, struct heap **heap, struct lince_error *error);

/* From now on each growth is by as much as the heap has, or by the step where that is more: fewer growths, more memory.
 */
void heap_grow_by_doubling(struct heap *heap);

/* Frees the heap with all blocks in it. NULL is allowed. */
void heap_close(struct heap *heap);

/* NULL when no free block is large enough and the meter or the reserve refuses more. */
#define heap_allocate(heap, bytes) heap_allocate_at(heap, bytes, SITE_HERE("bytes"))
void *heap_allocate_at(struct heap *heap, size_t bytes, const struct site *site);

/* Returns a block to the heap that it came from, from any thread. NULL is allowed. */
void heap_free(void *block);

/* Gives every whole page of free memory back to the kernel. Returns the bytes taken off the meter. */
size_t heap_trim(struct heap *heap);

/*
 * From now on the heap stands on `meter`, of the same tree: what is committed moves there. For a heap that serves one
 * stage after the other. The handle stays where it was.
 */
void heap_use_meter(struct heap *heap, struct meter *meter);
struct meter *heap_meter(const struct heap *heap);

struct heap_figures {
    size_t used_bytes;      /* in blocks, headers included */
    size_t committed_bytes; /* charged to the meter */
    size_t refusal_count;   /* requests that got NULL */
    size_t block_count;
};
struct heap_figures heap_figures(struct heap *heap);

/* How much of what is committed the kernel has really given, asked page by page: for reports. */
size_t heap_resident_bytes(struct heap *heap);

#endif
