/* test_fields_second_currency.c - exchange rates as printed, and totals in two currencies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "printed.h"

enum { WANTED_MOST = 6 };

/* A page and the fields that must come of it; "" must not. */
static const struct page {
    const char *page;
    struct printed_wanted wanted[WANTED_MOST];
} pages[] = {
    {"=SENIAT\n=ABASTO LA CAYENA, C.A.\n=RIF J-64221019-9\nFACTURA: 00044182\nFECHA: 15-02-2026\nTASA BCV: "
     "36,50\nHARINA "
     "(G)\tBs 376,00\nTOTAL\tBs 376,00\nTOTAL USD\t10,30 $\nEFECTIVO\tBs 376,00",
     {{"total", "376.00"},
      {"currency", "VES"},
      {"exchange_rate", "36.50"},
      {"second_total", "10.30"},
      {"second_currency", "USD"}}},
    /* REF is no currency; the rate shows what it is. */
    {"=SENIAT\n=ABASTO LA CAYENA, C.A.\n=RIF J-64221019-9\nFACTURA: 00044182\nFECHA: 15-02-2026\nHARINA (G)\tBs "
     "376,00\nTOTAL\tBs 376,00\nREF\t10,30\nTasa del d\xC3\xAD"
     "a BCV\t36,5024\nEFECTIVO\tBs 376,00",
     {{"total", "376.00"}, {"exchange_rate", "36.5024"}, {"second_total", "10.30"}, {"second_currency", ""}}},
    /* One currency only. */
    {"=CLIMATIZACION ZULIA, C.A.\n=RIF J-61103753-7\nPRESUPUESTO\nFecha 05/05/2026\nAire "
     "split\t800,00\nSubtotal\t800,00\nIVA "
     "16%\t128,00\nTOTAL USD\t928,00",
     {{"total", "928.00"}, {"second_total", ""}, {"second_currency", ""}, {"exchange_rate", ""}}},
    /* Another amount is not the total in another currency. */
    {"=SENIAT\n=ABASTO LA CAYENA, C.A.\n=RIF J-64221019-9\nFACTURA: 00044182\nFECHA: 15-02-2026\nTASA BCV: "
     "36,50\nHARINA (G)\tBs 376,00\nTOTAL\tBs 376,00\nREF\t7,00\nEFECTIVO\tBs 376,00",
     {{"total", "376.00"}, {"exchange_rate", "36.50"}, {"second_total", ""}}},
    {"=Remesa recibida\nRemitente\tAurelia Jaspe\nMonto enviado\t50,00 USD\nTasa de cambio\t1 USD = 109,50 Bs\nMonto "
     "recibido\tBs. 5.475,00\nFecha\t28/05/2026\nReferencia\t77120944",
     {{"tasa_cambio", "109.50"}, {"pagador", "Aurelia Jaspe"}}},
};

static void test_two_currencies(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct record record;
        printed_rows(pages[i].page, &record);
        printed_expect(&record, "page", i, pages[i].wanted, WANTED_MOST);
        assert_false(printed_has_reason(&record, REASON_MISSING, "second_currency"));
        assert_false(printed_has_reason(&record, REASON_MISSING, "segunda_moneda"));
    }
}

static void test_rates_in_texts(void **state) {
    (void)state;
    static const struct {
        const char *text, *value; /* NULL: none */
    } cases[] = {{"36,50", "36.50"},
                 {"Bs. 118,26", "118.26"},
                 {"97,5024 Bs/USD", "97.5024"},
                 {"1 USD = 109,50 Bs", "109.50"},
                 {"1.250,40 Bs", "1250.40"},
                 {"4.012", "4012"},
                 {"16%", NULL},
                 {"12/05/2026", NULL},
                 {"B\xC3\xA1"
                  "sica",
                  NULL},
                 {"0,00", NULL},
                 {"", NULL}};
    struct country comma = {.decimal_comma = true};
    struct locale locale = {.set = &printed.set.countries, .country = &comma};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char value[VALUE_BYTES] = "";
        assert_true(second_currency_rate_read(&locale, cases[i].text, value) == (cases[i].value != NULL));
        assert_string_equal(value, cases[i].value == NULL ? "" : cases[i].value);
    }
}

/* A sale in bolivars with a rate, and no amount in another currency. */
static const struct piece sale[] = {
    {200, 40, 340, "SENIAT"},
    {130, 80, 410, "ABASTO LA CAYENA, C.A."},
    {150, 120, 390, "RIF J-64221019-9"},
    {20, 160, 260, "FACTURA: 00044182"},
    {20, 200, 260, "FECHA: 15-02-2026"},
    {20, 240, 260, "TASA BCV: 36,50"},
    {20, 280, 160, "HARINA (G)"},
    {420, 280, 520, "Bs 376,00"},
    {20, 320, 100, "TOTAL"},
    {420, 320, 520, "Bs 376,00"},
    {20, 360, 140, "EFECTIVO"},
    {420, 360, 520, "Bs 376,00"},
    {0, 0, 0, NULL},
};

/* A layout may imply the second amount: no page prints it, and no candidate is behind it. */
static void test_a_default_of_the_layout_stays(void **state) {
    (void)state;
    static const char text[] =
        "{\"schema\": 1, \"name\": \"cayena\", \"title\": \"Cayena\", \"extends\": \"tienda\", \"recognise\": "
        "{\"threshold\": 1, \"anchors\": [{\"text\": \"abasto la cayena\", \"weight\": 9}]}, \"fields\": "
        "{\"second_total\": {\"default\": \"5.00\"}}}";
    struct lince_line lines[PIECES_MOST];
    struct record_page page;
    struct record record;
    struct layout_set set;
    printed_page(sale, lines, &page);
    arena_clear(&printed.arena);
    assert_int_equal(layout_set_open_with(&printed.meter, "test", text, sizeof text - 1, &set, NULL), LINCE_OK);
    assert_int_equal(record_extract(&printed.arena, &set, NULL, 0, &page, &record, NULL), LINCE_OK);
    assert_string_equal(record.layout, "cayena");
    assert_string_equal(printed_value(&record, "exchange_rate"), "36.50");
    assert_string_equal(printed_value(&record, "second_total"), "5.00");
    assert_string_equal(printed_value(&record, "second_currency"), "");
    layout_set_close(&set);
}

/* Refused memory is an error, and not a page without a rate. */
static void test_no_rate_is_lost_to_refused_memory(void **state) {
    (void)state;
    struct lince_line lines[PIECES_MOST];
    struct record_page page;
    struct record record;
    size_t refused = 0;
    printed_page(sale, lines, &page);
    bool reached = true;
    for (int64_t countdown = 1; reached; countdown++) {
        arena_clear(&printed.arena);
        printed.meter.fail_countdown = countdown;
        enum lince_status status = record_extract(&printed.arena, &printed.set, NULL, 0, &page, &record, NULL);
        reached = printed.meter.fail_countdown <= 0;
        printed.meter.fail_countdown = 0;
        if (status == LINCE_OK) {
            assert_string_equal(printed_value(&record, "exchange_rate"), "36.50");
        } else {
            assert_int_equal(status, LINCE_ERROR_MEMORY_LIMIT);
            refused++;
        }
    }
    assert_true(refused > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_currencies),
        cmocka_unit_test(test_rates_in_texts),
        cmocka_unit_test(test_a_default_of_the_layout_stays),
        cmocka_unit_test(test_no_rate_is_lost_to_refused_memory),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
