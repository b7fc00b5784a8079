/* test_serve_legacy_name.c - names put together from a sender are text, however long the parts are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include <cmocka.h>

#include "serve/legacy_name.h"

static void expect_text(const char *text) {
    utf8proc_int32_t character;
    for (const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text; *at != '\0';) {
        utf8proc_ssize_t bytes = utf8proc_iterate(at, -1, &character);
        assert_true(bytes > 0);
        at += bytes;
    }
}

static void test_long_parts_are_cut_between_characters(void **state) {
    (void)state;
    for (int shift = 0; shift < 4; shift++) {
        struct legacy_sender sender = {0};
        char stored[LEGACY_NAME_BYTES], name[400] = "xxx";
        name[shift] = '\0';
        while (strlen(name) < 300) {
            strcat(name, "€");
        }
        char *const parts[] = {sender.draw, sender.date, sender.id, sender.name, sender.time};
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            snprintf(parts[i], LEGACY_PART_BYTES, "%.*s", shift + 40 * 3, name);
        }
        legacy_name_make("a.png", &sender, true, 0, stored);
        expect_text(stored);
        assert_true(strlen(stored) > 8 + 60 + 80);
        legacy_name_parse(name, &sender);
        legacy_name_make(name, &sender, false, 0, stored);
        expect_text(stored);
    }
}

static void test_short_parts_stay_whole(void **state) {
    (void)state;
    struct legacy_sender sender;
    char stored[LEGACY_NAME_BYTES];
    assert_true(legacy_name_parse("20990102-C--111222333@lid_Zoé_09-15.JPG", &sender));
    legacy_name_make("", &sender, true, 7, stored);
    assert_int_equal(strncmp(stored, "20990102-C--111222333@lid_Zoé_09-15_", 37), 0);
    assert_string_equal(stored + strlen(stored) - 8, "_007.jpg");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_long_parts_are_cut_between_characters),
        cmocka_unit_test(test_short_parts_stay_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
