/* check.c - what makes a record doubtful: missing key fields, low confidence, values that contradict each other. */
#include <stdlib.h>
#include <string.h>

#include "fields/layouts/pattern.h"
#include "fields/record.h"

/* A key field given with less than this needs a person's eye. */
static const double doubt_below = 0.8;

static void reason_add(struct record *record, const char *code, const char *field) {
    if (record->reason_count < RECORD_REASONS_MOST) {
        record->reasons[record->reason_count++] = (struct record_reason){code, field};
    }
}

/* In hundredths; -1 for what is no amount. */
static long long cents(const struct record_field *field) {
    return field != NULL && field->type == VALUE_MONEY ? money_hundredths(field->value) : -1;
}

static long long cents_or_none(const struct record *record, const char *name) {
    long long value = cents(record_find(record, name));
    return value < 0 ? 0 : value;
}

/* Do the parts of a sale make its total, with the tax inside of the subtotal or on top of it? */
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

/*
 * Arithmetic is evidence: parts that make the total halve what is doubted of it; others are told, for a sum that is not
 * right is a wrong amount, or one that was not found.
 */
static void sale_check(struct record *record) {
    static const double CONTRADICTED_FACTOR = 0.9;
    struct record_field *total = NULL;
    for (size_t i = 0; i < record->field_count; i++) {
        total = strcmp(record->fields[i].name, "total") == 0 ? &record->fields[i] : total;
    }
    long long value = cents(total), subtotal = cents(record_find(record, "subtotal"));
    long long tax = cents(record_find(record, "tax"));
    if (value < 0 || record_find(record, "monto") != NULL) {
        return;
    }
    if (subtotal >= 0 && tax >= 0 && tax <= value) {
        bool agree = parts_agree(record, subtotal, value);
        total->raw = agree ? 1 - (1 - total->raw) / 2 : total->raw * CONTRADICTED_FACTOR;
        total->confidence = confidence_calibrate(total->raw);
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
        reason_add(record, "sum", doubted);
    }
    if (amount == 0) {
        reason_add(record, "zero", "monto");
    }
    sale_check(record);
}

static void field_check(struct record *record, const struct field_rule *rule, const struct country *country) {
    struct record_field *field = NULL;
    for (size_t i = 0; i < record->field_count; i++) {
        field = strcmp(record->fields[i].name, rule->name) == 0 ? &record->fields[i] : field;
    }
    if (field == NULL) {
        if (rule->required) {
            reason_add(record, "missing", rule->name);
        }
        return;
    }
    if (rule->hidden) {
        return;
    }
    if (rule->pattern != NULL &&
        pattern_search(rule->pattern, field->value, strlen(field->value), NULL, NULL) != PATTERN_YES) {
        field->rejected_by_pattern = true;
        reason_add(record, "pattern", rule->name);
    }
    if (rule->type == VALUE_BANK && country_bank_name(country, field->value) == NULL) {
        reason_add(record, "bank", rule->name);
    }
    if (field->two_readings) {
        reason_add(record, "two_readings", rule->name);
    }
    if (rule->required && field->confidence < doubt_below) {
        reason_add(record, "doubtful", rule->name);
    }
}

void record_check(struct record *record, const struct layout *layout, const struct country *country) {
    amounts_check(record); /* first: what adds up is doubted less */
    for (size_t i = 0; i < layout->field_count; i++) {
        field_check(record, &layout->fields[i], country);
    }
}
