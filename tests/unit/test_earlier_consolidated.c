/* test_earlier_consolidated.c - the earlier service's record: its keys, their order, and never a null. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "earlier/consolidated.h"

static void expect(json_t *json, const char *expected) {
    char *text = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(10));
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
    json_decref(json);
}

static void test_an_item(void **state) {
    (void)state;
    json_t *page = json_loads("{\"lines\": [{\"words\": [{\"confidence\": 0.9}, {\"confidence\": 0.7}]},"
                              " {\"words\": [{\"confidence\": 1}]}], \"timings_ms\": {\"total\": 412.4}}",
                              0, NULL);
    const struct consolidated_item item = {
        .file_name = "a\xff.jpg",
        .sender_id = "1@lid",
        .sender_name = "zoe MARIA \xF0\x9F\x8E\x89",
        .caption = "hola",
        .sent_time = "09-15",
        .other = "x",
        .arrival_number = 3,
        .reference = "000111222333",
        .amount = "1234.50",
        .phone = "",
        .concept = "",
        .origin_bank = "0102",
        .target_bank = "0999",
        .id_printed = "V-11.111.111",
        .date = "2024-01-03",
        .date_printed = "3 de enero de 2024",
        .page_text = "Pago\nMóvil",
        .batch_id = "BATCH_20990103_101112",
        .batch_date = "2099-01-03 10:11:12",
        .words = consolidated_words_of(page),
    };
    json_decref(page);
    json_t *records = json_array();
    json_array_append_new(records, consolidated_record(&item));
    expect(consolidated_whole("lote_especifico", "2099-01-03T10:12:00.000001", records),
           "{\"metadata\":{\"fecha_extraccion\":\"2099-01-03T10:12:00.000001\",\"total_archivos\":1,"
           "\"version_sistema\":\"1.0\",\"tipo_extraccion\":\"lote_especifico\"},"
           "\"archivos_procesados\":[{\"nombre_archivo\":\"a\xEF\xBF\xBD.jpg\",\"id_whatsapp\":\"1@lid\","
           "\"nombre_usuario\":\"Zoe Maria \xF0\x9F\x8E\x89\",\"caption\":\"hola\",\"hora_exacta\":\"09-15\","
           "\"numero_llegada\":3,\"otro\":\"x\",\"referencia\":\"000111222333\","
           "\"bancoorigen\":\"BANCO DE VENEZUELA\",\"monto\":\"1234.50\","
           "\"datosbeneficiario\":{\"cedula\":\"V-11.111.111\",\"telefono\":\"\",\"banco_destino\":\"0999\"},"
           "\"pago_fecha\":\"03/01/2024\",\"concepto\":\"\",\"texto_total_ocr\":\"Pago Móvil\","
           "\"lote_id\":\"BATCH_20990103_101112\",\"lote_fecha\":\"2099-01-03 10:11:12\","
           "\"extraction_stats\":{\"confidence\":0.867,\"total_words\":3,\"processing_time\":0.412}}]}");
}

static void test_a_failed_file_has_every_key(void **state) {
    (void)state;
    const struct consolidated_item item = {"a.jpg", "",           "",       "", "", "", 1,  "",   "",
                                           "",      "",           "",       "", "", "", "", NULL, "Lote Individual",
                                           "",      {0, 0, 0, 0}, "damaged"};
    expect(consolidated_record(&item),
           "{\"nombre_archivo\":\"a.jpg\",\"id_whatsapp\":\"\",\"nombre_usuario\":\"\",\"caption\":\"\","
           "\"hora_exacta\":\"\",\"numero_llegada\":1,\"otro\":\"\",\"referencia\":\"\",\"bancoorigen\":\"\","
           "\"monto\":\"\",\"datosbeneficiario\":{\"cedula\":\"\",\"telefono\":\"\",\"banco_destino\":\"\"},"
           "\"pago_fecha\":\"\",\"concepto\":\"\",\"texto_total_ocr\":\"\",\"lote_id\":\"Lote Individual\","
           "\"lote_fecha\":\"\",\"extraction_stats\":{\"confidence\":0.0,\"total_words\":0,"
           "\"processing_time\":0.0,\"error\":\"damaged\"}}");
}

static void test_dates_are_as_banks_print_them(void **state) {
    char text[CONSOLIDATED_DATE_BYTES];
    (void)state;
    consolidated_date("2024-01-03", "03/01/2024", text);
    assert_string_equal(text, "03/01/2024");
    consolidated_date("2024-01-03", "2024-01-03", text);
    assert_string_equal(text, "2024-01-03");
    consolidated_date("", "", text);
    assert_string_equal(text, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_item),
        cmocka_unit_test(test_a_failed_file_has_every_key),
        cmocka_unit_test(test_dates_are_as_banks_print_them),
    };
    return cmocka_run_group_tests_name("consolidated", tests, NULL, NULL);
}
