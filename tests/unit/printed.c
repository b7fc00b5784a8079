/* printed.c - small pages of receipts written by hand, and the records that come out of them. */
#include "printed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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
    *page = (struct record_page){lines, count, 540, 1100};
    return count;
}

void printed_extract(const struct piece *pieces, struct record *record) {
    struct lince_line lines[PIECES_MOST];
    struct record_page page;
    arena_clear(&printed.arena);
    printed_page(pieces, lines, &page);
    assert_int_equal(record_extract(&printed.arena, &printed.set, NULL, 0, &page, record, NULL), LINCE_OK);
}

const char *printed_value(const struct record *record, const char *name) {
    const struct record_field *field = record_find(record, name);
    return field == NULL ? "" : field->value;
}

bool printed_has_reason(const struct record *record, const char *code, const char *field) {
    for (size_t i = 0; i < record->reason_count; i++) {
        if (strcmp(record->reasons[i].code, code) == 0 && strcmp(record->reasons[i].field, field) == 0) {
            return true;
        }
    }
    return false;
}
