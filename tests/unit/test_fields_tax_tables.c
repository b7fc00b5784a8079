/* test_fields_tax_tables.c - taxes below heads, in tables of rate, base and tax and in single rows, of many countries.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "printed.h"

static const struct printed_case tables[] = {
    {"Ultramarinos Benimar S.L.\n"
     "NIF B47188206\n"
     "Factura 2026/0441\n"
     "Fecha 06/06/2026\n"
     "\n"
     "Concepto                   Cantidad   Precio    Importe\n"
     "Vino tinto                 10         10,00     100,00\n"
     "Jamón curado               5          10,00      50,00\n"
     "\n"
     "Base imponible     % IVA     Cuota IVA\n"
     "100,00             21        21,00\n"
     "50,00              10        5,00\n"
     "\n"
     "TOTAL FACTURA                      176,00 €",
     {{"tax", "26.00"}, {"taxes", "IVA\t21\t100.00\t21.00\nIVA\t10\t50.00\t5.00"}, {"total", "176.00"}}},
    {"  PANIFICADORA LA ESPIGA S.L.\n"
     "      CIF B47188206\n"
     "FACTURA SIMPLIFICADA  T-118820\n"
     "07/06/2026 09:11\n"
     "NAPOLITANA             12,43\n"
     "BARRA                   3,33\n"
     "                      ------\n"
     "TOTAL EUR              16,76\n"
     "TARJETA                16,76\n"
     "TIPO IVA     BASE     CUOTA\n"
     "10,00%      11,30     1,13\n"
     "4,00%        3,20     0,13\n"
     "GRACIAS POR SU VISITA",
     {{"tax", "1.26"}, {"taxes", "IVA\t10.00\t11.30\t1.13\nIVA\t4.00\t3.20\t0.13"}, {"total", "16.76"}}},
    {"Padaria Estrela do Tejo, Lda\n"
     "Rua do Sol 14, Lisboa\n"
     "NIF 501964843\n"
     "Fatura simplificada FS 2026/118\n"
     "Data: 02/03/2026\n"
     "Bolo rei                   10,60\n"
     "Queijo da Serra            12,30\n"
     "Vinho                      11,00\n"
     "TOTAL                      33,90 EUR\n"
     "Taxa IVA    Base Incid.    Valor IVA\n"
     "6%          10,00          0,60\n"
     "23%         10,00          2,30\n"
     "22%         9,00           2,00",
     {{"tax", "4.90"}, {"total", "33.90"}}},
    {"Officine Bellavista S.r.l.\n"
     "P. IVA 04471188201\n"
     "FATTURA n. 118/2026\n"
     "Data fattura: 11/04/2026\n"
     "Descrizione                   Quantità   Prezzo    Importo\n"
     "Riparazione pompa             1          100,00    100,00\n"
     "Ricambi vari                  2          100,00    200,00\n"
     "Aliquota IVA    Imponibile    Imposta\n"
     "22%             100,00        22,00\n"
     "10%             200,00        20,00\n"
     "TOTALE FATTURA                342,00 €",
     {{"tax", "42.00"}, {"taxes", "IVA\t22\t100.00\t22.00\nIVA\t10\t200.00\t20.00"}, {"total", "342.00"}}},
    {"Atelier des Tilleuls SARL\n"
     "Facture n° FA-2026-077\n"
     "Date de facture 04/05/2026\n"
     "Désignation                  Quantité   Prix unitaire   Montant\n"
     "Pose de carrelage            1          100,00          100,00\n"
     "Fournitures                  2          50,00           100,00\n"
     "Taux TVA    Base HT     Montant TVA\n"
     "20 %        100,00      20,00\n"
     "10 %        100,00      10,00\n"
     "Total TTC                          230,00 €",
     {{"tax", "30.00"}, {"taxes", "TVA\t20\t100.00\t20.00\nTVA\t10\t100.00\t10.00"}, {"total", "230.00"}}},
    {"Lindenhof Handels GmbH\n"
     "Rechnung Nr. 2026-0447\n"
     "Datum: 12.05.2026\n"
     "Kaffee                                    107,00\n"
     "Geschirr                                  119,00\n"
     "MwSt-Satz     Netto      MwSt      Brutto\n"
     "19%           100,00     19,00     119,00\n"
     "7%            100,00     7,00      107,00\n"
     "Gesamtbetrag                       226,00 €",
     {{"tax", "26.00"}, {"taxes", "MwSt\t19\t100.00\t19.00\nMwSt\t7\t100.00\t7.00"}, {"total", "226.00"}}},
    {"DISTRIBUIDORA LA SABANA S.A.S.\n"
     "NIT 901.447.220-1\n"
     "FACTURA ELECTRÓNICA DE VENTA No. SETT-1182\n"
     "Fecha de emisión: 23/05/2026\n"
     "Descripción                   Cantidad   Vr. unitario   Vr. total\n"
     "Escobas                       10         10.000,00      100.000,00\n"
     "Arroz x 25 kg                 2          100.000,00     200.000,00\n"
     "Tarifa IVA    Base gravable    Valor IVA\n"
     "19%           100.000,00       19.000,00\n"
     "5%            200.000,00       10.000,00\n"
     "TOTAL A PAGAR                              $ 329.000,00",
     {{"tax", "29000.00"},
      {"taxes", "IVA\t19\t100000.00\t19000.00\nIVA\t5\t200000.00\t10000.00"},
      {"total", "329000.00"}}},
    {"   SUPERTIENDA EL CHICO S.A.S.\n"
     "       NIT: 901447220-1\n"
     " Factura de venta POS No. PS2-44018\n"
     " Fecha: 11/05/2026 10:11\n"
     " JABON REY            11.900 A\n"
     " PANELA               10.500 B\n"
     " BOLSA                   500 E\n"
     " TOTAL                22.900\n"
     " EFECTIVO             50.000\n"
     " CAMBIO               27.100\n"
     " DETALLE DE IMPUESTOS\n"
     " IVA      BASE       IMPUESTO\n"
     " A 19%    10.000      1.900\n"
     " B 5%     10.000        500\n"
     " E 0%        500          0\n"
     " TOTAL    20.500      2.400",
     {{"tax", "2400.00"}, {"taxes", "IVA\t19\t10000.00\t1900.00\nIVA\t5\t10000.00\t500.00"}, {"total", "22900.00"}}},
    {"ABARROTES EL CARDENAL SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA   Folio F-2201     Fecha 28/09/2026\n"
     "Cantidad   Descripción               Precio     Importe\n"
     "10         Refresco                  10.00      100.00\n"
     "5          Botana                    20.00      100.00\n"
     "Impuesto     Tasa      Base       Importe\n"
     "IVA          16%       100.00     16.00\n"
     "IEPS         8%        100.00     8.00\n"
     "Total                             $224.00",
     {{"tax", "24.00"}, {"taxes", "IVA\t16\t100.00\t16.00\nIEPS\t8\t100.00\t8.00"}, {"total", "224.00"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\n"
     "RIF J-61103753-7\n"
     "FACTURA N° 004411\n"
     "Fecha: 09/03/2026\n"
     "Descripción               Cant.    Precio      Total\n"
     "Cemento gris              10       100,00      1.000,00\n"
     "Harina de maíz            100      1,00        100,00\n"
     "Alícuota     Base imponible     Impuesto\n"
     "16,00%       1.000,00           160,00\n"
     "8,00%        1.000,00           80,00\n"
     "Exento 100,00\n"
     "TOTAL A PAGAR Bs. 1.340,00",
     {{"tax", "240.00"},
      {"taxes", "Impuesto\t16.00\t1000.00\t160.00\nImpuesto\t8.00\t1000.00\t80.00"},
      {"total", "1340.00"}}},
    {"DISTRIBUIDORA NAHUEL S.R.L.\n"
     "CUIT: 30-17842606-7\n"
     "FACTURA B  N° 0008-00011874\n"
     "Fecha de Emisión: 08/10/2026\n"
     "Cable 2,5 mm                             1.210,00\n"
     "Lámpara LED                              2.210,00\n"
     "Alícuota       Neto Gravado      IVA\n"
     "21%            1.000,00          210,00\n"
     "16%            2.000,00          320,00\n"
     "Importe Total: $ 3.530,00",
     {{"tax", "530.00"}, {"total", "3530.00"}}},
    {"ALMACEN LA BARRA SRL\n"
     "RUC 211308820019\n"
     "e-Factura A 18820\n"
     "Fecha 16/04/2026\n"
     "Moneda UYU\n"
     "Yerba 1 kg                             1.100,00\n"
     "Detergente                             1.220,00\n"
     "Tasa      Monto neto     IVA\n"
     "22%       1.000,00       220,00\n"
     "10%       1.000,00       100,00\n"
     "TOTAL A PAGAR            2.320,00",
     {{"tax", "320.00"}, {"taxes", "IVA\t22\t1000.00\t220.00\nIVA\t10\t1000.00\t100.00"}, {"total", "2320.00"}}},
    {"FERRETERIA EL CEIBO S.A.\n"
     "Cédula jurídica 3-101-447188\n"
     "Factura electrónica N° 00100001010000004471\n"
     "Fecha de emisión: 16/04/2026\n"
     "Descripción               Cantidad     Precio      Total\n"
     "Martillo                  1            10.000,00   10.000,00\n"
     "Libro de texto            1            10.000,00   10.000,00\n"
     "Tarifa     Base imponible    Monto impuesto\n"
     "13%        10.000,00         1.300,00\n"
     "0%         10.000,00         0,00\n"
     "Total comprobante           ¢21.300,00",
     {{"tax", "1300.00"}, {"total", "21300.00"}}},
    {"Blue Mesa Outfitters LLC\n"
     "118 Canyon Rd, Santa Fe, NM 87501\n"
     "Invoice # 10442          Date 02/03/2026\n"
     "Item                Qty     Price      Amount\n"
     "Tent                1       150.00     150.00\n"
     "Rope                1       55.00      55.00\n"
     "Tax         Rate      Taxable     Amount\n"
     "State       5%        205.00      10.25\n"
     "City        2%        200.00      4.00\n"
     "Total                            $219.25",
     {{"tax", "14.25"}, {"total", "219.25"}}},
    {"COMERCIAL LEMPA S. DE R.L.\n"
     "RTN 08011985123450\n"
     "Factura 000-001-01-00004471\n"
     "Fecha: 01/07/2026\n"
     "Refrescos                 115.00\n"
     "Cerveza                   118.00\n"
     "Huevos                     32.00\n"
     "Tasa ISV     Base        ISV\n"
     "15%          100.00      15.00\n"
     "18%          100.00      18.00\n"
     "TOTAL L      265.00",
     {{"tax", "33.00"}, {"total", "265.00"}}},
    {"FERRETERIA OZAMA SRL\n"
     "RNC 1-05-68643-2\n"
     "FACTURA DE CONSUMO\n"
     "NCF: B0200447188\n"
     "FECHA 15/08/2026\n"
     "PINTURA GL                118.00\n"
     "ARROZ                     116.00\n"
     "HUEVOS                    100.00\n"
     "TASA        GRAVADO       ITBIS\n"
     "18%         100.00        18.00\n"
     "16%         100.00        16.00\n"
     "TOTAL RD$   334.00",
     {{"tax", "34.00"}, {"total", "334.00"}}},
    {"COMERCIAL LOS BOLDOS SPA              R.U.T.: 76.123.456-0\n"
     "Giro: Venta de abarrotes              FACTURA ELECTRÓNICA\n"
     "                                      N° 4471\n"
     "Fecha Emisión: 06/02/2026\n"
     "\n"
     "Detalle                   Cant.     Precio      Total\n"
     "Harina 25 kg              10        10.000      100.000\n"
     "\n"
     "Monto Neto     IVA 19%     Monto Total\n"
     "$ 100.000      $ 19.000    $ 119.000",
     {{"tax", "19000.00"}, {"total", "119000.00"}}},
    {"DISTRIBUIDORA IXCHEL, S.A.\n"
     "NIT 447188-1\n"
     "FACTURA Serie A No. 447188\n"
     "Fecha de emisión: 21/09/2026\n"
     "Cantidad   Descripción           P. Unitario    Total (Q)\n"
     "2          Cubeta de pintura     112.00         224.00\n"
     "Impuesto    Tasa    Base       Monto\n"
     "IVA         12%     200.00     24.00\n"
     "TOTAL Q 224.00",
     {{"tax", "24.00"}, {"taxes", "IVA\t12\t200.00\t24.00"}, {"total", "224.00"}}},
    {"COMERCIAL CHIMBORAZO CIA. LTDA.\n"
     "RUC: 1790012345001\n"
     "FACTURA No. 001-002-000044718\n"
     "Fecha Emisión: 03/03/2026\n"
     "Descripción                Cant     Precio Unitario    Precio Total\n"
     "Silla plástica             10       20.00              200.00\n"
     "Hospedaje                  1        100.00             100.00\n"
     "Tarifa IVA     Base imponible     Valor IVA\n"
     "15%            200.00             30.00\n"
     "8%             100.00             8.00\n"
     "VALOR TOTAL    338.00",
     {{"tax", "38.00"}, {"taxes", "IVA\t15\t200.00\t30.00\nIVA\t8\t100.00\t8.00"}, {"total", "338.00"}}},
    {"INVERSIONES HUASCAR S.A.C.\n"
     "RUC 20512345678\n"
     "FACTURA ELECTRÓNICA F001-4471\n"
     "Fecha de emisión: 07/07/2026\n"
     "Descripción              Cant.   P. Unit   Importe\n"
     "Papel bond               10      10.00     100.00\n"
     "Libro escolar            1       10.00     10.00\n"
     "Op. Gravada    Op. Exonerada    IGV 18%     Importe Total\n"
     "S/ 100.00      S/ 10.00         S/ 18.00    S/ 128.00",
     {{"tax", "18.00"}, {"total", "128.00"}}},
    {"KEDAI MAWAR SDN BHD\n"
     "12 Jalan Mawar, 43000 Kajang, Selangor\n"
     "GST ID: 000447188201\n"
     "TAX INVOICE\n"
     "Invoice No: CS-4471\n"
     "Date: 04/03/2026\n"
     "Pen                        5.30 SR\n"
     "Rice                      10.00 ZR\n"
     "Total RM                  15.30\n"
     "GST Code     Amount(RM)    Tax(RM)\n"
     "SR (6%)      5.00          0.30\n"
     "ZR (0%)      10.00         0.00",
     {{"tax", "0.30"}, {"total", "15.30"}}},
};

/* Tables with heads that are none of taxes, and figures that do not fit. */
static const struct printed_case others[] = {
    {"FERRETERIA LOS MANGOS C.A.\nRIF J-30123456-1\nFACTURA 00012345\nFecha 12/05/2025\n"
     "Descripción      Cant.     Neto       % IVA     IVA        Importe\n"
     "Tornillo         10        100,00     16        16,00      116,00\n"
     "Clavo            16        100,00     16        16,00      116,00\nTOTAL Bs                            232,00",
     {{"taxes", ""}, {"total", "232.00"}}},
    {"CAFE TRES RIOS S.A.\nFACTURA 1182\nFecha 12/05/2025\nCafé            1.190,00\n"
     "Tasa        Base        IVA\n19%         1.000,00    250,00\nTOTAL       1.190,00",
     {{"tax", ""}, {"taxes", ""}, {"total", "1190.00"}}},
    {"CAFE TRES RIOS S.A.\nFACTURA 1182\nFecha 12/05/2025\nCafé            100,00\n"
     "Tasa        Base        IVA\n19%         1.000,00    190,00\nTOTAL       100,00",
     {{"tax", ""}, {"taxes", ""}, {"total", "100.00"}}},
    {"CAFE TRES RIOS S.A.\nFACTURA 1182\nFecha 12/05/2025\nCafé            100,00\n"
     "Neto        IVA         Cajas\n80,00       12,00       3,00\nTOTAL       100,00",
     {{"tax", ""}, {"taxes", ""}, {"total", "100.00"}}},
};

static void test_taxes_below_heads(void **state) {
    (void)state;
    printed_check(tables, sizeof tables / sizeof *tables, "table");
}

static void test_what_does_not_add_up_is_no_tax(void **state) {
    (void)state;
    printed_check(others, sizeof others / sizeof *others, "other");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_taxes_below_heads),
        cmocka_unit_test(test_what_does_not_add_up_is_no_tax),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
