/* test_statement_paged.c - statements of invented banks as words with places: their rows and columns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/meter.h"
#include "statement/paged.h"

enum { LETTER = 10, LINE = 20, TEXT_BYTES = 4000 };

static struct meter meter;

static int begin(void **state) {
    (void)state;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    return 0;
}

static int end(void **state) {
    (void)state;
    return meter.current_bytes != 0;
}

/* Draws a line as a printer with letters of one width does: a word begins where it stands in the text. */
static void draw(struct paged *paper, uint32_t row, double y, const char *text) {
    for (const char *word = text; *(word += strspn(word, " ")) != '\0'; word += strcspn(word, " ")) {
        char one[80] = "";
        size_t bytes = strcspn(word, " ");
        memcpy(one, word, bytes);
        double left = (double)(word - text) * LETTER;
        struct lince_box box = {left, y, left + (double)bytes * LETTER, y + LINE - 4};
        paged_word(paper, row, &box, one);
    }
}

static void page_draw(struct paged *paper, const char *const *lines) {
    paged_page(paper, 80 * LETTER);
    for (uint32_t i = 0; lines[i] != NULL; i++) {
        draw(paper, i, i * LINE, lines[i]);
    }
}

struct shown {
    char text[TEXT_BYTES];
    size_t used;
};

static enum lince_status show(void *context, uint32_t place, const struct statement_cell *cells, size_t count,
                              struct lince_error *error) {
    struct shown *shown = context;
    (void)error;
    shown->used += (size_t)snprintf(shown->text + shown->used, TEXT_BYTES - shown->used, "%u", place);
    for (size_t i = 0; i < count; i++) {
        shown->used += (size_t)snprintf(shown->text + shown->used, TEXT_BYTES - shown->used, "|%s", cells[i].text);
    }
    shown->used += (size_t)snprintf(shown->text + shown->used, TEXT_BYTES - shown->used, "\n");
    return LINCE_OK;
}

static void check(const char *const *first, const char *const *second, uint32_t column_count, const char *expected) {
    struct paged paper;
    struct statement_facts facts;
    struct lince_error error = LINCE_ERROR_INIT;
    paged_init(&paper, &meter);
    page_draw(&paper, first);
    if (second != NULL) {
        page_draw(&paper, second);
    }
    for (int time = 0; time < 2; time++) { /* once more gives the same */
        struct shown shown = {.used = 0};
        assert_int_equal(paged_rows(&paper, show, &shown, &facts, &error), LINCE_OK);
        assert_string_equal(shown.text, expected);
    }
    assert_int_equal(facts.column_count, column_count);
    assert_string_equal(facts.form, "pdf");
    paged_free(&paper);
}

static void test_columns_are_where_no_word_stands(void **state) {
    (void)state;
    static const char *const first[] = {"BANCO DE LOS LLANOS",
                                        "FECHA     REF       CONCEPTO                 CARGOS     ABONOS",
                                        "",
                                        "01/05/25  00150631  PAGO MOVIL RECIBIDO                  97,56",
                                        "02/05/25  00190122  PAGO NOMINA                      31.192,80",
                                        "03/05/25  761259    PAGO MOVIL                       51.150,38",
                                        NULL};
    static const char *const second[] = {"FECHA     REF       CONCEPTO                 CARGOS     ABONOS",
                                         "04/05/25  12345678  TRANSF. A TERCEROS                5,00",
                                         "TOTAL                                                82.445,74", NULL};
    check(first, second, 5,
          "1|BANCO DE LOS LLANOS\n2|FECHA|REF|CONCEPTO|CARGOS|ABONOS\n"
          "3|01/05/25|00150631|PAGO MOVIL RECIBIDO||97,56\n4|02/05/25|00190122|PAGO NOMINA||31.192,80\n"
          "5|03/05/25|761259|PAGO MOVIL||51.150,38\n6|FECHA|REF|CONCEPTO|CARGOS|ABONOS\n"
          "7|04/05/25|12345678|TRANSF. A TERCEROS||5,00\n8|TOTAL||||82.445,74\n");
}

static void test_dates_of_several_words_and_signs(void **state) {
    (void)state;
    static const char *const lines[] = {"01 ENE 2025  868290855   COM. PAGO MOVIL        14.332,70-  C",
                                        "02 FEB 2025  362742859   TRANSF. OTROS BANCOS      960,10   D",
                                        "13 MAR 2025  97634       PAGO                      123.59   C", NULL};
    check(lines, NULL, 5,
          "1|01 ENE 2025|868290855|COM. PAGO MOVIL|14.332,70-|C\n"
          "2|02 FEB 2025|362742859|TRANSF. OTROS BANCOS|960,10|D\n3|13 MAR 2025|97634|PAGO|123.59|C\n");
}

/* The lines of a cell may stand above and below its movement's date. */
static void test_a_text_over_several_rows_belongs_to_its_movement(void **state) {
    (void)state;
    static const char *const lines[] = {"                      PAGO A",
                                        "01/05/2025  16656008  PROVEEDORES                14.838,60",
                                        "                      DE ORIENTE",
                                        "",
                                        "",
                                        "                      COMISION",
                                        "02/05/2025  68422074  DE ABRIL                       2,30",
                                        "",
                                        "                      Página 1 de 2",
                                        NULL};
    struct paged paper;
    struct statement_facts facts;
    struct lince_error error = LINCE_ERROR_INIT;
    struct shown shown = {.used = 0};
    paged_init(&paper, &meter);
    page_draw(&paper, lines);
    assert_int_equal(paged_rows(&paper, show, &shown, &facts, &error), LINCE_OK);
    assert_string_equal(shown.text, "1|01/05/2025|16656008|PAGO A PROVEEDORES DE ORIENTE|14.838,60\n"
                                    "2|02/05/2025|68422074|COMISION DE ABRIL|2,30\n3|||Página 1 de 2\n");
    paged_free(&paper);
}

static void test_a_letter_has_no_movement(void **state) {
    (void)state;
    static const char *const lines[] = {"Estimado cliente", "su saldo es 12,50", "llame al 0414-1234567", NULL};
    struct paged paper;
    struct statement_facts facts;
    struct lince_error error = LINCE_ERROR_INIT;
    struct shown shown = {.used = 0};
    paged_init(&paper, &meter);
    assert_int_equal(paged_rows(&paper, show, &shown, &facts, &error), LINCE_ERROR_UNSUPPORTED);
    page_draw(&paper, lines);
    assert_int_equal(paged_rows(&paper, show, &shown, &facts, &error), LINCE_ERROR_UNSUPPORTED);
    assert_non_null(strstr(error.message, "CSV or XLSX"));
    paged_free(&paper);
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    static const char *const lines[] = {"01/05/2025  1  PAGO  1,00", NULL};
    for (uint64_t limit = 100;; limit += limit / 2) {
        struct meter small;
        struct paged paper;
        struct statement_facts facts;
        struct lince_error error = LINCE_ERROR_INIT;
        struct shown shown = {.used = 0};
        meter_init(&small, &meter, "small", limit);
        paged_init(&paper, &small);
        page_draw(&paper, lines);
        enum lince_status status = paged_rows(&paper, show, &shown, &facts, &error);
        paged_free(&paper);
        meter_remove(&small);
        if (status == LINCE_OK) {
            break;
        }
        assert_int_equal(status, LINCE_ERROR_MEMORY_LIMIT);
        assert_string_equal(shown.text, "");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_are_where_no_word_stands),
        cmocka_unit_test(test_dates_of_several_words_and_signs),
        cmocka_unit_test(test_a_text_over_several_rows_belongs_to_its_movement),
        cmocka_unit_test(test_a_letter_has_no_movement),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
