/* test_turn.c - how a page is turned, from its lines, and boxes that turn with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/turn.h"

static struct lince_line line_of(const char *text, double across, double down) {
    return (struct lince_line){.text = text, .quad = {{50, 50}, {50 + across, 50 + down}}};
}

static void test_the_direction_of_a_line(void **state) {
    (void)state;
    assert_int_equal(turn_of_quad(line_of("", 10, 3).quad), 0);
    assert_int_equal(turn_of_quad(line_of("", 3, 10).quad), 1);
    assert_int_equal(turn_of_quad(line_of("", -10, 3).quad), 2);
    assert_int_equal(turn_of_quad(line_of("", -3, -10).quad), 3);
}

static void test_long_lines_have_more_to_say(void **state) {
    (void)state;
    const struct lince_line lines[] = {line_of("a long line of text", -90, 1), line_of("up", 10, 0),
                                       line_of("up", 10, 0)};
    assert_int_equal(turn_of_lines(lines, 3), 2);
}

static void test_without_a_majority_the_page_is_upright(void **state) {
    (void)state;
    const struct lince_line lines[] = {line_of("four", -9, 0), line_of("four", 0, 9), line_of(NULL, -9, 0)};
    assert_int_equal(turn_of_lines(lines, 3), 0);
    assert_int_equal(turn_of_lines(lines, 0), 0);
}

static void test_a_box_turns_with_its_image(void **state) {
    (void)state;
    const struct lince_box box = {10, 20, 40, 30}; /* in an image of 100 x 60 */
    const struct lince_box turned[4] = {box, {30, 10, 40, 40}, {60, 30, 90, 40}, {20, 60, 30, 90}};
    for (unsigned turn = 0; turn < 4; turn++) {
        struct lince_box there = box_turn(box, turn, 100, 60);
        assert_memory_equal(&there, &turned[turn], sizeof there);
        bool aside = turn % 2 == 1;
        struct lince_box back = box_turn(there, 4 - turn, aside ? 60 : 100, aside ? 100 : 60);
        assert_memory_equal(&back, &box, sizeof back);
    }
}

static void test_a_point_turns_with_its_image(void **state) {
    (void)state;
    const struct lince_point point = {10, 20}; /* in an image of 100 x 60 */
    const struct lince_point turned[4] = {point, {40, 10}, {90, 40}, {20, 90}};
    for (unsigned turn = 0; turn < 4; turn++) {
        struct lince_point there = point_turn(point, turn, 100, 60);
        assert_memory_equal(&there, &turned[turn], sizeof there);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_direction_of_a_line),
        cmocka_unit_test(test_long_lines_have_more_to_say),
        cmocka_unit_test(test_without_a_majority_the_page_is_upright),
        cmocka_unit_test(test_a_box_turns_with_its_image),
        cmocka_unit_test(test_a_point_turns_with_its_image),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
