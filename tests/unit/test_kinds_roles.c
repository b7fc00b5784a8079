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
    {"payment_made", "",
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
    /* ATM withdrawal slip */
    {"payment_made", "AR",
     "BANCO DEL LITORAL NORTE\nCAJERO 4418\tSUC. POSADAS\n12/11/26\t10:41\tTRX 8277\nEXTRACCION\nCAJA DE AHORRO EN "
     "PESOS\t****4418\nIMPORTE\t$ 40.000,00\nSALDO\t$ 118.220,40\nGRACIAS POR OPERAR CON NOSOTROS"},
    /* ATM withdrawal slip */
    {"payment_made", "CL",
     "REDBANC\nCAJERO AUTOMATICO 4418\nGIRO CUENTA CORRIENTE\nFECHA 12-11-2026\tHORA 10:41\nTARJETA "
     "************4418\nMONTO\t$ 60.000\nCOMISION\t$ 0\nN OPERACION 8277"},
    /* deposit at an agent */
    {"payment_made", "PE",
     "AGENTE BCP\nBODEGA MI ROSITA - COMAS\nDEPOSITO\nFECHA 12/11/26 HORA 10:41\nCTA SOLES ***-****4418-0-27\nTITULAR: "
     "JOSE L. QUISPE\nIMPORTE\tS/ 150.00\nCOMISION\tS/ 0.00\nNRO OPERACION 004418\nCONSERVE SU VOUCHER"},
    /* card slip at petrol station */
    {"payment_made", "DO",
     "ESTACION LA ALTAGRACIA\nHIGUEY\nCARDNET\nTERM 4418\tLOTE 12\nVISA ****4418\nVENTA\nMONTO\tRD$ "
     "1,500.00\nAPROBACION 441882\nREF 8277\nNO REQUIERE FIRMA"},
    /* card slip with tip */
    {"payment_made", "MX",
     "LA TERRAZA DE COYOACAN\nAFIL 4418827\tTERM 0044\nVENTA\nTARJETA "
     "****4418\tDEBITO\nCONSUMO\t$420.00\nPROPINA\t$42.00\nTOTAL\t$462.00\nAPROBADA 441882\nARQC 44188277AB\nPAGARE "
     "NEGOCIABLE UNICAMENTE CON INSTITUCIONES DE CREDITO"},
    /* card slip */
    {"payment_made", "BR",
     "PADARIA BOM DIA\nCNPJ 44.188.277/0001-30\nSTONE\nCREDITO A VISTA\nVISA ************4418\nVALOR\tR$ "
     "32,50\nAUTORIZACAO 441882\n12/11/2026 08:10\nVIA CLIENTE"},
    /* e-mail of a bank */
    {"payment_received", "BO",
     "Estimado cliente:\nLe informamos que se realizó un abono en su cuenta.\nImporte\tBs "
     "1.200,00\nOrdenante\tCONSTRUCTORA ILLIMANI SRL\nCuenta destino\t****4418\nFecha\t12/11/2026\nGlosa\tanticipo "
     "obra\nBanco Nacional de Bolivia"},
    /* transfer received in an app */
    {"payment_received", "EC",
     "Recibiste una transferencia\n^$ 45.00\nDe\tWilmer Chango\nBanco\tBanco Pichincha\nFecha\t12 nov "
     "2026\nComprobante\t44188277\nConcepto\tpago factura"},
    /* sinpe received */
    {"payment_received", "CR",
     "SINPE Móvil recibido\n^₡ 15 000,00\nEnviado por\tKarla Mora "
     "Solís\nTeléfono\t8841-8827\nDetalle\tqueque\nReferencia\t2026111244188277\n12/11/2026 10:41"},
    /* salary deposited */
    {"payment_received", "MX",
     "Depósito de nómina recibido\n^$8,420.50\nEmpresa\tMaquilas del Norte SA de CV\nCuenta\t****4418\nFecha\t13 nov "
     "2026\nFolio\t44188277"},
    /* QR sale of a merchant */
    {"payment_received", "CO",
     "¡Te pagaron con QR!\n^$ 36.000\nDe\tYesenia Ospina\nNegocio\tPanadería La Espiga\n12 nov 2026 10:41 a. "
     "m.\nComprobante\tM44188277\nBancolombia"},
    /* transfer */
    {"payment_received", "PY",
     "Recibiste dinero\nGs. 250.000\nDe: Blas Ortellado\nCI: 4.418.827\nBanco: Banco Familiar\nFecha: 12/11/2026 "
     "10:41\nNro. operación: 44188277"},
    /* card declined at a terminal */
    {"payment_failed", "MX",
     "ABARROTES EL TIGRE\nTERM 0044\tAFIL 441882\nVENTA\nTARJETA ****4418\nIMPORTE\t$318.00\nDECLINADA\nCODIGO 51 "
     "FONDOS INSUFICIENTES\n12/11/2026 10:41"},
    /* transaction denied */
    {"payment_failed", "PE",
     "Operación denegada\nNo pudimos procesar tu pago\nMonto\tS/ 89.90\nComercio\tTienda Andina\nFecha\t12/11/2026\nN° "
     "de operación\t44188277"},
    /* rejected mobile payment */
    {"payment_failed", "VE",
     "Pago móvil\nOperación fallida\nMonto\tBs. 350,00\nBanco\t0102 Banco de "
     "Venezuela\nTeléfono\t0412-4418827\nCédula\tV-14418827\nCódigo de error: 56 celular no coincide"},
    /* transfer not made */
    {"payment_failed", "AR",
     "No pudimos hacer tu transferencia\nYa devolvimos el dinero a tu cuenta\nMonto\t$ 20.000,00\nPara\tNahuel "
     "Ríos\nCVU\t0000003100044188277001\nFecha\t12/11/2026"},
    /* check returned */
    {"payment_failed", "",
     "Payment returned\n$320.00\nTo\tLakeside Rentals\nReason: account closed\nReturned on\tNovember 12, "
     "2026\nConfirmation\t44188277"},
    /* pix to be paid */
    {"payment_requested", "BR",
     "Cobrança Pix\nValor\tR$ 150,00\nRecebedor\tStudio Flor de Lis\nVencimento\t15/11/2026\nPix Copia e "
     "Cola\n00020126360014br.gov.bcb.pix0114441882770001\nAguardando pagamento"},
    /* reminder of a payment */
    {"payment_requested", "",
     "Recordatorio de pago\nTu pago vence mañana\nMonto a pagar\t$1,240.00\nCrédito\t****4418\nFecha "
     "límite\t13/11/2026\nPagar ahora"},
    /* request of money */
    {"payment_requested", "PE", "Andrea te está pidiendo\n^S/ 45.00\npor \"entradas\"\n12 nov. 2026\nRechazar\tPagar"},
    /* debin pending */
    {"payment_requested", "AR",
     "DEBIN pendiente de autorización\nImporte\t$ 118.000,00\nSolicitante\tDistribuidora Pampa "
     "SRL\nCUIT\t30-71441882-7\nVence\t12/11/2026 18:00\nAceptar\tRechazar"},
    /* PSE pending */
    {"payment_requested", "CO",
     "Transacción pendiente\nTu banco aún no confirma el pago\nValor\t$ 84.000\nEmpresa\tAguas del "
     "Otún\nCUS\t441882771\nFecha\t12/11/2026"},
    /* SMS of a debit */
    {"notification", "VE",
     "Banesco: Se ha realizado un consumo por Bs. 845,20 en\nAUTOMERCADO EL SOL con su tarjeta terminada en 4418 "
     "el\n12/11/26 a las 10:41. Ref 441882. Info 0500-4418827"},
    /* SMS of a purchase */
    {"notification", "",
     "BBVA: Compra aprobada por $318.50 en FARMACIA DEL VALLE\ncon tu tarjeta 4418 el 12/11/26 10:41. Si no la "
     "reconoces\nllama al 55 4418 8277."},
    /* SMS of a withdrawal */
    {"notification", "DO",
     "Banreservas: Retiro de RD$3,000.00 en cajero Higuey el\n12/11/2026 10:41 AM. Balance disponible RD$8,200.10"},
    /* SMS of a transfer */
    {"notification", "PE",
     "BCP: Has recibido una transferencia de S/ 200.00 de ROSA\nQUISPE en tu cuenta ****4418. 12/11/26 10:41. Op. "
     "441882"},
    /* SMS of a code */
    {"none", "CO",
     "Bancolombia: Tu clave dinámica es 441882. Vence en 5\nminutos. No la compartas con nadie. Para pagos mayores\na "
     "$ 1.000.000 se pide una segunda clave."},
    /* SMS of an offer */
    {"none", "",
     "BBVA: Aprovecha un prestamo de nomina de $45,000.00 con\npagos desde $1,120.00 al mes. Responde SI o entra a "
     "tu\napp. Vigencia 30/11/26"},
    /* notice of late parcels */
    {"none", "DO",
     "Estimado cliente, su paquete llegó a Miami.\nGuía 4418827713\tPeso 3 lb\nCosto estimado RD$ 540.00 pagaderos al "
     "retirar.\nHorario de 8:00 a 6:00"},
    /* petrol station */
    {"invoice", "CO",
     "ESTACION DE SERVICIO LA VEGA\nNIT 900.441.882-7\nFACTURA ELECTRONICA DE VENTA EDS-4418\n12/11/2026 "
     "10:41\nCORRIENTE\t4.2 GL\t15.700\t65.940\nPLACA ABC418\nTOTAL\t$ 65.940\nFORMA DE PAGO: EFECTIVO"},
    /* ride receipt by e-mail */
    {"invoice", "",
     "Gracias por viajar, Nadia\nTotal\t$118.40\nTarifa base\t$25.00\nDistancia 8.2 km\t$70.00\nTiempo 18 "
     "min\t$23.40\nPagado con Visa ••••4418\n12 de noviembre de 2026\nViajaste con Rogelio"},
    /* order confirmation */
    {"invoice", "US",
     "Thanks for your order!\nOrder #4418-827713\nPlaced on November 12, 2026\nCeramic "
     "lamp\t$34.00\nShipping\t$5.00\nSales tax\t$2.72\nOrder total\t$41.72\nShip to: Dana Whitfield, Toledo, OH 43604"},
    /* toll */
    {"invoice", "CL",
     "AUTOPISTA DEL MAULE S.A.\nBOLETA ELECTRONICA N 441882\nPEAJE TRONCAL\nCATEGORIA 1\n12-11-2026 10:41\nTOTAL $ "
     "3.200\nEFECTIVO"},
    /* electricity bill with means of payment */
    {"invoice", "AR",
     "COOPERATIVA ELECTRICA DE TANDIL\nLiquidación de servicios públicos N° 4418-00827713\nTitular: NORMA "
     "GAUNA\nConsumo 218 kWh\nCargo fijo\t$ 2.100,00\nCargo variable\t$ 14.300,00\nIVA 21%\t$ 3.444,00\nTotal a "
     "pagar\t$ 19.844,00\nVencimiento\t20/11/2026\nPodés pagar con Rapipago, Pago Fácil o transferencia"},
    /* telephone bill */
    {"invoice", "UY",
     "ANTEL\nFactura Serie A 4418827\nCliente: MARTA SILVEIRA\nCargos del mes\t$ 1.100,00\nIVA 22%\t$ 242,00\nTotal\t$ "
     "1.342,00\nVence 20/11/2026\nLugares de pago: Abitab, Redpagos"},
    /* supermarket */
    {"invoice", "PA",
     "SUPER LA ECONOMIA S.A.\nRUC 44188-2-8277 DV 13\nFACTURA DE OPERACION INTERNA\nFE-4418\nARROZ "
     "5LB\t3.25\nPOLLO\t7.80\nSUBTOTAL\t11.05\nITBMS 7%\t0.55\nTOTAL\tB/. 11.60\nCLAVE\t11.60"},
    /* manual receipt */
    {"invoice", "BO",
     "RECIBO OFICIAL N° 004418\nLa Paz, 12 de noviembre de 2026\nRecibí de: Sra. Nelly Mamani\nLa suma de: Quinientos "
     "00/100 bolivianos\nPor concepto de: alquiler de garaje\nBs 500,00\nEntregué conforme\tRecibí conforme"},
    /* restaurant */
    {"invoice", "GT",
     "COMEDOR LOS VOLCANES\nNIT 4418827-7\nFACTURA FEL SERIE 44A18 NO. 827713\n2 ALMUERZO\t50.00\n1 "
     "FRESCO\t8.00\nTOTAL Q 58.00\nCERTIFICADOR: INFILE S.A."},
    /* pharmacy */
    {"invoice", "HN",
     "FARMACIA SAN JORGE\nRTN 08019001441882\nCAI 44A188-2771B0-44C188-277D13\nFACTURA "
     "000-001-01-00004418\nACETAMINOFEN\t45.00\nISV 15%\t0.00\nTOTAL A PAGAR\tL 45.00"},
    /* ticket of a bakery */
    {"fiscal_sale", "VE",
     "SENIAT\nRIF J-30441882-1\nPANADERIA LA FLOR DEL CAMPO, C.A.\nMATURIN EDO. MONAGAS\nFACTURA 00441882\nFECHA: "
     "12-11-2026 HORA: 10:41\nPAN CAMPESINO (G)\tBs 120,00\nCAFE (G)\tBs 80,00\nSUBTTL\tBs 200,00\nIVA G 16%\tBs "
     "27,59\nTOTAL\tBs 200,00\nTRANSFERENCIA\tBs 200,00\nMH Z1F4418827"},
    /* nfce */
    {"fiscal_sale", "BR",
     "MERCADO DA VILA LTDA\nCNPJ 44.188.277/0001-30\nDANFE NFC-e Documento Auxiliar da Nota Fiscal\n1 ARROZ "
     "5KG\t27,90\n2 FEIJAO 1KG\t8,50\t17,00\nQTD. TOTAL DE ITENS 2\nVALOR TOTAL R$ 44,90\nFORMA DE "
     "PAGAMENTO\tPIX\t44,90\nConsumidor nao identificado"},
    /* ticket with ncf */
    {"fiscal_sale", "DO",
     "SUPERMERCADO LA FAMILIA\nRNC 101-44188-2\nNCF: B0200441882\nFACTURA PARA CONSUMIDOR "
     "FINAL\nARROZ\t180.00\nACEITE\t320.00\nSUBTOTAL\t500.00\nITBIS\t0.00\nTOTAL\t500.00\nEFECTIVO\t1,000."
     "00\nDEVUELTA\t500.00"},
    /* goods returned */
    {"credit_note", "PE",
     "FERRETERIA LOS ANDES S.A.C.\nRUC 20441882778\nNOTA DE CRÉDITO ELECTRÓNICA\nFC01-00004418\nDocumento que "
     "modifica: F001-00004418\nMotivo: Devolución por ítem\nOP. GRAVADA\tS/ 50.00\nIGV\tS/ 9.00\nIMPORTE TOTAL\tS/ "
     "59.00"},
    /* annulled invoice */
    {"credit_note", "AR",
     "LIBRERIA EL ATENEO CHICO\nCUIT 30-71441882-7\nNOTA DE CREDITO B\t00003-00004418\nFecha 12/11/2026\nAnulación "
     "Factura B 00003-00004402\nTotal\t$ 24.500,00"},
    /* quotation with bank data */
    {"quote", "MX",
     "COTIZACION No. 118\nCARPINTERIA EL CEDRO\nCliente: Nadia Romero\nCloset 3 "
     "puertas\t$14,500.00\nIVA\t$2,320.00\nTotal\t$16,820.00\nAnticipo 50% por transferencia CLABE "
     "012180004418827716\nVigencia 15 días"},
    /* purchase order */
    {"quote", "CL",
     "ORDEN DE COMPRA N° 4418\nComprador: Constructora Lican SpA\nRUT 76.441.882-4\nProveedor: Ferretería del Sur\n20 "
     "sacos cemento\t5.200\t104.000\nNeto\t$ 104.000\nIVA\t$ 19.760\nTotal\t$ 123.760"},
    /* budget */
    {"quote", "VE",
     "PRESUPUESTO N° 0118\nTaller Hermanos Rivas\nRIF J-30441882-1\nCambio de pastillas\t40,00\nMano de "
     "obra\t25,00\nTOTAL $\t65,00\nPago móvil o efectivo"},
    /* certificate */
    {"withholding", "MX",
     "CONSTANCIA DE RETENCIONES\nRFC del retenedor: PNO010101AB1\nMonto total pagado\t$12,000.00\nISR "
     "retenido\t$1,200.00\nEjercicio 2026"},
    /* savings extract */
    {"statement", "CO",
     "EXTRACTO CUENTA DE AHORROS\nDesde 2026/10/01 hasta 2026/10/31\nSaldo anterior\t1.240.118,00\nTotal "
     "abonos\t2.000.000,00\nTotal cargos\t1.118.400,00\nSaldo final\t2.121.718,00\nBancolombia"},
    /* card */
    {"statement", "PE",
     "ESTADO DE CUENTA TARJETA DE CREDITO\nPeriodo: 11/10/26 - 10/11/26\nLínea de crédito\tS/ 8,000.00\nPago "
     "mínimo\tS/ 118.00\nPago total del mes\tS/ 1,420.00\nÚltimo día de pago 25/11/26"},
    /* list of a bank */
    {"bank_movements", "VE",
     "Últimos movimientos\nCuenta 0134****4418\n12/11/2026\tPAGO MOVIL RECIBIDO\t350,00\n11/11/2026\tCOM PAGO "
     "MOVIL\t-1,05\n11/11/2026\tCOMPRA POS\t-845,20\n10/11/2026\tTRF RECIBIDA\t4.000,00\nVer más movimientos"},
    /* list */
    {"bank_movements", "BR",
     "Extrato\nHoje\nPix enviado Lia Prado\t-R$ 75,00\nPix recebido Caio Nunes\tR$ 120,00\nOntem\nCompra no débito "
     "Mercado\t-R$ 44,90\nSaque\t-R$ 100,00"},
    /* receipt of an exam appointment */
    {"none", "PE",
     "CONSTANCIA DE INSCRIPCION\nUniversidad del Altiplano - Puno\nPostulante: JULIO ROJAS PAZ\nDNI 44188277\nExamen: "
     "20/12/2026\nDerecho de examen: S/ 300.00"},
    /* prescription */
    {"none", "",
     "Dr. Tomás Arriaga\nCédula profesional 4418827\nPaciente: Nadia Romero\nParacetamol 500 mg\t1 cada 8 horas por 3 "
     "días\nPróxima cita 20/11/2026\nCosto de consulta $500"},
    /* receipt of wages */
    {"none", "VE",
     "RECIBO DE PAGO DE NOMINA\nINVERSIONES EL PALMAR, C.A.\nTrabajador: LUIS MARCANO\tC.I. V-14.418.827\nPeriodo "
     "01/11/2026 al 15/11/2026\nSueldo\t1.300,00\nCestaticket\t4.000,00\nS.S.O.\t52,00\nTotal neto a pagar\t5.248,00"},
    /* insurance policy */
    {"none", "",
     "POLIZA DE SEGURO DE HOGAR No. 4418827\nTomador: Nelly Cruz\nVigencia: 12/11/2026 a 12/11/2027\nValor "
     "asegurado\t$ 80.000.000\nPrima anual\t$ 418.000\nAmparos: incendio, terremoto, hurto"},
    /* gift card */
    {"none", "",
     "GIFT CARD\n$50.00\nTo: Dana\tFrom: Lee\nCode 4418-8277-1300\nRedeem in store. No cash value. No expiration."},
    /* price tags */
    {"none", "",
     "OFERTA DE LA SEMANA\nYerba 1 kg\t$ 3.200\nAzúcar 1 kg\t$ 1.450\nAceite 900 ml\t$ 2.980\nVálido del 10 al 16 de "
     "noviembre"},
    /* notice of a condominium */
    {"none", "BR",
     "COMUNICADO AOS MORADORES\nA taxa de condomínio passa a R$ 480,00 a partir de janeiro.\nO boleto será enviado por "
     "e-mail.\nA administração"},
    /* transfer between own accounts */
    {"payment_made", "VE",
     "Transferencia entre cuentas propias\nOperación procesada exitosamente\nDesde\tCta. Corriente "
     "****4418\nHacia\tCta. Ahorro ****8277\nMonto\tBs. 2.000,00\nFecha\t12/11/2026 10:41\nNro. de "
     "recibo\t44188277\nBanco Exterior - RIF J-00002950-4"},
    /* Nequi-like send */
    {"payment_made", "CO",
     "¡Envío hecho!\nPara\nRosalba Cardona\n¿Cuánto?\n$ 25.000,00\nNúmero Nequi\n310 441 8827\nFecha\n12 de noviembre "
     "de 2026 a las 10:41 a. m.\nReferencia\nM4418827"},
    /* transfer mail */
    {"payment_made", "",
     "Comprobante de transferencia\nHas transferido $ 80.000 a Matías Sanhueza\nFecha\t12/11/2026\nBanco "
     "destino\tBanco Falabella\nCuenta\t12-441-88277-1\nNº operación\t44188277\nAsunto: gastos comunes"},
    /* bill paid in an app */
    {"payment_made", "MX",
     "Pago de servicio exitoso\nCFE\n^$ 642.00\nNúmero de servicio\t441882771301\nAutorización\t441882\nComisión\t$ "
     "0.00\n12 nov 2026, 10:41"},
    /* top-up */
    {"payment_made", "EC",
     "Recarga exitosa\nOperadora\tClaro\nNúmero\t0991441882\nValor\t$ 5.00\nFecha\t12/11/2026 "
     "10:41\nDocumento\t44188277\nBanco del Austro"},
    /* school fee by bank */
    {"payment_made", "PE",
     "CAJA HUANCAYO\nPAGO DE PENSIONES\nI.E.P. LOS ANDES\nALUMNO: QUISPE ROJAS LUZ\nCUOTA: NOVIEMBRE\nIMPORTE: S/ "
     "320.00\nMORA: S/ 0.00\nOPERACION 00441882\t12/11/2026 10:41"},
    /* wire */
    {"payment_made", "US",
     "Wire transfer confirmation\nAmount\t$1,250.00\nBeneficiary\tHarbor Light Plumbing LLC\nBeneficiary bank\tFirst "
     "Lake Bank\nRouting number\t021000021\nDate\t11/12/2026\nConfirmation number\t44188277"},
    /* boleto paid */
    {"payment_made", "BR",
     "Comprovante de pagamento de boleto\nBeneficiário\tESCOLA ALVORADA LTDA\nValor pago\tR$ 540,00\nPago "
     "em\t12/11/2026\nCódigo de barras\n34191.79001 01043.510047 91020.150008 5 "
     "99880000054000\nAutenticação\tA1B2.C3D4.4418"},
    /* transfer */
    {"payment_made", "UY",
     "Transferencia realizada\n$ 3.200,00\nCuenta destino\tBROU 4418827-00013\nTitular\tSofía "
     "Bentancor\nFecha\t12/11/2026\nReferencia\tgarage\nNº de transferencia\t44188277"},
    /* card payment */
    {"payment_made", "CR",
     "Pago de tarjeta realizado\nMonto\t₡ 85 000,00\nTarjeta\t****4418\nCuenta debitada\tCR** **** "
     "8277\nFecha\t12/11/2026\nComprobante\t44188277"},
    /* transfer */
    {"payment_made", "SV",
     "Transferencia exitosa\n$ 40.00\nHacia\tMarta Lidia Portillo\nBanco Agrícola "
     "****4418\nConcepto\tayuda\n12/11/2026 10:41\nAutorización 44188277"},
    /* agent payment */
    {"payment_made", "GT",
     "AGENTE BANRURAL\nALDEA EL TABLON, SOLOLA\nPAGO DE ENERGIA ELECTRICA\nCONTADOR: H44188\nNOMBRE: TOMAS CUC\nVALOR "
     "Q 88.40\n12/11/2026 10:41\nNO. DE TRANSACCION 44188277"},
    /* transfer from another bank */
    {"payment_received", "VE",
     "Notificación de abono\nHa recibido una transferencia de otro banco\nMonto\tBs. 12.400,00\nOrdenante\tALIMENTOS "
     "DEL LLANO, C.A.\nBanco emisor\tMercantil\nFecha\t12/11/2026\nReferencia\t441882771300"},
    /* remittance deposited */
    {"payment_received", "HN",
     "Su remesa fue acreditada\nMonto\tL 4,920.00\nEnviado por\tReina Zelaya\nCuenta\t****4418\nFecha\t12/11/2026\nNo. "
     "de remesa\t4418827713"},
    /* pix */
    {"payment_received", "BR",
     "Você recebeu um Pix!\nR$ 35,00\nDe\tCaio Nunes Prado\nCPF\t***.418.827-**\n12/11/2026 "
     "10h41\nID\tE44188277202611121041ab12"},
    /* money in */
    {"payment_received", "",
     "Te enviaron dinero\n^$ 12.500\nNahuel Ríos\n12 de noviembre, 10:41 hs\nNº de operación 44188277130\nYa está "
     "disponible en tu cuenta"},
    /* cash by code */
    {"payment_received", "",
     "COMPROBANTE DE COBRO DE GIRO\nFINANCIERA DEL CAMPO SC\nBENEFICIARIO: MARIA CHAN\nREMITENTE: JOSE CHAN\nMONTO "
     "PAGADO $1,500.00\nCLAVE 4418827713\nFIRMA"},
    /* card payment not made */
    {"payment_failed", "",
     "Tu compra no se pudo realizar\nComercio\tLibrería Ñielol\nMonto\t$ 18.990\nTarjeta terminada en "
     "4418\nMotivo\tcupo insuficiente\n12/11/2026 10:41"},
    /* expired QR */
    {"payment_failed", "",
     "QR expirado\nEl pago no fue realizado\nImporte\tBs 48.00\nComercio\tSalteñería Doña Cleo\n12/11/2026\nNro. "
     "44188277"},
    /* cancelled transfer */
    {"payment_failed", "DO",
     "Transferencia cancelada\nRD$ 2,500.00\nDestinatario\tAltagracia Peña\nBanco\tBanco Popular "
     "Dominicano\nFecha\t12/11/2026\nCancelada por el usuario"},
    /* charge sent to a phone */
    {"payment_requested", "VE",
     "Solicitud de débito inmediato\nComercio\tTienda La Gran Vía\nMonto\tBs. 450,00\nEstado\tEsperando "
     "confirmación\nClave OTP enviada al 0414***8827\n12/11/2026 10:41"},
    /* deuna charge */
    {"payment_requested", "",
     "Cobro pendiente\nWilmer te solicita $ 12.00\nMotivo: almuerzos\nPagar\tCancelar\n12/11/2026"},
    /* invoice asked by app */
    {"payment_requested", "", "Lee requested $40.00\nfor \"concert tickets\"\nNovember 12, 2026\nPay\tDecline"},
    /* SMS of a transfer out */
    {"notification", "CO",
     "Bancolombia: Transferiste $120,000 desde tu cuenta *4418\na la cuenta *8277 el 12/11/2026 a las 10:41. Dudas "
     "al\n018000 912345."},
    /* SMS of a purchase */
    {"notification", "BR",
     "BANCO LITORAL: Compra aprovada no cartao final 4418 em\nMERCADO DA VILA de R$ 44,90 dia 12/11/26 10:41."},
    /* mail in one paragraph */
    {"notification", "",
     "Hola Carla, acreditamos $ 25.000,00 en tu cuenta por la\ntransferencia de Nahuel Ríos del 12/11/2026. Nº "
     "44188277."},
    /* SMS of cash */
    {"notification", "EC",
     "Banco Pichincha: Retiro por USD 40.00 en cajero AMBATO\nel 12/11/2026 10:41. Si no lo realizaste llama al\n02 "
     "299 9999."},
    /* SMS of balance */
    {"none", "VE", "Su saldo disponible al 12/11/2026 es Bs. 1.240,18.\nBanco Exterior"},
    /* SMS of due date */
    {"none", "PE", "Estimado cliente, su recibo de luz por S/ 84.20 vence el\n15/11/2026. Evite cortes. Luz del Sur"},
    /* news */
    {"none", "",
     "El Banco Central subió el límite de las transferencias\nDesde el lunes se podrán enviar hasta $ 5.000.000 por "
     "día\n12 de noviembre de 2026 · Economía"},
    /* condominium */
    {"invoice", "VE",
     "CONDOMINIO RESIDENCIAS EL AVILA\nRIF J-30441882-1\nRECIBO DE CONDOMINIO\tNOVIEMBRE 2026\nPropietario: LUIS "
     "MARCANO\tApto 4-B\nAlícuota 1,24 %\nGastos comunes\t2.400,00\nFondo de reserva\t240,00\nTotal a pagar "
     "Bs.\t2.640,00\nPagar por transferencia o pago móvil al 0414-4418827"},
    /* form without fiscal printer */
    {"invoice", "VE",
     "COMERCIAL EL RODEO, C.A.\nRIF J-30441882-1\nFORMA LIBRE\tN° de control 00-004418\nFACTURA 0004418\nCliente: "
     "Hacienda La Fe\n4 sacos abono\t120,00\t480,00\nSub-total\t480,00\nI.V.A. 16%\t76,80\nTotal\t556,80\nCondiciones: "
     "pago contra entrega"},
    /* health */
    {"invoice", "CO",
     "IPS SALUD DEL VALLE S.A.S.\nNIT 900.441.882-7\nDocumento equivalente POS 4418\nCopago consulta medicina "
     "general\nPaciente: Nelly Cruz\nValor copago\t$ 4.700\nEfectivo\n12/11/2026"},
    /* parking */
    {"invoice", "MX",
     "ESTACIONAMIENTO CENTRO HISTORICO\nPuebla, Pue.\nBoleto 4418\nEntrada 12/11/2026 10:05\nSalida 12/11/2026 "
     "12:41\nTiempo 2:36\nImporte $45.00"},
    /* taxi app */
    {"invoice", "PE",
     "Recibo de viaje\n12 nov. 2026\nTotal S/ 14.50\nTarifa S/ 13.20\nPeaje S/ 1.30\nConductor Wilder\nPago: Yape"},
    /* restaurant */
    {"invoice", "ES",
     "BAR LA RIBERA S.L.\nCIF B44188277\nFactura simplificada 4418\n2 CAÑA\t5,00\n1 RACION "
     "CALAMARES\t12,00\nTOTAL\t17,00 €\nIVA incluido 10%\nTarjeta"},
    /* tiquete */
    {"invoice", "CR",
     "SODA DOÑA TERE\nCEDULA JURIDICA 3-101-441882\nTIQUETE 00100001040000004418\nCASADO\t3 500,00\nTOTAL\t₡ 3 "
     "500,00\nSINPE MOVIL\nVersion 4.3 Ministerio de Hacienda"},
    /* hand-written */
    {"invoice", "PY",
     "FERRETERIA SAN JUAN\nRUC 4418827-3\nTIMBRADO 16441882\nFACTURA 001-001-0004418\nContado "
     "X\tCrédito\nCemento\t2\t62.000\t124.000\nTOTAL A PAGAR\t124.000\nLiquidación IVA 10%\t11.273"},
    /* school by transfer */
    {"invoice", "EC",
     "UNIDAD EDUCATIVA LA SALLE\nRUC 1791441882001\nFACTURA 001-002-000004418\nPensión noviembre\t95.00\nSubtotal "
     "0%\t95.00\nValor total\t95.00\nForma de pago: Otros con utilización del sistema financiero"},
    /* goods back */
    {"credit_note", "VE",
     "DISTRIBUIDORA CERRO AZUL, C.A.\nRIF J-30441882-1\nNOTA DE CREDITO N° 0044\nFactura afectada: 0004418\nDevolución "
     "de 2 cajas\nBase imponible\t200,00\nIVA 16%\t32,00\nTotal\t232,00"},
    /* budget */
    {"quote", "",
     "PRESUPUESTO\nPinturería El Rodillo\nVálido por 7 días\nLátex interior 20 l\t2\t38.000,00\t76.000,00\nTOTAL\t$ "
     "76.000,00\nPrecios sujetos a cambio sin previo aviso"},
    /* proforma */
    {"quote", "PE",
     "PROFORMA N° 118\nImportaciones Kuntur E.I.R.L.\nRUC 20441882778\n1 laptop\tS/ 2,400.00\nTotal\tS/ 2,400.00\nCta. "
     "BCP 191-44188277-0-13"},
    /* IVA */
    {"withholding", "VE",
     "COMPROBANTE DE RETENCION DEL IMPUESTO AL VALOR AGREGADO\nN° 20261100000044\nAgente de retención: COMERCIAL EL "
     "RODEO, C.A.\nSujeto retenido: DISTRIBUIDORA CERRO AZUL, C.A.\nFactura 0004418\tBase 1.000,00\tIVA "
     "160,00\tRetenido 120,00"},
    /* bank */
    {"statement", "VE",
     "ESTADO DE CUENTA\nBanco Exterior\nCuenta 0115-****-**-4418\nDesde 01/10/2026 Hasta 31/10/2026\nSaldo "
     "inicial\t1.200,00\nTotal débitos\t800,00\nTotal créditos\t950,00\nSaldo final\t1.350,00"},
    /* rows */
    {"bank_movements", "",
     "Movimientos\n12 nov\tTransferencia enviada\t-$20.00\n11 nov\tPago de agua\t-$8.40\n10 "
     "nov\tDepósito\t+$150.00\n08 nov\tConsumo tarjeta\t-$35.99"},
    /* rows */
    {"bank_movements", "",
     "Recent transactions\nNov 12\tCorner Market\t-$18.40\nNov 11\tPayroll deposit\t+$950.00\nNov 10\tElectric "
     "company\t-$84.10\nNov 09\tATM withdrawal\t-$60.00"},
    /* exchange calculator */
    {"none", "VE", "Calculadora\nUSD\t10,00\nBs\t2.401,00\nTasa BCV 240,10\n12/11/2026"},
    /* yape screen to choose */
    {"none", "PE", "Yapear\nBusca un contacto\nIngresa el monto\nS/ 0.00\nSaldo S/ 84.20\nYapear a"},
    /* login */
    {"none", "",
     "Bienvenida, Nadia\nIngresa tu contraseña\nOlvidé mi contraseña\nPago de servicios, transferencias y más"},
    /* vaccination appointment */
    {"none", "",
     "Cita confirmada\nSede Chapinero\nViernes 20 de noviembre 8:20 a. m.\nCopago estimado $ 4.700\nLleve su cédula"},
    /* raffle */
    {"none", "", "RIFA SOLIDARIA\nNúmero 0441\nValor $ 1.000\nPremios: TV, microondas\nSorteo 20 de diciembre"},
    /* tax notice */
    {"none", "AR",
     "ARCA\nComunicación\nSu declaración jurada de IVA 10/2026 vence el 20/11/2026.\nSaldo estimado a ingresar: $ "
     "84.100,00\nNo responda este mensaje."},
    /* flyer */
    {"none", "BR",
     "Promoção de inverno\nCasaco R$ 129,90\nBota R$ 189,90\nParcele em até 6x sem juros no cartão\nAceitamos Pix"},
    /* business card */
    {"none", "US",
     "Dana Whitfield\nPlumber\n(419) 555-0144\nFree estimates - Zelle and cards accepted\nFrom $75 per visit"},
};

static void test_words_in_another_role_do_not_decide(void **state) {
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct record record;
        printed_rows(pages[i].page, &record);
        const char *kind = kind_name(record.kind), *country = record.country == NULL ? "" : record.country;
        if (strcmp(kind, pages[i].kind) != 0 || strcmp(country, pages[i].country) != 0) {
            print_error("page %zu is said to be %s of \"%s\", not %s of \"%s\"\n", i + 1, kind, country, pages[i].kind,
                        pages[i].country);
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
