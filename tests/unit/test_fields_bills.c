/*
 * test_fields_bills.c - sales of many countries as shops, workshops, hotels and utilities print them: who sold, the
 * number, the dates and what is to be paid.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "printed.h"

static const struct printed_case bills[] = {
    {"              SENIAT\n"
     "          RIF J-41223344-5\n"
     " CARNICERIA Y CHARCUTERIA EL TORO\n"
     "          DE ORO, C.A.\n"
     "  CALLE BOLIVAR C/C SUCRE LOCAL 1\n"
     "      ZONA POSTAL 2101 MARACAY\n"
     "RIF/C.I.: V-11222333\n"
     "RAZON SOCIAL: LUIS MATA\n"
     "             FACTURA\n"
     "FACTURA:                 00008812\n"
     "FECHA: 03-10-2026     HORA: 11:40\n"
     "---------------------------------\n"
     "1,200 x Bs 980,00\n"
     "CARNE MOLIDA (E)      Bs 1.176,00\n"
     "0,850 x Bs 1.140,70\n"
     "QUESO BLANCO (E)        Bs 969,60\n"
     "---------------------------------\n"
     "EXENTO (E)            Bs 2.145,60\n"
     "TOTAL                 Bs 2.145,60\n"
     "TARJETA DEBITO        Bs 2.145,60\n"
     "MH                  Z7B0001199",
     {{"company", "CARNICERIA Y CHARCUTERIA EL TORO DE ORO, C.A."},
      {"company_id", "J412233445"},
      {"receipt_number", "00008812"},
      {"date", "2026-10-03"},
      {"total", "2145.60"}}},
    {"TALLER MECANICO LOS PRIMOS F.P.            FACTURA\n"
     "R.I.F.: V-12345678-0                       Nro. 000981\n"
     "Av. Principal de Cabudare, Edo. Lara       Nro. Control: 00-000981\n"
     "Telf. 0251-2612233                         Fecha: 12/09/2026\n"
     "Nombre o Razón Social: TRANSPORTE OCCIDENTE C.A.\n"
     "RIF: J-30998877-0      Dirección: Barquisimeto\n"
     "CANT   DESCRIPCION                P.UNIT    TOTAL\n"
     "1      Cambio de correa           120,00    120,00\n"
     "2      Amortiguador delantero      90,00    180,00\n"
     "                            SUB-TOTAL $     300,00\n"
     "                            I.V.A. 16% $     48,00\n"
     "                            TOTAL $         348,00",
     {{"company", "TALLER MECANICO LOS PRIMOS F.P."},
      {"company_id", "V123456780"},
      {"receipt_number", "000981"},
      {"date", "2026-09-12"},
      {"total", "348.00"},
      {"buyer", "TRANSPORTE OCCIDENTE C.A."}}},
    {"EMPRESA DE ACUEDUCTO DEL QUINDIO S.A. E.S.P.\n"
     "NIT 890.001.234-5     Vigilada Superservicios\n"
     "FACTURA DE SERVICIOS PUBLICOS No. 71882044\n"
     "Suscriptor: MARTHA LUCIA ARANGO       Cuenta contrato: 0044718\n"
     "Dirección: CRA 14 # 20-11             Estrato: 3\n"
     "Fecha de expedición: 05/08/2026       Período: Julio 2026\n"
     "Pago oportuno hasta: 20/08/2026       Suspensión desde: 25/08/2026\n"
     "Concepto                              Valor\n"
     "Cargo fijo acueducto                 12.430\n"
     "Consumo 18 m3                        51.000\n"
     "Alcantarillado                       24.000\n"
     "TOTAL A PAGAR                      $ 87.430",
     {{"company", "EMPRESA DE ACUEDUCTO DEL QUINDIO S.A. E.S.P."},
      {"company_id", "8900012345"},
      {"receipt_number", "71882044"},
      {"date", "2026-08-05"},
      {"due_date", "2026-08-20"},
      {"total", "87430.00"}}},
    {"     SABORES DEL PACIFICO S.A.S.\n"
     "        NIT. 901.234.567-1\n"
     "     Calle 10 # 4-15, Cali\n"
     "     Tel: 602 8834455\n"
     " FACTURA ELECTRONICA DE VENTA SP-5512\n"
     " Fecha: 2026-07-19 14:05:10\n"
     " Mesa 12          Mesero: Andrés\n"
     " Cliente: CONSUMIDOR FINAL\n"
     " CANT PRODUCTO              VALOR\n"
     " 2    Encocado de piangua   70.000\n"
     " 2    Limonada de coco      24.000\n"
     " 1    Arroz con coco        17.000\n"
     " SUBTOTAL                  111.000\n"
     " INC 8%                      8.880\n"
     " TOTAL                     119.880\n"
     " PROPINA SUGERIDA           11.100\n"
     " Medio de pago: Nequi",
     {{"company", "SABORES DEL PACIFICO S.A.S."},
      {"company_id", "9012345671"},
      {"receipt_number", "SP-5512"},
      {"date", "2026-07-19"},
      {"total", "119880.00"}}},
    {"Emisor: SERVICIOS DIGITALES NOPAL SA DE CV         Folio fiscal:\n"
     "RFC emisor: SDN150312AB9                           8B1F0C44-77A1-4E0D-9C1B-44718820ABCD\n"
     "Régimen fiscal: 601                                Serie: WEB   Folio: 90871\n"
     "Lugar de expedición: 64000                         Fecha: 2026-06-30T10:15:00\n"
     "\n"
     "Receptor: ESTEBAN RUELAS CANO\n"
     "RFC receptor: RUCE850412H56\n"
     "Uso CFDI: G03 Gastos en general\n"
     "\n"
     "Clave   Cantidad   Unidad   Concepto                Valor unitario   Importe\n"
     "81112101   1       E48      Hospedaje web anual     1,000.00         1,000.00\n"
     "\n"
     "Forma de pago: 03 Transferencia     Subtotal:   $1,000.00\n"
     "Método de pago: PUE                 IVA 16%:      $160.00\n"
     "Moneda: MXN                         Total:      $1,160.00",
     {{"company", "SERVICIOS DIGITALES NOPAL SA DE CV"},
      {"company_id", "SDN150312AB9"},
      {"date", "2026-06-30"},
      {"total", "1160.00"},
      {"buyer", "ESTEBAN RUELAS CANO"}}},
    {"     TIENDAS LA ESQUINA SA DE CV\n"
     "   RFC TLE990817KX3\n"
     "  AV. JUAREZ 118 COL. CENTRO PUEBLA\n"
     "  SUC 0118  CAJA 3  TICKET 004471\n"
     "  08/05/2026   19:22\n"
     "  COCA COLA 600        2 X 18.00   36.00\n"
     "  PAN BLANCO             47.50    47.50\n"
     "  LECHE LALA 1L        2 X 30.00   60.00\n"
     "  TOTAL $                         143.50\n"
     "  EFECTIVO                        200.00\n"
     "  CAMBIO                           56.50\n"
     "  ARTICULOS 5\n"
     "  GRACIAS POR SU COMPRA",
     {{"company", "TIENDAS LA ESQUINA SA DE CV"},
      {"company_id", "TLE990817KX3"},
      {"receipt_number", "004471"},
      {"date", "2026-05-08"},
      {"total", "143.50"}}},
    {"  AUTOSERVICIO LOS HERMANOS S.R.L.\n"
     "  CUIT 30-71122334-1\n"
     "  Ing. Brutos 901-223344-1\n"
     "  Mitre 1188 - Quilmes\n"
     "  IVA RESPONSABLE INSCRIPTO\n"
     "  A CONSUMIDOR FINAL\n"
     "  TIQUE  P.V. 0004  Nro 00118820\n"
     "  Fecha 21/04/2026   Hora 20:11:08\n"
     "  YERBA 1KG              4.300,00\n"
     "  AZUCAR 1KG    2 x 1.090,25\n"
     "                         2.180,50\n"
     "  ACEITE 1.5L            6.000,00\n"
     "  TOTAL             $   12.480,50\n"
     "  Efectivo              15.000,00\n"
     "  Vuelto                 2.519,50\n"
     "  CONTROLADOR FISCAL  REG: EPEP0000001",
     {{"company", "AUTOSERVICIO LOS HERMANOS S.R.L."},
      {"company_id", "30711223341"},
      {"date", "2026-04-21"},
      {"total", "12480.50"}}},
    {"GAS PATAGONIA SUR S.A.                   FACTURA B\n"
     "Av. San Martín 447, Neuquén              Nro: 0027-01188204\n"
     "C.U.I.T.: 30-65778632-9                  Fecha emisión: 11/03/2026\n"
     "\n"
     "RAMIREZ JUAN CARLOS                      Nro. de cliente: 118820447\n"
     "Belgrano 1188                            Período: 01/2026 - 02/2026\n"
     "8300 Neuquén                             Categoría: R2-3\n"
     "\n"
     "Cargo fijo                                3.120,40\n"
     "Consumo 88 m3                            19.870,00\n"
     "IVA 21%                                   4.828,08\n"
     "Otros tributos                              925,62\n"
     "TOTAL A PAGAR HASTA EL 27/03/2026      $ 28.744,10",
     {{"company", "GAS PATAGONIA SUR S.A."},
      {"company_id", "30657786329"},
      {"receipt_number", "0027-01188204"},
      {"date", "2026-03-11"},
      {"due_date", "2026-03-27"},
      {"total", "28744.10"}}},
    {"AGRICOLA VALLE HERMOSO LIMITADA              \n"
     "Giro: CULTIVO DE FRUTAS                      R.U.T.: 76.112.233-9\n"
     "Parcela 12, Curicó                           FACTURA ELECTRONICA\n"
     "                                             Nº 5512\n"
     "                                             S.I.I. - CURICO\n"
     "SEÑOR(ES): SUPERMERCADO EL SOL SPA           FECHA EMISION: 14 de Agosto del 2026\n"
     "R.U.T.: 77.334.455-6                         CONDICION VENTA: 30 días\n"
     "GIRO: SUPERMERCADO\n"
     "DIRECCION: Av. Manso 118   COMUNA: Talca\n"
     "CODIGO   DETALLE              CANTIDAD   PRECIO   TOTAL\n"
     "001      Manzana caja 18kg    50         10.000   500.000\n"
     "                                MONTO NETO    $   500.000\n"
     "                                19% I.V.A.    $    95.000\n"
     "                                TOTAL         $   595.000",
     {{"company", "AGRICOLA VALLE HERMOSO LIMITADA"},
      {"company_id", "761122339"},
      {"receipt_number", "5512"},
      {"date", "2026-08-14"},
      {"total", "595000.00"},
      {"buyer", "SUPERMERCADO EL SOL SPA"}}},
    {"HOSTAL LOS ANDENES E.I.R.L.              RUC 20447188201\n"
     "Calle Plateros 118 - Cusco               FACTURA ELECTRÓNICA\n"
     "Telf. (084) 223344                       F002-00001188\n"
     "\n"
     "Señor(es)      : VIAJES ANDINOS S.A.C.\n"
     "RUC            : 20551188227\n"
     "Fecha Emisión  : 28/07/2026\n"
     "Moneda         : SOLES\n"
     "Condición      : CONTADO\n"
     "\n"
     "CANT.   U.M.   DESCRIPCIÓN                 V. UNIT.   IMPORTE\n"
     "2       NIU    HAB. DOBLE 26-28/07          150.00     300.00\n"
     "\n"
     "SON: TRESCIENTOS CINCUENTA Y CUATRO Y 00/100 SOLES\n"
     "                          OP. GRAVADA   S/    300.00\n"
     "                          I.G.V. 18%    S/     54.00\n"
     "                          IMPORTE TOTAL S/    354.00",
     {{"company", "HOSTAL LOS ANDENES E.I.R.L."},
      {"receipt_number", "F002-00001188"},
      {"date", "2026-07-28"},
      {"total", "354.00"}}},
    {"RODRIGUEZ MENA CARMEN ALICIA\n"
     "PANADERIA SAN VICENTE\n"
     "RUC 1712345678001\n"
     "FACTURA 001-001-000000882\n"
     "Autorización SRI: 1702202601171234567800110010010000008821234567812\n"
     "Fecha: 17/02/2026\n"
     "Cliente: Consumidor Final\n"
     "CANT  DETALLE           P.UNIT   TOTAL\n"
     "10    PAN DE YEMA         1.50   15.00\n"
     "2     TORTA PEQUEÑA       2.50    5.00\n"
     "SUBTOTAL 15%                     20.00\n"
     "SUBTOTAL 0%                       0.00\n"
     "IVA 15%                           3.00\n"
     "TOTAL USD                        23.00",
     {{"receipt_number", "001-001-000000882"}, {"date", "2026-02-17"}, {"total", "23.00"}}},
    {" FARMACIA LA NUEVA ALTAGRACIA SRL\n"
     "   Av. Independencia 447, Higüey\n"
     "   RNC 130-88776-6  Tel 809-554-1188\n"
     "   FACTURA DE CONSUMO\n"
     "   NCF B0200088127\n"
     "   Fecha: 09/09/2026 17:31\n"
     "   Cliente: AL CONTADO\n"
     " Cant  Descripción      Itbis    Total\n"
     "  1    Multivitaminico  90.00    590.00\n"
     "  2    Alcohol 16 oz    45.00    295.00\n"
     " Sub-Total                       750.00\n"
     " ITBIS                           135.00\n"
     " Total RD$                       885.00\n"
     " Efectivo                      1,000.00\n"
     " Cambio                          115.00",
     {{"company", "FARMACIA LA NUEVA ALTAGRACIA SRL"},
      {"company_id", "130887766"},
      {"receipt_number", "B0200088127"},
      {"date", "2026-09-09"},
      {"total", "885.00"}}},
    {"   GASOLINERA EL QUETZAL\n"
     " ESTACION DE SERVICIO EL QUETZAL, SOCIEDAD ANONIMA\n"
     " NIT: 8812044-7\n"
     " Calzada Roosevelt 11-88 zona 7\n"
     " FACTURA ELECTRONICA FEL\n"
     " Serie: 44718B20  DTE: 3118820447\n"
     " Autorización: 44718B20-B9EC-4F0F-A1B2-C3D4E5F60718\n"
     " Fecha: 02/11/2026 06:55\n"
     " NIT: CF\n"
     " Cliente: CONSUMIDOR FINAL\n"
     " SUPER    7.813 gal  x 32.00   Q 250.00\n"
     " TOTAL                         Q 250.00\n"
     " Forma de pago: TARJETA",
     {{"company", "ESTACION DE SERVICIO EL QUETZAL, SOCIEDAD ANONIMA"},
      {"receipt_number", "3118820447"},
      {"date", "2026-11-02"},
      {"total", "250.00"}}},
    {"SODA Y RESTAURANTE DOÑA LELA S.A.\n"
     "Ced. Jurídica: 3-101-556677\n"
     "Tel: 2222-1188   San Pedro, San José\n"
     "Tiquete Electrónico N° 00100002040000011882\n"
     "Clave: 50620102600310155667700100002040000011882118820447\n"
     "Fecha: 20/10/2026 12:44\n"
     "2 Casado pollo            3.500,00    7.000,00\n"
     "1 Fresco cas              1.000,00    1.000,00\n"
     "Subtotal                              8.000,00\n"
     "IVA 13%                               1.040,00\n"
     "Total ¢                               9.040,00\n"
     "Autorizada mediante resolución DGT-R-033-2019",
     {{"company", "SODA Y RESTAURANTE DOÑA LELA S.A."},
      {"company_id", "3101556677"},
      {"receipt_number", "00100002040000011882"},
      {"date", "2026-10-20"},
      {"total", "9040.00"}}},
    {"FERRETERIA CENTRAL DE CHITRE, S.A.\n"
     "RUC 155447188-2-2016 DV 44\n"
     "Vía Circunvalación, Chitré\n"
     "FACTURA\n"
     "No. 00044718\n"
     "Fecha: 22/08/2026   Hora: 15:10\n"
     "CLAVOS 2\"           2 x 2.50    5.00\n"
     "MARTILLO                       20.00\n"
     "SUBTOTAL                 B/.   25.00\n"
     "ITBMS 7%                 B/.    1.75\n"
     "TOTAL                    B/.   26.75\n"
     "EFECTIVO                 B/.   30.00\n"
     "CAMBIO                   B/.    3.25",
     {{"company", "FERRETERIA CENTRAL DE CHITRE, S.A."},
      {"receipt_number", "00044718"},
      {"date", "2026-08-22"},
      {"total", "26.75"}}},
    {"PENSION DOÑA JUSTA\n"
     "De: Justa Mamani Choque\n"
     "Casa Matriz\n"
     "Calle Jordán 447, Cochabamba\n"
     "NIT: 4471882013\n"
     "FACTURA N°: 8821\n"
     "COD. AUTORIZACION: 44F2A0B81C7718820\n"
     "Nombre/Razón Social: MENDEZ\n"
     "NIT/CI/CEX: 6118820\n"
     "Fecha: 14/06/2026 13:05\n"
     "CANT DETALLE        P.UNIT  SUBTOTAL\n"
     "3    Almuerzo        25.00     75.00\n"
     "1    Refresco         9.00      9.00\n"
     "TOTAL Bs                       84.00\n"
     "SON: OCHENTA Y CUATRO 00/100 BOLIVIANOS",
     {{"company", "PENSION DOÑA JUSTA"},
      {"company_id", "4471882013"},
      {"receipt_number", "8821"},
      {"date", "2026-06-14"},
      {"total", "84.00"}}},
    {"COMERCIAL SAN BLAS S.R.L.              TIMBRADO N° 16447188\n"
     "De artículos para el hogar             RUC 80044718-8\n"
     "Avda. Mcal. López 447, Asunción        FACTURA\n"
     "                                       001-002-0004471\n"
     "Fecha: 30 de setiembre de 2026         Condición: Contado (X)  Crédito ( )\n"
     "Nombre o Razón Social: Gladys Benítez  RUC/CI: 4.471.882\n"
     "Cant.  Descripción         P. Unitario   Exentas   5%   10%\n"
     "1      Licuadora           385.000                      385.000\n"
     "Total a pagar: trescientos ochenta y cinco mil       Gs. 385.000\n"
     "Liquidación del IVA: (5%)      (10%) 35.000   Total IVA: 35.000",
     {{"company", "COMERCIAL SAN BLAS S.R.L."},
      {"company_id", "800447188"},
      {"receipt_number", "001-002-0004471"},
      {"date", "2026-09-30"},
      {"total", "385000.00"}}},
    {"ESTUDIO CONTABLE RIVERA SRL            RUC EMISOR: 217744880018\n"
     "Colonia 1188 esc. 402, Montevideo      e-Factura Crédito\n"
     "Tel. 2908 4471                         Nro. A 4471\n"
     "RUC COMPRADOR: 211188200012            Fecha: 29/05/2026\n"
     "TRANSPORTES DEL LITORAL SA             Vencimiento: 28/06/2026\n"
     "Ruta 3 km 488, Salto                   Moneda: Pesos uruguayos\n"
     "Descripción                    Cantidad   Precio       Importe\n"
     "Honorarios mayo                1          12.000,00    12.000,00\n"
     "                               Subtotal   12.000,00\n"
     "                               IVA Tasa Básica 22%      2.640,00\n"
     "                               Total                   14.640,00",
     {{"company", "ESTUDIO CONTABLE RIVERA SRL"},
      {"company_id", "217744880018"},
      {"receipt_number", "A 4471"},
      {"date", "2026-05-29"},
      {"total", "14640.00"}}},
    {"Cedar Ridge Heating & Air\n"
     "447 Mill Road, Asheville, NC 28801\n"
     "(828) 555-0144\n"
     "\n"
     "INVOICE                                   Invoice No.    20447\n"
     "                                          Date           Jan 19, 2026\n"
     "Bill To                                   Terms          Net 30\n"
     "Harper Daniels                            Due            Feb 18, 2026\n"
     "18 Laurel Ln\n"
     "Asheville, NC 28803\n"
     "\n"
     "Description                     Hours    Rate      Amount\n"
     "Furnace tune-up                 2        95.00     190.00\n"
     "Blower motor                                       380.00\n"
     "                                Subtotal          $570.00\n"
     "                                Sales Tax 7.43%    $42.35\n"
     "                                Balance Due       $612.35",
     {{"company", "Cedar Ridge Heating & Air"},
      {"receipt_number", "20447"},
      {"date", "2026-01-19"},
      {"due_date", "2026-02-18"},
      {"total", "612.35"}}},
    {"       GREENLEAF PHARMACY\n"
     "      1188 E MAIN ST\n"
     "      BOISE, ID 83702\n"
     "      208-555-0188\n"
     "  TRANS# 4471-8820   REG 02\n"
     "  03/14/2026  05:41 PM\n"
     "  RX COPAY               15.00 N\n"
     "  SHAMPOO                 8.49 T\n"
     "  VITAMIN D               7.49 N\n"
     "  SUBTOTAL               30.98\n"
     "  TAX 6%                  0.86\n"
     "  TOTAL                  31.84\n"
     "  VISA ************1188  31.84\n"
     "  YOU SAVED $2.00 TODAY",
     {{"company", "GREENLEAF PHARMACY"}, {"receipt_number", "4471-8820"}, {"date", "2026-03-14"}, {"total", "31.84"}}},
    {"RECEBEMOS DE TECIDOS SERRA AZUL LTDA OS PRODUTOS DA NOTA FISCAL     NF-e Nº 000.004.471  SÉRIE 1\n"
     "TECIDOS SERRA AZUL LTDA                 DANFE\n"
     "Rua das Palmeiras 447                   Documento Auxiliar da Nota Fiscal Eletrônica\n"
     "Blumenau - SC                           Nº 000.004.471   SÉRIE 1\n"
     "CNPJ 11.222.333/0001-81\n"
     "DESTINATÁRIO\n"
     "NOME/RAZÃO SOCIAL                       CNPJ/CPF               DATA DA EMISSÃO\n"
     "CONFECCOES AURORA LTDA                  44.718.820/0001-09     11/08/2026\n"
     "CÁLCULO DO IMPOSTO\n"
     "BASE DE CÁLCULO DO ICMS   VALOR DO ICMS   VALOR TOTAL DOS PRODUTOS   VALOR TOTAL DA NOTA\n"
     "1.540,00                  184,80          1.540,00                   1.540,00",
     {{"company", "TECIDOS SERRA AZUL LTDA"},
      {"company_id", "11222333000181"},
      {"receipt_number", "000.004.471"},
      {"date", "2026-08-11"},
      {"total", "1540.00"}}},
    {"PADARIA E CONFEITARIA PAO DOURADO LTDA\n"
     "RUA XV DE NOVEMBRO 447 CENTRO CURITIBA PR\n"
     "CNPJ 11.222.333/0001-81  IE 90447188-20\n"
     "DANFE NFC-e - Documento Auxiliar\n"
     "NFC-e nº 118820 Série 001  02/10/2026 07:48:20\n"
     "001 PAO FRANCES KG   0,500 KG x 19,00      9,50\n"
     "002 BOLO FUBA UN     1 UN x 22,00         22,00\n"
     "003 CAFE MEDIO UN    1 UN x 7,00           7,00\n"
     "Qtde. total de itens 3\n"
     "Valor total R$                            38,50\n"
     "FORMA PAGAMENTO                  VALOR PAGO R$\n"
     "Cartão de Débito                          38,50\n"
     "CONSUMIDOR NÃO IDENTIFICADO",
     {{"company", "PADARIA E CONFEITARIA PAO DOURADO LTDA"},
      {"company_id", "11222333000181"},
      {"receipt_number", "118820"},
      {"date", "2026-10-02"},
      {"total", "38.50"}}},
    {"IMPRENTA Y LITOGRAFIA CUSCATLAN, S.A. DE C.V.\n"
     "NIT: 0614-010203-101-4   NRC: 11882-0\n"
     "COMPROBANTE DE CRÉDITO FISCAL\n"
     "Número de control: DTE-03-M001P001-000000000000882\n"
     "Código de generación: 4B7F18A0-E2B9-4D77-8188-20447188A0B1\n"
     "Fecha de emisión: 03/04/2026\n"
     "Cliente: ALMACENES TAZUMAL, S.A. DE C.V.   NRC: 44718-8\n"
     "Cant   Descripción              P. Unit   Gravadas\n"
     "1000   Volantes full color      0.20      200.00\n"
     "Sumas                                     200.00\n"
     "IVA 13%                                    26.00\n"
     "Total a pagar                            $226.00",
     {{"company", "IMPRENTA Y LITOGRAFIA CUSCATLAN, S.A. DE C.V."},
      {"receipt_number", "DTE-03-M001P001-000000000000882"},
      {"date", "2026-04-03"},
      {"total", "226.00"}}},
    {"        BAR CASA PACO\n"
     "     Francisco Roldán Vega\n"
     "       NIF 12345678Z\n"
     "    Plaza Mayor 4, 37002 Salamanca\n"
     " Factura simplificada: 2026-11882\n"
     " 30/08/2026 21:47   Mesa 4\n"
     " 2 Caña               2,20    4,40\n"
     " 1 Tortilla                   7,00\n"
     " 2 Bravas             6,00   12,00\n"
     " TOTAL               23,40 €\n"
     " IVA INCLUIDO (10%)\n"
     " Base 21,27   IVA 2,13",
     {{"company", "BAR CASA PACO"},
      {"company_id", "12345678Z"},
      {"receipt_number", "2026-11882"},
      {"date", "2026-08-30"},
      {"total", "23.40"}}},
    {"   MARISCOS EL PUERTO DE SAN BLAS\n"
     "   Av. Insurgentes 447, Tepic, Nay.\n"
     "   RFC: MPS100203QX1\n"
     "   Mesero: JORGE     Mesa: 14\n"
     "   Folio: 8821   Personas: 4\n"
     "   04/07/2026 15:12:09\n"
     "   2 Aguachile            360.00\n"
     "   1 Pescado zarandeado   340.00\n"
     "   Subtotal               700.00\n"
     "   IVA                    112.00\n"
     "   Total                  812.00\n"
     "   Propina no incluida",
     {{"company", "MARISCOS EL PUERTO DE SAN BLAS"},
      {"receipt_number", "8821"},
      {"date", "2026-07-04"},
      {"total", "812.00"}}},
    {"FARMACIAS DEL LAGO S.A.\n"
     "RUT 96.223.344-6\n"
     "Casa matriz: Urmeneta 447, Puerto Montt\n"
     "BOLETA ELECTRÓNICA\n"
     "N° 88204471\n"
     "Fecha emisión 18/03/2026 12:55\n"
     "PARACETAMOL 500MG          1.990\n"
     "IBUPROFENO 400MG           3.490\n"
     "VITAMINA C                12.990\n"
     "TOTAL                     18.470\n"
     "Monto IVA                  2.949\n"
     "Débito                    18.470",
     {{"company", "FARMACIAS DEL LAGO S.A."},
      {"company_id", "962233446"},
      {"receipt_number", "88204471"},
      {"date", "2026-03-18"},
      {"total", "18470.00"}}},
    {"PINTURERIA DEL CENTRO S.A.      A      FACTURA\n"
     "San Juan 1188 - Córdoba     COD. 01    N° 0003-00008821\n"
     "IVA RESPONSABLE INSCRIPTO              FECHA: 05/05/2026\n"
     "                                       CUIT: 30-68811204-1\n"
     "                                       ING. BRUTOS: 904-447188-2\n"
     "                                       INICIO ACT.: 01/03/1998\n"
     "Sr.(es): CONSTRUCTORA SIERRAS SRL      CUIT: 30-71188204-5\n"
     "Domicilio: Av. Colón 447               IVA: Resp. Inscripto\n"
     "CANT.  DESCRIPCION            P. UNIT.      IMPORTE\n"
     "10     LATEX INTERIOR 4L      5.000,00      50.000,00\n"
     "SUBTOTAL        IVA 21%        TOTAL\n"
     "50.000,00       10.500,00      60.500,00\n"
     "CAE: 76188204471188  VTO CAE: 15/05/2026",
     {{"company", "PINTURERIA DEL CENTRO S.A."},
      {"company_id", "30688112041"},
      {"receipt_number", "0003-00008821"},
      {"date", "2026-05-05"},
      {"total", "60500.00"}}},
    {" ESTACION DE SERVICIOS EL SOL S.A.C.\n"
     " R.U.C. 20447188213\n"
     " Panamericana Norte Km 447 - Chiclayo\n"
     " BOLETA DE VENTA ELECTRONICA\n"
     " B004-0118820\n"
     " Fec.Emision: 09/06/2026 08:12:44\n"
     " DNI: 44718820  Cliente: VARIOS\n"
     " Cant.   Producto       P.Unit   Importe\n"
     " 3.012   GASOHOL 90     16.60    50.00\n"
     " OP. GRAVADA   S/   42.37\n"
     " IGV 18%       S/    7.63\n"
     " TOTAL         S/   50.00\n"
     " Visa          S/   50.00",
     {{"company", "ESTACION DE SERVICIOS EL SOL S.A.C."},
      {"company_id", "20447188213"},
      {"receipt_number", "B004-0118820"},
      {"date", "2026-06-09"},
      {"total", "50.00"}}},
    {"SUMINISTROS INDUSTRIALES LARA, C.A.\n"
     "RIF J-30447188-2  Zona Industrial II, Barquisimeto\n"
     "NOTA DE ENTREGA N° 0044          FECHA: 08/08/2026\n"
     "CLIENTE: FERRETERIA EL CLAVO     RIF: J-41188204-4\n"
     "CANT   DESCRIPCION      PRECIO USD    TOTAL USD\n"
     "3      Disco de corte   20,00         60,00\n"
     "1      Esmeril          150,00        150,00\n"
     "                        TOTAL USD     210,00",
     {{"company", "SUMINISTROS INDUSTRIALES LARA, C.A."},
      {"company_id", "J304471882"},
      {"receipt_number", "0044"},
      {"date", "2026-08-08"},
      {"total", "210.00"}}},
    {"        Rosita's Taqueria\n"
     "      1188 Fruitvale Ave\n"
     "      Oakland, CA 94601\n"
     "      (510) 555-0119\n"
     "Server: Dani        Table 9\n"
     "Check #118          02/14/2026 7:02 PM\n"
     "3 Al pastor         12.00\n"
     "2 Horchata           9.00\n"
     "1 Mole plate        17.00\n"
     "Subtotal            38.00\n"
     "Tax                  3.04\n"
     "Total               41.04\n"
     "Tip   ______",
     {{"company", "Rosita's Taqueria"}, {"receipt_number", "118"}, {"date", "2026-02-14"}, {"total", "41.04"}}},
    {"Marta Olivares Ruiz                         FACTURA\n"
     "Diseño gráfico                              Nº: 26/031\n"
     "NIF: 44718820Y                              Fecha: 31/03/2026\n"
     "C/ Aragón 118, 08015 Barcelona\n"
     "\n"
     "Facturar a: Editorial Brújula S.L.\n"
     "CIF: B61188204\n"
     "\n"
     "Concepto                                    Importe\n"
     "Maquetación libro                           1.000,00 €\n"
     "Base imponible                              1.000,00 €\n"
     "IVA 21%                                       210,00 €\n"
     "Retención IRPF 15%                           -150,00 €\n"
     "Total                                       1.060,00 €",
     {{"company", "Marta Olivares Ruiz"},
      {"company_id", "44718820Y"},
      {"receipt_number", "26/031"},
      {"date", "2026-03-31"},
      {"total", "1060.00"}}},
    {"CORPORACION DE ACUEDUCTO DEL ESTE\n"
     "RNC 4-30-44718-8\n"
     "FACTURA DE SERVICIO\n"
     "No. Factura: 118820447\n"
     "Contrato: 0044718     Ruta: 12\n"
     "Fecha de emisión: 01/10/2026\n"
     "Fecha límite de pago: 20/10/2026\n"
     "Agua potable             420.00\n"
     "Alcantarillado           220.00\n"
     "Total a pagar      RD$   640.00",
     {{"company", "CORPORACION DE ACUEDUCTO DEL ESTE"},
      {"company_id", "430447188"},
      {"receipt_number", "118820447"},
      {"date", "2026-10-01"},
      {"due_date", "2026-10-20"},
      {"total", "640.00"}}},
    {"EMPRESA ELECTRICA DEL VALLE\n"
     "RTN: 08019995447188\n"
     "FACTURA No. 4471882        CLAVE: 1188204\n"
     "NOMBRE: SUYAPA MEJIA\n"
     "FECHA DE EMISION: 15/09/2026\n"
     "VENCE: 05/10/2026\n"
     "CONSUMO 188 KWH           L 1,120.40\n"
     "ALUMBRADO PUBLICO         L    68.00\n"
     "TOTAL A PAGAR             L 1,188.40",
     {{"company", "EMPRESA ELECTRICA DEL VALLE"},
      {"receipt_number", "4471882"},
      {"date", "2026-09-15"},
      {"due_date", "2026-10-05"},
      {"total", "1188.40"}}},
    {"        The Pine Loft\n"
     "      1188 Fruitvale Ave\n"
     "      Sacramento, CA 95814\n"
     "      (510) 555-0119\n"
     "Check #118          02/14/2026 7:02 PM\n"
     "1 Item              38.00\n"
     "Subtotal            38.00\n"
     "Tax                  3.04\n"
     "Total               41.04",
     {{"company", "The Pine Loft"}, {"date", "2026-02-14"}, {"total", "41.04"}}},
    {"        Mile High Bagels\n"
     "      1188 Fruitvale Ave\n"
     "      Denver, CO 80202\n"
     "      (510) 555-0119\n"
     "Check #118          02/14/2026 7:02 PM\n"
     "1 Item              38.00\n"
     "Subtotal            38.00\n"
     "Tax                  3.04\n"
     "Total               41.04",
     {{"company", "Mile High Bagels"}, {"date", "2026-02-14"}, {"total", "41.04"}}},
    {"        Corner Laundry\n"
     "      1188 Fruitvale Ave\n"
     "      Pasadena CA 91101-1188\n"
     "      (510) 555-0119\n"
     "Check #118          02/14/2026 7:02 PM\n"
     "1 Item              38.00\n"
     "Subtotal            38.00\n"
     "Tax                  3.04\n"
     "Total               41.04",
     {{"company", "Corner Laundry"}, {"date", "2026-02-14"}, {"total", "41.04"}}},
    {"        Tomas Bakehouse\n"
     "      1188 Fruitvale Ave\n"
     "      BOULDER CO 80301\n"
     "      (510) 555-0119\n"
     "Check #118          02/14/2026 7:02 PM\n"
     "1 Item              38.00\n"
     "Subtotal            38.00\n"
     "Tax                  3.04\n"
     "Total               41.04",
     {{"company", "Tomas Bakehouse"}, {"date", "2026-02-14"}, {"total", "41.04"}}},
    {"        Old Mill\n"
     "      1188 Fruitvale Ave\n"
     "      Fresno, CA 93701\n"
     "      (510) 555-0119\n"
     "Check #118          02/14/2026 7:02 PM\n"
     "1 Item              38.00\n"
     "Subtotal            38.00\n"
     "Tax                  3.04\n"
     "Total               41.04",
     {{"company", "Old Mill"}, {"date", "2026-02-14"}, {"total", "41.04"}}},
};

static void test_bills(void **state) {
    (void)state;
    printed_check(bills, sizeof bills / sizeof *bills, "bill");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bills)};
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
