/* test_page.c - converts working pixels to the viewer's, joins text, and checks the public accessors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/meter.h"
#include "drawn.h"
#include "text/page.h"

static struct meter meter;

static struct lince_page *open_page(void) {
    struct lince_page *page;
    meter_init(&meter, NULL, "pages", METER_NO_LIMIT);
    assert_int_equal(page_open(&meter, 1024, &page, NULL), LINCE_OK);
    return page;
}

static void close_page(struct lince_page *page) {
    lince_page_free(page);
    assert_int_equal(meter.current_bytes, 0);
}

static void assert_box(struct lince_box box, double x0, double y0, double x1, double y1) {
    assert_near(box.x0, x0, 1e-9);
    assert_near(box.y0, y0, 1e-9);
    assert_near(box.x1, x1, 1e-9);
    assert_near(box.y1, y1, 1e-9);
}

static void test_pixels_of_the_source(void **state) {
    (void)state;
    /* Read at 400 x 300 from a source of 800 x 900: twice as wide, three times as high. */
    const struct image image = {.width_px = 400,
                                .height_px = 300,
                                .source_width_px = 800,
                                .source_height_px = 900,
                                .scale_x = 2.0,
                                .scale_y = 3.0,
                                .rotation = 270};
    struct lince_page *page = open_page();
    struct lince_word words[] = {{"a", 0.9, {10, 20, 30, 40}}, {"b", 0.8, {-4, -5, 410, 310}}};
    struct lince_line lines[] = {{.text = "a b",
                                  .quad = {{10, 20}, {100, 25}, {99, 45}, {9, 40}},
                                  .box = {9, 20, 401, 45},
                                  .word_count = 2,
                                  .words = words}};
    page->lines = (struct line_list){.items = lines, .count = 1};
    page_to_source(page, &image);
    assert_int_equal(lince_page_width_px(page), 800);
    assert_int_equal(lince_page_height_px(page), 900);
    assert_int_equal(lince_page_rotation(page), 270);
    const struct lince_line *line = lince_page_line(page, 0);
    assert_box(line->box, 18, 60, 800, 135); /* within the image */
    assert_near(line->quad[1].x, 200, 1e-9);
    assert_near(line->quad[1].y, 75, 1e-9);
    assert_near(line->quad[3].y, 120, 1e-9);
    assert_box(line->words[0].box, 20, 60, 60, 120);
    assert_box(line->words[1].box, 0, 0, 800, 900);
    close_page(page);
}

static void test_lines_are_joined_by_line_feeds(void **state) {
    (void)state;
    struct lince_page *page = open_page();
    struct lince_line lines[] = {{.text = "uno dos"}, {.text = "tres"}, {.text = "ñ"}};
    page->lines = (struct line_list){.items = lines, .count = 3};
    assert_true(page_join_text(page));
    assert_string_equal(lince_page_text(page), "uno dos\ntres\nñ");
    assert_int_equal(lince_page_line_count(page), 3);
    assert_string_equal(lince_page_line(page, 2)->text, "ñ");
    assert_null(lince_page_line(page, 3));
    assert_null(lince_page_line(page, SIZE_MAX));
    close_page(page);
}

static void test_a_warning_is_kept_once_in_its_language(void **state) {
    (void)state;
    struct lince_page *page = open_page();
    assert_int_equal(lince_page_warning_count(page), 0);
    assert_true(page_warn(page, LINCE_ENGLISH, "first", "%d things", "%d cosas", 3));
    assert_true(page_warn(page, LINCE_SPANISH, "second", "%d things", "%d cosas", 4));
    assert_true(page_warn(page, LINCE_ENGLISH, "first", "%d things", "%d cosas", 5));
    assert_int_equal(lince_page_warning_count(page), 2);
    assert_string_equal(lince_page_warning(page, 0)->code, "first");
    assert_string_equal(lince_page_warning(page, 0)->message, "3 things");
    assert_string_equal(lince_page_warning(page, 1)->message, "4 cosas");
    assert_null(lince_page_warning(page, 2));
    close_page(page);
}

static void test_a_page_without_lines_has_an_empty_text(void **state) {
    (void)state;
    struct lince_page *page = open_page();
    assert_true(page_join_text(page));
    assert_string_equal(lince_page_text(page), "");
    assert_int_equal(lince_page_line_count(page), 0);
    assert_null(lince_page_line(page, 0));
    close_page(page);
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_page *page;
    meter_init(&meter, NULL, "pages", 10);
    assert_int_equal(page_open(&meter, 1024, &page, &error), LINCE_ERROR_MEMORY_LIMIT);
    assert_null(page);
    page = open_page();
    meter.limit_bytes = meter.current_bytes;
    assert_false(page_join_text(page));
    close_page(page);
    lince_page_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pixels_of_the_source),
        cmocka_unit_test(test_lines_are_joined_by_line_feeds),
        cmocka_unit_test(test_a_warning_is_kept_once_in_its_language),
        cmocka_unit_test(test_a_page_without_lines_has_an_empty_text),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
