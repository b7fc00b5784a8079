/* What codes say of payments and sales: EMVCo with its CRC, and the codes of tax authorities. All data is invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/meter.h"
#include "fields/coded/coded.h"

static struct meter meter;
static struct arena arena;

static int begin(void **state) {
    (void)state;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    arena_init(&arena, &meter, 4096);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_clear(&arena);
    return meter.current_bytes == 0 ? 0 : -1;
}

static bool is_known(const char *content, struct coded *coded) {
    bool known;
    assert_true(coded_read(&arena, content, coded, &known));
    return known;
}

static void expect_part(const struct coded *coded, enum coded_part part, const char *value) {
    if (value == NULL) {
        assert_null(coded->parts[part]);
    } else {
        assert_non_null(coded->parts[part]);
        assert_string_equal(coded->parts[part], value);
    }
}

static const char PIX[] =
    "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865406123.455802BR"
    "5913Loja Exemplo 6008BRASILIA62070503***6304";

/* With the CRC of ISO/IEC 13239. */
static void with_crc(const char *text, char *made, size_t room) {
    unsigned crc = 0xFFFF;
    for (const char *at = text; *at != '\0'; at++) {
        crc ^= (unsigned)(unsigned char)*at << 8;
        for (int bit = 0; bit < 8; bit++) {
            crc = ((crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF;
        }
    }
    snprintf(made, room, "%s%04X", text, crc);
}

static void test_pix(void **state) {
    char code[400];
    struct coded coded;
    (void)state;
    with_crc(PIX, code, sizeof code);
    assert_true(is_known(code, &coded));
    expect_part(&coded, CODED_AMOUNT, "123.45");
    expect_part(&coded, CODED_CURRENCY, "BRL");
    expect_part(&coded, CODED_SELLER, "Loja Exemplo ");
    expect_part(&coded, CODED_KEY, "123e4567-e12b-12d1-a456-426655440000");
    expect_part(&coded, CODED_NUMBER, NULL);
}

static void test_a_wrong_crc_says_nothing(void **state) {
    char code[400];
    struct coded coded;
    (void)state;
    with_crc(PIX, code, sizeof code);
    for (size_t i = 0; i < strlen(code); i++) { /* any one letter of it */
        char kept = code[i];
        code[i] = kept == '7' ? '8' : '7';
        assert_false(is_known(code, &coded));
        code[i] = kept;
    }
}

static void test_a_published_crc(void **state) {
    struct coded coded;
    (void)state;
    assert_true(is_known("00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR"
                         "5913Fulano de Tal6008BRASILIA62070503***63041D3D",
                         &coded));
    expect_part(&coded, CODED_SELLER, "Fulano de Tal");
    expect_part(&coded, CODED_AMOUNT, NULL);
}

static void test_elements_cut_short(void **state) {
    char code[400];
    struct coded coded;
    (void)state;
    for (size_t bytes = 6; bytes < sizeof PIX - 5; bytes++) {
        char part[400];
        snprintf(part, sizeof part, "%.*s6304", (int)bytes, PIX);
        with_crc(part, code, sizeof code);
        (void)is_known(code, &coded);
    }
}

static const struct fiscal {
    const char *content, *parts[CODED_PARTS];
} fiscal[] = {
    {"https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id=11111111-2222-3333-4444-555555555555"
     "&re=EKU9003173C9&rr=XAXX010101000&tt=0000001160.500000&fe=abcd1234",
     {[CODED_SELLER_ID] = "EKU9003173C9", [CODED_BUYER_ID] = "XAXX010101000", [CODED_AMOUNT] = "1160.50"}},
    /* {"ver":1,"fecha":"2026-01-31","cuit":30000000007,"ptoVta":10,"tipoCmp":1,"nroCmp":94,"importe":12100.5,
       "moneda":"PES","nroDocRec":20000000001} */
    {"https://www.afip.gob.ar/fe/qr/?p="
     "eyJ2ZXIiOjEsImZlY2hhIjoiMjAyNi0wMS0zMSIsImN1aXQiOjMwMDAwMDAwMDA3LCJwdG9WdGEiOjEwLCJ0aXBvQ21wIjoxLCJucm9DbXAiOjk0"
     "LCJpbXBvcnRlIjoxMjEwMC41LCJtb25lZGEiOiJQRVMiLCJucm9Eb2NSZWMiOjIwMDAwMDAwMDAxfQ==",
     {[CODED_SELLER_ID] = "30000000007",
      [CODED_BUYER_ID] = "20000000001",
      [CODED_NUMBER] = "00010-00000094",
      [CODED_AMOUNT] = "12100.50",
      [CODED_CURRENCY] = "ARS",
      [CODED_DATE] = "2026-01-31"}},
    {"https://www.fazenda.sp.gov.br/qrcode?p=35260111222333000181650010000012341000012345|2|1|1|0A1B2C",
     {[CODED_SELLER_ID] = "11222333000181", [CODED_NUMBER] = "1234", [CODED_CURRENCY] = "BRL"}},
    {"https://www.fazenda.sp.gov.br/qrcode?p=35260111222333000181650010000012341000012345|2|1|31|59.90|0A1B|1|0A",
     {[CODED_SELLER_ID] = "11222333000181",
      [CODED_NUMBER] = "1234",
      [CODED_CURRENCY] = "BRL",
      [CODED_AMOUNT] = "59.90"}},
    {"https://ecf.dgii.gov.do/ecf/ConsultaTimbre?RncEmisor=101000001&RncComprador=131000002&ENCF=E310000000001"
     "&FechaEmision=31-01-2026&MontoTotal=1180.00&CodigoSeguridad=aB3",
     {[CODED_SELLER_ID] = "101000001",
      [CODED_BUYER_ID] = "131000002",
      [CODED_NUMBER] = "E310000000001",
      [CODED_AMOUNT] = "1180.00",
      [CODED_DATE] = "2026-01-31"}},
    {"<TED version=\"1.0\"><DD><RE>76543210-9</RE><TD>39</TD><F>123456</F><FE>2026-01-31</FE><RR>66666666-6</RR>"
     "<RSR>X</RSR><MNT>12990</MNT><IT1>Pan</IT1></DD></TED>",
     {[CODED_SELLER_ID] = "76543210-9",
      [CODED_BUYER_ID] = "66666666-6",
      [CODED_NUMBER] = "123456",
      [CODED_AMOUNT] = "12990.00",
      [CODED_CURRENCY] = "CLP",
      [CODED_DATE] = "2026-01-31"}},
    {"20100000001|03|B001|00000123|18.00|118.00|31/01/2026|1|00000000|",
     {[CODED_SELLER_ID] = "20100000001",
      [CODED_NUMBER] = "B001-00000123",
      [CODED_AMOUNT] = "118.00",
      [CODED_DATE] = "2026-01-31"}},
    {"NumFac: SETP990000001\nFecFac: 2026-01-31\nHorFac: 10:00:00-05:00\nNitFac: 900000001\nDocAdq: 222222222\n"
     "ValFac: 100000.00\nValIva: 19000.00\nValTolFac: 119000.00\nCUFE: 00",
     {[CODED_SELLER_ID] = "900000001",
      [CODED_BUYER_ID] = "222222222",
      [CODED_NUMBER] = "SETP990000001",
      [CODED_AMOUNT] = "119000.00",
      [CODED_DATE] = "2026-01-31"}},
};

static void test_codes_of_tax_authorities(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof fiscal / sizeof *fiscal; i++) {
        struct coded coded;
        assert_true(is_known(fiscal[i].content, &coded));
        for (int part = 0; part < CODED_PARTS; part++) {
            expect_part(&coded, (enum coded_part)part, fiscal[i].parts[part]);
        }
    }
}

/* The key of Ecuador with each last digit: one of them is the check digit. */
static void test_the_check_digit_of_a_key(void **state) {
    static const char KEY[] = "310120260117000000010012001002000000123123456781";
    struct coded coded;
    int known = 0;
    (void)state;
    for (int digit = '0'; digit <= '9'; digit++) {
        char key[64];
        snprintf(key, sizeof key, "%s%c", KEY, digit);
        if (is_known(key, &coded)) {
            known++;
            expect_part(&coded, CODED_SELLER_ID, "1700000001001");
            expect_part(&coded, CODED_NUMBER, "001-002-000000123");
            expect_part(&coded, CODED_DATE, "2026-01-31");
        }
    }
    assert_int_equal(known, 1);
}

static void test_other_codes_say_nothing(void **state) {
    static const char *const others[] = {"",
                                         "https://example.org/?p=1",
                                         "WIFI:S:casa;T:WPA;P:clave;;",
                                         "7591234567895",
                                         "a|b|c|d|e|f|g",
                                         "BEGIN:VCARD\nFN:Ana\nEND:VCARD",
                                         "https://www.afip.gob.ar/fe/qr/?p=%%%%",
                                         "000201",
                                         "00020163041234"};
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct coded coded;
        assert_false(is_known(others[i], &coded));
    }
}

static void test_amounts_in_any_form(void **state) {
    static const struct {
        const char *given, *made;
    } amounts[] = {{"12990", "12990.00"}, {"0012.5", "12.50"}, {"0.07", "0.07"},   {"1.999", "1.99"},
                   {"1,50", NULL},        {"", NULL},          {".5", NULL},       {"-3", NULL},
                   {"12x", NULL},         {"0", "0.00"},       {"000.00", "0.00"}, {"1.5.2", NULL}};
    (void)state;
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        struct coded coded = {0};
        struct coded_reading reading = {.arena = &arena, .coded = &coded};
        coded_give_amount(&reading, amounts[i].given, strlen(amounts[i].given));
        expect_part(&coded, CODED_AMOUNT, amounts[i].made);
    }
}

static void test_refused_memory_is_reported(void **state) {
    char code[400];
    (void)state;
    with_crc(PIX, code, sizeof code);
    arena_clear(&arena);
    meter.limit_bytes = 0;
    struct coded coded;
    bool known;
    assert_false(coded_read(&arena, code, &coded, &known));
    meter.limit_bytes = METER_NO_LIMIT;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pix, begin, end),
        cmocka_unit_test_setup_teardown(test_a_wrong_crc_says_nothing, begin, end),
        cmocka_unit_test_setup_teardown(test_a_published_crc, begin, end),
        cmocka_unit_test_setup_teardown(test_elements_cut_short, begin, end),
        cmocka_unit_test_setup_teardown(test_codes_of_tax_authorities, begin, end),
        cmocka_unit_test_setup_teardown(test_the_check_digit_of_a_key, begin, end),
        cmocka_unit_test_setup_teardown(test_other_codes_say_nothing, begin, end),
        cmocka_unit_test_setup_teardown(test_amounts_in_any_form, begin, end),
        cmocka_unit_test_setup_teardown(test_refused_memory_is_reported, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
