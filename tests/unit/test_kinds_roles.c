/*
 * test_kinds_roles.c - words of one kind of page in another role: in what a payer wrote, in terms and small print, on
 * buttons, in chats, letters and advertisements.
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

/* What pages say, what they are, and the country that they show. */
static const struct {
    const char *kind, *country, *page;
} pages[] = {
    /* concept names an invoice */
    {"payment_made", "VE",
     "Banco Litoral del Centro\nPago móvil realizado\nMonto\tBs. 1.240,00\nBeneficiario\tFerretería El "
     "Yunque\nCédula/RIF\tJ-30441882-1\nBanco destino\t0134 "
     "Banesco\nFecha\t12/11/2026\nReferencia\t004418827713\nConcepto\tFactura 0044 total IVA incluido"},
    /* concept names a quote */
    {"payment_made", "CO",
     "Transferencia exitosa\n^$ 480.000\nPara\tMuebles Andina\nBanco\tBancolombia\nFecha\t12 nov 2026\nComprobante "
     "No.\t0044188277\nDescripción\tanticipo cotización 118"},
    /* concept names a credit note */
    {"payment_made", "MX",
     "Transferencia SPEI enviada\nImporte\t$1,250.00 MXN\nBeneficiario\tPapelera del Norte SA de "
     "CV\nCLABE\t012180004418827716\nClave de rastreo\tMBAN01002611120044188277\nConcepto\tajuste nota de credito "
     "55\nFecha\t12/11/2026"},
    /* terms of payment by transfer */
    {"invoice", "VE",
     "DISTRIBUIDORA CERRO AZUL, C.A.\nRIF J-30441882-1\nFACTURA\tN° 00-004418\nFecha\t12/11/2026\nCliente\tBodega La "
     "Esquina, C.A.\nRIF\tJ-29441882-0\nBase imponible\t1.000,00\nIVA 16%\t160,00\nTotal Bs.\t1.160,00\nForma de pago: "
     "transferencia o pago móvil\nBanco Banesco 0134-0044-18-8277130044\nBeneficiario: Distribuidora Cerro Azul, "
     "C.A.\nReferencia: indique el N° de factura"},
    /* payment terms and bank data */
    {"invoice", "MX",
     "SERVICIOS TECNICOS DEL BAJIO SA DE CV\nRFC STB010101AB1\nFACTURA A-118\nFecha: 12/11/2026\nCliente: CLINICA "
     "SANTA ROSA\nServicio de mantenimiento\t2,500.00\nSubtotal\t$2,500.00\nIVA 16%\t$400.00\nTotal\t$2,900.00\nMetodo "
     "de pago: PPD\tForma de pago: 03 Transferencia\nCLABE 012180004418827716\tBanco BBVA\nBeneficiario: SERVICIOS "
     "TECNICOS DEL BAJIO\nEnviar comprobante de transferencia al correo"},
    /* pago pendiente in terms */
    {"invoice", "CL",
     "IMPRENTA DEL MAULE LTDA.\nR.U.T.: 76.441.882-4\nFACTURA ELECTRONICA N° 4418\nSeñor(es): Constructora Lican "
     "SpA\nFecha emisión: 12 de noviembre de 2026\nForma de pago: Crédito 30 días\nImpresión de "
     "volantes\t100.000\nMonto neto\t$ 100.000\nIVA 19%\t$ 19.000\nTotal\t$ 119.000\nEn caso de pago pendiente se "
     "aplicará interés"},
    /* reversal in small print */
    {"invoice", "PE",
     "BOTICA SAN MARTIN S.A.C.\nRUC 20441882778\nBOLETA DE VENTA ELECTRONICA\nB001-00004418\nPARACETAMOL "
     "500MG\t5.00\nJARABE\t12.00\nOP. GRAVADA\t14.41\nIGV 18%\t2.59\nIMPORTE TOTAL\tS/ 17.00\nVISA\tS/ 17.00\nSi el "
     "pago es rechazado por el banco la venta queda anulada"},
    /* refund conditions in small print */
    {"payment_made", "PE",
     "Transferencia realizada\nS/ 250.00\nDestinatario\tRosa Quispe Mamani\nCuenta de "
     "destino\t****4418\nBanco\tBCP\nFecha\t12/11/2026 10:22\nN° de operación\t00441882\nSi los datos son incorrectos, "
     "el dinero será devuelto en 24 horas"},
    /* pending words in small print */
    {"payment_made", "EC",
     "Transferencia exitosa\nMonto\tUSD 85.00\nBeneficiario\tNelly Chicaiza Toapanta\nBanco\tBanco Pichincha\nNúmero "
     "de comprobante\t44188277\nFecha\t12/11/2026\nLas transferencias a otros bancos quedan en proceso fuera de "
     "horario"},
    /* service paid at a shop counter */
    {"payment_made", "DO",
     "COLMADO EXPRESS LA FE\nRNC 1-01-44188-2\nPAGO DE SERVICIO\nEDENORTE\tNIC 4418827\nTRANSACCION: 00441882\nFECHA: "
     "12/11/2026 11:20\nMONTO\tRD$ 1,850.00\nCARGO\tRD$ 20.00\nTOTAL PAGADO\tRD$ 1,870.00\nEFECTIVO\tRD$ "
     "2,000.00\nCAMBIO\tRD$ 130.00\nCONSERVE ESTE TICKET"},
    /* bill paid at a collection network */
    {"payment_made", "UY",
     "RED DE COBRANZAS DEL ESTE\nAgencia 118 - Maldonado\nRUT 214418827013\nCOBRO DE FACTURA\nEmpresa: UTE\nNro. de "
     "cuenta: 44188277\nVencimiento: 15/11/2026\nImporte: $ 2.418,00\nTotal pagado: $ 2.418,00\nEfectivo\n12/11/2026 "
     "09:41\tTicket 004418"},
    /* convenience store top-up */
    {"payment_made", "BR",
     "LOTERICA BOA SORTE\nPAGAMENTO DE CONTA\nCONVENIO: AGUAS DO VALE\nVALOR DO DOCUMENTO\tR$ 118,44\nVALOR PAGO\tR$ "
     "118,44\nDATA DO PAGAMENTO\t12/11/2026\nAUTENTICACAO 4418.8277.1300.44\nNSU 004418\nVIA DO CLIENTE"},
    /* card slip with tax lines */
    {"payment_made", "GT",
     "FARMACIA LA BENDICION\nZONA 10 GUATEMALA\nTERMINAL: 20447188\nAFILIACION "
     "0044188\nVISA\t************4418\nVENTA\nLOTE 0044\tREF 004418\nAUTORIZACION 441882\nSUBTOTAL\tQ "
     "100.00\nPROPINA\tQ 10.00\nTOTAL\tQ 110.00\nCOPIA DEL CLIENTE"},
    /* terminal slip */
    {"payment_made", "CR",
     "SODA DOÑA TERE\nHEREDIA\nTERM 00441882\tLOTE 000441\nMASTERCARD\t************4418\tCHIP\nCOMPRA\nAUT 441882\tRRN "
     "004418827713\nMONTO\tCRC 8.500,00\nIMPUESTO\tCRC 0,00\nTOTAL\tCRC 8.500,00\nNO REQUIERE FIRMA\nCOPIA DE CLIENTE"},
    /* remittance paid out */
    {"payment_received", "DO",
     "RAPIENVIOS DEL CARIBE\nCOMPROBANTE DE PAGO DE REMESA\nCodigo de envio: 4418827713\nRemitente: JUAN REYES "
     "PEÑA\nPais origen: Estados Unidos\nBeneficiario: ALTAGRACIA PEÑA\nCedula: 001-0441882-7\nMonto recibido: RD$ "
     "8,820.00\nFecha: 12/11/2026\nFirma del beneficiario"},
    /* remittance collected */
    {"payment_received", "GT",
     "AGENCIA LA UNION QUETZALTENANGO\nCOBRO DE REMESA\nClave: 44188277\nEnviado por: Mario Cux\nRecibe: Elvira Cux "
     "Ixcoy\nDPI: 2441 88277 1301\nMonto pagado\tQ 1,530.00\nFecha\t12/11/2026\nRecibí conforme"},
    /* refund of a pix */
    {"payment_failed", "BR",
     "Pix devolvido\nR$ 75,00\nO valor que você enviou para Lia Prado voltou para a sua conta\nMotivo\tDados "
     "incorretos\nData\t12/11/2026\nID da transação\tE44188277202611121018ab12cd34ef5"},
    /* transfer returned */
    {"payment_failed", "CO",
     "Transferencia devuelta\nTu dinero fue devuelto a tu cuenta\n^$ 120.000\nDestinatario\tYesid "
     "Rentería\nBanco\tBanco Davivienda\nMotivo\tCuenta inexistente\nFecha\t12 nov 2026\nComprobante\t0044188277"},
    /* payment reversed */
    {"payment_failed", "CL",
     "Pago reversado\nMonto\t$ 18.990\nComercio\tLibrería Ñielol\nFecha\t12-11-2026\nN° de "
     "operación\t44188277\nRUT\t12.441.882-8"},
    /* pre-bill */
    {"quote", "VE",
     "POSADA LOS MÉDANOS, C.A.\nCORO - EDO. FALCÓN\nPRE-CUENTA\nMesa 4\tMesonero: Luis\n2 Arepa reina\t8,00\t16,00\n1 "
     "Jugo\t3,00\t3,00\nSub total\t19,00\nServicio 10%\t1,90\nTotal $\t20,90\nESTO NO ES UNA FACTURA"},
    /* pre-bill of a bar */
    {"quote", "AR",
     "BAR EL CRUCE\nMendoza\nMesa: 7\tMozo: Tito\n2 Pinta IPA\t4.500,00\t9.000,00\n1 "
     "Papas\t6.200,00\t6.200,00\nTOTAL\t$ 15.200,00\nDOCUMENTO NO VALIDO COMO FACTURA\nCUENTA PROVISORIA"},
    /* pre-bill */
    {"quote", "CO",
     "RESTAURANTE EL FOGON\nNIT 900.441.882-7\nPRECUENTA\nMesa 12\n1 Bandeja paisa\t32.000\n1 "
     "Limonada\t8.000\nSubtotal\t40.000\nPropina voluntaria\t4.000\nTotal\t$ 44.000\nEste documento no es factura de "
     "venta"},
    /* data for paying */
    {"none", "VE",
     "Datos para pago móvil\nBanco: Mercantil (0105)\nTeléfono: 0414-4418827\nCédula: V-14.418.827\nA nombre de: Lucía "
     "Marcano\nPor favor enviar el comprobante"},
    /* data for a transfer */
    {"none", "CO",
     "Mis datos para la transferencia\nBancolombia ahorros\n441-882771-30\nYurany Cifuentes\nCC 1.044.188.277\nNequi "
     "310 4418827"},
    /* data for a transfer in a poster */
    {"none", "AR",
     "KIOSCO LA ESTACION\nPodés pagar con transferencia\nAlias: kiosco.la.estacion\nCBU: "
     "0110441840044188277138\nTitular: Omar Funes\nMostrá el comprobante en caja"},
    /* advertising of a wallet */
    {"none", "",
     "Recarga tu celular sin comisión\nDesde la app Monedita\nPaga servicios, envía dinero y retira "
     "efectivo\nDescárgala hoy y recibe $50 de regalo\nPromoción válida al 31/12/2026\nAplican términos y condiciones"},
    /* advertising of a loan */
    {"none", "PE",
     "¡Felicidades, Rosa!\nTienes un préstamo preaprobado de\n^S/ 5,000.00\nCuota desde S/ 210.00 al mes\nTEA 32.5 "
     "%\nSolicítalo hoy en la app"},
    /* rates of the day */
    {"none", "VE",
     "Tasas de cambio\n12/11/2026\nUSD\tCompra 240,10\tVenta 244,80\nEUR\tCompra 261,30\tVenta 266,20\nFuente: Banco "
     "Central de Venezuela"},
    /* quotes of currencies */
    {"none", "AR",
     "Cotizaciones del día\nDólar oficial\t$ 1.410,00\t$ 1.460,00\nDólar blue\t$ 1.480,00\t$ 1.500,00\nDólar MEP\t$ "
     "1.472,30\nActualizado 12/11/2026 15:00"},
    /* settings screen */
    {"none", "",
     "Configuración\nTopes y límites\nTransferencias\t$ 3.000.000 por día\nRetiros\t$ 1.500.000 por "
     "día\nNotificaciones\tActivadas\nCambiar clave\nCerrar sesión"},
    /* balance of an account */
    {"none", "",
     "Hola, Marisol\nSaldo disponible\n^$ 12,418.20\nCuenta de débito\t****4418\nTransferir\tPagar\tRecargar\tRetirar"},
    /* coupon of a discount */
    {"none", "",
     "CUPON DE DESCUENTO\n20% en tu próxima compra\nCódigo: LLUVIA20\nVálido hasta el 30/11/2026\nCompra mínima $ "
     "19.990\nNo acumulable con otras promociones"},
    /* parking ticket paid */
    {"invoice", "BR",
     "ESTACIONAMENTO PONTE NOVA LTDA\nCNPJ 44.188.277/0001-30\nRECIBO DE PAGAMENTO\nPlaca: QWE4F18\nEntrada: "
     "12/11/2026 09:10\nSaída: 12/11/2026 11:40\nValor: R$ 24,00\nForma de pagamento: PIX"},
    /* bus ticket */
    {"invoice", "PE",
     "TRANSPORTES COSTA VERDE S.A.C.\nRUC 20441882778\nBOLETO DE VIAJE ELECTRONICO\nBP01-00441882\nPasajero: JULIO "
     "ROJAS PAZ\nDNI: 44188277\nOrigen: LIMA\tDestino: TRUJILLO\nFecha de viaje: 14/11/2026 22:00\nAsiento: "
     "18\nImporte total: S/ 65.00"},
    /* cinema */
    {"invoice", "MX",
     "CINES PALMAR SA DE CV\nRFC CPA010101AB1\nBoleto\t2\nSala 4\tFunción 20:10\nPelícula: EL FARO\nAsientos F8 "
     "F9\nTotal\t$170.00\nTarjeta\t****4418\n12/11/2026 19:52"},
    /* rent receipt */
    {"invoice", "AR",
     "RECIBO DE ALQUILER\nRecibí de Carla Sosa la suma de pesos trescientos mil\npor el alquiler del mes de noviembre "
     "de 2026\ndel departamento de calle Belgrano 441, Salta, Argentina\nSon $ 300.000,00\nSalta, 5 de noviembre de "
     "2026\nFirma: Hugo Lazarte"},
    /* delivery note */
    {"none", "PE",
     "GUIA DE REMISION ELECTRONICA - REMITENTE\nRUC 20441882778\nT001-00004418\nDestinatario: FERRETERIA LOS "
     "ANDES\nMotivo de traslado: Venta\nFactura relacionada: F001-00004418\n20\tBOLSA CEMENTO\n12\tFIERRO 1/2"},
    /* delivery note */
    {"none", "VE",
     "NOTA DE ENTREGA\nINVERSIONES EL PALMAR, C.A.\nRIF J-30441882-1\nCliente: BODEGA SOL\nFecha: "
     "12/11/2026\n12\tHARINA DE MAIZ\n24\tACEITE 1L\nRecibido conforme"},
    /* contract of rent */
    {"none", "CO",
     "CONTRATO DE ARRENDAMIENTO DE VIVIENDA\nEntre los suscritos, ARRENDADOR: Luis Parra, y ARRENDATARIO:\nNelly Cruz, "
     "se celebra el presente contrato.\nCLÁUSULA PRIMERA. Canon: $ 1.200.000 mensuales, pagaderos por\ntransferencia "
     "dentro de los primeros cinco días de cada mes.\nBucaramanga, 12 de noviembre de 2026"},
    /* letter of collection */
    {"none", "MX",
     "Mérida, Yucatán, a 12 de noviembre de 2026\nEstimado cliente:\nLe recordamos que su factura A-118 por $2,900.00 "
     "venció el\n30 de octubre. Le pedimos realizar su pago por transferencia.\nAtentamente,\nCobranza, Servicios del "
     "Sureste"},
    /* news on payments */
    {"none", "CL",
     "Bancos ampliarán horario de transferencias\nPublicado el 12/11/2026\nDesde enero las transferencias de hasta $ "
     "7.000.000 se\nabonarán en línea también los domingos, informó la CMF.\nCompartir\tComentarios (44)"},
    /* chat on a payment */
    {"none", "BR",
     "online\nOi, já fiz o pix de R$ 80,00\t10:12\nRecebi não\t10:15\nManda o comprovante\t10:16\nMando "
     "já\t10:20\nMensagem"},
    /* chat with capture announced */
    {"none", "VE",
     "últ. vez hoy a las 10:40\nTe hice el pago móvil de 1.200\t10:12\nOk, pásame la referencia\t10:15\n4418, del "
     "Banesco\t10:16\nEscribe un mensaje"},
    /* balance of a card */
    {"statement", "",
     "ESTADO DE CUENTA\nTarjeta Clásica\t****4418\nPeriodo 10/10/2026 al 09/11/2026\nSaldo anterior\t$3,100.00\nPagos "
     "y abonos\t$3,100.00\nCompras y cargos\t$2,480.00\nSaldo al corte\t$2,480.00\nPago mínimo\t$250.00\nFecha límite "
     "de pago\t29/11/2026"},
    /* list with a button for an extract */
    {"bank_movements", "CO",
     "Cuenta de ahorros *4418\nSaldo disponible\t$ 840.118\nMovimientos\n12 nov\tPago PSE Acueducto\t-$ 84.100\n11 "
     "nov\tTransferencia de Nelly Cruz\t+$ 200.000\n10 nov\tCompra Droguería\t-$ 18.400\n09 nov\tRetiro cajero\t-$ "
     "100.000\nDescargar extracto"},
    /* list */
    {"bank_movements", "AR",
     "Últimos movimientos\n12/11\tTransferencia enviada\t-$ 25.000,00\n11/11\tDébito automático\t-$ "
     "18.400,00\n10/11\tAcreditación de haberes\t+$ 950.000,00\n09/11\tCompra con débito\t-$ 8.210,00\nVer resumen"},
    /* link to pay */
    {"payment_requested", "",
     "Solicitud de pago\nPanadería Lican te solicita\n^$ 24.500\nPor\tTorta de cumpleaños\nVence\t15/11/2026\nPagar "
     "ahora\tRechazar"},
    /* scheduled */
    {"payment_requested", "VE",
     "Pago móvil programado\nMonto\tBs. 850,00\nBeneficiario\tAna Marcano\nBanco\t0105 Mercantil\nSe ejecutará "
     "el\t15/11/2026\nPendiente de ejecución"},
    /* invoice paid in an app */
    {"payment_made", "PY",
     "Pago de factura exitoso\nEmpresa\tANDE\nNIS\t441882\nFactura\t001-002-0044188\nTotal factura\tGs. 184.000\nMonto "
     "pagado\tGs. 184.000\nFecha\t12/11/2026\nNro. de transacción\t44188277"},
    /* QR payment at a shop */
    {"payment_made", "BO",
     "Pago QR exitoso\nBs 48.00\nComercio\tSalteñería Doña Cleo\nGlosa\t2 salteñas factura\nFecha\t12/11/2026 "
     "10:40\nNro. transacción\t44188277\nBanco Sol Naciente - Cochabamba"},
    /* names the invoice */
    {"credit_note", "CO",
     "DISTRIBUIDORA SAN GIL S.A.S.\nNIT 900.441.882-7\nNOTA CRÉDITO ELECTRÓNICA NC-44\nFactura de venta que afecta: "
     "FE-118\nConcepto: devolución de mercancía\nSubtotal\t100.000\nIVA 19%\t19.000\nTotal\t$ 119.000"},
    /* terms with pending */
    {"invoice", "US",
     "HARBOR LIGHT PLUMBING LLC\nINVOICE #4418\nBill to: Dana Whitfield\nDate: November 12, 2026\nDue date: December "
     "12, 2026\nDrain cleaning\t$180.00\nTotal due\t$180.00\nPlease make payment by Zelle or check. Late payments "
     "incur a fee.\nToledo, OH 43604"},
    /* ticket */
    {"invoice", "SV",
     "SUPER TIENDA LA CEIBITA\nNRC 44188-2\nSANTA TECLA\nTICKET 004418\nTORTILLAS\t1.50\nQUESO\t3.25\nTOTAL\t$ "
     "4.75\nEFECTIVO\t$ 5.00\nCAMBIO\t$ 0.25"},
    /* bill of energy with notice of overdue */
    {"invoice", "HN",
     "EMPRESA ELECTRICA DEL NORTE\nSan Pedro Sula\nFACTURA 004-001-01-00441882\nRTN 08019001441882\nLectura anterior "
     "4418\tLectura actual 4520\nConsumo kWh 102\nSaldo pendiente L 0.00\nTotal a pagar\tL 418.20\nVence 30/11/2026"},
    /* deposit slip */
    {"payment_made", "HN",
     "BANCO DEL VALLE\nTEGUCIGALPA\nDEPOSITO EN EFECTIVO\nCuenta ****4418\nA nombre de: Karla Zelaya\nMonto\tL "
     "2,500.00\nFecha 12/11/2026 10:18\nTransaccion 44188277\nEste recibo no es valido sin la confirmacion del abono "
     "en cuenta"},
    /* appointment and price */
    {"none", "EC",
     "CONSULTORIO DENTAL SONRISA\nCita: 15 de noviembre de 2026, 10:00\nPaciente: Nelly Toapanta\nCosto de la "
     "consulta: $ 20\nTraer comprobante de pago del anticipo\nAmbato"},
    /* invitation to pay with a code */
    {"none", "", "Escaneá y pagá\nPanadería del Puerto\nCódigo 4418\nSin costo para vos\nPedí la app en tu celular"},
    /* bank transfer */
    {"payment_made", "US",
     "Transfer complete\n^$250.00\nTo\tLena Whitcombe\nFrom\tEveryday account ...4418\nDate\tNovember 12, "
     "2026\nReference\tTR44188277"},
    /* e-mail */
    {"payment_received", "US",
     "Dana sent you $40.00\nfor \"pizza night\"\nNovember 12, 2026 at 6:41 PM\nTransaction ID 44188277AB\nThe money is "
     "in your balance."},
    /* deposit in agent */
    {"payment_made", "NI",
     "PULPERIA LA BENDICION\nEstelí\nRETIRO DE EFECTIVO\nMonto\tC$\t500.00\nComisión\tC$\t10.00\nFecha 12/11/2026\nNo. "
     "transacción 441882"},
    /* to a supplier */
    {"payment_made", "AR",
     "Transferencia realizada\n^$ 45.000,00\nPara\tNorberto Gauna\nCUIL\t20-14418827-6\nMotivo\tVarios\n12/11/2026 - "
     "10:40 hs\nNúmero de operación 44188277"},
};

static void test_words_in_another_role_do_not_decide(void **state) {
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct record record;
        printed_rows(pages[i].page, &record);
        const char *kind = kind_name(record.kind), *country = record.country == NULL ? "" : record.country;
        if (strcmp(kind, pages[i].kind) != 0 || strcmp(country, pages[i].country) != 0) {
            print_error("page %zu (%.40s) is said to be %s of \"%s\", not %s of \"%s\"\n", i + 1, pages[i].page, kind,
                        country, pages[i].kind, pages[i].country);
            wrong++;
        }
        assert_true(record.kind != KIND_NONE || record.field_count == 0);
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words_in_another_role_do_not_decide)};
    return cmocka_run_group_tests_name("kinds_roles", tests, printed_open, printed_close);
}
