/*
 * test_session.c - missing, damaged and wrong models, results that do not depend on the heap, and a runtime that sends
 * nothing out.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/heap.h"
#include "base/meter.h"
#include "drawn.h"
#include "infer/session.h"
#include "models_data.h"
#include "text/recognise.h"

enum { MEGABYTE = 1 << 20 };

static struct meter root;
static struct runtime *runtime;
static struct heap *weights;

/* The user's folder while this test runs, and how many threads there were before the runtime was opened. */
static char home[] = "/tmp/lince-home-------"; /* a random end */
static size_t first_thread_count;

static size_t thread_count(void) {
    DIR *tasks = opendir("/proc/self/task");
    size_t count = 0;
    for (; tasks != NULL && readdir(tasks) != NULL; count++) {
    }
    if (tasks != NULL) {
        closedir(tasks);
    }
    return count;
}

static int open_runtime(void **state) {
    (void)state;
    memset(home + sizeof home - 7, 'X', 6); /* for mkdtemp */
    if (mkdtemp(home) == NULL || setenv("HOME", home, 1) != 0 || unsetenv("XDG_CACHE_HOME") != 0 ||
        unsetenv("ORT_DISABLE_TELEMETRY") != 0) {
        return -1;
    }
    first_thread_count = thread_count();
    meter_init(&root, NULL, "test", METER_NO_LIMIT);
    bool opened = runtime_open(&root, &runtime, NULL) == LINCE_OK;
    return opened && heap_open(&root, 64 * MEGABYTE, &weights, NULL) == LINCE_OK ? 0 : -1;
}

static int close_runtime(void **state) {
    (void)state;
    heap_close(weights);
    runtime_close(runtime);
    return root.current_bytes == 0 && rmdir(home) == 0 ? 0 : -1; /* only an empty folder can be removed */
}

static const struct lince_runtime_options usual = LINCE_RUNTIME_OPTIONS_DEFAULTS;

static struct session *open_well(const char *name) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct session *session;
    if (session_open(runtime, model_path(name), weights, 1, &usual, &session, &error) != LINCE_OK) {
        fail_msg("%s", error.message);
    }
    return session;
}

/* Opening must fail like this, with a message that holds `part`, and leave nothing behind. */
static void refuse(const char *path, struct heap *heap, enum lince_status expected, const char *part) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct session *session = (struct session *)&error;
    heap_trim(heap);
    uint64_t before = root.current_bytes;
    enum lince_status status = session_open(runtime, path, heap, 1, &usual, &session, &error);
    if (status != expected || strstr(error.message, part) == NULL) {
        fail_msg("%s: %s: %s", path, lince_status_name(status), error.message);
    }
    assert_null(session);
    heap_trim(heap);
    assert_int_equal(root.current_bytes, before);
}

static void test_the_runtime_starts_no_thread_and_keeps_no_files(void **state) {
    (void)state;
    assert_int_equal(thread_count(), first_thread_count);
    assert_int_equal(rmdir(home), 0); /* reports to the runtime's maker would wait here for their sending */
    struct session *session = open_well("direction.onnx");
    assert_int_equal(thread_count(), first_thread_count);
    assert_int_not_equal(access(home, F_OK), 0);
    session_close(session);
    assert_int_equal(mkdir(home, 0700), 0);
}

static void test_a_missing_model_is_named(void **state) {
    (void)state;
    refuse("/nowhere/detector.onnx", weights, LINCE_ERROR_MODEL, "/nowhere/detector.onnx");
}

static void test_damaged_models_are_named(void **state) {
    (void)state;
    char path[256];
    snprintf(path, sizeof path, "%s/direction.onnx", model_folder_make());
    model_folder_damage("direction.onnx", "", 0);
    refuse(path, weights, LINCE_ERROR_MODEL, "direction.onnx");
    model_folder_damage("direction.onnx", "this is no model", 16);
    refuse(path, weights, LINCE_ERROR_MODEL, "direction.onnx");
    static const size_t lengths[] = {10, 1000, 100000, 500000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        model_folder_damage("direction.onnx", NULL, lengths[i]);
        refuse(path, weights, LINCE_ERROR_MODEL, "direction.onnx");
    }
    refuse("/", weights, LINCE_ERROR_MODEL, "");
    model_folder_remove();
}

static void test_a_model_that_does_not_fit(void **state) {
    (void)state;
    struct heap *small;
    assert_int_equal(heap_open(&root, MEGABYTE, &small, NULL), LINCE_OK);
    refuse(model_path("recogniser.onnx"), small, LINCE_ERROR_MEMORY_LIMIT, "memory limit");
    assert_int_equal(heap_figures(small).used_bytes, 0);
    heap_close(small);
}

/* A picture of noise for the direction classifier, always the same. */
static float *noise(void) {
    static float input[3 * 48 * 192];
    uint32_t seed = 1;
    for (size_t i = 0; i < sizeof input / sizeof *input; i++) {
        input[i] = (float)drawn_number(&seed, 2001) / 1000.0f - 1.0f;
    }
    return input;
}

static const int64_t SHAPE[4] = {1, 3, 48, 192};

static void run_well(struct session *session, size_t heap_bytes, float values[2]) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct meter meter;
    struct heap *heap;
    struct tensor output;
    meter_init(&meter, NULL, "work", heap_bytes);
    assert_int_equal(heap_open(&meter, 64 * MEGABYTE, &heap, NULL), LINCE_OK);
    if (session_run(session, noise(), SHAPE, heap, &output, &error) != LINCE_OK) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(output.rank, 2);
    assert_int_equal(output.shape[0], 1);
    assert_int_equal(output.shape[1], 2);
    memcpy(values, output.values, 2 * sizeof *values);
    tensor_free(&output);
    assert_null(output.values);
    assert_int_equal(heap_figures(heap).used_bytes, 0);
    assert_true(meter.peak_bytes > 100000); /* the activations were on this meter */
    heap_close(heap);
    assert_int_equal(meter.current_bytes, 0);
}

static void test_the_result_is_the_same_on_any_heap(void **state) {
    (void)state;
    float first[2], values[2];
    struct session *session = open_well("direction.onnx"), *other = open_well("direction.onnx");
    run_well(session, 64 * MEGABYTE, first);
    assert_near(first[0] + first[1], 1.0, 1e-4); /* two probabilities */
    for (size_t i = 0; i < 4; i++) {
        run_well(i % 2 == 0 ? session : other, (8 + 8 * i) * MEGABYTE, values);
        assert_memory_equal(values, first, sizeof first);
    }
    session_close(other);
    run_well(session, 16 * MEGABYTE, values); /* closing one leaves the other */
    assert_memory_equal(values, first, sizeof first);
    session_close(session);
}

static void test_a_run_that_does_not_fit_and_the_next_that_does(void **state) {
    (void)state;
    struct session *session = open_well("direction.onnx");
    struct lince_error error = LINCE_ERROR_INIT;
    struct meter meter;
    struct heap *heap;
    struct tensor output;
    float first[2], values[2];
    run_well(session, 16 * MEGABYTE, first);
    error.language = LINCE_SPANISH;
    for (uint64_t limit = 200000; limit <= 1000000; limit += 200000) {
        meter_init(&meter, NULL, "work", limit);
        assert_int_equal(heap_open(&meter, 64 * MEGABYTE, &heap, NULL), LINCE_OK);
        enum lince_status status = session_run(session, noise(), SHAPE, heap, &output, &error);
        if (status == LINCE_OK) {
            assert_true(limit > 200000); /* the least is too little for the input's first convolution */
            tensor_free(&output);
        } else {
            assert_int_equal(status, LINCE_ERROR_MEMORY_LIMIT);
            assert_non_null(strstr(error.message, "límite de memoria"));
            assert_null(output.values);
            assert_null(output.handle);
        }
        assert_int_equal(heap_figures(heap).used_bytes, 0);
        assert_true(meter.peak_bytes <= limit);
        heap_close(heap);
    }
    run_well(session, 16 * MEGABYTE, values);
    assert_memory_equal(values, first, sizeof first);
    session_close(session);
}

static void test_an_input_that_the_model_does_not_take(void **state) {
    (void)state;
    static const int64_t grey[4] = {1, 1, 48, 192};
    struct session *session = open_well("direction.onnx");
    struct lince_error error = LINCE_ERROR_INIT;
    struct tensor output;
    float values[2];
    assert_int_equal(session_run(session, noise(), grey, weights, &output, &error), LINCE_ERROR_RUNTIME);
    assert_true(strlen(error.message) > 0);
    run_well(session, 16 * MEGABYTE, values);
    session_close(session);
}

static void test_a_recogniser_with_another_list_of_characters(void **state) {
    (void)state;
    struct session *session = open_well("recogniser.onnx");
    struct strip strip = drawn_strip(64, 1.0f);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct lince_error error = LINCE_ERROR_INIT;
    struct meter meter;
    struct heap *heap;
    struct reading reading;
    struct ink ink;
    const struct alphabet alphabet = {.count = 77, .space = 76};
    assert_true(ink_find(&strip, arena, &ink));
    meter_init(&meter, NULL, "work", METER_NO_LIMIT);
    assert_int_equal(heap_open(&meter, 64 * MEGABYTE, &heap, NULL), LINCE_OK);
    enum lince_status status = recognise_strip(session, &strip, &ink, &alphabet, heap, arena, &reading, &error);
    assert_int_equal(status, LINCE_ERROR_MODEL);
    assert_non_null(strstr(error.message, "77 characters"));
    assert_int_equal(heap_figures(heap).used_bytes, 0);
    heap_close(heap);
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
    session_close(session);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_runtime_starts_no_thread_and_keeps_no_files),
        cmocka_unit_test(test_a_missing_model_is_named),
        cmocka_unit_test(test_damaged_models_are_named),
        cmocka_unit_test(test_a_model_that_does_not_fit),
        cmocka_unit_test(test_the_result_is_the_same_on_any_heap),
        cmocka_unit_test(test_a_run_that_does_not_fit_and_the_next_that_does),
        cmocka_unit_test(test_an_input_that_the_model_does_not_take),
        cmocka_unit_test(test_a_recogniser_with_another_list_of_characters),
    };
    return cmocka_run_group_tests(tests, open_runtime, close_runtime);
}
