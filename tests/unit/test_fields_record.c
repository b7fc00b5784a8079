/* test_fields_record.c - whole records from small pages: places, sides, traps, doubts, memory and time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/turn.h"
#include "fields/layouts/layout_json.h"
#include "fields/layouts/pattern.h"
#include "fields/record.h"
#include "printed.h"

static const struct piece beside[] = {
    {20, 10, 70, "9:41"},
    {180, 60, 360, "Pago exitoso"},
    {20, 150, 120, "Importe:"},
    {380, 150, 520, "Bs. 1.234,50"},
    {20, 200, 120, "Comisión:"},
    {380, 200, 520, "Bs. 3,70"},
    {20, 250, 120, "Total:"},
    {380, 250, 520, "Bs. 1.238,20"},
    {20, 300, 150, "Referencia:"},
    {380, 300, 520, "000123456789"},
    {20, 350, 210, "Código autorizador:"},
    {380, 350, 520, "998877665544"},
    {20, 400, 210, "Saldo disponible:"},
    {360, 400, 520, "Bs. 99.999,99"},
    {20, 450, 210, "Teléfono receptor:"},
    {380, 450, 520, "0414-1234567"},
    {20, 500, 210, "Teléfono emisor:"},
    {380, 500, 520, "0412-7654321"},
    {20, 550, 210, "Cédula receptor:"},
    {380, 550, 520, "V-12.345.678"},
    {20, 600, 210, "Banco receptor:"},
    {300, 600, 520, "0105 - BANCO MERCANTIL"},
    {20, 650, 150, "Fecha:"},
    {380, 650, 520, "03/01/2024"},
    {20, 700, 150, "Concepto:"},
    {480, 700, 520, "150"},
    {0, 0, 0, NULL},
};

static void test_a_turned_page_gives_the_same_record(void **state) {
    (void)state;
    for (unsigned turn = 1; turn < 4; turn++) {
        struct lince_line lines[PIECES_MOST];
        struct record_page page;
        struct record record;
        arena_clear(&printed.arena);
        size_t count = printed_page(beside, lines, &page);
        for (size_t i = 0; i < count; i++) {
            lines[i].box = box_turn(lines[i].box, turn, page.width_px, page.height_px);
            for (size_t k = 0; k < 4; k++) {
                struct lince_point *c = &lines[i].quad[k];
                struct lince_box box =
                    box_turn((struct lince_box){c->x, c->y, c->x, c->y}, turn, page.width_px, page.height_px);
                *c = (struct lince_point){box.x0, box.y0};
            }
        }
        if (turn != 2) {
            page.width_px = 1100, page.height_px = 540;
        }
        assert_int_equal(record_extract(&printed.arena, &printed.set, NULL, 0, &page, &record, NULL), LINCE_OK);
        assert_string_equal(printed_value(&record, "monto"), "1234.50");
        assert_string_equal(printed_value(&record, "referencia"), "000123456789");
        assert_string_equal(printed_value(&record, "fecha"), "2024-01-03");
        struct lince_box box = record_find(&record, "referencia")->box, line = lines[9].box;
        assert_memory_equal(&box, &line, sizeof box);
    }
}

static void test_labels_beside_values_and_their_traps(void **state) {
    (void)state;
    struct record record;
    printed_extract(beside, &record);
    assert_null(record.layout);
    assert_string_equal(record.rules, "pago");
    assert_string_equal(printed_value(&record, "monto"), "1234.50");
    assert_string_equal(printed_value(&record, "comision"), "3.70");
    assert_string_equal(printed_value(&record, "referencia"), "000123456789");
    assert_string_equal(printed_value(&record, "telefono"), "04141234567");
    assert_string_equal(printed_value(&record, "cedula"), "V12345678");
    assert_string_equal(printed_value(&record, "banco_destino"), "0105");
    assert_string_equal(printed_value(&record, "fecha"), "2024-01-03");
    assert_string_equal(printed_value(&record, "concepto"), "150");
    assert_string_equal(printed_value(&record, "moneda"), "VES");
    assert_null(record_find(&record, "hora"));  /* 9:41 is the status bar's */
    assert_null(record_find(&record, "total")); /* a hidden field */
    assert_null(record_find(&record, "beneficiario"));
    assert_int_equal(record.reason_count, 0);
    assert_int_equal(record_find(&record, "referencia")->page_line, 9);
    assert_int_equal(record_find(&record, "referencia")->found_by, FOUND_RIGHT);
    assert_string_equal(record_find(&record, "monto")->text, "Bs. 1.234,50");
}

static void test_amounts_that_do_not_add_up_are_doubted(void **state) {
    (void)state;
    struct piece pieces[PIECES_MOST];
    struct record record;
    memcpy(pieces, beside, sizeof beside);
    pieces[7].text = "Bs. 1.500,00";
    printed_extract(pieces, &record);
    assert_string_equal(printed_value(&record, "monto"), "1234.50");
    assert_true(printed_has_reason(&record, REASON_SUM, "monto"));
    pieces[8].text = "Nada:";
    printed_extract(pieces, &record);
    assert_null(record_find(&record, "referencia"));
    assert_true(printed_has_reason(&record, REASON_MISSING, "referencia"));
}

static void test_one_recognition_error_in_a_label_is_forgiven(void **state) {
    (void)state;
    struct piece pieces[PIECES_MOST];
    struct record record;
    memcpy(pieces, beside, sizeof beside);
    pieces[8].text = "Reterencia:";
    pieces[14].text = "Telefonoreceptor:";
    pieces[20].text = "BancO recept0r";
    printed_extract(pieces, &record);
    assert_string_equal(printed_value(&record, "referencia"), "000123456789");
    assert_string_equal(printed_value(&record, "telefono"), "04141234567");
    assert_string_equal(printed_value(&record, "banco_destino"), "0105");
}

static void test_headings_tell_the_two_sides_apart(void **state) {
    (void)state;
    static const struct piece pieces[] = {
        {20, 60, 200, "Transferencia exitosa"},
        {20, 120, 220, "Datos del ordenante"},
        {20, 160, 300, "Nombre: Ana Pérez Soto"},
        {20, 200, 300, "Cédula: V-11.111.111"},
        {20, 240, 300, "Banco: Banesco"},
        {20, 300, 240, "Datos del beneficiario"},
        {20, 340, 300, "Nombre: Luis Mora Gil"},
        {20, 380, 300, "Cédula: V-22.222.222"},
        {20, 420, 300, "Banco: Banco Mercantil"},
        {20, 480, 300, "Monto: Bs. 100,00"},
        {20, 520, 300, "Referencia: 123456789"},
        {20, 560, 300, "Fecha: 03/01/2024 10:30 am"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(pieces, &record);
    assert_string_equal(printed_value(&record, "cedula"), "V22222222");
    assert_string_equal(printed_value(&record, "beneficiario"), "Luis Mora Gil");
    assert_string_equal(printed_value(&record, "banco_destino"), "0105");
    assert_string_equal(printed_value(&record, "banco_origen"), "0134");
    assert_string_equal(printed_value(&record, "hora"), "10:30");
}

static void test_a_wrapped_paragraph_without_labels(void **state) {
    (void)state;
    static const struct piece pieces[] = {
        {40, 60, 220, "Cuenta debitada:"},
        {60, 90, 360, "Cta. Corriente BNC: ***1234"},
        {40, 140, 180, "Beneficiario:"},
        {60, 170, 480, "0414-1234567 ANA PEREZ V-"},
        {60, 197, 300, "12345678 - MERCANTIL"},
        {40, 250, 140, "Monto:"},
        {60, 280, 200, "Bs. 100,00"},
        {40, 330, 160, "Comisión:"},
        {60, 360, 160, "Bs. 0,30"},
        {40, 410, 120, "Total:"},
        {60, 440, 200, "Bs. 100,30"},
        {40, 490, 180, "Referencia:"},
        {60, 520, 200, "123456789 O"},
        {40, 570, 260, "Código autorizador:"},
        {60, 600, 150, "654321"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(pieces, &record);
    assert_string_equal(record.layout, "bnc");
    assert_string_equal(printed_value(&record, "cedula"), "V12345678");
    assert_string_equal(printed_value(&record, "telefono"), "04141234567");
    assert_string_equal(printed_value(&record, "beneficiario"), "ANA PEREZ");
    assert_string_equal(printed_value(&record, "banco_destino"), "0105");
    assert_string_equal(printed_value(&record, "banco_origen"), "0191");
    assert_string_equal(printed_value(&record, "cuenta_origen"), "***1234");
    assert_string_equal(printed_value(&record, "referencia"), "123456789");
    assert_null(record_find(&record, "fecha"));
}

static void test_a_label_over_two_rows(void **state) {
    (void)state;
    static const struct piece pieces[] = {
        {20, 60, 200, "Pago Móvil"},
        {20, 120, 130, "Número de"},
        {20, 146, 130, "referencia"},
        {240, 120, 400, "123456789012"},
        {20, 220, 130, "Banco del"},
        {20, 246, 130, "beneficiario"},
        {240, 220, 420, "0108-BANCO"},
        {240, 246, 400, "PROVINCIAL"},
        {20, 320, 130, "Monto"},
        {240, 320, 400, "Bs 5,00"},
        {20, 390, 130, "Fecha"},
        {240, 390, 400, "03/01/2024"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(pieces, &record);
    assert_string_equal(printed_value(&record, "referencia"), "123456789012");
    assert_string_equal(printed_value(&record, "banco_destino"), "0108");
    assert_string_equal(printed_value(&record, "monto"), "5.00");
}

/* Icons in place of labels: a person read as a sign, and a bank in the list that is the payee's, not the app's. */
static void test_a_list_without_labels(void **state) {
    (void)state;
    static const struct piece icons[] = {
        {130, 100, 400, "Tu pago fue enviado"},
        {180, 150, 360, "Bs. 181,51"},
        {170, 200, 370, "Ref. 000069407907"},
        {60, 250, 260, "8 Petra Soto Lugo"},
        {80, 290, 220, "V-27613759"},
        {80, 330, 240, "04149730839"},
        {80, 370, 250, "Banco del Tesoro"},
        {80, 410, 300, "22/06/2026 22:23"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(icons, &record);
    assert_string_equal(printed_value(&record, "banco_destino"), "0163");
    assert_null(record_find(&record, "banco_origen"));
    assert_string_equal(printed_value(&record, "beneficiario"), "Petra Soto Lugo");
    assert_string_equal(printed_value(&record, "cedula"), "V27613759");
}

static void test_dots_lead_to_free_text(void **state) {
    (void)state;
    static const struct piece dotted[] = {
        {20, 100, 300, "COMPROBANTE PAGO MOVIL"},
        {20, 140, 300, "REF ...... 000912345678"},
        {20, 180, 300, "CONCEPTO \xE2\x80\xA6.. Jugada"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(dotted, &record);
    assert_string_equal(printed_value(&record, "concepto"), "Jugada");
}

/* Rows of label and value without a colon: where most are told by their values, the others are labels too. */
static void test_labels_without_colons_before_their_values(void **state) {
    (void)state;
    static const struct piece inlined[] = {
        {20, 60, 300, "Tu pago fue enviado"},
        {20, 100, 420,
         "C\xC3\xB3"
         "d. de referencia 370909565808"},
        {20, 150, 420, "Monto Bs. 10.595,04"},
        {20, 200, 420, "M\xC3\xB3vil 0426-8968852"},
        {20, 250, 420, "Instituci\xC3\xB3n Bancamiga Banco Universal"},
        {20, 300, 420, "Destinatario Herminia Guaramato"},
        {20, 350, 420, "Comentario Regalo"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(inlined, &record);
    assert_string_equal(printed_value(&record, "referencia"), "370909565808");
    assert_string_equal(printed_value(&record, "banco_destino"), "0172");
    assert_null(record_find(&record, "banco_origen"));
    assert_string_equal(printed_value(&record, "beneficiario"), "Herminia Guaramato");
    assert_string_equal(printed_value(&record, "concepto"), "Regalo");
}

/* The label stands at the middle of the two rows of its value, which are not taken twice. */
static void test_a_label_centred_beside_two_rows(void **state) {
    (void)state;
    static const struct piece centred[] = {
        {20, 100, 120, "Referencia"},    {380, 100, 520, "000123456789"},
        {20, 162, 90, "Nota"},           {200, 150, 520, "Abono a la reparaci\xC3\xB3n"},
        {300, 174, 520, "de la nevera"}, {20, 230, 100, "Monto"},
        {380, 230, 520, "Bs. 98,13"},    {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(centred, &record);
    assert_string_equal(printed_value(&record, "concepto"), "Abono a la reparaci\xC3\xB3n de la nevera");
}

/* Who is paid, the phone and the bank in a sentence over three rows, without a label. */
static void test_a_sentence_tells_who_is_paid(void **state) {
    (void)state;
    static const struct piece told[] = {
        {54, 124, 466, "Has pagado 45.700,00 Bs a Deyanira Petra"},
        {42, 146, 478, "Soto Lugo al n\xC3\xBAmero 0412-3226987 en"},
        {180, 168, 340, "Banco Mercantil"},
        {26, 254, 52, "C.I."},
        {26, 276, 106, "V-8150550"},
        {26, 323, 110, "Referencia"},
        {26, 345, 161, "000034633128"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(told, &record);
    assert_string_equal(printed_value(&record, "monto"), "45700.00");
    assert_string_equal(printed_value(&record, "beneficiario"), "Deyanira Petra Soto Lugo");
    assert_string_equal(printed_value(&record, "telefono"), "04123226987");
    assert_string_equal(printed_value(&record, "banco_destino"), "0105");
    assert_null(record_find(&record, "banco_origen"));
}

/* A bank's legal name over three rows beside its label, which stands at their middle. */
static void test_a_bank_over_rows_beside_its_label(void **state) {
    (void)state;
    static const struct piece rows[] = {
        {20, 100, 120, "Referencia"},
        {380, 100, 520, "000123456789"},
        {20, 172, 180, "Banco destino"},
        {300, 148, 520, "Banco Digital de"},
        {290, 172, 520, "los Trabajadores,"},
        {310, 196, 520, "Banco Universal"},
        {20, 260, 100, "Monto"},
        {380, 260, 520, "Bs. 98,13"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(rows, &record);
    assert_string_equal(printed_value(&record, "banco_destino"), "0175");
}

static void test_a_label_at_the_end_of_a_row_of_text(void **state) {
    (void)state;
    static const struct piece told[] = {
        {20, 100, 500, "Se hizo un Pago Movil desde su cuenta al"},
        {20, 122, 480, "0424-1230081 0163 Banco del Tesoro por Bs"},
        {20, 144, 470, "19,21 el 24/10/25 a las 21:43. Referencia"},
        {20, 166, 140, "9556577153"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(told, &record);
    assert_string_equal(printed_value(&record, "referencia"), "9556577153");
    assert_string_equal(printed_value(&record, "hora"), "21:43");
}

static void test_free_text_above_its_caption(void **state) {
    (void)state;
    static const struct piece captions[] = {
        {20, 100, 160, "Bs. 1.234,50"},
        {20, 122, 160, "Monto transferido"},
        {20, 160, 200, "0414-1234567"},
        {20, 182, 240,
         "Tel\xC3\xA9"
         "fono del beneficiario"},
        {20, 220, 160, "V12345678"},
        {20, 242, 190,
         "C\xC3\xA9"
         "dula de identidad"},
        {20, 280, 180, "Banco Mercantil"},
        {20, 302, 130, "Banco destino"},
        {20, 340, 300, "Internet de mayo"},
        {20, 362, 100, "Concepto"},
        {20, 400, 200, "03/01/2024"},
        {20, 422, 80, "Fecha"},
        {20, 460, 200, "000123456789"},
        {20, 482, 180, "N\xC3\xBAmero de referencia"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(captions, &record);
    assert_string_equal(printed_value(&record, "concepto"), "Internet de mayo");
    assert_string_equal(printed_value(&record, "referencia"), "000123456789");
}

/* A shop receipt whose items are printed in three ways. */
static void shop_with_items(struct record *record) {
    const struct piece pieces[] = {
        {100, 20, 440, "ABASTO LA PERLA C.A."},
        {100, 50, 440, "AV. LOS SAMANES, LOCAL 3"},
        {20, 90, 300, "FACTURA: 00012345 FECHA: 12/03/2026"},
        {20, 130, 300, "2 HARINA DE MAIZ 1KG"}, /* the quantity in front */
        {440, 130, 520, "240,00"},
        {20, 160, 200, "3 x Bs 50,00"}, /* a row of its own, before the item */
        {20, 190, 200, "QUESO BLANCO (E)"},
        {440, 190, 520, "150,00"},
        {20, 220, 300, "7591234567890 CAFE MOLIDO"}, /* words above their numbers */
        {60, 250, 200, "1.00 1.250,50"},
        {420, 250, 520, "1.250,50"},
        {20, 300, 200, "SUBTTL"},
        {420, 300, 520, "1.640,50"},
        {20, 330, 200, "TOTAL"},
        {420, 330, 520, "1.640,50"},
        {20, 360, 200, "EFECTIVO"},
        {420, 360, 520, "2.000,00"},
        {0, 0, 0, NULL},
    };
    printed_extract(pieces, record);
    assert_string_equal(record->rules, "tienda");
}

static void test_items_of_a_shop_receipt(void **state) {
    (void)state;
    struct record record;
    shop_with_items(&record);
    assert_string_equal(printed_value(&record, "items"), "HARINA DE MAIZ 1KG\t2\t240.00\n"
                                                         "QUESO BLANCO\t3\t150.00\t50.00\n"
                                                         "CAFE MOLIDO\t1\t1250.50\t1250.50");
}

static void test_items_that_do_not_add_up_are_not_given(void **state) {
    (void)state;
    static const struct piece pieces[] = {
        {100, 20, 440, "ABASTO LA PERLA C.A."},
        {20, 90, 300, "FACTURA: 00012345 FECHA: 12/03/2026"},
        {20, 130, 300, "HARINA DE MAIZ 1KG"},
        {440, 130, 520, "240,00"},
        {20, 190, 200, "QUESO BLANCO"},
        {440, 190, 520, "150,00"},
        {20, 330, 200, "TOTAL"},
        {420, 330, 520, "1.640,50"},
        {20, 360, 200, "EFECTIVO"},
        {420, 360, 520, "2.000,00"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(pieces, &record);
    assert_string_equal(record.rules, "tienda");
    assert_string_equal(printed_value(&record, "total"), "1640.50");
    assert_string_equal(printed_value(&record, "items"), "");
}

static void test_a_shop_receipt(void **state) {
    (void)state;
    static const struct piece pieces[] = {
        {100, 20, 440, "AURORA HARDWARE SDN BHD"},
        {100, 50, 440, "NO 7, JALAN MANIS 3, TAMAN SEGAR,"},
        {100, 80, 440, "56100 KUALA LUMPUR"},
        {100, 110, 440, "TEL: 03-12345678"},
        {20, 160, 300, "DATE: 21/09/2017 10:20"},
        {20, 220, 100, "HAMMER"},
        {440, 220, 520, "10.00"},
        {20, 280, 300, "TOTAL SALES (EXCLUDING GST) :"},
        {440, 280, 520, "10.00"},
        {20, 310, 200, "TOTAL GST :"},
        {440, 310, 520, "0.60"},
        {20, 340, 320, "TOTAL SALES (INCLUSIVE OF GST) :"},
        {440, 340, 520, "10.60"},
        {20, 370, 100, "CASH"},
        {440, 370, 520, "20.00"},
        {20, 400, 100, "CHANGE"},
        {440, 400, 520, "9.40"},
        {20, 460, 200, "GST SUMMARY"},
        {20, 490, 100, "TOTAL :"},
        {440, 490, 520, "99.00"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(pieces, &record);
    assert_string_equal(record.rules, "tienda");
    assert_string_equal(printed_value(&record, "company"), "AURORA HARDWARE SDN BHD");
    assert_string_equal(printed_value(&record, "date"), "2017-09-21");
    assert_string_equal(printed_value(&record, "total"), "10.60");
    assert_string_equal(printed_value(&record, "tax"), "0.60");
    assert_string_equal(printed_value(&record, "items"), "HAMMER\t\t10.00");
    assert_string_equal(printed_value(&record, "address"), "NO 7, JALAN MANIS 3, TAMAN SEGAR, 56100 KUALA LUMPUR");
}

static void test_an_empty_page_gives_an_empty_record(void **state) {
    (void)state;
    struct record_page page = {.lines = NULL, .line_count = 0, .width_px = 100, .height_px = 100};
    struct record record;
    arena_clear(&printed.arena);
    assert_int_equal(record_extract(&printed.arena, &printed.set, NULL, 0, &page, &record, NULL), LINCE_OK);
    assert_int_equal(record.field_count, 0);
    assert_true(printed_has_reason(&record, REASON_KIND, "none"));
}

static void test_every_refused_allocation_is_an_error_and_leaves_nothing(void **state) {
    (void)state;
    struct lince_line lines[PIECES_MOST];
    struct record_page page;
    struct record record;
    printed_page(beside, lines, &page);
    arena_clear(&printed.arena);
    uint64_t before = printed.meter.current_bytes;
    for (int64_t countdown = 1;; countdown++) {
        struct lince_error error = LINCE_ERROR_INIT;
        printed.meter.fail_countdown = countdown;
        enum lince_status status = record_extract(&printed.arena, &printed.set, NULL, 0, &page, &record, &error);
        bool reached = printed.meter.fail_countdown <= 0;
        printed.meter.fail_countdown = 0;
        arena_clear(&printed.arena);
        assert_int_equal(printed.meter.current_bytes, before);
        if (status == LINCE_OK) {
            assert_true(countdown > 1);
            if (!reached) {
                break;
            }
            continue; /* near a limit an arena asks for less and goes on */
        }
        assert_int_equal(status, LINCE_ERROR_MEMORY_LIMIT);
        assert_true(strlen(error.message) > 10);
    }
}

static void test_every_refused_allocation_of_a_set_is_an_error(void **state) {
    (void)state;
    struct meter own;
    struct layout_set opened;
    meter_init(&own, NULL, "own", METER_NO_LIMIT);
    int64_t step = 1;
    for (int64_t countdown = 1;; countdown += step) {
        own.fail_countdown = countdown;
        struct lince_error error = LINCE_ERROR_INIT;
        enum lince_status status = layout_set_open(&own, NULL, &opened, &error);
        bool reached = own.fail_countdown <= 0;
        own.fail_countdown = 0;
        if (status == LINCE_OK) {
            layout_set_close(&opened);
        } else {
            if (status != LINCE_ERROR_MEMORY_LIMIT) {
                print_error("allocation %lld: %s\n", (long long)countdown, error.message);
            }
            assert_int_equal(status, LINCE_ERROR_MEMORY_LIMIT);
        }
        assert_int_equal(own.current_bytes, 0);
        if (!reached) {
            break;
        }
        step = countdown > 60 ? 97 : 1; /* jansson allocates each value: a share of them tells */
    }
}

/* So many lines, one over the other, of these three texts by turns. */
static double hostile_page_ms(const char *const texts[3]) {
    enum { LINES = 600 }; /* more than are looked at */
    static struct lince_line lines[LINES];
    for (size_t i = 0; i < LINES; i++) {
        size_t row = i / 3;
        double x0 = (double)(i % 3) * 10, y0 = 20 + (double)row * 12;
        lines[i] = (struct lince_line){.text = texts[i % 3],
                                       .confidence = 0.99,
                                       .box = {x0, y0, x0 + 500, y0 + ROW_PX},
                                       .quad = {{x0, y0}, {x0 + 500, y0}, {x0 + 500, y0 + 24}, {x0, y0 + 24}}};
    }
    struct record_page page = {.lines = lines, .line_count = LINES, .width_px = 540, .height_px = 2500};
    struct record record;
    arena_clear(&printed.arena);
    clock_t start = clock(); /* of the processor: other programs may be using it too */
    assert_int_equal(record_extract(&printed.arena, &printed.set, NULL, 0, &page, &record, NULL), LINCE_OK);
    return 1000.0 * (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* More labels and values of everything than on any receipt. */
static void test_a_hostile_page_takes_bounded_time(void **state) {
    (void)state;
    static const char *const pages[][3] = {
        {"Referencia: 012345678901 Fecha 03/01/2024 10:41 Monto Bs. 1.234,50 a ANA PEREZ V-12.345.678 0414-1234567 "
         "Banco",
         "Beneficiario Banco Mercantil, C.A. Banco Universal para Cuenta 0102****1234 de la operacion numero de",
         "Monto total a debitar en bolivares Bs. 1.234,50 Bs. 1.234,50 Bs. 1.234,50 Bs. 1.234,50 Bs. 1.234,50"},
        {"Banco Mercantil 10:30 Banesco 11:45", "Ana Lugo Paz", "Pago móvil -10,00 12/03/2026 -11,00"},
        {"Banco Plaza C.A., RIF J-12345678-9 V-12345678", "10:30", "Ana <ana@mail.example> 12/03/2026 10:30"},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        double took = hostile_page_ms(pages[i]);
        print_message("a hostile page: %.0f ms\n", took);
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        assert_true(took < 5000);
#endif
    }
}

static void test_an_unknown_layout_is_named(void **state) {
    (void)state;
    const char *name = "nobody";
    struct record_page page = {.lines = NULL, .line_count = 0, .width_px = 100, .height_px = 100};
    struct record record;
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = LINCE_SPANISH;
    assert_int_equal(record_extract(&printed.arena, &printed.set, &name, 1, &page, &record, &error),
                     LINCE_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "no existe la plantilla \"nobody\""));
}

static void test_patterns_are_bounded(void **state) {
    (void)state;
    struct pattern *pattern;
    struct lince_error error = LINCE_ERROR_INIT;
    assert_int_equal(pattern_compile(&printed.meter, "^(a+)+$", &pattern, &error), LINCE_OK);
    assert_int_equal(pattern_search(pattern, "aaaa", 4, NULL, NULL), PATTERN_YES);
    static const char hostile[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
    clock_t start = clock();
    assert_int_equal(pattern_search(pattern, hostile, sizeof hostile - 1, NULL, NULL), PATTERN_GAVE_UP);
    assert_true(clock() - start < CLOCKS_PER_SEC);
    pattern_free(pattern);
    assert_int_equal(pattern_compile(&printed.meter, "(", &pattern, &error), LINCE_ERROR_LAYOUT);
    assert_null(pattern);
}

static void test_places_in_json(void **state) {
    (void)state;
    static const char text[] = "{\n  \"a\": [1, {\"b\\\"c\": \"}\"}],\n  \"d\": {\"e\": 5}\n}";
    struct json_step one[] = {{"a", 0}, {NULL, 1}}, two[] = {{"d", 0}, {"e", 0}}, none[] = {{"x", 0}};
    size_t line, column;
    json_place(text, sizeof text - 1, one, 2, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 12);
    json_place(text, sizeof text - 1, two, 2, &line, &column);
    assert_int_equal(line, 3);
    assert_int_equal(column, 14);
    json_place(text, sizeof text - 1, none, 1, &line, &column);
    assert_int_equal(line, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels_beside_values_and_their_traps),
        cmocka_unit_test(test_a_turned_page_gives_the_same_record),
        cmocka_unit_test(test_amounts_that_do_not_add_up_are_doubted),
        cmocka_unit_test(test_one_recognition_error_in_a_label_is_forgiven),
        cmocka_unit_test(test_headings_tell_the_two_sides_apart),
        cmocka_unit_test(test_a_wrapped_paragraph_without_labels),
        cmocka_unit_test(test_a_label_over_two_rows),
        cmocka_unit_test(test_a_list_without_labels),
        cmocka_unit_test(test_dots_lead_to_free_text),
        cmocka_unit_test(test_labels_without_colons_before_their_values),
        cmocka_unit_test(test_a_label_centred_beside_two_rows),
        cmocka_unit_test(test_a_sentence_tells_who_is_paid),
        cmocka_unit_test(test_a_bank_over_rows_beside_its_label),
        cmocka_unit_test(test_a_label_at_the_end_of_a_row_of_text),
        cmocka_unit_test(test_free_text_above_its_caption),
        cmocka_unit_test(test_a_shop_receipt),
        cmocka_unit_test(test_items_of_a_shop_receipt),
        cmocka_unit_test(test_items_that_do_not_add_up_are_not_given),
        cmocka_unit_test(test_an_empty_page_gives_an_empty_record),
        cmocka_unit_test(test_every_refused_allocation_is_an_error_and_leaves_nothing),
        cmocka_unit_test(test_every_refused_allocation_of_a_set_is_an_error),
        cmocka_unit_test(test_a_hostile_page_takes_bounded_time),
        cmocka_unit_test(test_an_unknown_layout_is_named),
        cmocka_unit_test(test_patterns_are_bounded),
        cmocka_unit_test(test_places_in_json),
    };
    return cmocka_run_group_tests_name("record", tests, printed_open, printed_close);
}
