/*
 * test_page_write.c - a hand-made page in the forms of the library, byte for byte, and what is reported when one fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/meter.h"
#include "drawn.h"
#include "laid.h"
#include "text/order/structure.h"

static struct lince_page *page;
static char written[1 << 14];
static size_t written_bytes;

static void page_make(void) {
    struct arena *scratch = drawn_arena(METER_NO_LIMIT);
    struct arrangement arrangement;
    page = laid_page(0);
    laid_line(page, 100, 200, 40, "Bill & sons <1_a>");
    laid_line(page, 100, 300, 20, "Total");
    laid_line(page, 400, 300, 20, "12|50");
    laid_line(page, 100, 330, 20, "Paid");
    laid_line(page, 400, 330, 20, "*yes*");
    laid_line(page, 100, 400, 20, "so the words of the letter go on and on to the end of the line");
    laid_line(page, 100, 427, 20, "and beyond it.");
    assert_true(page_arrange(page, scratch, &arrangement));
    assert_true(page_structure(page, &arrangement, scratch));
    drawn_arena_end(scratch);
}

static int take(void *context, const void *bytes, size_t bytes_count) {
    (void)context;
    assert_true(written_bytes + bytes_count < sizeof written);
    memcpy(written + written_bytes, bytes, bytes_count);
    written_bytes += bytes_count;
    written[written_bytes] = '\0';
    return 0;
}

static int refuse(void *context, const void *bytes, size_t bytes_count) {
    (void)context, (void)bytes, (void)bytes_count;
    return 1;
}

static const char *form(const char *name) {
    written_bytes = 0;
    assert_int_equal(lince_page_write(page, name, "a&b.png", take, NULL, NULL), LINCE_OK);
    return written;
}

static void test_text_and_markdown(void **state) {
    (void)state;
    page_make();
    assert_string_equal(form("text"), "Bill & sons <1_a>\nTotal  12|50\nPaid  *yes*\n"
                                      "so the words of the letter go on and on to the end of the line\n"
                                      "and beyond it.\n");
    assert_string_equal(form("markdown"),
                        "# Bill \\& sons \\<1_a\\>\n\n"
                        "| | |\n| --- | --- |\n| Total | 12\\|50 |\n| Paid | \\*yes\\* |\n\n"
                        "so the words of the letter go on and on to the end of the line and beyond it.\n");
    laid_page_end(page);
}

static void test_markup_is_escaped(void **state) {
    (void)state;
    page_make();
    assert_non_null(strstr(form("hocr"), "title=\"image &quot;a&amp;b.png&quot;; bbox 0 0 1240 1754; ppageno 0\""));
    assert_non_null(strstr(written, ">&lt;1_a&gt;</span>"));
    assert_non_null(strstr(written, "</body>\n</html>\n"));
    assert_non_null(strstr(form("alto"), "CONTENT=\"&lt;1_a&gt;\" HPOS="));
    assert_non_null(strstr(written, "TAGREFS=\"heading\""));
    assert_non_null(strstr(form("tesseract-tsv"), "5\t1\t1\t1\t1\t1\t100\t200\t80\t40\t90\tBill\n"));
    laid_page_end(page);
}

static void test_layout_keeps_columns(void **state) {
    (void)state;
    page_make();
    const char *text = form("layout"), *total = strstr(text, "Total"), *paid = strstr(text, "Paid");
    assert_int_equal(strstr(total, "12|50") - total, strstr(paid, "*yes*") - paid);
    assert_true(strstr(total, "12|50") - total > 15);
    laid_page_end(page);
}

static void test_what_fails_is_told(void **state) {
    (void)state;
    struct lince_error error = LINCE_ERROR_INIT;
    page_make();
    assert_int_equal(lince_page_write(page, "docx", "", take, NULL, &error), LINCE_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "\"docx\""));
    assert_int_equal(lince_page_write(page, "hocr", "", refuse, NULL, &error), LINCE_ERROR_WRITE);
    page->arena.meter->limit_bytes = page->arena.meter->current_bytes + 100;
    assert_int_equal(lince_page_write(page, "hocr", "", take, NULL, &error), LINCE_ERROR_MEMORY_LIMIT);
    assert_int_equal(lince_page_write(page, "layout", "", take, NULL, &error), LINCE_ERROR_MEMORY_LIMIT);
    laid_page_end(page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_and_markdown),
        cmocka_unit_test(test_markup_is_escaped),
        cmocka_unit_test(test_layout_keeps_columns),
        cmocka_unit_test(test_what_fails_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
