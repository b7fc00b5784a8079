/* items.c - the items of a shop receipt: rows that end with an amount, given only if they add up. */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "fields/record.h"
#include "fields/sales/item_rows.h"
#include "fields/sales/item_write.h"
#include "fields/search.h"

/* Of items that add up to the total; their doubt grows this many times faster than that of their words. */
static const double RAW_SUM = 0.8, DOUBT_STEEPNESS = 5.0;

enum { ROUNDING_CENTS = 5 };

static bool is_near(long long sum, const struct record *record, const char *name, long long change) {
    const struct record_field *field = record_find(record, name);
    return field != NULL && llabs(sum + change - money_hundredths(field->value)) <= ROUNDING_CENTS;
}

static long long cents_if_any(const struct record *record, const char *name) {
    const struct record_field *field = record_find(record, name);
    return field == NULL ? 0 : money_hundredths(field->value);
}

static bool all_have_words(const struct item *items, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (items[i].bytes == 0) {
            return false;
        }
    }
    return true;
}

/* Whether the items add up to the total or the subtotal, before or after tax and discount. */
static bool sum_is_right(const struct record *record, const struct item *items, size_t count) {
    long long sum = 0, tax = cents_if_any(record, "tax"), discount = cents_if_any(record, "discount");
    for (size_t i = 0; i < count; i++) {
        sum += items[i].cents;
    }
    return count > 0 && (is_near(sum, record, "total", 0) || is_near(sum, record, "subtotal", 0) ||
                         is_near(sum, record, "total", tax) || is_near(sum, record, "total", -discount) ||
                         is_near(sum, record, "subtotal", -discount) || is_near(sum, record, "total", tax - discount));
}

static bool field_write(struct arena *arena, const struct search *search, const struct item *items, size_t count,
                        const struct field_rule *rule, struct record *record) {
    struct record_field *field = &record->fields[record->field_count];
    struct lince_box box = items[0].box;
    struct buffer value;
    double read = 1;
    buffer_init(&value, arena->meter);
    for (size_t i = 0; i < count; i++) {
        item_write(&items[i], search->locale.country->decimal_comma, &value);
        box = box_around(box, items[i].box);
        read = fmin(read, items[i].amount->confidence);
    }
    const char *text = value.refused ? NULL : arena_copy_text(arena, value.bytes, value.used_bytes);
    buffer_free(&value);
    *field = (struct record_field){
        .name = rule->name,
        .type = rule->type,
        .value = text,
        .text = text,
        .raw = RAW_SUM * read, /* the amounts add up; the words were not checked */
        .reading = read,
        .box = sheet_box_on_page(&search->sheet, box),
        .page_line = search->sheet.lines[items[0].amount->extents[0].line].page_line,
        .found_by = FOUND_SUM,
    };
    confidence_inputs(search, NULL, field->inputs);
    field->inputs[DOUBT_READING] = fmin(1, DOUBT_STEEPNESS * (1 - read));
    record->field_count += text != NULL;
    return text != NULL;
}

bool items_fill(struct arena *arena, const struct search *search, const struct field_rule *rule,
                struct record *record) {
    struct item *items = arena_allocate_zero(search->arena, ITEMS_MOST, sizeof *items);
    size_t count;
    if (items == NULL || !item_rows_read(search, items, &count)) {
        return false;
    }
    bool is_whole = all_have_words(items, count) && sum_is_right(record, items, count);
    return !is_whole || field_write(arena, search, items, count, rule, record);
}
