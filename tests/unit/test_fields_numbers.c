/*
 * test_fields_numbers.c - the numbers and dates of documents, behind series and other words, and beside those of orders
 * and of other documents.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "printed.h"

static const struct printed_case numbers[] = {
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "Tipo de comprobante: E - Egreso       NOTA DE CRÉDITO\n"
     "Serie NC Folio NC-118                 Fecha 28/09/2026 16:40\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "NC-118"}, {"date", "2026-09-28"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA    Serie A Folio 1188                 Fecha 28/09/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "1188"}, {"date", "2026-09-28"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA\n"
     "Serie: A    Folio: 1188    Fecha: 28/09/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "1188"}, {"date", "2026-09-28"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA\n"
     "Serie y Folio: A-1188    Fecha: 28/09/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "A-1188"}, {"date", "2026-09-28"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA   Folio F-2201     Fecha 28/09/2026\n"
     "Folio fiscal: 5E2D0471-AA18-4471-B820-0447188204FF\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "F-2201"}, {"date", "2026-09-28"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "Factura de venta POS No. PS2-44018\n"
     "Fecha: 11/05/2026 10:11\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 19%                                         $ 95,00\n"
     "Total                                          $ 595,00",
     {{"receipt_number", "PS2-44018"}, {"date", "2026-05-11"}}},
    {"DISTRIBUIDORA IXCHEL, S.A.\n"
     "NIT 447188-1\n"
     "FACTURA Serie A No. 447188\n"
     "Fecha de emisión: 21/09/2026\n"
     "\n"
     "Mercancía varia                                Q 500.00\n"
     "Subtotal                                       Q 500.00\n"
     "IVA 12%                                         Q 60.00\n"
     "Total                                          Q 560.00",
     {{"receipt_number", "447188"}, {"date", "2026-09-21"}}},
    {"DISTRIBUIDORA IXCHEL, S.A.\n"
     "NIT 447188-1\n"
     "RECIBO 63-A   Serie A No. 447188\n"
     "Fecha: 21/09/2026\n"
     "\n"
     "Mercancía varia                                Q 500.00\n"
     "Subtotal                                       Q 500.00\n"
     "IVA 12%                                         Q 60.00\n"
     "Total                                          Q 560.00",
     {{"receipt_number", "447188"}, {"date", "2026-09-21"}}},
    {"ALMACEN LA BARRA SRL\n"
     "RUC 211308820019\n"
     "Montevideo\n"
     "e-Factura    SERIE B   NÚMERO 18820\n"
     "FECHA 16/04/2026\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 22%                                        $ 110,00\n"
     "Total                                          $ 610,00",
     {{"receipt_number", "18820"}, {"date", "2026-04-16"}}},
    {"ALMACEN LA BARRA SRL\n"
     "RUC 211308820019\n"
     "Montevideo\n"
     "e-Ticket   Serie: A   Nro.: 18820   Contado\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 22%                                        $ 110,00\n"
     "Total                                          $ 610,00",
     {{"receipt_number", "18820"}, {"date", "2026-04-16"}}},
    {"Ultramarinos Benimar S.L.\n"
     "NIF B47188206\n"
     "Factura serie A número 118\n"
     "Fecha 16/04/2026\n"
     "\n"
     "Mercancía varia                                  500,00\n"
     "Subtotal                                         500,00\n"
     "IVA 21%                                          105,00\n"
     "Total                                            605,00",
     {{"receipt_number", "118"}, {"date", "2026-04-16"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\n"
     "RIF J-61103753-7\n"
     "FACTURA   N° 001882   Serie A\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                              Bs. 500,00\n"
     "Subtotal                                     Bs. 500,00\n"
     "IVA 16%                                       Bs. 80,00\n"
     "Total                                        Bs. 580,00",
     {{"receipt_number", "001882"}, {"date", "2026-04-16"}}},
    {"INVERSIONES HUASCAR S.A.C.\n"
     "RUC 20512345678\n"
     "BOLETA DE VENTA ELECTRÓNICA B001-118\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                               S/ 500.00\n"
     "Subtotal                                      S/ 500.00\n"
     "IGV 18%                                        S/ 90.00\n"
     "Total                                         S/ 590.00",
     {{"receipt_number", "B001-118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "Factura de Venta: FV-118\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 19%                                         $ 95,00\n"
     "Total                                          $ 595,00",
     {{"receipt_number", "FV-118"}, {"date", "2026-04-16"}}},
    {"DISTRIBUIDORA NAHUEL S.R.L.\n"
     "CUIT: 30-17842606-7\n"
     "FACTURA B N.º FC 0001-00000118\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 21%                                        $ 105,00\n"
     "Total                                          $ 605,00",
     {{"receipt_number", "FC 0001-00000118"}, {"date", "2026-04-16"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "Factura comercial #118\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "118"}, {"date", "2026-04-16"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "Ticket No: 118/22\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "118/22"}, {"date", "2026-04-16"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "NOTA DE VENTA\n"
     "Folio interno: 118\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "118"}, {"date", "2026-04-16"}}},
    {"INVERSIONES HUASCAR S.A.C.\n"
     "RUC 20512345678\n"
     "FACTURA ELECTRÓNICA\n"
     "Serie F001  Correlativo 00000118\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                               S/ 500.00\n"
     "Subtotal                                      S/ 500.00\n"
     "IGV 18%                                        S/ 90.00\n"
     "Total                                         S/ 590.00",
     {{"receipt_number", "00000118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "NOTA CRÉDITO ELECTRÓNICA No. NC-118\n"
     "Aplica a factura: FV-77\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 19%                                         $ 95,00\n"
     "Total                                          $ 595,00",
     {{"receipt_number", "NC-118"}, {"date", "2026-04-16"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "NOTA DE CRÉDITO\n"
     "Serie NC Nº 118\n"
     "Factura relacionada: A-77\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "118"}, {"date", "2026-04-16"}}},
    {"COMERCIAL LOS BOLDOS SPA\n"
     "RUT 76.123.456-0\n"
     "NOTA DE CRÉDITO ELECTRÓNICA           N° 118\n"
     "Fecha: 16/04/2026\n"
     "Referencia: Factura electrónica N° 4471 del 02/04/2026\n"
     "\n"
     "Mercancía varia                                   $ 500\n"
     "Subtotal                                          $ 500\n"
     "IVA 19%                                            $ 95\n"
     "Total                                             $ 595",
     {{"receipt_number", "118"}, {"date", "2026-04-16"}}},
    {"Blue Mesa Outfitters LLC\n"
     "118 Canyon Rd, Santa Fe, NM 87501\n"
     "Order #: 55120          Invoice #: INV-1188\n"
     "Order Date: 03/01/2026  Invoice Date: 03/05/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "Tax                                              $25.00\n"
     "Total                                           $525.00",
     {{"receipt_number", "INV-1188"}, {"date", "2026-03-05"}}},
    {"Blue Mesa Outfitters LLC\n"
     "118 Canyon Rd, Santa Fe, NM 87501\n"
     "INVOICE\n"
     "Invoice # INV-1188      Order # 55120\n"
     "Invoice date 03/05/2026 Order date 03/01/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "Tax                                              $25.00\n"
     "Total                                           $525.00",
     {{"receipt_number", "INV-1188"}, {"date", "2026-03-05"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "Pedido: 5512             Fecha pedido: 01/05/2026\n"
     "Factura: F-118           Fecha factura: 03/05/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "F-118"}, {"date", "2026-05-03"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "Orden de compra: OC-5512  Fecha orden: 01/05/2026\n"
     "Factura electrónica No. FE-118\n"
     "Fecha de emisión: 03/05/2026\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 19%                                         $ 95,00\n"
     "Total                                          $ 595,00",
     {{"receipt_number", "FE-118"}, {"date", "2026-05-03"}}},
    {"INVERSIONES HUASCAR S.A.C.\n"
     "RUC 20512345678\n"
     "O/C N° 5512\n"
     "FACTURA ELECTRÓNICA\n"
     "F001-118\n"
     "Fecha de emisión: 03/05/2026\n"
     "\n"
     "Mercancía varia                               S/ 500.00\n"
     "Subtotal                                      S/ 500.00\n"
     "IGV 18%                                        S/ 90.00\n"
     "Total                                         S/ 590.00",
     {{"receipt_number", "F001-118"}, {"date", "2026-05-03"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA A-118\n"
     "Remisión No. 5512   Fecha remisión: 01/05/2026\n"
     "Fecha: 03/05/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "A-118"}, {"date", "2026-05-03"}}},
    {"Blue Mesa Outfitters LLC\n"
     "118 Canyon Rd, Santa Fe, NM 87501\n"
     "INVOICE\n"
     "PO Number: 55120\n"
     "Invoice Number: 1188\n"
     "Date: 03/05/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "Tax                                              $25.00\n"
     "Total                                           $525.00",
     {{"receipt_number", "1188"}, {"date", "2026-03-05"}}},
    {"Blue Mesa Outfitters LLC\n"
     "118 Canyon Rd, Santa Fe, NM 87501\n"
     "Sales Order No. 55120\n"
     "INVOICE No. 1188\n"
     "Invoice Date 03/05/2026\n"
     "Ship Date 03/02/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "Tax                                              $25.00\n"
     "Total                                           $525.00",
     {{"receipt_number", "1188"}, {"date", "2026-03-05"}}},
    {"Blue Mesa Outfitters LLC\n"
     "118 Canyon Rd, Santa Fe, NM 87501\n"
     "Work order 55120\n"
     "Invoice 1188\n"
     "Date 03/05/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "Tax                                              $25.00\n"
     "Total                                           $525.00",
     {{"receipt_number", "1188"}, {"date", "2026-03-05"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\n"
     "RIF J-61103753-7\n"
     "FACTURA N° 001882\n"
     "Contrato N° 5512\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                              Bs. 500,00\n"
     "Subtotal                                     Bs. 500,00\n"
     "IVA 16%                                       Bs. 80,00\n"
     "Total                                        Bs. 580,00",
     {{"receipt_number", "001882"}, {"date", "2026-04-16"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\n"
     "RIF J-61103753-7\n"
     "Código de cliente: 5512\n"
     "FACTURA N° 001882\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                              Bs. 500,00\n"
     "Subtotal                                     Bs. 500,00\n"
     "IVA 16%                                       Bs. 80,00\n"
     "Total                                        Bs. 580,00",
     {{"receipt_number", "001882"}, {"date", "2026-04-16"}}},
    {"INVERSIONES HUASCAR S.A.C.\n"
     "RUC 20512345678\n"
     "FACTURA ELECTRÓNICA F001-118\n"
     "Guía de remisión: T001-5512\n"
     "Fecha de emisión: 16/04/2026\n"
     "\n"
     "Mercancía varia                               S/ 500.00\n"
     "Subtotal                                      S/ 500.00\n"
     "IGV 18%                                        S/ 90.00\n"
     "Total                                         S/ 590.00",
     {{"receipt_number", "F001-118"}, {"date", "2026-04-16"}}},
    {"DISTRIBUIDORA NAHUEL S.R.L.\n"
     "CUIT: 30-17842606-7\n"
     "Fecha de entrega: 20/04/2026\n"
     "FACTURA B N° 0001-00000118\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 21%                                        $ 105,00\n"
     "Total                                          $ 605,00",
     {{"receipt_number", "0001-00000118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "Fecha de pedido: 01/05/2026     Fecha de facturación: 03/05/2026\n"
     "FACTURA No. FE-118    Pedido No. 5512\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 19%                                         $ 95,00\n"
     "Total                                          $ 595,00",
     {{"receipt_number", "FE-118"}, {"date", "2026-05-03"}}},
    {"Blue Mesa Outfitters LLC\n"
     "118 Canyon Rd, Santa Fe, NM 87501\n"
     "Order Number: 112-5512\n"
     "Order Date: March 1, 2026\n"
     "Receipt\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "Tax                                              $25.00\n"
     "Total                                           $525.00",
     {{"receipt_number", "112-5512"}, {"date", "2026-03-01"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "NOTA DE VENTA\n"
     "Pedido: 5512\n"
     "Fecha de compra: 01/05/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "5512"}, {"date", "2026-05-01"}}},
    {"Blue Mesa Outfitters LLC\n"
     "118 Canyon Rd, Santa Fe, NM 87501\n"
     "INVOICE\n"
     "Invoice No     Invoice Date   Order No     Order Date\n"
     "1188           03/05/2026     55120        03/01/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "Tax                                              $25.00\n"
     "Total                                           $525.00",
     {{"receipt_number", "1188"}, {"date", "2026-03-05"}}},
    {"Blue Mesa Outfitters LLC\n"
     "118 Canyon Rd, Santa Fe, NM 87501\n"
     "INVOICE\n"
     "Order No       Order Date     Invoice No     Invoice Date\n"
     "55120          03/01/2026     1188           03/05/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "Tax                                              $25.00\n"
     "Total                                           $525.00",
     {{"receipt_number", "1188"}, {"date", "2026-03-05"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "FACTURA\n"
     "Pedido      Fecha pedido    Factura     Fecha factura\n"
     "5512        01/05/2026      F-118       03/05/2026\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "F-118"}, {"date", "2026-05-03"}}},
    {"Ultramarinos Benimar S.L.\n"
     "NIF B47188206\n"
     "Su pedido: 5512 de 01/05/2026\n"
     "Factura: 2026/118\n"
     "Fecha: 03/05/2026\n"
     "\n"
     "Mercancía varia                                  500,00\n"
     "Subtotal                                         500,00\n"
     "IVA 21%                                          105,00\n"
     "Total                                            605,00",
     {{"receipt_number", "2026/118"}, {"date", "2026-05-03"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "Orden de servicio 5512\n"
     "FACTURA ELECTRÓNICA DE VENTA FE-118\n"
     "Fecha emisión: 03/05/2026 Fecha vencimiento: 02/06/2026\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 19%                                         $ 95,00\n"
     "Total                                          $ 595,00",
     {{"receipt_number", "FE-118"}, {"date", "2026-05-03"}}},
    {"DISTRIBUIDORA NAHUEL S.R.L.\n"
     "CUIT: 30-17842606-7\n"
     "FACTURA B N° 0001-00000118\n"
     "Fecha de emisión: 16/04/2026\n"
     "Período facturado desde 01/03/2026 hasta 31/03/2026\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 21%                                        $ 105,00\n"
     "Total                                          $ 605,00",
     {{"receipt_number", "0001-00000118"}, {"date", "2026-04-16"}}},
    {"DISTRIBUIDORA NAHUEL S.R.L.\n"
     "CUIT: 30-17842606-7\n"
     "Inicio de actividades: 01/03/2010\n"
     "FACTURA B N° 0001-00000118\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 21%                                        $ 105,00\n"
     "Total                                          $ 605,00",
     {{"receipt_number", "0001-00000118"}, {"date", "2026-04-16"}}},
    {"FERRETERIA EL ROBLE S.A.S.\n"
     "NIT 901.447.220-1\n"
     "FACTURA ELECTRÓNICA DE VENTA FE-118\n"
     "Resolución DIAN 18764071188204 del 02/11/2025\n"
     "Fecha: 16/04/2026\n"
     "\n"
     "Mercancía varia                                $ 500,00\n"
     "Subtotal                                       $ 500,00\n"
     "IVA 19%                                         $ 95,00\n"
     "Total                                          $ 595,00",
     {{"receipt_number", "FE-118"}, {"date", "2026-04-16"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\n"
     "RIF J-61103753-7\n"
     "CAJA 02  TURNO 1  OPERADOR 5512\n"
     "FACTURA: 00118820\n"
     "FECHA: 16/04/2026   HORA: 10:22\n"
     "\n"
     "Mercancía varia                              Bs. 500,00\n"
     "Subtotal                                     Bs. 500,00\n"
     "IVA 16%                                       Bs. 80,00\n"
     "Total                                        Bs. 580,00",
     {{"receipt_number", "00118820"}, {"date", "2026-04-16"}}},
    {"COMERCIAL DEL ESTE SA DE CV\n"
     "RFC CDE800910A41\n"
     "Mesa 12   Orden 5512   Folio 118\n"
     "Fecha: 16/04/2026 14:10\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "IVA 16%                                          $80.00\n"
     "Total                                           $580.00",
     {{"receipt_number", "118"}, {"date", "2026-04-16"}}},
    {"Blue Mesa Outfitters LLC\n"
     "118 Canyon Rd, Santa Fe, NM 87501\n"
     "Table 12  Server: Ana  Guests 2\n"
     "Check 1188   Order 55120\n"
     "03/05/2026 7:41 PM\n"
     "\n"
     "Mercancía varia                                 $500.00\n"
     "Subtotal                                        $500.00\n"
     "Tax                                              $25.00\n"
     "Total                                           $525.00",
     {{"receipt_number", "1188"}, {"date", "2026-03-05"}}},
};

/* Numbers of something else, which no document has. */
static const struct printed_case others[] = {
    {"ELECTRO ALTIPLANO S.A.A.\nRUC 20540534153\nRECIBO ELECTRÓNICO\nN° Suministro: 4418820\nFecha de emisión: "
     "06/06/2026\nCargo fijo                  3.10\nIGV 18%                  S/ 0.47\nTOTAL                    S/ 3.10",
     {{"receipt_number", ""}, {"date", "2026-06-06"}}},
    {"MUNICIPALIDAD DE SAN LUCAS\nNIT 447188-1\nRECIBO\nSerie A\nFecha: 21/09/2026\nSubtotal         Q 40.00\nTotal    "
     "        Q "
     "40.00",
     {{"receipt_number", ""}, {"date", "2026-09-21"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nFACTURA RUC No. 1790016919001\nFecha: 16/04/2026\nMercancía      "
     "  Bs. 116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", ""}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nTICKET CAJA No. 03\nFecha: 16/04/2026\nMercancía        Bs. "
     "116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", ""}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nTicket Mesa No. 12\nFecha: 16/04/2026\nMercancía        Bs. "
     "116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", ""}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nFactura Cliente No. 4471\nFecha: 16/04/2026\nMercancía        "
     "Bs. 116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", ""}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nFactura a crédito, cheque No. 4471\nFecha: 16/04/2026\nMercancía "
     "       Bs. 116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", ""}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nFactura para pedido No. 4471\nNo. 00188\nFecha: "
     "16/04/2026\nMercancía        Bs. 116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", "00188"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nFACTURA Turno No. 44\nFecha: 16/04/2026\nMercancía        Bs. "
     "116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", ""}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nFACTURA NIT No. 900123456\nFecha: 16/04/2026\nMercancía        "
     "Bs. 116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", ""}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nFactura autorización No. 88204471\nFecha: 16/04/2026\nMercancía  "
     "      Bs. 116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", ""}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nRecibo contrato No. 5512\nFecha: 16/04/2026\nMercancía        "
     "Bs. 116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", ""}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nFACTURA fiscal No. 00188\nFecha: 16/04/2026\nMercancía        "
     "Bs. 116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", "00188"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nFactura a crédito No. 00188\nFecha: 16/04/2026\nMercancía        "
     "Bs. 116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", "00188"}}},
    {"DISTRIBUIDORA EL SAMAN, C.A.\nRIF J-61103753-7\nFACTURA Serie B No. 00188\nFecha: 16/04/2026\nMercancía        "
     "Bs. 116,00\n"
     "Subtotal         Bs. 100,00\nIVA 16%          Bs. 16,00\nTOTAL            Bs. 116,00",
     {{"receipt_number", "00188"}}},
};

/* A discount makes the second total the one to pay; both languages, both orders. */
static const struct printed_case discounts[] = {
    {"ATACADO RIO MANSO LTDA\nCNPJ: 37.711.309/0001-08\nNFC-e nº 188447\n31/10/2026 17:08\nCAFE           124,46\n"
     "VALOR TOTAL R$              124,46\nDESCONTO R$                   6,00\nVALOR A PAGAR R$            118,46",
     {{"total", "118.46"}, {"discount", "6.00"}}},
    {"FERRETERIA EL ROBLE S.A.S.\nNIT 901.447.220-1\nFactura No. FE-118\nFecha: 16/04/2026\nPintura        100.000\n"
     "Total                       100.000\nDescuento                    10.000\nTotal a pagar                90.000",
     {{"total", "90000.00"}, {"discount", "10000.00"}}},
    {"FERRETERIA EL ROBLE S.A.S.\nNIT 901.447.220-1\nFactura No. FE-118\nFecha: 16/04/2026\nPintura        110.000\n"
     "Subtotal                    110.000\nDescuento                    10.000\nTotal                       100.000",
     {{"total", "100000.00"}, {"discount", "10000.00"}}},
};

static void test_numbers_of_documents(void **state) {
    (void)state;
    printed_check(numbers, sizeof numbers / sizeof *numbers, "number");
}

static void test_numbers_of_something_else(void **state) {
    (void)state;
    printed_check(others, sizeof others / sizeof *others, "other");
}

static void test_totals_less_a_discount(void **state) {
    (void)state;
    printed_check(discounts, sizeof discounts / sizeof *discounts, "discount");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_of_documents),
        cmocka_unit_test(test_numbers_of_something_else),
        cmocka_unit_test(test_totals_less_a_discount),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
