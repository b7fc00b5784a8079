/* test_order.c - lines laid out by hand, shuffled and skewed, come back in the order of reading. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/order/row_order.h"

enum { LINE_LIMIT = 64, TEXT_BYTES = 400 };

static const double DEGREE = 3.14159265358979323846 / 180.0;

static struct lince_line lines[LINE_LIMIT];
static size_t count;

/* Lays a line on a page that is turned about its origin by `degrees`, clockwise. */
static void lay(const char *text, double x, double y, double width, double height, double degrees) {
    const double xs[4] = {x, x + width, x + width, x}, ys[4] = {y, y, y + height, y + height};
    struct lince_line *line = &lines[count++];
    *line = (struct lince_line){.text = text, .box = {INFINITY, INFINITY, -INFINITY, -INFINITY}};
    for (size_t i = 0; i < 4; i++) {
        double turned_x = xs[i] * cos(degrees * DEGREE) - ys[i] * sin(degrees * DEGREE);
        double turned_y = xs[i] * sin(degrees * DEGREE) + ys[i] * cos(degrees * DEGREE);
        line->quad[i] = (struct lince_point){turned_x, turned_y};
        line->box.x0 = fmin(line->box.x0, turned_x), line->box.x1 = fmax(line->box.x1, turned_x);
        line->box.y0 = fmin(line->box.y0, turned_y), line->box.y1 = fmax(line->box.y1, turned_y);
    }
}

static void swap_lines(size_t i, size_t k) {
    struct lince_line line = lines[i];
    lines[i] = lines[k];
    lines[k] = line;
}

static void shuffle(uint32_t *seed) {
    for (size_t i = count; i > 1; i--) {
        swap_lines(i - 1, drawn_number(seed, (uint32_t)i));
    }
}

/* Orders the lines and asserts that their texts, joined by spaces, are `expected`. */
static void assert_order(const char *expected) {
    char found[TEXT_BYTES] = "";
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(lines_order_rows(lines, NULL, count, arena));
    drawn_arena_end(arena);
    for (size_t i = 0; i < count; i++) {
        strcat(found, i == 0 ? "" : " ");
        strcat(found, lines[i].text);
    }
    assert_string_equal(found, expected);
}

static void receipt_lay(double degrees) {
    count = 0;
    lay("title", 180, 10, 200, 30, degrees);
    lay("label1", 20, 60, 160, 20, degrees);
    lay("value1", 460, 62, 120, 20, degrees);
    lay("label2", 20, 95, 200, 20, degrees);
    lay("value2", 380, 93, 200, 20, degrees);
    lay("footer", 20, 130, 560, 20, degrees);
}
static const char RECEIPT[] = "title label1 value1 label2 value2 footer";

static void permute(size_t from) {
    if (from == count) {
        struct lince_line kept[LINE_LIMIT];
        memcpy(kept, lines, sizeof kept);
        assert_order(RECEIPT);
        memcpy(lines, kept, sizeof kept);
        return;
    }
    for (size_t i = from; i < count; i++) {
        swap_lines(from, i);
        permute(from + 1);
        swap_lines(from, i);
    }
}

static void test_every_permutation_of_a_receipt(void **state) {
    (void)state;
    receipt_lay(0);
    permute(0);
}

static void test_skew_of_5_degrees_either_way(void **state) {
    (void)state;
    for (int degrees = -5; degrees <= 5; degrees++) {
        receipt_lay(degrees); /* at 5 degrees a value stands 40 pixels from its label, more than a row */
        permute(0);
    }
}

static void test_pages_on_their_side_and_on_their_head(void **state) {
    (void)state;
    for (int quarter = 1; quarter < 4; quarter++) {
        for (int skew = -5; skew <= 5; skew += 5) {
            receipt_lay(90 * quarter + skew);
            permute(0);
        }
    }
}

static void test_two_columns_row_by_row(void **state) {
    (void)state;
    uint32_t seed = 5;
    for (int round = 0; round < 50; round++) {
        count = 0;
        lay("L1", 10, 10, 200, 20, 0);
        lay("L2", 10, 40, 180, 20, 0);
        lay("L3", 10, 70, 190, 20, 0);
        lay("R1", 300, 15, 200, 20, 0); /* a quarter of a line lower */
        lay("R2", 300, 45, 200, 20, 0);
        lay("R3", 300, 75, 200, 20, 0);
        shuffle(&seed);
        assert_order("L1 R1 L2 R2 L3 R3");
    }
}

static void test_a_small_line_beside_a_tall_one(void **state) {
    (void)state;
    count = 0;
    lay("cents", 210, 12, 30, 16, 0);
    lay("1.234", 60, 10, 140, 40, 0);
    lay("Bs", 20, 30, 30, 18, 0);
    lay("below", 20, 60, 100, 18, 0);
    assert_order("Bs 1.234 cents below");
}

static void test_what_stands_above_comes_first_even_if_spans_overlap(void **state) {
    (void)state;
    count = 0;
    lay("lower", 20, 18, 200, 20, 0); /* closer than their heights, but one over the other */
    lay("upper", 20, 9, 200, 20, 0);
    assert_order("upper lower");
}

static void test_a_vertical_line_is_no_witness_of_the_skew(void **state) {
    (void)state;
    count = 0;
    lay("down", 5, -700, 300, 20, 90); /* runs down at the right edge, x 680..700 */
    lay("one", 20, 10, 300, 20, 0);
    lay("two", 20, 200, 300, 20, 0);
    lay("three", 20, 250, 300, 20, 0);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(lines_order_rows(lines, NULL, count, arena));
    drawn_arena_end(arena);
    size_t places[3] = {9, 9, 9};
    for (size_t i = 0; i < count; i++) {
        const char *const texts[3] = {"one", "two", "three"};
        for (size_t k = 0; k < 3; k++) {
            places[k] = strcmp(lines[i].text, texts[k]) == 0 ? i : places[k];
        }
    }
    assert_true(places[0] < places[1] && places[1] < places[2]);
}

static void test_many_lines_in_any_order_give_one_order(void **state) {
    (void)state;
    static char texts[LINE_LIMIT][8];
    struct lince_line first[LINE_LIMIT];
    uint32_t seed = 21;
    count = 0;
    for (size_t i = 0; i < LINE_LIMIT; i++) { /* a heap of lines that overlap in every way */
        texts[i][0] = (char)('A' + i % 26);
        texts[i][1] = (char)('0' + i / 26);
        lay(texts[i], drawn_number(&seed, 400), drawn_number(&seed, 300), 30 + drawn_number(&seed, 100),
            10 + drawn_number(&seed, 15), 2.0);
    }
    for (int round = 0; round < 100; round++) {
        struct arena *arena = drawn_arena(METER_NO_LIMIT);
        assert_true(lines_order_rows(lines, NULL, count, arena));
        drawn_arena_end(arena);
        if (round == 0) {
            memcpy(first, lines, sizeof first);
        }
        for (size_t i = 0; i < count; i++) {
            assert_string_equal(lines[i].text, first[i].text);
        }
        shuffle(&seed);
    }
}

static void test_none_and_one(void **state) {
    (void)state;
    count = 0;
    assert_order("");
    lay("one", 20, 10, 300, 20, 0);
    assert_order("one");
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct arena *arena = drawn_arena(600);
    receipt_lay(0);
    assert_false(lines_order_rows(lines, NULL, count, arena));
    drawn_arena_end(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_permutation_of_a_receipt),
        cmocka_unit_test(test_skew_of_5_degrees_either_way),
        cmocka_unit_test(test_pages_on_their_side_and_on_their_head),
        cmocka_unit_test(test_two_columns_row_by_row),
        cmocka_unit_test(test_a_small_line_beside_a_tall_one),
        cmocka_unit_test(test_what_stands_above_comes_first_even_if_spans_overlap),
        cmocka_unit_test(test_a_vertical_line_is_no_witness_of_the_skew),
        cmocka_unit_test(test_many_lines_in_any_order_give_one_order),
        cmocka_unit_test(test_none_and_one),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
