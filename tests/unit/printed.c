/* printed.c - small pages of receipts written by hand, and their records. */
#include "printed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/json_memory.h"

struct printed printed;

int printed_open(void **state) {
    (void)state;
    meter_init(&printed.meter, NULL, "test", METER_NO_LIMIT);
    json_memory_install(&printed.meter);
    arena_init(&printed.arena, &printed.meter, 4096);
    return layout_set_open(&printed.meter, NULL, &printed.set, NULL) == LINCE_OK ? 0 : -1;
}

int printed_close(void **state) {
    (void)state;
    arena_clear(&printed.arena);
    layout_set_close(&printed.set);
    assert_int_equal(printed.meter.current_bytes, 0);
    return 0;
}

size_t printed_page(const struct piece *pieces, struct lince_line *lines, struct record_page *page) {
    size_t count = 0;
    for (; pieces[count].text != NULL; count++) {
        const struct piece *piece = &pieces[count];
        double y1 = piece->y0 + ROW_PX;
        lines[count] = (struct lince_line){
            .text = piece->text,
            .confidence = 0.99,
            .box = {piece->x0, piece->y0, piece->x1, y1},
            .quad = {{piece->x0, piece->y0}, {piece->x1, piece->y0}, {piece->x1, y1}, {piece->x0, y1}},
        };
    }
    *page = (struct record_page){.lines = lines, .line_count = count, .width_px = 540, .height_px = 1100};
    return count;
}

void printed_extract(const struct piece *pieces, struct record *record) {
    struct lince_line lines[PIECES_MOST];
    struct record_page page;
    arena_clear(&printed.arena);
    printed_page(pieces, lines, &page);
    assert_int_equal(record_extract(&printed.arena, &printed.set, NULL, 0, &page, record, NULL), LINCE_OK);
}

enum { ROWS_BYTES = 8192, CHARACTER_PX = 10, EDGE_PX = 20, PITCH_PX = 40, CLOSE_PX = 27, COLUMNS_PITCH_PX = 32 };

static struct lince_line row_line(const char *text, double x0, double y0, double height) {
    double width = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        width += ((unsigned char)text[i] & 0xC0) != 0x80 ? CHARACTER_PX * height / ROW_PX : 0;
    }
    x0 = x0 == -1 ? (540 - width) / 2 : x0 == -2 ? 540 - EDGE_PX - width : x0;
    return (struct lince_line){
        .text = text,
        .confidence = 0.99,
        .box = {x0, y0, x0 + width, y0 + height},
        .quad = {{x0, y0}, {x0 + width, y0}, {x0 + width, y0 + height}, {x0, y0 + height}},
    };
}

void printed_rows(const char *text, struct record *record) {
    static char copy[ROWS_BYTES];
    struct lince_line lines[PIECES_MOST];
    size_t count = 0;
    double y = 60;
    assert_true(strlen(text) < sizeof copy);
    memcpy(copy, text, strlen(text) + 1);
    for (char *row = copy; row != NULL && count + 2 < PIECES_MOST;) {
        char *end = strchr(row, '\n'), *value;
        if (end != NULL) {
            *end = '\0';
        }
        bool large = row[0] == '^', centred = large || row[0] == '=', close = row[0] == '+';
        double height = large ? 2 * ROW_PX : ROW_PX;
        y -= close ? PITCH_PX - CLOSE_PX : 0;
        row += close ? 1 : 0;
        centred = centred || row[0] == '=';
        row += centred ? 1 : 0;
        value = strchr(row, '\t');
        if (value != NULL) {
            *value++ = '\0';
            lines[count++] = row_line(value, -2, y, height);
        }
        if (row[0] != '\0') {
            lines[count++] = row_line(row, centred ? -1 : EDGE_PX, y, height);
        }
        y += row[0] == '\0' && value == NULL ? ROW_PX : PITCH_PX + height - ROW_PX;
        row = end == NULL ? NULL : end + 1;
    }
    struct record_page page = {
        .lines = lines, .line_count = count, .width_px = 540, .height_px = y < 1100 ? 1100 : y + 60};
    arena_clear(&printed.arena);
    assert_int_equal(record_extract(&printed.arena, &printed.set, NULL, 0, &page, record, NULL), LINCE_OK);
}

void printed_rows_with(const char *page, const char *text, struct record *record) {
    char whole[ROWS_BYTES];
    const char *place = strstr(page, "%s");
    assert_non_null(place);
    snprintf(whole, sizeof whole, "%.*s%s%s", (int)(place - page), page, text, place + 2);
    printed_rows(whole, record);
}

/* Parts a row at two blanks or more, and lays its pieces out. Returns how many there are. */
static size_t pieces_lay(char *row, double y, struct lince_line *lines, size_t most) {
    size_t count = 0, column = 0;
    for (char *at = row; *at != '\0' && count < most;) {
        char *end = strstr(at, "  ");
        size_t bytes = end == NULL ? strlen(at) : (size_t)(end - at);
        if (*at == ' ') {
            at++;
            column++;
            continue;
        }
        for (size_t i = 0; i < bytes; i++) {
            column += ((unsigned char)at[i] & 0xC0) != 0x80;
        }
        char *next = at + bytes + (end != NULL);
        at[bytes] = '\0';
        lines[count] = row_line(at, 0, y, ROW_PX);
        double width = lines[count].box.x1;
        lines[count++] = row_line(at, EDGE_PX + CHARACTER_PX * (double)column - width, y, ROW_PX);
        column += end != NULL;
        at = next;
    }
    return count;
}

void printed_columns(const char *text, struct record *record) {
    static char copy[ROWS_BYTES];
    struct lince_line lines[2 * PIECES_MOST];
    size_t count = 0;
    double y = 60, right = 0;
    assert_true(strlen(text) < sizeof copy);
    memcpy(copy, text, strlen(text) + 1);
    for (char *row = copy; row != NULL;) {
        char *end = strchr(row, '\n');
        if (end != NULL) {
            *end = '\0';
        }
        count += pieces_lay(row, y, lines + count, sizeof lines / sizeof *lines - count);
        y += COLUMNS_PITCH_PX;
        row = end == NULL ? NULL : end + 1;
    }
    for (size_t i = 0; i < count; i++) {
        right = lines[i].box.x1 > right ? lines[i].box.x1 : right;
    }
    struct record_page page = {.lines = lines, .line_count = count, .width_px = right + EDGE_PX, .height_px = y + 60};
    arena_clear(&printed.arena);
    assert_int_equal(record_extract(&printed.arena, &printed.set, NULL, 0, &page, record, NULL), LINCE_OK);
}

const char *printed_value(const struct record *record, const char *name) {
    const struct record_field *field = record_find(record, name);
    return field == NULL ? "" : field->value;
}

void printed_expect(const struct record *record, const char *what, size_t index, const struct printed_wanted *wanted,
                    size_t most) {
    for (size_t i = 0; i < most && wanted[i].name != NULL; i++) {
        const char *given = printed_value(record, wanted[i].name);
        if (strcmp(given, wanted[i].value) != 0) {
            fail_msg("%s %zu: %s is \"%s\" instead of \"%s\"", what, index, wanted[i].name, given, wanted[i].value);
        }
    }
}

void printed_check(const struct printed_case *cases, size_t count, const char *what) {
    for (size_t i = 0; i < count; i++) {
        struct record record;
        printed_columns(cases[i].page, &record);
        printed_expect(&record, what, i, cases[i].wanted, PRINTED_FIELDS_MOST);
    }
}

bool printed_has_reason(const struct record *record, enum review_reason reason, const char *field) {
    for (size_t i = 0; i < record->reason_count; i++) {
        if (record->reasons[i].reason == reason && strcmp(record->reasons[i].field, field) == 0) {
            return true;
        }
    }
    return false;
}
