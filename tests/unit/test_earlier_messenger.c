/* test_earlier_messenger.c - file names of messengers and side files, byte for byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/json_memory.h"
#include "base/meter.h"
#include "earlier/messenger.h"

static struct meter meter;
static struct arena arena;

static int start(void **state) {
    (void)state;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    json_memory_install(&meter);
    arena_init(&arena, &meter, 4096);
    return 0;
}

static void test_names(void **state) {
    (void)state;
    static const struct {
        const char *path, *date, *number, *id, *name, *time;
    } cases[] = {
        {"20990102-C--111222333@lid_Zoe_09-15.jpg", "20990102", "C", "111222333@lid", "Zoe", "09-15"},
        {"/in/C--111222333@lid_Zoe_09-15.jpg", "", "C", "111222333@lid", "Zoe", "09-15"},
        {"20990102-07--5@lid_Ana \xF0\x9F\x92\x83 \xC3\x91_23-59.png", "20990102", "07", "5@lid",
         "Ana \xF0\x9F\x92\x83 \xC3\x91", "23-59"},
        {"20990102-C--111222333@lid_Zoe_09-15_20990103_101110_007.jpg", "20990102", "C", "111222333@lid", "Zoe",
         "09-15"},
        {"receipt.jpg", "", "", "", "", ""},
        {"20990102-CC--111@lid_Zoe_09-15.jpg", "", "", "", "", ""},
        {"20990102-C--111@lid_Zoe_24-15.jpg", "", "", "", "", ""},
        {"20990102-C--@lid_Zoe_09-15.jpg", "", "", "", "", ""},
        {"20990102-C--111@lid_Zoe_X_09-15.jpg", "", "", "", "", ""},
        {"--", "", "", "", "", ""},
        {"", "", "", "", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct messenger messenger;
        assert_true(messenger_from_name(&arena, cases[i].path, &messenger));
        assert_string_equal(messenger.draw_date, cases[i].date);
        assert_string_equal(messenger.draw_number, cases[i].number);
        assert_string_equal(messenger.sender_id, cases[i].id);
        assert_string_equal(messenger.sender_name, cases[i].name);
        assert_string_equal(messenger.sent_time, cases[i].time);
        assert_int_equal(messenger.from_name, cases[i].id[0] != '\0');
    }
    arena_clear(&arena);
}

static void file_write(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void test_a_side_file_wins_and_is_carried_exactly(void **state) {
    (void)state;
    char folder[] = "/tmp/lince-messenger-......", image[160], side[200];
    memset(folder + sizeof folder - 7, 'X', 6); /* for mkdtemp */
    assert_non_null(mkdtemp(folder));
    snprintf(image, sizeof image, "%s/20990102-C--111@lid_Zoe_09-15.jpg", folder);
    snprintf(side, sizeof side, "%s/20990102-C--111@lid_Zoe_09-15.metadata.json", folder);
    struct messenger messenger;
    struct lince_error error = LINCE_ERROR_INIT;
    assert_int_equal(messenger_read(&arena, image, &messenger, &error), LINCE_OK);
    assert_string_equal(messenger.sender_name, "Zoe");
    assert_false(messenger.from_side_file);
    file_write(side, "{\"nombre\": \"Zo\\u00e9 \xF0\x9F\x8E\x89\", \"caption\": \"  a\\nb \xE2\x9C\x85\", "
                     "\"otro_valor\": \"x\", \"numero_llegada\": 7}");
    assert_int_equal(messenger_read(&arena, image, &messenger, &error), LINCE_OK);
    assert_string_equal(messenger.sender_name, "Zo\xC3\xA9 \xF0\x9F\x8E\x89");
    assert_string_equal(messenger.caption, "  a\nb \xE2\x9C\x85");
    assert_string_equal(messenger.other_value, "x");
    assert_string_equal(messenger.sender_id, "111@lid");
    assert_int_equal(messenger.arrival_number, 7);
    file_write(side, "[1]");
    assert_int_equal(messenger_read(&arena, image, &messenger, &error), LINCE_ERROR_DAMAGED);
    unlink(side);
    rmdir(folder);
    arena_clear(&arena);
    assert_int_equal(meter.current_bytes, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_a_side_file_wins_and_is_carried_exactly),
    };
    return cmocka_run_group_tests_name("messenger", tests, start, NULL);
}
