/* test_heap.c - the coalescing heap: neighbours merge, the best fit is taken, limits refuse, pages go back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/heap.h"
#include "base/meter.h"

enum { MEGABYTE = 1 << 20 };

static struct meter meter;
static struct heap *heap;

static int open_heap(void **state) {
    (void)state;
    meter_init(&meter, NULL, "heap", 16 * MEGABYTE);
    return heap_open(&meter, 64 * MEGABYTE, &heap, NULL) == LINCE_OK ? 0 : -1;
}

static int close_heap(void **state) {
    (void)state;
    heap_close(heap);
    return meter.current_bytes == 0 ? 0 : -1;
}

static void test_blocks_are_aligned_and_apart(void **state) {
    (void)state;
    unsigned char *blocks[100];
    for (size_t i = 0; i < 100; i++) {
        blocks[i] = heap_allocate(heap, 100 + i);
        assert_int_equal((uintptr_t)blocks[i] % HEAP_ALIGNMENT_BYTES, 0);
        memset(blocks[i], (int)i, 100 + i);
    }
    for (size_t i = 0; i < 100; i++) {
        assert_int_equal(blocks[i][0], i);
        assert_int_equal(blocks[i][99 + i], i);
        heap_free(blocks[i]);
    }
    assert_int_equal(heap_figures(heap).used_bytes, 0);
}

static void test_freed_neighbours_become_one_block(void **state) {
    (void)state;
    void *first = heap_allocate(heap, 4 * MEGABYTE);
    void *second = heap_allocate(heap, 4 * MEGABYTE);
    void *third = heap_allocate(heap, 4 * MEGABYTE);
    assert_non_null(third);
    size_t committed = heap_figures(heap).committed_bytes;
    heap_free(first);
    heap_free(third);
    heap_free(second);
    void *whole = heap_allocate(heap, 12 * MEGABYTE);
    assert_ptr_equal(whole, first);
    assert_int_equal(heap_figures(heap).committed_bytes, committed);
    heap_free(whole);
}

static void test_the_best_fit_is_taken(void **state) {
    (void)state;
    void *large = heap_allocate(heap, 8000);
    void *wall = heap_allocate(heap, 64);
    void *small = heap_allocate(heap, 2000);
    void *wall_too = heap_allocate(heap, 64);
    heap_free(large);
    heap_free(small);
    assert_ptr_equal(heap_allocate(heap, 1900), small);
    heap_free(small);
    heap_free(wall);
    heap_free(wall_too);
}

static void test_over_the_limit_is_refused_and_the_heap_goes_on(void **state) {
    (void)state;
    assert_null(heap_allocate(heap, 17 * MEGABYTE));
    assert_null(heap_allocate(heap, 65 * MEGABYTE));
    assert_null(heap_allocate(heap, SIZE_MAX));
    assert_int_equal(heap_figures(heap).refusal_count, 3);
    void *block = heap_allocate(heap, 10 * MEGABYTE);
    assert_non_null(block);
    heap_free(block);
}

static void test_trim_returns_everything_when_nothing_is_used(void **state) {
    (void)state;
    uint64_t before = meter.current_bytes;
    void *block = heap_allocate(heap, 5 * MEGABYTE);
    memset(block, 1, 5 * MEGABYTE);
    heap_free(block);
    assert_true(heap_trim(heap) >= 5 * MEGABYTE);
    assert_int_equal(heap_figures(heap).committed_bytes, 0);
    assert_int_equal(meter.current_bytes, before);
    block = heap_allocate(heap, 5 * MEGABYTE);
    assert_int_equal(((unsigned char *)block)[MEGABYTE], 0); /* fresh pages from the kernel */
    heap_free(block);
}

static void test_trim_keeps_used_blocks(void **state) {
    (void)state;
    void *low = heap_allocate(heap, 3 * MEGABYTE);
    char *kept = heap_allocate(heap, 100);
    void *high = heap_allocate(heap, 3 * MEGABYTE);
    memcpy(kept, "kept", 5);
    heap_free(low);
    heap_free(high);
    heap_trim(heap);
    heap_trim(heap);
    assert_string_equal(kept, "kept");
    assert_true(heap_figures(heap).committed_bytes <= 3 * MEGABYTE + 16384);
    heap_free(kept);
}

static void test_random_use_never_overlaps(void **state) {
    (void)state;
    enum { SLOTS = 64 };
    struct {
        unsigned char *bytes;
        size_t size;
    } slots[SLOTS] = {{0}};
    uint32_t random = 12345;
    for (int step = 0; step < 20000; step++) {
        random = random * 1664525u + 1013904223u;
        size_t slot = random >> 26;
        if (slots[slot].bytes != NULL) {
            for (size_t i = 0; i < slots[slot].size; i += 97) {
                assert_int_equal(slots[slot].bytes[i], (unsigned char)slot);
            }
            heap_free(slots[slot].bytes);
            slots[slot].bytes = NULL;
        } else {
            slots[slot].size = (random >> 8) % 150000 + 1;
            slots[slot].bytes = heap_allocate(heap, slots[slot].size);
            assert_non_null(slots[slot].bytes);
            memset(slots[slot].bytes, (int)slot, slots[slot].size);
        }
        if (step % 1000 == 0) {
            heap_trim(heap);
        }
    }
    for (size_t slot = 0; slot < SLOTS; slot++) {
        heap_free(slots[slot].bytes);
    }
    heap_trim(heap);
    assert_int_equal(heap_figures(heap).committed_bytes, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_blocks_are_aligned_and_apart, open_heap, close_heap),
        cmocka_unit_test_setup_teardown(test_freed_neighbours_become_one_block, open_heap, close_heap),
        cmocka_unit_test_setup_teardown(test_the_best_fit_is_taken, open_heap, close_heap),
        cmocka_unit_test_setup_teardown(test_over_the_limit_is_refused_and_the_heap_goes_on, open_heap, close_heap),
        cmocka_unit_test_setup_teardown(test_trim_returns_everything_when_nothing_is_used, open_heap, close_heap),
        cmocka_unit_test_setup_teardown(test_trim_keeps_used_blocks, open_heap, close_heap),
        cmocka_unit_test_setup_teardown(test_random_use_never_overlaps, open_heap, close_heap),
    };
    return cmocka_run_group_tests_name("heap", tests, NULL, NULL);
}
