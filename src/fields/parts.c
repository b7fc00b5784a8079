/*
 * parts.c - the taxes and means of payment of a sale: the fields and sums that follow from their rows.
 */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "fields/record.h"
#include "fields/sales/part_rows.h"
#include "fields/sales/tax_table.h"
#include "fields/search.h"

static const double ROWS_RAW = 0.8; /* the manual score of rows whose sums nothing confirms yet */

static void part_write(const struct part *part, enum value_type type, struct buffer *value) {
    char amount[MONEY_TEXT_BYTES], base[MONEY_TEXT_BYTES] = "";
    money_text(part->cents, amount);
    if (part->base != NULL) {
        money_text(part->base_cents, base);
    }
    buffer_text(value, value->used_bytes == 0 ? "" : "\n");
    buffer_append(value, part->name, part->name_bytes);
    if (type == VALUE_TAXES) {
        buffer_format(value, "\t%s\t%s\t%s", part->rate, base, amount);
    } else {
        buffer_format(value, "\t%s", amount);
    }
}

/* The place, reading and inputs that a field has from its rows. */
static void rows_tell(const struct search *search, const struct part_list *list, struct record_field *field) {
    struct lince_box box = list->parts[0].box;
    double read = 1;
    for (size_t i = 0; i < list->count; i++) {
        box = box_around(box, list->parts[i].box);
        const struct candidate *amount = list->parts[i].amount;
        assert(amount != NULL); /* each row has one */
        read = fmin(read, amount->words_confidence);
    }
    field->reading = read;
    field->raw = ROWS_RAW * read;
    field->box = sheet_box_on_page(&search->sheet, box);
    field->page_line = search->sheet.lines[search->sheet.segments[list->parts[0].segment].line].page_line;
    confidence_inputs(search, list->parts[0].amount, field->inputs);
    field->inputs[DOUBT_READING] = fmin(1, 5 * (1 - read));
}

static bool rows_fill(struct arena *arena, const struct search *search, const struct field_rule *rule,
                      const struct part_list *list, struct record *record) {
    struct record_field *field = &record->fields[record->field_count];
    struct buffer value;
    if (list->count == 0) {
        return true;
    }
    buffer_init(&value, arena->meter);
    for (size_t i = 0; i < list->count; i++) {
        part_write(&list->parts[i], rule->type, &value);
    }
    const char *text = value.refused ? NULL : arena_copy_text(arena, value.bytes, value.used_bytes);
    buffer_free(&value);
    *field = (struct record_field){
        .name = rule->name, .type = rule->type, .value = text, .text = text, .found_by = FOUND_ROW};
    rows_tell(search, list, field);
    record->field_count += text != NULL;
    return text != NULL;
}

/*
 * The amount of a field that has one value for all rows: that of the only row, or the sum of several, which no row
 * prints. `field_count` may grow by one.
 */
static bool sum_fill(struct arena *arena, const struct search *search, const char *name, const struct part_list *list,
                     struct record *record) {
    size_t index = layout_field_find(search->layout, name);
    char text[MONEY_TEXT_BYTES];
    if (list->count == 0 || index == search->layout->field_count) {
        return true;
    }
    money_text(parts_sum(list), text);
    const struct record_field *found = record_find(record, name);
    if (found != NULL && strcmp(found->value, text) == 0) {
        return true;
    }
    const struct candidate *only = list->count == 1 ? list->parts[0].amount : NULL;
    size_t at = found == NULL ? record->field_count : (size_t)(found - record->fields);
    record->fields[at] = (struct record_field){
        .name = search->layout->fields[index].name,
        .type = VALUE_MONEY,
        .value = arena_copy_text(arena, text, strlen(text)),
        .text = only == NULL ? "" : arena_copy_text(arena, only->text, only->text_bytes),
        .found_by = only == NULL ? FOUND_SUM : FOUND_ROW,
    };
    rows_tell(search, list, &record->fields[at]);
    record->field_count += found == NULL;
    return record->fields[at].value != NULL && record->fields[at].text != NULL;
}

/* ---- the whole ---- */

static void sums_note(const struct part_list *taxes, struct part_sums *sums) {
    sums->taxes = parts_sum(taxes);
    sums->bases = 0;
    for (size_t i = 0; i < taxes->count; i++) {
        const struct part *part = &taxes->parts[i];
        sums->rate_differs = sums->rate_differs || part->differs;
        sums->bases = part->base == NULL || sums->bases == PART_NONE ? PART_NONE : sums->bases + part->base_cents;
    }
}

/* The rows of the field of this name, cleared of what does not count. */
static bool list_make(const struct search *search, const char *name, const char *own, struct part_list *list) {
    size_t index = layout_field_find(search->layout, name);
    list->count = 0;
    if (index == search->layout->field_count || !value_type_has_rows(search->layout->fields[index].type)) {
        return true;
    }
    if (!parts_find(search, index, list)) {
        return false;
    }
    parts_drop_taken(search, list, own);
    return true;
}

static bool lists_fill(struct arena *arena, const struct search *search, struct part_list lists[3],
                       struct record *record) {
    static const char *const names[] = {"taxes", "withheld", "payments"};
    bool good = true;
    for (size_t i = 0; i < 3 && good; i++) {
        size_t index = layout_field_find(search->layout, names[i]);
        good = lists[i].count == 0 || rows_fill(arena, search, &search->layout->fields[index], &lists[i], record);
    }
    good = good && sum_fill(arena, search, "tax", &lists[0], record);
    bool wanted = (lists[2].count > 1 || record_find(record, "paid") == NULL) && check_payments_agree(record);
    return good && (!wanted || sum_fill(arena, search, "paid", &lists[2], record));
}

bool parts_fill(struct arena *arena, const struct search *search, struct record *record) {
    struct part_list *lists = arena_allocate_zero(search->arena, 3, sizeof *lists);
    struct part_list *taxes = lists, *withheld = lists + 1, *payments = lists + 2;
    record->sums = (struct part_sums){PART_NONE, PART_NONE, PART_NONE, PART_NONE, false};
    if (lists == NULL || !list_make(search, "taxes", "tax", taxes) || !list_make(search, "withheld", "tax", withheld) ||
        !list_make(search, "payments", "paid", payments)) {
        return false;
    }
    parts_drop_withheld(taxes, withheld);
    parts_drop_numbers(search, taxes);
    parts_drop_repeats(search, taxes);
    parts_drop_repeats(search, withheld);
    parts_drop_repeats(search, payments);
    if (!tax_table_take(search, layout_field_find(search->layout, "taxes"), taxes)) {
        return false;
    }
    parts_drop_early(search, payments);
    parts_find_bases(search, taxes);
    parts_find_bases(search, withheld);
    if (taxes->count > 0) {
        sums_note(taxes, &record->sums);
    }
    if (withheld->count > 0) {
        record->sums.withheld = parts_sum(withheld);
    }
    if (payments->count > 0) {
        record->sums.payments = parts_sum(payments);
    }
    return lists_fill(arena, search, lists, record);
}
