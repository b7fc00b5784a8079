/* test_page_turn.c - how a page is turned, from where its lines are and what they look like. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/turn.h"
#include "drawn.h"
#include "engine/engine_state.h"
#include "engine/reader.h"
#include "image_files.h"
#include "readings.h"
#include "text/page_turn.h"

enum { LINES_MOST = 8 };

static struct lince_engine *engine;
static struct lince_reader *reader;
static struct image upright;
static struct lince_box boxes[LINES_MOST];
static size_t line_count;

/* The picture of four lines, and where they are. */
static int open_all(void **state) {
    (void)state;
    engine = engine_well(UINT64_C(300) << 20, 1);
    reader = reader_well(engine);
    struct file file = file_of_data("reading/accents.png");
    struct lince_page *page = read_well(reader, &file);
    upright = decode_well(&file, 0, 0);
    line_count = lince_page_line_count(page);
    for (size_t i = 0; i < line_count; i++) {
        boxes[i] = lince_page_line(page, i)->box;
    }
    lince_page_free(page);
    file_free(&file);
    return 0;
}

static int close_all(void **state) {
    (void)state;
    image_free(&upright);
    lince_reader_close(reader);
    lince_engine_close(engine);
    return 0;
}

/*
 * What is found of the first `count` lines of the picture after it was turned, if so many of them are words whose
 * letters stand one below another.
 */
static unsigned turn_found_beside(unsigned turn, size_t count, size_t stack_count) {
    struct image image = drawn_turned(&upright, turn);
    struct region regions[LINES_MOST] = {0};
    struct lince_error error = LINCE_ERROR_INIT;
    unsigned found = 9;
    for (size_t i = 0; i < count; i++) {
        struct lince_box box = box_turn(boxes[i], turn, upright.width_px, upright.height_px);
        const struct lince_point corners[4] = {{box.x0, box.y0}, {box.x1, box.y0}, {box.x1, box.y1}, {box.x0, box.y1}};
        for (size_t k = 0; k < 4; k++) {
            regions[i].corners[k] = corners[k];
        }
    }
    static struct stack stacks[LINES_MOST];
    for (size_t i = 0; i < stack_count; i++) {
        memcpy(stacks[i].corners, regions[i].corners, sizeof stacks[i].corners);
    }
    const struct region_list list = {.items = regions, .count = count};
    const struct stack_list words = {stacks, stack_count};
    assert_int_equal(page_turn_find(engine->direction, &image, &list, &words, reader_heap(reader), &found, &error),
                     LINCE_OK);
    drawn_image_free(&image);
    return found;
}

static unsigned turn_found(unsigned turn, size_t count) {
    return turn_found_beside(turn, count, 0);
}

static void test_words_of_letters_below_one_another_turn_no_page(void **state) {
    (void)state;
    assert_int_equal(turn_found_beside(1, line_count, line_count), 0);
    assert_int_equal(turn_found_beside(1, line_count, line_count - 3), 1);
}

static void test_a_page_on_either_side(void **state) {
    (void)state;
    assert_true(line_count >= 4);
    assert_int_equal(turn_found(1, line_count), 1);
    assert_int_equal(turn_found(3, line_count), 3);
}

static void test_a_page_whose_lines_run_across_stands(void **state) {
    (void)state;
    assert_int_equal(turn_found(0, line_count), 0);
    assert_int_equal(turn_found(2, line_count), 0);
    assert_int_equal(turn_found(0, 0), 0);
}

static void test_a_few_words_on_their_side_say_nothing(void **state) {
    (void)state;
    assert_int_equal(turn_found(1, 2), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_of_letters_below_one_another_turn_no_page),
        cmocka_unit_test(test_a_page_on_either_side),
        cmocka_unit_test(test_a_page_whose_lines_run_across_stands),
        cmocka_unit_test(test_a_few_words_on_their_side_say_nothing),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
