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
#include "fields/values/value.h"
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

/* Every list of a file of one's own takes the place of the list that is built in. */
static void test_every_list_can_be_replaced(void **state) {
    (void)state;
    for (enum said_list list = 0; list < SAID_LISTS; list++) {
        char words[128];
        struct layout_set set;
        snprintf(words, sizeof words, ", \"words\": {\"%s\": [\"zuzu\"]}", said_kinds[list].name);
        open_with(&printed.meter, words, &set);
        assert_true(has(&set, list, "zuzu"));
        assert_false(has(&printed.set, list, "zuzu"));
        for (enum said_list other = 0; other < SAID_LISTS; other++) {
            assert_true(other == list || !has(&set, other, "zuzu"));
        }
        layout_set_close(&set);
    }
}

/* Refuses the list with the same place in both languages, and with the words of each. */
static void refused(const char *words, const char *english, const char *spanish) {
    char text[1024];
    snprintf(text, sizeof text, own_file, words);
    for (int i = 0; i < 2; i++) {
        struct lince_error error = LINCE_ERROR_INIT;
        json_t *tree = NULL;
        error.language = i == 0 ? LINCE_ENGLISH : LINCE_SPANISH;
        assert_int_equal(country_json_read("mine.json", text, strlen(text), &tree, &error), LINCE_ERROR_LAYOUT);
        const char *wanted = i == 0 ? english : spanish;
        if (strstr(error.message, wanted) == NULL || strstr(error.message, "mine.json:1:") == NULL) {
            fail_msg("%s: %s", words, error.message);
        }
    }
}

static void test_wrong_lists_are_refused_in_both_languages(void **state) {
    (void)state;
    for (enum said_list list = 0; list < SAID_LISTS; list++) {
        static const struct wrong {
            const char *value, *english, *spanish;
        } wrongs[] = {
            {"\"caja\"", "must be an array", "debe ser una lista"},
            {"[7]", "a text of 1 to 80 bytes", "un texto de 1 a 80 bytes"},
            {"[\"\"]", "a text of 1 to 80 bytes", "un texto de 1 a 80 bytes"},
            {"[\"caja\", \" - \"]", "a text with a letter or a digit", "un texto con una letra o una cifra"},
        };
        char words[160];
        for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
            snprintf(words, sizeof words, ", \"words\": {\"%s\": %s}", said_kinds[list].name, wrongs[i].value);
            refused(words, wrongs[i].english, wrongs[i].spanish);
        }
        if (said_kinds[list].form == SAID_WORDS) {
            snprintf(words, sizeof words, ", \"words\": {\"%s\": [\"caja \"]}", said_kinds[list].name);
            refused(words, "\"caja \" has a blank at an end", "\"caja \" tiene un espacio en un extremo");
        }
    }
    refused(", \"words\": {\"trade\": [\"caja\"]}", "\"trade\" is not known here", "\"trade\"");
}

static void test_words_are_found_in_a_text(void **state) {
    (void)state;
    static const char *const sorted[] = {"caja", "Caja de ahorro", "s/b", "\xC3\xA1rea", "\xC3\xA1rea 2"};
    const struct said said = {5, sorted, sorted};
    assert_int_equal(said_begin(&said, "CAJA de ahorros", 15, SAID_ANY_CASE), 14);
    assert_int_equal(said_begin(&said, "CAJA de ahorros", 15, SAID_OWN_CASE), 0);
    assert_int_equal(said_begin(&said, "Caja de ahorros", 15, SAID_OWN_CASE), 14);
    assert_int_equal(said_begin(&said, "caja de ahorros", 8, SAID_ANY_CASE), 4);
    assert_int_equal(said_begin(&said, "\xC3\xA1rea 21", 8, SAID_ANY_CASE), 7);
    assert_int_equal(said_begin(&said, "", 0, SAID_ANY_CASE), 0);
    assert_true(said_is(&said, "CAJA", 4, SAID_ANY_CASE));
    assert_false(said_is(&said, "CAJA", 4, SAID_OWN_CASE));
    assert_false(said_is(&said, "cajas", 5, SAID_ANY_CASE));
    assert_int_equal(said_words_count(&said, "caja, recaja, cajas, 1caja; S/B.", 32), 2);
    assert_int_equal(said_words_count(&(const struct said){0}, "caja", 4), 0);
}

typedef double (*measure)(const struct locale *locale, const char *text, size_t bytes);

static double begins_account(const struct locale *locale, const char *text, size_t bytes) {
    return name_begins_account(locale, text, bytes);
}

static double has_legal_form(const struct locale *locale, const char *text, size_t bytes) {
    return name_has_legal_form(locale, text, bytes);
}

/* A text, and whether a file of one's own with the words makes more or less of it than the built-in words. */
struct change {
    const char *words;
    measure measure;
    const char *text;
    bool more;
};

static void changes_check(const struct change *changes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct change *change = &changes[i];
        char words[160];
        struct layout_set set;
        snprintf(words, sizeof words, ", \"words\": {%s}", change->words);
        open_with(&printed.meter, words, &set);
        struct locale before = {.set = &printed.set.countries, .country = country_find(&printed.set.countries, "VE")},
                      after = {.set = &set.countries, .country = country_find(&set.countries, "VE")};
        double own = change->measure(&after, change->text, strlen(change->text));
        double built_in = change->measure(&before, change->text, strlen(change->text));
        if (change->more ? own <= built_in : own >= built_in) {
            fail_msg("%s, \"%s\": %g, with the built-in words %g", change->words, change->text, own, built_in);
        }
        layout_set_close(&set);
    }
}

static void test_words_of_ones_own_decide_what_a_name_is(void **state) {
    (void)state;
    static const struct change changes[] = {
        {"\"greetings\": [\"saludos\"]", name_quality, "Saludos Marina Paz", false},
        {"\"greetings\": [\"saludos\"]", name_quality, "Hola Marina Paz", true},
        {"\"account_words\": [\"libreta\"]", name_quality, "Libreta Dorada", false},
        {"\"account_words\": [\"libreta\"]", begins_account, "Cuenta Dorada", false},
        {"\"boxes\": [\"alcancia\"]", begins_account, "Alcancia", true},
        {"\"savings_boxes\": [\"alcancia de oro\"]", begins_account, "Alcancia de oro", true},
        {"\"box_joints\": [\" do \"]", begins_account, "Caja de Ahorros de la Universidad", true},
        {"\"box_contents\": [\"ahorro\", \"universidad\"]", begins_account, "Caja de Ahorros de la Universidad", true},
        {"\"own_accounts\": [\"nuestra alcancia\"]", name_quality, "Ana en Nuestra Alcancia", false},
        {"\"bank_name_ends\": [\"popular\"]", name_quality, "Popular Andino", false},
        {"\"bank_name_ends\": [\"popular\"]", name_quality, "Universal Andino", true},
        {"\"legal_forms\": [\"q.q\"]", has_legal_form, "Quesos Lara Q.Q.", true},
        {"\"legal_forms\": [\"q.q\"]", has_legal_form, "Quesos Lara, C.A.", false},
        {"\"firm_words\": [\"hacienda\"]", name_company_quality, "Hacienda Lara", true},
        {"\"trades\": [\"heladeria\"]", name_company_quality, "Heladeria Lara", true},
        {"\"no_firms\": [\"constancia\"]", name_company_quality, "Constancia Lara", false},
        {"\"address_words\": [\"vereda\"]", name_address_quality, "Vereda Lara", true},
        {"\"no_addresses\": [\"constancia\"]", name_address_quality, "Constancia Avenida", false},
        {"\"number_signs\": [\"cifra\"]", name_address_quality, "Cifra 44188", false},
    };
    changes_check(changes, sizeof changes / sizeof *changes);
}

/* How many of them are found that count without a label. */
static double found(size_t (*find)(const struct locale *, const char *, size_t, struct find *, size_t),
                    const struct locale *locale, const char *text, size_t bytes, bool bare) {
    struct find finds[VALUE_FINDS_MOST];
    size_t all = find(locale, text, bytes, finds, VALUE_FINDS_MOST), count = 0;
    for (size_t i = 0; i < all; i++) {
        count += bare || !finds[i].bare;
    }
    return (double)count;
}

static double banks(const struct locale *locale, const char *text, size_t bytes) {
    return found(bank_find, locale, text, bytes, false);
}

static double accounts(const struct locale *locale, const char *text, size_t bytes) {
    return found(account_find, locale, text, bytes, true);
}

static double dates(const struct locale *locale, const char *text, size_t bytes) {
    return found(date_find, locale, text, bytes, true);
}

static double zones(const struct locale *locale, const char *text, size_t bytes) {
    char value[VALUE_BYTES];
    return (double)time_zone_match(locale, text, bytes, value);
}

static void test_words_of_ones_own_decide_what_is_found(void **state) {
    (void)state;
    static const struct change changes[] = {
        {"\"bank_words\": [\"financiera\"]", banks, "Financiera Exterior", true},
        {"\"bank_words\": [\"financiera\"]", banks, "Bco. Exterior", false},
        {"\"bank_articles\": [\"lo\"]", banks, "Banco lo Exterior", true},
        {"\"bank_tails\": [\"andino\"]", banks, "Exterior Andino", true},
        {"\"bank_joints\": [\" junto a \"]", banks, "Mercantil de la Costa", true},
        {"\"bank_stems\": [\"mercan\"]", banks, "Mercantil de la Costa", true},
        {"\"app_words\": [\"monedero\"]", banks, "Exterior Monedero", true},
        {"\"app_phrases\": [\"en casa\"]", banks, "Exterior en casa", true},
        {"\"app_phrases\": [\"en casa\"]", banks, "Exterior en l\xC3\xADnea", false},
        {"\"account_kinds\": [\"libreta\"]", accounts, "Libreta 5383", true},
        {"\"account_kinds\": [\"libreta\"]", accounts, "Cuenta corriente 5383", false},
        {"\"date_links\": [\"al\"]", dates, "3 al enero al 2024", true},
        {"\"date_links\": [\"al\"]", dates, "3 de enero del 2024", false},
        {"\"ordinals\": [\"avo\"]", dates, "enero 3avo, 2024", true},
        {"\"hour_signs\": [\"horas\"]", zones, " horas GMT", true},
        {"\"hour_signs\": [\"HRS\"]", zones, " HRS GMT", true},
        {"\"zone_words\": [\"huso de \"]", zones, " huso de Caracas", true},
    };
    changes_check(changes, sizeof changes / sizeof *changes);
}

#define SALE                                                                                                           \
    "RIF J-64221019-9\nFACTURA: 00044182\nFECHA: 15-02-2026\nHARINA (G)        Bs 376,00\nTOTAL        Bs 376,00\n"    \
    "EFECTIVO      Bs 376,00\n"
#define NUMBERS "Monto:   Bs. 1.234,50\nReferencia:   000123456789\nFecha:   03/01/2024\n"
#define MAIL                                                                                                           \
    "De: avisos@banco.example\nPara: ana@correo.example\nAsunto: Pago movil\n03/02/2024 10:15\n\n"                     \
    "Pago m\xC3\xB3vil realizado\nBanco destino:  0105 - BANCO MERCANTIL\n" NUMBERS

/* What a page gives with the built-in words, and with a list of one's own. */
static const struct page {
    const char *words, *page, *field, *built_in, *own;
} pages[] = {
    {"\"currency_words\": [\"al cambio\"]",
     "ABASTO LA CAYENA, C.A.\n" SALE "Al cambio       10,30\nTasa del d\xC3\xAD"
     "a BCV       36,5024",
     "second_total", "", "10.30"},
    {"\"bank_labels\": [\"casa \"]",
     "Banco Banesco\nC\xC3\xA9"
     "dula:   V-12.345.678\nTel\xC3\xA9"
     "fono:  0414-1234567\n" NUMBERS,
     "banco_destino", "0134", ""},
    {"\"payee_leads\": [\"rumbo\"]", "Pago hacia Mercantil\nBanesco\n" NUMBERS, "banco_destino", "0105", "0134"},
    {"\"payee_tails\": [\", Q.Q.\"]",
     "Enviaste Bs. 10,00 a Quesos Lara, C.A. el 03/01/2024 con referencia 000123456789", "beneficiario",
     "Quesos Lara, C.A.", "Quesos Lara"},
    {"\"amount_tails\": [\"BRL\"]", "Enviaste $10,00 USD a Quesos Lara", "beneficiario", "Quesos Lara", ""},
    {"\"firm_rests\": [\"DEL \"]",
     "INVERSIONES LA FLOR DEL VALLE\nDE ORO PURO, C.A.\nRIF J-64221019-9\nFACTURA: 00044182\nFECHA: 15-02-2026\n"
     "HARINA (G)\tBs 376,00\nTOTAL\tBs 376,00\nEFECTIVO\tBs 376,00",
     "company", "INVERSIONES LA FLOR DEL VALLE DE ORO PURO, C.A.", "DE ORO PURO, C.A."},
    {"\"sum_words\": [\"suma \"]",
     "ABASTO LA CAYENA, C.A.\nRIF J-64221019-9\nFACTURA: 00044182\nFECHA: 15-02-2026\nHARINA        Bs 100,00\n"
     "SUBTOTAL       Bs 100,00\nIVA 16%     Bs 16,00\nIVA 8%     Bs 8,00\nTOTAL IVA     Bs 24,00\n"
     "TOTAL        Bs 124,00\nEFECTIVO      Bs 124,00",
     "tax", "24.00", "48.00"},
    {"\"label_links\": [\"vale \"]",
     "Banco origen es Mercantil y banco destino es Exterior\nPago movil por Bs. 11,00 referencia es 000123456789",
     "banco_origen", "0105", "0115"},
    {"\"is_words\": [\"sera\"]",
     "Hiciste un pago movil por Bs. 10,00 el 03/01/2024 y la referencia sera\n000123456789 que tengas un buen dia",
     "referencia", "", "000123456789"},
    {"\"of_words\": [\"desde \"]", "Pago realizado\nDetalle del movimiento\n" NUMBERS, "concepto", "",
     "del movimiento"},
    {"\"name_particles\": [\"zu\"]", "Pago realizado\nBeneficiario:  Ana Lopez zu Soto 0414-1234567\n" NUMBERS,
     "beneficiario", "Ana Lopez", "Ana Lopez zu Soto"},
    {"\"name_leads\": [\"Rumbo a \"]", "Pago realizado\nBeneficiario:  Rumbo a Ana Soto\n" NUMBERS, "beneficiario",
     "Rumbo a Ana Soto", "Ana Soto"},
    {"\"name_tails\": [\"Lara\"]", "Pago realizado\nBeneficiario:  Lara Soto\n" NUMBERS, "beneficiario", "Lara Soto",
     ""},
    {"\"imprints\": [\"obra de\"]",
     "Transferencia exitosa\n\n" NUMBERS "Banco destino:  0105 - BANCO MERCANTIL\n\n"
     "Obra de Banco Ejemplo     RIF: J-07001234-5",
     "cedula", "J070012345", ""},
    {"\"issuer_ids\": [\"nif\"]",
     "Banco Plaza: Usted realizo un pago movil por Bs. 1.234,50 el 03/01/2024\na las 10:20, referencia "
     "000123456789. "
     "Banco Plaza C.A., RIF J-12345678-9",
     "cedula", "", "J123456789"},
    {"\"mail_senders\": [\"Quien:\"]", MAIL, "pagador", "", "avisos@banco.example"},
    {"\"mail_subjects\": [\"Tema\"]", MAIL, "pagador", "", "avisos@banco.example"},
    {"\"firm_ends\": [\" SELLO\"]", "INVERSIONES LA FLOR C.A. SELLO FISCAL\n" SALE, "company",
     "INVERSIONES LA FLOR C.A. SELLO FISCAL", "INVERSIONES LA FLOR C.A."},
};

static void test_words_of_ones_own_decide_what_a_page_gives(void **state) {
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        char words[160];
        struct layout_set built_in = printed.set, own;
        struct record record;
        snprintf(words, sizeof words, ", \"words\": {%s}", pages[i].words);
        open_with(&printed.meter, words, &own);
        for (int k = 0; k < 2; k++) {
            printed.set = k == 0 ? built_in : own;
            (strchr(pages[i].page, '\t') != NULL ? printed_rows : printed_columns)(pages[i].page, &record);
            const char *value = printed_value(&record, pages[i].field),
                       *wanted = k == 0 ? pages[i].built_in : pages[i].own;
            if (strcmp(value, wanted) != 0) {
                print_error("%s, %s: %s is \"%s\", not \"%s\"\n", pages[i].words, k == 0 ? "built in" : "own",
                            pages[i].field, value, wanted);
                wrong++;
            }
        }
        printed.set = built_in;
        layout_set_close(&own);
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists_are_folded_or_as_printed),
        cmocka_unit_test(test_a_file_without_words_keeps_them),
        cmocka_unit_test(test_a_list_of_ones_own_replaces_that_list_alone),
        cmocka_unit_test(test_every_list_can_be_replaced),
        cmocka_unit_test(test_wrong_lists_are_refused_in_both_languages),
        cmocka_unit_test(test_words_are_found_in_a_text),
        cmocka_unit_test(test_words_of_ones_own_decide_what_a_name_is),
        cmocka_unit_test(test_words_of_ones_own_decide_what_is_found),
        cmocka_unit_test(test_words_of_ones_own_decide_what_a_page_gives),
    };
    return cmocka_run_group_tests_name("said", tests, printed_open, printed_close);
}
