/* test_fields_traps.c - the traps of payment receipts, one small page for each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "printed.h"

/* The copy icon behind the number, a split mask, a phone as destination, the one bank that is the payee's. */
static void test_bdv_icon_and_split_mask(void **state) {
    (void)state;
    static const char *const operations[] = {"012345678901 O", "012345678901 0", "012345678901[]", "012345678901 C"};
    struct piece card[] = {
        {180, 60, 360, "PagomóvilBDV Personas"},
        {200, 140, 340, "1.234,50 Bs"},
        {20, 200, 90, "Fecha:"},
        {400, 200, 520, "03/01/2024"},
        {20, 240, 130, "Operación:"},
        {360, 240, 520, NULL},
        {20, 280, 160, "Identificación:"},
        {420, 280, 520, "12345678"},
        {20, 320, 100, "Origen:"},
        {400, 320, 520, "0102* ***1234"},
        {20, 360, 110, "Destino:"},
        {390, 360, 520, "04141234567"},
        {20, 400, 90, "Banco:"},
        {260, 400, 520, "0105 - BANCO MERCANTIL"},
        {20, 440, 130, "Concepto:"},
        {470, 440, 520, "1500"},
        {0, 0, 0, NULL},
    };
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        struct record record;
        card[5].text = operations[i];
        printed_extract(card, &record);
        assert_string_equal(record.layout, "bdv");
        assert_string_equal(printed_value(&record, "referencia"), "012345678901");
        assert_string_equal(printed_value(&record, "cuenta_origen"), "0102****1234");
        assert_string_equal(printed_value(&record, "telefono"), "04141234567");
        assert_string_equal(printed_value(&record, "banco_destino"), "0105");
        assert_string_equal(printed_value(&record, "banco_origen"), "0102");
        assert_string_equal(printed_value(&record, "monto"), "1234.50");
        assert_string_equal(printed_value(&record, "concepto"), "1500");
    }
}

/* The payee's paragraph breaks behind the bank's hyphen; the authorisation code is no reference; no date is printed. */
static void test_bnc_paragraph_and_codes(void **state) {
    (void)state;
    static const struct piece screen[] = {
        {20, 10, 70, "9:41"},
        {40, 60, 220, "Cuenta debitada:"},
        {60, 90, 360, "Cta. Corriente BNC: ***1234"},
        {40, 140, 180, "Beneficiario:"},
        {60, 170, 480, "0414-1234567 ANA PEREZ V-12345678 -"},
        {60, 197, 180, "MERCANTIL"},
        {40, 250, 140, "Monto:"},
        {60, 280, 200, "Bs. 100,00"},
        {40, 330, 160, "Comisión:"},
        {60, 360, 160, "Bs. 0,30"},
        {40, 410, 120, "Total:"},
        {60, 440, 200, "Bs. 100,30"},
        {40, 490, 180, "Referencia:"},
        {60, 520, 200, "123456789 D"},
        {40, 570, 260, "Código autorizador:"},
        {60, 600, 150, "654321"},
        {40, 650, 150, "Concepto:"},
        {60, 680, 90, "12"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(screen, &record);
    assert_string_equal(record.layout, "bnc");
    assert_string_equal(printed_value(&record, "banco_destino"), "0105");
    assert_string_equal(printed_value(&record, "cedula"), "V12345678");
    assert_string_equal(printed_value(&record, "monto"), "100.00");
    assert_string_equal(printed_value(&record, "comision"), "0.30");
    assert_string_equal(printed_value(&record, "referencia"), "123456789");
    assert_string_equal(printed_value(&record, "concepto"), "12");
    assert_null(record_find(&record, "fecha"));
    assert_null(record_find(&record, "hora"));
}

/* Leading zeros at the lower edge; the bank of who is paid is not whose app it is. */
static void test_provincial_leading_zeros(void **state) {
    (void)state;
    static const struct piece screen[] = {
        {150, 60, 390, "El dinero fue enviado"},
        {190, 110, 350, "Bs. 320,50"},
        {200, 200, 340, "Dinero Rápido"},
        {200, 240, 340, "BBVA Provincial"},
        {20, 600, 90, "Banco:"},
        {205, 600, 400, "BANCO MERCANTIL"},
        {20, 650, 180, "Número celular:"},
        {205, 650, 340, "04141234567"},
        {20, 700, 180, "Identificación:"},
        {205, 700, 320, "V12345678"},
        {20, 750, 120, "Concepto:"},
        {205, 750, 260, "Pan"},
        {20, 800, 90, "Fecha:"},
        {205, 800, 320, "03/01/2024"},
        {20, 1076, 140, "Referencia:"},
        {205, 1076, 320, "000012345"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(screen, &record);
    assert_string_equal(record.layout, "provincial");
    assert_string_equal(printed_value(&record, "referencia"), "000012345");
    assert_string_equal(printed_value(&record, "banco_destino"), "0105");
    assert_string_equal(printed_value(&record, "banco_origen"), "0108");
    assert_string_equal(printed_value(&record, "monto"), "320.50");
}

/* The time of printing, a masked phone and account, a legal name over two rows, a concept that looks like a number. */
static void test_mercantil_time_of_printing(void **state) {
    (void)state;
    static const struct piece page[] = {
        {360, 20, 530, "05/02/2024 - 11:59:00 pm"},
        {20, 60, 120, "Mercantil"},
        {380, 60, 520, "Envío de Tpago"},
        {180, 120, 360, "Operación realizada"},
        {20, 180, 150, "Desde mi cuenta"},
        {210, 180, 330, "Se Envió (Bs.)"},
        {370, 180, 500, "Al beneficiario"},
        {20, 210, 190, "Cuenta de Ahorro - ••••1234"},
        {210, 210, 280, "320,50"},
        {370, 210, 500, "0414 - ••••567"},
        {370, 235, 535, "Banco Mercantil, C.A. S.A.C.A. Banco"},
        {370, 260, 450, "Universal"},
        {370, 285, 460, "Ana perez"},
        {370, 310, 490, "V - 12.345.678"},
        {20, 360, 100, "Concepto"},
        {210, 360, 340, "Nro. Referencia"},
        {370, 360, 480, "Fecha y hora"},
        {20, 390, 90, "123 45"},
        {210, 390, 330, "01234567890"},
        {370, 390, 530, "03/01/2024 - 10:41:00 am"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(page, &record);
    assert_string_equal(record.layout, "mercantil");
    assert_string_equal(printed_value(&record, "fecha"), "2024-01-03");
    assert_string_equal(printed_value(&record, "hora"), "10:41");
    assert_string_equal(printed_value(&record, "telefono"), "0414****567");
    assert_string_equal(printed_value(&record, "cuenta_origen"), "****1234");
    assert_string_equal(printed_value(&record, "cedula"), "V12345678");
    assert_string_equal(printed_value(&record, "banco_destino"), "0105");
    assert_string_equal(printed_value(&record, "monto"), "320.50");
    assert_string_equal(printed_value(&record, "concepto"), "123 45");
    assert_string_equal(printed_value(&record, "referencia"), "01234567890");
}

/* A key and a balance in the messages around the receipt are neither reference nor amount. */
static void test_messages_of_a_bank(void **state) {
    (void)state;
    static const struct piece thread[] = {
        {40, 200, 480, "Tu clave de pagos es 76459349. No la"},
        {40, 224, 260, "compartas con nadie."},
        {40, 320, 510, "Mercantil: Enviaste Tpago por Bs. 580,00 al"},
        {40, 344, 470, "0414***4140 de Banplus, documento V-"},
        {40, 368, 500, "18242971. 06/04/24 a las 13:33 Nro"},
        {40, 392, 180, "474455421901."},
        {40, 480, 520, "Mercantil: tu saldo disponible es Bs. 1.757,00"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(thread, &record);
    assert_string_equal(printed_value(&record, "monto"), "580.00");
    assert_string_equal(printed_value(&record, "referencia"), "474455421901");
    assert_string_equal(printed_value(&record, "cedula"), "V18242971");
    assert_string_equal(printed_value(&record, "banco_origen"), "0105");
    assert_string_equal(printed_value(&record, "banco_destino"), "0174");
    assert_string_equal(printed_value(&record, "fecha"), "2024-04-06");
    assert_string_equal(printed_value(&record, "hora"), "13:33");
    assert_null(record_find(&record, "beneficiario"));
}

/* A photograph of a screen held askew: each value stands lower than its label. Boxes come back as on the photograph. */
static void test_a_page_held_askew(void **state) {
    (void)state;
    static const struct piece straight[] = {
        {20, 100, 120, "Monto"},      {380, 100, 520, "Bs. 1.234,50"}, {20, 140, 140, "Referencia"},
        {360, 140, 520, "012345678"}, {20, 180, 100, "Fecha"},         {400, 180, 520, "03/01/2024"},
        {20, 220, 120, "Mensaje"},    {440, 220, 520, "Jugada"},       {0, 0, 0, NULL},
    };
    static const double slope = -0.11;
    struct lince_line lines[PIECES_MOST];
    struct record_page page;
    struct record record;
    arena_clear(&printed.arena);
    size_t count = printed_page(straight, lines, &page);
    for (size_t i = 0; i < count; i++) {
        struct lince_box *box = &lines[i].box;
        for (size_t j = 0; j < 4; j++) {
            lines[i].quad[j].y += slope * lines[i].quad[j].x;
        }
        box->y0 = lines[i].quad[1].y;
        box->y1 = lines[i].quad[3].y;
    }
    assert_int_equal(record_extract(&printed.arena, &printed.set, NULL, 0, &page, &record, NULL), LINCE_OK);
    assert_string_equal(printed_value(&record, "referencia"), "012345678");
    assert_string_equal(printed_value(&record, "concepto"), "Jugada");
    assert_int_equal(record_find(&record, "monto")->found_by, FOUND_RIGHT);
    struct lince_box given = record_find(&record, "referencia")->box;
    assert_true(given.y0 >= lines[3].box.y0 && given.y1 <= lines[3].box.y1);
}

/* A colon lost, a wrong letter, a space lost, a label split over three rows. */
static void test_labels_misread(void **state) {
    (void)state;
    static const struct piece page[] = {
        {20, 60, 200, "Pago enviado"},   {20, 120, 150, "Imparte"},
        {380, 120, 520, "Bs. 98,13"},    {20, 200, 150, "Cédula de"},
        {20, 224, 150, "identidad del"}, {20, 248, 150, "beneficiario"},
        {380, 224, 520, "V-12.345.678"}, {20, 320, 150, "Telefonoreceptor"},
        {380, 320, 520, "04141234567"},  {20, 380, 150, "Nro.Referencia"},
        {380, 380, 520, "012345678901"}, {20, 440, 150, "Fecha"},
        {380, 440, 520, "03-ENE-24"},    {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(page, &record);
    assert_string_equal(printed_value(&record, "monto"), "98.13");
    assert_string_equal(printed_value(&record, "telefono"), "04141234567");
    assert_string_equal(printed_value(&record, "cedula"), "V12345678");
    assert_string_equal(printed_value(&record, "referencia"), "012345678901");
    assert_string_equal(printed_value(&record, "fecha"), "2024-01-03");
    assert_null(record_find(&record, "beneficiario"));
}

/* Where rows stand as far apart as all others, "Cuenta" and the heading "Receptor" below it are no label of two rows.
 */
static void test_a_label_and_a_heading_below_it(void **state) {
    (void)state;
    static const struct piece page[] = {
        {20, 100, 120, "Pagador"},
        {20, 128, 120, "Cédula"},
        {240, 128, 380, "V-11111111"},
        {20, 156, 120, "Cuenta"},
        {240, 156, 400, "0175****3112"},
        {20, 184, 120, "Receptor"},
        {20, 212, 120, "Cédula"},
        {240, 212, 380, "V-22222222"},
        {20, 240, 120, "Banco"},
        {240, 240, 500, "0105 - BANCO MERCANTIL"},
        {20, 268, 120, "Monto"},
        {240, 268, 380, "Bs. 10,00"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(page, &record);
    assert_string_equal(printed_value(&record, "cedula"), "V22222222");
    assert_string_equal(printed_value(&record, "cuenta_origen"), "0175****3112");
    assert_string_equal(printed_value(&record, "banco_destino"), "0105");
    assert_null(record_find(&record, "cuenta_destino"));
}

/* A title is no label, the hour of printing is not the payment's, the phone's own bar is no text. */
static void test_what_is_not_on_the_page_is_not_given(void **state) {
    (void)state;
    static const struct piece page[] = {
        {20, 20, 380, "Impreso el 05/02/2024 08:15:00"},
        {20, 60, 260, "Detalle del movimiento"},
        {20, 120, 120, "Importe"},
        {380, 120, 520, "Bs. 98,13"},
        {20, 160, 200, "Terminal"},
        {440, 160, 520, "538933"},
        {20, 200, 200, "Afiliado"},
        {420, 200, 520, "40140620"},
        {20, 240, 150, "Fecha"},
        {400, 240, 520, "03/01/2024"},
        {20, 280, 150, "Referencia"},
        {400, 280, 520, "012345678901"},
        {150, 1060, 170, "A"},
        {260, 1060, 280, "O"},
        {370, 1060, 390, "D"},
        {0, 0, 0, NULL},
    };
    static const char *const absent[] = {"concepto", "hora", "cedula", "telefono", "beneficiario", "banco_destino"};
    struct record record;
    printed_extract(page, &record);
    assert_string_equal(printed_value(&record, "fecha"), "2024-01-03");
    assert_string_equal(printed_value(&record, "referencia"), "012345678901");
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        assert_string_equal(printed_value(&record, absent[i]), "");
    }
}

/* An amount under a title, the app's name behind other words, an order's number for a reference. */
static void test_a_wallet_without_the_usual_labels(void **state) {
    (void)state;
    static const struct piece page[] = {
        {150, 60, 390, "Mi Pago Bancaribe"},
        {220, 110, 320, "Listo"},
        {180, 150, 360, "-Bs. 1.660,00"},
        {20, 220, 120, "ID de orden"},
        {380, 220, 520, "652081887237"},
        {20, 260, 120, "Para qué"},
        {440, 260, 520, "Pan"},
        {20, 300, 120, "Cuándo"},
        {400, 300, 520, "18–10–2025"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(page, &record);
    assert_string_equal(printed_value(&record, "monto"), "1660.00");
    assert_string_equal(printed_value(&record, "banco_origen"), "0114");
    assert_string_equal(printed_value(&record, "referencia"), "652081887237");
    assert_string_equal(printed_value(&record, "concepto"), "Pan");
    assert_string_equal(printed_value(&record, "fecha"), "2025-10-18");
}

/* An e-mail's head and foot: who is greeted, when it was sent, the bank's own number and telephone are not paid. */
static void test_an_email_around_a_payment(void **state) {
    (void)state;
    static const struct piece mail[] = {
        {20, 20, 400, "Banco Plaza <avisos@correo.example>"},
        {20, 50, 260, "28 FEB 2026 10:32"},
        {20, 80, 300, "Para: ana@mail.example"},
        {20, 130, 260, "Hola, Ana Lugo Paz:"},
        {20, 180, 520, "El 27/02/2026 a las 21:07 realizaste un pago móvil"},
        {20, 206, 520, "por Bs. 75,30 a favor de Luis Mora Gil, titular de la"},
        {20, 232, 520, "cédula V-23922066, al teléfono0424-5657376 del Banco"},
        {20, 258, 520, "Mercantil. El número de referencia es"},
        {20, 284, 180, "328153886666."},
        {20, 340, 520, "Banco Plaza C.A., RIF J-58767429-5. Llámanos al"},
        {20, 366, 520, "0212-1934523 o al 0501-1571217."},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(mail, &record);
    assert_string_equal(printed_value(&record, "fecha"), "2026-02-27");
    assert_string_equal(printed_value(&record, "hora"), "21:07");
    assert_string_equal(printed_value(&record, "cedula"), "V23922066");
    assert_string_equal(printed_value(&record, "telefono"), "04245657376");
    assert_string_equal(printed_value(&record, "referencia"), "328153886666");
    assert_string_not_equal(printed_value(&record, "beneficiario"), "ana@mail.example");
    assert_string_not_equal(printed_value(&record, "beneficiario"), "Hola, Ana Lugo Paz");
}

/* A chat: the clock of each message, and the field to write in, say nothing of the payment. */
static void test_a_chat_around_a_payment(void **state) {
    (void)state;
    static const struct piece chat[] = {
        {200, 40, 480, "¿Ya hizo el pago?"},
        {490, 40, 535, "07:13"},
        {20, 120, 200, "PAGO MÓVIL"},
        {20, 150, 240, "Banco: Bancamiga"},
        {20, 180, 240, "Telf: 04145956225"},
        {20, 210, 240, "CI: V-30132451"},
        {20, 240, 240, "Monto: 6.947,11 Bs"},
        {20, 270, 300, "Ref: 446701302829"},
        {490, 300, 535, "07:13"},
        {200, 360, 420, "Recibido, gracias"},
        {490, 390, 535, "07:14"},
        {20, 1000, 240, "Mensaje de texto"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(chat, &record);
    assert_string_equal(printed_value(&record, "monto"), "6947.11");
    assert_string_equal(printed_value(&record, "referencia"), "446701302829");
    assert_string_equal(printed_value(&record, "hora"), "");
    assert_string_equal(printed_value(&record, "concepto"), "");
}

/* One payment opened in an account's history: its row names it, and the charges around it are none of it. */
static void test_a_movement_in_a_history(void **state) {
    (void)state;
    static const struct piece history[] = {
        {20, 40, 260, "Banco Plaza"},
        {20, 100, 300, "Compra punto de venta"},
        {400, 100, 520, "-246.211,09"},
        {20, 126, 130, "25/05/2025"},
        {20, 180, 280, "Pago móvil enviado"},
        {420, 180, 520, "-135,66"},
        {20, 206, 130, "24/05/2025"},
        {40, 250, 180, "Referencia"},
        {380, 250, 520, "262791435"},
        {40, 280, 180, "Cédula"},
        {400, 280, 520, "V-18978187"},
        {20, 340, 280, "Comisión mensual"},
        {420, 340, 520, "-96.579,29"},
        {20, 366, 130, "22/05/2025"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(history, &record);
    assert_string_equal(printed_value(&record, "monto"), "135.66");
    assert_string_equal(printed_value(&record, "fecha"), "2025-05-24");
    assert_string_equal(printed_value(&record, "comision"), "");
}

/* The bank at the head of a terminal's slip is the shop's, which is paid. */
static void test_a_slip_of_a_terminal(void **state) {
    (void)state;
    static const struct piece slip[] = {
        {120, 20, 420, "BANCO DE VENEZUELA"},
        {120, 50, 420, "LUGO E HIJOS C.A."},
        {120, 80, 420, "RIF J-608547914"},
        {20, 140, 400, "FECHA: 27/03/2024 HORA: 08:34"},
        {20, 170, 400, "AFILIADO: 89893576 TERM: 3398"},
        {20, 200, 400, "LOTE: 285 TRACE: 627540"},
        {20, 230, 300, "TELF: 04223551156"},
        {20, 260, 300, "REF: 259243516443"},
        {20, 320, 400, "MONTO BS. 65.900,00"},
        {120, 380, 420, "NO REQUIERE FIRMA"},
        {120, 410, 420, "COPIA CLIENTE"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(slip, &record);
    assert_string_equal(record.rules, "punto");
    assert_string_equal(printed_value(&record, "banco_destino"), "0102");
    assert_string_equal(printed_value(&record, "banco_origen"), "");
    assert_string_equal(printed_value(&record, "referencia"), "259243516443");
}

/* Values parted by a middle dot, bullets that were not read, a person over the person's bank. */
static void test_values_without_labels_between_dots(void **state) {
    (void)state;
    static const struct piece screen[] = {
        {180, 40, 360, "Banco Plaza"},
        {180, 100, 360, "Ana Lugo Paz"},
        {180, 130, 360, "Banco Mercantil"},
        {180, 180, 360, "Bs. 20,24"},
        {20, 240, 360,
         "V-27142000\xC2\xB7"
         "04243548230"},
        {20, 290, 200, "Enviado desde"},
        {440, 290, 520, "2655"},
        {20, 330, 160, "Referencia"},
        {380, 330, 520, "00092985450"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(screen, &record);
    assert_string_equal(printed_value(&record, "cedula"), "V27142000");
    assert_string_equal(printed_value(&record, "telefono"), "04243548230");
    assert_string_equal(printed_value(&record, "cuenta_origen"), "****2655");
    assert_string_equal(printed_value(&record, "banco_origen"), "0138");
    assert_string_equal(printed_value(&record, "banco_destino"), "0105");
    assert_string_equal(printed_value(&record, "beneficiario"), "Ana Lugo Paz");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bdv_icon_and_split_mask),
        cmocka_unit_test(test_bnc_paragraph_and_codes),
        cmocka_unit_test(test_provincial_leading_zeros),
        cmocka_unit_test(test_mercantil_time_of_printing),
        cmocka_unit_test(test_messages_of_a_bank),
        cmocka_unit_test(test_a_page_held_askew),
        cmocka_unit_test(test_labels_misread),
        cmocka_unit_test(test_a_label_and_a_heading_below_it),
        cmocka_unit_test(test_what_is_not_on_the_page_is_not_given),
        cmocka_unit_test(test_a_wallet_without_the_usual_labels),
        cmocka_unit_test(test_an_email_around_a_payment),
        cmocka_unit_test(test_a_chat_around_a_payment),
        cmocka_unit_test(test_a_movement_in_a_history),
        cmocka_unit_test(test_a_slip_of_a_terminal),
        cmocka_unit_test(test_values_without_labels_between_dots),
    };
    return cmocka_run_group_tests_name("traps", tests, printed_open, printed_close);
}
