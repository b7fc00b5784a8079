/*
 * test_kinds.c - the kind of a page: payments made, received, requested and failed, messages, sales, and none of these.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fields/layouts/kind.h"
#include "printed.h"

/* What pages say, and what they are. */
static const struct {
    const char *kind, *direction, *page;
} pages[] = {
    {"payment_made", "out",
     "=Pago móvil exitoso\n\nMonto:\tBs. 100,00\nReferencia:\t000123456789\nBanco destino:\t0105 - BANCO "
     "MERCANTIL"},
    {"payment_made", "out",
     "=¡Yapeaste!\n^S/85\n\n=María Quispe\n=12 nov. 2025 · 10:41 a. m.\nNro. de operación:\t07654321"},
    {"payment_made", "out",
     "=Transferencia enviada\n\nImporte\t$ 1.000,00\nCBU destino\t1152554747214404623490\nTitular\tAna Pérez Soto"},
    {"payment_received", "in",
     "=Transferencia recibida\n\nMonto:\tBs. 100,00\nReferencia:\t000123456789\nOrdenante:\tAna Pérez"},
    {"payment_received", "in", "=¡Te yapearon!\n^S/ 20\n\n=Luis Mora Gil\n=12 nov. 2025 · 10:41 a. m."},
    {"payment_made", "out",
     "=SINPE Móvil\n=¡Listo! Tu envío fue exitoso\n^₡15.000,00\nPara\tYendry Solano Picado\nFecha:\t04/11/2026\n"
     "Referencia:\t2026110481500000447182210"},
    {"payment_requested", "out", "=Solicitud de pago\n\nMonto:\tBs. 100,00\nBeneficiario:\tAna Pérez\n=Pendiente"},
    {"payment_failed", "out",
     "=Transferencia rechazada\n\nMonto:\tBs. 100,00\nReferencia:\t000123456789\n=Fondos insuficientes"},
    {"payment_failed", "out", "=Pago móvil\n=Operación reversada\n\nMonto:\tBs. 100,00\nReferencia:\t000123456789"},
    {"notification", "in",
     "Tpago: Recibiste un Pago Movil por Bs. 850,00 del\n+0414***1212 Banco 0134\n+Concepto: Almuerzo. Ref. "
     "000123456789"},
    {"fiscal_sale", "",
     "=SENIAT\n=RIF J-79287757-4\n=INVERSIONES LA PLAZA C.A.\nRIF/C.I.: V-12345678\nRAZON SOCIAL: ANA PEREZ\n"
     "=FACTURA\nPAN (G)\tBs 315,00\nSUBTTL\tBs 315,00\nIVA G (16,00%)\tBs 50,40\nIGTF (3,00%)\tBs 10,60\n"
     "TOTAL\tBs 376,00\nPAGO MOVIL\tBs 376,00"},
    {"invoice", "",
     "=BOLETA ELECTRONICA\n=RUT 85.583.907-5\nPAN\t$ 1.200\nTOTAL\t$ 1.200\nEFECTIVO\t$ 2.000\nVUELTO\t$ 800"},
    {"invoice", "", "=KEDAI RIANG SDN BHD\n=TAX INVOICE\nPLATE\t7.19\nTOTAL RM\t7.19\nCASH\t10.00\nCHANGE\t2.81"},
    {"credit_note", "",
     "=NOTA DE CREDITO\n=RUC 20118019815\nOP. GRAVADA\tS/ 100.00\nIGV 18%\tS/ 18.00\nTOTAL\tS/ 118.00"},
    {"quote", "", "=COTIZACION\nCliente:\tAna Pérez\nSUBTOTAL\t100.00\nIVA\t16.00\nTOTAL\t116.00"},
    {"bank_movements", "",
     "=Movimientos\n05/01/2026\t-10,00\n06/01/2026\t-25,50\n07/01/2026\t100,00\n08/01/2026\t-3,00\n09/01/"
     "2026\t-7,25"},
    {"statement", "",
     "=Estado de cuenta\nSaldo anterior\t100,00\n05/01/2026 PAGO\t-10,00\n06/01/2026 ABONO\t25,50\nSaldo "
     "final\t115,50"},
    {"statement", "",
     "=ESTADO DE CUENTA CORRIENTE\nTitular:\tELIO MARCANO\nReferencia\tDébito\nSALDO ANTERIOR\t1.220,10\n"
     "04/05/2026 PAGO MOVIL ENVIADO\t320,00\n12/05/2026 TRANSFERENCIA\t1.500,00\nSALDO FINAL\t2.395,90"},
    {"invoice", "",
     "=ESTADO DE CUENTA DEL HUESPED\nHuésped: Lidia Barraza\n26/03 Hospedaje\t1,500.00\nIVA 16%\t240.00\n"
     "Total\t1,740.00\nSaldo\t0.00"},
    {"invoice", "", "=Juniper Coffee\nSubtotal\t$9.00\nTax\t$0.88\nTotal\t$9.88\nCard ending 4417"},
    /* slips of wages are neither sales nor payments */
    {"none", "",
     "=DESPRENDIBLE DE PAGO DE NOMINA\n=CALZADO ANDINO S.A.S. NIT 902.585.331-5\nSueldo\t900.000\nSalud\t36.000\n"
     "Total devengado\t900.000\nNETO A PAGAR\t864.000"},
    {"none", "",
     "=RECIBO DE SUELDO\n=TEXTIL DEL LITORAL S.A.\nSueldo basico\t$ 500.000,00\nJubilacion\t$ 55.000,00\n"
     "Total haberes\t$ 500.000,00\nNeto a cobrar\t$ 445.000,00"},
    {"none", "",
     "=ROL DE PAGOS\nEmpleado:\tNarcisa Cuenca\nSueldo base\t$ 460,00\nAporte IESS\t$ 43,47\nTotal a recibir\t$ "
     "416,53"},
    {"none", "", "=CONTRACHEQUE\n=PADARIA BOA LTDA\nSalario base\tR$ 1.800,00\nINSS\tR$ 148,00\nTotal\tR$ 1.652,00"},
    {"none", "",
     "=LIQUIDACION DE REMUNERACIONES\nTrabajador:\tErnesto Lema\nSueldo base\t$ 600.000\nAFP\t$ 66.000\nTotal\t$ "
     "534.000"},
    {"none", "",
     "=DESPRENDIBLE DE PAGO DE NOMINA\n=CALZADO ANDINO S.A.S. NIT 902.585.331-5\nPeriodo: 16/09/2026 - 30/09/2026\n"
     "Empleado: JHON FREDY OSPINA\tC.C. 10.447.188\nSueldo\t900.000\nTotal\t1.000.000\nNETO A PAGAR\t928.000"},
    {"none", "",
     "=RECIBO DE NOMINA\n=COMERCIAL DEL ESTE SA DE CV\n=RFC ABC900101AX3\nFolio:\tN-118\nFecha:\t15/10/2026\n"
     "Sueldo\t$5,000.00\nISR\t$480.00\nNeto\t$4,520.00\nTotal\t$4,520.00"},
    /* what was paid for, or sold, is no title */
    {"payment_made", "out",
     "=Comprobante de pago\nMonto\tBs 150,00\nBeneficiario\tAna Soto Mora\nFecha\t12/09/2026\nReferencia\t011837402\n"
     "Concepto\tRol de pagos septiembre"},
    {"payment_made", "out",
     "=Pago realizado\nMonto\tBs 150,00\nBeneficiario\tAna Soto Mora\nFecha\t12/09/2026\nReferencia\t011837402\n"
     "Concepto\tRecibo de n\xC3\xB3mina"},
    {"payment_made", "out",
     "=Transferencia SPEI exitosa\nImporte\t$ 2,875.00\nBeneficiario\tAna Soto\nFecha\t17/09/2026\n"
     "Clave de rastreo\tMBAN01002609170088471922\nNo se realiz\xC3\xB3 ning\xC3\xBAn cobro de comisi\xC3\xB3n"},
    {"invoice", "",
     "=Bufete Sol SC\n=RFC ABC900101AX3\nFolio:\tA-118\nFecha:\t15/10/2026\nRecibo de n\xC3\xB3mina "
     "timbrado\t5,000.00\n"
     "Subtotal\t$5,000.00\nIVA 16%\t$800.00\nTotal\t$5,800.00"},
    /* a title of its own makes it a sale all the same */
    {"invoice", "",
     "=SERVICIOS DE RECIBO DE NOMINA EL FARO SC\n=RFC ABC900101AX3\n=FACTURA\nFolio:\tA-118\nFecha:\t15/10/2026\n"
     "Subtotal\t$5,000.00\nIVA 16%\t$800.00\nTotal\t$5,800.00"},
    /* not paid yet, or not paid */
    {"payment_requested", "out",
     "=Pague seu boleto\n=Aguardando pagamento\nBeneficiário\tCOLEGIO SABER LTDA\nValor a pagar\tR$ 389,90\n"
     "Vencimento\t10/11/2026"},
    {"payment_failed", "out",
     "=Tu pago no fue procesado\n=Tu banco rechazó el cargo. No se hizo ningún cobro.\n\nComercio\tTienda Gris\n"
     "Monto\t$ 899.00 MXN\nNo. de operación\t71192044"},
    {"payment_received", "in",
     "=¡Te plinearon!\n^S/ 120.00\n\nDe\tWilmer Soto\nFecha\t07 Oct 2026 09:51 AM\nCódigo de operación\t7719204"},
    /* what was not charged besides says nothing of the payment */
    {"payment_made", "out",
     "=\xC2\xA1Transferencia exitosa!\n^$ 150.000\nPara\tAna Soto Mora\nBanco\tBancolombia\nFecha\t12/09/2026\n"
     "Referencia\tM11837402\nNo se te cobr\xC3\xB3 comisi\xC3\xB3n por esta transferencia"},
    {"payment_made", "out",
     "=Env\xC3\xADo exitoso\n^$ 150.000\nPara\tAna Soto Mora\nFecha\t12/09/2026\nReferencia\tM11837402\n"
     "No se te cobr\xC3\xB3 por este env\xC3\xADo"},
    {"payment_made", "out",
     "=Transferencia exitosa\n^$ 150.000\nPara\tAna Soto Mora\nFecha\t12/09/2026\nReferencia\tM11837402\n"
     "No se realiz\xC3\xB3 ning\xC3\xBAn cobro de comisi\xC3\xB3n"},
    {"payment_made", "out",
     "=Pago m\xC3\xB3vil exitoso\nMonto\tBs 150,00\nBeneficiario\tAna Soto "
     "Mora\nFecha\t12/09/2026\nReferencia\t011837402\n"
     "No se realiz\xC3\xB3 ning\xC3\xBAn cargo adicional"},
    {"payment_made", "out",
     "=Pagamento realizado\n^R$ 389,90\nPara\tCOLEGIO SABER LTDA\nData\t10/11/2026\nID da "
     "transa\xC3\xA7\xC3\xA3o\tE44718820\n"
     "Pagar boleto novamente"},
    {"payment_made", "out",
     "=Pagaste tu boleto\n^$ 890.00\nPara\tLuz del Valle\nFecha\t12/09/2026\nReferencia\tM11837402"},
    /* the heading above the items of a bill */
    {"invoice", "",
     "=BODEGA LA CEIBA C.A.\n=RIF J-79287757-4\nDetalle de la compra\nPAN\t100,00\nQUESO\t200,00\nSubtotal\t300,00\n"
     "IVA 16%\t48,00\nTotal\t348,00\nEfectivo\t350,00\nCambio\t2,00"},
    {"invoice", "",
     "=BODEGA LA CEIBA C.A.\n=RIF J-79287757-4\nFACTURA 00012\nPAN\t100,00\nSubtotal\t100,00\nIVA 16%\t16,00\n"
     "Total\t116,00\nDetalle del pago\nEfectivo\t120,00\nCambio\t4,00"},
    /* money given to a shop's till for an account is no sale */
    {"payment_made", "out",
     "=MINISUPER LA ESQUINA\n=ABONO A CUENTA SPIN\n22/08/2026 10:19\nCELULAR:\t55****4471\nMONTO ABONADO\t$1,200.00\n"
     "COMISION\t$12.00\nTOTAL PAGADO\t$1,212.00\nFOLIO:\t4471882\nCAJERO 03"},
    /* one movement, opened */
    {"payment_made", "out",
     "=Detalle del movimiento\n- $ 72.000,00\nCompra en Droguería del Barrio\nFecha\t25 ago 2026, 7:05 p. m.\n"
     "Referencia\tTR00447188\nEstado\tAprobado"},
    /* rows that begin with a day and have words of a payment */
    {"bank_movements", "",
     "=Movimientos de la semana\n28/09 PAGO MOVIL ENVIADO 04127719044\t- 650,00\n28/09 COMISION PAGO MOVIL\t- 1,95\n"
     "29/09 ABONO NOMINA\t+ 9.800,00\n01/10 PAGO MOVIL RECIBIDO\t+ 3.210,75"},
    /* pages that only speak of a certificate of taxes withheld */
    {"invoice", "",
     "=FACTURA\nRIF J-79287757-4\nBase imponible\t100,00\nIVA 16%\t16,00\nRetención IVA 75%\t12,00\nTotal "
     "Bs\t104,00"},
    {"invoice", "",
     "=FACTURA\nRIF J-79287757-4\nBase imponible\t100,00\nIVA 16%\t16,00\nTotal Bs\t116,00\n"
     "Envíe su\ncomprobante de retención al correo"},
    {"invoice", "",
     "AGENTE DE RETENCIÓN Resolución 1\nRUC 1791890396001\n=FACTURA\nSubtotal\t100.00\nIVA "
     "15%\t15.00\nTotal\t115.00"},
    {"payment_requested", "out",
     "=Pix agendado\n\nValor\nR$ 1.320,00\nPara\nImobiliária Vale Verde\nCancelar agendamento"},
    {"payment_requested", "out",
     "=Transferencia programada\n\nLa hacemos si tenés saldo suficiente\nImporte\t$ 96.000,00\nPara\tGimnasio La "
     "Fragua"},
    {"payment_failed", "out",
     "=Tu pago no se pudo hacer\nNo tienes saldo suficiente\n\nValor\t$ 1.250.000,00\nPara\tAna Pérez"},
    {"payment_failed", "out", "=Não conseguimos enviar seu Pix\n\nValor\tR$ 230,00\nPara\tOficina do Betinho"},
    {"statement", "",
     "=RESUMO DA FATURA ATUAL\nLimite total do cartão\tR$ 4.500,00\nFatura anterior\tR$ 844,71\n"
     "Pagamento recebido\t-R$ 844,71\nVencimento\t12/05/2026"},
    {"invoice", "", "=CUENTA DE COBRO No. 018\n\nDEBE A:\nAna Pérez\nLa suma de: $780.000\nPor concepto de: taller"},
    {"invoice", "", "=RECIBO DE ALUGUEL\n\nRecebi de Ana Pérez\na importância de mil reais\nVALOR:\tR$ 1.000,00"},
    {"payment_made", "out",
     "=RECIBO DE DEPOSITO\n\nCuenta:\t****4417\nA nombre de:\tANA PEREZ\nDepósito en efectivo\nMonto:\tRD$ 5,500.00"},
    /* words that name other papers, where a payment or a sale is titled too */
    {"payment_made", "out",
     "Pasaporte\nComprobante de pago\nMonto:\tBs 8.500,00\nReferencia:\t00123456789\nFecha:\t12/10/2025"},
    {"invoice", "",
     "=Catálogo\nBelleza Total S.A.S.\nNIT 900.123.456-7\nFactura de venta N° 4431\nFecha: 12/10/2025\nTotal\t$ "
     "30.000"},
    {"invoice", "",
     "FARMACIA SAN JOSE\nCircular 4, Col. Centro\nRFC FSJ010101AB1\nTicket 4455\nFecha 12/10/2025\nTOTAL\t$ 45.00"},
    {"invoice", "", "Conduce seguro S.A.\nRNC 101-00157-7\nFactura N° 4431\nFecha: 12/10/2025\nTotal\tRD$ 300.00"},
    /* amounts with a sign on a receipt */
    {"payment_made", "out",
     "Comprobante de transferencia\nTransferencia enviada\nMonto\t-$ 50.000\nCosto\t-$ 0\n4x1000\t-$ 200\n"
     "Para\tJuan Pérez\nFecha\t12/10/2025"},
    {"payment_made", "out",
     "Pago exitoso\nPagaste a Café Sol\nLatte - $ 3.000\nTorta - $ 5.000\nPropina - $ 800\nN° de operación:\t112233"},
    /* what the reader pays, and not what comes in */
    {"payment_made", "out",
     "=Pago realizado con éxito\nPago a tu cuenta de tarjeta de crédito\nCuenta de cargo\t****4455\nMonto\t$ 500.00"},
    {"payment_made", "out",
     "=Pago realizado con éxito\nPago a su cuenta de servicios\nEmpresa:\tClaro\nMonto\t$ 25.00\nReferencia\t998877"},
    {"notification", "out",
     "Banco Union informa: se le ha efectuado un débito por $ 150.00 de su cuenta, con la referencia 123456"},
    {"none", "", "=Se vende casa\nTres cuartos, dos baños\nLlame ya"},
    {"none", "", "Hola, ¿cómo estás?\nNos vemos mañana"},
    {"none", "", "=MENU DEL DIA\nArepa\nJugo"},
    {"none", "", ""},
};

static void test_a_page_tells_what_it_is(void **state) {
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct record record;
        printed_rows(pages[i].page, &record);
        const char *kind = kind_name(record.kind), *direction = record.direction == NULL ? "" : record.direction;
        if (strcmp(kind, pages[i].kind) != 0 || strcmp(direction, pages[i].direction) != 0) {
            print_error("page %zu is said to be %s %s, not %s %s\n", i + 1, kind, direction, pages[i].kind,
                        pages[i].direction);
            wrong++;
        }
        assert_true(record.kind_confidence > 0 && record.kind_confidence <= 1);
        assert_true(record.kind == KIND_NONE || record.evidence_count > 0);
        if (record.kind == KIND_NONE) {
            assert_null(record.rules);
            assert_int_equal(record.field_count, 0);
            assert_true(printed_has_reason(&record, REASON_KIND, "none"));
            assert_int_equal(record.reason_count, 1);
        }
    }
    assert_int_equal(wrong, 0);
}

/* Bills and payments that say in a sentence (%s) where the rows of an account are shown. */
static const struct {
    const char *kind, *page;
} beside_sentences[] = {
    {"invoice", "=Cloud Works Invoice\n%s\nInvoice Number:\t42183017\nInvoice Date:\tAugust 3, 2026\nCharges\t$4.11\n"
                "Credits\t$0.00\nTax\t$0.00\nTotal for this invoice\t$4.11"},
    {"invoice",
     "=FACTURA\n=TELEFONIA DEL SUR S.A.\nFactura N°:\t0001-00412\nFecha:\t03/08/2026\nAbono mensual\t$ 900,00\n"
     "Total\t$ 900,00\n%s"},
    {"payment_made",
     "=Transferencia realizada\n^$ 150.000\nPara\tAna Soto Mora\nFecha\t12/09/2026\nReferencia\t11837402\n%s"},
};
static const char *const sentences[] = {
    "Additional information regarding your bill and your account history are available on the Account Activity Page.",
    "You can see the transaction history and the recent activity of this account on our site at any time.",
    "For details of charges please see the account activity section of your profile on our site.",
    "Puede ver este cargo en el historial de movimientos de su cuenta en nuestra página.",
    "Consulte sus movimientos y descargue su estado de cuenta en la banca en línea.",
    "Recuerde que en la aplicación están los últimos movimientos de su cuenta y su estado de cuenta.",
    "Este importe se mostrará en su próximo estado de cuenta como CLOUD WORKS.",
    "Encontrará el detalle en la sección de transacciones recientes de la aplicación del banco.",
    "This charge will be on your next account statement under the name CLOUD WORKS.",
    "Acompanhe o histórico de transações e os últimos lançamentos da sua conta no aplicativo.",
};

static void test_a_sentence_about_an_account_is_no_list_of_its_rows(void **state) {
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof beside_sentences / sizeof *beside_sentences; i++) {
        for (size_t j = 0; j < sizeof sentences / sizeof *sentences; j++) {
            struct record record;
            printed_rows_with(beside_sentences[i].page, sentences[j], &record);
            if (strcmp(kind_name(record.kind), beside_sentences[i].kind) != 0) {
                print_error("page %zu with sentence %zu is said to be %s\n", i + 1, j + 1, kind_name(record.kind));
                wrong++;
            }
        }
    }
    assert_int_equal(wrong, 0);
}

/* Pages that show amounts, dates and names, and none of them as a payment or a sale. */
static void test_only_what_a_page_shows_is_said(void **state) {
    (void)state;
    static const struct {
        const char *kind, *page;
    } silent[] = {
        {"bank_movements", "Fecha\tConcepto\tDébito\tSaldo\n02/06/2026\tPAGO UNO\t10,00\t90,00\n"
                           "03/06/2026\tPAGO DOS\t20,00\t70,00\n04/06/2026\tPAGO TRES\t5,00\t65,00"},
        {"bank_movements", "Movimientos\nAna Pérez\t- S/ 20.00\n10 jun. 2026\nLuis Mora\t- S/ 7.50\n09 jun. 2026\n"
                           "Eva Soto\tS/ 150.00\n09 jun. 2026"},
        {"bank_movements", "Hoy\nNadia Romero\t-$ 12.000\nPanadería\t-$ 4.350\nIngreso\t+$ 90.000"},
        {"bank_movements", "Balance disponible\nRD$ 18,204.55\nTransferencia a Ana\t-RD$ 2,500.00\nImpuesto\t-RD$ "
                           "3.75\nDepósito\t+RD$ 10,000.00"},
        {"bank_movements", "Account history\n06/12/2026\tPURCHASE\t-54.12\t911.08\n06/11/2026\tATM\t-80.00\t965.20"},
        {"bank_movements", "03 JUN SPEI ENVIADO\t-$1,200.00\n05 JUN OXXO GAS\t-$640.00\n10 JUN RETIRO\t-$2,000.00"},
        {"none", "=GUÍA DE REMISIÓN\n=T001-00004417\nFecha de emisión: 11/06/2026\nDestinatario: ANA PEREZ\n"
                 "Motivo: Venta\nTabla 1x8\tPZA\t120\nListón\tPZA\t60"},
        {"none", "=ORDEN DE DESPACHO\tN° 0041722\nFecha: 09/06/2026\nCliente: BODEGON UNO\n24\tHarina\n12\tAceite"},
        {"none", "=LISTA DE PRECIOS\nCorte dama\t$250\nTinte\t$850\nPeinado\t$400"},
        {"none", "=Cardápio do dia\nFeijoada\tR$ 42,00\nPudim\tR$ 12,00"},
        {"none", "=BOLETA DE CALIFICACIONES\nAlumno: Kevin Ajú\nMatemática\t79.5\nCiencias\t73.0\nFecha: 05/06/2026"},
        {"none",
         "Estimados propietarios:\nLes informamos que la asamblea será el martes\n17 de junio de 2026 a las 19:30. Se "
         "tratará el\naumento de expensas de $ 68.000 a $ 74.500.\nSaludos cordiales"},
        {"none",
         "Con la bendición de Dios\n^Yaritza & Wandy\nel sábado 18 de julio de 2026 a las 5:00 p. m.\nConfirmar al "
         "809-555-0417"},
        {"none", "=COMPROBANTE DE CITA\nPaciente: Allan Mora\tCédula 1-0441-0722\nFecha: 18/06/2026\tHora: 10:40"},
        {"none", "=Pase de abordar\nPTY Panamá\tSJO San José\nFecha\t16 jun 2026\nReserva\tQX2204"},
        {"none", "=SE ALQUILA\nDepartamento 2 dormitorios\nBs 3.200 mensuales\nLlamar al 714-41722"},
        {"none", "en línea\nVas a almorzar con nosotros?\t12:01\nListo, te paso la plata mañana\t12:05\nMensaje"},
        {"none", "NOTICE TO TENANT\nDate: June 1, 2026\nTo: Harold Dempsey\nThe monthly rent will be $1,240.00"},
        {"none", "CERTIFICA:\nQue la señora Ana Pérez, cédula 31.441.722, labora\ncon un salario de $ 2.150.000"},
        {"none", "TARJETA DE VACUNACIÓN\nNombre: Santiago Rivas\nC.I.: V-14.417.220\nFecha de nacimiento: 18/02/2025"},
    };
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
        struct record record;
        printed_rows(silent[i].page, &record);
        if (strcmp(kind_name(record.kind), silent[i].kind) != 0 || record.field_count > 0) {
            print_error("page %zu is said to be %s with %zu fields\n", i + 1, kind_name(record.kind),
                        record.field_count);
        }
        assert_string_equal(kind_name(record.kind), silent[i].kind);
        assert_int_equal(record.field_count, 0);
        assert_int_equal(record.reason_count, 1);
    }
}

/* A page of few words whose amount stands alone, beside a payee or a date, is a payment. */
static void test_a_payment_of_few_words(void **state) {
    (void)state;
    static const struct {
        const char *amount, *page;
    } few[] = {
        {"25.00", "=Bizum enviado\n^25,00 €\nPara\tNuria C.\nConcepto\tCena\nFecha\t12/06/2026"},
        {"25.00", "=¡Hecho!\n^25,00 €\nA\tNuria Campos\nMensaje\tCena del viernes\n12/06/2026 21:40"},
        {"25.00", "=Operación realizada\n^25,00 EUR\nDestinatario\nNuria Campos\nFecha\n12/06/2026"},
        {"4500.00", "=Enviado\n^$ 4.500\na Nadia Romero\nHoy 14:20\nMotivo\talmuerzo\nPara\tNadia Romero"},
        {"60.00", "=Dinero enviado\n^S/ 60.00\n=Deysi Huamán Tito\n11 jun. 2026 - 8:14 p. m.\nMensaje\tRegalo"},
        {"45.00", "=Sent\n^$45.00\nTo\tGwen Tolliver\nFor\tTickets\nJun 10, 2026"},
        {"60.00", "=Listo\n^R$ 60,00\nPara\tRenato Coutinho\nQuando\t12/06/2026 às 10:20"},
        {"200.00", "=Envío completado\n^Q 200.00\nA nombre de\tKevin Ajú\nFecha\t03/06/2026"},
    };
    for (size_t i = 0; i < sizeof few / sizeof *few; i++) {
        struct record record;
        printed_rows(few[i].page, &record);
        const struct printed_wanted wanted[] = {{"monto", few[i].amount}};
        printed_expect(&record, "payment", i + 1, wanted, 1);
    }
}

/* Words of such pages on a sale or a payment do not silence it. */
static void test_a_sale_that_names_other_papers_is_a_sale(void **state) {
    (void)state;
    static const char *const sales[] = {
        "=FACTURA ELECTRÓNICA\n=RUC 20118019815\nGuía de remisión: T001-441\nOP. GRAVADA\tS/ 100.00\nIGV 18%\tS/ "
        "18.00\nTOTAL\tS/ 118.00",
        "=CARNES EL TORO\nHorario: lunes a sábado\n=FACTURA\nSUBTOTAL\t100,00\nIVA 16%\t16,00\nTOTAL\tBs 116,00",
        "=RESTAURANTE UNO\n=TICKET\nMenú del día\t2\t10.00\t20.00\nSubtotal\t20.00\nIVA\t3.20\nTotal\t$ 23.20",
    };
    for (size_t i = 0; i < sizeof sales / sizeof *sales; i++) {
        struct record record;
        printed_rows(sales[i], &record);
        assert_string_equal(kind_name(record.kind), "invoice");
        assert_non_null(record_find(&record, "total"));
    }
}

/* A certificate of taxes withheld was taken for a sale or a payment. */
static void test_a_certificate_of_taxes_withheld_is_no_sale(void **state) {
    (void)state;
    static const char *const certificates[] = {
        "=COMPROBANTE DE RETENCIÓN DEL IMPUESTO AL VALOR AGREGADO\nNro. de Comprobante:\t20260300001187\n"
        "Fecha:\t31/03/2026\nAgente de Retención:\tMONTE CLARO, C.A.\nRIF:\tJ-84370946-9\n"
        "Sujeto Retenido:\tEL CARDON, C.A.\nBase Imponible\t10.000,00\nIVA 16%\t1.600,00\nIVA Retenido\t1.200,00",
        "PUNTA BRAVA, C.A.\nRIF J-78016045-3\n=COMPROBANTE DE RETENCIÓN DE I.S.L.R.\nBeneficiario:\tELIO JASPE\n"
        "Factura\t000045\nMonto Pagado\t20.000,00\nTotal retenido Bs.\t525,00",
        "=Comprobante de Ret. IVA N° 20260400000012\nFecha:\t01/04/2026\nFactura\t000871\nTotal\t11.600,00",
        "=COMPROBANTE DE RETENCIÓN ELECTRÓNICA\n=R001-00000441\nRUC:\t20540534153\nFactura\tF001-00002231\n"
        "Importe total\tS/ 4,720.00\nImporte retenido\tS/ 141.60",
        "=COMPROBANTE DE PERCEPCIÓN ELECTRÓNICA\nRUC:\t20540534153\nTotal\tS/ 94.40",
        "=COMPROBANTE DE RETENCIÓN\nNo. 001-001-000000812\nRUC:\t1791890396001\nBase imponible\t850.00\n"
        "RENTA 1.75\t14.88\nTOTAL\t14.88",
        "=CERTIFICADO DE RETENCIÓN EN LA FUENTE\nNIT 932.083.705-0\nHonorarios 11%\t$ 4.620.000\nTOTAL\t$ 4.620.000",
        "=CERTIFICADO DE RETENCIONES\nNIT 932.083.705-0\nReteICA\t$ 10.000\nTOTAL\t$ 10.000",
        "=Certificado de Ingresos y Retenciones\nNIT 932.083.705-0\nTotal\t$ 4.620.000",
        "=CONSTANCIA DE RETENCIONES E INFORMACIÓN DE PAGOS\nRFC: CCJ860220A62\nMonto total\t$120,000.00\n"
        "ISR retenido\t$12,000.00",
        "=CONSTANCIA DE RETENCIÓN\nCUIT 30-16446738-0\nMonto del comprobante\t$ 484.000,00\nTotal\t$ 6.660,00",
        "=Certificado de Retención IIBB\nCUIT 30-16446738-0\nFactura\t0003-00001877\nTotal\t$ 6.660,00",
        "=INFORME DE RENDIMENTOS PAGOS E DE IMPOSTO RETIDO\nCNPJ 97.939.159/0001-08\nTotal\tR$ 1.200,00",
        "=CERTIFICATE OF TAX WITHHOLDING\nTotal amount\t$1,200.00\nTax\t$120.00",
        "=Withholding Tax Certificate\nInvoice\t1188\nTotal\t$1,200.00",
    };
    for (size_t i = 0; i < sizeof certificates / sizeof *certificates; i++) {
        struct record record;
        printed_rows(certificates[i], &record);
        if (record.kind != KIND_WITHHOLDING) {
            print_error("certificate %zu is said to be %s\n", i, kind_name(record.kind));
        }
        assert_int_equal(record.kind, KIND_WITHHOLDING);
        assert_int_equal(record.field_count, 0);
        assert_true(printed_has_reason(&record, REASON_KIND, "withholding"));
        assert_true(record.evidence_count > 0);
    }
}

/* "PAGO MOVIL" among the means of payment of a sale makes no payment of it. */
static void test_a_sale_paid_by_phone_is_a_sale(void **state) {
    (void)state;
    struct record record;
    printed_rows(
        "=SENIAT\n=RIF J-79287757-4\n=INVERSIONES LA PLAZA C.A.\nRIF/C.I.: V-12345678\nRAZON SOCIAL: ANA PEREZ\n"
        "=FACTURA\nPAN (G)\tBs 315,00\nSUBTTL\tBs 315,00\nIVA G (16,00%)\tBs 50,40\nIGTF (3,00%)\tBs 10,60\n"
        "TOTAL\tBs 376,00\nPAGO MOVIL\tBs 376,00",
        &record);
    assert_string_equal(record.rules, "tienda");
    assert_string_equal(printed_value(&record, "total"), "376.00");
    assert_string_equal(printed_value(&record, "currency"), "VES");
    assert_string_equal(printed_value(&record, "company"), "INVERSIONES LA PLAZA C.A.");
    assert_null(record_find(&record, "banco_destino"));
    assert_string_equal(record.country, "VE");
}

/* Who sells and who buys, the number, and parts that make the total: what adds up is doubted less. */
static void test_a_sale_is_read_in_parts(void **state) {
    (void)state;
    struct record right, wrong;
#define SALE(total)                                                                                                    \
    "^Ferretería El Faro, S.A.\n=RUC: 20118019815\n=BOLETA DE VENTA ELECTRONICA\nBoleta N° 00012345\n"               \
    "Fecha: 14/10/2025\nCliente: Ana Pérez Soto\n\nTornillo\t10.00\nSUBTOTAL\tS/ 10.00\nIGV 18%\tS/ 1.80\n"           \
    "TOTAL\tS/ " total "\nEFECTIVO\tS/ 20.00"
    printed_rows(SALE("11.80"), &right);
    assert_string_equal(kind_name(right.kind), "invoice");
    assert_string_equal(right.country, "PE");
    assert_string_equal(printed_value(&right, "company"), "Ferretería El Faro, S.A.");
    assert_string_equal(printed_value(&right, "company_id"), "20118019815");
    assert_string_equal(record_find(&right, "company_id")->meaning, "ruc");
    assert_string_equal(printed_value(&right, "receipt_number"), "00012345");
    assert_string_equal(printed_value(&right, "buyer"), "Ana Pérez Soto");
    assert_string_equal(printed_value(&right, "subtotal"), "10.00");
    assert_string_equal(printed_value(&right, "tax"), "1.80");
    assert_string_equal(printed_value(&right, "total"), "11.80");
    assert_string_equal(printed_value(&right, "paid"), "20.00");
    assert_string_equal(printed_value(&right, "currency"), "PEN");
    assert_false(printed_has_reason(&right, REASON_SUM, "total"));
    double agreed = record_find(&right, "total")->confidence;
    assert_true(record_find(&right, "total")->inputs[DOUBT_SUM_RIGHT] == 1);
    printed_rows(SALE("19.80"), &wrong);
    assert_true(printed_has_reason(&wrong, REASON_SUM, "total"));
    assert_true(record_find(&wrong, "total")->inputs[DOUBT_SUM_WRONG] == 1);
    assert_true(record_find(&wrong, "total")->confidence <= agreed);
}

/* Amounts without hundredths, where the money has none, and descriptions that end in a measure. */
static void test_items_without_hundredths(void **state) {
    (void)state;
    struct record record;
    printed_rows("^Abasto El Faro, S.A.\n=RUT: 85.583.907-5\n=BOLETA ELECTRONICA\nFecha: 14/10/2025\n\n"
                 "Aceite 1L\t1.200\nArroz 1kg\t990\n\nTOTAL\t$ 2.190\nEFECTIVO\t$ 3.000",
                 &record);
    assert_string_equal(printed_value(&record, "items"), "Aceite 1L\t\t1200.00\nArroz 1kg\t\t990.00");
}

static void test_files_of_kinds_that_are_wrong_are_told_with_their_place(void **state) {
    (void)state;
    static const struct {
        const char *text, *what;
    } files[] = {
        {"{\"kinds\": {\"gift\": {\"phrases\": []}}}", "mine.json:1:20"},
        {"{\"groups\": {\"payment\": [{\"text\": \"x\"}]}}", "\"weight\" is missing"},
        {"{\"groups\": {\"payment\": 1}}", "must be an array"},
        {"{\"colour\": 1}", "not known here"},
        {"{\"ignore\": [\"see your invoice\", 1]}", "a text is missing here"},
        {"{\"written\": \"memo\"}", "must be an array"},
        {"{\"groups\": {\"none\": [{\"text\": \"x\", \"weight\": 1, \"alone\": 1}]}}", "must be true or false"},
        {"[]", "a file of kinds is a JSON object"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct lince_error error = LINCE_ERROR_INIT;
        json_t *tree = NULL;
        assert_int_equal(kinds_json_read("mine.json", files[i].text, strlen(files[i].text), &tree, &error),
                         LINCE_ERROR_LAYOUT);
        if (strstr(error.message, files[i].what) == NULL) {
            print_error("%s\n", error.message);
        }
        assert_non_null(strstr(error.message, files[i].what));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_page_tells_what_it_is),
        cmocka_unit_test(test_a_sentence_about_an_account_is_no_list_of_its_rows),
        cmocka_unit_test(test_only_what_a_page_shows_is_said),
        cmocka_unit_test(test_a_payment_of_few_words),
        cmocka_unit_test(test_a_sale_that_names_other_papers_is_a_sale),
        cmocka_unit_test(test_a_sale_paid_by_phone_is_a_sale),
        cmocka_unit_test(test_a_certificate_of_taxes_withheld_is_no_sale),
        cmocka_unit_test(test_a_sale_is_read_in_parts),
        cmocka_unit_test(test_items_without_hundredths),
        cmocka_unit_test(test_files_of_kinds_that_are_wrong_are_told_with_their_place),
    };
    return cmocka_run_group_tests_name("kinds", tests, printed_open, printed_close);
}
