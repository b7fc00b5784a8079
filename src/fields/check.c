/* check.c - what makes a record doubtful: missing key fields, low confidence, values that contradict each other. */
#include <stdlib.h>
#include <string.h>

#include "fields/layouts/pattern.h"
#include "fields/record.h"
#include "fields/search.h"

static void reason_add(struct record *record, const char *code, const char *field) {
    if (record->reason_count < RECORD_REASONS_MOST) {
        record->reasons[record->reason_count++] = (struct record_reason){code, field};
    }
}

/* In hundredths; -1 if it is no amount. */
static long long cents(const struct record_field *field) {
    return field != NULL && field->type == VALUE_MONEY ? money_hundredths(field->value) : -1;
}

static long long cents_or_none(const struct record *record, const char *name) {
    long long value = cents(record_find(record, name));
    return value < 0 ? 0 : value;
}

/* Whether the parts of a sale make its total, with the tax inside the subtotal or added to it. */
static bool parts_agree(const struct record *record, long long subtotal, long long total) {
    enum { COINS_HUNDREDTHS = 10 };
    long long tax = cents_or_none(record, "tax"),
              more = cents_or_none(record, "tip") + cents_or_none(record, "service");
    long long discount = cents_or_none(record, "discount");
    const long long sums[] = {subtotal,
                              subtotal + tax,
                              subtotal - discount,
                              subtotal + tax - discount,
                              subtotal + tax + more,
                              subtotal + more,
                              subtotal + tax + more - discount};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        if (llabs(sums[i] - total) <= COINS_HUNDREDTHS) {
            return true;
        }
    }
    return false;
}

/* record_find, to change the field. */
static struct record_field *field_of(struct record *record, const char *name) {
    const struct record_field *found = record_find(record, name);
    return found == NULL ? NULL : &record->fields[found - record->fields];
}

/* Adds the evidence of the amounts to one field's confidence. */
static void sum_tell(struct record *record, const char *name, bool agrees) {
    struct record_field *field = field_of(record, name);
    if (field != NULL) {
        field->inputs[agrees ? DOUBT_SUM_RIGHT : DOUBT_SUM_WRONG] = 1;
    }
}

/*
 * Arithmetic is evidence: parts that make the total support each other. If they do not, a reason says so, because an
 * amount is wrong or was not found.
 */
static void sale_check(struct record *record) {
    static const char *const parts[] = {"total", "subtotal", "tax"};
    const struct record_field *total = record_find(record, "total");
    long long value = cents(total), subtotal = cents(record_find(record, "subtotal"));
    long long tax = cents(record_find(record, "tax"));
    if (value < 0 || record_find(record, "monto") != NULL) {
        return;
    }
    if (subtotal >= 0 && tax >= 0 && tax <= value) {
        bool agree = parts_agree(record, subtotal, value);
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            sum_tell(record, parts[i], agree);
        }
        if (!agree) {
            reason_add(record, "sum", "total");
        }
    }
}

static void amounts_check(struct record *record) {
    long long amount = cents(record_find(record, "monto")), fee = cents(record_find(record, "comision"));
    long long total = cents(record_find(record, "total"));
    const char *doubted = amounts_contradict(amount, fee, total, cents(record_find(record, "tax")));
    if (doubted != NULL) {
        sum_tell(record, doubted, false);
        reason_add(record, "sum", doubted);
    }
    if (amount == 0) {
        reason_add(record, "zero", "monto");
    }
    sale_check(record);
}

/* Whether a value matches its field's pattern, if there is one. */
static bool pattern_fits(const struct field_rule *rule, const struct record_field *field) {
    return rule->pattern == NULL ||
           pattern_search(rule->pattern, field->value, strlen(field->value), NULL, NULL) == PATTERN_YES;
}

/* Whether the record has an amount that needs a currency. */
static bool has_amount(const struct record *record, const struct layout *layout) {
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field_rule *rule = &layout->fields[i];
        if (rule->type == VALUE_MONEY && rule->required && record_find(record, rule->name) != NULL) {
            return true;
        }
    }
    return false;
}

/* A missing key field; an amount without its currency; a label whose value was not found. */
static void absence_check(struct record *record, const struct search *search, size_t index) {
    const struct field_rule *rule = &search->layout->fields[index];
    bool matters = search->doubt->review[doubt_kind_of(rule->type, rule->required)] > 0;
    bool open = rule->type == VALUE_CURRENCY && has_amount(record, search->layout);
    if (rule->required || (matters && open)) {
        reason_add(record, "missing", rule->name);
    } else if (matters && unread_has_label(search, index)) {
        reason_add(record, "unread", rule->name);
    }
}

static void field_check(struct record *record, const struct search *search, size_t index) {
    const struct field_rule *rule = &search->layout->fields[index];
    const struct country *country = search->locale.country;
    struct record_field *field = field_of(record, rule->name);
    if (field == NULL) {
        absence_check(record, search, index);
        return;
    }
    if (rule->hidden) {
        return;
    }
    if (!pattern_fits(rule, field)) {
        field->rejected_by_pattern = true;
        field->inputs[DOUBT_PATTERN] = 1;
        reason_add(record, "pattern", rule->name);
    }
    confidence_fill(search->doubt, search->layout, field); /* all inputs are known now */
    if (rule->type == VALUE_BANK && country_bank_name(country, field->value) == NULL) {
        reason_add(record, "bank", rule->name);
    }
    if (field->two_readings) {
        reason_add(record, "two_readings", rule->name);
    }
    if (field->confidence < search->doubt->review[doubt_kind_of(rule->type, rule->required)]) {
        reason_add(record, "doubtful", rule->name);
    }
}

void record_check(struct record *record, const struct search *search) {
    amounts_check(record); /* first: amounts that add up are doubted less */
    for (size_t i = 0; i < search->layout->field_count; i++) {
        field_check(record, search, i);
    }
}
