/* test_alphabet.c - good and bad character lists, and that the prepared one can write Spanish. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/meter.h"
#include "text/alphabet.h"

static char folder[] = "/tmp/lince-alphabet-------"; /* a random end */
static char path[64];
static struct meter meter;
static struct alphabet alphabet;

static int make_folder(void **state) {
    (void)state;
    memset(folder + sizeof folder - 7, 'X', 6); /* for mkdtemp */
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/characters.txt", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    unlink(path);
    return rmdir(folder);
}

/* Writes the file and loads it under a limit; the meter must be empty again after a failure. */
static enum lince_status load(const char *content, size_t bytes, uint64_t limit_bytes, struct lince_error *error) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, bytes, file), bytes);
    fclose(file);
    meter_init(&meter, NULL, "alphabet", limit_bytes);
    enum lince_status status = alphabet_load(path, &meter, &alphabet, error);
    if (status != LINCE_OK) {
        assert_int_equal(meter.current_bytes, 0);
        assert_null(alphabet.text);
    }
    return status;
}

static enum lince_status load_text(const char *content) {
    return load(content, strlen(content), METER_NO_LIMIT, NULL);
}

static void test_one_line_a_class(void **state) {
    (void)state;
    assert_int_equal(load_text("\na\nñ\n \n¿\n"), LINCE_OK);
    assert_int_equal(alphabet.count, 5);
    assert_int_equal(alphabet.space, 3);
    assert_string_equal(alphabet.characters[0], "");
    assert_string_equal(alphabet.characters[2], "ñ");
    assert_string_equal(alphabet.characters[4], "¿");
    alphabet_free(&alphabet);
    assert_int_equal(meter.current_bytes, 0);
}

static void test_lists_that_are_none(void **state) {
    (void)state;
    assert_int_equal(load_text(""), LINCE_ERROR_MODEL);
    assert_int_equal(load_text("\na\nb\n"), LINCE_ERROR_MODEL);  /* no space */
    assert_int_equal(load_text("a\nb\n \n"), LINCE_ERROR_MODEL); /* no blank */
    assert_int_equal(load_text(" \na\n"), LINCE_ERROR_MODEL);    /* a space in the blank's place */
    assert_int_equal(load_text("no line at all"), LINCE_ERROR_MODEL);
    char *large = calloc(1, (1 << 20) + 1);
    memset(large, '\n', (1 << 20) + 1);
    assert_int_equal(load(large, (1 << 20) + 1, METER_NO_LIMIT, NULL), LINCE_ERROR_MODEL);
    free(large);
}

static void test_a_missing_list_and_a_folder_are_named(void **state) {
    (void)state;
    struct lince_error error = LINCE_ERROR_INIT;
    meter_init(&meter, NULL, "alphabet", METER_NO_LIMIT);
    assert_int_equal(alphabet_load("/nowhere/characters.txt", &meter, &alphabet, &error), LINCE_ERROR_MODEL);
    assert_non_null(strstr(error.message, "/nowhere/characters.txt"));
    assert_non_null(strstr(error.message, "scripts/setup"));
    error.language = LINCE_SPANISH;
    assert_int_equal(alphabet_load(folder, &meter, &alphabet, &error), LINCE_ERROR_MODEL);
    assert_non_null(strstr(error.message, folder));
    assert_non_null(strstr(error.message, "lista de caracteres"));
}

static void test_no_memory_for_the_text_or_for_the_table(void **state) {
    (void)state;
    struct lince_error error = LINCE_ERROR_INIT;
    const char content[] = "\na\nb\nc\nd\ne\nf\ng\n \n";
    size_t bytes = sizeof content - 1;
    assert_int_equal(load(content, bytes, 20, &error), LINCE_ERROR_MEMORY_LIMIT);
    assert_int_equal(load(content, bytes, 60, &error), LINCE_ERROR_MEMORY_LIMIT);
    assert_int_equal(load(content, bytes, 400, &error), LINCE_OK);
    alphabet_free(&alphabet);
}

static void test_the_prepared_list_writes_spanish(void **state) {
    (void)state;
    static const char *const wanted[] = {"á", "é", "í", "ó", "ú", "ü", "ñ", "Á", "É", "Í", "Ó", "Ú",
                                         "Ü", "Ñ", "¿", "º", "ª", "€", "$", "%", "@", "0", "9", "z"};
    char prepared[4096];
    assert_non_null(getenv("LINCE_MODELS"));
    snprintf(prepared, sizeof prepared, "%s/characters.txt", getenv("LINCE_MODELS"));
    meter_init(&meter, NULL, "alphabet", METER_NO_LIMIT);
    assert_int_equal(alphabet_load(prepared, &meter, &alphabet, NULL), LINCE_OK);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        size_t found = 0;
        for (size_t k = 0; k < alphabet.count; k++) {
            found += strcmp(alphabet.characters[k], wanted[i]) == 0;
        }
        assert_int_equal(found, 1);
    }
    alphabet_free(&alphabet);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_line_a_class),
        cmocka_unit_test(test_lists_that_are_none),
        cmocka_unit_test(test_a_missing_list_and_a_folder_are_named),
        cmocka_unit_test(test_no_memory_for_the_text_or_for_the_table),
        cmocka_unit_test(test_the_prepared_list_writes_spanish),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
