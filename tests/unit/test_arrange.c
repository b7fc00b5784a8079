/* test_arrange.c - pages laid out by hand, at many angles, with lines read by columns or by rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "laid.h"

enum { TEXT_BYTES = 1 << 17 };

static struct lince_page *page;

static void lay(double x, double y, double size, const char *text) {
    laid_line(page, x, y, size, text);
}

/* Orders what was laid, shuffled, joins the lines by bars, and ends the page. */
static const char *arranged(void) {
    static char found[TEXT_BYTES];
    char *end = found;
    struct arena *scratch = drawn_arena(METER_NO_LIMIT);
    struct arrangement arrangement;
    laid_shuffle(page, 7);
    assert_true(page_arrange(page, scratch, &arrangement));
    *end = '\0';
    for (size_t i = 0; i < page->lines.count; i++) {
        end = stpcpy(stpcpy(end, i == 0 ? "" : "|"), page->lines.items[i].text);
    }
    drawn_arena_end(scratch);
    laid_page_end(page);
    return found;
}

static const double ANGLES[] = {0, -3, 7, -15, 30, -45, 45, 60, -60, 90, 180, 270, 183};
enum { ANGLE_COUNT = sizeof ANGLES / sizeof *ANGLES };

/* Lays lines of prose, "A0 runs on in small letters", from y downwards. */
static void prose(char name, int count, double x, double y, double size, double pitch) {
    for (int i = 0; i < count; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s%c%d runs on in small letters", i == 0 ? "" : "so ", name, i);
        lay(x, y + i * pitch, size, text);
    }
}

/* The first letters and digits of the prose that was found, such as "A0A1B0". */
static const char *names(const char *found) {
    static char name[4096];
    size_t length = 0;
    for (const char *at = found; *at != '\0'; at++) {
        if (*at >= 'A' && *at <= 'Z' && (at == found || at[-1] == ' ' || at[-1] == '|')) {
            for (; *at != '\0' && *at != ' ' && *at != '|'; at++) {
                name[length++] = *at;
            }
            at--;
        }
    }
    name[length] = '\0';
    return name;
}

static void test_two_columns_under_a_heading(void **state) {
    (void)state;
    for (int i = 0; i < ANGLE_COUNT; i++) {
        page = laid_page(ANGLES[i]);
        lay(40, 10, 34, "H news of the week");
        prose('A', 4, 40, 80, 20, 27);
        prose('B', 4, 360, 80, 20, 27);
        assert_string_equal(names(arranged()), "HA0A1A2A3B0B1B2B3");
    }
}

static void test_columns_whose_lines_are_at_odds(void **state) {
    (void)state;
    page = laid_page(2);
    prose('A', 6, 40, 80, 20, 27);
    prose('B', 5, 360, 91, 18, 31);
    prose('C', 6, 660, 85, 20, 26);
    assert_string_equal(names(arranged()), "A0A1A2A3A4A5B0B1B2B3B4C0C1C2C3C4C5");
}

static void test_paragraphs_that_end_side_by_side(void **state) {
    (void)state;
    page = laid_page(0);
    prose('A', 3, 40, 80, 20, 27);
    prose('B', 3, 360, 80, 20, 27);
    prose('C', 3, 40, 200, 20, 27);
    prose('D', 3, 360, 200, 20, 27);
    assert_string_equal(names(arranged()), "A0A1A2C0C1C2B0B1B2D0D1D2");
}

static void test_a_heading_between_columns_parts_them(void **state) {
    (void)state;
    page = laid_page(0);
    prose('A', 3, 40, 80, 20, 27);
    prose('B', 3, 360, 80, 20, 27);
    lay(40, 200, 26, "H more");
    prose('C', 3, 40, 260, 20, 27);
    prose('D', 3, 360, 260, 20, 27);
    assert_string_equal(names(arranged()), "A0A1A2B0B1B2HC0C1C2D0D1D2");
}

static void test_a_column_goes_on_under_a_picture_with_its_caption(void **state) {
    (void)state;
    page = laid_page(0);
    prose('A', 3, 40, 80, 20, 27);
    prose('B', 9, 360, 80, 20, 27);
    lay(40, 300, 16, "P the picture above"); /* which takes y 170 to 290 of the first column */
    prose('C', 3, 40, 340, 20, 27);
    assert_string_equal(names(arranged()), "A0A1A2PC0C1C2B0B1B2B3B4B5B6B7B8");
}

static void test_a_line_that_runs_over_the_gutter_is_cut_there(void **state) {
    (void)state;
    for (int i = 0; i < ANGLE_COUNT; i++) {
        page = laid_page(ANGLES[i]);
        prose('A', 2, 40, 80, 20, 27);
        prose('B', 2, 340, 80, 20, 27);
        lay(40, 134, 20, "so C runs on in small letters\tso D runs on in small letters");
        prose('E', 2, 40, 161, 20, 27);
        prose('F', 2, 340, 161, 20, 27);
        assert_string_equal(names(arranged()), "A0A1CE0E1B0B1DF0F1");
    }
}

static void test_a_form_is_read_by_rows(void **state) {
    (void)state;
    for (int i = 0; i < ANGLE_COUNT; i++) {
        page = laid_page(ANGLES[i]);
        lay(40, 20, 28, "Payment of the month");
        lay(40, 80, 20, "Name");
        lay(300, 80, 20, "Ana Torres");
        lay(40, 115, 20, "Reference");
        lay(300, 115, 20, "0023 4455");
        lay(40, 150, 20, "Bank\tBanco del Sur");
        lay(40, 185, 20, "Amount");
        lay(300, 185, 20, "1.234,50");
        assert_string_equal(arranged(), "Payment of the month|Name|Ana Torres|Reference|0023 4455|Bank Banco del Sur|"
                                        "Amount|1.234,50");
    }
}

/* Two halves of a menu: names, amounts, and below some of them what is in the dish; `room` between name and amount. */
static void menu_lay(double room, int described) {
    static const char *const NAMES[] = {"Arepa de queso", "Sopa del mar", "Torta negra", "Jugo fresco"};
    for (int half = 0; half < 2; half++) {
        double x = half == 0 ? 40 : 500;
        for (int i = 0; i < 4; i++) {
            char amount[32];
            snprintf(amount, sizeof amount, "%d%d,00", half + 1, i);
            lay(x, 80 + 60 * i, 20, NAMES[i]);
            lay(x + room, 80 + 60 * i, 20, amount);
            if (i < described) {
                lay(x, 107 + 60 * i, 14, i % 2 == 0 ? "Hecha con harina" : "Con mucho limon");
            }
        }
    }
}

static void test_the_halves_of_a_menu_are_read_down(void **state) {
    (void)state;
    static const char *const HALF = "Arepa de queso|10,00|Hecha con harina|Sopa del mar|11,00|Con mucho limon|"
                                    "Torta negra|12,00|Hecha con harina|Jugo fresco|13,00|Arepa de queso|20,00";
    page = laid_page(0);
    menu_lay(340, 3);
    assert_int_equal(strncmp(arranged(), HALF, strlen(HALF)), 0);
}

/* Only some rows have an amount, and none of the others reaches below it. */
static void test_amounts_stay_with_names_that_are_described(void **state) {
    (void)state;
    page = laid_page(0);
    for (int i = 0; i < 4; i++) {
        char amount[16];
        snprintf(amount, sizeof amount, "1%d,00", i);
        lay(40, 80 + 90 * i, 20, "Sopa del mar con arroz");
        lay(600, 80 + 90 * i, 20, amount);
        lay(40, 107 + 90 * i, 14, "hecha con pescado de la costa");
        lay(40, 127 + 90 * i, 14, "y hierbas que crecen en la sierra");
    }
    static const char *const BEGIN = "Sopa del mar con arroz|10,00|hecha con pescado de la costa|";
    assert_int_equal(strncmp(arranged(), BEGIN, strlen(BEGIN)), 0);
}

static void test_a_table_with_two_columns_of_amounts_is_read_across(void **state) {
    (void)state;
    page = laid_page(0);
    menu_lay(340, 0);
    const char *found = arranged();
    static const char *const ROW = "Arepa de queso|10,00|Arepa de queso|20,00|Sopa del mar|11,00";
    assert_int_equal(strncmp(found, ROW, strlen(ROW)), 0);
}

static void test_two_forms_with_their_values_at_different_places(void **state) {
    (void)state;
    page = laid_page(0);
    for (int i = 0; i < 10; i++) {
        char text[32];
        snprintf(text, sizeof text, "Label%d", i);
        lay(40, 80 + 30 * i, 20, text);
        snprintf(text, sizeof text, "Value%d", i);
        lay(i < 5 ? 500 : 320, 80 + 30 * i, 20, text);
    }
    assert_string_equal(names(arranged()), "Label0Value0Label1Value1Label2Value2Label3Value3Label4Value4Label5Value5"
                                           "Label6Value6Label7Value7Label8Value8Label9Value9");
}

static void test_a_table_below_columns_is_read_by_rows(void **state) {
    (void)state;
    page = laid_page(-4);
    prose('A', 4, 40, 80, 20, 27);
    prose('B', 4, 360, 80, 20, 27);
    for (int row = 0; row < 4; row++) {
        char text[32];
        for (int column = 0; column < 3; column++) {
            snprintf(text, sizeof text, "%c%d%d,00", 'R' + row, row, column);
            lay(40 + 200 * column, 240 + 30 * row, 20, text);
        }
    }
    assert_string_equal(names(arranged()), "A0A1A2A3B0B1B2B3R00,00R01,00R02,00S10,00S11,00S12,00T20,00T21,00T22,00"
                                           "U30,00U31,00U32,00");
}

static void test_the_items_of_a_list_keep_their_numbers(void **state) {
    (void)state;
    page = laid_page(0);
    for (int i = 0; i < 5; i++) {
        char text[64];
        snprintf(text, sizeof text, "%d.", i + 1);
        lay(40, 80 + 30 * i, 20, text);
        snprintf(text, sizeof text, "item %d of the list of things", i + 1);
        lay(75, 80 + 30 * i, 20, text);
    }
    assert_string_equal(arranged(), "1.|item 1 of the list of things|2.|item 2 of the list of things|3.|"
                                    "item 3 of the list of things|4.|item 4 of the list of things|5.|"
                                    "item 5 of the list of things");
}

static void test_a_table_of_contents_keeps_its_numbers(void **state) {
    (void)state;
    page = laid_page(0);
    lay(40, 80, 20, "Introduction to the matter....");
    lay(700, 80, 20, "1");
    lay(40, 110, 20, "Methods and their history....");
    lay(700, 110, 20, "12");
    lay(40, 140, 20, "results that were found....");
    lay(700, 140, 20, "40");
    assert_string_equal(arranged(), "Introduction to the matter....|1|Methods and their history....|12|"
                                    "results that were found....|40");
}

static void test_none_and_one(void **state) {
    (void)state;
    page = laid_page(0);
    assert_string_equal(arranged(), "");
    page = laid_page(0);
    lay(10, 10, 20, "alone");
    assert_string_equal(arranged(), "alone");
}

static void test_a_heap_of_lines_gives_one_order_soon(void **state) {
    (void)state;
    static char first[TEXT_BYTES];
    for (int round = 0; round < 2; round++) {
        uint32_t seed = 3;
        page = laid_page(1);
        for (int i = 0; i < LAID_LINE_LIMIT; i++) {
            char text[16];
            snprintf(text, sizeof text, "x%d", i);
            double y = drawn_number(&seed, 9000);
            lay(drawn_number(&seed, 5000), y, 5 + drawn_number(&seed, 20), text);
        }
        laid_shuffle(page, round == 0 ? 1 : 99);
        const char *found = arranged();
        if (round == 0) {
            strcpy(first, found);
        }
        assert_string_equal(found, first);
    }
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct arrangement arrangement;
    page = laid_page(0);
    lay(10, 10, 20, "alone");
    for (uint64_t limit = 0; limit < 600; limit += 200) {
        struct arena *scratch = drawn_arena(limit);
        assert_false(page_arrange(page, scratch, &arrangement));
        drawn_arena_end(scratch);
    }
    laid_page_end(page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_columns_under_a_heading),
        cmocka_unit_test(test_columns_whose_lines_are_at_odds),
        cmocka_unit_test(test_paragraphs_that_end_side_by_side),
        cmocka_unit_test(test_a_heading_between_columns_parts_them),
        cmocka_unit_test(test_a_column_goes_on_under_a_picture_with_its_caption),
        cmocka_unit_test(test_a_line_that_runs_over_the_gutter_is_cut_there),
        cmocka_unit_test(test_a_form_is_read_by_rows),
        cmocka_unit_test(test_the_halves_of_a_menu_are_read_down),
        cmocka_unit_test(test_amounts_stay_with_names_that_are_described),
        cmocka_unit_test(test_a_table_with_two_columns_of_amounts_is_read_across),
        cmocka_unit_test(test_two_forms_with_their_values_at_different_places),
        cmocka_unit_test(test_a_table_below_columns_is_read_by_rows),
        cmocka_unit_test(test_the_items_of_a_list_keep_their_numbers),
        cmocka_unit_test(test_a_table_of_contents_keeps_its_numbers),
        cmocka_unit_test(test_none_and_one),
        cmocka_unit_test(test_a_heap_of_lines_gives_one_order_soon),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
