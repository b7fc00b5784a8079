/* test_record_table.c - records as CSV by RFC 4180 and as a workbook. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/meter.h"
#include "output/records/record_json.h"
#include "output/records/record_parse.h"
#include "output/records/record_table.h"
#include "output/writers/json_writer.h"
#include "output/writers/table_csv.h"
#include "output/writers/table_xlsx.h"

static const struct lince_line lines[] = {
    {.text = "Monto: Bs. 1.234,50", .confidence = 1, .box = {10, 60, 300, 90}, .quad = {{0}}},
    {.text = "Referencia: 000123456789", .confidence = 1, .box = {10, 100, 300, 130}, .quad = {{0}}},
    {.text = "Fecha: 03/01/2024 10:30 am", .confidence = 1, .box = {10, 140, 300, 170}, .quad = {{0}}},
    {.text = "Banco: 0105 - BANCO MERCANTIL", .confidence = 1, .box = {10, 220, 300, 250}, .quad = {{0}}},
    {.text = "Concepto: pan, \"queso\" y sal", .confidence = 1, .box = {10, 180, 300, 210}, .quad = {{0}}},
};

static const struct extra_member members[] = {{"sender_name", "Zo\xC3\xA9 \xF0\x9F\x8E\x89", false, 0},
                                              {"caption", "a\nb", false, 0},
                                              {"arrival_number", NULL, true, 7}};
static const struct extra extra = {"messenger", members, sizeof members / sizeof *members};

struct fixture {
    struct lince_layouts *layouts;
    struct lince_record *record;
    struct meter meter;
};

static int start(void **state) {
    static struct fixture fixture;
    meter_init(&fixture.meter, NULL, "test", METER_NO_LIMIT);
    assert_int_equal(lince_layouts_open(NULL, &fixture.layouts, NULL), LINCE_OK);
    assert_int_equal(lince_record_extract_lines(fixture.layouts, lines, sizeof lines / sizeof *lines, 540, 960, NULL, 0,
                                                &fixture.record, NULL),
                     LINCE_OK);
    *state = &fixture;
    return 0;
}

static int end(void **state) {
    struct fixture *fixture = *state;
    lince_record_free(fixture->record);
    lince_layouts_close(fixture->layouts);
    return 0;
}

/* The value in a column by its name, of a table of one row; commas and quotes as RFC 4180 has them. */
static void csv_value(const char *csv, const char *name, char sign, char value[256]) {
    char cells[2][64][256];
    size_t row = 0, column = 0, used = 0;
    bool quoted = false;
    memset(cells, 0, sizeof cells);
    for (const char *at = csv; *at != '\0' && row < 2; at++) {
        if (*at == '"') {
            if (quoted && at[1] == '"') {
                cells[row][column][used++] = *at++;
            } else {
                quoted = !quoted;
            }
        } else if (!quoted && *at == sign) {
            column++;
            used = 0;
        } else if (!quoted && *at == '\r' && at[1] == '\n') {
            row++;
            at++;
            column = used = 0;
        } else {
            cells[row][column][used++] = *at;
        }
    }
    assert_int_equal(row, 2);
    for (size_t i = 0; i < 64; i++) {
        if (strcmp(cells[0][i], name) == 0) {
            memcpy(value, cells[1][i], 256);
            return;
        }
    }
    fail_msg("no column %s", name);
}

static void table_write(const struct csv_options *options, const struct record_row *row, struct fixture *fixture,
                        struct buffer *buffer) {
    struct table_csv csv;
    table_csv_init(&csv, options, buffer);
    record_table_head(&csv.table, row->extra);
    buffer->refused = !record_table_row(&csv.table, row, &fixture->meter) || buffer->refused;
}

static void test_csv(void **state) {
    struct fixture *fixture = *state;
    struct csv_options options = CSV_OPTIONS_DEFAULTS;
    struct record_row row = {.file = "a,b.jpg", .record = fixture->record, .extra = &extra, .page = 12};
    struct buffer buffer;
    char value[256];
    buffer_init(&buffer, &fixture->meter);
    table_write(&options, &row, fixture, &buffer);
    buffer_append(&buffer, "", 1);
    assert_false(buffer.refused);
    static const struct {
        const char *column, *value;
    } cases[] = {
        {"file", "a,b.jpg"},
        {"monto", "1234.50"},
        {"moneda", "VES"},
        {"referencia", "000123456789"},
        {"fecha", "2024-01-03"},
        {"hora", "10:30"},
        {"concepto", "pan, \"queso\" y sal"},
        {"needs_review", "false"},
        {"sender_name", "Zo\xC3\xA9 \xF0\x9F\x8E\x89"},
        {"caption", "a\nb"},
        {"arrival_number", "7"},
        {"tipo", ""},
        {"kind", "payment_made"},
        {"direction", "out"},
        {"country", "VE"},
        {"page", "12"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        csv_value(buffer.bytes, cases[i].column, ',', value);
        assert_string_equal(value, cases[i].value);
    }
    buffer_free(&buffer);
}

static const char *type_of(const void *context, const char *name) {
    const struct lince_field *field = lince_record_find(context, name);
    return field == NULL ? "text" : field->type;
}

/* The record as JSON, in which it comes from another process. */
static json_t *record_tree(struct fixture *fixture) {
    struct buffer text;
    struct json_writer json;
    buffer_init(&text, &fixture->meter);
    json_begin(&json, &text);
    json_object_open(&json, NULL);
    record_members(&json, fixture->record);
    json_object_close(&json);
    json_end(&json);
    json_t *tree = json_loadb(text.bytes, text.used_bytes, 0, NULL);
    buffer_free(&text);
    assert_non_null(tree);
    return tree;
}

static void test_a_record_from_json_has_the_same_row(void **state) {
    struct fixture *fixture = *state;
    struct csv_options options = CSV_OPTIONS_DEFAULTS;
    const struct record_types types = {type_of, fixture->record};
    struct record_row row = {.file = "a.jpg", .record = fixture->record};
    struct buffer expected, found;
    json_t *tree = record_tree(fixture);
    struct lince_record *again = NULL;
    buffer_init(&expected, &fixture->meter);
    buffer_init(&found, &fixture->meter);
    table_write(&options, &row, fixture, &expected);
    for (uint64_t limit = 0; again == NULL; limit += 512) {
        struct meter small;
        assert_true(limit < 1 << 20);
        meter_init(&small, &fixture->meter, "small", limit);
        enum lince_status status = record_parse(tree, &types, &small, &again, NULL);
        assert_int_equal(status, again == NULL ? LINCE_ERROR_MEMORY_LIMIT : LINCE_OK);
        if (again != NULL) {
            row.record = again;
            table_write(&options, &row, fixture, &found);
            lince_record_free(again);
        }
        assert_int_equal((uint64_t)small.current_bytes, 0);
        meter_remove(&small);
    }
    assert_int_equal(found.used_bytes, expected.used_bytes);
    assert_memory_equal(found.bytes, expected.bytes, expected.used_bytes);
    buffer_free(&found);
    buffer_free(&expected);
    json_decref(tree);
}

/* Whatever it holds, it is a record: it may come from a process that was taken over. */
static void test_json_that_is_no_record_is_an_empty_one(void **state) {
    static const char *const texts[] = {"{}", "{\"fields\":[1],\"review_reasons\":{},\"kind\":3}",
                                        "{\"fields\":{\"monto\":null},\"review_reasons\":[1],\"kind\":\"x\"}"};
    struct fixture *fixture = *state;
    const struct record_types types = {type_of, fixture->record};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct lince_record *record;
        json_t *tree = json_loads(texts[i], 0, NULL);
        assert_int_equal(record_parse(tree, &types, &fixture->meter, &record, NULL), LINCE_OK);
        assert_string_equal(lince_record_kind(record), "none");
        assert_int_equal(lince_record_field_count(record), i / 2);
        lince_record_free(record);
        json_decref(tree);
    }
}

static void test_csv_with_a_decimal_comma_and_a_mark(void **state) {
    struct fixture *fixture = *state;
    struct csv_options options = {true, ','};
    struct record_row row = {.file = "a.jpg", .record = fixture->record};
    struct buffer buffer;
    char value[256];
    buffer_init(&buffer, &fixture->meter);
    table_write(&options, &row, fixture, &buffer);
    buffer_append(&buffer, "", 1);
    assert_memory_equal(buffer.bytes,
                        "\xEF\xBB\xBF"
                        "file;tipo;",
                        13);
    csv_value(buffer.bytes, "monto", ';', value);
    assert_string_equal(value, "1234,50");
    csv_value(buffer.bytes, "page", ';', value);
    assert_string_equal(value, "");
    buffer_free(&buffer);
}

static void test_a_failed_file_is_a_row(void **state) {
    struct fixture *fixture = *state;
    struct csv_options options = CSV_OPTIONS_DEFAULTS;
    struct lince_error error = LINCE_ERROR_INIT;
    strcpy(error.message, "no such \"file\"");
    struct record_row row = {.file = "a.jpg", .error = &error};
    struct buffer buffer;
    char value[256];
    buffer_init(&buffer, &fixture->meter);
    table_write(&options, &row, fixture, &buffer);
    buffer_append(&buffer, "", 1);
    csv_value(buffer.bytes, "error", ',', value);
    assert_string_equal(value, "no such \"file\"");
    csv_value(buffer.bytes, "needs_review", ',', value);
    assert_string_equal(value, "true");
    buffer_free(&buffer);
}

static void test_a_workbook_is_a_zip_of_some_size(void **state) {
    struct fixture *fixture = *state;
    struct table_xlsx *workbook;
    struct lince_error error = LINCE_ERROR_INIT;
    struct record_row row = {.file = "a.jpg", .record = fixture->record, .extra = &extra};
    char path[64], first[2];
    snprintf(path, sizeof path, "/tmp/lince-table-%ld.xlsx", (long)getpid());
    assert_int_equal(table_xlsx_open(path, &workbook, &error), LINCE_OK);
    record_table_head(table_xlsx_cells(workbook), row.extra);
    assert_true(record_table_row(table_xlsx_cells(workbook), &row, &fixture->meter));
    assert_int_equal(table_xlsx_check(workbook, &error), LINCE_OK);
    assert_int_equal(table_xlsx_close(workbook, &error), LINCE_OK);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(first, 1, 2, file), 2);
    assert_memory_equal(first, "PK", 2);
    fclose(file);
    unlink(path);
    assert_int_equal(table_xlsx_open("/nowhere/at/all.xlsx", &workbook, &error), LINCE_OK);
    assert_int_equal(table_xlsx_close(workbook, &error), LINCE_ERROR_WRITE);
}

static void test_memory_that_is_refused_is_remembered(void **state) {
    struct fixture *fixture = *state;
    struct csv_options options = CSV_OPTIONS_DEFAULTS;
    struct record_row row = {.file = "a.jpg", .record = fixture->record, .extra = &extra};
    for (int64_t countdown = 1; countdown < 200; countdown++) {
        struct buffer buffer;
        buffer_init(&buffer, &fixture->meter);
        fixture->meter.fail_countdown = countdown;
        table_write(&options, &row, fixture, &buffer);
        bool reached = fixture->meter.fail_countdown <= 0;
        fixture->meter.fail_countdown = 0;
        assert_true(!buffer.refused || reached); /* near a limit a buffer asks for less and may go on */
        assert_true(buffer.refused || (buffer.used_bytes > 2 && buffer.bytes[buffer.used_bytes - 1] == '\n'));
        buffer_free(&buffer);
        assert_int_equal(fixture->meter.current_bytes, 0);
        if (!reached) {
            return;
        }
    }
    fail_msg("the failure was never passed");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_a_record_from_json_has_the_same_row),
        cmocka_unit_test(test_json_that_is_no_record_is_an_empty_one),
        cmocka_unit_test(test_csv_with_a_decimal_comma_and_a_mark),
        cmocka_unit_test(test_a_failed_file_is_a_row),
        cmocka_unit_test(test_a_workbook_is_a_zip_of_some_size),
        cmocka_unit_test(test_memory_that_is_refused_is_remembered),
    };
    return cmocka_run_group_tests_name("record_table", tests, start, end);
}
