/* arena.c - a stack of blocks from one meter. */
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/meter.h"

enum { ALIGNMENT_BYTES = 16 };

struct arena_block {
    struct arena_block *older;
    size_t size_bytes, used_bytes;
    _Alignas(ALIGNMENT_BYTES) unsigned char bytes[];
};

void arena_init(struct arena *arena, struct meter *meter, size_t block_bytes) {
    assert(block_bytes >= 1024);
    *arena = (struct arena){.meter = meter, .block_bytes = block_bytes};
}

void arena_clear(struct arena *arena) {
    arena_rewind(arena, (struct arena_mark){0});
}

static struct arena_block *block_add(struct arena *arena, size_t bytes) {
    size_t size_bytes = bytes > arena->block_bytes ? bytes : arena->block_bytes;
    struct arena_block *block =
        meter_allocate_at(arena->meter, sizeof *block + size_bytes, SITE_HERE("struct arena_block"));
    if (block == NULL && size_bytes > bytes) { /* near the limit, take no more than is needed */
        size_bytes = bytes;
        block = meter_allocate_at(arena->meter, sizeof *block + size_bytes, SITE_HERE("struct arena_block"));
    }
    if (block == NULL) {
        return NULL;
    }
    block->older = arena->newest;
    block->size_bytes = size_bytes;
    block->used_bytes = 0;
    arena->newest = block;
    return block;
}

void *arena_allocate(struct arena *arena, size_t bytes) {
    if (bytes > SIZE_MAX / 2 || meter_failure_is_due(arena->meter)) {
        return NULL;
    }
    size_t rounded = (bytes + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
    struct arena_block *block = arena->newest;
    if (block == NULL || block->size_bytes - block->used_bytes < rounded) {
        block = block_add(arena, rounded);
        if (block == NULL) {
            return NULL;
        }
    }
    void *result = block->bytes + block->used_bytes;
    block->used_bytes += rounded;
    return result;
}

void *arena_allocate_zero(struct arena *arena, size_t count, size_t element_bytes) {
    size_t bytes;
    if (__builtin_mul_overflow(count, element_bytes, &bytes)) {
        return NULL;
    }
    void *result = arena_allocate(arena, bytes);
    return result == NULL ? NULL : memset(result, 0, bytes);
}

void *arena_allocate_aligned(struct arena *arena, size_t bytes, size_t alignment_bytes) {
    char *room = arena_allocate_zero(arena, 1, bytes + alignment_bytes);
    return room == NULL ? NULL : room + (alignment_bytes - (uintptr_t)room % alignment_bytes) % alignment_bytes;
}

char *arena_copy_text(struct arena *arena, const char *text, size_t bytes) {
    char *copy = arena_allocate(arena, bytes + 1);
    if (copy != NULL) {
        memcpy(copy, text, bytes);
        copy[bytes] = '\0';
    }
    return copy;
}

struct arena_mark arena_mark(const struct arena *arena) {
    return (struct arena_mark){arena->newest, arena->newest == NULL ? 0 : arena->newest->used_bytes};
}

void arena_rewind(struct arena *arena, struct arena_mark mark) {
    while (arena->newest != mark.block) {
        assert(arena->newest != NULL);
        struct arena_block *older = arena->newest->older;
        meter_free(arena->newest);
        arena->newest = older;
    }
    if (arena->newest != NULL) {
        arena->newest->used_bytes = mark.used_bytes;
    }
}
