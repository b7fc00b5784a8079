/* test_fields_messages.c - what banks and wallets write in sentences: amount, who is paid or pays, and the kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "printed.h"

enum { WANTED_MOST = 6 };

/* A message, its kind, and the fields that must come of it; "" must not. */
static const struct message {
    const char *text;
    enum page_kind kind;
    struct printed_wanted wanted[WANTED_MOST];
} messages[] = {
    {"Bancolombia le informa compra por $75.500 en\nFERIA SAS. T.*1234. Saldo: $425.000",
     KIND_NOTIFICATION,
     {{"monto", "75500.00"}, {"moneda", "COP"}, {"beneficiario", "FERIA SAS"}, {"pagador", ""}}},
    {"Nequi: Pagaste $25.000 en MERCATODO. Saldo:\n$175.000",
     KIND_NOTIFICATION,
     {{"monto", "25000.00"}, {"beneficiario", "MERCATODO"}}},
    {"Nequi: Pagaste $25.000 en DROGAS LA 14. Saldo: $175.000",
     KIND_NOTIFICATION,
     {{"monto", "25000.00"}, {"beneficiario", "DROGAS LA 14"}}},
    {"Davivienda: compra $250.000 en CASA LINDA.\nSaldo: $750.000",
     KIND_NOTIFICATION,
     {{"monto", "250000.00"}, {"beneficiario", "CASA LINDA"}}},
    /* Firms with numbers and legal forms. */
    {"Nequi: Pagaste $25.000 en FARMACIA 24 con tu tarjeta 1234.",
     KIND_NOTIFICATION,
     {{"monto", "25000.00"}, {"beneficiario", "FARMACIA 24"}}},
    {"Banesco: Realizaste un pago de Bs. 1.234,50 a TALLER LA ESPIGA 2031 C.A.\nel 12/11/25 a las 10:41. Ref. "
     "001234567",
     KIND_NOTIFICATION,
     {{"monto", "1234.50"}, {"beneficiario", "TALLER LA ESPIGA 2031 C.A."}, {"fecha", "2025-11-12"}}},
    {"Banesco: Realizaste un pago de Bs. 1.234,50 a 7 Mares C.A.\nel 12/11/25 a las 10:41. Ref. 001234567",
     KIND_NOTIFICATION,
     {{"monto", "1234.50"}, {"beneficiario", "7 Mares C.A."}}},
    {"Bancolombia: Compraste $45.900 en Loma Verde Ltda. con tu T.Deb *1234, el 12/11/2025 a las 10:41.",
     KIND_NOTIFICATION,
     {{"monto", "45900.00"}, {"beneficiario", "Loma Verde Ltda."}, {"fecha", "2025-11-12"}}},
    {"Bancolombia: Compraste $45.900 en Claro S.A. con tu T.Deb *1234, el 12/11/2025 a las 10:41.",
     KIND_NOTIFICATION,
     {{"monto", "45900.00"}, {"beneficiario", "Claro S.A."}, {"fecha", "2025-11-12"}}},
    {"Nequi: Pagaste $25.000 en EXITO TARJETA 123 el 12/11/2025.",
     KIND_NOTIFICATION,
     {{"monto", "25000.00"}, {"beneficiario", "EXITO TARJETA"}}},
    {"Nequi: Recibiste $50.000 de Nelida Iriarte.\nDisponible: $150.000",
     KIND_NOTIFICATION,
     {{"monto", "50000.00"}, {"pagador", "Nelida Iriarte"}, {"beneficiario", ""}}},
    {"Bancolombia le informa transferencia enviada\npor $300.000 a ROSAURA NAVA. Saldo: $700.000",
     KIND_NOTIFICATION,
     {{"monto", "300000.00"}, {"beneficiario", "ROSAURA NAVA"}, {"pagador", ""}}},
    {"Bancolombia: Recibiste un pago de LOS CEDROS\npor $1,595,260.00 en tu cuenta de Ahorros el\n30/04/2025 a las "
     "10:40",
     KIND_NOTIFICATION,
     {{"monto", "1595260.00"}, {"pagador", "LOS CEDROS"}, {"fecha", "2025-04-30"}, {"hora", "10:40"}}},
    {"BanSur informa: Ud. recibio un PagoMovil de MARBELYS\nRONDON por Bs.4.510,00 el 08/02/26 18:22 desde el\n"
     "0102-Venezuela. Ref:004417722019",
     KIND_NOTIFICATION,
     {{"monto", "4510.00"}, {"pagador", "MARBELYS RONDON"}, {"referencia", "004417722019"}, {"hora", "18:22"}}},
    {"Ha recibido 22,500.00 Colones de KEYLOR MORA UGALDE por\nSINPE Movil, el 30/04/2026. Motivo: pulperia. "
     "Comprobante\n"
     "2026043018820447188204471. Consultas al 2284-4718",
     KIND_NOTIFICATION,
     {{"monto", "22500.00"},
      {"moneda", "CRC"},
      {"pagador", "KEYLOR MORA UGALDE"},
      {"referencia", "2026043018820447188204471"},
      {"concepto", "pulperia"}}},
    {"Recibiste una transferencia\n$ 12.500\nDe Loma Verde Ltda.\nCUIT: 30-71718820-5\nFecha: 19/01/2026 18:22",
     KIND_PAYMENT_RECEIVED,
     {{"pagador", "Loma Verde Ltda."}, {"monto", "12500.00"}, {"fecha", "2026-01-19"}}},
    /* A machine is nobody. */
    {"Nequi: Retiraste $100.000 en CAJERO CENTRO.\nSaldo: $50.000",
     KIND_NOTIFICATION,
     {{"monto", "100000.00"}, {"beneficiario", ""}}},
    {"Candela Ocanto te yapeo S/ 89.00. El codigo de\nseguridad es 418",
     KIND_NOTIFICATION,
     {{"monto", "89.00"}, {"moneda", "PEN"}, {"pagador", "Candela Ocanto"}, {"beneficiario", ""}}},
    {"BDV: PagomovilBDV recibido por Bs. 2.450,00 del\ntelf. 0414-1234567 Ref: 615200441882 en fecha\n01-06-26 hora "
     "15:08",
     KIND_NOTIFICATION,
     {{"monto", "2450.00"},
      {"moneda", "VES"},
      {"referencia", "615200441882"},
      {"fecha", "2026-06-01"},
      {"hora", "15:08"}}},
    {"Nequi: No te alcanzo para pagar $10.560 en\nTIENDA DEL SOL.", KIND_PAYMENT_FAILED, {{"monto", "10560.00"}}},
    {"Banco de Chile: Te informamos que se ha realizado\nuna compra por $12.990 con cargo a Cuenta ****1234\nen OPTICA "
     "EL FARO el 12/03/2025 10:33.",
     KIND_NOTIFICATION,
     {{"monto", "12990.00"}, {"moneda", "CLP"}, {"beneficiario", "OPTICA EL FARO"}, {"fecha", "2025-03-12"}}},
};

static void test_messages(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        struct record record;
        printed_rows(messages[i].text, &record);
        if (record.kind != messages[i].kind) {
            fail_msg("message %zu is a %s", i, kind_name(record.kind));
        }
        printed_expect(&record, "message", i, messages[i].wanted, WANTED_MOST);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
