/* test_meter.c - charges, limits, refusals and peaks on a tree of meters, and arenas on top of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/meter.h"

static void test_charges_count_in_every_ancestor(void **state) {
    (void)state;
    struct meter root, child;
    meter_init(&root, NULL, "root", METER_NO_LIMIT);
    meter_init(&child, &root, "child", METER_NO_LIMIT);
    assert_true(meter_charge(&child, 100));
    assert_true(meter_charge(&root, 11));
    assert_int_equal(child.current_bytes, 100);
    assert_int_equal(root.current_bytes, 111);
    meter_release(&child, 100);
    meter_release(&root, 11);
    assert_int_equal(root.current_bytes, 0);
    assert_int_equal(root.peak_bytes, 111);
    meter_remove(&child);
    assert_null(root.first_child);
}

static void test_a_refusal_leaves_no_trace(void **state) {
    (void)state;
    struct meter root, child;
    meter_init(&root, NULL, "root", 1000);
    meter_init(&child, &root, "child", METER_NO_LIMIT);
    assert_true(meter_charge(&child, 900));
    assert_false(meter_charge(&child, 101));
    assert_int_equal(child.current_bytes, 900);
    assert_int_equal(root.current_bytes, 900);
    assert_int_equal(root.refusal_count, 1);
    assert_int_equal(meter_room_bytes(&child), 100);
    assert_true(meter_charge(&child, 100));
    meter_release(&child, 1000);
}

static void test_blocks_return_what_they_took(void **state) {
    (void)state;
    struct meter root;
    meter_init(&root, NULL, "root", 4096);
    char *text = meter_allocate(&root, 10);
    memcpy(text, "123456789", 10);
    text = meter_reallocate(&root, text, 2000);
    assert_string_equal(text, "123456789");
    assert_null(meter_reallocate(&root, text, 5000));
    assert_string_equal(text, "123456789");
    assert_null(meter_allocate(&root, SIZE_MAX));
    meter_free(text);
    assert_int_equal(root.current_bytes, 0);
}

static void test_the_asked_for_charge_fails_and_no_other(void **state) {
    (void)state;
    struct meter root, child;
    meter_init(&root, NULL, "root", METER_NO_LIMIT);
    meter_init(&child, &root, "child", METER_NO_LIMIT);
    root.fail_countdown = 2;
    assert_true(meter_charge(&child, 1));
    assert_false(meter_charge(&child, 1));
    assert_true(meter_charge(&child, 1));
    assert_int_equal(root.current_bytes, 2);
}

static void test_an_arena_frees_at_once_and_rewinds(void **state) {
    (void)state;
    struct meter root;
    struct arena arena;
    meter_init(&root, NULL, "root", 64 * 1024);
    arena_init(&arena, &root, 1024);
    char *kept = arena_copy_text(&arena, "kept and gone", 4);
    struct arena_mark mark = arena_mark(&arena);
    uint64_t before = root.current_bytes;
    assert_non_null(arena_allocate(&arena, 900));
    assert_non_null(arena_allocate(&arena, 900));
    assert_non_null(arena_allocate(&arena, 5000));
    assert_null(arena_allocate(&arena, 60 * 1024));
    assert_null(arena_allocate_zero(&arena, SIZE_MAX / 2, 4));
    assert_int_equal((uintptr_t)arena_allocate_aligned(&arena, 100, 64) % 64, 0);
    arena_rewind(&arena, mark);
    assert_int_equal(root.current_bytes, before);
    assert_string_equal(kept, "kept");
    arena_clear(&arena);
    assert_int_equal(root.current_bytes, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_charges_count_in_every_ancestor),
        cmocka_unit_test(test_a_refusal_leaves_no_trace),
        cmocka_unit_test(test_blocks_return_what_they_took),
        cmocka_unit_test(test_the_asked_for_charge_fails_and_no_other),
        cmocka_unit_test(test_an_arena_frees_at_once_and_rewinds),
    };
    return cmocka_run_group_tests_name("meter", tests, NULL, NULL);
}
