/* test_admission_concurrent.c - readings are admitted in order, and never hold more than the room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "drawn.h"
#include "engine/admission.h"

enum { THREAD_COUNT = 8, ROUND_COUNT = 300, ROOM_BYTES = 1000 };

static struct admission admission;

static void nap(void) {
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

/* Waits until `count` callers in all have drawn a ticket. */
static void wait_for_tickets(uint64_t count) {
    for (;;) {
        pthread_mutex_lock(&admission.lock);
        bool drawn = admission.next_ticket == count;
        pthread_mutex_unlock(&admission.lock);
        if (drawn) {
            return;
        }
        nap();
    }
}

static _Atomic uint64_t held_bytes, most_bytes;
static _Atomic unsigned entered_count;

static void *crowd(void *context) {
    uint32_t seed = *(const uint32_t *)context;
    for (int i = 0; i < ROUND_COUNT; i++) {
        uint64_t bytes = drawn_number(&seed, ROOM_BYTES + 1); /* from nothing to the whole room */
        admission_enter(&admission, bytes);
        uint64_t now = atomic_fetch_add(&held_bytes, bytes) + bytes, most = atomic_load(&most_bytes);
        while (now > most && !atomic_compare_exchange_weak(&most_bytes, &most, now)) {
        }
        atomic_fetch_add(&entered_count, 1);
        if (drawn_number(&seed, 20) == 0) {
            nap();
        }
        atomic_fetch_sub(&held_bytes, bytes);
        admission_leave(&admission, bytes);
    }
    return NULL;
}

static void test_the_room_is_never_exceeded(void **state) {
    (void)state;
    pthread_t threads[THREAD_COUNT];
    uint32_t seeds[THREAD_COUNT];
    admission_init(&admission, ROOM_BYTES);
    for (uint32_t i = 0; i < THREAD_COUNT; i++) {
        seeds[i] = i + 1;
        assert_int_equal(pthread_create(&threads[i], NULL, crowd, &seeds[i]), 0);
    }
    for (size_t i = 0; i < THREAD_COUNT; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(entered_count, THREAD_COUNT * ROUND_COUNT); /* everyone got in */
    assert_true(most_bytes <= ROOM_BYTES);
    assert_true(most_bytes > ROOM_BYTES / 2); /* and the room was used */
    assert_int_equal(admission.taken_bytes, 0);
    admission_destroy(&admission);
}

/* One that waits in the queue and notes when it was let in. */
struct guest {
    uint64_t bytes;
    _Atomic int place; /* in the order of entering, from 1; 0 while waiting */
    bool stays;
};
static _Atomic int place_count;

static void *visit(void *context) {
    struct guest *guest = context;
    admission_enter(&admission, guest->bytes);
    guest->place = atomic_fetch_add(&place_count, 1) + 1;
    if (!guest->stays) {
        admission_leave(&admission, guest->bytes);
    }
    return NULL;
}

static void test_first_come_first_served(void **state) {
    (void)state;
    pthread_t threads[THREAD_COUNT];
    static struct guest guests[THREAD_COUNT];
    admission_init(&admission, ROOM_BYTES);
    place_count = 0;
    admission_enter(&admission, ROOM_BYTES);
    for (size_t i = 0; i < THREAD_COUNT; i++) { /* each wants the whole room, so that they enter one by one */
        guests[i].bytes = ROOM_BYTES;
        assert_int_equal(pthread_create(&threads[i], NULL, visit, &guests[i]), 0);
        wait_for_tickets(i + 2);
    }
    assert_int_equal(place_count, 0);
    admission_leave(&admission, ROOM_BYTES);
    for (size_t i = 0; i < THREAD_COUNT; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(guests[i].place, i + 1);
    }
    admission_destroy(&admission);
}

static void test_the_large_are_not_overtaken_by_the_small(void **state) {
    (void)state;
    pthread_t large_thread, small_threads[THREAD_COUNT];
    static struct guest large = {.bytes = ROOM_BYTES}, small[THREAD_COUNT];
    admission_init(&admission, ROOM_BYTES);
    place_count = 0;
    admission_enter(&admission, ROOM_BYTES / 2);
    assert_int_equal(pthread_create(&large_thread, NULL, visit, &large), 0);
    wait_for_tickets(2);
    for (size_t i = 0; i < THREAD_COUNT; i++) { /* these would fit at once, but came later */
        small[i].bytes = 1;
        assert_int_equal(pthread_create(&small_threads[i], NULL, visit, &small[i]), 0);
        wait_for_tickets(i + 3);
    }
    for (int i = 0; i < 20; i++) {
        nap();
    }
    assert_int_equal(place_count, 0);
    admission_leave(&admission, ROOM_BYTES / 2);
    pthread_join(large_thread, NULL);
    for (size_t i = 0; i < THREAD_COUNT; i++) {
        pthread_join(small_threads[i], NULL);
    }
    assert_int_equal(large.place, 1);
    assert_int_equal(place_count, 1 + THREAD_COUNT);
    admission_destroy(&admission);
}

static void test_those_that_fit_together_are_in_together(void **state) {
    (void)state;
    pthread_t threads[2];
    static struct guest guests[2];
    admission_init(&admission, ROOM_BYTES);
    place_count = 0;
    for (size_t i = 0; i < 2; i++) {
        guests[i] = (struct guest){.bytes = ROOM_BYTES / 2, .stays = true};
        assert_int_equal(pthread_create(&threads[i], NULL, visit, &guests[i]), 0);
    }
    for (size_t i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL); /* would hang if one waited for the other */
        admission_leave(&admission, ROOM_BYTES / 2);
    }
    admission_destroy(&admission);
}

static void *ask(void *context) {
    bool *entered = context;
    *entered = admission_enter(&admission, ROOM_BYTES);
    return NULL;
}

static void test_who_no_longer_fits_is_told_when_the_room_shrinks(void **state) {
    (void)state;
    pthread_t thread;
    static bool entered = true;
    admission_init(&admission, ROOM_BYTES);
    assert_true(admission_enter(&admission, 1));
    assert_int_equal(pthread_create(&thread, NULL, ask, &entered), 0);
    wait_for_tickets(2);
    admission_resize(&admission, ROOM_BYTES / 2); /* would hang if the one who waits did not look again */
    pthread_join(thread, NULL);
    assert_false(entered);
    assert_false(admission_enter(&admission, ROOM_BYTES));
    assert_true(admission_enter(&admission, ROOM_BYTES / 2 - 1)); /* and holds up nobody */
    assert_int_equal(admission_taken_bytes(&admission), ROOM_BYTES / 2);
    admission_destroy(&admission);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_room_is_never_exceeded),
        cmocka_unit_test(test_first_come_first_served),
        cmocka_unit_test(test_the_large_are_not_overtaken_by_the_small),
        cmocka_unit_test(test_those_that_fit_together_are_in_together),
        cmocka_unit_test(test_who_no_longer_fits_is_told_when_the_room_shrinks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
