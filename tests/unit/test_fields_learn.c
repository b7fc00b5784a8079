/* test_fields_learn.c - a proposal is whole, or it is refused when memory for its JSON is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "base/meter.h"
#include "fields/learn/learn.h"

/* A page of an app that no layout knows, one of its values a line. */
static json_t *page_make(const char *reference, const char *name, const char *reason) {
    const char *rows[][2] = {{"Médano Pagos", ""},      {"Todo salió bien", ""}, {"Huella: ", reference},
                             {"Se lo diste a: ", name}, {"Recado: ", reason},    {"Gracias por usar Médano Pagos", ""}};
    json_t *lines = json_array();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[128];
        double top = 50 + 40 * (double)i;
        snprintf(text, sizeof text, "%s%s", rows[i][0], rows[i][1]);
        json_array_append_new(lines, json_pack("{s:s, s:[f,f,f,f]}", "text", text, "box", 20.0, top,
                                               20 + 10 * (double)strlen(text), top + 24));
    }
    return json_pack("{s:f, s:f, s:o}", "width", 540.0, "height", 960.0, "lines", lines);
}

static json_t *right_make(const char *reference, const char *name, const char *reason) {
    return json_pack("{s:s, s:s, s:s}", "referencia", reference, "beneficiario", name, "concepto", reason);
}

static void test_no_proposal_is_incomplete(void **state) {
    (void)state;
    enum { STEP = 23 };
    struct meter home, work;
    const struct learn_folders folders = {NULL, NULL};
    meter_init(&home, NULL, "json", METER_NO_LIMIT);
    meter_init(&work, NULL, "learn", METER_NO_LIMIT);
    json_memory_install(&home);
    const struct learn_document documents[] = {
        {"one", page_make("471800063290", "Leocadia Carmona", "Regalo"),
         right_make("471800063290", "Leocadia Carmona", "Regalo")},
        {"two", page_make("364981325014", "Dámaso Fuenmayor", "Almuerzo"),
         right_make("364981325014", "Dámaso Fuenmayor", "Almuerzo")},
        {"other", page_make("555981325019", "Zoe Ocanto", "Libros"), NULL},
    };
    json_t *whole = NULL;
    uint64_t before = home.charge_count;
    assert_int_equal(learn_propose(&work, &folders, documents, 3, &whole, NULL), LINCE_OK);
    assert_int_equal(json_array_size(whole), 1);
    uint64_t requests = home.charge_count - before, left = home.current_bytes;
    assert_true(requests > 500);
    unsigned refused = 0;
    for (uint64_t request = 1; request <= requests; request += request + 40 < requests ? STEP : 1) {
        struct lince_error error = LINCE_ERROR_INIT;
        json_t *proposals = NULL;
        home.fail_countdown = (int64_t)request;
        enum lince_status status = learn_propose(&work, &folders, documents, 3, &proposals, &error);
        home.fail_countdown = 0;
        assert_true(status == LINCE_ERROR_MEMORY_LIMIT || (status == LINCE_OK && json_equal(proposals, whole)));
        refused += status != LINCE_OK;
        json_decref(proposals);
        assert_int_equal(home.current_bytes, left);
        assert_int_equal(work.current_bytes, 0);
    }
    assert_true(refused > 20);
    json_decref(whole);
    for (size_t i = 0; i < 3; i++) {
        json_decref((json_t *)(uintptr_t)documents[i].page);
        json_decref((json_t *)(uintptr_t)documents[i].right);
    }
    assert_int_equal(home.current_bytes, 0);
    meter_remove(&work);
    meter_remove(&home);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_proposal_is_incomplete)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
