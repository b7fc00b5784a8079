/*
 * test_profile.c - a leak is found by its site and type, scopes show the cost of work, and growth is distinguished from
 * noise.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/heap.h"
#include "base/meter.h"
#include "base/scope.h"
#include "engine/growth.h"
#include "monitor/timeline.h"

struct leaked {
    char bytes[1000];
};

static void test_a_leak_is_named_by_place_and_type(void **state) {
    (void)state;
    struct site_figures before[SITE_LIMIT], after[SITE_LIMIT];
    struct meter root;
    struct leaked *kept[10];
    meter_init(&root, NULL, "root", METER_NO_LIMIT);
    struct site_table *table = site_table_open(1);
    root.sites = table;
    site_table_switch(table, true);
    size_t rows = site_table_read(table, before, SITE_LIMIT);
    for (size_t i = 0; i < 10; i++) {
        kept[i] = meter_new(&root, struct leaked);
        meter_free(meter_allocate(&root, 300));
    }
    assert_true(site_table_read(table, after, SITE_LIMIT) > rows);
    assert_string_equal(after[0].site->type, "struct leaked");
    assert_non_null(strstr(after[0].site->file, "test_profile.c"));
    assert_string_equal(after[0].site->function, "test_a_leak_is_named_by_place_and_type");
    assert_int_equal(after[0].live_count, 10);
    assert_in_range(after[0].live_bytes, 10 * sizeof(struct leaked), 10 * sizeof(struct leaked) + 160);
    assert_int_equal(after[1].live_count, 0);
    assert_int_equal(after[1].total_count, 10);
    site_table_switch(table, false);
    for (size_t i = 0; i < 10; i++) {
        meter_free(kept[i]); /* counted ones leave also when the counting is off */
    }
    site_table_read(table, after, SITE_LIMIT);
    assert_int_equal(after[0].live_bytes, 0);
    site_table_close(table);
}

static void test_sampling_counts_large_blocks_and_estimates_small_ones(void **state) {
    (void)state;
    struct site_figures rows[SITE_LIMIT];
    struct meter root;
    void *small[640], *large;
    meter_init(&root, NULL, "root", METER_NO_LIMIT);
    struct site_table *table = site_table_open(64);
    root.sites = table;
    site_table_switch(table, true);
    large = meter_allocate(&root, 1 << 20);
    for (size_t i = 0; i < 640; i++) {
        small[i] = meter_allocate(&root, 100);
    }
    assert_int_equal(site_table_read(table, rows, SITE_LIMIT), 2);
    assert_int_equal(rows[0].live_count, 1);
    assert_int_equal(rows[1].live_count, 640);
    meter_free(large);
    for (size_t i = 0; i < 640; i++) {
        meter_free(small[i]);
    }
    site_table_read(table, rows, SITE_LIMIT);
    assert_int_equal(rows[0].live_bytes + rows[1].live_bytes, 0);
    site_table_close(table);
}

static void work(struct meter *meter, void **kept) {
    SCOPE(meter, SCOPE_DECODE);
    meter_free(meter_allocate(meter, 5000));
    *kept = meter_allocate(meter, 84);
}

static void test_a_scope_tells_peak_and_what_was_left(void **state) {
    (void)state;
    struct scope_table table = {0};
    struct meter root;
    void *first, *second;
    meter_init(&root, NULL, "root", METER_NO_LIMIT);
    root.scopes = &table;
    void *there = meter_allocate(&root, 100000);
    {
        SCOPE(&root, SCOPE_READ);
        work(&root, &first);
        work(&root, &second);
    }
    assert_int_equal(table.rows[SCOPE_DECODE].calls, 2);
    assert_int_equal(table.rows[SCOPE_DECODE].peak_above_bytes, 5016);
    assert_int_equal(table.rows[SCOPE_DECODE].left_bytes, 200);
    assert_int_equal(table.rows[SCOPE_READ].peak_above_bytes, 5116);
    assert_int_equal(root.peak_bytes, 100016 + 5116);
    meter_free(first);
    meter_free(second);
    meter_free(there);
}

static void test_a_heap_moves_from_meter_to_meter(void **state) {
    (void)state;
    struct meter root, detect, recognise;
    struct heap *heap;
    meter_init(&root, NULL, "root", METER_NO_LIMIT);
    meter_init(&detect, &root, "detect", METER_NO_LIMIT);
    meter_init(&recognise, &root, "recognise", METER_NO_LIMIT);
    assert_int_equal(heap_open(&root, 64 << 20, &heap, NULL), LINCE_OK);
    uint64_t handle = root.current_bytes;
    heap_use_meter(heap, &detect);
    void *block = heap_allocate(heap, 3 << 20);
    uint64_t committed = detect.current_bytes;
    assert_true(committed >= 3 << 20);
    heap_use_meter(heap, &recognise);
    assert_int_equal(detect.current_bytes, 0);
    assert_int_equal(recognise.current_bytes, committed);
    assert_int_equal(root.current_bytes, committed + handle);
    assert_int_equal(root.peak_bytes, committed + handle);
    heap_free(block);
    heap_close(heap);
    assert_int_equal(root.current_bytes, 0);
}

static void test_growth_is_told_from_noise(void **state) {
    (void)state;
    struct growth growth = {0}, noise = {0};
    uint32_t random = 1;
    for (uint64_t i = 0; i < 2 * GROWTH_IMAGES; i++) {
        random = random * 1664525u + 1013904223u;
        growth_note(&growth, 1000000 + i * 2048 + (random >> 20));
        growth_note(&noise, 1000000 + (random >> 12));
    }
    assert_true(growth_is_a_leak(&growth));
    assert_in_range((uint64_t)growth_bytes_per_image(&growth), 2000, 2100);
    assert_false(growth_is_a_leak(&noise));
}

static void test_a_timeline_keeps_its_whole_length_in_few_points(void **state) {
    (void)state;
    struct timeline timeline;
    timeline_init(&timeline, 1);
    for (uint64_t at_ms = 0; at_ms < 100000; at_ms++) {
        (void)timeline_add(&timeline, (struct timeline_point){.at_ms = at_ms});
    }
    assert_in_range(timeline.count, TIMELINE_POINTS / 2, TIMELINE_POINTS);
    assert_int_equal(timeline.points[0].at_ms, 0);
    assert_true(timeline.points[timeline.count - 1].at_ms > 99000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_leak_is_named_by_place_and_type),
        cmocka_unit_test(test_sampling_counts_large_blocks_and_estimates_small_ones),
        cmocka_unit_test(test_a_scope_tells_peak_and_what_was_left),
        cmocka_unit_test(test_a_heap_moves_from_meter_to_meter),
        cmocka_unit_test(test_growth_is_told_from_noise),
        cmocka_unit_test(test_a_timeline_keeps_its_whole_length_in_few_points),
    };
    return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
