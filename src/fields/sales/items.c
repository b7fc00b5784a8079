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

static long long cents_if_any(const struct record *record, const char *name) {
    const struct record_field *field = record_find(record, name);
    return field == NULL ? 0 : money_hundredths(field->value);
}

static bool is_near(long long sum, long long wanted) {
    return wanted > 0 && llabs(sum - wanted) <= ROUNDING_CENTS;
}

/* Whether the sum is the total or the subtotal, before or after tax, discount, tip and service. */
static bool sum_is_right(const struct record *record, long long sum) {
    long long tax = cents_if_any(record, "tax"), discount = cents_if_any(record, "discount");
    long long rounding = cents_if_any(record, "rounding"), served = cents_if_any(record, "tip");
    served += cents_if_any(record, "service");
    long long extras[] = {0, served, rounding, -rounding};
    long long total = cents_if_any(record, "total"), subtotal = cents_if_any(record, "subtotal");
    long long withheld = record->sums.withheld > 0 ? record->sums.withheld : 0;
    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++) {
        long long net = total - extras[i];
        if (is_near(sum, net) || is_near(sum, net - tax) || is_near(sum, net + discount) ||
            is_near(sum, net - tax + discount) || (withheld > 0 && is_near(sum, net - tax + withheld))) {
            return true;
        }
    }
    return is_near(sum, subtotal) || is_near(sum, subtotal + discount);
}

/* Whether the row can be one of a run's. `colons`: also behind a colon. */
static bool is_item(const struct item *item, bool colons) {
    return item->bytes > 0 && !item->is_told && (colons || !item->is_colon);
}

/* A single row is an item if it has the form of one. */
static bool is_enough(const struct item *items, size_t count, bool colons) {
    return count > 1 || (!colons && (!items->is_bare || items->has_cells || items->shape.is_whole));
}

/*
 * The first of the longest runs of rows with words that add up. Rows before it are no items by their form; a row of
 * zero neither begins nor lengthens one.
 */
static bool run_find(const struct record *record, const struct item *items, size_t count, bool colons, size_t *first,
                     size_t *end) {
    size_t starts = 0; /* a run may begin at the first row, and behind rows that may be no items */
    while (starts < count && (items[starts].is_apart || items[starts].cents == 0)) {
        starts++;
    }
    *first = *end = 0;
    for (size_t from = 0; from <= starts && from < count; from++) {
        long long sum = 0;
        for (size_t to = from; to < count && is_item(&items[to], colons) && items[from].cents != 0; to++) {
            sum += items[to].cents;
            if (to + 1 - from > *end - *first && items[to].cents != 0 && sum_is_right(record, sum) &&
                is_enough(items + from, to + 1 - from, colons)) {
                *first = from;
                *end = to + 1;
            }
        }
    }
    return *end > *first;
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
    size_t count, first, end;
    if (items == NULL) {
        return false;
    }
    for (int tries = 0; tries < 3; tries++) { /* the rows between head and amounts, all above the total, with colons */
        if (!item_rows_read(search, tries == 1, items, &count)) {
            return false;
        }
        if (run_find(record, items, count, tries == 2, &first, &end)) {
            return field_write(arena, search, items + first, end - first, rule, record);
        }
    }
    return true;
}
