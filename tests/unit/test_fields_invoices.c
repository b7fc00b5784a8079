/*
 * test_fields_invoices.c - invoices in the languages that are read: what they say, and that numbers, labels and headers
 * of tables are not taken for amounts and names. Their firms and people are invented.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "printed.h"

/* What an invoice must give; "" means that nothing must be found, NULL that it is not looked at. */
struct invoice {
    const char *page, *number, *date, *due_date, *buyer, *subtotal, *tax, *total;
};

static const struct invoice invoices[] = {
    /* French: the number is in a sentence; before and after tax. */
    {"Papeterie du Phare SARL\nFacture n\xC2\xB0"
     "562044387 du 02 Juillet 2025\nDate limite de paiement le 15 Juillet 2025\nD\xC3\xA9signation Nombre\tMontant "
     "HT\nPapier A4 10 4,00\t40,00 \xE2\x82\xAC\nTotal HT\t40,00 \xE2\x82\xAC\nTVA "
     "20%\t8,00 \xE2\x82\xAC\nTotal TTC\t48,00 \xE2\x82\xAC",
     "562044387", "2025-07-02", "2025-07-15", "", "40.00", "8.00", "48.00"},
    {"Atelier Mar\xC3\xA9"
     "e\nFACTURE\nNum\xC3\xA9ro de facture\tFA-2025-118\nDate de facture\t3 f\xC3\xA9vrier "
     "2025\n\xC3\x89"
     "ch\xC3\xA9"
     "ance\t5 mars 2025\nR\xC3\xA9paration\t100,00\nTotal hors taxes\t100,00 EUR\nTVA 20%\t20,00 EUR\nNet \xC3\xA0 "
     "payer\t120,00 EUR",
     "FA-2025-118", "2025-02-03", "2025-03-05", NULL, "100.00", "20.00", "120.00"},
    /* German. */
    {"Leuchtturm B\xC3\xBCro GmbH\nRechnung\nRechnungsnr.\t30064443\nKundennr.\t47774\nRechnungsdatum\t7. Mai "
     "2025\nMenge Beschreibung Einzelpreis\tBetrag\n2 Ordner A4 5,00\t10,00\nNettobetrag\t10,00 \xE2\x82\xAC\nMwSt "
     "19%\t1,90 \xE2\x82\xAC\nGesamtbetrag\t11,90 \xE2\x82\xAC\nZahlungsziel\t21.05.2025",
     "30064443", "2025-05-07", "2025-05-21", NULL, "10.00", "1.90", "11.90"},
    {"Anker Werkzeuge GmbH\nRechnung Nr. 2025-0815\nDatum: 12. M\xC3\xA4rz 2025\nHammer\t20,00\nZange\t30,00\nSumme "
     "netto\t50,00 EUR\nUSt 19%\t9,50 EUR\nRechnungsbetrag\t59,50 EUR",
     "2025-0815", "2025-03-12", NULL, NULL, "50.00", "9.50", "59.50"},
    /* Dutch: the number of the invoice, and not of the order. */
    {"Vuurtoren Winkel B.V.\nFactuurnummer: 993548900\nKlantnummer: 6669263\nFactuurdatum: 19 april "
     "2025\nOrdernummer: 12572103\nOrderdatum: 18 april 2025\nLamp\t\xE2\x82\xAC 121,00\nExclusief BTW\t\xE2\x82\xAC "
     "100,00\nBTW 21%\t\xE2\x82\xAC 21,00\nTotaal\t\xE2\x82\xAC 121,00",
     "993548900", "2025-04-19", NULL, NULL, "100.00", "21.00", "121.00"},
    /* Italian. */
    {"Cartoleria del Faro S.r.l.\nFattura n. 114\nData documento: 3 luglio 2025\nQuaderni\t50,00\nImponibile\t50,00 "
     "\xE2\x82\xAC\nIVA 22%\t11,00 \xE2\x82\xAC\nTotale da pagare\t61,00 \xE2\x82\xAC\nScadenza\t3 agosto 2025",
     "114", "2025-07-03", "2025-08-03", NULL, "50.00", "11.00", "61.00"},
    /* English: two addresses side by side; what is due is the total; a term in days is no payment. */
    {"Lighthouse Repairs LLC\tINVOICE\nInvoice No: 1042\nDate: Jan 1, 2025\nBill To:\tShip To:\nTaylor "
     "Riddle\tTaylor's "
     "Store\nPayment Terms:\tNet 30 days\nDue Date:\tJan 31, 2025\nBalance "
     "Due:\t$127.50\nItem Quantity Rate\tAmount\n"
     "Repair 1 $120.00\t$120.00\nCleaning 5 $1.50\t$7.50\nSubtotal:\t$127.50\nTax (0%):\t$0.00\nTotal:\t$127.50",
     "1042", "2025-01-01", "2025-01-31", "Taylor Riddle", "127.50", "0.00", "127.50"},
    /* Numbers of registrations and accounts are no amounts, beside the words of a tax and a payment. */
    {"Beacon Retail Pvt. Ltd.\nInvoice No: BR-2025-77\nInvoice Date: 20-10-2025\nVAT/TIN: 29670869006\nService tax #: "
     "AAACW8725FSD001\nPhone: 8756390642\nMemory card 1\t319.00\nGrand Total\t319.00\nPlease use this number for your "
     "payment : 202309097001\nPayment terms: 15 Days",
     "BR-2025-77", "2025-10-20", NULL, NULL, "", "", "319.00"},
    {"Beacon Retail Pvt. Ltd.\nInvoice No: BR-2025-78\nInvoice Date: 21-10-2025\nVAT Registration: 226010\nMemory "
     "card 1\t319.00\nGrand Total\t319.00",
     "BR-2025-78", "2025-10-21", NULL, NULL, "", "", "319.00"},
    /* The invoice's own number and date win over those of the order; without them, these are taken. */
    {"Beacon Retail Pvt. Ltd.\nInvoice No : # BLR_WF2025100098\nOrder ID: OD304175096\nOrder Date: "
     "15-10-2025\nInvoice Date: 20-10-2025\nMemory card 1\t319.00\nGrand Total\t319.00",
     "BLR_WF2025100098", "2025-10-20", NULL, NULL, "", "", "319.00"},
    {"INVOICE\nBeacon Retail LLC\nOrder ref\tAB-5512\nOrder date\tJan 3, 2025\nSubtotal\t$10.00\nTax\t$1.00\n"
     "Total\t$11.00",
     "AB-5512", "2025-01-03", NULL, NULL, "10.00", "1.00", "11.00"},
};

static void value_check(const struct record *record, size_t invoice, const char *name, const char *wanted) {
    if (wanted != NULL && strcmp(printed_value(record, name), wanted) != 0) {
        fail_msg("invoice %zu: %s is \"%s\", not \"%s\"", invoice, name, printed_value(record, name), wanted);
    }
}

static void test_what_invoices_say(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof invoices / sizeof *invoices; i++) {
        struct record record;
        printed_rows(invoices[i].page, &record);
        if (record.kind != KIND_INVOICE) {
            fail_msg("invoice %zu: it is said to be \"%s\"", i, kind_name(record.kind));
        }
        value_check(&record, i, "receipt_number", invoices[i].number);
        value_check(&record, i, "date", invoices[i].date);
        value_check(&record, i, "due_date", invoices[i].due_date);
        value_check(&record, i, "buyer", invoices[i].buyer);
        value_check(&record, i, "subtotal", invoices[i].subtotal);
        value_check(&record, i, "tax", invoices[i].tax);
        value_check(&record, i, "total", invoices[i].total);
        value_check(&record, i, "change", "");
        value_check(&record, i, "paid", "");
    }
}

/* A tax of 16 % is Venezuelan beside "Bs", one of 13 % Bolivian; the same signs elsewhere tell nothing. */
static void test_a_rate_tells_the_country(void **state) {
    (void)state;
    static const struct {
        const char *rows, *country, *currency;
    } pages[] = {
        {"FACTURA N\xC2\xB0 277101\nFecha: 27/07/2025\nSUBTOTAL\tBs. 100,00\nIVA 13%\tBs. 13,00\nTOTAL\tBs. 113,00",
         "BO", "BOB"},
        {"FACTURA N\xC2\xB0 277101\nFecha: 27/07/2025\nSUBTOTAL\tBs. 100,00\nIVA 16%\tBs. 16,00\nTOTAL\tBs. 116,00",
         "VE", "VES"},
        {"FACTURA N\xC2\xB0 277101\nFecha: 27/07/2025\nSUBTOTAL\tBs. 100,00\nIVA (16,00%)\tBs. 16,00\nTOTAL\tBs. "
         "116,00",
         "VE", "VES"},
        {"FACTURA N\xC2\xB0 277101\nFecha: 27/07/2025\nSUBTOTAL\t$ 100,00\nIVA 19%\t$ 19,00\nTOTAL\t$ 119,00", "", ""},
        /* Amounts look like numbers of persons. */
        {"RUT: 17.704.685-K\nFACTURA N\xC2\xB0 298088\nFecha: 06-02-2025\nJab\xC3\xB3n azul\t370.509\nAceite "
         "1L\t847.865\nSUBTOTAL\t$1.218.374\nIVA 19%\t$231.491\nTOTAL\t$1.449.865",
         "CL", "CLP"},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct record record;
        printed_rows(pages[i].rows, &record);
        const char *country = record.country == NULL ? "" : record.country;
        if (strcmp(country, pages[i].country) != 0) {
            fail_msg("page %zu: it is said to be of \"%s\", not \"%s\"", i, country, pages[i].country);
        }
        assert_string_equal(printed_value(&record, "currency"), pages[i].currency);
    }
}

/* A tax that is most of the total is named. */
static void test_a_tax_beyond_measure_is_doubted(void **state) {
    (void)state;
    struct record record;
    printed_rows("INVOICE\nInvoice No: 1043\nDate: Jan 1, 2025\nVAT\t41.31\nTotal\t49.99", &record);
    assert_string_equal(printed_value(&record, "tax"), "41.31");
    assert_true(printed_has_reason(&record, REASON_SUM, "tax"));
    printed_rows("INVOICE\nInvoice No: 1043\nDate: Jan 1, 2025\nVAT\t8.68\nTotal\t49.99", &record);
    assert_false(printed_has_reason(&record, REASON_SUM, "tax"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_invoices_say),
        cmocka_unit_test(test_a_rate_tells_the_country),
        cmocka_unit_test(test_a_tax_beyond_measure_is_doubted),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
