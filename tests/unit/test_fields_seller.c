/* test_fields_seller.c - who sells and who buys: the buyer above, below or beside the seller, with an id each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "printed.h"

enum { WANTED_MOST = 8 };

/* A page and the fields that must come of it; "" must not. */
static const struct sale {
    const char *page;
    struct printed_wanted wanted[WANTED_MOST];
} sales[] = {
    /* The buyer's block is above the seller. */
    {"Cliente: CONSTRUCCIONES LA CAYENA, C.A.\tFACTURA\nRIF: J-36853671-6\tN\xC2\xB0 001882\nDirecci\xC3\xB3n: Zona "
     "Industrial\tFecha: 09/03/2026\n\n=SERVICIOS TRES RIOS, C.A.\n=RIF J-61103753-7\n\nMantenimiento "
     "preventivo\t5.850,00\nFiltros\t3.900,00\nSub-Total Bs.\t9.750,00\nIVA 16% Bs.\t1.560,00\nTotal Bs.\t11.310,00",
     {{"company", "SERVICIOS TRES RIOS, C.A."},
      {"company_id", "J611037537"},
      {"buyer", "CONSTRUCCIONES LA CAYENA, C.A."},
      {"buyer_id", "J368536716"},
      {"receipt_number", "001882"},
      {"total", "11310.00"}}},
    /* The seller is in the footer, the buyer has no label. */
    {"Comunidad Calle Luna 8\nC/ Luna 8\n28004 Madrid\nNIF H12345674\n\nFACTURA\nN\xC2\xBA factura: 2026/0117\nFecha: "
     "15/01/2026\n\nPintura\t850,00 \xE2\x82\xAC\nBase imponible\t850,00 \xE2\x82\xAC\nIVA 21%\t178,50 "
     "\xE2\x82\xAC\nTOTAL\t1.028,50 \xE2\x82\xAC\n\nReformas Turpial S.L. - CIF B82846825",
     {{"company", "Reformas Turpial S.L."},
      {"company_id", "B82846825"},
      {"receipt_number", "2026/0117"},
      {"total", "1028.50"}}},
    /* Both have ids under the same word. */
    {"BOTICA SAN JUDAS E.I.R.L.\nRUC 20147360895\nFACTURA ELECTR\xC3\x93NICA\nF001-00002281\nFecha: "
     "03/02/2026\n\nSe\xC3\xB1or(es): INVERSIONES DON ROQUE S.A.C.\nRUC: 20031277893\n\nCaja de clavos\t500.00\nOp. "
     "gravada\tS/ 500.00\nIGV\tS/ 90.00\nImporte total\tS/ 590.00",
     {{"company", "BOTICA SAN JUDAS E.I.R.L."},
      {"company_id", "20147360895"},
      {"buyer", "INVERSIONES DON ROQUE S.A.C."},
      {"buyer_id", "20031277893"},
      {"receipt_number", "F001-00002281"}}},
    /* A heading, and the buyer below it. */
    {"Pine Valley Landscaping Inc.\n77 Mill Road, Boise, ID 83702\nINVOICE\nInvoice Number: 20418\nInvoice Date: May "
     "6, "
     "2026\n\nBill To:\nMaple Court HOA\n310 Maple Ct\n\nMulch\t$540.00\nSubtotal\t$540.00\nSales Tax\t$0.00\nBalance "
     "Due\t$540.00",
     {{"company", "Pine Valley Landscaping Inc."}, {"buyer", "Maple Court HOA"}, {"receipt_number", "20418"}}},
    /* The row below a name is no second row of it. */
    {"Log\xC3\xADstica del Sur S.A.\nCUIT: 30-16028811-2\nFACTURA Nro: 00002-00001177\nFecha: 22/01/2026\n\nCliente: "
     "METALURGICA TANDIL SRL\nDomicilio: Ruta 226 km 160\nCUIT: 30-35707230-8\n\nFlete\t100.000,00\nNeto "
     "gravado\t100.000,00\nIVA 21%\t21.000,00\nTOTAL\t$ 121.000,00",
     {{"buyer", "METALURGICA TANDIL SRL"}, {"buyer_id", "30357072308"}, {"company_id", "30160288112"}}},
    /* The document that a credit note changes is not its own number. */
    {"IMPORTADORA CORDILLERA LTDA\nR.U.T.: 6.349.838-6\nNOTA DE CR\xC3\x89"
     "DITO ELECTR\xC3\x93NICA\nN\xC2\xB0 441\nFecha: "
     "30/03/2026\nReferencias: Factura Electr\xC3\xB3nica N\xC2\xB0 2210\n\nBatidora\t50.000\nMONTO NETO $\t50.000\n"
     "I.V.A. 19% $\t9.500\nTOTAL $\t59.500",
     {{"receipt_number", "441"}, {"company_id", "63498386"}, {"total", "59500.00"}}},
    /* A number below "N\xC2\xB0"; the day of a journey is not the day of the sale. */
    {"=EMPRESA ILLAMPU S.R.L.\n=NIT 1022448017\n=FACTURA N\xC2\xB0\n=8821\nFecha de viaje: 22/06/2026\nFecha de "
     "compra: "
     "20/06/2026\nPASAJE\t90,00\nTOTAL Bs\t90,00\nMONTO A PAGAR Bs\t90,00",
     {{"receipt_number", "8821"}, {"date", "2026-06-20"}}},
    /* What is exempt is no base: both make the total. */
    {"=SENIAT\n=RIF J-35223257-1\n=FARMACIA SANTA OLAYA, C.A.\nFACTURA: 00883102\nFECHA: 21-02-2026\nLOSARTAN\tBs "
     "1.450,00\n"
     "ALCOHOL\tBs 400,00\nEXENTO\tBs 1.450,00\nBI G (16,00%)\tBs 400,00\nIVA G (16,00%)\tBs 64,00\nTOTAL\tBs 1.914,00",
     {{"subtotal", "400.00"}, {"tax", "64.00"}, {"total", "1914.00"}, {"exempt", ""}}},
    /* The number in the row below a title of several words; a total with the currency's code. */
    {"=ASADERO LA FOGATA S.A.S\n=NIT: 990.746.260-2\n=FACTURA ELECTRONICA DE VENTA\n=FE-4418\nFecha: 19/04/2026\n\n"
     "Churrasco\t60.000\nTOTAL COP\t60.000",
     {{"receipt_number", "FE-4418"}, {"total", "60000.00"}, {"currency", "COP"}}},
    /* A number with its hyphen; the invoice that a note changes. */
    {"DISTRIBUIDORA MONTE CLARO, C.A.\nRIF: J-84370946-9\nNOTA DE CR\xC3\x89"
     "DITO\nN\xC2\xB0 00000188\nN\xC2\xB0 DE CONTROL 00-0018820\nFECHA: 08/04/2026\nFACTURA AFECTADA: 00004418\n\nSUB "
     "TOTAL\t2.000,00\nIVA 16%\t320,00\nTOTAL Bs.\t2.320,00",
     {{"receipt_number", "00000188"}, {"control_number", "00-0018820"}, {"total", "2320.00"}}},
    /* Both parties under one label, in Portuguese. */
    {"NOTA FISCAL DE SERVI\xC3\x87OS ELETR\xC3\x94NICA - NFS-e\nN\xC3\xBAmero da Nota: 00008821\nData de "
     "Emiss\xC3\xA3o: "
     "08/02/2026\n\nPRESTADOR DE SERVI\xC3\x87OS\nNome/Raz\xC3\xA3o Social: POUSADA MAR LTDA\nCPF/CNPJ: "
     "99.143.834/0001-13\n\nTOMADOR DE SERVI\xC3\x87OS\nNome/Raz\xC3\xA3o Social: TIAGO BRAND\xC3\x83O\nCPF/CNPJ: "
     "338.971.570-39\n\nVALOR TOTAL DO SERVI\xC3\x87O\tR$ 960,00",
     {{"company", "POUSADA MAR LTDA"},
      {"company_id", "99143834000113"},
      {"receipt_number", "00008821"},
      {"total", "960.00"}}},
    /* A number alone on its row is the document's, and no house's. */
    {"=CONCESION VIAL LOS FRAILEJONES S.A.S.\n=NIT: 943.884.005-0\n=Km 44 via Los Cedros\n=DOCUMENTO EQUIVALENTE\n"
     "=No. PE44-0088127\nFecha: 11/01/2026\nCategoria I\t$ 14.700\nTOTAL\t$ 14.700",
     {{"receipt_number", "PE44-0088127"}, {"company_id", "9438840050"}, {"total", "14700.00"}}},
    {"=MERCADOS LA COSECHA S.A.S.\n=NIT 901.447.220-1\n=tiquete de maquina\n=No. POSE118820\n2026-05-23\n"
     "ARROZ\t4.200\nTOTAL:\t4.200\nEFECTIVO\t5.000\nCAMBIO\t800",
     {{"receipt_number", "POSE118820"}, {"total", "4200.00"}}},
    {"=Juniper Coffee House\n=14 Main St\n=Bend, OR 97701\n05/09/2026 8:02 AM\nOrder # 2180\nLatte\t$9.00\n"
     "Subtotal\t$9.00\nTax\t$0.88\nTotal\t$9.88",
     {{"receipt_number", "2180"}, {"total", "9.88"}}},
    /* Rows with labels of their own below the seller's name. */
    {"SOSA MARIELA BEATRIZ\tFACTURA\nRaz\xC3\xB3n Social: SOSA MARIELA BEATRIZ\nDomicilio Comercial: Urquiza "
     "1188\nCUIT: 27-25118820-8\n"
     "Fecha de Emisi\xC3\xB3n: 06/04/2026\nDise\xC3\xB1o\t310000,00\nImporte Total: $\t310000,00",
     {{"company", "SOSA MARIELA BEATRIZ"}, {"total", "310000.00"}}},
    /* A number behind its sign, beside the title of a note; blanks around its hyphen; a tax id without a label. */
    {"FERRETERIA TORNICENTRO LTDA\nNIT: 800.188.204-2\nNOTA CREDITO ELECTRONICA\tNo. NCE-441\nFecha: "
     "09/04/2026\nTornillo\t120.000,00\nSubtotal\t120.000,00\n"
     "IVA 19%\t22.800,00\nTotal nota cr\xC3\xA9"
     "dito\t142.800,00",
     {{"receipt_number", "NCE-441"}, {"total", "142800.00"}}},
    {"SALAZAR CCORI MILAGROS\tR.U.C. 10418820441\nAV. EL SOL 220\tRECIBO POR HONORARIOS ELECTR\xC3\x93NICO\n"
     "TEL: 984418820\tNro: E001 - 118\n\nRecib\xC3\xAD de: MINERA SUMAQ ORCCO S.A.C.\n"
     "Identificado con RUC n\xC3\xBAmero 20507718826\nFecha de emisi\xC3\xB3n: 28/04/2026\n"
     "Total por honorarios:\t2,000.00\nRetenci\xC3\xB3n (8 %) IR:\t(160.00)",
     {{"receipt_number", "E001-118"},
      {"buyer", "MINERA SUMAQ ORCCO S.A.C."},
      {"buyer_id", "20507718826"},
      {"total", "2000.00"}}},
    {"=SUPERMERCADOS LA ALMAZARA S.L.\n=B47188206\n=C/ DUQUE 18\n20/06/2026 13:07\nFACTURA SIMPLIFICADA: "
     "2204-014-447188\nLECHE\t19,37 \xE2\x82\xAC\nTOTAL (\xE2\x82\xAC)\t19,37",
     {{"company_id", "B47188206"}, {"receipt_number", "2204-014-447188"}, {"total", "19.37"}}},
    {"=CUENTA DE COBRO No. 0182\n\nDEBE A:\nLeidy Tatiana Burbano\nC.C. 1.118.820.447\n25 de marzo de 2026\nValor\t$ "
     "780.000",
     {{"company", "Leidy Tatiana Burbano"}, {"receipt_number", "0182"}}},
    {"RECIBO DE ALUGUEL\tN\xC2\xBA 0712\n\nVALOR: R$ 1.450,00\n\nRecebi de Sheila Moura dos Anjos\n"
     "a import\xC3\xA2ncia de mil quatrocentos e cinquenta reais\nGoi\xC3\xA2nia, 05 de julho de 2026",
     {{"buyer", "Sheila Moura dos Anjos"}, {"total", "1450.00"}}},
    /* "Imp. total" and the total of a note. */
    {"=BOTICAS SALUD ANDINA E.I.R.L.\n=RUC 20147360895\n=BOLETA DE VENTA\n=B004-00077182\nFECHA: 16/03/2026\n"
     "AMOXICILINA\t24.40\nOP. GRAVADA S/\t20.68\nI.G.V. 18% S/\t3.72\nIMP. TOTAL S/\t24.40",
     {{"receipt_number", "B004-00077182"}, {"total", "24.40"}}},
    /* A date below a title is no number. */
    {"COMERCIAL LOS MANGOS S.A.\nRUC: 80018731-8\nFACTURA\n12/03/2026\nLicuadora\t220.000\nTOTAL A PAGAR Gs.\t220.000",
     {{"receipt_number", ""}, {"date", "2026-03-12"}}},
};

static void test_seller_and_buyer(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof sales / sizeof *sales; i++) {
        struct record record;
        printed_rows(sales[i].page, &record);
        printed_expect(&record, "sale", i, sales[i].wanted, WANTED_MOST);
    }
}

static void test_a_statement_has_no_fields(void **state) {
    (void)state;
    struct record record;
    printed_rows("=MERCANTIL Banco Universal\n=ESTADO DE CUENTA\nTitular: ISAURA GUDI\xC3\x91O\n01/05 SALDO "
                 "INICIAL\t900,00\n03/05 118272 PAGO MOVIL\t100,00\n08/05 118930 TRANSF RECIBIDA\t450,00\nSALDO "
                 "FINAL\t1.250,00",
                 &record);
    assert_int_equal(record.kind, KIND_STATEMENT);
    assert_int_equal(record.field_count, 0);
    assert_true(printed_has_reason(&record, REASON_KIND, "statement"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seller_and_buyer),
        cmocka_unit_test(test_a_statement_has_no_fields),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
