/* test_fields_buyers.c - buyers whose names have numbers, and other documents beside a sale's own number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "printed.h"

static const struct printed_case buyers[] = {
    {"Copper Kettle Printing, Inc.\n"
     "120 Main Street, Austin, TX 78701\n"
     "Sales receipt # INV-2031\n"
     "Date: 11/12/2025\n"
     "Bill To: Harbor Lights LLC\n"
     "45 Oak Avenue, Dallas, TX 75201\n"
     "Printing service                  270.00\n"
     "Sales tax                          20.00\n"
     "Please pay                       $290.00",
     {{"company", "Copper Kettle Printing, Inc."},
      {"buyer", "Harbor Lights LLC"},
      {"receipt_number", "INV-2031"},
      {"total", "290.00"}}},
    {"Nordlicht Papier GmbH\n"
     "USt-IdNr.: DE123456789\n"
     "Rechnung Nr. 004512\n"
     "Datum: 12.11.2025\n"
     "Kunde: Candela Iriarte Soto\n"
     "Papier                  1.234,56 EUR\n"
     "Gesamtbetrag            1.234,56 EUR",
     {{"company", "Nordlicht Papier GmbH"}, {"buyer", "Candela Iriarte Soto"}, {"total", "1234.56"}}},
    /* the head of the table below is no second row of the name */
    {"DISTRIBUIDORA EL SAMAN, C.A.\n"
     "RIF J-61103753-7\n"
     "NOTA DE ENTREGA N° 001882\n"
     "Fecha: 16/04/2026\n"
     "Cliente: BODEGA MI FUTURO, F.P.  RIF: V-12345678-9\n"
     "Cant.  Descripción  P. Unit.  Total\n"
     "10  Harina 1 kg  42,00  420,00\n"
     "Total Bs.  420,00",
     {{"buyer", "BODEGA MI FUTURO, F.P."}}},
    /* a label is no firm, and the date until which a number may be used is no date of payment */
    {"Nimbus Hosting, Inc.\n"
     "Account number:\n"
     "296664039561\n"
     "Bill to: Tidewater Labs LLC\n"
     "Invoice Number:  42183017\n"
     "Invoice Date:  August 3, 2026\n"
     "Tax  $1.61\n"
     "Total for this invoice  $24.11",
     {{"company", "Nimbus Hosting, Inc."}, {"total", "24.11"}}},
    {"FERRETERIA YVYRA S.A.\n"
     "RUC: 80012345-6\n"
     "TIMBRADO N° 16882044  Válido hasta 31/12/2026\n"
     "FACTURA N° 001-002-0044712\n"
     "Fecha: 26/03/2026\n"
     "2  Pintura latex 4L  120.000  240.000\n"
     "TOTAL Gs.  240.000",
     {{"date", "2026-03-26"}, {"due_date", ""}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA A-118\n"
     "Fecha: 16/04/2026\n"
     "Cliente: Junta de Vecinos N° 18 Villa Alegre\n"
     "\n"
     "Mercancía varia             $116.00\n"
     "Total                       $116.00",
     {{"buyer", "Junta de Vecinos N° 18 Villa Alegre"}}},
    {"COMERCIAL LOS BOLDOS SPA\n"
     "RUT 76.123.456-0\n"
     "FACTURA ELECTRONICA N° 118\n"
     "Fecha: 16/04/2026\n"
     "Señor(es): Consorcio Alem 1188\n"
     "\n"
     "Mercancía varia             $ 116\n"
     "Total                       $ 116",
     {{"buyer", "Consorcio Alem 1188"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\n"
     "RIF J-61103753-7\n"
     "FACTURA N° 001882\n"
     "Fecha: 16/04/2026\n"
     "Cliente:      Escuela N° 447 Manuel Belgrano\n"
     "\n"
     "Mercancía varia             Bs. 116,00\n"
     "Total                       Bs. 116,00",
     {{"buyer", "Escuela N° 447 Manuel Belgrano"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA A-118\n"
     "Fecha: 16/04/2026\n"
     "Razón Social: Comunidad de Propietarios Calle Luna 8\n"
     "\n"
     "Mercancía varia             $116.00\n"
     "Total                       $116.00",
     {{"buyer", "Comunidad de Propietarios Calle Luna 8"}}},
    {"COMERCIAL LOS BOLDOS SPA\n"
     "RUT 76.123.456-0\n"
     "FACTURA ELECTRONICA N° 118\n"
     "Fecha: 16/04/2026\n"
     "Nombre: Edificio Torre 3\n"
     "\n"
     "Mercancía varia             $ 116\n"
     "Total                       $ 116",
     {{"buyer", "Edificio Torre 3"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\n"
     "RIF J-61103753-7\n"
     "FACTURA N° 001882\n"
     "Fecha: 16/04/2026\n"
     "Cliente: Condominio Los Pinos II Etapa 2\n"
     "\n"
     "Mercancía varia             Bs. 116,00\n"
     "Total                       Bs. 116,00",
     {{"buyer", "Condominio Los Pinos II Etapa 2"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA A-118\n"
     "Fecha: 16/04/2026\n"
     "Señor(es): Colegio 9 de Julio S.A.\n"
     "\n"
     "Mercancía varia             $116.00\n"
     "Total                       $116.00",
     {{"buyer", "Colegio 9 de Julio S.A."}}},
    {"COMERCIAL LOS BOLDOS SPA\n"
     "RUT 76.123.456-0\n"
     "FACTURA ELECTRONICA N° 118\n"
     "Fecha: 16/04/2026\n"
     "Cliente:      Liceo 2 de Rocha\n"
     "\n"
     "Mercancía varia             $ 116\n"
     "Total                       $ 116",
     {{"buyer", "Liceo 2 de Rocha"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\n"
     "RIF J-61103753-7\n"
     "FACTURA N° 001882\n"
     "Fecha: 16/04/2026\n"
     "Razón Social: Club 25 de Mayo\n"
     "\n"
     "Mercancía varia             Bs. 116,00\n"
     "Total                       Bs. 116,00",
     {{"buyer", "Club 25 de Mayo"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA A-118\n"
     "Fecha: 16/04/2026\n"
     "Nombre: Grupo 4 S.A.\n"
     "\n"
     "Mercancía varia             $116.00\n"
     "Total                       $116.00",
     {{"buyer", "Grupo 4 S.A."}}},
    {"COMERCIAL LOS BOLDOS SPA\n"
     "RUT 76.123.456-0\n"
     "FACTURA ELECTRONICA N° 118\n"
     "Fecha: 16/04/2026\n"
     "Cliente: 3M PERU S.A.\n"
     "\n"
     "Mercancía varia             $ 116\n"
     "Total                       $ 116",
     {{"buyer", "3M PERU S.A."}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\n"
     "RIF J-61103753-7\n"
     "FACTURA N° 001882\n"
     "Fecha: 16/04/2026\n"
     "Señor(es): INVERSIONES 2021 C.A.\n"
     "\n"
     "Mercancía varia             Bs. 116,00\n"
     "Total                       Bs. 116,00",
     {{"buyer", "INVERSIONES 2021 C.A."}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA A-118\n"
     "Fecha: 16/04/2026\n"
     "Cliente:      Transportes 100 SRL\n"
     "\n"
     "Mercancía varia             $116.00\n"
     "Total                       $116.00",
     {{"buyer", "Transportes 100 SRL"}}},
    {"COMERCIAL LOS BOLDOS SPA\n"
     "RUT 76.123.456-0\n"
     "FACTURA ELECTRONICA N° 118\n"
     "Fecha: 16/04/2026\n"
     "Razón Social: Ferretería 5 Esquinas\n"
     "\n"
     "Mercancía varia             $ 116\n"
     "Total                       $ 116",
     {{"buyer", "Ferretería 5 Esquinas"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\n"
     "RIF J-61103753-7\n"
     "FACTURA N° 001882\n"
     "Fecha: 16/04/2026\n"
     "Nombre: Restaurant 1800\n"
     "\n"
     "Mercancía varia             Bs. 116,00\n"
     "Total                       Bs. 116,00",
     {{"buyer", "Restaurant 1800"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA A-118\n"
     "Fecha: 16/04/2026\n"
     "Cliente: Unidad Educativa No. 12\n"
     "\n"
     "Mercancía varia             $116.00\n"
     "Total                       $116.00",
     {{"buyer", "Unidad Educativa No. 12"}}},
    {"COMERCIAL LOS BOLDOS SPA\n"
     "RUT 76.123.456-0\n"
     "FACTURA ELECTRONICA N° 118\n"
     "Fecha: 16/04/2026\n"
     "Señor(es): COLEGIO N. 4-007 SAN MARTIN\n"
     "\n"
     "Mercancía varia             $ 116\n"
     "Total                       $ 116",
     {{"buyer", "COLEGIO N. 4-007 SAN MARTIN"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\n"
     "RIF J-61103753-7\n"
     "FACTURA N° 001882\n"
     "Fecha: 16/04/2026\n"
     "Cliente:      Hotel 4 Estaciones\n"
     "\n"
     "Mercancía varia             Bs. 116,00\n"
     "Total                       Bs. 116,00",
     {{"buyer", "Hotel 4 Estaciones"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA A-118\n"
     "Fecha: 16/04/2026\n"
     "Razón Social: Farmacia 24 Horas Ltda.\n"
     "\n"
     "Mercancía varia             $116.00\n"
     "Total                       $116.00",
     {{"buyer", "Farmacia 24 Horas Ltda."}}},
    {"COMERCIAL LOS BOLDOS SPA\n"
     "RUT 76.123.456-0\n"
     "FACTURA ELECTRONICA N° 118\n"
     "Fecha: 16/04/2026\n"
     "Nombre: Cooperativa 20 de Octubre R.L.\n"
     "\n"
     "Mercancía varia             $ 116\n"
     "Total                       $ 116",
     {{"buyer", "Cooperativa 20 de Octubre R.L."}}},
    /* What stands below a label with a value beside it is no buyer. */
    {"SORIA MARIANA INES\nCUIT: 27-28440193-5\nFACTURA C  N° 0002-00000447\nFecha: 29/10/2026\nCliente: 1188\n"
     "Condición de venta: Contado\nLimpieza        156.000,00\nTotal           156.000,00",
     {{"buyer", ""}}},
};

static const struct printed_case references[] = {
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA\n"
     "No. NC-118\n"
     "Fecha: 16/04/2026\n"
     "Comprobante que se modifica    FACTURA    001-002-000018844\n"
     "\n"
     "Mercancía varia             100.000\n"
     "Subtotal                    100.000\n"
     "IVA 19%                      19.000\n"
     "Total                       119.000",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA\n"
     "No. NC-118\n"
     "Fecha: 16/04/2026\n"
     "Documento modificado    FACTURA    F001-00044\n"
     "\n"
     "Mercancía varia             100.000\n"
     "Subtotal                    100.000\n"
     "IVA 19%                      19.000\n"
     "Total                       119.000",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA\n"
     "No. NC-118\n"
     "Fecha: 16/04/2026\n"
     "Documento de referencia: FACTURA 4471\n"
     "\n"
     "Mercancía varia             100.000\n"
     "Subtotal                    100.000\n"
     "IVA 19%                      19.000\n"
     "Total                       119.000",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA\n"
     "No. NC-118\n"
     "Fecha: 16/04/2026\n"
     "Referencia: Factura N° 4471 del 02/04/2026\n"
     "\n"
     "Mercancía varia             100.000\n"
     "Subtotal                    100.000\n"
     "IVA 19%                      19.000\n"
     "Total                       119.000",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA\n"
     "No. NC-118\n"
     "Fecha: 16/04/2026\n"
     "CFDI relacionado: 5E2D0471-AA18-4471-B820-0447188204FF\n"
     "\n"
     "Mercancía varia             100.000\n"
     "Subtotal                    100.000\n"
     "IVA 19%                      19.000\n"
     "Total                       119.000",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA\n"
     "No. NC-118\n"
     "Fecha: 16/04/2026\n"
     "Factura afectada: A-77\n"
     "\n"
     "Mercancía varia             100.000\n"
     "Subtotal                    100.000\n"
     "IVA 19%                      19.000\n"
     "Total                       119.000",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA\n"
     "No. NC-118\n"
     "Fecha: 16/04/2026\n"
     "NCF modificado: B0100004471\n"
     "\n"
     "Mercancía varia             100.000\n"
     "Subtotal                    100.000\n"
     "IVA 19%                      19.000\n"
     "Total                       119.000",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA\n"
     "No. NC-118\n"
     "Fecha: 16/04/2026\n"
     "Anula a la factura FE-77\n"
     "\n"
     "Mercancía varia             100.000\n"
     "Subtotal                    100.000\n"
     "IVA 19%                      19.000\n"
     "Total                       119.000",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA\n"
     "No. NC-118\n"
     "Fecha: 16/04/2026\n"
     "Documento que modifica    Boleta    B001-77\n"
     "\n"
     "Mercancía varia             100.000\n"
     "Subtotal                    100.000\n"
     "IVA 19%                      19.000\n"
     "Total                       119.000",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA\n"
     "No. NC-118\n"
     "Fecha: 16/04/2026\n"
     "Factura original    FV-77   02/04/2026\n"
     "\n"
     "Mercancía varia             100.000\n"
     "Subtotal                    100.000\n"
     "IVA 19%                      19.000\n"
     "Total                       119.000",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA\n"
     "No. NC-118\n"
     "Fecha: 16/04/2026\n"
     "Doc. Referencia    Factura    4471\n"
     "\n"
     "Mercancía varia             100.000\n"
     "Subtotal                    100.000\n"
     "IVA 19%                      19.000\n"
     "Total                       119.000",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA\n"
     "No. NC-118\n"
     "Fecha: 16/04/2026\n"
     "Afecta a    FACTURA    00004418\n"
     "\n"
     "Mercancía varia             100.000\n"
     "Subtotal                    100.000\n"
     "IVA 19%                      19.000\n"
     "Total                       119.000",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
};

/* Signs apart from their amounts; dollars beside the money of a country without its own show another country. */
static const struct printed_case signs[] = {
    {"RESTAURANTE RANCHO AZUL\nRUC J0310000447188\nFACTURA No. 18447\nFecha: 17/10/2026\n2 Guapote   760.00\n"
     "Subtotal    C$                 760.00\nIVA 15%     C$                 114.00\nTOTAL       C$                 "
     "874.00\n"
     "Equiv. US$                      23.88\nT/C 36.60",
     {{"currency", "NIO"}, {"company_id", "J0310000447188"}, {"exchange_rate", "36.60"}, {"second_total", "23.88"}}},
    {"FERRETERIA EL CEIBO\nRUC 1797170840001\nFACTURA No. 001-002-000004471\nFecha: 17/10/2026\n2 Pernos   76.00\n"
     "Subtotal    US$                 76.00\nIVA 15%     US$                 11.40\nTOTAL       US$                 "
     "87.40",
     {{"currency", "USD"}, {"total", "87.40"}}},
};

static void test_buyers_with_numbers(void **state) {
    (void)state;
    printed_check(buyers, sizeof buyers / sizeof *buyers, "buyer");
}

static void test_other_documents(void **state) {
    (void)state;
    printed_check(references, sizeof references / sizeof *references, "reference");
}

static void test_signs_apart(void **state) {
    (void)state;
    printed_check(signs, sizeof signs / sizeof *signs, "sign");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buyers_with_numbers),
        cmocka_unit_test(test_other_documents),
        cmocka_unit_test(test_signs_apart),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
