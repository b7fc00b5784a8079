/*
 * test_fields_never_invent.c - a field that is not on the page stays empty: kinds of pages that once gave other fields'
 * values.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "printed.h"

struct wanted {
    const char *page;
    const char *fields; /* "name=value;..."; an empty value: the field is not there */
};

/* Tells every field that is otherwise, then fails. */
static void pages_check(const struct wanted *pages, size_t count) {
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct record record;
        char copy[512], *rest = copy;
        printed_rows(pages[i].page, &record);
        snprintf(copy, sizeof copy, "%s", pages[i].fields);
        while (rest != NULL && *rest != '\0') {
            char *name = rest, *end = strchr(rest, ';'), *value = strchr(rest, '=');
            rest = end == NULL ? NULL : end + 1;
            if (end != NULL) {
                *end = '\0';
            }
            *value++ = '\0';
            const char *given = strcmp(name, "country") == 0 ? (record.country == NULL ? "" : record.country)
                                                             : printed_value(&record, name);
            if (strcmp(given, value) != 0) {
                print_error("page %zu: %s is \"%s\", not \"%s\"\n", i + 1, name, given, value);
                wrong++;
            }
        }
    }
    assert_int_equal(wrong, 0);
}

#define PAGES_CHECK() pages_check(pages, sizeof pages / sizeof *pages)

/* The bank's own tax number in a footer is nobody's who is paid. */
static void test_the_issuer_in_a_footer(void **state) {
    (void)state;
#define TRANSFER                                                                                                       \
    "=Transferencia exitosa\n\nMonto:\tBs. 1.234,50\nReferencia:\t000123456789\nBeneficiario:\tAna Pérez Soto\n"      \
    "Banco destino:\t0105 - BANCO MERCANTIL\nFecha:\t03/01/2024\n\n\n\n"
    static const struct wanted pages[] = {
        {TRANSFER "=© Banco Ejemplo, C.A. RIF: J-00000000-0", "cedula=;monto=1234.50;banco_destino=0105"},
        {TRANSFER "=© 2025 Banco Ejemplo, C.A. Banco Universal\n+=RIF: J-00000000-0", "cedula="},
        {TRANSFER "=Banco Ejemplo C.A. Todos los derechos reservados RIF J-07001234-5", "cedula="},
        {TRANSFER "=RIF J-07001234-5", "cedula="},
        {TRANSFER "=Banco Ejemplo. R.I.F.: J-07001234-5. www.bancoejemplo.example", "cedula="},
        {TRANSFER "Copyright Banco Ejemplo, C.A.\tRIF: J-07001234-5", "cedula="},
        {"=Transferencia exitosa\n\nMonto:\tBs. 1.234,50\nReferencia:\t000123456789\nCédula:\tV-12.345.678\n"
         "Fecha:\t03/01/2024\n\n\n\n=© Banco Ejemplo, C.A. RIF: J-00000000-0",
         "cedula=V12345678"},
        {"=Transferencia exitosa\n\nMonto:\tBs. 1.234,50\nReferencia:\t000123456789\nRIF:\tJ-12345678-9\n"
         "Fecha:\t03/01/2024\n\n\n\n=© Banco Ejemplo, C.A. RIF: J-00000000-0",
         "cedula=J123456789"},
    };
    PAGES_CHECK();
}

/* Who pays is named first, under a heading with fields of its own. */
static void test_two_sections_with_the_same_labels(void **state) {
    (void)state;
    static const struct wanted pages[] = {
        {"=Transferencia realizada\n\nCuenta origen\nNombre\tLuis Mora Gil\nCuenta\t****1234\n\nCuenta destino\n"
         "Nombre\tTurbo Uno\nCuenta\t****5678\n\nMonto\t$ 1.500,00",
         "beneficiario=Turbo Uno"},
        {"=Transferencia realizada\n\nCuenta de origen\nTitular\tLuis Mora Gil\n\nCuenta de destino\nTitular\tTurbo "
         "Uno\n\n"
         "Importe\t$ 1.500,00",
         "beneficiario=Turbo Uno"},
        {"=Transferencia realizada\n\nCuenta origen\nNombre\n+Luis Mora Gil\n\nCuenta destino\nNombre\n+Turbo Uno\n\n"
         "Monto\n+S/ 150.00",
         "beneficiario=Turbo Uno;monto=150.00;moneda=PEN"},
        {"=Comprobante\n\nDatos de origen\nNombre:\tLuis Mora Gil\nRUT:\t85.583.907-5\n\nDatos de destino\n"
         "Nombre:\tTurbo Uno\nRUT:\t39.392.454-3\n\nMonto:\t$ 15.000",
         "beneficiario=Turbo Uno;cedula=393924543;moneda=CLP;monto=15000.00"},
    };
    PAGES_CHECK();
}

static void test_a_wallet_with_its_name_over_two_lines(void **state) {
    (void)state;
    static const struct wanted pages[] = {
        {"=¡Yapeaste!\n^S/85\n\n=María Fernanda Quispe\n+=Huamán\n=12 nov. 2025 · 10:41 a. m.\n\n"
         "Nº de celular:\t*** *** 801\nDestino:\tYape\nNro. de operación:\t07654321",
         "monto=85.00;moneda=PEN;beneficiario=María Fernanda Quispe Huamán;fecha=2025-11-12;hora=10:41;"
         "telefono=******801;referencia=07654321;country=PE"},
        {"=¡Yapeaste!\n^S/ 120.50\n\n=Luis Mora Gil\n=5 ene. 2026 · 3:07 p. m.\n\nNro. de celular:\t*** *** 114\n"
         "Destino:\tPlin\nNro. de operación:\t00112233",
         "monto=120.50;beneficiario=Luis Mora Gil;hora=15:07;telefono=******114;referencia=00112233"},
    };
    PAGES_CHECK();
}

static void test_an_argentine_transfer(void **state) {
    (void)state;
    static const struct wanted pages[] = {
        {"=Transferencia enviada\n\nImporte\t$ 1.000,00\nCBU destino\t1152554747214404623490\nTitular\tAna Pérez Soto\n"
         "CUIT\t27-70003638-9\nBanco\tBBVA\nId Op.\t1LMP68XQ21ABZ90T\nFecha\t03/01/2024",
         "monto=1000.00;moneda=ARS;country=AR;banco_destino=017;referencia=1LMP68XQ21ABZ90T;beneficiario=Ana Pérez "
         "Soto;cedula=27700036389;cuenta_destino=1152554747214404623490;fecha=2024-01-03"},
        {"=Comprobante de transferencia\n\nMonto\n+$ 25.300,50\nPara\n+Luis Mora Gil\n+CUIT/CUIL: 20-70993970-0\n"
         "+Banco Macro\nNúmero de operación\n+98765432100",
         "monto=25300.50;moneda=ARS;beneficiario=Luis Mora Gil;cedula=20709939700;banco_destino=285;"
         "referencia=98765432100"},
    };
    PAGES_CHECK();
}

/* A message of money that came: the phone and the bank are the payer's. */
static void test_a_message_of_money_received(void **state) {
    (void)state;
    static const struct wanted pages[] = {
        {"Tpago: Recibiste un Pago Movil por Bs. 850,00 del\n+0414***1212 Banco 0134\n+Concepto: Almuerzo. Ref. "
         "000123456789\n+12/05/2025 10:41AM",
         "monto=850.00;moneda=VES;concepto=Almuerzo;referencia=000123456789;fecha=2025-05-12;hora=10:41;telefono=;"
         "banco_origen=0134;banco_destino=0105"},
        {"Recibiste un PagoMovil de Bs. 1.200,00 del 0412***3344\n+Banco 0102 Ref. 000987654321 el 01/02/2026",
         "monto=1200.00;referencia=000987654321;telefono=;banco_origen=0102;banco_destino="},
    };
    PAGES_CHECK();
}

static void test_the_rounded_amount_is_the_total(void **state) {
    (void)state;
#define SHOP                                                                                                           \
    "=KEDAI RIANG SDN BHD\n=NO 5, JALAN MANIS 7, 56100 KUALA LUMPUR\n=TAX INVOICE\n\nDate: 05/03/2018\n\nPAPER "       \
    "CUP\t7.19\nPLATE\t7.19\n"
    static const struct wanted pages[] = {
        {SHOP
         "Total Sales (Inclusive GST)\t14.38\nRounding Adjustment\t.02\nRounding RM\t14.40\nCash\t20.00\nChange\t5.60",
         "total=14.40;currency=MYR"},
        {SHOP "Total Sales (Inclusive GST)\t14.38\nRounding\t0.02\nTotal Rounded RM\t14.40\nCash\t20.00\nChange\t5.60",
         "total=14.40"},
        {SHOP "Total RM\t14.38\nRounding Adj.\t0.02\nNett Total\t14.40\nCash\t15.00\nChange\t0.60", "total=14.40"},
        {SHOP "Total Incl. GST\t14.41\nRounding\t-0.01\nNet Total Rounded\t14.40\nCash\t20.00\nChange\t5.60",
         "total=14.40"},
    };
    PAGES_CHECK();
}

/* No taller than its rows, in a card whose layout is known: right, and no reason to look at it. */
static void test_a_small_amount_of_a_known_card(void **state) {
    (void)state;
    struct record record;
    printed_rows("=PagomóvilBDV Personas\n\n=1.234,50 Bs\n\nFecha:\t03/01/2024\nOperación:\t003123456789\n"
                 "Identificación:\t12345678\nOrigen:\t0102****1234\nDestino:\t04141234567\n"
                 "Banco:\t0105 - BANCO MERCANTIL\nConcepto:\tPago",
                 &record);
    assert_string_equal(record.layout, "bdv");
    assert_string_equal(printed_value(&record, "monto"), "1234.50");
    assert_false(printed_has_reason(&record, REASON_DOUBTFUL, "monto"));
    assert_int_equal(record.reason_count, 0);
}

static void test_names_with_a_word_in_small_letters(void **state) {
    (void)state;
    static const struct wanted pages[] = {
        {"=Pago móvil\n\nMonto:\tBs. 10,00\nBeneficiario:\tAna pérez\nReferencia:\t123456789",
         "beneficiario=Ana pérez"},
        {"=Pago móvil\n\nMonto:\tBs. 10,00\nBeneficiario:\tLuis mora gil\nReferencia:\t123456789",
         "beneficiario=Luis mora gil"},
        {"=Pago móvil\n\nMonto:\tBs. 10,00\nNombre del beneficiario\n+Turbo uno\nReferencia:\t123456789",
         "beneficiario=Turbo uno"},
    };
    PAGES_CHECK();
}

/* Two hours on a page: the payment's own is the one that its label or its date asks for. */
static void test_two_hours_on_a_page(void **state) {
    (void)state;
    static const struct wanted pages[] = {
        {"04/01/2024 - 03:15:20 pm\n=Envío\n\nMonto:\tBs. "
         "10,00\nFecha:\t03/01/2024\nHora:\t10:41\nReferencia:\t123456789",
         "hora=10:41;fecha=2024-01-03"},
        {"=Envío\n\nMonto:\tBs. 10,00\nFecha y hora:\t03/01/2024 10:41\nReferencia:\t123456789\n\n\nImpreso el "
         "04/01/2024 "
         "03:15 pm",
         "hora=10:41;fecha=2024-01-03"},
        {"04/01/2024 03:15 pm\n=Envío\n\nMonto:\tBs. 10,00\nFecha y hora:\t03/01/2024 10:41\nReferencia:\t123456789",
         "hora=10:41;fecha=2024-01-03"},
    };
    PAGES_CHECK();
}

/* Nothing but a sign that many share: no currency, no bank, no country. */
static void test_what_is_not_shown_is_empty(void **state) {
    (void)state;
    static const struct wanted pages[] = {
        {"=Transferencia\n\nMonto\t$ 1.000,00\nReferencia\t123456789\nFecha\t13/01/2024",
         "monto=1000.00;moneda=;banco_origen=;banco_destino=;country="},
        {"=Transferencia\n\nMonto\t1.000,00\nReferencia\t123456789\nFecha\t13/01/2024",
         "monto=1000.00;moneda=;country="},
        {"=Transferencia\n\nMonto\t$ 1.000,00\nBanco\tBBVA\nReferencia\t123456789\nFecha\t13/01/2024",
         "moneda=;banco_destino=;country="},
        {"=Transferencia\n\nMonto\t$ 1.000,00\nReferencia\t123456789\nTeléfono\t+57 310 123 4567",
         "moneda=COP;country=CO"},
        {"=Pago móvil\n\nMonto\t1.000,00\nReferencia\t123456789\nTeléfono\t0414-1234567", "moneda=VES;country=VE"},
        {"=Pago\n\nMonto\tR$ 1.000,00\nReferencia\t123456789", "moneda=BRL;country=BR"},
    };
    PAGES_CHECK();
}

/* What belongs to an account or a following sentence is no name; masks in an id stay masks. */
static void test_accounts_and_masks_are_no_names_and_ids(void **state) {
    (void)state;
#define SENT(rows)                                                                                                     \
    "=Transferencia enviada\n\nMonto:\tBs. 1.234,50\nReferencia:\t000123456789\nFecha:\t03/01/2024\n" rows
    static const struct wanted pages[] = {
        {SENT("Cuenta acreditada\nCaja de ahorro en pesos ***447-1"), "beneficiario="},
        {SENT("Cuenta acreditada\nCuenta de Ahorros ***447-1"), "beneficiario="},
        {SENT("Cuenta acreditada\nAhorros 8204471188"), "beneficiario="},
        {SENT("Para\nCorriente ***4471"), "beneficiario="},
        {SENT("Enviado a\nAna Soto Mora\nAhorro Soles ****8820"), "beneficiario=Ana Soto Mora"},
        {SENT("Enviado a\nAna Soto Mora\nCuenta Corriente ****8820"), "beneficiario=Ana Soto Mora"},
        {"=\xC2\xA1"
         "Env\xC3\xADo realizado!\n\nPara\n+Yurani Casta\xC3\xB1"
         "eda\n+\xC2\xBF"
         "Cu\xC3\xA1nto?\n+$ 48.000,00\n"
         "+Referencia\n+M11837402\n+Fecha\n+12 de septiembre de 2026",
         "beneficiario=Yurani Casta\xC3\xB1"
         "eda"},
        {SENT("Beneficiario:\tAna Soto Mora\nC\xC3\xA9"
              "dula:\tV-14.447.***"),
         "cedula=V14447***"},
        {SENT("Beneficiario:\tAna Soto Mora\nC\xC3\xA9"
              "dula:\tV-14.***.***"),
         "cedula=V14******"},
        {SENT("Beneficiario:\tAna Soto Mora\nC\xC3\xA9"
              "dula:\tV-14.447.188"),
         "cedula=V14447188"},
        {"=Pago m\xC3\xB3vil recibido\nBs. 980,00\nDe: NORELIS GUEDEZ\nFecha: 07/09/2026 04:20 PM\nReferencia: "
         "552817744190",
         "pagador=NORELIS GUEDEZ;beneficiario=;monto=980.00"},
        {"=Pago m\xC3\xB3vil recibido\nBs. 980,00\nDe\tNORELIS GUEDEZ\nFecha: 07/09/2026 04:20 PM\nReferencia: "
         "552817744190",
         "pagador=NORELIS GUEDEZ;beneficiario=;monto=980.00"},
        {"Recibi de Iv\xC3\xA1n Bustos la cantidad de siete mil pesos\nRECIBO DE ALQUILER No. 118\nTotal\t$7,800.00\n"
         "Fecha: 01/10/2026",
         "buyer=Iv\xC3\xA1n Bustos"},
    };
#undef SENT
    PAGES_CHECK();
}

/* Firms whose names begin with what may be a kind of account, or with the name of a bank. */
static void test_names_that_begin_as_accounts_and_banks_do(void **state) {
    (void)state;
#define PAID(row) "=Pago realizado\nMonto\t$ 150,00\n" row "\nFecha\t12/09/2026\nReferencia\t011837402"
    static const struct wanted pages[] = {
        {PAID("Para\tAhorro Farmacias S.A."), "beneficiario=Ahorro Farmacias S.A."},
        {PAID("Beneficiario:\tCorriente Alterna C.A."), "beneficiario=Corriente Alterna C.A."},
        {PAID("Para\tCaja de Ahorros de la Universidad"),
         "beneficiario=Caja de Ahorros de la Universidad;country=;banco_destino=;moneda="},
        {PAID("Beneficiario:\tCaja de Ahorros del Magisterio"),
         "beneficiario=Caja de Ahorros del Magisterio;country=;banco_destino="},
        {PAID("Para\tCaja de Ahorro de los Maestros"), "beneficiario=Caja de Ahorro de los Maestros"},
        {PAID("Para\tCaja de Ahorros en Pesos"), "beneficiario="},
        {PAID("Para\tCaja de Ahorros"), "beneficiario="},
        {PAID("Para\tCuenta de Ahorros"), "beneficiario="},
    };
#undef PAID
    PAGES_CHECK();
}

/* The means of payment beside a row of the sums is no amount paid; what a document is, is no number. */
static void test_means_and_kinds_of_documents_are_no_values(void **state) {
    (void)state;
#define SALE(rows)                                                                                                     \
    "=ASESORES DEL NAYAR SC\n=RFC CTR850101AB1\n=FACTURA\nFolio:\tA-1882\nFecha:\t23/04/2026\n"                        \
    "Servicios\t$8,500.00\nSubtotal\t$8,500.00\n" rows "\nTotal\t$9,860.00"
    static const struct wanted pages[] = {
        {SALE("Forma de pago: 03 Transferencia\tIVA 16% $1,360.00"), "paid=;tax=1360.00;total=9860.00"},
        {SALE("Medio de pago: Contado\tIVA 16% $1,360.00"), "paid=;tax=1360.00"},
        {SALE("IVA 16%\t$1,360.00\nTipo de comprobante: E - Egreso"), "receipt_number=A-1882"},
        {SALE("IVA 16%\t$1,360.00\nTipo de comprobante:\tI - Ingreso 2"), "receipt_number=A-1882"},
    };
#undef SALE
    PAGES_CHECK();
}

/* Who is paid at an agent is the firm, not the customer whose bill it is; numbers of the bill are no reference. */
static void test_bills_paid_elsewhere(void **state) {
    (void)state;
    static const struct wanted pages[] = {
        {"=PAGO DE SERVICIO\nEMPRESA:\tELECTRO ALTIPLANO S.A.\nTITULAR:\tHUMBERTO CCOPA\nFECHA:\t09/10/2026\n"
         "NRO. OPERACION:\t118204\nIMPORTE\tS/ 96.30",
         "beneficiario=ELECTRO ALTIPLANO S.A.;referencia=118204"},
        {"=Comprobante de pago\n^$ 45.890,00\nConvenio:\tAguas del Parana\nC\xC3\xB3"
         "digo de pago\t0447188204\n"
         "Fecha de pago\t11/09/2026\nN\xC3\xBAmero de transacci\xC3\xB3n\t00447188",
         "beneficiario=Aguas del Parana;referencia=00447188"},
        {"=Comprobante SPEI\nImporte\t$ 2,875.00\nFolio de operaci\xC3\xB3n\t0088471922\nFecha\t17/09/2026\n"
         "Clave de rastreo\tMBAN01002609170088471922",
         "referencia=MBAN01002609170088471922"},
        {"=Comprobante SPEI\nImporte\t$ 2,875.00\nFecha\t17/09/2026\nFolio\t0088471922", "referencia=0088471922"},
    };
    PAGES_CHECK();
}

/* Words that it was paid beside words that it was not: a person decides. */
static void test_a_payment_made_and_refused_is_doubted(void **state) {
    (void)state;
    struct record record;
    printed_rows(
        "=Transferencia exitosa\n\nMonto:\tBs. 1.234,50\nReferencia:\t000123456789\nBeneficiario:\tAna Soto Mora\n"
        "Fecha:\t03/01/2024\n=Su pago anterior fue rechazado",
        &record);
    assert_true(printed_has_reason(&record, REASON_DOUBTFUL, "monto"));
    printed_rows(
        "=Transferencia exitosa\n\nMonto:\tBs. 1.234,50\nReferencia:\t000123456789\nBeneficiario:\tAna Soto Mora\n"
        "Fecha:\t03/01/2024",
        &record);
    assert_false(printed_has_reason(&record, REASON_DOUBTFUL, "monto"));
}

/* What the payer wrote shows neither the page's country nor the currency of a sign that several share. */
static void test_words_of_the_payer(void **state) {
    (void)state;
#define PAID(concept)                                                                                                  \
    "=Pago exitoso\nMonto\t$ 150.00\nPara\tAna Soto\nConcepto\t" concept "\nFecha\t12/09/2026\nReferencia\t011837402"
    static const struct wanted pages[] = {
        {PAID("viaje a Colombia"), "country=;moneda=;monto=150.00;concepto=viaje a Colombia"},
        {PAID("sombreros panama"), "country=;moneda=;monto=150.00"},
        {PAID("factura medellin"), "country=;moneda="},
        {PAID("compra mexico"), "country=;moneda="},
        {PAID("Yape de mentira"), "country=;moneda="},
        {PAID("pago de rut"), "country=;moneda="},
        {PAID("viaje a Colombia") "\n=Nequi", "country=CO;moneda=COP"},
        {PAID("viaje a Mexico") "\n=Nequi", "country=CO;moneda=COP"},
        {"=Pago exitoso\nMonto\tS/ 150.00\nPara\tAna Soto\nConcepto\tviaje a "
         "Colombia\nFecha\t12/09/2026\nN\xC3\xBAmero "
         "de operaci\xC3\xB3n\t011837402",
         "country=PE;moneda=PEN"},
    };
    PAGES_CHECK();
}

/* Rows that address whoever reads them, times of opening and what was handed over are no buyer and no total. */
static void test_notices_of_a_shop_are_no_values(void **state) {
    (void)state;
#define SALE(rows)                                                                                                     \
    "=Papelería Azul C.A.\n=RIF J-12345678-9\n\nFactura:\t00012345\nFecha:\t12/11/2025\n\nCuaderno\t290,00\n"         \
    "Total:\tBs 290,00\n" rows
    static const struct wanted pages[] = {
        {SALE("Total pagado:\tBs 300,00\nCambio:\tBs 10,00"), "total=290.00"},
        {SALE("\nAttention: All sales final"), "buyer="},
        {SALE("\nAtención: No se aceptan cambios"), "buyer="},
        {SALE("\nHorario de atención: Lunes a Sábado"), "buyer="},
        {SALE("\nContribuyente: Especial"), "buyer="},
        {SALE("\nDenominación: Papelería Azul"), "buyer="},
        {SALE("\n=Señor contribuyente: Guarde su factura"), "buyer="},
    };
    PAGES_CHECK();
}

/* A kind of person is no payee, and what follows a person's name in a sentence is no part of it. */
static void test_kinds_of_persons_and_numbers_behind_names(void **state) {
    (void)state;
    static const struct wanted pages[] = {
        {"=Pago exitoso\n\nMonto:\tBs. 100,00\nReferencia:\t000123456789\nTipo de persona:\tNatural\n"
         "Fecha:\t12/11/2025",
         "beneficiario="},
        {"=Pago exitoso\n\nMonto:\tBs. 100,00\nReferencia:\t000123456789\nPersona:\tJurídica\nFecha:\t12/11/2025",
         "beneficiario="},
        {"=Enviaste Bs. 100,00 a JUAN PEREZ 412 el 12/11/2025. Ref 000123456789", "beneficiario=JUAN PEREZ"},
        {"=Enviaste Bs. 100,00 a Luis Mora 912. Ref 000123456789", "beneficiario=Luis Mora"},
        {"=Enviaste Bs. 100,00 a JUAN PEREZ 2025, ref 000123456789", "beneficiario=JUAN PEREZ"},
    };
    PAGES_CHECK();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_issuer_in_a_footer),
        cmocka_unit_test(test_two_sections_with_the_same_labels),
        cmocka_unit_test(test_a_wallet_with_its_name_over_two_lines),
        cmocka_unit_test(test_an_argentine_transfer),
        cmocka_unit_test(test_a_message_of_money_received),
        cmocka_unit_test(test_the_rounded_amount_is_the_total),
        cmocka_unit_test(test_a_small_amount_of_a_known_card),
        cmocka_unit_test(test_names_with_a_word_in_small_letters),
        cmocka_unit_test(test_two_hours_on_a_page),
        cmocka_unit_test(test_what_is_not_shown_is_empty),
        cmocka_unit_test(test_accounts_and_masks_are_no_names_and_ids),
        cmocka_unit_test(test_means_and_kinds_of_documents_are_no_values),
        cmocka_unit_test(test_names_that_begin_as_accounts_and_banks_do),
        cmocka_unit_test(test_bills_paid_elsewhere),
        cmocka_unit_test(test_a_payment_made_and_refused_is_doubted),
        cmocka_unit_test(test_words_of_the_payer),
        cmocka_unit_test(test_notices_of_a_shop_are_no_values),
        cmocka_unit_test(test_kinds_of_persons_and_numbers_behind_names),
    };
    return cmocka_run_group_tests_name("never invent", tests, printed_open, printed_close);
}
