/* test_fields_values.c - each type of value: what it finds, how it is normalised, and what it must leave alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fields/values/value.h"
#include "printed.h"

typedef size_t (*finder)(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);

struct example {
    const char *text;
    const char *values; /* all finds, joined by " | "; "" for none */
};

/* What finders go by on a page of the country. */
static struct locale in_country(const char *code) {
    const struct country *country = country_find(&printed.set.countries, code);
    assert_non_null(country);
    return (struct locale){.set = &printed.set.countries, .country = country};
}

static void examples_check(finder find, const struct example *examples, size_t count, bool with_currency) {
    struct locale locale = in_country("VE");
    for (size_t i = 0; i < count; i++) {
        struct find finds[VALUE_FINDS_MOST];
        size_t found = find(&locale, examples[i].text, strlen(examples[i].text), finds, VALUE_FINDS_MOST);
        char all[512] = "";
        for (size_t j = 0; j < found; j++) {
            snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s%s%s", j == 0 ? "" : " | ", finds[j].value,
                     with_currency && finds[j].currency[0] != '\0' ? " " : "", with_currency ? finds[j].currency : "");
            assert_true(finds[j].from < finds[j].to && finds[j].to <= strlen(examples[i].text));
            assert_true(finds[j].quality > 0 && finds[j].quality <= 1);
        }
        if (strcmp(all, examples[i].values) != 0) {
            print_error("\"%s\" gives \"%s\", not \"%s\"\n", examples[i].text, all, examples[i].values);
        }
        assert_string_equal(all, examples[i].values);
    }
}

#define EXAMPLES_CHECK(find, with_currency)                                                                            \
    examples_check(find, examples, sizeof examples / sizeof *examples, with_currency)

static void test_money(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"1.234,50 Bs", "1234.50 VES"},
        {"Bs. 1.234,50", "1234.50 VES"},
        {"Bs.1234,5", "1234.50 VES"},
        {"Bs 1.234.567,89", "1234567.89 VES"},
        {"-$12.34", "12.34 USD"},
        {"$ 1,234.50", "1234.50 USD"},
        {"USD 25", "25.00 USD"},
        {"25.00 USD", "25.00 USD"},
        {"RM31.60", "31.60 MYR"},
        {"BsS 100,00", "100.00 VES"},
        {"VES 0,18", "0.18 VES"},
        {"443.54 Bs", "443.54 VES"},     /* the comma read as a point */
        {"1,234 Bs", "1234.00 VES"},     /* the point read as a comma */
        {"1.234.50 Bs", "1234.50 VES"},  /* one sign for both */
        {"1.234, 50 Bs", "1234.50 VES"}, /* a space that is not there */
        {"B5. 1.234,50", "1234.50 VES"},
        {"Bs. 1.2O4,50", "1204.50 VES"},
        {"12,50", "12.50"},
        {"150", "150.00"},
        {"Monto Bs. 10,00 Total Bs. 11,00", "10.00 VES | 11.00 VES"},
        {"0,00 Bs", "0.00 VES"},
        {"12/03/2024", ""},
        {"10:30", ""},
        {"04141234567", ""},
        {"6%", ""},
        {"6.00 %", ""},
        {"12.345.678,123456", ""},
        {"V12345678", ""},
        {"1.23.456", ""},
        {"abc", ""},
        {"", ""},
        {"Bs. 24.400,00a favor de", "24400.00 VES"},
        {"24.400,00a favor de", ""},
        {"RM 14-10", "14.10 MYR"}, /* the point read as a hyphen */
        {"RM 14-101", ""},
        {"$1'234,567.89", "1234567.89 USD"}, /* millions have their own sign */
        {"$ 1'234.567", "1234567.00 USD"},
        {"$.99", "0.99 USD"},
        {"Bs.99", "99.00 VES"},
        {"Bs. 5 000", "5000.00 VES"},
        {"Bs. 1 234 567", "1234567.00 VES"},
        {"Bs. 100 412", "100.00 VES | 412.00"}, /* what follows may be a telephone's prefix */
    };
    EXAMPLES_CHECK(money_find, true);
}

static void test_date(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"03/01/2024", "2024-01-03"},
        {"3/1/24", "2024-01-03"},
        {"03-01-2024", "2024-01-03"},
        {"03.01.2024", "2024-01-03"},
        {"2024-01-03", "2024-01-03"},
        {"2024/01/03 10:30", "2024-01-03"},
        {"03/ENE/2024", "2024-01-03"},
        {"03-ENE-24", "2024-01-03"},
        {"16-AG0-24", "2024-08-16"},
        {"3 de enero de 2024", "2024-01-03"},
        {"3deenerode2024", "2024-01-03"},
        {"12 de septiembre del 2023", "2023-09-12"},
        {"12 setiembre 2023", "2023-09-12"},
        {"miércoles, 3 de enero de 2024, 10:30", "2024-01-03"},
        {"January 3, 2024", "2024-01-03"},
        {"Jan 3rd, 2024", "2024-01-03"},
        {"05 MAR 2018", "2018-03-05"},
        {"05MAR2018", "2018-03-05"},
        {"O3/01/2024", "2024-01-03"},
        {"03/O1/2024", "2024-01-03"},
        {"21/05/2018TIME:", "2018-05-21"},
        {"03/ 01/ 2024", "2024-01-03"},
        {"29/02/2024", "2024-02-29"},
        {"29/02/2023", ""},
        {"31/04/2024", ""},
        {"12/25/2024", "2024-12-25"},
        {"99/99/2024", ""},
        {"03/01", ""},
        {"12.345.678", ""},
        {"0412-1234567", ""},
        {"1.234,50", ""},
    };
    EXAMPLES_CHECK(date_find, false);
}

static void test_time(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"10:30", "10:30"},
        {"10:30:59", "10:30"},
        {"1:05 PM", "13:05"},
        {"01:05:09 pm", "13:05"},
        {"12:00 am", "00:00"},
        {"12:15 p. m.", "12:15"},
        {"9:41 a.m.", "09:41"},
        {"10:30PM", "22:30"},
        {"03/01/2024 - 10:30:15", "10:30"},
        {"10.30 am", "10:30"},
        {"11:12:56AM", "11:12"},
        {"10: 30", "10:30"},
        {"25:00", ""},
        {"10:75", ""},
        {"10.30", ""},
        {"1.234,50", ""},
        {"100:30", ""},
        {"17/10/2026,12:55pm", "12:55"},
    };
    EXAMPLES_CHECK(time_find, false);
}

static void test_phone(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"04141234567", "04141234567"},
        {"0414-1234567", "04141234567"},
        {"(0414) 123-4567", "04141234567"},
        {"teléfono0414-1234567", "04141234567"}, /* a space that was not read */
        {"V-12345678\xC2\xB7"
         "04141234567",
         "04141234567"},
        {"0412 345.67.89", "04123456789"},
        {"0424 123 45 67", "04241234567"},
        {"+58 414 1234567", "04141234567"},
        {"+584141234567", "04141234567"},
        {"58 0416-1234567", "04161234567"},
        {"0414***4567", "0414***4567"},
        {"0414 - \xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2"
         "567",
         "0414****567"},
        {"0414 - \xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2"
         "567",
         "0414****567"}, /* a bullet was not read */
        {"O4141234567", "04141234567"},
        {"0414123456l", "04141234561"},
        {"0414-12345\n67", "04141234567"},
        {"0102-1234567890", ""},
        {"12345678", ""},
        {"03/01/2024", ""},
    };
    EXAMPLES_CHECK(phone_find, false);
}

static void test_id(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"V12345678", "V12345678"},
        {"V-12.345.678", "V12345678"},
        {"V - 12.345.678", "V12345678"},
        {"v 12345678", "V12345678"},
        {"E-84.123.456", "E84123456"},
        {"J-12345678-9", "J123456789"},
        {"V-\n12345678", "V12345678"},
        {"12.345.678", "12345678"},
        {"12345678", "12345678"},
        {"V12****78", "V12****78"},
        {"V1234S678", "V12345678"},
        {"04141234567", ""},
        {"VUELTO", ""},
        {"1.234,50", ""},
        {"V- 3219653O - BANCAMIGA", "V32196530"},
        {"ANA SOTOV- 17803692", "V17803692"},
        {"CLAVE- 17803692", "17803692"},
    };
    EXAMPLES_CHECK(id_find, false);
}

static void test_bank(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"0105 - BANCO MERCANTIL", "0105"},
        {"BANCO MERCANTIL", "0105"},
        {"Mercantil", "0105"},
        {"Banco Mercantil, C.A. S.A.C.A. Banco\nUniversal", "0105"},
        {"0102-BANCO DE VENEZUELA", "0102"},
        {"Banco de Venezuela S.A. Banco Universal", "0102"},
        {"BBVA Provincial", "0108"},
        {"Banesco Banco Universal", "0134"},
        {"Bco. del Tesoro", "0163"},
        {"100% Banco", "0156"},
        {"Banco Nacional de Crédito", "0191"},
        {"Banco Nacional de Cre\xCC\x81"
         "dito",
         "0191"},                                         /* the accent as a mark of its own */
        {"\xEF\xBC\xA2\xEF\xBC\xAE\xEF\xBC\xA3", "0191"}, /* BNC in full-width letters */
        {"BNC", "0191"},
        {"BANCO MERCANTIl", "0105"},
        {"BANC0 MERCANTlL", "0105"},
        {"BancodeVenezuela", "0102"},
        {"BANCO PR0VINCIAL", "0108"},
        {"Banco Venezolano de Crédito", "0104"},
        {"0175 BANCO DIGITAL DE LOS TRABAJADORES", "0175"},
        {"R4 Banco Microfinanciero", "0169"},
        {"0105", "0105"},
        {"0105 - BANCO XQZWKJ", "0105"},
        {"0102****1234", ""},
        {"0199", ""},
        {"Juan Pérez", ""},
        {"Banco", ""},
        {"1.234,50", ""},
    };
    EXAMPLES_CHECK(bank_find, false);
}

static void test_account(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"0102****1234", "0102****1234"},
        {"***1234", "***1234"},
        {"\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2 1234", "****1234"},
        {"0102 **** 1234", "0102****1234"},
        {"0102-xxxx-xx-xxxxxx1234", "0102************1234"},
        {"01020123451234567890", "01020123451234567890"},
        {"0102-0123-45-1234567890", "01020123451234567890"},
        {"Cta. Corriente BNC: ***1234", "***1234"},
        {"....1234", "****1234"},
        {"12345678", ""},
        {"1.234,50", ""},
        {"****", ""},
        {"Caja", ""},
    };
    EXAMPLES_CHECK(account_find, false);
}

static void test_reference(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"000123456789", "000123456789"},
        {"000123456789O", "000123456789"},
        {"000123456789 D", "000123456789"},
        {"00012345678g", "00012345678"},
        {"0001O3456", "000103456"},
        {"000123\n456", "000123456"},
        {"123", ""},
        {"1.234,50", ""},
        {"12/03/2024", ""},
        {"abc", ""},
    };
    EXAMPLES_CHECK(reference_find, false);
}

static void test_email(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"Ana.Perez@correo.example", "ana.perez@correo.example"},
        {"to ana@correo.example, thanks", "ana@correo.example"},
        {"ana@correo", ""},
        {"@correo.example", ""},
        {"ana", ""},
    };
    EXAMPLES_CHECK(email_find, false);
}

static void test_repairs_are_counted_and_cost_quality(void **state) {
    (void)state;
    struct find right, repaired;
    struct locale locale = in_country("VE");
    assert_int_equal(money_find(&locale, "Bs. 1.204,50", 12, &right, 1), 1);
    assert_int_equal(money_find(&locale, "Bs. 1.2O4,50", 12, &repaired, 1), 1);
    assert_string_equal(right.value, repaired.value);
    assert_int_equal(right.repairs, 0);
    assert_int_equal(repaired.repairs, 1);
    assert_true(repaired.quality < right.quality);
}

static void test_names_end_before_the_signs_of_a_sentence(void **state) {
    static const struct {
        const char *printed, *name;
    } names[] = {
        {"Rosaura Escalona,", "Rosaura Escalona"},
        {"Rosaura Escalona.", "Rosaura Escalona"},
        {"Rosaura Escalona;", "Rosaura Escalona"},
        {"Rosaura Escalona :", "Rosaura Escalona"},
        {"DROGAS LA 14.", "DROGAS LA 14"},
        {"Ana Mora.", "Ana Mora"},
        {"José Peña.,", "José Peña"},
        {"PANADERIA SOL, C.A.", "PANADERIA SOL, C.A."},
        {"PANADERIA SOL, C.A.,", "PANADERIA SOL, C.A."},
        {"Retail Pvt. Ltd.,", "Retail Pvt. Ltd."},
        {"Nimbus, Inc.", "Nimbus, Inc."},
        {"Auto Guarani Ltda.", "Auto Guarani Ltda."},
        {"Pérez & Cía.", "Pérez & Cía."},
        {"Asociacion Del Rio E.", "Asociacion Del Rio E."},
        {"Comercial R. Soto Hnos.", "Comercial R. Soto Hnos."},
        {"Luis Mora Jr.", "Luis Mora Jr."},
        {"CASA LINDA..", "CASA LINDA"},
        {"Ñ.", "Ñ."},
        {"Ana", "Ana"},
        {",", ","},
    };
    (void)state;
    struct locale home = in_country("VE");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t bytes = name_without_signs(&home, names[i].printed, strlen(names[i].printed));
        assert_int_equal(bytes, strlen(names[i].name));
    }
}

static void test_names_companies_and_addresses(void **state) {
    (void)state;
    struct locale home = in_country("VE");
    assert_true(name_quality(&home, "Ana Pérez Soto", 15) > 0.7);
    assert_true(name_quality(&home, "12345", 5) == 0);
    assert_true(name_company_quality(&home, "HON HWA HARDWARE TRADING", 24) >
                name_company_quality(&home, "TAX INVOICE", 11));
    assert_true(name_address_quality(&home, "NO 37, JALAN MANIS 7, 56100", 27) > 0.6);
    assert_true(name_address_quality(&home, "THANK YOU", 9) < 0.4);
}

static void test_every_code_has_a_name(void **state) {
    (void)state;
    struct locale locale = in_country("VE");
    static const char *const codes[] = {"0102", "0104", "0105", "0108", "0114", "0115", "0128", "0134", "0137",
                                        "0138", "0146", "0151", "0156", "0157", "0163", "0166", "0168", "0169",
                                        "0171", "0172", "0173", "0174", "0175", "0177", "0178", "0191"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        const char *name = country_bank_name(locale.country, codes[i]);
        struct find find;
        assert_non_null(name);
        assert_int_equal(bank_find(&locale, name, strlen(name), &find, 1), 1);
        assert_string_equal(find.value, codes[i]);
    }
    assert_null(country_bank_name(locale.country, "0199"));
}

static void test_amounts_as_text(void **state) {
    static const struct {
        long long hundredths;
        const char *text;
    } examples[] = {{0, "0.00"}, {7, "0.07"}, {123450, "1234.50"}, {-7, "-0.07"}, {-350, "-3.50"}};
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        char text[MONEY_TEXT_BYTES];
        money_text(examples[i].hundredths, text);
        assert_string_equal(text, examples[i].text);
        assert_true(examples[i].hundredths < 0 || money_hundredths(text) == examples[i].hundredths);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_end_before_the_signs_of_a_sentence),
        cmocka_unit_test(test_money),
        cmocka_unit_test(test_date),
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_phone),
        cmocka_unit_test(test_id),
        cmocka_unit_test(test_bank),
        cmocka_unit_test(test_account),
        cmocka_unit_test(test_reference),
        cmocka_unit_test(test_email),
        cmocka_unit_test(test_repairs_are_counted_and_cost_quality),
        cmocka_unit_test(test_names_companies_and_addresses),
        cmocka_unit_test(test_every_code_has_a_name),
        cmocka_unit_test(test_amounts_as_text),
    };
    return cmocka_run_group_tests_name("values", tests, printed_open, printed_close);
}
