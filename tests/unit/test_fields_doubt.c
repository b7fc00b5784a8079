/* test_fields_doubt.c - confidences by the file of weights, thresholds as people set them, and what is looked at for
 * them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/error.h"
#include "fields/layouts/doubt_weights.h"
#include "fields/result/page_doubt.h"
#include "printed.h"

#define PAYMENT                                                                                                        \
    "=Pago móvil exitoso\n\nMonto:\tBs. 100,00\nReferencia:\t000123456789\nFecha:\t12/05/2025\n"                      \
    "Identificación:\tV-12.345.678\nBanco destino:\t0105 - BANCO MERCANTIL"

/* A page whose lines were all read as surely as told. */
static void read_as(double confidence, struct record *record) {
    static const struct piece pieces[] = {
        {20, 40, 400, "Pago móvil exitoso"},
        {20, 100, 100, "Monto:"},
        {300, 100, 520, "Bs. 100,00"},
        {20, 150, 120, "Referencia:"},
        {300, 150, 520, "000123456789"},
        {20, 200, 100, "Fecha:"},
        {300, 200, 520, "12/05/2025"},
        {20, 250, 160, "Banco destino:"},
        {300, 250, 520, "0105 - BANCO MERCANTIL"},
        {0, 0, 0, NULL},
    };
    struct lince_line lines[PIECES_MOST];
    struct record_page page;
    size_t count = printed_page(pieces, lines, &page);
    for (size_t i = 0; i < count; i++) {
        lines[i].confidence = confidence;
    }
    arena_clear(&printed.arena);
    assert_int_equal(record_extract(&printed.arena, &printed.set, NULL, 0, &page, record, NULL), LINCE_OK);
}

static void test_what_is_read_badly_is_capped(void **state) {
    (void)state;
    struct record record;
    read_as(1, &record);
    double sure = record_find(&record, "referencia")->confidence;
    assert_true(sure > 0.98);
    assert_int_equal(record.reason_count, 0);
    double last = sure;
    static const double readings[] = {0.95, 0.8, 0.65, 0.5};
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        double reading = readings[i];
        read_as(reading, &record);
        const struct record_field *field = record_find(&record, "referencia");
        assert_true(field->confidence < last + 1e-9);
        assert_true(field->confidence <= doubt_curve_at(&printed.set.doubt.caps, reading) + 1e-9);
        assert_true(reading > 0.9 || printed_has_reason(&record, REASON_DOUBTFUL, "referencia"));
        last = field->confidence;
    }
    assert_true(last < 0.75 * sure);
}

static void test_thresholds_are_set(void **state) {
    (void)state;
    struct doubt_model kept = printed.set.doubt;
    struct lince_error error = LINCE_ERROR_INIT;
    struct record record;
    assert_int_equal(doubt_review_set(&printed.set.doubt, "all=1", &error), LINCE_OK);
    printed_rows(PAYMENT, &record);
    assert_true(printed_has_reason(&record, REASON_DOUBTFUL, "monto"));
    assert_true(printed_has_reason(&record, REASON_DOUBTFUL, "cedula"));
    assert_int_equal(doubt_review_set(&printed.set.doubt, "all=0,id=1", &error), LINCE_OK);
    printed_rows(PAYMENT, &record);
    assert_int_equal(record.reason_count, 1);
    assert_true(printed_has_reason(&record, REASON_DOUBTFUL, "cedula"));
    assert_int_equal(doubt_review_set(&printed.set.doubt, "", &error), LINCE_OK);
    assert_int_equal(doubt_review_set(&printed.set.doubt, NULL, &error), LINCE_OK);
    printed.set.doubt = kept;
    static const char *const wrong[] = {"amount",      "amount=",    "amount=1.5", "amount=-1", "amount=x", "sum=0.5",
                                        "amount=0.5 ", "amount=nan", "=0.5",       ",",         "id=0.5,,"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(doubt_review_set(&kept, wrong[i], &error), LINCE_ERROR_ARGUMENT);
        assert_non_null(strstr(error.message, "amount=0.95"));
    }
}

/* An amount whose currency nothing tells, and a label whose value was taken for nothing, are looked at. */
static void test_what_is_not_there_is_looked_at(void **state) {
    (void)state;
    struct record record;
    printed_rows("=Transferencia recibida\n\n^$ 1.000,00\n\nRemitente:\tAna Pérez Soto\nFecha:\t12/05/2025\n"
                 "Referencia:\t4471",
                 &record);
    assert_string_equal(printed_value(&record, "moneda"), "");
    assert_true(printed_has_reason(&record, REASON_MISSING, "moneda"));
    printed_rows(PAYMENT, &record);
    assert_int_equal(record.reason_count, 0);
    printed_rows("=Pago móvil exitoso\n\nMonto:\tBs. 100,00\nReferencia:\t000123456789\nFecha:\t12/05/2025\n"
                 "Identificación:\tV-12.3#5.&/8\nBanco destino:\t0105 - BANCO MERCANTIL",
                 &record);
    assert_string_equal(printed_value(&record, "cedula"), "");
    assert_true(printed_has_reason(&record, REASON_UNREAD, "cedula"));
    /* The payer's: of a hidden field, and so read. */
    printed_rows("=Pago móvil exitoso\n\nMonto:\tBs. 100,00\nReferencia:\t000123456789\nFecha:\t12/05/2025\n"
                 "Cédula del ordenante:\tV-12.345.678\nBanco destino:\t0105 - BANCO MERCANTIL",
                 &record);
    assert_false(printed_has_reason(&record, REASON_UNREAD, "cedula"));
}

/* A sale has a number, a quote may have none; a bank's message about a purchase has no reference. */
static void test_numbers_that_are_missing(void **state) {
    (void)state;
    struct record record;
    printed_rows(
        "=SENIAT\n=RIF J-79287757-4\n^Ferretería El Faro, C.A.\n=FACTURA\nFecha: 14/10/2025\n\nSUBTOTAL\tBs. 10,00\n"
        "IVA 16%\tBs. 1,60\nTOTAL\tBs. 11,60",
        &record);
    assert_true(printed_has_reason(&record, REASON_MISSING, "receipt_number"));
    printed_rows(
        "=SENIAT\n=RIF J-79287757-4\n^Ferretería El Faro, C.A.\n=PRESUPUESTO\nFecha: 14/10/2025\n\nSUBTOTAL\tBs. "
        "10,00\nIVA 16%\tBs. 1,60\nTOTAL\tBs. 11,60",
        &record);
    assert_false(printed_has_reason(&record, REASON_MISSING, "receipt_number"));
    printed_rows(
        "Bancolombia: Compraste $52.000,00 en FERRETERIA EL FARO con\n+tu T.Deb *3390, el 30/01/2026 a las 07:15.",
        &record);
    assert_string_equal(kind_name(record.kind), "notification");
    assert_false(printed_has_reason(&record, REASON_MISSING, "referencia"));
    printed_rows(
        "=Pago móvil exitoso\n\nMonto:\tBs. 100,00\nFecha:\t12/05/2025\nBanco destino:\t0105 - BANCO MERCANTIL",
        &record);
    assert_true(printed_has_reason(&record, REASON_MISSING, "referencia"));
}

/* A payment that names nobody who was paid; cash and a card's own top-up with its phone are paid to nobody else. */
static void test_a_payment_to_nobody_is_looked_at(void **state) {
    (void)state;
    static const struct {
        const char *rows;
        bool missing;
    } pages[] = {
        {"=Pago exitoso\nMonto:\tBs. 100,00\nReferencia:\t000123456789\nFecha:\t12/05/2025", true},
        {"=Pago de servicio exitoso\nMonto:\tS/ 41.20\nOperación:\t44718820\nFecha:\t12/05/2025", true},
        {"=Pago exitoso\nBeneficiario:\tAna Pérez\nMonto:\tBs. 100,00\nReferencia:\t000123456789\nFecha:\t12/05/2025",
         false},
        {"=Pago exitoso\nMonto:\tBs. 100,00\nTeléfono destino:\t0414-1234567\nReferencia:\t000123456789\n"
         "Fecha:\t12/05/2025",
         false},
        {"=Pago exitoso\nMonto:\tBs. 100,00\nBanco destino:\t0105 - BANCO MERCANTIL\nReferencia:\t000123456789\n"
         "Fecha:\t12/05/2025",
         false},
        {"=RETIRO DE EFECTIVO\nCAJERO AUTOMATICO 0442\nMONTO:\tBs. 800,00\nREFERENCIA:\t000123456789\nFECHA:\t"
         "12/05/2025",
         false},
        {"=Pago rechazado\nMonto:\tBs. 100,00\nReferencia:\t000123456789\nFecha:\t12/05/2025", false},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct record record;
        printed_rows(pages[i].rows, &record);
        if (printed_has_reason(&record, REASON_MISSING, "beneficiario") != pages[i].missing) {
            fail_msg("page %zu: its payee is %s", i, pages[i].missing ? "not missed" : "missed");
        }
    }
}

/* "Bs." is written in two countries: where nothing else tells which, the currency is doubted. */
static void test_a_sign_alone_is_doubted(void **state) {
    (void)state;
    struct record record;
    printed_rows("^Ferretería El Faro, S.A.\n=FACTURA\nFactura N° 00012345\nFecha: 14/10/2025\n\n"
                 "SUBTOTAL\tBs. 10,00\nIVA\tBs. 1,80\nTOTAL\tBs. 11,80\nEFECTIVO\tBs. 11,80",
                 &record);
    assert_string_equal(printed_value(&record, "currency"), "VES");
    assert_true(printed_has_reason(&record, REASON_DOUBTFUL, "currency"));
    printed_rows(
        "=SENIAT\n^Ferretería El Faro, C.A.\n=RIF J-79287757-4\n=FACTURA\nFactura N° 00012345\nFecha: 14/10/2025\n\n"
        "SUBTOTAL\tBs. 10,00\nIVA\tBs. 1,80\nTOTAL\tBs. 11,80\nEFECTIVO\tBs. 11,80",
        &record);
    assert_false(printed_has_reason(&record, REASON_DOUBTFUL, "currency"));
}

static void test_a_file_of_weights_is_checked(void **state) {
    (void)state;
#define WHOLE(curve)                                                                                                   \
    "{\"bias\": 0, \"inputs\": {\"score\": 1}, \"curve\": " curve ", \"caps\": [[0,1],[1,1]], \"review\": {}}"
    static const struct {
        const char *text, *told;
    } cases[] = {
        {WHOLE("[[0,0],[1,1]]"), NULL},
        {WHOLE("[[0,0.5],[1,0.4]]"), "a point is two numbers"},
        {WHOLE("[[0,0]]"), "2 to 24 points"},
        {"{\"bias\": 0}", "inputs"},
        {"{\"bias\": 0, \"inputs\": {\"luck\": 1}, \"curve\": [], \"caps\": [], \"review\": {}}", "luck"},
        {"{\"bias\": 0, \"inputs\": {\"score\": \"1\"}, \"curve\": [], \"caps\": [], \"review\": {}}", "a number"},
        {"[]", "object"},
        {"{", "w.json:1:"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lince_error error = LINCE_ERROR_INIT;
        json_t *tree = NULL;
        enum lince_status status = doubt_json_read("w.json", cases[i].text, strlen(cases[i].text), &tree, &error);
        assert_int_equal(status, cases[i].told == NULL ? LINCE_OK : LINCE_ERROR_LAYOUT);
        if (cases[i].told != NULL && strstr(error.message, cases[i].told) == NULL) {
            fail_msg("%s: %s", cases[i].text, error.message);
        }
        json_decref(tree);
    }
}

/* A page is looked at as a whole: its weakest field is named, and what is only asked for matters if the page is
 * doubted. */
static void test_a_page_is_doubted_as_a_whole(void **state) {
    (void)state;
    static const char *const whole = "=Transferencia exitosa\n\nMonto:\tBs. 100,00\nReferencia:\t000123456789\n"
                                     "Fecha:\t12/05/2025\nBeneficiario:\tAna Pérez Soto\nCédula:\tV-12.345.678";
    static const char *const unnamed = "=Transferencia exitosa\n\nMonto:\tBs. 100,00\nReferencia:\t000123456789\n"
                                       "Fecha:\t12/05/2025";
    struct doubt_model kept = printed.set.doubt;
    struct record record;
    printed_rows(whole, &record);
    assert_int_equal(record.reason_count, 0);
    assert_true(page_doubt_chance(&kept, record.page_inputs) > kept.review[DOUBT_PAGE]);
    double sure = page_doubt_chance(&kept, record.page_inputs);
    printed_rows(unnamed, &record);
    assert_true(record.page_inputs[PAGE_ABSENT + PAGE_PARTY] == 1);
    assert_true(page_doubt_chance(&kept, record.page_inputs) < sure);
    assert_int_equal(doubt_review_set(&printed.set.doubt, "all=0,page=1", NULL), LINCE_OK);
    printed_rows(whole, &record);
    assert_int_equal(record.reason_count, 1);
    assert_int_equal(record.reasons[0].reason, REASON_DOUBTFUL);
    assert_int_equal(doubt_review_set(&printed.set.doubt, "all=0.01,page=0.001", NULL), LINCE_OK);
    printed_rows(unnamed, &record);
    assert_int_equal(record.reason_count, 0);
    printed.set.doubt.knows_pages = false; /* a file of weights without those of pages */
    printed_rows(unnamed, &record);
    assert_true(printed_has_reason(&record, REASON_MISSING, "beneficiario"));
    printed.set.doubt = kept;
}

/* What nobody took, and what goes on with a number, are seen. */
static void test_what_is_left_on_a_page_is_counted(void **state) {
    (void)state;
    struct record record;
    printed_rows("=UNO, C.A.\nRIF J-79287757-4\nFACTURA N° A 33917\nFECHA: 10/06/2026\nCAE\t77401288\n"
                 "Lote sellado\t11/07/2026\nTotal a pagar\tBs. 116,00",
                 &record);
    assert_true(record.page_inputs[PAGE_LEFT_DATES] > 0);
    assert_true(record.page_inputs[PAGE_SALE] == 1);
    printed_rows("=Transferencia exitosa\n\nMonto:\tBs. 100,00\nReferencia:\t33917/44A\nFecha:\t12/05/2025\n"
                 "Beneficiario:\tAna Pérez Soto Fecha",
                 &record);
    assert_true(record.page_inputs[PAGE_PARTY_WORDS] > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_read_badly_is_capped),      cmocka_unit_test(test_thresholds_are_set),
        cmocka_unit_test(test_what_is_not_there_is_looked_at),    cmocka_unit_test(test_numbers_that_are_missing),
        cmocka_unit_test(test_a_payment_to_nobody_is_looked_at),  cmocka_unit_test(test_a_sign_alone_is_doubted),
        cmocka_unit_test(test_a_file_of_weights_is_checked),      cmocka_unit_test(test_a_page_is_doubted_as_a_whole),
        cmocka_unit_test(test_what_is_left_on_a_page_is_counted),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
