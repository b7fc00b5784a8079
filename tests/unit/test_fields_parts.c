/* test_fields_parts.c - taxes, withheld taxes and means of payment of sales, row by row, in several countries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "printed.h"

/* A sale, and what must come of it; NULL is not looked at. */
struct sale {
    const char *page, *taxes, *withheld, *payments, *tax, *paid, *total, *reason;
};

static const struct sale sales[] = {
    /* Letters between tax and rate; bases on rows of their own; IGTF without a base; two means of payment. */
    {"=SENIAT\n=RIF J-40123456-7\n=INVERSIONES EL TURPIAL C.A.\nFACTURA:\t00012345\nFECHA: 12-05-2025\tHORA: 10:41\n"
     "QUESO FRESCO (G)\tBs 200,00\nCAFE MOLIDO (G)\tBs 124,14\nSUBTTL\tBs 324,14\nBI G (16,00%)\tBs 324,14\n"
     "IVA G (16,00%)\tBs 51,86\nIGTF (3,00%)\tBs 6,00\nTOTAL\tBs 382,00\nDIVISAS\tBs 200,00\nPAGO MOVIL\tBs 182,00",
     "IVA G\t16.00\t324.14\t51.86\nIGTF\t3.00\t\t6.00", "", "DIVISAS\t200.00\nPAGO MOVIL\t182.00", "57.86", "382.00",
     "382.00", NULL},
    /* Two rates and something exempt; change. */
    {"=SENIAT\n=RIF J-30123456-1\n=BODEGON LA CAYENA, C.A.\nFACTURA:\t00004567\nFECHA: 03-06-2025\tHORA: 16:20\n"
     "PAN CAMPESINO (E)\tBs 50,00\nREFRESCO 2L (G)\tBs 100,00\nHARINA (R)\tBs 100,00\nSUBTTL\tBs 250,00\n"
     "EXENTO (E)\tBs 50,00\nBI G (16,00%)\tBs 100,00\nIVA G (16,00%)\tBs 16,00\nBI R (8,00%)\tBs 100,00\n"
     "IVA R (8,00%)\tBs 8,00\nTOTAL\tBs 274,00\nEFECTIVO\tBs 300,00\nCAMBIO\tBs 26,00",
     "IVA G\t16.00\t100.00\t16.00\nIVA R\t8.00\t100.00\t8.00", "", "EFECTIVO\t300.00", "24.00", "300.00", "274.00",
     NULL},
    /* Zeros beside amounts do not count; a wallet beside cash. */
    {"=FERRETERIA LOS MANGOS S.A.C.\n=RUC 20512345678\n=BOLETA DE VENTA ELECTRONICA\nFECHA DE EMISION: 12/05/2025\n"
     "TORNILLO 2IN\t10.00\nLLAVE STILLSON\t90.00\nOP. GRAVADA\tS/ 84.75\nI.G.V. 18%\tS/ 15.25\nICBPER\tS/ 0.00\n"
     "IMPORTE TOTAL\tS/ 100.00\nYAPE\tS/ 40.00\nEFECTIVO\tS/ 100.00\nVUELTO\tS/ 40.00",
     "I.G.V.\t18\t84.75\t15.25", "", "YAPE\t40.00\nEFECTIVO\t100.00", "15.25", "140.00", "100.00", NULL},
    /* The service that the law asks for is no tax. */
    {"=RESTAURANTE EL FARO SRL\n=RNC 1-31-12345-6\n=COMPROBANTE FISCAL NCF B0200001234\nFECHA 12/05/2025 20:15\n"
     "MOFONGO\tRD$ 400.00\nCERVEZA\tRD$ 200.00\nSUB-TOTAL\tRD$ 600.00\nITBIS 18%\tRD$ 108.00\n10% LEY\tRD$ 60.00\n"
     "TOTAL\tRD$ 768.00\nTARJETA\tRD$ 768.00",
     "ITBIS\t18\t600.00\t108.00", "", "TARJETA\t768.00", "108.00", "768.00", "768.00", NULL},
    /* What the buyer keeps back. */
    {"=CONSULTORIA TRES RIOS SC\n=RFC CTR850101AB1\n=FACTURA CFDI\nFolio:\tA-1234\nFecha:\t12/05/2025\n"
     "Servicios profesionales\t$10,000.00\nSubtotal\t$10,000.00\nIVA 16%\t$1,600.00\nRet. ISR 10%\t$1,000.00\n"
     "Ret. IVA 10.6667%\t$1,066.67\nTotal\t$9,533.33",
     "IVA\t16\t10000.00\t1600.00", "Ret. ISR\t10\t10000.00\t1000.00\nRet. IVA\t10.6667\t10000.00\t1066.67", "",
     "1600.00", "", "9533.33", NULL},
    /* A tax inside the prices, at two rates; a card and cash with change. */
    {"=SUPERMERCADO LA CEIBA S.A.\nCUIT 30-70123456-3\nTIQUE FACTURA B 0001-00004321\nFecha 12/05/25 Hora 11:02\n"
     "LECHE\t1.210,00\nPAN\t1.105,00\nSUBTOTAL\t2.315,00\nIVA 21,00%\t210,00\nIVA 10,50%\t105,00\nTOTAL\t2.315,00\n"
     "TARJETA DEBITO\t2.000,00\nEFECTIVO\t400,00\nSU VUELTO\t85,00",
     "IVA\t21.00\t\t210.00\nIVA\t10.50\t\t105.00", "", "TARJETA DEBITO\t2000.00\nEFECTIVO\t400.00", "315.00", "2400.00",
     "2315.00", NULL},
    /* Amounts without decimals; a tip paid with the card. */
    {"=CAFETERIA EL TURPIAL LTDA\n=RUT 76.123.456-0\n=BOLETA ELECTRONICA N\xC2\xB0 12345\nFECHA: 12-05-2025\n"
     "CAFE\t$ 2.500\nTORTA\t$ 3.450\nNETO\t$ 5.000\nIVA 19%\t$ 950\nTOTAL\t$ 5.950\nPROPINA\t$ 595\n"
     "TARJETA CREDITO\t$ 6.545",
     "IVA\t19\t5000.00\t950.00", "", "TARJETA CREDITO\t6545.00", "950.00", "6545.00", "5950.00", NULL},
    {"=DROGUERIA LA CAYENA SAS\n=NIT 900.123.456-8\nFecha: 2025-05-12\nAcetaminofen\t$ 11.900\nJarabe\t$ 21.000\n"
     "Base 19%\t$ 10.000\nIVA 19%\t$ 1.900\nBase 5%\t$ 20.000\nIVA 5%\t$ 1.000\nRetefuente 2.5%\t$ 750\n"
     "TOTAL A PAGAR\t$ 32.150\nNequi\t$ 32.150",
     "IVA\t19\t10000.00\t1900.00\nIVA\t5\t20000.00\t1000.00", "Retefuente\t2.5\t\t750.00", "Nequi\t32150.00", "2900.00",
     "32150.00", "32150.00", NULL},
    /* The sum of the taxes repeats them. */
    {"=REPUESTOS EL FARO S.A.\n=RUC 80012345-6\n=TIMBRADO 12345678\nFecha: 12/05/2025\nFiltro\t110.000\n"
     "Aceite\t231.000\nTOTAL A PAGAR\t341.000\nIVA 5%\t11.000\nIVA 10%\t10.000\nTOTAL IVA\t21.000\nEFECTIVO\t350.000\n"
     "VUELTO\t9.000",
     "IVA\t5\t\t11000.00\nIVA\t10\t\t10000.00", "", "EFECTIVO\t350000.00", "21000.00", "350000.00", "341000.00", NULL},
    /* A table: the base first, then the tax. */
    {"=TRANSPORTES EL FARO CA\nRIF: J-31234567-8\nFACTURA N\xC2\xB0 1234\nFECHA: 12/05/2025\n"
     "Servicio de flete\tBs 1.000,00\nIVA 16%\t1.000,00 160,00\nIGTF 3%\t500,00 15,00\nTOTAL\tBs 1.175,00\n"
     "ZELLE\tBs 500,00\nT. DEBITO\tBs 675,00",
     "IVA\t16\t1000.00\t160.00\nIGTF\t3\t500.00\t15.00", "", "ZELLE\t500.00\nT. DEBITO\t675.00", "175.00", "1175.00",
     "1175.00", NULL},
    {"=BLUE HERON CAFE\n=12 MAIN ST, AUSTIN TX 78701\n05/12/2025 9:15 "
     "AM\nLatte\t4.50\nSandwich\t9.50\nSubtotal\t14.00\n"
     "Sales Tax 8.25%\t1.16\nTip\t2.84\nTotal\t18.00\nVISA ****1234\t10.00\nCash\t8.00",
     "Sales Tax\t8.25\t14.00\t1.16", "", "VISA\t10.00\nCash\t8.00", "1.16", "18.00", "18.00", NULL},
    /* Several rates in one row, in one piece and in two, before their amounts, with their bases, and without names. */
    {"=AGROINSUMOS LA COSECHA LTDA\n=NIT 952.915.943-1\nFecha: 01/10/2026\nFungicida\t$ 1.000.000\n"
     "Concentrado\t$ 500.000\nSubtotal\t$ 1.500.000\nIVA 19% 190.000\tIVA 5% 25.000\nTOTAL A PAGAR\t$ 1.715.000",
     "IVA\t19\t\t190000.00\nIVA\t5\t\t25000.00", "", "", "215000.00", "", "1715000.00", NULL},
    {"=ABARROTES LA CUEVA\n=RFC ABC900101AX3\nFecha 09/09/2026 19:31\nREFRESCO\t100.00\nJABON\t100.00\n"
     "SUBTOTAL\t200.00\nIVA 16%: 16.00 IEPS 8%: 8.00\nTOTAL\t$224.00\nEFECTIVO\t$300.00\nCAMBIO\t$76.00",
     "IVA\t16\t\t16.00\nIEPS\t8\t\t8.00", "", "EFECTIVO\t300.00", "24.00", "300.00", "224.00", NULL},
    {"=FRIGORIFICO EL CEIBO S.A.\nCUIT 30-70123456-3\nFACTURA A 0008-00011874\nFecha 08/10/2026\n"
     "Media res\t140.000,00\nBolsas\t100.000,00\nImporte Neto Gravado: $\t240.000,00\n"
     "IVA 21%: $ 21.000,00 IVA 10.5%: $ 14.700,00 IVA 27%: $ 0,00\nImporte Total: $\t275.700,00",
     "IVA\t21\t\t21000.00\nIVA\t10.5\t\t14700.00", "", "", "35700.00", "", "275700.00", NULL},
    {"=CHARCUTERIA EL TURPIAL, C.A.\n=RIF J-40123456-7\nFACTURA:\t004417\nFECHA:\t12/06/2026\nQueso\t1.000,00\n"
     "Mortadela\t1.000,00\nBI G16% 1.000,00 IVA 160,00\tBI R8% 1.000,00 IVA 80,00\nTOTAL Bs\t2.240,00",
     "IVA\t16\t1000.00\t160.00\nIVA\t8\t1000.00\t80.00", "", "", "240.00", "", "2240.00", NULL},
    {"=AUTOSERVICE LA TABLADA SAS\n=RUC 216102650011\n20/10/2026 19:48\nYERBA\t500,00\nARROZ\t700,00\n"
     "Subtotal gravado\t1.200,00\nIVA M\xC3\xADnimo (10%) 50,00 IVA B\xC3\xA1sico (22%) 154,00\n"
     "TOTAL A PAGAR\t$ 1.404,00",
     "IVA M\xC3\xADnimo\t10\t\t50.00\nIVA B\xC3\xA1sico\t22\t\t154.00", "", "", "204.00", "", "1404.00", NULL},
    {"=SUPERMERCADO LA COLMENA S.R.L.\n=RUC: 80038342-7\nFecha: 11/10/2026\nDETERGENTE\t110.000\nFIDEO\t21.000\n"
     "TOTAL A PAGAR Gs.\t131.000\nIVA (5%) 1.000 (10%) 10.000\tTOTAL IVA 11.000",
     "IVA\t5\t\t1000.00\nIVA\t10\t\t10000.00", "", "", "11000.00", "", "131000.00", NULL},
    {"=RESTAURANTE LA CEIBA AZUL\n=RTN: 08019018447188\nFecha: 26/09/2026\nPOLLO\t300.00\nCERVEZA\t400.00\n"
     "Importe Gravado 15%\t300.00\nImporte Gravado 18%\t400.00\nISV 15% 45.00\tISV 18% 72.00\n"
     "TOTAL A PAGAR L.\t817.00",
     "ISV\t15\t300.00\t45.00\nISV\t18\t400.00\t72.00", "", "", "117.00", "", "817.00", NULL},
    {"=TALLERES EL FARO SL\n=CIF B47188206\nFACTURA 2026-118\nFecha: 12/05/2026\nReparacion\t1.000,00\n"
     "IVA 21% 1.000,00\tIVA 210,00\nTOTAL\t1.210,00 EUR",
     "IVA\t21\t1000.00\t210.00", "", "", "210.00", "", "1210.00", NULL},
    {"=COMERCIAL EL FARO C.A.\n=RIF J-40123456-7\nFACTURA:\t004417\nFECHA:\t12/06/2026\nServicio\t5.000,00\n"
     "IVA 10% 500,00\tIGTF 50,00\nTOTAL Bs\t5.550,00",
     "IVA\t10\t\t500.00\nIGTF\t\t\t50.00", "", "", "550.00", "", "5550.00", NULL},
    /* A rate behind the price of an item is no tax of the sale. */
    {"=KIOSCO LA ESQUINA S.A.\nCUIT 30-70123456-3\nTIQUE FACTURA B 0001-00004321\nFecha 12/05/2026\nYERBA 1 x 1.210,00 "
     "IVA 21%\t1.210,00\n"
     "IVA 21%\t210,00\nTOTAL\t$ 1.210,00",
     "IVA\t21\t\t210.00", "", "", "210.00", "", "1210.00", NULL},
    /* A summary of taxes repeats what is printed above; a card that is bought is no payment. */
    {"=KEDAI RUNCIT MAJU SDN BHD\nTAX INVOICE\nDate: 12/05/2018 10:30\nGIFT CARD\t10.00\nSOAP\t4.00\n"
     "Subtotal\t14.00\nGST 6%\t0.84\nTotal\t14.84\nCash\t20.00\nChange\t5.16\nGST SUMMARY\nGST 6%\t14.00 0.84",
     "GST\t6\t14.00\t0.84", "", "Cash\t20.00", "0.84", "20.00", "14.84", NULL},
    /* Contradictions are named: a rate that does not make the tax, payments that do not make the total. */
    {"=ABASTO LA PERLA C.A.\n=RIF J-30123456-1\nFECHA: 12/05/2025\nQUESO\tBs 100,00\nSUBTOTAL\tBs 100,00\n"
     "IVA 16%\tBs 100,00 19,00\nTOTAL\tBs 116,00\nEFECTIVO\tBs 116,00",
     "IVA\t16\t100.00\t19.00", "", "EFECTIVO\t116.00", "19.00", "116.00", "116.00", "taxes"},
    {"=ABASTO LA PERLA C.A.\n=RIF J-30123456-1\nFECHA: 12/05/2025\nQUESO\tBs 100,00\nSUBTOTAL\tBs 100,00\n"
     "IVA 16%\tBs 16,00\nTOTAL\tBs 116,00\nEFECTIVO\tBs 200,00\nPAGO MOVIL\tBs 20,00\nCAMBIO\tBs 4,00",
     "IVA\t16\t100.00\t16.00", "", "EFECTIVO\t200.00\nPAGO MOVIL\t20.00", "16.00", NULL, "116.00", "payments"},
};

static void value_check(const struct record *record, size_t sale, const char *name, const char *wanted) {
    if (wanted != NULL && strcmp(printed_value(record, name), wanted) != 0) {
        fail_msg("sale %zu: %s is \"%s\", not \"%s\"", sale, name, printed_value(record, name), wanted);
    }
}

static void test_rows_of_sales(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof sales / sizeof *sales; i++) {
        struct record record;
        printed_rows(sales[i].page, &record);
        value_check(&record, i, "taxes", sales[i].taxes);
        value_check(&record, i, "withheld", sales[i].withheld);
        value_check(&record, i, "payments", sales[i].payments);
        value_check(&record, i, "tax", sales[i].tax);
        value_check(&record, i, "paid", sales[i].paid);
        value_check(&record, i, "total", sales[i].total);
        bool taxes = printed_has_reason(&record, REASON_SUM, "taxes"),
             payments = printed_has_reason(&record, REASON_SUM, "payments");
        assert_true(taxes == (sales[i].reason != NULL && strcmp(sales[i].reason, "taxes") == 0));
        assert_true(payments == (sales[i].reason != NULL && strcmp(sales[i].reason, "payments") == 0));
        if (sales[i].reason == NULL && printed_has_reason(&record, REASON_SUM, "total")) {
            fail_msg("sale %zu: its parts make the total", i);
        }
    }
}

/* Amounts that agree are surer than the same amounts that nothing confirms. */
static void test_sums_tell_how_sure_rows_are(void **state) {
    (void)state;
    struct record record;
    printed_rows("=ABASTO LA PERLA C.A.\nFECHA: 12/05/2025\nSUBTOTAL\tBs 100,00\nIVA 16%\tBs 16,00\nTOTAL\tBs 116,00",
                 &record);
    double agreeing = record_find(&record, "taxes")->confidence;
    printed_rows("=ABASTO LA PERLA C.A.\nFECHA: 12/05/2025\nSUBTOTAL\tBs 100,00\nIVA 16%\tBs 16,00\nTOTAL\tBs 131,00",
                 &record);
    double contradicted = record_find(&record, "taxes")->confidence;
    assert_true(printed_has_reason(&record, REASON_SUM, "total"));
    assert_true(agreeing > contradicted);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_of_sales),
        cmocka_unit_test(test_sums_tell_how_sure_rows_are),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
