/* test_fields_wordings.c - the labels of payments and sales in other words, abbreviated, in the plural and as
 * questions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "printed.h"

enum { WANTED_MOST = 3 };

/* A page with "%s" for the label, the label, and the fields that must come of it; "" must not. */
struct wording {
    const char *page, *label;
    struct printed_wanted wanted[WANTED_MOST];
};

static const char payee_right[] = "=Transferencia exitosa\nOrdenante:\tOlegario Mora Lugo\n%s\tCandela Iriarte Soto\n"
                                  "Monto:\tBs. 1.234,50\nReferencia:\t001284409177\nFecha:\t12/11/2025";
static const char payee_after[] = "=Transferencia exitosa\nOrdenante: Olegario Mora Lugo\n%s: Candela Iriarte Soto\n"
                                  "Monto: Bs. 1.234,50\nReferencia: 001284409177\nFecha: 12/11/2025";
static const char payer_right[] =
    "=Transferencia exitosa\n%s\tOlegario Mora Lugo\nBeneficiario:\tCandela Iriarte Soto\n"
    "Monto:\tBs. 1.234,50\nReferencia:\t001284409177\nFecha:\t12/11/2025";
static const char number_right[] = "=Transferencia exitosa\nBeneficiario:\tCandela Iriarte Soto\n"
                                   "Monto:\tBs. 1.234,50\n%s\t001284409177\nFecha:\t12/11/2025";
static const char concept_right[] = "=Transferencia exitosa\nBeneficiario:\tCandela Iriarte Soto\n"
                                    "Monto:\tBs. 1.234,50\nReferencia:\t001284409177\nFecha:\t12/11/2025\n"
                                    "%s\tPago de alquiler";

static const struct wording wordings[] = {
    {payee_right, "Benef.", {{"beneficiario", "Candela Iriarte Soto"}, {"pagador", "Olegario Mora Lugo"}}},
    {payee_right, "Abonado a", {{"beneficiario", "Candela Iriarte Soto"}, {"pagador", "Olegario Mora Lugo"}}},
    {payee_right, "Nom. beneficiario", {{"beneficiario", "Candela Iriarte Soto"}, {"pagador", "Olegario Mora Lugo"}}},
    {payee_after,
     "Titular de la cuenta",
     {{"beneficiario", "Candela Iriarte Soto"}, {"pagador", "Olegario Mora Lugo"}}},
    {payee_after,
     "Destinatario / Beneficiario",
     {{"beneficiario", "Candela Iriarte Soto"}, {"pagador", "Olegario Mora Lugo"}}},
    {payee_after, "Nombre y apellidos", {{"beneficiario", "Candela Iriarte Soto"}, {"pagador", "Olegario Mora Lugo"}}},
    /* A question, and a row whose label is unknown, which does not go on with the name above. */
    {payee_after,
     "\xC2\xBF"
     "A qui\xC3\xA9n?",
     {{"beneficiario", "Candela Iriarte Soto"}, {"pagador", "Olegario Mora Lugo"}}},
    {payee_after, "Anotado a", {{"pagador", "Olegario Mora Lugo"}}},
    {payer_right, "Depositante:", {{"beneficiario", "Candela Iriarte Soto"}, {"pagador", "Olegario Mora Lugo"}}},
    {payer_right, "Cliente origen", {{"beneficiario", "Candela Iriarte Soto"}, {"pagador", "Olegario Mora Lugo"}}},
    {number_right, "N\xC2\xB0 de transferencia", {{"referencia", "001284409177"}}},
    {number_right, "Op. N\xC2\xB0", {{"referencia", "001284409177"}}},
    {number_right, "Trx ID", {{"referencia", "001284409177"}}},
    {number_right, "N\xC3\xBAmero de pago", {{"referencia", "001284409177"}}},
    {concept_right, "Mensaje al beneficiario", {{"concepto", "Pago de alquiler"}}},
    {concept_right, "Leyenda", {{"concepto", "Pago de alquiler"}}},
};

static const char sale[] = "Papelería Azul, C.A.\nRIF: J-30112233-4\n%s\nFecha: 12/11/2025\n"
                           "Descripción             Cant.      Precio       Total\n"
                           "Servicio de impresión    2         100,00      200,00\n"
                           "Papel bond               1          50,00       50,00\n"
                           "Subtotal:                               250,00\n"
                           "IVA 16%%:                                 40,00\n";

/* The row of a label, and what must come of it. */
static const struct {
    const char *row;
    struct printed_wanted wanted[WANTED_MOST];
} sales[] = {
    {"Fact. N° 00012345", {{"receipt_number", "00012345"}}},
    {"FACT. # 00012345", {{"receipt_number", "00012345"}}},
    {"Factura electrónica\nFACT-0012345", {{"receipt_number", "FACT-0012345"}}},
    {"N° FACT-0012345", {{"receipt_number", "FACT-0012345"}}},
    {"Inv. # 00012345", {{"receipt_number", "00012345"}}},
    {"N° de recibo 00012345", {{"receipt_number", "00012345"}}},
    {"Señor: Luis Mora Gil", {{"buyer", "Luis Mora Gil"}}},
    {"Atn. Luis Mora Gil\nRIF: J-40998877-6", {{"company", "Papelería Azul, C.A."}}},
    {"Cliente - Razón Social: Luz Azul, C.A.", {{"buyer", "Luz Azul, C.A."}}},
};

static void test_wordings_of_sales(void **state) {
    static const char *const totals[] = {"Neto a pagar",    "Total a cancelar", "Total IVA incluido", "TOTAL FACTURADO",
                                         "Importe a pagar", "Total con IVA",    "Total pagado"};
    char page[1024];
    struct record record;
    (void)state;
    for (size_t i = 0; i < sizeof sales / sizeof *sales; i++) {
        snprintf(page, sizeof page, sale, sales[i].row);
        strncat(page, "TOTAL Bs.:                              290,00", sizeof page - strlen(page) - 1);
        printed_columns(page, &record);
        printed_expect(&record, sales[i].row, i, sales[i].wanted, WANTED_MOST);
    }
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        const struct printed_wanted wanted[] = {{"total", "290.00"}};
        size_t bytes = (size_t)snprintf(page, sizeof page, sale, "FACTURA N° 00012345");
        snprintf(page + bytes, sizeof page - bytes, "%-40s290,00", totals[i]);
        printed_columns(page, &record);
        printed_expect(&record, totals[i], i, wanted, 1);
    }
}

static void test_wordings(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
        struct record record;
        printed_rows_with(wordings[i].page, wordings[i].label, &record);
        printed_expect(&record, wordings[i].label, i, wordings[i].wanted, WANTED_MOST);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wordings),
        cmocka_unit_test(test_wordings_of_sales),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
