/* heap.c - boundary tags in one contiguous range: best fit, coalescing, pages returned on request. */
#include "base/heap.h"

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/mman.h>

#include "base/error.h"
#include "base/meter.h"

enum { COMMIT_STEP_BYTES = 1 << 20, HUGE_PAGE_BYTES = 2 << 20, PAGE_BYTES = 4096 };

/* One per block, free or used; blocks lie end to end from the bottom to the committed top. */
struct span {
    struct heap *heap;
    size_t size_bytes;                      /* includes this header; a multiple of the alignment */
    struct span *below;                     /* the neighbour at the lower address; NULL for the first */
    struct span *next_free, *previous_free; /* valid while free */
    bool is_free;
    bool is_clean; /* free, and its whole pages were returned to the kernel */
    uint16_t site; /* its number in the table of the meter's root */
    _Alignas(HEAP_ALIGNMENT_BYTES) unsigned char bytes[];
};

_Static_assert(sizeof(struct span) == HEAP_ALIGNMENT_BYTES, "a header must keep blocks aligned");

struct heap {
    struct meter *meter;
    pthread_mutex_t lock;
    void *mapping;
    unsigned char *bottom; /* start of the range, aligned to a huge page */
    size_t reserve_bytes, committed_bytes, used_bytes, refusal_count, block_count;
    struct span *free_list, *last;
    bool grows_by_doubling;
};

static size_t round_up(size_t bytes, size_t step) {
    return (bytes + step - 1) / step * step;
}

enum lince_status heap_open(struct meter *meter, size_t reserve_bytes, struct heap **heap, struct lince_error *error) {
    *heap = meter_new(meter, struct heap);
    if (*heap == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the heap's own %zu bytes",
                         "no hay memoria para los %zu bytes del propio montón", sizeof **heap);
    }
    size_t reserve = round_up(reserve_bytes, COMMIT_STEP_BYTES), whole = reserve + HUGE_PAGE_BYTES;
    void *mapping = mmap(NULL, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapping == MAP_FAILED) {
        meter_free(*heap);
        *heap = NULL;
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "the kernel refused %zu MB of address space; raise the address space limit (ulimit -v)",
                         "el núcleo negó %zu MB de direcciones; suba el límite de direcciones (ulimit -v)",
                         reserve >> 20);
    }
    madvise(mapping, whole, MADV_HUGEPAGE); /* fewer faults; harmless if the kernel refuses */
    (*heap)->meter = meter;
    (*heap)->mapping = mapping;
    (*heap)->bottom = (unsigned char *)mapping + (round_up((uintptr_t)mapping, HUGE_PAGE_BYTES) - (uintptr_t)mapping);
    (*heap)->reserve_bytes = reserve;
    pthread_mutex_init(&(*heap)->lock, NULL);
    return LINCE_OK;
}

void heap_grow_by_doubling(struct heap *heap) {
    pthread_mutex_lock(&heap->lock);
    heap->grows_by_doubling = true;
    pthread_mutex_unlock(&heap->lock);
}

void heap_close(struct heap *heap) {
    if (heap == NULL) {
        return;
    }
    munmap(heap->mapping, heap->reserve_bytes + HUGE_PAGE_BYTES);
    meter_release(heap->meter, heap->committed_bytes);
    pthread_mutex_destroy(&heap->lock);
    meter_free(heap);
}

static struct span *span_above(const struct heap *heap, struct span *span) {
    return span == heap->last ? NULL : (struct span *)(void *)((unsigned char *)span + span->size_bytes);
}

static void free_list_add(struct heap *heap, struct span *span) {
    span->is_free = true;
    span->previous_free = NULL;
    span->next_free = heap->free_list;
    if (heap->free_list != NULL) {
        heap->free_list->previous_free = span;
    }
    heap->free_list = span;
}

static void free_list_remove(struct heap *heap, struct span *span) {
    span->is_free = false;
    if (span->previous_free != NULL) {
        span->previous_free->next_free = span->next_free;
    } else {
        heap->free_list = span->next_free;
    }
    if (span->next_free != NULL) {
        span->next_free->previous_free = span->previous_free;
    }
}

/* Merges the span above into this one. Both are free, and `above` is still on the list. */
static void merge_with_above(struct heap *heap, struct span *span, struct span *above) {
    free_list_remove(heap, above);
    span->size_bytes += above->size_bytes;
    span->is_clean = false;
    if (above == heap->last) {
        heap->last = span;
    } else {
        span_above(heap, span)->below = span;
    }
}

/*
 * Charges the bytes to grow by, more than needed if possible: as much again if the heap doubles, otherwise up to the
 * end of a huge page, which the kernel gives only whole. Returns 0 when refused.
 */
static size_t growth_charge(const struct heap *heap, size_t needed_bytes) {
    size_t left = heap->reserve_bytes - heap->committed_bytes;
    size_t to_huge_page = round_up(heap->committed_bytes + needed_bytes, HUGE_PAGE_BYTES) - heap->committed_bytes;
    bool doubles = heap->grows_by_doubling && heap->committed_bytes > to_huge_page;
    size_t wanted = doubles ? heap->committed_bytes : to_huge_page;
    if (wanted <= left && meter_charge(heap->meter, wanted)) {
        return wanted;
    }
    return needed_bytes <= left && meter_charge(heap->meter, needed_bytes) ? needed_bytes : 0;
}

/* Commits enough at the top for a free span of `size_bytes` to end there; NULL when refused. */
static struct span *grow(struct heap *heap, size_t size_bytes) {
    bool last_is_free = heap->last != NULL && heap->last->is_free;
    size_t have_bytes = last_is_free ? heap->last->size_bytes : 0;
    size_t step = growth_charge(heap, round_up(size_bytes - have_bytes, COMMIT_STEP_BYTES));
    if (step == 0) {
        return NULL;
    }
    unsigned char *top = heap->bottom + heap->committed_bytes;
    if (mprotect(top, step, PROT_READ | PROT_WRITE) != 0) {
        meter_release(heap->meter, step);
        return NULL;
    }
    heap->committed_bytes += step;
    if (last_is_free) {
        heap->last->size_bytes += step;
        heap->last->is_clean = false;
        return heap->last;
    }
    struct span *span = (struct span *)(void *)top;
    *span = (struct span){.heap = heap, .size_bytes = step, .below = heap->last};
    heap->last = span;
    free_list_add(heap, span);
    return span;
}

static struct span *best_fit(const struct heap *heap, size_t size_bytes) {
    struct span *best = NULL;
    for (struct span *span = heap->free_list; span != NULL; span = span->next_free) {
        bool fits = span->size_bytes >= size_bytes;
        if (fits && (best == NULL || span->size_bytes < best->size_bytes ||
                     (span->size_bytes == best->size_bytes && span < best))) {
            best = span;
        }
    }
    return best;
}

/* Splits off what `span`, no longer on the list, has beyond `size_bytes` as a free span. */
static void split(struct heap *heap, struct span *span, size_t size_bytes) {
    size_t rest_bytes = span->size_bytes - size_bytes;
    if (rest_bytes < 2 * sizeof *span) {
        return;
    }
    struct span *rest = (struct span *)(void *)((unsigned char *)span + size_bytes);
    *rest = (struct span){.heap = heap, .size_bytes = rest_bytes, .below = span};
    span->size_bytes = size_bytes;
    if (heap->last == span) {
        heap->last = rest;
    } else {
        span_above(heap, rest)->below = rest;
    }
    free_list_add(heap, rest);
}

void *heap_allocate_at(struct heap *heap, size_t bytes, const struct site *site) {
    struct span *span = NULL;
    pthread_mutex_lock(&heap->lock);
    if (bytes < heap->reserve_bytes && !meter_failure_is_due(heap->meter)) {
        size_t size_bytes = round_up(bytes, HEAP_ALIGNMENT_BYTES) + sizeof(struct span);
        span = best_fit(heap, size_bytes);
        if (span == NULL) {
            span = grow(heap, size_bytes);
        }
        if (span != NULL) {
            free_list_remove(heap, span);
            split(heap, span, size_bytes);
            heap->used_bytes += span->size_bytes;
            heap->block_count++;
            span->site = site_enter(heap->meter->root->sites, site, span->size_bytes);
        }
    }
    heap->refusal_count += span == NULL;
    pthread_mutex_unlock(&heap->lock);
    return span == NULL ? NULL : span->bytes;
}

void heap_free(void *block) {
    if (block == NULL) {
        return;
    }
    struct span *span = (struct span *)(void *)((unsigned char *)block - sizeof *span);
    struct heap *heap = span->heap;
    pthread_mutex_lock(&heap->lock);
    assert(!span->is_free);
    site_leave(heap->meter->root->sites, span->site, span->size_bytes);
    heap->used_bytes -= span->size_bytes;
    heap->block_count--;
    span->is_clean = false;
    free_list_add(heap, span);
    struct span *above = span_above(heap, span);
    if (above != NULL && above->is_free) {
        merge_with_above(heap, span, above);
    }
    if (span->below != NULL && span->below->is_free) {
        merge_with_above(heap, span->below, span);
    }
    pthread_mutex_unlock(&heap->lock);
}

/* Uncommits free pages at the top of the committed range. Returns the bytes uncommitted. */
static size_t shrink(struct heap *heap) {
    struct span *span = heap->last;
    if (span == NULL || !span->is_free) {
        return 0;
    }
    size_t start = (size_t)((unsigned char *)span - heap->bottom);
    size_t keep = start == 0 ? 0 : round_up(start + sizeof *span, PAGE_BYTES);
    if (keep >= heap->committed_bytes) {
        return 0;
    }
    size_t freed = heap->committed_bytes - keep;
    if (keep == 0) {
        free_list_remove(heap, span);
        heap->last = NULL;
    } else {
        span->size_bytes = keep - start;
    }
    madvise(heap->bottom + keep, freed, MADV_DONTNEED);
    mprotect(heap->bottom + keep, freed, PROT_NONE);
    heap->committed_bytes = keep;
    meter_release(heap->meter, freed);
    return freed;
}

size_t heap_trim(struct heap *heap) {
    pthread_mutex_lock(&heap->lock);
    size_t freed = shrink(heap);
    for (struct span *span = heap->free_list; span != NULL; span = span->next_free) {
        size_t start = round_up((size_t)(span->bytes - heap->bottom), PAGE_BYTES);
        size_t end = (size_t)((unsigned char *)span - heap->bottom) + span->size_bytes;
        end -= end % PAGE_BYTES;
        if (!span->is_clean && end > start) {
            madvise(heap->bottom + start, end - start, MADV_DONTNEED);
        }
        span->is_clean = true;
    }
    pthread_mutex_unlock(&heap->lock);
    return freed;
}

void heap_use_meter(struct heap *heap, struct meter *meter) {
    pthread_mutex_lock(&heap->lock);
    meter_move(heap->meter, meter, heap->committed_bytes);
    heap->meter = meter;
    pthread_mutex_unlock(&heap->lock);
}

struct meter *heap_meter(const struct heap *heap) {
    return heap->meter;
}

size_t heap_resident_bytes(struct heap *heap) {
    enum { PAGES_AT_ONCE = 2048 };
    unsigned char present[PAGES_AT_ONCE];
    size_t pages = 0;
    pthread_mutex_lock(&heap->lock);
    for (size_t at = 0; at < heap->committed_bytes; at += (size_t)PAGES_AT_ONCE * PAGE_BYTES) {
        size_t bytes = heap->committed_bytes - at;
        bytes = bytes < (size_t)PAGES_AT_ONCE * PAGE_BYTES ? bytes : (size_t)PAGES_AT_ONCE * PAGE_BYTES;
        if (mincore(heap->bottom + at, bytes, present) != 0) {
            break;
        }
        for (size_t i = 0; i < bytes / PAGE_BYTES; i++) {
            pages += present[i] & 1;
        }
    }
    pthread_mutex_unlock(&heap->lock);
    return pages * PAGE_BYTES;
}

struct heap_figures heap_figures(struct heap *heap) {
    pthread_mutex_lock(&heap->lock);
    struct heap_figures figures = {heap->used_bytes, heap->committed_bytes, heap->refusal_count, heap->block_count};
    pthread_mutex_unlock(&heap->lock);
    return figures;
}
