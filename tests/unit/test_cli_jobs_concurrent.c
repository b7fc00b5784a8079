/* test_cli_jobs_concurrent.c - results come in order whatever the workers' pace, and never too many wait. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/meter.h"
#include "cli/read/parallel_jobs.h"

struct task {
    uint64_t number;
};

struct scene {
    uint64_t task_count, pulled_count, delivered_count, drop_every;
    size_t result_bytes;
    long slow_ns; /* what every seventh task takes, so that others overtake it */
    bool is_in_order;
    _Atomic uint64_t waiting_count, waiting_most; /* pulled and not delivered */
};

static bool pull(void *context, void *worker) {
    struct scene *scene = context;
    if (scene->pulled_count == scene->task_count) {
        return false;
    }
    ((struct task *)worker)->number = scene->pulled_count++;
    uint64_t waiting = atomic_fetch_add(&scene->waiting_count, 1) + 1;
    if (waiting > atomic_load(&scene->waiting_most)) {
        atomic_store(&scene->waiting_most, waiting);
    }
    return true;
}

static void work(void *context, void *worker, struct job_result *result) {
    struct scene *scene = context;
    uint64_t number = ((struct task *)worker)->number;
    assert_int_equal(result->output.used_bytes, 0);
    assert_false(result->is_dropped);
    struct timespec pause = {0, number % 7 == 0 ? scene->slow_ns : 1000};
    nanosleep(&pause, NULL);
    buffer_append(&result->output, &number, sizeof number);
    char *room = buffer_room(&result->output, scene->result_bytes);
    if (room != NULL) {
        memset(room, 'x', scene->result_bytes);
        result->output.used_bytes += scene->result_bytes;
    }
    result->is_dropped = scene->drop_every > 0 && number % scene->drop_every == 0;
}

static void deliver(void *context, const struct job_result *result) {
    struct scene *scene = context;
    uint64_t number;
    memcpy(&number, result->output.bytes, sizeof number);
    scene->is_in_order = scene->is_in_order && number == scene->delivered_count;
    scene->delivered_count++;
    atomic_fetch_sub(&scene->waiting_count, 1);
}

/* Returns the most bytes that the results took at once. */
static uint64_t run(struct scene *scene, uint32_t worker_count) {
    struct meter meter;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    struct task *tasks = calloc(worker_count, sizeof *tasks);
    assert_non_null(tasks);
    scene->is_in_order = true;
    const struct jobs_steps steps = {scene, pull, work, deliver};
    assert_int_equal(jobs_run(&steps, tasks, sizeof *tasks, worker_count, &meter, NULL), LINCE_OK);
    assert_true(scene->is_in_order);
    assert_int_equal(scene->delivered_count, scene->task_count);
    assert_int_equal(meter.current_bytes, 0);
    assert_true(atomic_load(&scene->waiting_most) <= (uint64_t)worker_count * JOBS_WINDOW);
    free(tasks);
    return meter.peak_bytes;
}

static void test_order_is_kept(void **state) {
    static const uint32_t worker_counts[] = {1, 2, 3, 16};
    (void)state;
    for (size_t i = 0; i < sizeof worker_counts / sizeof *worker_counts; i++) {
        for (uint64_t task_count = 0; task_count < 400; task_count = task_count * 3 + 1) {
            struct scene scene = {.task_count = task_count, .drop_every = 5, .slow_ns = 300000};
            run(&scene, worker_counts[i]);
        }
    }
}

/* Large results: their bytes, and not only their number, hold back the workers that are ahead. */
static void test_bytes_are_bounded(void **state) {
    (void)state;
    enum { WORKERS = 8 };
    struct scene scene = {.task_count = 60, .result_bytes = JOBS_HELD_BYTES / 2, .slow_ns = 30000000};
    uint64_t peak_bytes = run(&scene, WORKERS);
    assert_true(peak_bytes > JOBS_HELD_BYTES);
    assert_true(peak_bytes <= JOBS_HELD_BYTES + (WORKERS + 2) * (uint64_t)JOBS_HELD_BYTES / 2);
}

/* Two tasks at once: the quick one's thread has no more work while the slow one's looks for it. */
struct watch {
    pthread_barrier_t both;
    uint64_t pulled_count;
    _Atomic pid_t quick;
    bool was_there;
};

static bool watch_pull(void *context, void *worker) {
    struct watch *watch = context;
    ((struct task *)worker)->number = watch->pulled_count;
    return watch->pulled_count++ < 2;
}

static void watch_work(void *context, void *worker, struct job_result *result) {
    static const struct timespec pause = {.tv_nsec = 100000000};
    struct watch *watch = context;
    (void)result;
    if (((struct task *)worker)->number == 1) {
        watch->quick = (pid_t)syscall(SYS_gettid);
        pthread_barrier_wait(&watch->both);
        return;
    }
    pthread_barrier_wait(&watch->both);
    nanosleep(&pause, NULL);
    watch->was_there = syscall(SYS_tgkill, getpid(), watch->quick, 0) == 0;
}

static void watch_deliver(void *context, const struct job_result *result) {
    (void)context;
    (void)result;
}

/* The system ends a child with the thread that started it, though others still use it. */
static void test_threads_end_together(void **state) {
    (void)state;
    for (int i = 0; i < 5; i++) { /* either thread may be the quick one */
        struct watch watch = {.was_there = false};
        struct task tasks[2];
        struct meter meter;
        const struct jobs_steps steps = {&watch, watch_pull, watch_work, watch_deliver};
        meter_init(&meter, NULL, "test", METER_NO_LIMIT);
        pthread_barrier_init(&watch.both, NULL, 2);
        assert_int_equal(jobs_run(&steps, tasks, sizeof *tasks, 2, &meter, NULL), LINCE_OK);
        assert_true(watch.was_there);
        pthread_barrier_destroy(&watch.both);
    }
}

static void test_no_memory_for_the_ring(void **state) {
    (void)state;
    uint64_t limit_bytes = 0;
    for (enum lince_status status = LINCE_ERROR_MEMORY_LIMIT; status != LINCE_OK; limit_bytes += 1000) {
        struct meter meter;
        struct task tasks[2];
        struct scene scene = {.task_count = 5, .is_in_order = true};
        const struct jobs_steps steps = {&scene, pull, work, deliver};
        struct lince_error error = LINCE_ERROR_INIT;
        meter_init(&meter, NULL, "test", limit_bytes);
        status = jobs_run(&steps, tasks, sizeof *tasks, 2, &meter, &error);
        assert_int_equal(error.status, status);
        assert_int_equal(scene.delivered_count, status == LINCE_OK ? 5 : 0);
        assert_int_equal(meter.current_bytes, 0);
    }
    assert_in_range(limit_bytes, 16000, 64000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_is_kept),
        cmocka_unit_test(test_bytes_are_bounded),
        cmocka_unit_test(test_threads_end_together),
        cmocka_unit_test(test_no_memory_for_the_ring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
