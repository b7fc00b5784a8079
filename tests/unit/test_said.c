/* test_said.c - the words of the languages: folded or as printed, and kept where a file of one's own lacks them. */
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

#include "base/meter.h"
#include "fields/layouts/layout.h"
#include "printed.h"

static const char own_file[] =
    "{\"schema\": 1, \"languages\": {\"es\": {"
    "\"months\": [\"enero\", \"febrero\", \"marzo\", \"abril\", \"mayo\", \"junio\", \"julio\", \"agosto\", "
    "\"septiembre\", \"octubre\", \"noviembre\", \"diciembre\"],"
    "\"weekdays\": [\"lunes\", \"martes\", \"miercoles\", \"jueves\", \"viernes\", \"sabado\", \"domingo\"]%s}}}";

static bool has(const struct layout_set *set, enum said_list list, const char *text) {
    struct said said = set->countries.said[list];
    for (size_t i = 0; i < said.count; i++) {
        if (strcmp(said.texts[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static void test_lists_are_folded_or_as_printed(void **state) {
    (void)state;
    assert_true(has(&printed.set, SAID_SIGNED_RECEIPTS, "recibide"));
    assert_true(has(&printed.set, SAID_SIGNED_RECEIPTS, "receivedfrom"));
    assert_true(has(&printed.set, SAID_TO_PAYEE, "a favor de "));
    assert_true(has(&printed.set, SAID_ASKS, "te pidi\xC3\xB3"));
    for (enum said_list list = 0; list < SAID_LISTS; list++) {
        assert_true(printed.set.countries.said[list].count > 0);
    }
}

/* Opens the built-in files with a file of languages of one's own. */
static void open_with(struct meter *meter, const char *words, struct layout_set *set) {
    char folder[] = "/tmp/lince-said-XXXXXX", countries[64], path[96];
    assert_non_null(mkdtemp(folder));
    snprintf(countries, sizeof countries, "%s/countries", folder);
    snprintf(path, sizeof path, "%s/languages.json", countries);
    assert_int_equal(mkdir(countries, 0700), 0);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, own_file, words);
    fclose(file);
    struct lince_error error = LINCE_ERROR_INIT;
    enum lince_status status = layout_set_open(meter, folder, set, &error);
    unlink(path);
    rmdir(countries);
    rmdir(folder);
    if (status != LINCE_OK) {
        print_error("%s\n", error.message);
    }
    assert_int_equal(status, LINCE_OK);
}

static void test_a_file_without_words_keeps_them(void **state) {
    (void)state;
    struct layout_set set;
    open_with(&printed.meter, "", &set);
    assert_true(has(&set, SAID_TO_PAYEE, "a favor de "));
    assert_true(has(&set, SAID_CLIENTS, "nuestro cliente "));
    assert_true(has(&set, SAID_TO_PAYEE, "sent to ")); /* of a language that the file lacks */
    assert_true(has(&set, SAID_AT_SHOP, "na loja "));
    layout_set_close(&set);
}

static void test_a_list_of_ones_own_replaces_that_list_alone(void **state) {
    (void)state;
    struct layout_set set;
    open_with(&printed.meter, ", \"words\": {\"to_payee\": [\"abonado a \"]}", &set);
    assert_true(has(&set, SAID_TO_PAYEE, "abonado a "));
    assert_false(has(&set, SAID_TO_PAYEE, "a favor de "));
    assert_true(has(&set, SAID_CLIENTS, "nuestro cliente "));
    layout_set_close(&set);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists_are_folded_or_as_printed),
        cmocka_unit_test(test_a_file_without_words_keeps_them),
        cmocka_unit_test(test_a_list_of_ones_own_replaces_that_list_alone),
    };
    return cmocka_run_group_tests_name("said", tests, printed_open, printed_close);
}
