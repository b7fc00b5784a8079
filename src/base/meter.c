/* meter.c - charges on a tree of meters, and heap blocks that carry their charge. */
#include "base/meter.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Precedes each block and names its meter. 16 bytes, so that the block keeps malloc's alignment. */
struct block_header {
    struct meter *meter;
    uint64_t block_bytes : 48; /* includes this header */
    uint64_t site : 16;        /* its number in the root's table; 0 if it is not counted */
};

#define BLOCK_LIMIT_BYTES ((UINT64_C(1) << 48) - 1)

_Static_assert(sizeof(struct block_header) == 16, "a block must keep the alignment of malloc");

void meter_init(struct meter *meter, struct meter *parent, const char *name, uint64_t limit_bytes) {
    *meter = (struct meter){.name = name, .parent = parent, .limit_bytes = limit_bytes};
    meter->root = parent == NULL ? meter : parent->root;
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

static void raise_to(_Atomic uint64_t *peak_bytes, uint64_t current_bytes) {
    uint64_t peak = atomic_load_explicit(peak_bytes, memory_order_relaxed);
    while (current_bytes > peak && !atomic_compare_exchange_weak_explicit(peak_bytes, &peak, current_bytes,
                                                                          memory_order_relaxed, memory_order_relaxed)) {
    }
}

static void peaks_raise(struct meter *meter, uint64_t current_bytes) {
    raise_to(&meter->peak_bytes, current_bytes);
    raise_to(&meter->watched_peak_bytes, current_bytes);
}

static bool failure_is_due(struct meter *root) {
    if (atomic_load_explicit(&root->fail_countdown, memory_order_relaxed) <= 0) {
        return false;
    }
    return atomic_fetch_sub(&root->fail_countdown, 1) == 1;
}

bool meter_failure_is_due(struct meter *meter) {
    return failure_is_due(meter->root);
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
        peaks_raise(node, atomic_load_explicit(&node->current_bytes, memory_order_relaxed));
    }
    return true;
}

void meter_release(struct meter *meter, uint64_t bytes) {
    release_up_to(meter, NULL, bytes);
}

bool meter_limit_by_name(struct meter *meter, const char *name, uint64_t limit_bytes) {
    bool found = strcmp(meter->name, name) == 0;
    if (found) {
        meter->limit_bytes = limit_bytes;
    }
    for (struct meter *child = meter->first_child; child != NULL; child = child->next_sibling) {
        found = meter_limit_by_name(child, name, limit_bytes) || found;
    }
    return found;
}

/* The nearest meter that is, or is above, both. */
static struct meter *common_ancestor(struct meter *one, const struct meter *other) {
    for (; one != NULL; one = one->parent) {
        for (const struct meter *node = other; node != NULL; node = node->parent) {
            if (node == one) {
                return one;
            }
        }
    }
    return NULL;
}

void meter_move(struct meter *from, struct meter *to, uint64_t bytes) {
    struct meter *shared = common_ancestor(from, to);
    assert(shared != NULL);
    release_up_to(from, shared, bytes);
    for (struct meter *node = to; node != shared; node = node->parent) {
        peaks_raise(node, atomic_fetch_add_explicit(&node->current_bytes, bytes, memory_order_relaxed) + bytes);
    }
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

void *meter_allocate_at(struct meter *meter, size_t bytes, const struct site *site) {
    assert(meter != NULL);
    if (bytes > BLOCK_LIMIT_BYTES - sizeof(struct block_header)) {
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
    *header = (struct block_header){meter, block_bytes, site_enter(meter->root->sites, site, block_bytes)};
    return header + 1;
}

size_t meter_charged_bytes(size_t bytes) {
    return bytes + sizeof(struct block_header);
}

void *meter_allocate_charged(struct meter *meter, size_t bytes) {
    struct block_header *header = malloc(meter_charged_bytes(bytes));
    if (header != NULL) {
        *header = (struct block_header){meter, meter_charged_bytes(bytes),
                                        site_enter(meter->root->sites, SITE_HERE("bytes"), meter_charged_bytes(bytes))};
    }
    return header == NULL ? NULL : header + 1;
}

void *meter_allocate_zero_at(struct meter *meter, size_t count, size_t element_bytes, const struct site *site) {
    size_t bytes;
    if (__builtin_mul_overflow(count, element_bytes, &bytes)) {
        return NULL;
    }
    void *block = meter_allocate_at(meter, bytes, site);
    return block == NULL ? NULL : memset(block, 0, bytes);
}

void *meter_reallocate_at(struct meter *meter, void *block, size_t bytes, const struct site *site) {
    if (block == NULL) {
        return meter_allocate_at(meter, bytes, site);
    }
    struct block_header *header = (struct block_header *)block - 1;
    struct block_header old = *header;
    if (bytes > BLOCK_LIMIT_BYTES - sizeof *header) {
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
    struct site_table *sites = old.meter->root->sites;
    site_leave(sites, (uint16_t)old.site, old.block_bytes);
    *header = (struct block_header){old.meter, block_bytes, site_enter(sites, site, block_bytes)};
    return header + 1;
}

void meter_free(void *block) {
    if (block == NULL) {
        return;
    }
    struct block_header *header = (struct block_header *)block - 1;
    site_leave(header->meter->root->sites, (uint16_t)header->site, header->block_bytes);
    meter_release(header->meter, header->block_bytes);
    free(header);
}

size_t meter_block_bytes(const void *block) {
    const struct block_header *header = (const struct block_header *)block - 1;
    return (size_t)header->block_bytes - sizeof *header;
}

char *meter_copy_text(struct meter *meter, const char *text) {
    size_t bytes = strlen(text) + 1;
    char *copy = meter_allocate_at(meter, bytes, SITE_HERE("text"));
    return copy == NULL ? NULL : memcpy(copy, text, bytes);
}
