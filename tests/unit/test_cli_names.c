/* test_cli_names.c - the set of names, and what looks like an image. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/meter.h"
#include "cli/read/name_set.h"
#include "cli/read/signature.h"

static void test_the_set_knows_what_was_added(void **state) {
    enum { COUNT = 20000 };
    struct meter meter;
    struct name_set set;
    char name[32];
    (void)state;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    name_set_init(&set, &meter);
    assert_false(name_set_has(&set, "a", 1));
    for (int i = 0; i < COUNT; i++) {
        int length = snprintf(name, sizeof name, "folder/%d.png", i);
        assert_int_equal(name_set_add(&set, name, (size_t)length), NAME_SET_ADDED);
    }
    for (int i = 0; i < 2 * COUNT; i++) {
        int length = snprintf(name, sizeof name, "folder/%d.png", i);
        assert_int_equal(name_set_has(&set, name, (size_t)length), i < COUNT);
    }
    assert_int_equal(name_set_add(&set, "folder/7.png", strlen("folder/7.png")), NAME_SET_WAS_THERE);
    assert_true(meter.current_bytes <= 32u * COUNT);
    name_set_free(&set);
    assert_int_equal(meter.current_bytes, 0);
}

static void test_a_refused_set_keeps_what_it_has(void **state) {
    struct meter meter;
    struct name_set set;
    char name[32];
    int added = 0;
    (void)state;
    meter_init(&meter, NULL, "test", 20000);
    name_set_init(&set, &meter);
    for (;; added++) {
        int length = snprintf(name, sizeof name, "%d", added);
        if (name_set_add(&set, name, (size_t)length) == NAME_SET_REFUSED) {
            break;
        }
    }
    assert_int_equal(added, 768); /* three quarters of the first table; the next does not fit */
    for (int i = 0; i < added; i++) {
        int length = snprintf(name, sizeof name, "%d", i);
        assert_true(name_set_has(&set, name, (size_t)length));
    }
    name_set_free(&set);
}

static void test_signatures(void **state) {
    static const struct {
        const char *bytes;
        size_t count;
        enum signature expected;
    } cases[] = {
        {"", 0, SIGNATURE_UNDECIDED},
        {"a.png\n", 6, SIGNATURE_NONE},
        {"\xff\xd8\xff\xe0", 4, SIGNATURE_IMAGE},
        {"\xff\xd8", 2, SIGNATURE_UNDECIDED},
        {"\xff\xd9\xff", 3, SIGNATURE_NONE},
        {"\x89PNG\r\n\x1a\n", 8, SIGNATURE_IMAGE},
        {"\x89PNG\n", 5, SIGNATURE_NONE},
        {"GIF87a", 6, SIGNATURE_IMAGE},
        {"GIF90a", 6, SIGNATURE_NONE},
        {"RIFF\1\2\3\4WEBP", 12, SIGNATURE_IMAGE},
        {"RIFF\1\2\3\4WAVE", 12, SIGNATURE_NONE},
        {"BM\1\2\3\4\0\0\0\0", 10, SIGNATURE_IMAGE},
        {"BMW.png\nx.png\n", 14, SIGNATURE_NONE},
        {"BMW", 3, SIGNATURE_UNDECIDED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(signature_of((const unsigned char *)cases[i].bytes, cases[i].count), cases[i].expected);
    }
    assert_true(signature_name_is_of_image("a.b.JPeG"));
    assert_false(signature_name_is_of_image("png"));
    assert_false(signature_name_is_of_image("a.png.txt"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_set_knows_what_was_added),
        cmocka_unit_test(test_a_refused_set_keeps_what_it_has),
        cmocka_unit_test(test_signatures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
