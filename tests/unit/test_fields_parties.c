/* test_fields_parties.c - who pays and who is paid: names, ids, phones, keys, e-mail, zones; footers are nobody's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fields/values/value.h"
#include "printed.h"

enum { WANTED_MOST = 9 };

/* A page and the fields that must come of it; "" must not. */
struct payment {
    const char *page;
    struct printed_wanted wanted[WANTED_MOST];
};

static const struct payment payments[] = {
    {"=Transferencia exitosa\nDatos del ordenante\nNombre:\tAna P\xC3\xA9rez Soto\nC\xC3\xA9"
     "dula:\tV-11.111.111\nCuenta:\t0134****1234\nDatos del beneficiario\nNombre:\tLuis Mora Gil\n"
     "C\xC3\xA9"
     "dula:\tV-22.222.222\nMonto:\tBs. 100,00\nReferencia:\t123456789\nFecha:\t03/01/2025 10:30 am",
     {{"pagador", "Ana P\xC3\xA9rez Soto"},
      {"cedula_origen", "V11111111"},
      {"beneficiario", "Luis Mora Gil"},
      {"cedula", "V22222222"},
      {"zona_horaria", ""}}},
    /* Without a side, everything is the payee's. */
    {"=Pago exitoso\nNombre:\tLuis Mora Gil\nC\xC3\xA9"
     "dula:\tV-12.345.678\nTel\xC3\xA9"
     "fono:\t0414-1234567\nBanco:\tBanesco\nMonto:\tBs. 10,00\nReferencia:\t000123456789\nFecha:\t12/05/2025",
     {{"beneficiario", "Luis Mora Gil"},
      {"cedula", "V12345678"},
      {"telefono", "04141234567"},
      {"pagador", ""},
      {"cedula_origen", ""},
      {"telefono_origen", ""}}},
    /* A label of the payee's name ends what is the payer's. */
    {"=Transferencia exitosa\n^Bs. 10,00\nOrdenante\nPetra Soto Lugo\n\nNombre del beneficiario\nLuis Mora Gil\n\n"
     "C\xC3\xA9"
     "dula\nV-12.345.678\n\nBanco\n0105 - Banco Mercantil\n\nReferencia\n000123456789\n\nFecha\n12/05/2025",
     {{"pagador", "Petra Soto Lugo"},
      {"beneficiario", "Luis Mora Gil"},
      {"cedula", "V12345678"},
      {"cedula_origen", ""},
      {"banco_destino", "0105"}}},
    /* A bank beside the name or above it. */
    {"=Pago exitoso\n^Bs. 10,00\nPara\nLuis Mora Gil \xC2\xB7 Banesco\nV-12.345.678\nReferencia:\t000123456789\nFecha:"
     "\t12/05/2025",
     {{"beneficiario", "Luis Mora Gil"}, {"cedula", "V12345678"}, {"banco_destino", "0134"}}},
    {"=Transferencia exitosa\n^Bs. 10,00\nDesde\nBanco Nacional de Cr\xC3\xA9"
     "dito\nPetra Soto Lugo\nHacia\nBanco Digital de los Trabajadores\nLuis Mora Gil\n"
     "V-12.345.678\nReferencia:\t000123456789\nFecha:\t12/05/2025",
     {{"pagador", "Petra Soto Lugo"}, {"beneficiario", "Luis Mora Gil"}, {"banco_destino", "0175"}}},
    /* For money that came in, the payer's. */
    {"=Recibiste un pago m\xC3\xB3vil\n^Bs. 850,00\nDe:\tPetra Soto Lugo\nTel\xC3\xA9"
     "fono:\t0414-1212345\nC\xC3\xA9"
     "dula:\tV-9.876.543\nBanco:\tBanesco\nReferencia:\t000123456789\nFecha:\t12/05/2025 10:41 AM",
     {{"pagador", "Petra Soto Lugo"},
      {"telefono_origen", "04141212345"},
      {"cedula_origen", "V9876543"},
      {"beneficiario", ""},
      {"cedula", ""},
      {"telefono", ""}}},
    /* The bank's own number, e-mail and phone at the foot. */
    {"=Transferencia realizada\nBeneficiario:\tLuis Mora Gil\nCuenta destino:\t0105****5678\nMonto:\tBs. 100,00\n"
     "Referencia:\t123456789\nFecha:\t03/01/2025\n\n\nBanco Ejemplo, C.A. RIF: J-00000000-0\n"
     "Correo: atencion@bancoejemplo.example\nTel\xC3\xA9"
     "fono: 0212-5551234",
     {{"beneficiario", "Luis Mora Gil"}, {"cedula", ""}, {"telefono", ""}, {"correo", ""}, {"cedula_origen", ""}}},
    {"=Comprovante de Pix\n^R$ 150,00\nData\t12/05/2025 \xC3\xA0s 10:41 (GMT-3)\nDestino\nNome\tAur\xC3\xA9lia "
     "D\xC3\xA1vila\n"
     "CPF\t***.123.456-**\nInstitui\xC3\xA7\xC3\xA3o\tNubank\nChave Pix\taurelia@correo.example\nOrigem\n"
     "Nome\tBenigno Echeto\nCPF\t***.654.321-**\nID da transa\xC3\xA7\xC3\xA3o\tE60746948202505121341A1234567890",
     {{"beneficiario", "Aur\xC3\xA9lia D\xC3\xA1vila"},
      {"cedula", "***123456**"},
      {"banco_destino", "260"},
      {"clave_destino", "aurelia@correo.example"},
      {"pagador", "Benigno Echeto"},
      {"cedula_origen", "***654321**"},
      {"zona_horaria", "-03:00"}}},
    /* A key ends before the next heading, which has its value beside it. */
    {"=Pix enviado\nValor\tR$ 20,00\nPara\tCandela Lugo\nChave Pix\t123e4567-e89b-12d3-a456-426614174000\n"
     "De\tOlegario Nava\nData\t12/05/2025 10:41\nID da transa\xC3\xA7\xC3\xA3o\tE60746948202505121341A1234567890",
     {{"clave_destino", "123e4567-e89b-12d3-a456-426614174000"},
      {"beneficiario", "Candela Lugo"},
      {"pagador", "Olegario Nava"}}},
    {"=Pix enviado\nValor\tR$ 20,00\nNome do recebedor\tCandela Lugo\nChave\t+55 11 91234-5678\n"
     "Nome do pagador\tOlegario Nava\nCPF do pagador\t123.456.789-09\nData\t12/05/2025 10:41",
     {{"beneficiario", "Candela Lugo"},
      {"clave_destino", "+55 11 91234-5678"},
      {"pagador", "Olegario Nava"},
      {"cedula_origen", "12345678909"},
      {"cedula", ""}}},
    {"=Transferencia enviada\n^$ 1.000,00\nTitular\tGervasio Matute\nCUIT\t20-12345678-6\nAlias\tsol.luna.mate\n"
     "CVU\t0000003100012345678901\nBanco\tMercado Pago\nOrigen\nNombre\tRosaura Jaspe\nFecha\t12/05/2025 10:41 hs",
     {{"clave_destino", "sol.luna.mate"},
      {"cuenta_destino", "0000003100012345678901"},
      {"cuenta_origen", ""},
      {"pagador", "Rosaura Jaspe"},
      {"zona_horaria", ""}}},
    {"=Transferencia SPEI exitosa\nMonto\t$1,500.00 MXN\nOrdenante\tIsaura Carmona\n"
     "Cuenta ordenante\t012180001234567895\nBeneficiario\tJacinto Gudi\xC3\xB1o\n"
     "CLABE beneficiario\t072180001234567897\nBanco beneficiario\tBanorte\n"
     "Correo del beneficiario\tjacinto@correo.example\nClave de rastreo\tMBAN01002505120012345\n"
     "Fecha y hora\t12/05/2025 10:41:22 CST",
     {{"pagador", "Isaura Carmona"},
      {"beneficiario", "Jacinto Gudi\xC3\xB1o"},
      {"correo", "jacinto@correo.example"},
      {"clave_destino", ""},
      {"zona_horaria", "CST"}}},
    {"=Constancia de transferencia\nMonto:\tS/ 100.00\nCuenta cargo:\t191-****1234\n"
     "Titular cuenta cargo:\tD\xC3\xA1maso Bol\xC3\xADvar\nCuenta abono:\t193-****5678\n"
     "Titular cuenta abono:\tN\xC3\xA9lida Ocanto\nN\xC3\xBAmero de operaci\xC3\xB3n:\t00123456\n"
     "Fecha y hora:\t12/05/2025 - 10:41 AM",
     {{"pagador", "D\xC3\xA1maso Bol\xC3\xADvar"}, {"beneficiario", "N\xC3\xA9lida Ocanto"}}},
    /* The kind of an account is no name. */
    {"=Payment sent\nAmount\t$50.00\nTo\tCandela Hurtado\nEmail\tcandela@mail.example\nFrom\tChecking ...1234\n"
     "Confirmation\tABC123XYZ9\nDate\tMay 12, 2025 10:41 AM EST",
     {{"beneficiario", "Candela Hurtado"},
      {"correo", "candela@mail.example"},
      {"pagador", ""},
      {"zona_horaria", "EST"}}},
    /* A row below a name that goes on with something else is no second row of it. */
    {"=Transferencia exitosa\nMonto\tUSD 145.75\nPara\nMarco Coello Jaramillo\nC.I. 1710034065\nFecha\t12/05/2025",
     {{"beneficiario", "Marco Coello Jaramillo"}}},
    {"=Recibo de deposito\nMonto: RD$ 5,500.00\nA nombre de: ALTAGRACIA PEGUERO\nDep\xC3\xB3sito en efectivo\n"
     "No. de transacci\xC3\xB3n: 44188207\nFecha: 12/05/2025",
     {{"beneficiario", "ALTAGRACIA PEGUERO"}}},
    {"=Pix enviado\n^R$ 82,90\nQuem recebeu\nBruna Teixeira\nCPF ***.961.981-**\nData\t12/05/2025 10:41",
     {{"beneficiario", "Bruna Teixeira"}}},
    /* The wallet's word between the amount and the name. */
    {"^S/ 62.50\n=\xC2\xA1Yapeaste!\n=Candela Ocanto G.\n=29 abr. 2026 - 9:14 p. m.\nNro. de celular\t*** *** 512\n"
     "Destino\tPlin\nNro. de operaci\xC3\xB3n\t05512277",
     {{"beneficiario", "Candela Ocanto G."}}},
    /* A label that no layout knows has its value beside it. */
    {"=Money transfer\nTransfer amount\t200.00 USD\nRecipient\tNorma Quispe\nCountry\tPeru\nDate\t06/19/2026",
     {{"beneficiario", "Norma Quispe"}}},
    {"=SINPE M\xC3\xB3vil exitoso\nMonto\t\xE2\x82\xA1 5.000,00\nNombre del remitente\tGervasio Lugo\n"
     "Tel\xC3\xA9"
     "fono remitente\t8812-3456\nNombre del destinatario\tRosaura Nava\nTel\xC3\xA9"
     "fono destinatario\t8898-7654\nComprobante\t2025051212345678901234567\nFecha\t12/05/2025 10:41",
     {{"pagador", "Gervasio Lugo"},
      {"telefono_origen", "88123456"},
      {"beneficiario", "Rosaura Nava"},
      {"telefono", "88987654"}}},
};

static void test_who_pays_and_who_is_paid(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof payments / sizeof *payments; i++) {
        struct record record;
        printed_rows(payments[i].page, &record);
        printed_expect(&record, "payment", i, payments[i].wanted, WANTED_MOST);
        for (size_t k = 0; k < WANTED_MOST && payments[i].wanted[k].name != NULL; k++) {
            assert_false(printed_has_reason(&record, REASON_UNREAD, payments[i].wanted[k].name));
        }
    }
}

static void test_zones_behind_times(void **state) {
    (void)state;
    static const struct {
        const char *text, *zone; /* NULL: none */
    } cases[] = {{" (GMT-3)", "-03:00"},
                 {" GMT-03:00", "-03:00"},
                 {" hs (GMT -3)", "-03:00"},
                 {" UTC", "+00:00"},
                 {" UTC+5:30", "+05:30"},
                 {" VET", "VET"},
                 {" hora de Caracas", "hora de Caracas"},
                 {" (hor\xC3\xA1rio de Bras\xC3\xADlia)", "hor\xC3\xA1rio de Bras\xC3\xADlia"},
                 {"", NULL},
                 {" BILLETE", NULL},
                 {" GMT-99", NULL},
                 {" AUT 12345", NULL},
                 {" hs", NULL},
                 {" Ref 123", NULL}};
    const struct locale home = {.set = &printed.set.countries, .country = printed.set.countries.unknown};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char value[VALUE_BYTES] = "";
        size_t bytes = time_zone_match(&home, cases[i].text, strlen(cases[i].text), value);
        assert_true((bytes > 0) == (cases[i].zone != NULL));
        assert_true(bytes <= strlen(cases[i].text));
        if (cases[i].zone != NULL) {
            assert_string_equal(value, cases[i].zone);
        }
    }
}

/* Names that resemble words of labels ("cargos", "el día", "razón", "devis"), or begin with an accent. */
static void test_names_like_labels(void **state) {
    static const char *const names[] = {
        "Carlos Paredes Tapia",
        "CARLOS CASTRO SALINAS",
        "Carla Vivas Cobo",
        "Carlo Conti",
        "Lidia Choque Mamani",
        "LIDIA ROLDAN PAREDES",
        "Nidia Prado Parra",
        "Elías Prado Mesa",
        "Ramón Toledo",
        "RAMON OCHOA PINTO",
        "Camilo Soto",
        "Gastón Mora Ríos",
        "Denis Soto Mora",
        "Davis Mora",
        "Devin Mora Paz",
        "Arias Soto Lidia",
        "Blanco Mora Ana",
        "Correa Paz Luis",
        "Cuenca Ruiz Eva",
        "Costa Mora Rita",
        "Carlos",
        "LIDIA",
        "Ramón",
        "Elías",
        "Ángel",
        "Óscar",
        "Úrsula",
        "Ángela Mora Paz",
        "Grace Mora",
        "Tracy Soto",
        /* Firms that begin with the word of a label. */
        "Total Gas",
        "FECHA LIBRE",
        "Monto Alto",
        "Motivo Café",
        "Concepto Hogar S.A.",
        "CAMBIO JUSTO",
        "Cliente Feliz C.A.",
        "Destino Sur",
        /* ... with a bank's or a year. */
        "Farmacia Del Sur",
        "Mercantil El Sol",
        "Café 1900 S.A.",
        "La Espiga S. Coop.",
    };
    static const char *const pages[] = {
        "=Transferencia exitosa\n=Bs 180,00\nNombre del destinatario\n+%s\nFecha\n+06/06/2026 12:31\nNro. de "
        "transacción\n+4471882210",
        "=¡Listo! Enviaste\n^$ 1.500,00\nPara\n+%s\n12 jun 2026, 10:41\nNúmero de operación\n+4471882210",
        "=Pago móvil exitoso\nMonto\tBs. 850,00\nBeneficiario\t%s\nBanco\t0134 - BANESCO\nReferencia\t000123456789",
    };
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (size_t j = 0; j < sizeof pages / sizeof *pages; j++) {
            struct record record;
            printed_rows_with(pages[j], names[i], &record);
            if (strcmp(printed_value(&record, "beneficiario"), names[i]) != 0) {
                print_error("page %zu of %s has \"%s\"\n", j + 1, names[i], printed_value(&record, "beneficiario"));
                wrong++;
            }
        }
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_like_labels),
        cmocka_unit_test(test_who_pays_and_who_is_paid),
        cmocka_unit_test(test_zones_behind_times),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
