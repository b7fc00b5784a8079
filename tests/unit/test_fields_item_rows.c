/*
 * test_fields_item_rows.c - which rows of a sale are its items: quantities on rows of their own, discounts, bills whose
 * rows name only the whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "printed.h"

static const struct printed_case cases[] = {
    {"   COLMADO LA YAGRUMA SRL\n"
     "        RNC: 1-63-93151-1\n"
     "NCF: B0200014478\n"
     "FECHA: 02/05/2026   HORA: 06:12 PM\n"
     "----------------------------------\n"
     "2.00 x 350.00\n"
     "HARINA 5LB                  826.00\n"
     "1.00 x 400.00\n"
     "VINAGRE GALON               472.00\n"
     "----------------------------------\n"
     "SUBTOTAL                  1,100.00\n"
     "TOTAL ITBIS                 198.00\n"
     "TOTAL A PAGAR             1,298.00",
     {{"items", "HARINA 5LB\t2\t826.00\t350.00\nVINAGRE GALON\t1\t472.00\t400.00"}}},
    {"                 SENIAT\n"
     "            RIF J-40771822-3\n"
     "   INVERSIONES LA ESPIGA 2015, C.A.\n"
     "FACTURA:                       00071884\n"
     "FECHA: 29-03-2026          HORA: 08:47\n"
     "2,000 UN X Bs 145,00\n"
     "PASTEL ANDINO (G)             Bs 290,00\n"
     "0,650 KG X Bs 1.232,92\n"
     "QUESO PALMITA (E)             Bs 801,40\n"
     "SUBTTL                      Bs 1.091,40\n"
     "TOTAL                       Bs 1.091,40",
     {{"items", "PASTEL ANDINO\t2\t290.00\t145.00\nQUESO PALMITA\t0.65\t801.40\t1232.92"}}},
    {"COOPERATIVA ILLIMANI R.L.\n"
     "NIT 1018844027\n"
     "FACTURA N° 118447\n"
     "FECHA DE EMISIÓN: 05/10/2026 09:01 AM\n"
     "INTERNET 60 MBPS\n"
     " 1.00 X 189.00 - 0.00               189.00\n"
     "ALQUILER EQUIPO\n"
     " 2.00 X 10.00 - 0.00                 20.00\n"
     "                  SUBTOTAL Bs       209.00\n"
     "                     TOTAL Bs       209.00",
     {{"items", "INTERNET 60 MBPS\t1\t189.00\t189.00\nALQUILER EQUIPO\t2\t20.00\t10.00"}}},
    {"   COMBUSTIBLES RIO PESCADO LTDA.\n"
     "        R.U.T. 76.418.230-8\n"
     "     BOLETA ELECTRONICA N° 30188448\n"
     " Fecha: 01-11-2026   Hora: 08:13:44\n"
     " Surtidor: 03   Pistola: 2\n"
     " GASOLINA 95\n"
     " 25,831 LT x $ 1.355,0         35.000\n"
     " TOTAL                    $    35.000",
     {{"items", "GASOLINA 95\t25.831\t35000.00\t1355.0"}}},
    {"ATACADO RIO CLARO LTDA\n"
     "CNPJ: 37.711.309/0001-08\n"
     "001 7891000 CAFE TORRADO 500G\n"
     "      2 UN X 21,98                 43,96\n"
     "003 0000218 PEITO FRANGO KG\n"
     "      1,418 KG X 18,90             26,80\n"
     "VALOR TOTAL R$                     70,76\n"
     "NFC-e nº 000188448 Série 004\n"
     "31/10/2026 17:08:51",
     {{"items", "CAFE TORRADO 500G\t2\t43.96\t21.98\nPEITO FRANGO KG\t1.418\t26.80\t18.90"}}},
    {"    GASTRONOMICA EL PEUMO SPA\n"
     "          RUT: 77.541.098-1\n"
     "     BOLETA ELECTRONICA N° 88448\n"
     " Fecha: 31-10-2026     Hora: 23:18\n"
     " Mesa: 7   Garzón: Benja   Pers: 3\n"
     " 2 Pichanga familiar         25.800\n"
     " 3 Schop                     10.500\n"
     " TOTAL $                     36.300\n"
     " Propina sugerida 10%         3.630\n"
     " Total con propina           39.930",
     {{"items", "Pichanga familiar\t2\t25800.00\nSchop\t3\t10500.00"}}},
    {"      ASADERO EL FOGON S.A.S\n"
     "       NIT: 990.746.260-2\n"
     "   FACTURA ELECTRONICA DE VENTA\n"
     "           FE-4419\n"
     "Fecha: 19/04/2026  Hora: 13:50\n"
     "Mesa: 8     Mesero: YULIANA\n"
     "2 Churrasco            30.000  60.000\n"
     "2 Limonada              8.426  16.852\n"
     "SUBTOTAL              $ 76.852\n"
     "IMPOCONSUMO 8%        $  6.148\n"
     "TOTAL A PAGAR         $ 83.000",
     {{"items", "Churrasco\t2\t60000.00\nLimonada\t2\t16852.00"}}},
    {"Refrigeración Boreal\n"
     "León, Gto.   Tel. 477 204 4178\n"
     "COTIZACIÓN  No. COT-2205            3 de junio de 2026\n"
     "Cliente: Tortillería La Güera\n"
     "Cambio de compresor                $ 6,050.00\n"
     "Carga de gas                       $ 1,200.00\n"
     "Subtotal                           $ 7,250.00\n"
     "IVA 16%                            $ 1,160.00\n"
     "Total                              $ 8,410.00 MXN",
     {{"items", "Cambio de compresor\t\t6050.00\nCarga de gas\t\t1200.00"}}},
    {"Comunidad de Vecinos\n"
     "C/ Luna 8\n"
     "28004 Madrid\n"
     "FACTURA\n"
     "Nº factura: 2026/0118\n"
     "Fecha: 15/01/2026\n"
     "Concepto                          Cantidad    Precio     Importe\n"
     "Reparación de bajante                 1       650,00 €   650,00 €\n"
     "Pintura patio                         1       200,00 €   200,00 €\n"
     "                                  Base imponible         850,00 €\n"
     "                                  IVA 21%                178,50 €\n"
     "                                  TOTAL                1.028,50 €\n"
     "Reformas Turpial S.L. - CIF B82846825 - C/ Sol 3, 28012 Madrid",
     {{"items", "Reparación de bajante\t1\t650.00\t650.00\nPintura patio\t1\t200.00\t200.00"}}},
    {"Inversiones Frío Polar, C.A.\n"
     "RIF: J-84370946-9\n"
     "PRESUPUESTO N° 000442\n"
     "Fecha: 27/02/2026\n"
     "Descripción                     Cant    Precio      Total\n"
     "Mantenimiento aire              2       $150,00     $300,00\n"
     "Carga de gas                    1       $100,00     $100,00\n"
     "                                        Subtotal    $400,00\n"
     "                                        IVA 16%     $64,00\n"
     "                                        Total USD   $464,00",
     {{"items", "Mantenimiento aire\t2\t300.00\t150.00\nCarga de gas\t1\t100.00\t100.00"}}},
    {"IMPORTADORA SAN JACINTO CIA. LTDA.\n"
     "R.U.C.: 1797170840001\n"
     "FACTURA No. 001-002-000004472\n"
     "Fecha Emisión: 26/02/2026\n"
     "Cod. Principal   Cant     Descripción            Precio Unitario   Descuento   Precio Total\n"
     "A-100            4.00     FILTRO DE AIRE         25.00             0.00        100.00\n"
     "Forma de Pago                                   SUBTOTAL 15%           100.00\n"
     "EFECTIVO 115.00                                 SUBTOTAL 0%              0.00\n"
     "                                                IVA 15%                 15.00\n"
     "                                                VALOR TOTAL            115.00",
     {{"items", "FILTRO DE AIRE\t4\t100.00\t25.00\tA-100"}}},
    {"   RESTAURANTE LA CEIBA VERDE\n"
     "        RTN: 08019018447188\n"
     " FACTURA: 000-002-01-00044719\n"
     " Fecha: 26/09/2026  8:41 PM\n"
     " 1 POLLO CON TAJADAS       300.00\n"
     " 4 CERVEZA NACIONAL        400.00\n"
     " Importe Gravado 15%       300.00\n"
     " Importe Gravado 18%       400.00\n"
     " ISV 15%  45.00    ISV 18%  72.00\n"
     " TOTAL A PAGAR  L.         817.00",
     {{"items", "POLLO CON TAJADAS\t1\t300.00\nCERVEZA NACIONAL\t4\t400.00"}}},
    {"COMEDOR EL BALSAMO\n"
     "NIT 0308-041722-098-8\n"
     "FACTURA ELECTRÓNICA\n"
     "Control: DTE-01-R001P001-000000000009919\n"
     "07/06/2026 13:22\n"
     "2 Gallo en chicha        16.00\n"
     "Propina 10%               1.60\n"
     "Total a pagar          $ 17.60",
     {{"items", "Gallo en chicha\t2\t16.00"}}},
    {"Blue Mesa Outfitters LLC\n"
     "118 Canyon Rd, Santa Fe, NM 87501\n"
     "Invoice # 10443          Date 02/03/2026\n"
     "1 Tent                          150.00\n"
     "Member saving                   -15.00\n"
     "1 Rope                           20.00\n"
     "Subtotal                        155.00\n"
     "Tax                              10.00\n"
     "Total                          $165.00",
     {{"items", "Tent\t1\t150.00\nMember saving\t\t-15.00\nRope\t1\t20.00"}}},
    {"REPUESTOS EL CARDENAL, C.A.\n"
     "RIF: J-94492497-2\n"
     "FACTURA Nº 00000118\n"
     "Fecha: 23/10/2026\n"
     "Cliente: TRANSPORTE LA VELA, C.A.\n"
     "Afecta a la Factura Nº 00004418 de fecha 30/09/2026 por Bs. 232.000,00\n"
     "Concepto                                                    Monto Bs.\n"
     "Ajuste por diferencial cambiario                            12.000,00\n"
     "                                        Base Imponible      12.000,00\n"
     "                                        I.V.A. 16%           1.920,00\n"
     "                                        TOTAL Bs.           13.920,00",
     {{"items", "Ajuste por diferencial cambiario\t\t12000.00"}}},
    {"GRUAS EL CARDENAL, C.A.\n"
     "RIF: J-94492497-2\n"
     "FACTURA Nº 00000119\n"
     "Fecha: 23/10/2026\n"
     "1   Servicio de grúa              1.000,00\n"
     "                     Subtotal     1.000,00\n"
     "                     IVA 16%        160,00\n"
     "                     TOTAL Bs.    1.160,00",
     {{"items", "Servicio de grúa\t1\t1000.00"}}},
    {"CUENTA DE COBRO No. 12\n"
     "Bogotá, 12 de mayo de 2026\n"
     "Debe a: ANA LUCIA PEREZ SOTO\n"
     "C.C. 52.441.188\n"
     "LA SUMA DE: CUATROCIENTOS CINCUENTA MIL PESOS   $ 450.000\n"
     "Por concepto de transporte\n"
     "TOTAL                                           $ 450.000",
     {{"items", ""}}},
    {"RECIBO DE RENTA   No. 118\n"
     "BUENO POR: $ 7,800.00\n"
     "Recibí de: Ana Pérez Soto\n"
     "Fecha: 01/05/2026\n"
     "Total                  $ 7,800.00",
     {{"items", ""}}},
    {"RECIBO DE ALUGUEL\n"
     "VALOR: R$ 1.450,00\n"
     "Recebi de Ana Souza Lima\n"
     "Data: 01/05/2026\n"
     "Total                R$ 1.450,00",
     {{"items", ""}}},
    {"Ferrocarriles del Levante S.A.\n"
     "CIF A47188206\n"
     "FACTURA SIMPLIFICADA T-118\n"
     "Fecha: 01/05/2026\n"
     "Base imponible        35,00\n"
     "IVA 10%                3,50\n"
     "TOTAL EUR             38,50",
     {{"items", ""}}},
    {"JUNTA DE AGUAS DEL VALLE\n"
     "RFC JAV800910A41\n"
     "RECIBO No. 44718\n"
     "Fecha de emisión: 01/05/2026\n"
     "Agua potable             262.00\n"
     "Saneamiento               52.40\n"
     "Redondeo                   0.60\n"
     "TOTAL A PAGAR          $ 315.00",
     {{"items", "Agua potable\t\t262.00\nSaneamiento\t\t52.40"}}},
    /* A colon before an amount is no label of the whole, if all add up. */
    {"CLINICA EL BALSAMO\nNIT 0308-041722-098-8\nFACTURA No. 00188\nFecha: 16/04/2026\nConsulta:            20.00\n"
     "Curacion:            13.00\nTOTAL              $ 33.00",
     {{"items", "Consulta\t\t20.00\nCuracion\t\t13.00"}}},
    /* A number of something else equals the total. */
    {"COMERCIAL LOS BOLDOS SPA\nRUT 76.123.456-0\nFACTURA No. 00188\nFecha: 16/04/2026\nNro transaccion          1320\n"
     "TOTAL                    1320",
     {{"items", ""}}},
    {"COMERCIAL LOS BOLDOS SPA\nRUT 76.123.456-0\nFACTURA No. 00188\nFecha: 16/04/2026\nPuntos                   1320\n"
     "TOTAL                    1320",
     {{"items", ""}}},
    /* Rows of zero are no items at an end. */
    {"SUPERMERCADO LA ESPIGA SA\nCUIT 30-70123456-3\nTIQUE FACTURA B 0001-00004321\nFecha 12/05/25\n"
     "Saldo previo           0,00\nLECHE              1.210,00\nPAN                1.105,00\nPuntos ganados         "
     "0,00\n"
     "Ahorro socio           0,00\nTOTAL              2.315,00",
     {{"items", "LECHE\t\t1210.00\nPAN\t\t1105.00"}}},
};

static void test_rows_of_items(void **state) {
    (void)state;
    printed_check(cases, sizeof cases / sizeof *cases, "sale");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows_of_items)};
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
