/* test_table.c - what a table takes for a formula or a number, and how CSV writes each kind of cell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/meter.h"
#include "output/writers/table_csv.h"

/* One row of one cell, without its end. */
static void expect(enum table_kind kind, const char *text, char decimal, const char *expected) {
    struct csv_options options = {false, decimal};
    struct meter meter;
    struct buffer buffer;
    struct table_csv csv;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    buffer_init(&buffer, &meter);
    table_csv_init(&csv, &options, &buffer);
    table_text(&csv.table, kind, text, false);
    table_row_end(&csv.table);
    assert_false(buffer.refused);
    assert_int_equal(buffer.used_bytes, strlen(expected) + 2);
    assert_memory_equal(buffer.bytes, expected, strlen(expected));
    buffer_free(&buffer);
}

static void test_a_text_is_no_formula(void **state) {
    (void)state;
    expect(TABLE_TEXT, "=1+1", '.', "\"'=1+1\"");
    expect(TABLE_TEXT, "+58 412", '.', "\"'+58 412\"");
    expect(TABLE_TEXT, "-2+3", '.', "\"'-2+3\"");
    expect(TABLE_TEXT, "-5", '.', "\"'-5\"");
    expect(TABLE_TEXT, "@SUM(A1)", '.', "\"'@SUM(A1)\"");
    expect(TABLE_TEXT, "\tx", '.', "\"'\tx\"");
    expect(TABLE_TEXT, "\rx", '.', "\"'\rx\"");
    expect(TABLE_TEXT, "\n=x", '.', "\"'\n=x\"");
    expect(TABLE_TEXT, "＝1+1", '.', "\"'＝1+1\"");
    expect(TABLE_FILE, "-a.jpg", '.', "\"'-a.jpg\"");
    expect(TABLE_DATE, "=A1", '.', "\"'=A1\"");
    expect(TABLE_HEAD, "=A1", '.', "\"'=A1\"");
    expect(TABLE_TEXT, "a=1", '.', "a=1");
    expect(TABLE_TEXT, "'=1", '.', "'=1");
    expect(TABLE_TEXT, "", '.', "");
    expect(TABLE_TEXT, NULL, '.', "");
}

static void test_a_number_is_a_number(void **state) {
    (void)state;
    expect(TABLE_AMOUNT, "1234.50", '.', "1234.50");
    expect(TABLE_AMOUNT, "1234.50", ',', "1234,50");
    expect(TABLE_AMOUNT, "-3", '.', "-3");
    expect(TABLE_AMOUNT, "-3.", '.', "\"'-3.\"");
    expect(TABLE_AMOUNT, "-3+1", '.', "\"'-3+1\"");
    expect(TABLE_AMOUNT, "--3", '.', "\"'--3\"");
    expect(TABLE_AMOUNT, "1.2.3", ',', "1.2.3");
    expect(TABLE_AMOUNT, "0x10", '.', "0x10");
    expect(TABLE_AMOUNT, "", '.', "");
    expect(TABLE_AMOUNT, NULL, '.', "");
}

static void test_texts_that_need_quotes_have_them(void **state) {
    (void)state;
    expect(TABLE_TEXT, "a,b", '.', "\"a,b\"");
    expect(TABLE_TEXT, "a;b", '.', "\"a;b\"");
    expect(TABLE_TEXT, "a\"b", '.', "\"a\"\"b\"");
    expect(TABLE_TEXT, " a", '.', "\" a\"");
    expect(TABLE_TEXT, "a\r\nb", '.', "\"a\r\nb\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_text_is_no_formula),
        cmocka_unit_test(test_a_number_is_a_number),
        cmocka_unit_test(test_texts_that_need_quotes_have_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
