/* test_statement_packed.c - rows on their way from a worker to the front: whole, cut, and with each byte changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/meter.h"
#include "base/utf8.h"
#include "statement/packed.h"

static const char STATEMENT[] = "Fecha;Referencia;Descripción;Crédito\n17/05/2025;002514;PAGO MÓVIL;1.250,50\n\n"
                                "18/05/2025;;\"DE \"\"ÑOÑO\"\"\";7,00\n";
static const char EXPECTED[] = "1:0Fecha|0Referencia|0Descripción|0Crédito/2:017/05/2025|0002514|0PAGO MÓVIL|01.250,50/"
                               "4:018/05/2025|0|0DE \"ÑOÑO\"|07,00/";

static struct meter meter;

/* "place:kindtext|kindtext/" of each row. */
struct told {
    char text[4096];
    size_t used;
};

static enum lince_status row_tell(void *context, uint32_t place, const struct statement_cell *cells, size_t count,
                                  struct lince_error *error) {
    struct told *told = context;
    (void)error;
    assert_in_range(count, 1, STATEMENT_COLUMNS_MOST);
    told->used += (size_t)snprintf(told->text + told->used, sizeof told->text - told->used, "%u:", place);
    for (size_t i = 0; i < count; i++) {
        assert_true(cells[i].kind <= CELL_DATE && utf8_is_valid(cells[i].text));
        told->used += (size_t)snprintf(told->text + told->used, sizeof told->text - told->used, "%d%s%s", cells[i].kind,
                                       cells[i].text, i + 1 < count ? "|" : "/");
    }
    return LINCE_OK;
}

static enum lince_status unpack(const void *bytes, size_t count, struct told *told, struct statement_facts *facts) {
    struct lince_error error = LINCE_ERROR_INIT;
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    *told = (struct told){0};
    enum lince_status status = packed_read(file, row_tell, told, facts, &error);
    fclose(file);
    return status;
}

static void pack(struct buffer *packed) {
    const struct statement_file file = {STATEMENT, sizeof STATEMENT - 1};
    buffer_init(packed, &meter);
    assert_int_equal(packed_write(&file, &meter, packed, NULL), LINCE_OK);
}

static void test_whole(void **state) {
    struct buffer packed;
    struct told told;
    struct statement_facts facts;
    (void)state;
    pack(&packed);
    assert_int_equal(unpack(packed.bytes, packed.used_bytes, &told, &facts), LINCE_OK);
    assert_string_equal(told.text, EXPECTED);
    assert_string_equal(facts.form, "csv");
    assert_string_equal(facts.encoding, "utf-8");
    assert_int_equal(facts.separator, ';');
    assert_int_equal(facts.row_count, 3);
    assert_int_equal(facts.column_count, 4);
    buffer_free(&packed);
}

static void test_cut(void **state) {
    struct buffer packed;
    struct told told;
    struct statement_facts facts;
    (void)state;
    pack(&packed);
    for (size_t count = 0; count < packed.used_bytes; count++) {
        assert_int_equal(unpack(packed.bytes, count, &told, &facts), LINCE_ERROR_RUNTIME);
    }
    buffer_free(&packed);
}

/* What a worker says that was taken over: never more rows or columns than may be, never a text that is none. */
static void test_changed(void **state) {
    static const unsigned char changes[] = {0x00, 0x01, 0x7f, 0x80, 0xc3, 0xff};
    struct buffer packed;
    struct told told;
    struct statement_facts facts;
    size_t refused = 0;
    (void)state;
    pack(&packed);
    for (size_t at = 0; at < packed.used_bytes; at++) {
        char before = packed.bytes[at];
        for (size_t i = 0; i < sizeof changes; i++) {
            packed.bytes[at] = (char)changes[i];
            enum lince_status status = unpack(packed.bytes, packed.used_bytes, &told, &facts);
            assert_true(status == LINCE_OK || status == LINCE_ERROR_RUNTIME);
            refused += status != LINCE_OK;
        }
        packed.bytes[at] = before;
    }
    assert_true(refused > packed.used_bytes);
    buffer_free(&packed);
}

static int begin(void **state) {
    (void)state;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    return 0;
}

static int end(void **state) {
    (void)state;
    return meter.current_bytes != 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_changed),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
