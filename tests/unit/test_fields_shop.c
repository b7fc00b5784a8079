/* test_fields_shop.c - the firm at the top of a sale and its address, between numbers, dates and titles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "printed.h"

static const struct {
    const char *page, *company, *address;
} heads[] = {
    /* A person's note above the firm, whose registration number is below it. */
    {"=ana soto lugo\n=PERNIAGAAN RIANG RIA\n=(81109-A)\n=NO 7, JALAN MANIS 3,\n=56100 KUALA LUMPUR\nDATE: 21/09/2017\n"
     "HAMMER\t10.00\nTOTAL\t10.00\nCASH\t10.00",
     "PERNIAGAAN RIANG RIA", "NO 7, JALAN MANIS 3, 56100 KUALA LUMPUR"},
    {"=CASA DE LOS MANGOS\n=EL RINCON DE PETRA\n=789417-W\nDATE: 21/09/2017\nHAMMER\t10.00\nTOTAL\t10.00\nCASH\t10.00",
     "EL RINCON DE PETRA", NULL},
    /* The date between the firm and its address. */
    {"=AURORA HARDWARE SDN BHD\n=21/09/2017 10:20\n=NO 7, JALAN MANIS 3, TAMAN SEGAR,\n=56100 KUALA LUMPUR\n"
     "HAMMER\t10.00\nTOTAL\t10.00\nCASH\t10.00",
     "AURORA HARDWARE SDN BHD", "NO 7, JALAN MANIS 3, TAMAN SEGAR, 56100 KUALA LUMPUR"},
    /* The number of a document or of the firm is no address. */
    {"=LIBRERIA SAN TELMO SA DE CV\nTICKET: 55012\n12/05/2025 13:05\nCUADERNO\t34.80\nSUBTOTAL\t30.00\nIVA 16%\t4.80\n"
     "TOTAL\t34.80\nEFECTIVO\t34.80",
     "LIBRERIA SAN TELMO SA DE CV", ""},
    {"=RESTAURANTE LA CEIBA\nFACTURA DE VENTA No. 8891\nFecha 12/05/2025\nBandeja\t$ 27.778\nSubtotal\t$ 27.778\n"
     "INC 8%\t$ 2.222\nTOTAL\t$ 30.000\nEFECTIVO\t$ 30.000",
     "RESTAURANTE LA CEIBA", ""},
    {"=AURORA HARDWARE SDN BHD\n=CO. NO. 373665-A\n=LOT F15, JALAN MANIS 3,\n=56100 KUALA LUMPUR\nDATE: 21/09/2017\n"
     "HAMMER\t10.00\nTOTAL\t10.00\nCASH\t10.00",
     "AURORA HARDWARE SDN BHD",
     "LOT F15, JALAN MANIS 3, 56100 KUALA LUMPUR"}, /* Streets by other names than "calle". */
    {"=Panadería La Espiga\n=RUC: 20512345671\n=Jr. Unión 345\nBoleta 004512\nFecha: 12/05/2025\nPan\tS/ 10.00\n"
     "TOTAL\tS/ 10.00",
     "Panadería La Espiga", "Jr. Unión 345"},
    {"=Café Monteverde\n=NIT: 900.123.456-8\n=Transversal 9A # 132-55\nFactura 004512\nFecha: 12/05/2025\nPan\t$ "
     "45.900\nTOTAL\t$ 45.900",
     "Café Monteverde", "Transversal 9A # 132-55"},
    /* A house's number before a street: no firm. */
    {"INVOICE\n3M\n120 Main Street\nAustin, TX 78701\nInvoice Number: INV-2031\nInvoice Date: 11/12/2025\nWeb "
     "design\t$500.00\nTotal\t$500.00",
     "", NULL},
};

static void test_firms_and_their_addresses(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct record record;
        printed_rows(heads[i].page, &record);
        if (strcmp(printed_value(&record, "company"), heads[i].company) != 0) {
            fail_msg("head %zu: the firm is \"%s\"", i, printed_value(&record, "company"));
        }
        if (heads[i].address != NULL && strcmp(printed_value(&record, "address"), heads[i].address) != 0) {
            fail_msg("head %zu: the address is \"%s\"", i, printed_value(&record, "address"));
        }
    }
}

/* A firm's name found in two pieces that touch, the second of which looks more like a firm. */
static void test_two_pieces_of_one_row(void **state) {
    (void)state;
    static const struct piece pieces[] = {
        {100, 20, 280, "SIN THYE &"},
        {290, 20, 440, "COMPANY"},
        {100, 50, 440, "REG. NO:00168397-H"},
        {20, 160, 300, "DATE: 21/09/2017 10:20"},
        {20, 220, 100, "HAMMER"},
        {440, 220, 520, "10.00"},
        {20, 280, 300, "TOTAL"},
        {440, 280, 520, "10.00"},
        {20, 370, 100, "CASH"},
        {440, 370, 520, "20.00"},
        {20, 400, 100, "CHANGE"},
        {440, 400, 520, "10.00"},
        {0, 0, 0, NULL},
    };
    struct record record;
    printed_extract(pieces, &record);
    assert_string_equal(printed_value(&record, "company"), "SIN THYE & COMPANY");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_firms_and_their_addresses),
        cmocka_unit_test(test_two_pieces_of_one_row),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
