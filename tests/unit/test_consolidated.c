/* test_consolidated.c - the earlier service's form: its keys, their order, and never a null. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/meter.h"
#include "output/consolidated.h"
#include "output/json_writer.h"

static void written(const struct consolidated_item *item, struct meter *meter, const char *expected) {
    struct buffer buffer;
    struct json_writer json;
    struct consolidated_head head = {"2099-01-03T10:12:00.000001", 1, "lote_especifico", "BATCH_20990103_101112"};
    buffer_init(&buffer, meter);
    json_begin(&json, &buffer);
    consolidated_open(&json, &head);
    consolidated_item_object(&json, item);
    consolidated_close(&json);
    json_end(&json);
    buffer_append(&buffer, "", 1);
    assert_false(buffer.refused);
    assert_string_equal(buffer.bytes, expected);
    buffer_free(&buffer);
}

static void test_an_item(void **state) {
    (void)state;
    static const struct lince_line lines[] = {
        {.text = "Pago Móvil", .confidence = 1, .box = {10, 10, 300, 40}},
        {.text = "Monto: Bs. 1.234,50", .confidence = 1, .box = {10, 60, 300, 90}},
        {.text = "Referencia: 000111222333", .confidence = 1, .box = {10, 100, 300, 130}},
        {.text = "Fecha: 3 de enero de 2024", .confidence = 1, .box = {10, 140, 300, 170}},
        {.text = "Cédula receptor: V-11.111.111", .confidence = 1, .box = {10, 180, 300, 210}},
        {.text = "Banco receptor: Mercantil", .confidence = 1, .box = {10, 220, 300, 250}},
        {.text = "Cuenta origen: 0102****1234", .confidence = 1, .box = {10, 260, 300, 290}},
    };
    struct meter meter;
    struct lince_layouts *layouts;
    struct lince_record *record;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    assert_int_equal(lince_layouts_open(NULL, &layouts, NULL), LINCE_OK);
    assert_int_equal(
        lince_record_extract_lines(layouts, lines, sizeof lines / sizeof *lines, 540, 960, NULL, 0, &record, NULL),
        LINCE_OK);
    struct messenger messenger = {"20990102", "C",  "1@lid", "Zoe \xF0\x9F\x8E\x89", "09-15", "hola", "x",
                                  0,          true, true};
    struct consolidated_item item = {
        .file_name = "a.jpg",
        .record = record,
        .messenger = &messenger,
        .page_text = "Pago Móvil",
        .batch_id = "BATCH_20990103_101112",
        .batch_date = "2099-01-03 10:11:12",
        .arrival_number = 3,
        .mean_confidence = 0.93149,
        .word_count = 35,
        .processing_seconds = 0.412,
    };
    written(
        &item, &meter,
        "{\"metadata\":{\"fecha_extraccion\":\"2099-01-03T10:12:00.000001\",\"total_archivos\":1,"
        "\"version_sistema\":\"1.0\",\"tipo_extraccion\":\"lote_especifico\",\"lote_id\":\"BATCH_20990103_101112\"},"
        "\"archivos_procesados\":[{\"nombre_archivo\":\"a.jpg\",\"id_whatsapp\":\"1@lid\","
        "\"nombre_usuario\":\"Zoe \xF0\x9F\x8E\x89\",\"caption\":\"hola\",\"hora_exacta\":\"09-15\","
        "\"numero_llegada\":3,\"otro\":\"x\",\"referencia\":\"000111222333\","
        "\"bancoorigen\":\"BANCO DE VENEZUELA\",\"monto\":\"1234.50\","
        "\"datosbeneficiario\":{\"cedula\":\"V-11.111.111\",\"telefono\":\"\",\"banco_destino\":\"BANCO MERCANTIL\"},"
        "\"pago_fecha\":\"03/01/2024\",\"concepto\":\"\",\"texto_total_ocr\":\"Pago Móvil\","
        "\"lote_id\":\"BATCH_20990103_101112\",\"lote_fecha\":\"2099-01-03 10:11:12\","
        "\"extraction_stats\":{\"confidence\":0.931,\"total_words\":35,\"processing_time\":0.41}}]}");
    lince_record_free(record);
    lince_layouts_close(layouts);
}

static void test_a_failed_file(void **state) {
    (void)state;
    struct meter meter;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    struct consolidated_item item = {.file_name = "a.jpg", .error = "damaged"};
    written(
        &item, &meter,
        "{\"metadata\":{\"fecha_extraccion\":\"2099-01-03T10:12:00.000001\",\"total_archivos\":1,"
        "\"version_sistema\":\"1.0\",\"tipo_extraccion\":\"lote_especifico\",\"lote_id\":\"BATCH_20990103_101112\"},"
        "\"archivos_procesados\":[{\"nombre_archivo\":\"a.jpg\",\"caption\":\"\",\"otro\":\"\",\"referencia\":\"\","
        "\"bancoorigen\":\"\",\"monto\":\"\",\"datosbeneficiario\":{\"cedula\":\"\",\"telefono\":\"\","
        "\"banco_destino\":\"\"},\"pago_fecha\":\"\",\"concepto\":\"\",\"texto_total_ocr\":\"\","
        "\"extraction_stats\":{\"confidence\":0,\"total_words\":0,\"processing_time\":0,\"error\":\"damaged\"}}]}");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_item),
        cmocka_unit_test(test_a_failed_file),
    };
    return cmocka_run_group_tests_name("consolidated", tests, NULL, NULL);
}
