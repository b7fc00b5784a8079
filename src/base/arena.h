/*
 * arena.h - memory that lives as long as one page: allocated by moving a pointer, freed all at once.
 *
 * One thread uses an arena. Its blocks come from its meter; when the meter refuses, an allocation returns NULL.
 */
#ifndef LINCE_BASE_ARENA_H
#define LINCE_BASE_ARENA_H

#include <stddef.h>

struct meter;

struct arena {
    struct meter *meter; /* borrowed */
    struct arena_block *newest;
    size_t block_bytes; /* size of an ordinary block; larger requests get their own */
};

/* `block_bytes` is what the arena takes from the meter at a time, at least 1024. Allocates nothing yet. */
void arena_init(struct arena *arena, struct meter *meter, size_t block_bytes);

/* Frees everything; the arena can be used again. */
void arena_clear(struct arena *arena);

/* Aligned to 16 bytes, not cleared. NULL when the meter refuses. */
void *arena_allocate(struct arena *arena, size_t bytes);

/* An array of `count` cleared elements. NULL also when the product overflows. */
void *arena_allocate_zero(struct arena *arena, size_t count, size_t element_bytes);

/* One cleared object of a type with an alignment above 16 bytes, a power of two. */
void *arena_allocate_aligned(struct arena *arena, size_t bytes, size_t alignment_bytes);

/* A copy of `bytes` bytes of text, followed by a zero byte. */
char *arena_copy_text(struct arena *arena, const char *text, size_t bytes);

/* A position in the arena. arena_rewind frees what was allocated after it. */
struct arena_mark {
    struct arena_block *block;
    size_t used_bytes;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

#endif
