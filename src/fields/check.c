/* check.c - what makes a record doubtful: missing key fields, low confidence, values that contradict each other. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "fields/layouts/pattern.h"
#include "fields/record.h"
#include "fields/result/page_doubt.h"
#include "fields/sales/signed_receipt.h"
#include "fields/search.h"

static void reason_add(struct record *record, enum review_reason reason, const char *field) {
    if (record->reason_count < RECORD_REASONS_MOST) {
        record->reasons[record->reason_count++] = (struct record_reason){reason, field};
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

/* Tills round to coins; no tax is more than half of what is paid. */
enum { COINS_HUNDREDTHS = 10, TAX_DIVISOR_LEAST = 2 };

/*
 * Whether a sum and some of the parts make the total: taxes may be inside it or added, as may what was withheld, a
 * discount, a tip, the service and the rounding.
 */
static bool parts_make(const long long *parts, size_t count, long long sum, long long total) {
    for (unsigned chosen = 0; chosen < 1u << count; chosen++) {
        long long value = sum;
        for (size_t i = 0; i < count; i++) {
            value += (chosen >> i & 1) != 0 ? parts[i] : 0;
        }
        if (llabs(value - total) <= COINS_HUNDREDTHS) {
            return true;
        }
    }
    return false;
}

/* Whether the parts of a sale make its total, from its subtotal or from the bases of its taxes. */
static bool parts_agree(const struct record *record, long long subtotal, long long total) {
    const struct part_sums *sums = &record->sums;
    long long tax = sums->taxes > 0 ? sums->taxes : cents_or_none(record, "tax"),
              exempt = cents_or_none(record, "exempt");
    const long long parts[] = {tax,
                               -(sums->withheld > 0 ? sums->withheld : 0),
                               -cents_or_none(record, "discount"),
                               cents_or_none(record, "tip"),
                               cents_or_none(record, "service"),
                               cents_or_none(record, "rounding"),
                               -cents_or_none(record, "rounding"),
                               exempt};
    size_t count = sizeof parts / sizeof *parts;
    return (subtotal >= 0 && parts_make(parts, count, subtotal, total)) ||
           (sums->bases > 0 && parts_make(parts, count, sums->bases, total));
}

bool check_payments_agree(const struct record *record) {
    long long paid = record->sums.payments, total = cents(record_find(record, "total"));
    long long change = cents_or_none(record, "change"), tip = cents_or_none(record, "tip");
    long long rest = paid - change - total;
    return paid > 0 && total > 0 && (llabs(rest) <= COINS_HUNDREDTHS || llabs(rest - tip) <= COINS_HUNDREDTHS);
}

/* Adds the evidence of the amounts to one field's confidence. */
static void sum_tell(struct record *record, const char *name, bool agrees) {
    struct record_field *field = record_field_of(record, name);
    if (field != NULL) {
        field->inputs[agrees ? DOUBT_SUM_RIGHT : DOUBT_SUM_WRONG] = 1;
    }
}

/*
 * Arithmetic is evidence: parts that make the total support each other. If they do not, a reason says so, because an
 * amount is wrong or was not found.
 */
static void sale_check(struct record *record) {
    static const char *const parts[] = {"total", "subtotal", "tax", "taxes"};
    long long value = cents(record_find(record, "total")), subtotal = cents(record_find(record, "subtotal"));
    long long tax = cents(record_find(record, "tax"));
    if (value < 0 || record_find(record, "monto") != NULL) {
        return;
    }
    bool agree = parts_agree(record, subtotal, value), is_complete = subtotal >= 0 && tax >= 0 && tax <= value;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && (is_complete || (agree && tax >= 0)); i++) {
        sum_tell(record, parts[i], agree);
    }
    if (is_complete && !agree) {
        reason_add(record, REASON_SUM, "total");
    }
    if (value > 0 && tax > value / TAX_DIVISOR_LEAST) {
        sum_tell(record, "tax", false);
        reason_add(record, REASON_SUM, "tax");
    }
}

/* A tax that is not its rate of its base; means of payment that do not make the total. */
static void rows_check(struct record *record) {
    static const char *const parts[] = {"total", "paid", "change", "payments"};
    if (record->sums.rate_differs) {
        sum_tell(record, "taxes", false);
        reason_add(record, REASON_SUM, "taxes");
    }
    if (record->sums.payments <= 0 || record_find(record, "total") == NULL) {
        return;
    }
    bool agree = check_payments_agree(record);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && agree; i++) {
        sum_tell(record, parts[i], true);
    }
    if (!agree && record_find(record, "change") != NULL) { /* without change, cash may be more than the total */
        sum_tell(record, "payments", false);
        reason_add(record, REASON_SUM, "payments");
    }
}

static void amounts_check(struct record *record) {
    long long amount = cents(record_find(record, "monto")), fee = cents(record_find(record, "comision"));
    long long total = cents(record_find(record, "total"));
    const char *doubted = amounts_contradict(amount, fee, total, cents(record_find(record, "tax")));
    if (doubted != NULL) {
        sum_tell(record, doubted, false);
        reason_add(record, REASON_SUM, doubted);
    }
    if (amount == 0) {
        reason_add(record, REASON_ZERO, "monto");
    }
    sale_check(record);
    rows_check(record);
}

/* Whether a value matches its field's pattern, if there is one. */
static bool pattern_fits(const struct field_rule *rule, const struct record_field *field) {
    return rule->pattern == NULL ||
           pattern_search(rule->pattern, field->value, strlen(field->value), NULL, NULL) == PATTERN_YES;
}

/* Whether the record has a required amount, which needs a currency. */
static bool has_amount(const struct record *record, const struct layout *layout) {
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field_rule *rule = &layout->fields[i];
        if (rule->type == VALUE_MONEY && rule->required && record_find(record, rule->name) != NULL) {
            return true;
        }
    }
    return false;
}

/*
 * Whether nothing is missing without the field: a bank's message about a purchase has no number, and its date is that
 * of its arrival; what was not paid has no number, and a request no date.
 */
static bool may_lack(const struct search *search, const struct field_rule *rule) {
    enum page_kind kind = search->what.kind;
    bool message = kind == KIND_NOTIFICATION, unpaid = kind == KIND_PAYMENT_REQUESTED;
    if (rule->type == VALUE_REFERENCE) {
        return message || unpaid || kind == KIND_PAYMENT_FAILED;
    }
    return rule->type == VALUE_DATE && (unpaid || (message && !candidates_have_date(search)));
}

/* Whether the seller's tax id must be on the page: by its country, but not on a person's signed receipt. */
static bool must_show_id(const struct search *search) {
    const struct country *country = search->where.country;
    return country != NULL && country->seller_id && !signed_receipt_is(search);
}

/* What a payment was for, and where a shop is: nobody books a wrong amount because of them. */
static bool is_aside(const struct field_rule *rule) {
    return rule->type == VALUE_ADDRESS || (rule->type == VALUE_TEXT && !rule->asked && !rule->required);
}

/*
 * Whether a payment that was made names nobody who was paid, by name, number or account. What is paid in cash at a
 * machine has a layout that does not ask for it.
 */
static bool pays_nobody(const struct record *record, const struct search *search) {
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct field_rule *rule = &search->layout->fields[i];
        if (rule->side == SIDE_DESTINATION && !rule->hidden && record_find(record, rule->name) != NULL) {
            return false;
        }
    }
    return search->what.kind == KIND_PAYMENT_MADE && !search->matched && has_amount(record, search->layout);
}

/* What is missing of a page, while its fields are checked. */
struct absence {
    bool roles[PAGE_ROLES];
    bool *asked; /* of each field: missing, but whether that matters is for the page as a whole to say */
};

/* Whether the page as a whole says if a missing field that is only asked for matters. */
static bool page_decides(const struct search *search) {
    return search->layout->generic && search->doubt->knows_pages && search->doubt->review[DOUBT_PAGE] > 0;
}

/* A missing key field; an amount without its currency; a label whose value was not found. */
static void absence_check(struct record *record, const struct search *search, size_t index, struct absence *absence) {
    const struct field_rule *rule = &search->layout->fields[index];
    bool matters = search->doubt->review[doubt_kind_of(rule->type, rule->required)] > 0;
    bool open =
        rule->type == VALUE_CURRENCY && !second_currency_is_field(rule->name) && has_amount(record, search->layout);
    bool asked = rule->asked && matters && kind_group(search->what.kind) == GROUP_SALE &&
                 search->what.kind != KIND_QUOTE && (rule->type != VALUE_ID || must_show_id(search));
    bool payee = rule->asked && rule->side == SIDE_DESTINATION && pays_nobody(record, search);
    bool needed = (rule->required && !may_lack(search, rule)) || (matters && open);
    enum page_role role = rule->hidden ? PAGE_ROLES : page_role_of(rule);
    if (role != PAGE_ROLES) {
        absence->roles[role] = needed || asked || payee;
    }
    if (needed || ((asked || payee) && !page_decides(search))) {
        reason_add(record, REASON_MISSING, rule->name);
    } else if (asked || payee) {
        absence->asked[index] = true;
    } else if (matters && !is_aside(rule) && unread_has_label(search, index)) {
        reason_add(record, REASON_UNREAD, rule->name);
    }
}

/* Whether a key field's words were read so badly that a person should look, whatever else supports the value. */
static bool is_read_badly(const struct search *search, const struct field_rule *rule,
                          const struct record_field *field) {
    static const double CAP_LEAST = 0.9;
    return page_decides(search) && page_role_of(rule) != PAGE_ROLES &&
           search->doubt->review[doubt_kind_of(rule->type, rule->required)] > 0 &&
           doubt_curve_at(&search->doubt->caps, field->reading) < CAP_LEAST;
}

static void field_check(struct record *record, const struct search *search, size_t index, struct absence *absence) {
    const struct field_rule *rule = &search->layout->fields[index];
    const struct country *country = search->locale.country;
    struct record_field *field = record_field_of(record, rule->name);
    if (field == NULL) {
        absence_check(record, search, index, absence);
        return;
    }
    if (rule->hidden) {
        return;
    }
    if (!pattern_fits(rule, field)) {
        field->rejected_by_pattern = true;
        field->inputs[DOUBT_PATTERN] = 1;
        if (!is_aside(rule) || !search->layout->generic) {
            reason_add(record, REASON_PATTERN, rule->name);
        }
    }
    confidence_fill(search->doubt, search->layout, rule->required, field); /* all inputs are known now */
    if (rule->type == VALUE_BANK && country_bank_name(country, field->value) == NULL) {
        reason_add(record, REASON_BANK, rule->name);
    }
    if (field->two_readings) {
        reason_add(record, REASON_TWO_READINGS, rule->name);
    }
    bool paid = search->what.group == GROUP_PAYMENT && rule->required && rule->type == VALUE_MONEY;
    if ((paid && search->what.contested) || is_read_badly(search, rule, field) ||
        field->confidence < search->doubt->review[doubt_kind_of(rule->type, rule->required)]) {
        reason_add(record, REASON_DOUBTFUL, rule->name);
    }
}

/* The field of a role, given or missing; NULL if the layout has none. */
static const struct field_rule *field_of_role(const struct layout *layout, enum page_role role) {
    for (size_t i = 0; i < layout->field_count; i++) {
        if (!layout->fields[i].hidden && page_role_of(&layout->fields[i]) == role) {
            return &layout->fields[i];
        }
    }
    return NULL;
}

/*
 * All values may be sure and the page still be wrong: each may be, and one may be missing. If the chance that none is
 * falls below the threshold of pages, the weakest place is named, unless another one is.
 */
static void page_check(struct record *record, const struct search *search, const struct absence *absence) {
    page_doubt_learn(search, absence->roles, record);
    bool doubted = page_decides(search) &&
                   page_doubt_chance(search->doubt, record->page_inputs) < search->doubt->review[DOUBT_PAGE];
    for (size_t i = 0; i < search->layout->field_count && (doubted || record->reason_count > 0); i++) {
        if (absence->asked[i]) {
            reason_add(record, REASON_MISSING, search->layout->fields[i].name);
        }
    }
    if (doubted && record->reason_count == 0) {
        enum page_role weakest = page_doubt_weakest(search->doubt, record->page_inputs);
        const struct field_rule *rule = field_of_role(search->layout, weakest == PAGE_ROLES ? PAGE_AMOUNT : weakest);
        bool given = rule != NULL && record_find(record, rule->name) != NULL;
        const char *name = rule != NULL ? rule->name : search->layout->fields[0].name;
        reason_add(record, given ? REASON_DOUBTFUL : REASON_MISSING, name);
    }
}

bool record_check(struct record *record, const struct search *search) {
    struct absence absence = {.asked = arena_allocate_zero(search->arena, search->layout->field_count + 1, 1)};
    if (absence.asked == NULL) {
        return false;
    }
    amounts_check(record); /* first: amounts that add up are doubted less */
    for (size_t i = 0; i < search->layout->field_count; i++) {
        field_check(record, search, i, &absence);
    }
    page_check(record, search, &absence);
    return true;
}
