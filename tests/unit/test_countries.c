/*
 * test_countries.c - country packs: ids with check digits, accounts, phones, money, dates, banks, and a page's country.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fields/countries/country.h"
#include "fields/values/value.h"
#include "printed.h"

static struct locale in_country(const char *code) {
    const struct country *country = country_find(&printed.set.countries, code);
    assert_non_null(country);
    return (struct locale){.set = &printed.set.countries, .country = country};
}

/* Invented values whose check digit is right; with their last digit changed it is wrong. */
static void test_check_digits(void **state) {
    (void)state;
    static const struct {
        const char *check, *values[4];
    } right[] = {
        {"ve-rif", {"J792877574", "V429072006", "E527136876", "V306666025"}},
        {"ar-cuit", {"27700036389", "30771159849", "20709939700"}},
        {"ar-cbu", {"1152554747214404623490", "7292905681070970096168", "8979938311910174881412"}},
        {"br-cpf", {"98018415595", "20019660758", "70845914197"}},
        {"br-cnpj", {"76369115000110", "03422278000145", "29534973000192"}},
        {"cl-rut", {"855839075", "393924543", "943342938"}},
        {"co-nit", {"9975361806", "9448322452", "9621358242"}},
        {"mx-clabe", {"990910306355106715", "366627626831309112"}},
        {"mx-curp", {"PESA900101MDFRTN08"}},
        {"mx-rfc", {"PESA900101AX8", "ABC900101AX3"}},
        {"pe-ruc", {"20118019815", "20407662939", "20504638929"}},
        {"ec-ci", {"1736058320", "1707887749", "1743117861"}},
        {"uy-rut", {"212788520012", "213101200018", "215075980011"}},
        {"uy-ci", {"91846196", "93955581"}},
        {"py-ruc", {"800913809", "800927036", "800810554"}},
        {"do-rnc", {"159254514", "113342673", "154190237"}},
        {"es-cif", {"B47188206", "A39000013"}},
        {"it-iva", {"12345678903"}},
        {"pt-nif", {"123456789"}},
        {"do-cedula", {"00132104449", "00150889657", "00125345967"}},
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        check_digit test = check_digit_find(right[i].check);
        assert_non_null(test);
        for (size_t k = 0; k < 4 && right[i].values[k] != NULL; k++) {
            char wrong[VALUE_BYTES];
            size_t last = (size_t)snprintf(wrong, sizeof wrong, "%s", right[i].values[k]) - 1;
            if (!test(wrong)) {
                print_error("%s: %s is said to be wrong\n", right[i].check, wrong);
            }
            assert_true(test(wrong));
            wrong[last] = wrong[last] == '7' ? '8' : '7';
            assert_int_equal(test(wrong), strcmp(wrong, right[i].values[k]) == 0);
            assert_false(test("12"));
            assert_false(test(""));
        }
    }
    assert_true(check_digit_find("ec-ruc")("1795771421001") && check_digit_find("ec-ruc")("1763929320001"));
    assert_false(check_digit_find("ec-ruc")("1795771421000") || check_digit_find("ec-ruc")("1795771431001"));
    assert_true(check_digit_find("es-nif")("59258620V") && check_digit_find("es-nif")("14721624Z"));
    assert_false(check_digit_find("es-nif")("59258620W"));
    assert_true(check_digit_find("es-cif")("B47188206") && check_digit_find("es-cif")("Q2826000H"));
    assert_false(check_digit_find("es-cif")("B47188204") || check_digit_find("es-cif")("47188206B"));
    assert_true(check_digit_find("iban")("ES9121000418450200051332"));
    assert_false(check_digit_find("iban")("ES9121000418450200051333"));
    assert_null(check_digit_find("xx-none"));
}

struct shown {
    const char *country, *text;
    const char *values; /* kind and value, bare ones in brackets, joined by spaces; "" for none */
};

static void test_ids_by_country(void **state) {
    (void)state;
    static const struct shown examples[] = {
        {"VE", "RIF J-79287757-4", "rif:J792877574"},
        {"VE", "V-12.345.678", "cedula:V12345678"},
        {"VE", "12345678", "[:12345678]"},
        {"AR", "CUIT 27-70003638-9", "cuit:27700036389"},
        {"AR", "CUIT 27700036389", "[cuit:27700036389]"},
        {"AR", "CUIT 27-70003638-8", "[cuit:27700036388]"},
        {"AR", "DNI 12.345.678", "dni:12345678"},
        {"BR", "CPF 980.184.155-95", "cpf:98018415595"},
        {"BR", "***.184.155-**", "cpf:***184155**"},
        {"BR", "CNPJ 76.369.115/0001-10", "cnpj:76369115000110"},
        {"CL", "R.U.T.: 85.583.907-5", "rut:855839075"},
        {"CL", "RUT 9.392.454-3", "[rut:93924543]"},
        {"CO", "NIT 997.536.180-6", "nit:9975361806"},
        {"CO", "C.C. 1.012.345.678", "cc:1012345678"},
        {"MX", "RFC PESA900101AX8", "rfc:PESA900101AX8"},
        {"MX", "CURP PESA900101MDFRTN08", "curp:PESA900101MDFRTN08"},
        {"PE", "RUC 20118019815", "[ruc:20118019815]"},
        {"PE", "DNI 45678912", "[dni:45678912]"},
        {"EC", "RUC 1795771421001", "[ruc:1795771421001]"},
        {"UY", "RUT 212788520012", "[rut:212788520012]"},
        {"PY", "RUC 80091380-9", "ruc:800913809"},
        {"DO", "RNC 1-59-25451-4", "rnc:159254514"},
        {"DO", "001-3210444-9", "cedula:00132104449"},
        {"CR", "3-101-123456", "cedula_juridica:3101123456"},
        {"PA", "8-765-4321", "cedula:87654321"},
        {"GT", "NIT 1234567-K", "nit:1234567K"},
        {"HN", "RTN 0801-1990-123456", "rtn:08011990123456"},
        {"SV", "NIT: 0614-118820-447-1", "nit:06141188204471"},
        {"SV", "DUI 04471882-0", "dui:044718820"},
        {"NI", "RUC: J0310000118820", "[ruc:J0310000118820]"},
        {"IT", "P. IVA 12345678903", "[piva:12345678903]"},
        {"PT", "NIF 123456789", "[nif:123456789]"},
        {"ES", "CIF B47188206", "cif:B47188206"},
        {"ES", "NIF 59258620V", "nif:59258620V"},
        {"CL", "RUT 17.704.685-K", "rut:17704685K"},
        {"AR", "RUT 17.704.685-K", ""},
        {"CO", "1.234.567-k", ""},
        {"CL", "$ 12.345", ""},
        {"PE", "12/05/2025", ""},
        {"BR", "R$ 1.234,50", ""},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct locale locale = in_country(examples[i].country);
        struct find finds[8];
        char all[256] = "";
        size_t count = id_find(&locale, examples[i].text, strlen(examples[i].text), finds, 8);
        for (size_t k = 0; k < count; k++) {
            snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s%s:%s%s", k == 0 ? "" : " ",
                     finds[k].bare ? "[" : "", finds[k].kind == NULL ? "" : finds[k].kind, finds[k].value,
                     finds[k].bare ? "]" : "");
        }
        if (strcmp(all, examples[i].values) != 0) {
            print_error("%s: \"%s\" gives \"%s\"\n", examples[i].country, examples[i].text, all);
        }
        assert_string_equal(all, examples[i].values);
    }
}

static void test_phones_by_country(void **state) {
    (void)state;
    static const struct shown examples[] = {
        {"VE", "+58 412-1234567", "04121234567"},     {"PE", "+51 987 654 321", "987654321"},
        {"PE", "*** *** 801", "******801"},           {"CL", "+56 9 8765 4321", "987654321"},
        {"BR", "+55 (11) 98765-4321", "11987654321"}, {"CO", "310 123 4567", "3101234567"},
        {"EC", "099 123 4567", "0991234567"},         {"EC", "+593 99 123 4567", "0991234567"},
        {"DO", "809-555-1234", "8095551234"},         {"UY", "+598 99 123 456", "099123456"},
        {"PY", "0981 123 456", "0981123456"},         {"BO", "71234567", "71234567"},
        {"MX", "+52 55 1234 5678", "5512345678"},     {"CR", "8888-7777", "88887777"},
        {"AR", "+54 9 11 1234-5678", "1112345678"},   {"PE", "12/05/2025 10:41", ""},
        {"ZZ", "+51 987 654 321", "987654321"},       {"ZZ", "987 654 321", ""},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct locale locale = in_country(examples[i].country);
        struct find finds[4];
        size_t count = phone_find(&locale, examples[i].text, strlen(examples[i].text), finds, 4);
        const char *value = count > 0 ? finds[0].value : "";
        if (strcmp(value, examples[i].values) != 0) {
            print_error("%s: \"%s\" gives \"%s\"\n", examples[i].country, examples[i].text, value);
        }
        assert_string_equal(value, examples[i].values);
    }
}

static void test_money_by_country(void **state) {
    (void)state;
    static const struct shown examples[] = {
        {"VE", "$ 10,00", "10.00 USD"},
        {"AR", "$ 1.000,00", "1000.00 ARS"},
        {"CL", "$12.500", "12500.00 CLP"},
        {"CO", "$ 45.000,00", "45000.00 COP"},
        {"MX", "$1,234.50", "1234.50 MXN"},
        {"ZZ", "$ 10,00", "10.00 "},
        {"ZZ", "S/ 85.00", "85.00 PEN"},
        {"PE", "S/85", "85.00 PEN"},
        {"ZZ", "R$ 1.234,50", "1234.50 BRL"},
        {"ZZ", "RD$ 1,500.00", "1500.00 DOP"},
        {"ZZ", "B/. 20.00", "20.00 PAB"},
        {"ZZ", "₡ 5.000,00", "5000.00 CRC"},
        {"BO", "Bs. 120,50", "120.50 BOB"},
        {"VE", "Bs. 120,50", "120.50 VES"},
        {"ZZ", "Bs. 120,50", "120.50 VES"},
        {"GT", "Q 75.00", "75.00 GTQ"},
        {"NI", "C$ 1,035.00", "1035.00 NIO"},
        {"SV", "$15.75", "15.75 USD"},
        {"ZZ", "Q 75.00", "75.00 "},
        {"ZZ", "US$ 5.00", "5.00 USD"},
        {"PY", "Gs. 150.000", "150000.00 PYG"},
        {"AR", "U$S 20,00", "20.00 USD"},
        {"ZZ", "17.704.685-K", ""},
        {"ZZ", "29670869006", ""},
        {"VE", "123456789", ""},
        {"VE", "Bs 1234567890", "1234567890.00 VES"},
        {"CO", "12500000", "12500000.00 "},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct locale locale = in_country(examples[i].country);
        struct find finds[4];
        char value[VALUE_BYTES + 8] = "";
        if (money_find(&locale, examples[i].text, strlen(examples[i].text), finds, 4) == 1) {
            snprintf(value, sizeof value, "%s %s", finds[0].value, finds[0].currency);
        }
        if (strcmp(value, examples[i].values) != 0) {
            print_error("%s: \"%s\" gives \"%s\"\n", examples[i].country, examples[i].text, value);
        }
        assert_string_equal(value, examples[i].values);
    }
}

static void test_dates_by_country(void **state) {
    (void)state;
    struct locale american = in_country("US"), peruvian = in_country("PE"), unknown = in_country("ZZ");
    struct find find;
    char swapped[VALUE_BYTES];
    assert_int_equal(date_find(&american, "05/12/2025", 10, &find, 1), 1);
    assert_string_equal(find.value, "2025-05-12");
    assert_false(find.two_readings);
    assert_int_equal(date_find(&peruvian, "05/12/2025", 10, &find, 1), 1);
    assert_string_equal(find.value, "2025-12-05");
    assert_int_equal(date_find(&unknown, "05/12/2025", 10, &find, 1), 1);
    assert_true(find.two_readings);
    assert_int_equal(date_find(&unknown, "25/12/2025", 10, &find, 1), 1);
    assert_false(find.two_readings);
    assert_true(date_swap("2025-12-05", swapped));
    assert_string_equal(swapped, "2025-05-12");
    assert_false(date_swap("2025-12-25", swapped));
    assert_int_equal(date_weekday("2025-05-12"), 0);
    assert_int_equal(date_weekday("2024-02-29"), 3);
    assert_int_equal(date_weekday_find(&peruvian, "viernes, 5 de diciembre", 23), 4);
    assert_int_equal(date_weekday_find(&peruvian, "5 de diciembre", 14), -1);
    static const char *const named[][2] = {
        {"3 de outubro de 2025", "2025-10-03"}, {"7. Mai 2025", "2025-05-07"},
        {"12. M\xC3\xA4rz 2025", "2025-03-12"}, {"19 april 2025", "2025-04-19"},
        {"2 mrt 2025", "2025-03-02"},           {"3 juillet 2025", "2025-07-03"},
        {"4 juin 2025", "2025-06-04"},          {"1 ao\xC3\xBBt 2025", "2025-08-01"},
        {"9 f\xC3\xA9v. 2025", "2025-02-09"},   {"3 luglio 2025", "2025-07-03"},
        {"8 giu 2025", "2025-06-08"},           {"31. Dezember 2025", "2025-12-31"},
        {"24 dezembro 2025", "2025-12-24"},
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (date_find(&peruvian, named[i][0], strlen(named[i][0]), &find, 1) != 1) {
            fail_msg("\"%s\" is no date", named[i][0]);
        }
        assert_string_equal(find.value, named[i][1]);
    }
}

static void test_accounts_and_references_by_country(void **state) {
    (void)state;
    struct locale argentina = in_country("AR"), mexico = in_country("MX"), venezuela = in_country("VE");
    struct find find;
    assert_int_equal(account_find(&argentina, "1152554747214404623490", 22, &find, 1), 1);
    assert_string_equal(find.kind, "cbu");
    assert_int_equal(find.checked, 1);
    assert_int_equal(account_find(&mexico, "990910306355106716", 18, &find, 1), 1);
    assert_int_equal(find.checked, -1);
    assert_int_equal(reference_find(&argentina, "1LMP68XQ21", 10, &find, 1), 1);
    assert_string_equal(find.value, "1LMP68XQ21");
    assert_int_equal(reference_find(&venezuela, "1LMP68XQ21", 10, &find, 1), 0);
    assert_int_equal(reference_find(&venezuela, "000123456789", 12, &find, 1), 1);
    assert_int_equal(reference_find(&argentina, "f47ac10b-58cc-4372-a567-0e02b2c3d479", 36, &find, 1), 1);
    assert_int_equal(reference_find(&argentina, "Transferencia", 13, &find, 1), 0);
}

/* Every bank is found by its name in its own country. */
static void test_every_bank_is_known(void **state) {
    (void)state;
    for (size_t i = 0; i < printed.set.countries.count; i++) {
        const struct country *country = &printed.set.countries.countries[i];
        struct locale locale = {.set = &printed.set.countries, .country = country};
        for (size_t k = 0; k < country->bank_count; k++) {
            struct find find;
            const char *name = country->banks[k].name;
            if (bank_find(&locale, name, strlen(name), &find, 1) != 1 ||
                strcmp(find.value, country->banks[k].code) != 0) {
                print_error("%s: %s is not found\n", country->code, name);
            }
            assert_int_equal(bank_find(&locale, name, strlen(name), &find, 1), 1);
            assert_string_equal(find.value, country->banks[k].code);
        }
    }
    struct locale unknown = in_country("ZZ");
    struct find find;
    assert_int_equal(bank_find(&unknown, "Banco BBVA", 10, &find, 1), 0);
}

static const char *country_of(const char *const *lines) {
    struct piece pieces[PIECES_MOST];
    struct record record;
    size_t count = 0;
    for (; lines[count] != NULL; count++) {
        pieces[count] =
            (struct piece){20, 60 + 40.0 * (double)count, 20 + 10.0 * (double)strlen(lines[count]), lines[count]};
    }
    pieces[count] = (struct piece){0, 0, 0, NULL};
    printed_extract(pieces, &record);
    return record.country == NULL ? "" : record.country;
}

static void test_a_page_tells_its_country(void **state) {
    (void)state;
    static const struct {
        const char *country, *lines[6];
    } pages[] = {
        {"VE", {"Pago móvil", "Bs. 100,00", "0414-1234567", NULL}},
        {"AR", {"Transferencia", "$ 1.000,00", "CBU destino 1152554747214404623490", NULL}},
        {"BR", {"Comprovante", "R$ 50,00", "CPF ***.184.155-**", NULL}},
        {"CL", {"BANCOESTADO", "RUT 85.583.907-5", "$12.500", NULL}},
        {"PE", {"¡Yapeaste!", "S/85", NULL}},
        {"MX", {"SPEI", "$500.00", "Clave de rastreo", NULL}},
        {"DO", {"ITBIS 18%", "RNC 1-59-25451-4", NULL}},
        {"CR", {"SINPE Móvil", "₡5.000,00", NULL}},
        {"EC", {"Banco Pichincha", "Guayaquil, Ecuador", "$12.50", NULL}},
        {"PY", {"Gs. 150.000", "RUC 80091380-9", NULL}},
        {"US", {"Salina, KS 67401", "Total $41.37", NULL}},
        {"US", {"Bend, OR 97701", "Total $11.88", NULL}}, /* "1188" looks like "IIBB", a tax of Argentina */
        {"BO", {"Banco Mercantil Santa Cruz", "Bs 320,00", NULL}},
        {"ES", {"Factura simplificada", "CIF B82846825", "Gasoleo A 41,12 L", "60,00", NULL}},
        {"US", {"SALINA KS 67401-2210", "TOTAL 41.37", NULL}},
        {"US", {"440 Shoreline Dr, Duluth, MN 55802", "$ 10.00", NULL}},
        {"US", {"San Juan, PR 00901", "$ 10.00", NULL}},
        {"US", {"Miami, FL. 33101", "$ 10.00", NULL}},
        {"", {"Salina, KS 90401", "Total $41.37", NULL}}, /* a code of another state */
        {"", {"PLAZA DE 28004", "Total $41.37", NULL}},
        {"", {"LOTE AL 35010123", "Total $41.37", NULL}},
        {"", {"Ks 67401", "Total $41.37", NULL}},
        {"", {"KS67401", "Total $41.37", NULL}},
        {"MX", {"RFC: IDJ940112B47", "Cliente de Salina, KS 67401", "SPEI", "$500.00", NULL}},
        {"", {"Total", "$ 10.00", NULL}},
        {"", {"Recibo", "123456", "10,00", NULL}},
        {"", {"Banco BBVA", "$ 10,00", NULL}},
        {"", {"Hola", NULL}},
        /* nothing but usual words and a shared sign */
        {"", {"Receipt # 44718", "Parking fee $4.00", "Total $4.00", "Visa ending 0918", NULL}}, /* in English only */
        {"CO", {"Valor del pago", "$48.200", "Producto origen", "Ahorros *0918", "Costo del pago", NULL}},
        {"", {"Valor", "48.200", "Ahorros *0918", "Costo", NULL}},
        {"", {"Importe $ 10,00", NULL}},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        const char *country = country_of(pages[i].lines);
        if (strcmp(country, pages[i].country) != 0) {
            print_error("%s: is said to be of \"%s\", not \"%s\"\n", pages[i].lines[0], country, pages[i].country);
        }
        assert_string_equal(country, pages[i].country);
    }
}

/* The form of a number as printed; "" for dates, times and whatever else has none. */
static void test_forms_of_amounts(void **state) {
    (void)state;
    static const struct {
        const char *number, *form;
    } numbers[] = {
        {"1.450,00", "1.234,56"},
        {"12.345.678,90", "1.234,56"},
        {"1,284.00", "1,234.56"},
        {"7,73", "12,34"},
        {"187.00", "12.34"},
        {"20.000", "1.234"},
        {"1,250", "1,234"},
        {"1.234.567", "1.234"},
        {"20", ""},
        {"1234", ""},
        {"12/05/2026", ""},
        {"10:41", ""},
        {"1.2", ""},
        {"1.234.56", ""},
        {"1,23,45", ""},
        {"1234.56", ""},
        {"900.123.456-7", ""},
        {"1.234,5", ""},
        {"12.", ""},
        {"0.00041733", ""},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const char *form = usual_form_of(numbers[i].number, strlen(numbers[i].number));
        assert_string_equal(form == NULL ? "" : form, numbers[i].form);
    }
    assert_string_equal(usual_form_of("12,345", 5), "12,34"); /* the bytes behind are not looked at */
}

static void refused(const char *text, const char *what) {
    struct lince_error error = LINCE_ERROR_INIT;
    json_t *tree = NULL;
    enum lince_status status = country_json_read("mine.json", text, strlen(text), &tree, &error);
    assert_int_equal(status, LINCE_ERROR_LAYOUT);
    assert_null(tree);
    if (strstr(error.message, what) == NULL) {
        print_error("%s\n", error.message);
    }
    assert_non_null(strstr(error.message, what));
}

static void test_packs_that_are_wrong_are_told_with_their_place(void **state) {
    (void)state;
    refused("{\"country\": \"XX\"}", "\"name\" is missing");
    refused("{\"country\": \"xx\", \"name\": \"x\"}", "mine.json:1:13");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"colour\": 1}", "\"colour\" is not known here");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"dates\": \"year first\"}", "none of: day first, month first");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"ids\": [{\"name\": \"a\", \"shapes\": [\"9*9\"]}]}",
            "a shape has");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"ids\": [{\"name\": \"a\"}]}", "needs \"letters\" or \"shapes\"");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"ids\": [{\"name\": \"a\", \"shapes\": [\"99\"], \"check\": "
            "\"nope\"}]}",
            "no check digit that is known");
    refused(
        "{\"country\": \"XX\", \"name\": \"x\", \"phones\": {\"digits\": 9, \"trunk\": \"0\", \"mobile\": [\"0\"]}}",
        "a beginning has 2 to 6");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"postal_codes\": [\"KS 66000\"]}", "as in \"KS 66000-67999\"");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"postal_codes\": [\"KS 67999-66000\"]}",
            "as in \"KS 66000-67999\"");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"postal_codes\": [\"KANS 66000-67999\"]}", "mine.json:1:49");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"tax_rates\": [16, 0]}", "percentages from 0 to 100");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"tax_rates\": [1, 2, 3, 4, 5, 6, 7, 8, 9]}", "at most 8");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"usual_words\": [\"celular\"]}", "as in \"celular 45 folio -20\"");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"usual_words\": [\"celular 4x\"]}", "in hundredths");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"usual_words\": [\"a 1\", \"celular 1001\"]}", "in hundredths");
    refused("{\"country\": \"XX\", \"name\": \"x\", \"currencies\": [{\"signs\": [\"x\"]}]}", "\"code\" is missing");
    refused("{\"languages\": {\"xx\": {\"months\": [], \"weekdays\": []}}}", "12 \"months\"");
    static const char language[] = "{\"languages\": {\"xx\": {\"months\": [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", "
                                   "\"g\", \"h\", \"i\", \"j\", \"k\", \"l\"], \"weekdays\": [\"a\", \"b\", \"c\", "
                                   "\"d\", \"e\", \"f\", \"g\"], \"words\": {%s}}}}";
    char text[512];
    snprintf(text, sizeof text, language, "\"farewells\": [\"adios\"]");
    refused(text, "\"farewells\" is not known here");
    snprintf(text, sizeof text, language, "\"to_payee\": [\"\"]");
    refused(text, "1 to 80");
    snprintf(text, sizeof text, language, "\"no_totals\": [\"ahorr\", \"-\"]");
    refused(text, "a text with a letter or a digit");
    snprintf(text, sizeof text, language, "\"to_payee\": [\"\xC2\xA1 \"]");
    refused(text, "a text with a letter or a digit");
    snprintf(text, sizeof text, language, "\"to_payee\": \"a \"");
    refused(text, "\"to_payee\"");
    refused("[]", "a country is a JSON object");
}

/* A pack with so many usual words, "a0 1 a1 1 ...", in the arena. */
static struct country_source pack_with_words(struct arena *arena, const char *source, const char *code, size_t words) {
    enum { WORD_BYTES = 16, HEAD_BYTES = 128, TEXT_WORDS = 9 };
    char *text = arena_allocate(arena, HEAD_BYTES + words * WORD_BYTES);
    assert_non_null(text);
    size_t used = (size_t)sprintf(text, "{\"country\": \"%s\", \"name\": \"x\", \"usual_words\": [\"", code);
    for (size_t i = 0; i < words; i++) {
        used += (size_t)sprintf(text + used, "%sa%zu 1", i == 0 ? "" : i % TEXT_WORDS == 0 ? "\", \"" : " ", i);
    }
    used += (size_t)sprintf(text + used, "\"]}");
    struct country_source made = {.source = source, .text = text, .bytes = used};
    assert_int_equal(country_json_read(source, text, used, &made.tree, NULL), LINCE_OK);
    return made;
}

/* More usual words than there is room for are an error that names the pack, and none is dropped. */
static void test_usual_words_without_room_are_told(void **state) {
    (void)state;
    struct meter meter;
    struct arena arena;
    struct country_set set;
    struct lince_error error = LINCE_ERROR_INIT;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    arena_init(&arena, &meter, 65536);
    struct country_source packs[] = {pack_with_words(&arena, "built-in", "XA", 2304),
                                     pack_with_words(&arena, "mine/countries/xb.json", "XB", 1290),
                                     pack_with_words(&arena, "mine/countries/xc.json", "XC", 2300),
                                     pack_with_words(&arena, "mine/countries/xd.json", "XD", 2298)};
    enum { PACKS = sizeof packs / sizeof *packs };
    assert_int_equal(country_set_build(&arena, packs, PACKS, &set, &error), LINCE_OK);
    assert_int_equal(set.usual.count, USUAL_WORDS_MOST);
    json_decref(packs[1].tree);
    packs[1] = pack_with_words(&arena, "mine/countries/xb.json", "XB", 1291);
    assert_int_equal(country_set_build(&arena, packs, PACKS, &set, &error), LINCE_ERROR_LAYOUT);
    assert_non_null(
        strstr(error.message, "8193 usual words, 2300 of them in mine/countries/xc.json; 8192 is the most"));
    error.language = LINCE_SPANISH;
    assert_int_equal(country_set_build(&arena, packs, PACKS, &set, &error), LINCE_ERROR_LAYOUT);
    assert_non_null(strstr(error.message, "8193 palabras usuales, 2300 de ellas en mine/countries/xc.json"));
    for (size_t i = 0; i < PACKS; i++) {
        json_decref(packs[i].tree);
    }
    arena_clear(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check_digits),
        cmocka_unit_test(test_ids_by_country),
        cmocka_unit_test(test_phones_by_country),
        cmocka_unit_test(test_money_by_country),
        cmocka_unit_test(test_dates_by_country),
        cmocka_unit_test(test_accounts_and_references_by_country),
        cmocka_unit_test(test_every_bank_is_known),
        cmocka_unit_test(test_a_page_tells_its_country),
        cmocka_unit_test(test_forms_of_amounts),
        cmocka_unit_test(test_packs_that_are_wrong_are_told_with_their_place),
        cmocka_unit_test(test_usual_words_without_room_are_told),
    };
    return cmocka_run_group_tests_name("countries", tests, printed_open, printed_close);
}
