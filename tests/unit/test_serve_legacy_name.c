/* test_serve_legacy_name.c - names made from a sender are valid text, however long their parts are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include <cmocka.h>

#include "serve/legacy/legacy_name.h"

static void expect_text(const char *text) {
    utf8proc_int32_t character;
    for (const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text; *at != '\0';) {
        utf8proc_ssize_t bytes = utf8proc_iterate(at, -1, &character);
        assert_true(bytes > 0);
        at += bytes;
    }
}

/* The file of a result is named by its batch, a number and the stored name; 255 bytes is what a file system takes. */
static void expect_room_for_results(const char *stored) {
    char name[1024];
    int length = snprintf(name, sizeof name, "BATCH_20990103_101112_0a1b2c3d_042_%s.json", stored);
    assert_in_range(length, 1, 255);
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
        expect_room_for_results(stored);
        legacy_name_parse(name, &sender);
        legacy_name_make(name, &sender, false, 0, stored);
        expect_text(stored);
        expect_room_for_results(stored);
    }
}

static void test_long_names_keep_their_end(void **state) {
    (void)state;
    struct legacy_sender sender = {0};
    char stored[LEGACY_NAME_BYTES], name[300];
    memset(name, 'a', sizeof name);
    strcpy(name + 200, ".LONGEST8");
    assert_false(legacy_name_parse(name, &sender));
    legacy_name_make(name, &sender, false, 7, stored);
    assert_string_equal(stored + strlen(stored) - 13, "_007.longest8");
    expect_room_for_results(stored);
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
        cmocka_unit_test(test_long_names_keep_their_end),
        cmocka_unit_test(test_short_parts_stay_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
