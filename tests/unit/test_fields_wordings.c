/* test_fields_wordings.c - the labels of a payment in other words, abbreviated, in the plural and as questions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

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
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
