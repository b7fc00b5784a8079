/* test_statement_files.c - statements of invented banks, written as files: their rows, their columns, their movements.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/meter.h"
#include "statement/statement_columns.h"

enum { ROWS_MOST = 16 };

static struct meter meter;
static char path[] = "/tmp/lince-statement-XXXXXX";

static int begin(void **state) {
    (void)state;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    return mkstemp(path) < 0;
}

static int end(void **state) {
    (void)state;
    return unlink(path) != 0 || meter.current_bytes != 0;
}

/* Rows kept for the guess. */
struct kept {
    struct arena arena;
    struct statement_sample_row rows[ROWS_MOST];
    size_t count;
};

static enum lince_status keep(void *context, uint32_t place, const struct statement_cell *cells, size_t count,
                              struct lince_error *error) {
    struct kept *kept = context;
    struct statement_cell *copies = arena_allocate(&kept->arena, count * sizeof *copies);
    (void)error;
    for (size_t i = 0; i < count; i++) {
        copies[i] =
            (struct statement_cell){cells[i].kind, arena_copy_text(&kept->arena, cells[i].text, strlen(cells[i].text))};
    }
    if (kept->count < ROWS_MOST) {
        kept->rows[kept->count++] = (struct statement_sample_row){place, copies, count};
    }
    return LINCE_OK;
}

static void file_write(const void *bytes, size_t count) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    fclose(file);
}

static enum lince_status rows_of(struct kept *kept, struct statement_facts *facts, struct lince_error *error) {
    struct lince_error unread = LINCE_ERROR_INIT;
    struct file_bytes whole = {0};
    *kept = (struct kept){0};
    arena_init(&kept->arena, &meter, 4096);
    (void)file_read(path, &meter, &whole, &unread); /* an empty one has no bytes */
    enum lince_status status =
        statement_read(&(struct statement_file){whole.bytes, whole.count}, &meter, keep, kept, facts, error);
    meter_free(whole.bytes);
    return status;
}

/* "2025-01-31 -12.50 ref|2025-02-01 ..." of the rows behind the head. */
static void movements_of(const struct kept *kept, const struct statement_columns *columns, char text[1024]) {
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < kept->count; i++) {
        struct movement movement;
        if (kept->rows[i].place < columns->first_row) {
            continue;
        }
        statement_movement(columns, kept->rows[i].cells, kept->rows[i].count, &movement);
        if (movement.problem == MOVEMENT_NONE) {
            continue;
        }
        used += (size_t)snprintf(text + used, 1024 - used, "%s%s %lld %s", used == 0 ? "" : "|", movement.date,
                                 (long long)movement.hundredths, movement.reference);
    }
}

struct example {
    const char *file, *movements;
    char separator;
};

static const struct example examples[] = {
    /* Spanish: semicolons, decimal commas, credit and debit */
    {"Cuenta;0102-XXXX\n\nFecha;Referencia;Descripción;Débito;Crédito;Saldo\n"
     "17/05/2025;002514;PAGO MOVIL;;1.250,50;9.000,00\n18/05/2025;002515;COMISION;2,30;;8.997,70\n;;TOTAL;;;8.997,70\n",
     "2025-05-17 125050 002514|2025-05-18 -230 002515", ';'},
    /* English: commas, quotes, decimal points, month first, one amount with its sign */
    {"Date,Description,Amount,Reference\n05/17/2025,\"TRANSFER, IN\",\"1,250.50\",A-99\n05/18/2025,\"FEE "
     "\"\"X\"\"\",-2.30,B-1\n",
     "2025-05-17 125050 A-99|2025-05-18 -230 B-1", ','},
    /* tabs, a column of signs, a month's name, CR alone between lines */
    {"FECHA\tNRO. DOCUMENTO\tCONCEPTO\tTIPO\tMONTO\r17-May-25\t123\tDEP\tNC\t100,00\r18-may-25\t124\tCHQ\tND\t40,00\r",
     "2025-05-17 10000 123|2025-05-18 -4000 124", '\t'},
    /* no head at all */
    {"2025-05-17;00012345;PAGO DE ALGUIEN;881,23\n2025-05-18;00012346;PAGO DE OTRO;1.000,00\n",
     "2025-05-17 88123 00012345|2025-05-18 100000 00012346", ';'},
    /* signs behind, brackets, a currency, years of two digits, eight digits in a row */
    {"Fecha|Ref|Importe\n17/05/25|1234|Bs. 1.250,50-\n20250518|1235|(40,00)\n18.05.2025|1236|+7,5\n",
     "2025-05-17 -125050 1234|2025-05-18 -4000 1235|2025-05-18 750 1236", '|'},
    /* what cannot be read is told, not dropped: no such day, no amount */
    {"Fecha;Referencia;Monto\n31/02/2025;1;5,00\n17/05/2025;2;pendiente\n17/05/2025;3;6,00\n",
     " 500 1|2025-05-17 0 2|2025-05-17 600 3", ';'},
};

static void test_text(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct kept kept;
        struct statement_facts facts;
        struct statement_columns columns;
        struct lince_error error = LINCE_ERROR_INIT;
        char text[1024], head[STATEMENT_HEAD_BYTES];
        file_write(examples[i].file, strlen(examples[i].file));
        assert_int_equal(rows_of(&kept, &facts, &error), LINCE_OK);
        assert_int_equal(facts.separator, examples[i].separator);
        statement_columns_guess(kept.rows, kept.count, &columns, head);
        assert_true(statement_columns_are_enough(&columns));
        movements_of(&kept, &columns, text);
        assert_string_equal(text, examples[i].movements);
        arena_clear(&kept.arena);
    }
}

/* The same text in each encoding gives the same cells. */
static void test_encodings(void **state) {
    static const char latin[] = "Fecha;Cr\xe9"
                                "dito\n01/02/2025;1,00 \x80\n";
    static const char eight[] = "\xef\xbb\xbf"
                                "Fecha;Crédito\n01/02/2025;1,00 €\n";
    static const char bare[] = "Fecha;Crédito\n01/02/2025;1,00 €\n";
    const struct {
        const char *bytes, *name;
        size_t count;
    } files[] = {{latin, "windows-1252", sizeof latin - 1},
                 {eight, "utf-8", sizeof eight - 1},
                 {bare, "utf-8", sizeof bare - 1}};
    struct kept kept;
    struct statement_facts facts;
    (void)state;
    for (size_t i = 0; i < 7; i++) {
        const char *name = i < 3 ? files[i].name : i % 2 == 1 ? "utf-16le" : "utf-16be";
        if (i < 3) {
            file_write(files[i].bytes, files[i].count);
        } else { /* with a mark and without */
            static const uint16_t text[] = u"\xfeff"
                                           "Fecha;Crédito\n01/02/2025;1,00 €\n";
            unsigned char bytes[sizeof text];
            size_t from = i < 5 ? 0 : 1, count = sizeof text / sizeof *text - 1 - from;
            for (size_t j = 0; j < count; j++) {
                bytes[2 * j + (i % 2 == 0)] = (unsigned char)(text[from + j] & 0xff);
                bytes[2 * j + (i % 2 == 1)] = (unsigned char)(text[from + j] >> 8);
            }
            file_write(bytes, 2 * count);
        }
        assert_int_equal(rows_of(&kept, &facts, NULL), LINCE_OK);
        assert_string_equal(facts.encoding, name);
        assert_int_equal(kept.count, 2);
        assert_string_equal(kept.rows[0].cells[0].text, "Fecha");
        assert_string_equal(kept.rows[0].cells[1].text, "Crédito");
        assert_string_equal(kept.rows[1].cells[1].text, "1,00 €");
        arena_clear(&kept.arena);
    }
}

static void test_workbook(void **state) {
    struct kept kept;
    struct statement_facts facts;
    struct statement_columns columns;
    char text[1024], head[STATEMENT_HEAD_BYTES];
    (void)state;
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *hidden = workbook_add_worksheet(book, "notas"), *sheet = workbook_add_worksheet(book, "Mayo");
    lxw_format *date = workbook_add_format(book), *odd = workbook_add_format(book);
    lxw_datetime when = {.year = 2025, .month = 5, .day = 17};
    worksheet_write_string(hidden, 0, 0, "no es de aquí", NULL);
    worksheet_hide(hidden);
    worksheet_activate(sheet);
    worksheet_set_first_sheet(sheet);
    format_set_num_format(date, "dd/mm/yyyy");
    format_set_num_format(odd, "\"dia\" [Red]#,##0.00");
    const char *const names[] = {"Fecha", "Referencia", "Detalle & más", "Abonos", "Cargos"};
    for (lxw_col_t i = 0; i < 5; i++) {
        worksheet_write_string(sheet, 2, i, names[i], NULL);
    }
    worksheet_write_datetime(sheet, 3, 0, &when, date);
    worksheet_write_number(sheet, 3, 1, 123456789012345.0, NULL);
    worksheet_write_string(sheet, 3, 2, "PAGO <MÓVIL>", NULL);
    worksheet_write_number(sheet, 3, 3, 1250.5, odd);
    worksheet_write_string(sheet, 5, 0, "18/05/2025", NULL);
    worksheet_write_string(sheet, 5, 1, "000042", NULL);
    worksheet_write_string(sheet, 5, 4, "1.000,25", NULL);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_int_equal(rows_of(&kept, &facts, NULL), LINCE_OK);
    assert_string_equal(facts.form, "xlsx");
    assert_string_equal(facts.sheet, "Mayo");
    assert_int_equal(kept.rows[0].place, 3);
    assert_string_equal(kept.rows[1].cells[2].text, "PAGO <MÓVIL>");
    statement_columns_guess(kept.rows, kept.count, &columns, head);
    movements_of(&kept, &columns, text);
    assert_string_equal(text, "2025-05-17 125050 123456789012345|2025-05-18 -100025 000042");
    assert_string_equal(head, "fecha|referencia|detalle mas|abonos|cargos|");
    arena_clear(&kept.arena);
}

/* What is no statement is told with what to do, and what is too large with its number. */
static void test_refusals(void **state) {
    const struct {
        const char *bytes;
        size_t count;
        enum lince_status status;
        const char *word;
    } files[] = {
        {"", 0, LINCE_ERROR_EMPTY, "empty"},
        {"\n \n;;\n", 6, LINCE_ERROR_EMPTY, "no row"},
        {"\xd0\xcf\x11\xe0\xa1\xb1", 6, LINCE_ERROR_UNSUPPORTED, ".xls"},
        {"\r\n<html><table>", 15, LINCE_ERROR_UNSUPPORTED, "web page"},
        {"PK\x03\x04 nothing", 12, LINCE_ERROR_DAMAGED, "damaged"},
        {"\x89PNG\r\n\x1a\n\x01\x02", 10, LINCE_ERROR_UNKNOWN_FORMAT, "neither"},
    };
    struct kept kept;
    struct statement_facts facts;
    struct lince_error error = LINCE_ERROR_INIT;
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        file_write(files[i].bytes, files[i].count);
        assert_int_equal(rows_of(&kept, &facts, &error), files[i].status);
        assert_non_null(strstr(error.message, files[i].word));
        arena_clear(&kept.arena);
    }
    FILE *file = fopen(path, "wb");
    for (int i = 0; i <= STATEMENT_ROWS_MOST; i++) {
        fputs("1;2\n", file);
    }
    fclose(file);
    assert_int_equal(rows_of(&kept, &facts, &error), LINCE_ERROR_TOO_LARGE);
    arena_clear(&kept.arena);
    char wide[200];
    memset(wide, ';', sizeof wide);
    file_write(wide, sizeof wide);
    assert_int_equal(rows_of(&kept, &facts, &error), LINCE_ERROR_TOO_LARGE);
    arena_clear(&kept.arena);
    /* a quote that is never closed, and a cell without end */
    file = fopen(path, "wb");
    fputs("Fecha;\"", file);
    for (int i = 0; i < 100000; i++) {
        fputs("1234567890", file);
    }
    fclose(file);
    assert_int_equal(rows_of(&kept, &facts, &error), LINCE_OK);
    assert_true(strlen(kept.rows[0].cells[1].text) == STATEMENT_CELL_BYTES + strlen("…"));
    arena_clear(&kept.arena);
}

static void test_values(void **state) {
    const struct {
        const char *text;
        char decimal;
        long long hundredths; /* LLONG_MIN: none */
    } amounts[] = {{"1.234,56", ',', 123456},
                   {"1,234.56", '.', 123456},
                   {"1234", ',', 123400},
                   {"-5", ',', -500},
                   {"5-", ',', -500},
                   {"(5,00)", ',', -500},
                   {"Bs. 5,00", ',', 500},
                   {"Bs.5,00", ',', 500},
                   {"$ 1 234,50", ',', 123450},
                   {"1'234.5", '.', 123450},
                   {"5,005", ',', 501},
                   {"", ',', -1},
                   {"pendiente", ',', -1},
                   {"12/05", ',', -1},
                   {"− 7,00", ',', -700},
                   {"7,00 CR", ',', 700},
                   {"2.305.843.009.213,69", ',', 230584300921369}, /* as many of them as rows still have a sum */
                   {"-2,305,843,009,213.69", '.', -230584300921369},
                   {"2.305.843.009.213,70", ',', -1},
                   {"2305843009214", ',', -1},
                   {"10000000000000000", ',', -1},
                   {"100000000000000000", ',', -1},
                   {"100000000000000000,0", ',', -1},
                   {"99999999999999999,99", ',', -1},
                   {"-999999999999999999", ',', -1},
                   {"999.999.999.999.999.999", ',', -1},
                   {"(100000000000000001)", '.', -1},
                   {"99999999999999999999", ',', -1}};
    const struct {
        const char *text, *date;
        enum date_order order;
    } dates[] = {{"01/02/2025", "2025-02-01", DATE_ORDER_DMY},
                 {"01/02/2025", "2025-01-02", DATE_ORDER_MDY},
                 {"2025/02/01", "2025-02-01", DATE_ORDER_DMY},
                 {"1 de febrero de 2025", "2025-02-01", DATE_ORDER_DMY},
                 {"1-FEB-25", "2025-02-01", DATE_ORDER_MDY},
                 {"01/02/2025 10:30", "2025-02-01", DATE_ORDER_DMY},
                 {"29/02/2024", "2024-02-29", DATE_ORDER_DMY},
                 {"29/02/2025", "", DATE_ORDER_DMY},
                 {"12/01", "", DATE_ORDER_DMY},
                 {"31012025", "2025-01-31", DATE_ORDER_DMY},
                 {"123456789", "", DATE_ORDER_DMY},
                 {"", "", DATE_ORDER_DMY}};
    (void)state;
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        int64_t hundredths = 0;
        bool is_amount =
            statement_amount(&(struct statement_cell){CELL_TEXT, amounts[i].text}, amounts[i].decimal, &hundredths);
        assert_int_equal(is_amount ? hundredths : -1, amounts[i].hundredths);
    }
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        char date[16];
        int32_t day;
        assert_int_equal(statement_date(&(struct statement_cell){CELL_TEXT, dates[i].text}, dates[i].order, date, &day),
                         dates[i].date[0] != '\0');
        assert_string_equal(date, dates[i].date);
    }
    int32_t day;
    assert_true(statement_day("1970-01-01", &day) == false);
    assert_true(statement_day("2000-03-01", &day));
    assert_int_equal(day, 11017);
}

/* A credit is no amount of its row if the debit beside it cannot be read. */
static void test_credits_beside_debits(void **state) {
    static const struct {
        const char *credit, *debit;
        int64_t hundredths; /* 0: the row has no amount */
    } rows[] = {{"100,00", "", 10000},
                {"", "25,50", -2550},
                {"100,00", "0,00", 10000},
                {"100,00", "-", 10000},
                {"100,00", "Bs.", 10000},
                {"-", "25,50", -2550},
                {"100,00", "99999999999999999", 0},
                {"99999999999999999", "25,50", 0},
                {"100,00", "25,50 de 7", 0},
                {"12/05", "25,50", 0},
                {"100,00", "2.305.843.009.213,70", 0},
                {"", "", 0},
                {"pendiente", "-", 0}};
    const struct statement_columns columns = {.places = {[COLUMN_DATE] = 0,
                                                         [COLUMN_CREDIT] = 1,
                                                         [COLUMN_DEBIT] = 2,
                                                         [COLUMN_AMOUNT] = -1,
                                                         [COLUMN_SIGN] = -1,
                                                         [COLUMN_REFERENCE] = -1,
                                                         [COLUMN_DESCRIPTION] = -1},
                                              .decimal = ',',
                                              .order = DATE_ORDER_DMY};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct statement_cell cells[] = {
            {CELL_TEXT, "01/02/2025"}, {CELL_TEXT, rows[i].credit}, {CELL_TEXT, rows[i].debit}};
        struct movement movement;
        statement_movement(&columns, cells, 3, &movement);
        assert_int_equal(movement.problem, rows[i].hundredths == 0 ? MOVEMENT_NO_AMOUNT : MOVEMENT_WELL);
        assert_int_equal(movement.hundredths, rows[i].hundredths);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),     cmocka_unit_test(test_encodings), cmocka_unit_test(test_workbook),
        cmocka_unit_test(test_refusals), cmocka_unit_test(test_values),    cmocka_unit_test(test_credits_beside_debits),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
