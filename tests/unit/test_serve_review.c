/* test_serve_review.c - every reason for review is a sentence in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fields/result/review_reason.h"
#include "serve/v1/shown/review_json.h"

static const char *member(const json_t *list, size_t index, const char *name) {
    return json_string_value(json_object_get(json_array_get(list, index), name));
}

static void test_every_reason_has_its_sentence(void **state) {
    (void)state;
    for (enum review_reason reason = 0; reason < REVIEW_REASONS; reason++) {
        char review[64];
        snprintf(review, sizeof review, "%s:referencia", review_reason_name(reason));
        json_t *english = review_json(review, LINCE_ENGLISH), *spanish = review_json(review, LINCE_SPANISH);
        assert_int_equal(json_array_size(english), 1);
        assert_string_equal(member(english, 0, "code"), review_reason_name(reason));
        assert_string_equal(member(english, 0, "field"), "referencia");
        snprintf(review, sizeof review, "%s: referencia", review_reason_name(reason));
        assert_string_not_equal(member(english, 0, "message"), review);
        assert_string_not_equal(member(english, 0, "message"), member(spanish, 0, "message"));
        json_decref(english);
        json_decref(spanish);
    }
}

static void test_reasons_come_in_their_order(void **state) {
    (void)state;
    json_t *list = review_json("missing:fecha unheard-of:monto sum:total", LINCE_ENGLISH);
    assert_int_equal(json_array_size(list), 3);
    assert_string_equal(member(list, 0, "message"), "fecha was not found");
    assert_string_equal(member(list, 1, "message"), "unheard-of: monto");
    assert_string_equal(member(list, 2, "field"), "total");
    json_decref(list);
}

static void test_names_lead_back_to_reasons(void **state) {
    (void)state;
    for (enum review_reason reason = 0; reason < REVIEW_REASONS; reason++) {
        const char *name = review_reason_name(reason);
        assert_int_equal(review_reason_of(name, strlen(name)), reason);
        assert_int_equal(review_reason_of(name, strlen(name) - 1), REVIEW_REASONS);
    }
    assert_int_equal(review_reason_of("unread_page:3", strlen("unread")), REASON_UNREAD);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_reason_has_its_sentence),
        cmocka_unit_test(test_reasons_come_in_their_order),
        cmocka_unit_test(test_names_lead_back_to_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
