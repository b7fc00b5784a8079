/* test_serve_review_limits_concurrent.c - what a person sets is not undone by a look at the store that began before. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/error.h"
#include "serve/state/service.h"
#include "store/upkeep/retention.h"

enum { WAIT_US = 1000, WAITS = 300 };

/* ---- a store of one text, whose first reader is slow ------------------------------------------------------- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char stored[REVIEW_TEXT_BYTES * 2];
static atomic_bool is_slow, is_failing, has_read, is_written;

/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
enum lince_status store_setting_read(struct store *store, const char *name, char *text, size_t room,
                                     struct lince_error *error) {
    (void)store;
    assert_string_equal(name, REVIEW_SETTING);
    if (atomic_load(&is_failing)) {
        return error_set(error, LINCE_ERROR_RUNTIME, "the store is gone", "no hay almacén");
    }
    pthread_mutex_lock(&lock);
    snprintf(text, room, "%s", stored);
    pthread_mutex_unlock(&lock);
    if (atomic_exchange(&is_slow, false)) {
        atomic_store(&has_read, true);
        for (int i = 0; i < WAITS && !atomic_load(&is_written); i++) { /* as long as a busy machine may take */
            usleep(WAIT_US);
        }
    }
    return LINCE_OK;
}

enum lince_status store_setting_write(struct store *store, const char *name, const char *text,
                                      struct lince_error *error) {
    (void)store, (void)error;
    assert_string_equal(name, REVIEW_SETTING);
    pthread_mutex_lock(&lock);
    snprintf(stored, sizeof stored, "%s", text);
    pthread_mutex_unlock(&lock);
    return LINCE_OK;
}

/* ---- the service ------------------------------------------------------------------------------------------- */

static struct service *service;

static int service_make(void **state) {
    (void)state;
    struct lince_layouts *layouts = NULL;
    service = calloc(1, sizeof *service);
    if (service == NULL || lince_layouts_open(NULL, &layouts, NULL) != LINCE_OK) {
        return -1;
    }
    service->layout_names.layouts = layouts;
    service->settings.of[SETTING_review].source = SOURCE_BUILT_IN;
    review_limits_init(&service->review);
    stored[0] = '\0';
    return 0;
}

static int service_end(void **state) {
    (void)state;
    lince_layouts_close(service->layout_names.layouts);
    free(service);
    return 0;
}

/* What holds of `amount`, which is the first kind, and the text. */
static double holds(char text[REVIEW_TEXT_BYTES], bool *is_set_here) {
    double of[REVIEW_KINDS_MOST];
    review_limits_copy(service, of, text, is_set_here);
    return of[0];
}

static void *look(void *unused) {
    struct lince_error error = LINCE_ERROR_INIT;
    (void)unused;
    return review_limits_follow(service, &error) == LINCE_OK ? service : NULL;
}

static void test_a_look_that_began_before_does_not_bring_back_what_held(void **state) {
    (void)state;
    pthread_t looking;
    void *is_good;
    char text[REVIEW_TEXT_BYTES];
    bool is_set_here;
    struct lince_error error = LINCE_ERROR_INIT;
    assert_int_equal(review_limits_write(service, "amount=0.5", &error), LINCE_OK);
    atomic_store(&is_slow, true);
    assert_int_equal(pthread_create(&looking, NULL, look, NULL), 0);
    while (!atomic_load(&has_read)) {
        usleep(WAIT_US);
    }
    assert_int_equal(review_limits_write(service, "amount=0.75", &error), LINCE_OK);
    atomic_store(&is_written, true);
    assert_int_equal(pthread_join(looking, &is_good), 0);
    assert_non_null(is_good);
    assert_float_equal(holds(text, &is_set_here), 0.75F, 1e-6);
    assert_string_equal(text, "amount=0.75");
    assert_true(is_set_here);
}

/* The caller notes who set it, so it must not be told that nothing was set. */
static void test_what_was_written_is_set_though_the_store_cannot_be_read_again(void **state) {
    (void)state;
    char text[REVIEW_TEXT_BYTES];
    bool is_set_here;
    struct lince_error error = LINCE_ERROR_INIT;
    atomic_store(&is_failing, true);
    assert_int_equal(review_limits_write(service, "amount=0.5", &error), LINCE_OK);
    assert_string_equal(error.message, "");
    assert_string_equal(stored, "amount=0.5");
    assert_float_equal(holds(text, &is_set_here), 0.5F, 1e-6);
    assert_true(is_set_here);
    assert_string_equal(text, "amount=0.5");
    assert_int_equal(review_limits_write(service, "", &error), LINCE_OK);
    (void)holds(text, &is_set_here);
    assert_false(is_set_here);
    assert_int_equal(review_limits_follow(service, &error), LINCE_ERROR_RUNTIME);
    atomic_store(&is_failing, false);
}

static void test_a_stored_text_that_is_not_understood_leaves_the_fitted_ones(void **state) {
    (void)state;
    char long_text[REVIEW_TEXT_BYTES + 20], text[REVIEW_TEXT_BYTES];
    bool is_set_here;
    struct lince_error error = LINCE_ERROR_INIT;
    assert_int_equal(review_limits_follow(service, &error), LINCE_OK);
    double fitted = holds(text, &is_set_here);
    assert_false(is_set_here);
    memset(long_text, 'a', sizeof long_text);
    memcpy(long_text, "amount=0.50000", 14); /* right as far as it is read */
    memset(long_text + 14, '0', sizeof long_text - 15);
    long_text[sizeof long_text - 1] = '\0';
    const char *const texts[] = {"amount=0.1,signature=0.5", "amount>0.1", "{\"amount\": 0.1}", "amount", long_text};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        snprintf(stored, sizeof stored, "%s", "amount=0.25");
        assert_int_equal(review_limits_follow(service, &error), LINCE_OK);
        assert_float_equal(holds(text, &is_set_here), 0.25F, 1e-6);
        snprintf(stored, sizeof stored, "%s", texts[i]);
        assert_int_equal(review_limits_follow(service, &error), LINCE_OK);
        assert_float_equal(holds(text, &is_set_here), fitted, 1e-6);
        assert_string_equal(error.message, "");
    }
}

static void test_a_configured_text_that_is_not_understood_is_an_error(void **state) {
    (void)state;
    char configured[] = "amount=0.1,signature=0.5";
    struct lince_error error = LINCE_ERROR_INIT;
    service->settings.of[SETTING_review].source = SOURCE_ENVIRONMENT;
    service->settings.of[SETTING_review].text = configured;
    assert_int_equal(review_limits_follow(service, &error), LINCE_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "signature"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_look_that_began_before_does_not_bring_back_what_held, service_make,
                                        service_end),
        cmocka_unit_test_setup_teardown(test_what_was_written_is_set_though_the_store_cannot_be_read_again,
                                        service_make, service_end),
        cmocka_unit_test_setup_teardown(test_a_stored_text_that_is_not_understood_leaves_the_fitted_ones, service_make,
                                        service_end),
        cmocka_unit_test_setup_teardown(test_a_configured_text_that_is_not_understood_is_an_error, service_make,
                                        service_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
