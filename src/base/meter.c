/* meter.c - charges on a tree of meters, and the heap blocks that carry their charge with them. */
#include "base/meter.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Stands before each block: whom to give the bytes back to. 16 bytes, so that the block keeps malloc's alignment. */
struct block_header {
    struct meter *meter;
    size_t block_bytes; /* with this header */
};

_Static_assert(sizeof(struct block_header) == 16, "a block must keep the alignment of malloc");

void meter_init(struct meter *meter, struct meter *parent, const char *name, uint64_t limit_bytes) {
    *meter = (struct meter){.name = name, .parent = parent, .limit_bytes = limit_bytes};
    if (parent != NULL) {
        meter->next_sibling = parent->first_child;
        parent->first_child = meter;
    }
}

void meter_remove(struct meter *meter) {
    assert(meter->current_bytes == 0 && meter->first_child == NULL);
    if (meter->parent == NULL) {
        return;
    }
    struct meter **link = &meter->parent->first_child;
    while (*link != meter) {
        assert(*link != NULL);
        link = &(*link)->next_sibling;
    }
    *link = meter->next_sibling;
}

static void peak_raise(struct meter *meter, uint64_t current_bytes) {
    uint64_t peak = atomic_load_explicit(&meter->peak_bytes, memory_order_relaxed);
    while (current_bytes > peak && !atomic_compare_exchange_weak_explicit(&meter->peak_bytes, &peak, current_bytes,
                                                                          memory_order_relaxed, memory_order_relaxed)) {
    }
}

static bool failure_is_due(struct meter *root) {
    if (atomic_load_explicit(&root->fail_countdown, memory_order_relaxed) <= 0) {
        return false;
    }
    return atomic_fetch_sub(&root->fail_countdown, 1) == 1;
}

bool meter_failure_is_due(struct meter *meter) {
    while (meter->parent != NULL) {
        meter = meter->parent;
    }
    return failure_is_due(meter);
}

static void release_up_to(struct meter *meter, const struct meter *end, uint64_t bytes) {
    for (; meter != end; meter = meter->parent) {
        uint64_t before = atomic_fetch_sub_explicit(&meter->current_bytes, bytes, memory_order_relaxed);
        assert(before >= bytes);
        (void)before;
    }
}

bool meter_charge(struct meter *meter, uint64_t bytes) {
    for (struct meter *node = meter; node != NULL; node = node->parent) {
        uint64_t before = atomic_fetch_add_explicit(&node->current_bytes, bytes, memory_order_relaxed);
        uint64_t limit = atomic_load_explicit(&node->limit_bytes, memory_order_relaxed);
        bool refused = bytes > limit || before > limit - bytes;
        if (refused || (node->parent == NULL && failure_is_due(node))) {
            atomic_fetch_add_explicit(&node->refusal_count, 1, memory_order_relaxed);
            release_up_to(meter, node->parent, bytes);
            return false;
        }
    }
    for (struct meter *node = meter; node != NULL; node = node->parent) {
        atomic_fetch_add_explicit(&node->charge_count, 1, memory_order_relaxed);
        peak_raise(node, atomic_load_explicit(&node->current_bytes, memory_order_relaxed));
    }
    return true;
}

void meter_release(struct meter *meter, uint64_t bytes) {
    release_up_to(meter, NULL, bytes);
}

void meter_peak_restart(struct meter *meter) {
    atomic_store(&meter->peak_bytes, atomic_load(&meter->current_bytes));
}

uint64_t meter_room_bytes(const struct meter *meter) {
    uint64_t room = METER_NO_LIMIT;
    for (; meter != NULL; meter = meter->parent) {
        uint64_t limit = atomic_load(&meter->limit_bytes);
        uint64_t current = atomic_load(&meter->current_bytes);
        uint64_t here = limit == METER_NO_LIMIT ? METER_NO_LIMIT : limit > current ? limit - current : 0;
        room = here < room ? here : room;
    }
    return room;
}

void *meter_allocate(struct meter *meter, size_t bytes) {
    assert(meter != NULL);
    if (bytes > SIZE_MAX - sizeof(struct block_header)) {
        return NULL;
    }
    size_t block_bytes = bytes + sizeof(struct block_header);
    if (!meter_charge(meter, block_bytes)) {
        return NULL;
    }
    struct block_header *header = malloc(block_bytes);
    if (header == NULL) {
        meter_release(meter, block_bytes);
        return NULL;
    }
    *header = (struct block_header){meter, block_bytes};
    return header + 1;
}

void *meter_allocate_zero(struct meter *meter, size_t count, size_t element_bytes) {
    size_t bytes;
    if (__builtin_mul_overflow(count, element_bytes, &bytes)) {
        return NULL;
    }
    void *block = meter_allocate(meter, bytes);
    return block == NULL ? NULL : memset(block, 0, bytes);
}

void *meter_reallocate(struct meter *meter, void *block, size_t bytes) {
    if (block == NULL) {
        return meter_allocate(meter, bytes);
    }
    struct block_header *header = (struct block_header *)block - 1;
    struct block_header old = *header;
    if (bytes > SIZE_MAX - sizeof *header) {
        return NULL;
    }
    size_t block_bytes = bytes + sizeof *header;
    if (block_bytes > old.block_bytes && !meter_charge(old.meter, block_bytes - old.block_bytes)) {
        return NULL;
    }
    header = realloc(header, block_bytes);
    if (header == NULL) {
        if (block_bytes > old.block_bytes) {
            meter_release(old.meter, block_bytes - old.block_bytes);
        }
        return NULL;
    }
    if (block_bytes < old.block_bytes) {
        meter_release(old.meter, old.block_bytes - block_bytes);
    }
    header->block_bytes = block_bytes;
    return header + 1;
}

void meter_free(void *block) {
    if (block == NULL) {
        return;
    }
    struct block_header *header = (struct block_header *)block - 1;
    meter_release(header->meter, header->block_bytes);
    free(header);
}

char *meter_copy_text(struct meter *meter, const char *text) {
    size_t bytes = strlen(text) + 1;
    char *copy = meter_allocate(meter, bytes);
    return copy == NULL ? NULL : memcpy(copy, text, bytes);
}
