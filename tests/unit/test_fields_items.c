/* test_fields_items.c - items that stand in columns: code, unit, discount and rate, where the page has heads for them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fields/sales/item_number.h"
#include "printed.h"

enum { PIECES = 64, COLUMNS = 10, TEXTS = 8192, PITCH_PX = 30, LETTER_PX = 9, WIDTH_PX = 1020, HEIGHT_PX = 1400 };

/* Where a column stands: its left or right edge, or its middle. */
struct stand {
    char align; /* l, r, c */
    int x;
};

/* A sale whose middle is a table: rows with | between cells, the heads first. */
struct table {
    const char *above, *rows, *below; /* above and below: lines; a tab before the amount at the right */
    struct stand places[COLUMNS];
    const char *items;
};

static char texts[TEXTS];
static struct lince_line pieces[PIECES];
static size_t piece_count, text_bytes;

static void piece_put(struct stand place, double y, const char *text, size_t bytes) {
    double width = (double)bytes * LETTER_PX;
    double x0 = place.align == 'l' ? place.x : place.align == 'r' ? place.x - width : place.x - width / 2;
    assert_true(piece_count < PIECES && text_bytes + bytes + 1 < TEXTS);
    memcpy(texts + text_bytes, text, bytes);
    texts[text_bytes + bytes] = '\0';
    if (bytes > 0) {
        pieces[piece_count++] = (struct lince_line){
            .text = texts + text_bytes,
            .confidence = 0.99,
            .box = {x0, y, x0 + width, y + ROW_PX},
            .quad = {{x0, y}, {x0 + width, y}, {x0 + width, y + ROW_PX}, {x0, y + ROW_PX}},
        };
        text_bytes += bytes + 1;
    }
}

static double lines_put(const char *lines, double y) {
    while (*lines != '\0') {
        size_t bytes = strcspn(lines, "\n"), tab = strcspn(lines, "\t\n");
        piece_put((struct stand){'l', 20}, y, lines, tab);
        if (tab < bytes) {
            piece_put((struct stand){'r', 1000}, y, lines + tab + 1, bytes - tab - 1);
        }
        lines += bytes + (lines[bytes] == '\n');
        y += PITCH_PX;
    }
    return y;
}

static double rows_put(const struct table *table, double y) {
    for (const char *at = table->rows; *at != '\0';) {
        size_t bytes = strcspn(at, "\n"), column = 0;
        for (size_t from = 0; from <= bytes; column++) {
            size_t cell = strcspn(at + from, "|\n");
            piece_put(table->places[column], y, at + from, cell);
            from += cell + 1;
        }
        at += bytes + (at[bytes] == '\n');
        y += PITCH_PX;
    }
    return y;
}

static void table_check(const struct table *table, size_t number) {
    struct record record;
    piece_count = text_bytes = 0;
    lines_put(table->below, rows_put(table, lines_put(table->above, 20) + 12) + 12);
    const struct record_page page = {
        .lines = pieces, .line_count = piece_count, .width_px = WIDTH_PX, .height_px = HEIGHT_PX};
    arena_clear(&printed.arena);
    assert_int_equal(record_extract(&printed.arena, &printed.set, NULL, 0, &page, &record, NULL), LINCE_OK);
    const char *found = printed_value(&record, "items");
    if (strcmp(found == NULL ? "" : found, table->items) != 0) {
        fail_msg("table %zu:\n%s\n--- not\n%s", number, found == NULL ? "" : found, table->items);
    }
}

#define VE "SENIAT\nFERRETERIA EL TURPIAL, C.A.\nRIF J-40123456-7\nFACTURA: 00012345\nFECHA: 12-05-2025\n"
#define MX "CONSULTORIA TRES RIOS SC\nRFC CTR850101AB1\nFACTURA CFDI\nFolio: A-1234\nFecha: 12/05/2025\n"
#define PE "FERRETERIA LOS MANGOS S.A.C.\nRUC 20512345678\nFACTURA ELECTRONICA\nFECHA DE EMISION: 12/05/2025\n"
#define BR "MERCADO TRES RIOS LTDA\nCNPJ 11.222.333/0001-81\nNOTA FISCAL\nData: 12/05/2025\n"

static const struct table tables[] = {
    {VE,
     "CODIGO|DESCRIPCION|CANT|UND|P. UNIT|IVA|IMPORTE\nA-101|Tornillo 2 in|10|UND|15,00|16%|150,00\n"
     "B-202|Llave stillson|1|PZA|250,50|16%|250,50",
     "SUBTOTAL\tBs 400,50\nIVA 16%\tBs 64,08\nTOTAL\tBs 464,58",
     {{'l', 20}, {'l', 130}, {'r', 520}, {'c', 570}, {'r', 720}, {'r', 800}, {'r', 1000}},
     "Tornillo 2 in\t10\t150.00\t15.00\tA-101\tUND\t\t16\nLlave stillson\t1\t250.50\t250.50\tB-202\tPZA\t\t16"},
    /* the amount is not the last column; quantities with decimals */
    {VE,
     "Cant.|Unidad|Descripcion|Precio|Dcto|Total|Alicuota\n2,500|KG|Queso blanco|100,00|10%|225,00|E\n"
     "1,000|UND|Cafe molido|80,00||80,00|G",
     "SUBTOTAL\tBs 305,00\nTOTAL\tBs 305,00",
     {{'r', 80}, {'c', 130}, {'l', 190}, {'r', 600}, {'r', 690}, {'r', 850}, {'c', 940}},
     "Queso blanco\t2.5\t225.00\t100.00\t\tKG\t10%\tE\nCafe molido\t1\t80.00\t80.00\t\tUND\t\tG"},
    /* heads centred above numbers at the right; a thousand, and one with three decimals */
    {PE,
     "Codigo|Descripcion|Cantidad|Valor Unitario|Importe\nP0001|Cemento gris|1.000|25.50|25.50\n"
     "P0002|Fierro corrugado|2.000|41.25|82.50",
     "OP. GRAVADA\tS/ 108.00\nI.G.V. 18%\tS/ 19.44\nIMPORTE TOTAL\tS/ 127.44",
     {{'l', 20}, {'l', 140}, {'c', 560}, {'c', 720}, {'r', 1000}},
     "Cemento gris\t1\t25.50\t25.50\tP0001\nFierro corrugado\t2\t82.50\t41.25\tP0002"},
    {MX,
     "Clave|Cantidad|Unidad|Descripcion|Valor Unitario|Descuento|Importe\n"
     "84111506|1|E48|Servicio mensual|$9,000.00|$500.00|$9,000.00\n84111507|2|E48|Visita|$500.00||$1,000.00",
     "Subtotal\t$10,000.00\nDescuento\t$500.00\nIVA 16%\t$1,520.00\nTotal\t$11,020.00",
     {{'l', 20}, {'r', 240}, {'l', 270}, {'l', 370}, {'r', 720}, {'r', 850}, {'r', 1000}},
     "Servicio mensual\t1\t9000.00\t9000.00\t84111506\tE48\t500.00\nVisita\t2\t1000.00\t500.00\t84111507\tE48"},
    {BR,
     "Codigo|Descricao|Qtd|Un|Vl Unit|Vl Total\n7891000|Arroz integral|2|PC|12,50|25,00\n7891001|Feijao "
     "preto|1|KG|9,90|9,90",
     "SUBTOTAL\tR$ 34,90\nTOTAL R$\t34,90",
     {{'l', 20}, {'l', 140}, {'r', 560}, {'l', 600}, {'r', 800}, {'r', 1000}},
     "Arroz integral\t2\t25.00\t12.50\t7891000\tPC\nFeijao preto\t1\t9.90\t9.90\t7891001\tKG"},
    /* no column of codes: nothing is one */
    {VE,
     "DESCRIPCION|CANT|PRECIO|TOTAL\nHarina de maiz 1KG|2|120,00|240,00\nRefresco 2L|1|60,00|60,00",
     "SUBTOTAL\tBs 300,00\nTOTAL\tBs 300,00",
     {{'l', 20}, {'r', 560}, {'r', 760}, {'r', 1000}},
     "Harina de maiz 1KG\t2\t240.00\t120.00\nRefresco 2L\t1\t60.00\t60.00"},
    /* an amount alone, without the other cells */
    {VE,
     "CODIGO|DESCRIPCION|CANT|UND|PRECIO|IMPORTE\n|Servicio de flete||||500,00",
     "SUBTOTAL\tBs 500,00\nTOTAL\tBs 500,00",
     {{'l', 20}, {'l', 140}, {'r', 560}, {'c', 640}, {'r', 800}, {'r', 1000}},
     "Servicio de flete\t\t500.00"},
    /* items that do not add up are not told */
    {VE,
     "CODIGO|DESCRIPCION|CANT|PRECIO|IMPORTE\nA1|Tornillo|1|10,00|10,00",
     "SUBTOTAL\tBs 99,00\nTOTAL\tBs 99,00",
     {{'l', 20}, {'l', 140}, {'r', 560}, {'r', 800}, {'r', 1000}},
     ""},
};

static void test_tables(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        table_check(&tables[i], i);
    }
}

static void test_numbers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool decimal_comma;
        const char *wanted;
    } numbers[] = {
        {"1.250,50", true, "1250.50"},
        {"1,250.50", true, "1250.50"},
        {"1.250", true, "1250"},
        {"1.250", false, "1.250"},
        {"1,250", true, "1.250"},
        {"1,250", false, "1250"},
        {"12,5", false, "12.5"},
        {"1.250.000", false, "1250000"},
        {"7", true, "7"},
        {"", true, ""},
        {"12a", true, ""},
        {"12.", true, ""},
        {",5", true, ""},
        {"1234567890123", true, ""},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char found[CELL_NUMBER_BYTES];
        item_number(numbers[i].text, numbers[i].decimal_comma, found);
        assert_string_equal(found, numbers[i].wanted);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, printed_open, printed_close);
}
