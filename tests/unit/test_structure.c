/* test_structure.c - hand-made pages are divided into paragraphs, headings, list items, tables and margins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "laid.h"
#include "text/order/row.h"
#include "text/order/structure.h"

static struct lince_page *page;

static void structure(void) {
    struct arena *scratch = drawn_arena(METER_NO_LIMIT);
    struct arrangement arrangement;
    laid_shuffle(page, 5);
    assert_true(page_arrange(page, scratch, &arrangement));
    assert_true(page_structure(page, &arrangement, scratch));
    drawn_arena_end(scratch);
}

static void assert_block(size_t index, enum lince_block_kind kind, const char *text) {
    const struct lince_block *block = lince_page_block(page, index);
    assert_non_null(block);
    assert_string_equal(block->text, text);
    assert_string_equal(lince_block_kind_name(block->kind), lince_block_kind_name(kind));
}

/* Every line belongs to the block that says so, and the blocks follow each other. */
static void assert_whole(size_t block_count) {
    size_t line = 0;
    assert_int_equal(lince_page_block_count(page), block_count);
    for (size_t b = 0; b < block_count; b++) {
        const struct lince_block *block = lince_page_block(page, b);
        assert_int_equal(block->first_line, line);
        for (size_t i = 0; i < block->line_count; i++, line++) {
            assert_int_equal(lince_page_line_place(page, line).block, b);
        }
    }
    assert_int_equal(line, lince_page_line_count(page));
    assert_null(lince_page_block(page, block_count));
}

static void test_a_letter(void **state) {
    (void)state;
    for (int degrees = 0; degrees <= 60; degrees += 30) {
        page = laid_page(degrees);
        laid_line(page, 100, 200, 40, "Minutes of the meeting");
        laid_line(page, 100, 270, 20, "The members of the house came together in the big room to-");
        laid_line(page, 100, 297, 20, "day at nine and were told by the treasurer what was spent");
        laid_line(page, 100, 324, 20, "since the summer.");
        laid_line(page, 100, 351, 20, "Then they spoke of the roof, which has to be mended before");
        laid_line(page, 100, 378, 20, "the rain comes.");
        laid_line(page, 100, 430, 28, "What was decided");
        laid_line(page, 100, 480, 20, "1. The roof is mended by the firm of the valley, which asks");
        laid_line(page, 130, 507, 20, "for the least.");
        laid_line(page, 100, 534, 20, "2. The walls wait.");
        structure();
        assert_whole(6);
        assert_block(0, LINCE_BLOCK_HEADING, "Minutes of the meeting");
        assert_int_equal(lince_page_block(page, 0)->level, 1);
        assert_block(1, LINCE_BLOCK_PARAGRAPH,
                     "The members of the house came together in the big room today at nine and were told by the "
                     "treasurer what was spent since the summer.");
        assert_block(2, LINCE_BLOCK_PARAGRAPH,
                     "Then they spoke of the roof, which has to be mended before the rain comes.");
        assert_block(3, LINCE_BLOCK_HEADING, "What was decided");
        assert_int_equal(lince_page_block(page, 3)->level, 2);
        assert_block(4, LINCE_BLOCK_LIST_ITEM,
                     "1. The roof is mended by the firm of the valley, which asks for the least.");
        assert_block(5, LINCE_BLOCK_LIST_ITEM, "2. The walls wait.");
        laid_page_end(page);
    }
}

static void assert_cell(size_t index, size_t row, size_t column, const char *text) {
    const struct lince_block *block = lince_page_block(page, 0);
    assert_true(index < block->cell_count);
    const struct lince_cell *cell = &block->cells[index];
    assert_int_equal(cell->row, row);
    assert_int_equal(cell->column, column);
    assert_string_equal(cell->text, text);
    assert_true(cell->confidence > 0.8 && cell->box.x0 < cell->box.x1);
}

static void test_a_table_with_a_cell_of_two_lines_and_one_that_is_empty(void **state) {
    (void)state;
    page = laid_page(0);
    laid_line(page, 100, 200, 20, "Article");
    laid_line(page, 465, 200, 20, "Pieces");
    laid_line(page, 700, 200, 20, "Price");
    laid_line(page, 100, 235, 20, "Boards of oak, planed on all sides\t12"); /* read as one line */
    laid_line(page, 700, 235, 20, "120,00");
    laid_line(page, 100, 260, 20, "and cut to size");
    laid_line(page, 100, 295, 20, "Nails");
    laid_line(page, 700, 295, 20, "3,50");
    structure();
    assert_whole(1);
    assert_block(0, LINCE_BLOCK_TABLE,
                 "Article  Pieces  Price\nBoards of oak, planed on all sides and cut to size  12  120,00\nNails  3,50");
    assert_int_equal(lince_page_block(page, 0)->table_row_count, 3);
    assert_int_equal(lince_page_block(page, 0)->table_column_count, 3);
    assert_cell(1, 0, 1, "Pieces");
    assert_cell(3, 1, 0, "Boards of oak, planed on all sides and cut to size");
    assert_cell(4, 1, 1, "12");
    assert_cell(5, 1, 2, "120,00");
    assert_cell(7, 2, 2, "3,50");
    assert_int_equal(lince_page_line_place(page, 4).row, lince_page_line_place(page, 3).row);
    assert_int_equal(lince_page_line_place(page, 4).cell, 1);
    laid_page_end(page);
}

static void test_head_and_foot(void **state) {
    (void)state;
    page = laid_page(0);
    laid_line(page, 100, 40, 18, "Journal of the valley");
    for (int i = 0; i < 10; i++) {
        laid_line(page, 100, 200 + 27 * i, 20, "so the text goes on and on over the whole width of the page");
    }
    laid_line(page, 600, 1690, 18, "- 7 -");
    structure();
    assert_whole(3);
    assert_block(0, LINCE_BLOCK_HEADER, "Journal of the valley");
    assert_block(2, LINCE_BLOCK_PAGE_NUMBER, "- 7 -");
    laid_page_end(page);
}

static void prose(void) {
    for (int i = 0; i < 10; i++) {
        laid_line(page, 100, 200 + 27 * i, 20, "so the text goes on and on over the whole width of the page");
    }
}

/* Makes the box of the last line so much taller. */
static void lower_edge_move(float px) {
    struct lince_line *line = &page->lines.items[page->lines.count - 1];
    line->box.y1 += px;
    line->quad[2].y += px;
    line->quad[3].y += px;
}

/* Type a third larger, in a box as high as those of the text: the detector measures heights less well than widths. */
static enum lince_block_kind kind_of_wide_row(const char *text) {
    page = laid_page(0);
    prose();
    laid_line(page, 100, 520, 27, text);
    lower_edge_move(-8);
    for (int i = 0; i < 6; i++) {
        laid_line(page, 100, 600 + 27 * i, 20, "so the text goes on and on over the whole width of the page");
    }
    structure();
    enum lince_block_kind kind = lince_page_block(page, 1)->kind;
    laid_page_end(page);
    return kind;
}

static void test_titles_whose_boxes_are_low(void **state) {
    (void)state;
    static const char *const titles[] = {
        "What was decided", "Línea de piedra", "Capítulo 3", "Anexo", "Ética y política de la casa", "Resumen de 2025"};
    static const char *const no_titles[] = {"TOTAL DEL MES", "Atentamente,",        "Total: 1.234,50", "so it was",
                                            "0102 4433",     "The roof is mended.", "1.234,50 Bs"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        assert_int_equal(kind_of_wide_row(titles[i]), LINCE_BLOCK_HEADING);
    }
    for (size_t i = 0; i < sizeof no_titles / sizeof *no_titles; i++) {
        assert_int_not_equal(kind_of_wide_row(no_titles[i]), LINCE_BLOCK_HEADING);
    }
}

/* Cells are printed in the size of the text, but digits are wide and their boxes tall. */
static void test_a_title_above_a_table(void **state) {
    (void)state;
    page = laid_page(0);
    laid_line(page, 100, 200, 26, "What was spent");
    for (int i = 0; i < 9; i++) {
        laid_line(page, 100, 270 + 40 * i, 25, "0102 4433");
        laid_line(page, 700, 270 + 40 * i, 25, "120,00");
    }
    for (int i = 0; i < 5; i++) {
        laid_line(page, 100, 700 + 27 * i, 20, "so the text goes on and on over the whole of the page");
    }
    structure();
    assert_whole(3);
    assert_block(0, LINCE_BLOCK_HEADING, "What was spent");
    laid_page_end(page);
}

static void test_items_whose_marks_were_not_read(void **state) {
    (void)state;
    page = laid_page(0);
    laid_line(page, 100, 200, 20, "The members of the house came together in the big room and");
    laid_line(page, 100, 227, 20, "were told what was spent on the walls since the summer.");
    laid_line(page, 100, 270, 20, "- The roof is mended.");
    laid_line(page, 130, 297, 20, "The walls wait until there is more money in the box, and");
    laid_line(page, 130, 324, 20, "until the rain ends.");
    laid_line(page, 100, 351, 20, "- The garden grows.");
    laid_line(page, 130, 378, 20, "Nobody speaks of it.");
    laid_line(page, 130, 430, 20, "Then all went home, because it was late and the bread was");
    laid_line(page, 130, 457, 20, "gone.");
    structure();
    assert_whole(6);
    assert_block(1, LINCE_BLOCK_LIST_ITEM, "- The roof is mended.");
    assert_block(2, LINCE_BLOCK_LIST_ITEM,
                 "The walls wait until there is more money in the box, and until the rain ends.");
    assert_block(3, LINCE_BLOCK_LIST_ITEM, "- The garden grows.");
    assert_block(4, LINCE_BLOCK_LIST_ITEM, "Nobody speaks of it.");
    assert_block(5, LINCE_BLOCK_PARAGRAPH, "Then all went home, because it was late and the bread was gone.");
    laid_page_end(page);
}

/* Space parts the paragraphs of this column, so that a short row with the end of a sentence is inside one. */
static void test_short_rows_where_space_parts_paragraphs(void **state) {
    (void)state;
    page = laid_page(0);
    for (int i = 0; i < 3; i++) {
        int y = 200 + 150 * i;
        laid_line(page, 100, y, 20, "The members of the house came");
        laid_line(page, 100, y + 27, 20, "together in that room.");
        laid_line(page, 100, y + 54, 20, "They were told of the walls,");
        laid_line(page, 100, y + 81, 20, "which have to be mended.");
    }
    structure();
    assert_whole(3);
    laid_page_end(page);
}

static void test_the_number_at_the_end_of_a_footer_is_told_apart(void **state) {
    (void)state;
    static const char *const numbers[] = {"7", "- 7 -", "Página 7 de 9", "9 / 12", "p. 4"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        page = laid_page(0);
        prose();
        laid_line(page, 100, 1690, 18, "Ana Torres, yearly report");
        laid_line(page, 1000, 1690, 18, numbers[i]);
        structure();
        assert_whole(3);
        assert_block(1, LINCE_BLOCK_FOOTER, "Ana Torres, yearly report");
        assert_block(2, LINCE_BLOCK_PAGE_NUMBER, numbers[i]);
        laid_page_end(page);
    }
}

static void test_a_row_in_the_text_keeps_its_number(void **state) {
    (void)state;
    page = laid_page(0);
    prose();
    laid_line(page, 100, 900, 18, "Ana Torres, yearly report");
    laid_line(page, 1000, 900, 18, "7");
    structure();
    assert_whole(2);
    laid_page_end(page);
}

/* The box of a row alone may be taller than one between others. */
static void test_a_tall_box_of_a_small_row_in_the_margin(void **state) {
    (void)state;
    page = laid_page(0);
    prose();
    laid_line(page, 600, 1680, 18, "Página 1 de 12");
    lower_edge_move(12);
    structure();
    assert_whole(2);
    assert_block(1, LINCE_BLOCK_PAGE_NUMBER, "Página 1 de 12");
    laid_page_end(page);
}

static void test_columns_are_told(void **state) {
    (void)state;
    page = laid_page(0);
    for (int i = 0; i < 4; i++) {
        laid_line(page, 100, 200 + 27 * i, 20, "so the left one goes on and on");
        laid_line(page, 460, 200 + 27 * i, 20, "so the right one goes on too");
    }
    structure();
    assert_whole(2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(lince_page_block(page, i)->column, i);
        assert_int_equal(lince_page_block(page, i)->column_count, 2);
    }
    laid_page_end(page);
}

static void test_marks_and_numbers_of_pages(void **state) {
    (void)state;
    static const char *const marks[] = {"•",   "-",    "3.",           "12)",          "b)",
                                        "(4)", "2.1.", "\xEF\x82\x95", "\xEF\x82\xB7", "\xEF\x82\xA7"};
    static const char *const no_marks[] = {"3", "a",           "12,00",         "B",       "1.5", "(", "",
                                           ".", "100.000.000", "\xEF\x82\x95x", "\xC3\xB1"};
    static const char *const numbers[] = {"7", "- 7 -", "Página 7 de 9", "Page 3/12", "vii", "p. 4"};
    static const char *const no_numbers[] = {"12345", "7 of nine", "Page", "civil war", "1.234,50", "", "3 4"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        assert_true(text_is_mark(marks[i]));
    }
    for (size_t i = 0; i < sizeof no_marks / sizeof *no_marks; i++) {
        assert_false(text_is_mark(no_marks[i]));
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_true(text_is_page_number(numbers[i]));
    }
    for (size_t i = 0; i < sizeof no_numbers / sizeof *no_numbers; i++) {
        assert_false(text_is_page_number(no_numbers[i]));
    }
}

static void test_an_empty_page_has_no_blocks(void **state) {
    (void)state;
    page = laid_page(0);
    structure();
    assert_whole(0);
    laid_page_end(page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_letter),
        cmocka_unit_test(test_a_table_with_a_cell_of_two_lines_and_one_that_is_empty),
        cmocka_unit_test(test_head_and_foot),
        cmocka_unit_test(test_titles_whose_boxes_are_low),
        cmocka_unit_test(test_a_title_above_a_table),
        cmocka_unit_test(test_items_whose_marks_were_not_read),
        cmocka_unit_test(test_short_rows_where_space_parts_paragraphs),
        cmocka_unit_test(test_the_number_at_the_end_of_a_footer_is_told_apart),
        cmocka_unit_test(test_a_row_in_the_text_keeps_its_number),
        cmocka_unit_test(test_a_tall_box_of_a_small_row_in_the_margin),
        cmocka_unit_test(test_columns_are_told),
        cmocka_unit_test(test_marks_and_numbers_of_pages),
        cmocka_unit_test(test_an_empty_page_has_no_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
