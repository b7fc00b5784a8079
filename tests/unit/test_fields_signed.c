/*
 * test_fields_signed.c - receipts that persons sign, buyers without a label, numbers beside longer codes, and letters
 * of a bank about its client.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "printed.h"

enum { WANTED_MOST = 4 };

struct expected {
    const char *page;
    struct printed_wanted fields[WANTED_MOST];
};

static void check_all(const struct expected *all, size_t count, const char *what) {
    for (size_t i = 0; i < count; i++) {
        struct record record;
        printed_rows(all[i].page, &record);
        printed_expect(&record, what, i + 1, all[i].fields, WANTED_MOST);
    }
}

/* Who signs is the seller; the name behind "Recibí de" is the buyer's. */
static void test_the_seller_signs_at_the_foot(void **state) {
    (void)state;
    static const struct expected all[] = {
        {"=BOLETA DE HONORARIOS N° 41\nTemuco, 2 de junio de 2026\nSeñores: Taller Aldea Ltda.\nTotal honorarios\t$ "
         "180.000\n\n______________\nVioleta Antilef Curín\nRUT 20.825.556-8",
         {{"company", "Violeta Antilef Curín"}, {"company_id", "208255568"}, {"total", "180000.00"}}},
        {"=RECIBO DE ALQUILER\tN° 0007\n\t$ 310.000,00\nRecibí de Milagros Quiroga\nla suma de pesos trescientos diez "
         "mil\n"
         "en concepto de alquiler.\n\nLa Plata, 4 de junio de 2026\n\n........................\nHugo Bazterrica\nDNI "
         "14.417.220",
         {{"company", "Hugo Bazterrica"}, {"buyer", "Milagros Quiroga"}, {"total", "310000.00"}}},
        {"=RECIBO Nº 018\tR$ 320,00\n\nRecebemos de Condomínio Vila\na quantia de trezentos reais\n\nCampinas, 11 de "
         "junho "
         "de 2026\n\n______________\nNeuza Aparecida Farias\nCPF 118.820.447-54",
         {{"company", "Neuza Aparecida Farias"}, {"company_id", "11882044754"}, {"total", "320.00"}}},
        {"=RECIBO No. 0031\tPOR USD 160.00\nRecibí de: Ing. Patricio Bermeo\nLa cantidad de: ciento sesenta\nLoja, 6 "
         "de "
         "junio de 2026\n\n_______________\nNarcisa Cuenca Jumbo\nRecibí conforme",
         {{"company", "Narcisa Cuenca Jumbo"}, {"total", "160.00"}}},
        {"=RENT RECEIPT\tNo. 22\nDate: June 1, 2026\nReceived from: Gwen Tolliver\nThe sum of: "
         "$950.00\n\n______________\n"
         "Dorothy Kern\nLandlord",
         {{"company", "Dorothy Kern"}, {"buyer", "Gwen Tolliver"}, {"total", "950.00"}}},
        {"=RECIBO DE DINERO N° 118\nRecibimos de: Asociación de Tilarán\nLa suma de: ¢85.000,00\nTilarán, 10 de junio "
         "de "
         "2026\nFirma: Marvin Elizondo Rojas",
         {{"company", "Marvin Elizondo Rojas"}}},
        {"=RECIBO DE HONORARIOS PROFESIONALES\nHe recibido de: Clínica Los Samanes, C.A.\nUSD 250,00\nMaracaibo, 08 de "
         "junio de 2026\n\n______________\nBetzabé Urdaneta Finol\nC.I. V-14.417.220",
         {{"company", "Betzabé Urdaneta Finol"}, {"company_id", "V14417220"}}},
        {"=RECIBO DE ALQUILER\tN° 14\nRecibí de: Franklin Soto Ramos\nLa suma de: Setecientos soles\tS/ "
         "700.00\nArequipa, 1 "
         "de junio de 2026\n\n\n______________\nTeodora Mamani Quispe\nDNI 29441722\nArrendadora",
         {{"company", "Teodora Mamani Quispe"}, {"buyer", "Franklin Soto Ramos"}, {"total", "700.00"}}},
        /* the head of a firm with its own tax number stays the seller, whoever signs for it */
        {"=INVERSIONES LA PLAZA C.A.\n=RIF J-79287757-4\n=RECIBO N° 12\nRecibimos de: Ana Pérez\nLa suma de: Bs. "
         "100,00\nFecha: 08/06/2026\n\n______________\nLuis Mora Gil\nCajero",
         {{"company", "INVERSIONES LA PLAZA C.A."}, {"company_id", "J792877574"}}},
    };
    check_all(all, sizeof all / sizeof *all, "signed");
}

/* A "cuenta de cobro": the client stands above "Debe a" without a label, the person that is owed below. */
static void test_a_person_bills_a_client(void **state) {
    (void)state;
    static const struct expected all[] = {
        {"Pasto, 25 de marzo de 2026\n=CUENTA DE COBRO No. 018\n\nCORPORACION TEATRO\nNIT 900.123.456-8\n\nDEBE "
         "A:\nLeidy "
         "Tatiana Burbano\nC.C. 1.118.820.447 de Pasto\n\nLa suma de: SETECIENTOS MIL ($780.000)",
         {{"company", "Leidy Tatiana Burbano"},
          {"company_id", "1118820447"},
          {"total", "780000.00"},
          {"buyer", "CORPORACION TEATRO"}}},
        {"=CUENTA DE COBRO\nNo. 2026-14\nFecha: 09/06/2026\nCliente: Café Monte Alto SAS\nDebe a: Manuela "
         "Restrepo\nC.C.: "
         "1.044.178.220\nValor: $ 1.200.000",
         {{"company", "Manuela Restrepo"}, {"company_id", "1044178220"}, {"buyer", "Café Monte Alto SAS"}}},
        {"=CUENTA DE COBRO No 03\nALCALDÍA DE TADÓ\nNIT 900.123.456-8\nDEBE A\nYEISON PALACIOS MENA\nCC 11.441.722\nLA "
         "SUMA "
         "DE\nSEISCIENTOS MIL PESOS M/CTE\n$ 600.000\nTadó, 29 de mayo de 2026",
         {{"company", "YEISON PALACIOS MENA"}, {"company_id", "11441722"}, {"total", "600000.00"}}},
        {"Medellín, 10 de junio de 2026\nSeñores\nCONSTRUCTORA ALTOS SAS\nNIT 900.123.456-8\n\n=CUENTA DE COBRO No. "
         "44\nValor "
         "total: $ 2.350.000\n\nCordialmente,\nDarío Muñoz Gil\nC.C. 98.441.722",
         {{"company", "Darío Muñoz Gil"}, {"company_id", "98441722"}, {"buyer", "CONSTRUCTORA ALTOS SAS"}}},
    };
    check_all(all, sizeof all / sizeof *all, "cuenta de cobro");
}

static void test_a_buyer_without_a_label(void **state) {
    (void)state;
    static const struct expected all[] = {
        {"=PAPELES DEL NORTE SA DE CV\nRFC EIA840701C86\nFACTURA A-4417\t10/06/2026\n\nCOLEGIO AMANECER AC\nRFC "
         "AFE900618D87\n\nSubtotal\t1,500.00\nIVA 16%\t240.00\nTotal\t$1,740.00",
         {{"buyer", "COLEGIO AMANECER AC"},
          {"buyer_id", "AFE900618D87"},
          {"company_id", "EIA840701C86"},
          {"receipt_number", "A-4417"}}},
        {"=FERRETERÍA EL CERROJO S.A.S.\nNIT 900.123.456-8\nFACTURA DE VENTA FC-1044\nFecha: 2026-06-04\n\nCONJUNTO EL "
         "OLIVO\nNIT 860.034.313-7\n\nSubtotal\t300.000\nIVA 19%\t57.000\nTOTAL\t$ 357.000",
         {{"buyer", "CONJUNTO EL OLIVO"}, {"buyer_id", "8600343137"}, {"company_id", "9001234568"}}},
        {"=LIBRERÍA EL QUIPU E.I.R.L.\nRUC 20118019815\nFACTURA ELECTRÓNICA F001-441\n12/06/2026\n\nCOLEGIO LOS PINOS "
         "S.A.C.\nRUC 20540534153\n\nOP. GRAVADA\t100.00\nIGV 18%\t18.00\nIMPORTE TOTAL\tS/ 118.00",
         {{"buyer", "COLEGIO LOS PINOS S.A.C."}, {"buyer_id", "20540534153"}, {"company_id", "20118019815"}}},
        {"=INVERSIONES UNO, C.A.\nRIF J-79287757-4\nFACTURA N° 000441\nFECHA: 10/06/2026\n\nTRANSPORTE DOS, C.A.\nRIF "
         "J-84370946-9\n\nBase imponible\t1.000,00\nIVA 16%\t160,00\nTotal a pagar\tBs. 1.160,00",
         {{"buyer", "TRANSPORTE DOS, C.A."}, {"buyer_id", "J843709469"}, {"company_id", "J792877574"}}},
        {"=INVERSIONES UNO, C.A.\nRIF J-79287757-4\nFACTURA N° 000441\nFECHA: 10/06/2026\n\nTRANSPORTE DOS, C.A. RIF "
         "J-84370946-9\n\nBase imponible\t1.000,00\nIVA 16%\t160,00\nTotal a pagar\tBs. 1.160,00",
         {{"buyer", "TRANSPORTE DOS, C.A."}, {"buyer_id", "J843709469"}}},
        /* no second id: nobody is the buyer */
        {"=INVERSIONES UNO, C.A.\nRIF J-79287757-4\nAv. Bolívar, Caracas\nFACTURA N° 000441\nFECHA: 10/06/2026\n\nPan "
         "campesino\t100,00\nTotal a pagar\tBs. 100,00",
         {{"buyer", ""}, {"buyer_id", ""}}},
        /* the printer of the form is none either */
        {"=INVERSIONES UNO, C.A.\nRIF J-79287757-4\nFACTURA N° 000441\nFECHA: 10/06/2026\n\nPan\t100,00\nTotal "
         "a pagar\tBs. 100,00\nImprenta Dos, C.A.\nRIF J-84370946-9",
         {{"buyer", ""}, {"buyer_id", ""}, {"company_id", "J792877574"}}},
        {"=INVERSIONES UNO, C.A.\nRIF J-79287757-4\nFACTURA N° 000441\nFECHA: 10/06/2026\nAtendido por\nMaría "
         "Pérez\nV-31441722\n\nPan\t100,00\nTotal a pagar\tBs. 100,00",
         {{"buyer", ""}, {"buyer_id", ""}}},
        {"=LIBRERÍA EL QUIPU E.I.R.L.\nRUC 20118019815\nFACTURA ELECTRÓNICA F001-441\n12/06/2026\nAutorizado "
         "por\nRESGUARDO DIGITAL S.A.C.\nRUC 20540534153\n\nOP. GRAVADA\t100.00\nIMPORTE TOTAL\tS/ 118.00",
         {{"buyer", ""}, {"buyer_id", ""}}},
        {"=FERRETERÍA EL CERROJO S.A.S.\nNIT 900.123.456-8\nFACTURA DE VENTA FC-1044\nFecha: "
         "2026-06-04\n\nTOTAL\t$ 357.000\nProveedor tecnológico\nNUBES S.A.S.\nNIT 860.034.313-7",
         {{"buyer", ""}, {"buyer_id", ""}}},
    };
    check_all(all, sizeof all / sizeof *all, "buyer");
}

/* Words that only begin like those of a signature name nobody, and the customer who signs is no seller. */
static void test_who_signs_for_the_customer_is_no_seller(void **state) {
    (void)state;
    static const struct expected all[] = {
        {"=Gimnasio Titán\nRecibo N° 0045\nRecibí de: Carlos Rojas Paz\nTotal\t$ 50.000\nDEBE ABONAR EN CAJA",
         {{"company", "Gimnasio Titán"}, {"total", "50000.00"}}},
        {"=Academia Sol\nRecibo N° 0045\nRecibimos de: Carlos Rojas Paz\nTotal\t$ 50.000\n\nFIRMAS AUTORIZADAS",
         {{"company", "Academia Sol"}}},
        {"=RECIBO DE HONORARIOS N° 0045\nRecibí de: Carlos Rojas Paz\nla suma de\nTotal\t$ 50.000\n\nFIRMA Y SELLO",
         {{"company", ""}}},
        {"=RECIBO N° 0045\nRecibí de: Carlos Rojas Paz\nTotal\t$ 50.000\n\nFIRMA DEL CLIENTE", {{"company", ""}}},
        {"=Taller Mecánico Rápido\nRecibo N° 221\nRecibí de: Transporte Sur\nHonorarios por reparación\nTotal\t$ "
         "120.000\n\n____________________\nLuis Alberto Peña\nC.I. 12.345.678\nRecibí conforme (cliente)",
         {{"company", "Taller Mecánico Rápido"}}},
        {"=ESTUDIO CONTABLE RUIZ\nFactura 0001-00004455\nCliente: Panadería Sur\nHonorarios contables\t50.000\n"
         "Total\t$ 50.000\n\n____________________\nLaura Gómez Díaz\nRecibí conforme",
         {{"company", "ESTUDIO CONTABLE RUIZ"}}},
        /* the only amount of a sale is not always its total */
        {"=Tienda La Paz\nRUC 20118019815\nBoleta B001-123\nFecha 12/10/2025\nAhorraste S/ 5.00", {{"total", ""}}},
    };
    check_all(all, sizeof all / sizeof *all, "other signer");
}

/* The number of an electronic document is its control number, not the longer codes beside it. */
static void test_a_control_number_beside_a_code(void **state) {
    (void)state;
    static const char number[] = "DTE-01-S004P001-000000000044718";
    static const struct expected all[] = {
        {"=CAFE LA CUSCATLECA\nNIT: 0614-118820-447-1\n=FACTURA\nCódigo de generación: "
         "71882044-0C4F-4E19-9D01-118820447120\nNúmero de control: DTE-01-S004P001-000000000044718\nFecha: "
         "02/04/2026\nTotal "
         "a pagar\t$15.75",
         {{"receipt_number", number}, {"currency", "USD"}}},
        {"=CAFE LA CUSCATLECA\nNIT: 0614-118820-447-1\n=FACTURA\nNúmero de Control: "
         "DTE-01-S004P001-000000000044718\nCódigo "
         "de Generación: 71882044-0C4F-4E19-9D01-118820447120\nFecha: 02/04/2026\nTotal a pagar\t$15.75",
         {{"receipt_number", number}}},
        {"=CAFE LA CUSCATLECA\nNIT: 0614-118820-447-1\n=FACTURA\nCódigo de "
         "generación:\n71882044-0C4F-4E19-9D01-118820447120\nNúmero de "
         "control:\nDTE-01-S004P001-000000000044718\nFecha: "
         "02/04/2026\nTotal a pagar\t$15.75",
         {{"receipt_number", number}}},
        {"=CAFE LA CUSCATLECA\nNIT: 0614-118820-447-1\n=FACTURA\nN. Control: DTE-01-S004P001-000000000044718\nCod. "
         "Gen.: "
         "71882044-0C4F-4E19-9D01-118820447120\nFecha: 02/04/2026\nTotal a pagar\t$15.75",
         {{"receipt_number", number}}},
        {"=CAFE LA CUSCATLECA\nNIT: 0614-118820-447-1\n=FACTURA\nControl: DTE-01-S004P001-000000000044718\nGeneración: "
         "71882044-0C4F-4E19-9D01-118820447120\nSello: 20264471882044AB77\n02/04/2026\nTotal a pagar\t$15.75",
         {{"receipt_number", number}}},
        /* where both are printed, the control number of a Venezuelan invoice is not its number */
        {"=INVERSIONES UNO, C.A.\nRIF J-79287757-4\nFACTURA N° 000441\nN° DE CONTROL 00-001122\nFECHA: "
         "10/06/2026\nTotal\tBs. 100,00",
         {{"receipt_number", "000441"}, {"control_number", "00-001122"}}},
    };
    check_all(all, sizeof all / sizeof *all, "control number");
}

/* A bank's letter to the payee names its client, who pays. */
static void test_a_bank_tells_of_its_client(void **state) {
    (void)state;
    static const struct expected all[] = {
        {"Estimado cliente:\nLe informamos que nuestro cliente MARISOL GONZALEZ\nha realizado una transferencia ACH a "
         "su "
         "cuenta.\n\nMonto:\tUSD 220.00\nFecha:\t09/06/2026\nReferencia:\t44172209",
         {{"pagador", "MARISOL GONZALEZ"}, {"beneficiario", ""}, {"monto", "220.00"}}},
        {"Comprobante de transferencia\nNuestro cliente IGNACIO FRITZ OVALLE le ha hecho una\ntransferencia de "
         "fondos:\nMonto "
         "transferido\t$ 47.000\nFecha\t10/06/2026\nN° de comprobante\t90441722",
         {{"pagador", "IGNACIO FRITZ OVALLE"}, {"referencia", "90441722"}}},
        {"Notificación de transferencia SINPE\nNuestro cliente ALLAN MORA ha efectuado una\ntransferencia a su "
         "cuenta.\nMonto: ¢42.000,00\nFecha: 05/06/2026\nReferencia: 2026060544172209",
         {{"pagador", "ALLAN MORA"}, {"moneda", "CRC"}, {"beneficiario", ""}}},
        {"Constancia de abono\nNuestra cliente KATHERIN LOAYZA realizó una\ntransferencia a tu cuenta.\nMonto "
         "abonado\tS/ "
         "640.00\nFecha y hora\t07/06/2026 3:12 p. m.\nCódigo de operación\t0044172209",
         {{"pagador", "KATHERIN LOAYZA"}, {"monto", "640.00"}}},
        {"Le notificamos que nuestro cliente JESUS PIÑANGO ROA\nle ha efectuado un pago.\nMonto: Bs. 2.150,40\nFecha: "
         "12/06/2026\nReferencia: 004417220988",
         {{"pagador", "JESUS PIÑANGO ROA"}, {"monto", "2150.40"}, {"referencia", "004417220988"}}},
        {"Te informamos que nuestro(a) cliente JACINTO NAVA ha efectuado una\ntransferencia de fondos a tu cuenta con "
         "el "
         "siguiente detalle:\nMonto:\t$85.000\nFecha:\t09/02/2026\nN° de operación:\t77120945",
         {{"pagador", "JACINTO NAVA"}, {"referencia", "77120945"}}},
    };
    check_all(all, sizeof all / sizeof *all, "client");
}

/* Who asks for money is the one to be paid. */
static void test_who_asks_is_the_payee(void **state) {
    (void)state;
    static const struct expected all[] = {
        {"=Solicitud de pago\nFerney Arboleda te pide\n^$ 135.000,00\nPor: arreglo de la nevera",
         {{"beneficiario", "Ferney Arboleda"}, {"monto", "135000.00"}}},
        {"=Solicitud de pago\nAna Pérez Soto te solicita\n^Bs. 135,00", {{"beneficiario", "Ana Pérez Soto"}}},
        {"=Payment request\nGwen Tolliver is requesting $45.00", {{"beneficiario", "Gwen Tolliver"}}},
        {"=Solicitud de pago\n^S/ 60.00\nPor: la cena del viernes", {{"beneficiario", ""}, {"monto", "60.00"}}},
    };
    check_all(all, sizeof all / sizeof *all, "request");
}

/* What the law asks of a sale is missed; what cannot be there yet is not. */
static void test_what_may_be_missing(void **state) {
    (void)state;
    static const struct {
        const char *page, *field;
        bool missed;
    } all[] = {
        {"=INVERSIONES UNO, C.A.\nAv. Bolívar, Caracas, Venezuela\nFACTURA N° 000441\nFECHA: 10/06/2026\nIVA "
         "16%\t16,00\nTotal a pagar\tBs. 116,00",
         "company_id", true},
        {"=COMERCIAL UNO S.A.C.\nLima, Perú\nBOLETA DE VENTA N° B001-441\nFECHA: 10/06/2026\nIGV 18%\t18.00\nTotal\tS/ "
         "118.00",
         "company_id", true},
        {"=INVERSIONES UNO, C.A.\nRIF J-79287757-4\nFACTURA N° 000441\nFECHA: 10/06/2026\nTotal a pagar\tBs. 116,00",
         "company_id", false},
        {"=Juniper Coffee\n418 Oak Rd, Dayton, OH 45402\nReceipt # 4417\nJune 4, 2026\nSubtotal\t$9.00\nTotal\t$9.88",
         "company_id", false},
        {"=COTIZACION\n=UNO, C.A.\nCaracas, Venezuela\nCliente:\tAna Pérez\nSUBTOTAL\t100,00\nTOTAL\tBs. 116,00",
         "company_id", false},
        {"=Solicitud de pago\n\nMonto:\tBs. 100,00\nBeneficiario:\tAna Pérez\n=Pendiente", "referencia", false},
        {"=Solicitud de pago\n\nMonto:\tBs. 100,00\nBeneficiario:\tAna Pérez\n=Pendiente", "fecha", false},
        {"=Transferencia rechazada\n\nMonto:\tBs. 100,00\nFecha:\t10/06/2026\n=Fondos insuficientes", "referencia",
         false},
        {"=Transferencia rechazada\n\nMonto:\tBs. 100,00\nBeneficiario:\tAna Pérez\n=Fondos insuficientes", "fecha",
         true},
        {"=Pago móvil exitoso\n\nMonto:\tBs. 100,00\nFecha:\t10/06/2026\nBanco destino:\t0105", "referencia", true},
    };
    struct doubt_model kept = printed.set.doubt;
    assert_int_equal(doubt_review_set(&printed.set.doubt, "page=1", NULL), LINCE_OK); /* every page is looked at */
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct record record;
        printed_rows(all[i].page, &record);
        if (printed_has_reason(&record, REASON_MISSING, all[i].field) != all[i].missed) {
            fail_msg("page %zu: %s", i + 1, all[i].field);
        }
    }
    printed.set.doubt = kept;
}

/* A sign that only one country has needs no other evidence; one of two countries does. */
static void test_a_sign_of_one_country_is_not_doubted(void **state) {
    (void)state;
    struct record record;
    printed_rows("=Pix enviado\n\nValor\tR$ 60,00\nPara\tAna Lima\nData\t12/06/2026", &record);
    double sure = record_find(&record, "moneda")->confidence;
    printed_rows("=Transferencia exitosa\n\nMonto\tBs. 60,00\nPara\tAna Lima\nFecha\t12/06/2026", &record);
    assert_true(sure > 0.9);
    assert_true(record_find(&record, "moneda")->confidence < sure);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_seller_signs_at_the_foot),
        cmocka_unit_test(test_a_person_bills_a_client),
        cmocka_unit_test(test_a_buyer_without_a_label),
        cmocka_unit_test(test_who_signs_for_the_customer_is_no_seller),
        cmocka_unit_test(test_a_control_number_beside_a_code),
        cmocka_unit_test(test_a_bank_tells_of_its_client),
        cmocka_unit_test(test_who_asks_is_the_payee),
        cmocka_unit_test(test_what_may_be_missing),
        cmocka_unit_test(test_a_sign_of_one_country_is_not_doubted),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
