/* currency_fill.c - the currency of a record, which follows from its amount, its labels, its page or its country. */
#include <string.h>

#include "fields/result/field_fill.h"
#include "fields/result/record_fill.h"

/* A currency printed with the amount, printed elsewhere on the page, or usual in the country. */
static const double CURRENCY_PRINTED = 0.97, CURRENCY_OF_PAGE = 0.88, CURRENCY_USUAL = 0.8;

/* Whether an amount is asked beside the label. */
static bool is_of_amount(const struct search *search, const struct label *label) {
    return label->kind != PHRASE_FIELD || search->layout->fields[label->field].type == VALUE_MONEY;
}

/* The currency written in a label: "Monto (Bs)"; NULL for none. */
static const char *labelled_currency(const struct search *search) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        const struct segment *segment = &search->sheet.segments[label->segment];
        const char *text = search->sheet.lines[label->line].text;
        const char *code;
        for (size_t at = label->from; at < segment->to && is_of_amount(search, label); at++) {
            if (strchr(" (", text[at]) != NULL && at + 1 < segment->to &&
                money_currency_match(&search->locale, text + at + 1, segment->to - at - 1, &code) > 0 &&
                code[0] != '\0') {
                return code;
            }
        }
    }
    return NULL;
}

/*
 * The currency printed with the amount, in a label, or with any amount of the page; otherwise the layout's, or that of
 * the page's country. NULL if nothing shows it: several currencies share a sign.
 */
static const char *currency_of(const struct search *search, const struct candidate *money, enum found_by *how) {
    *how = FOUND_AMOUNT;
    if (money != NULL && money->find.currency[0] != '\0') {
        return money->find.currency;
    }
    bool open_sign = money != NULL && money->find.open_sign;
    const char *labelled = open_sign ? NULL : labelled_currency(search);
    *how = FOUND_PAGE;
    if (labelled != NULL) {
        return labelled;
    }
    for (size_t i = 0; i < search->candidate_count && !open_sign; i++) {
        if (search->candidates[i].type == VALUE_MONEY && search->candidates[i].find.currency[0] != '\0') {
            return search->candidates[i].find.currency;
        }
    }
    *how = FOUND_DEFAULT;
    if (search->layout->currency != NULL) {
        return search->layout->currency;
    }
    *how = FOUND_COUNTRY;
    return open_sign ? NULL : search->locale.country->currency;
}

bool currency_fill(struct arena *arena, const struct search *search, size_t index, struct record *record) {
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct field_rule *rule = &search->layout->fields[i];
        const struct candidate *money = search_chosen(search, i);
        if (rule->type != VALUE_MONEY || rule->hidden || money == NULL || !rule->required) {
            continue;
        }
        enum found_by how;
        const char *code = currency_of(search, money, &how);
        if (code == NULL) {
            return true;
        }
        struct record_field *field = &record->fields[record->field_count++];
        double raw = how == FOUND_AMOUNT ? CURRENCY_PRINTED : how == FOUND_PAGE ? CURRENCY_OF_PAGE : CURRENCY_USUAL;
        *field = (struct record_field){
            .name = search->layout->fields[index].name,
            .type = VALUE_CURRENCY,
            .value = code,
            .raw = raw,
            .found_by = how,
        };
        bool filled = field_fill(arena, search, money, field);
        bool own = how == FOUND_AMOUNT && !money->find.shared_sign; /* "R$" needs no other evidence */
        field->inputs[DOUBT_LONE_SIGN] = search->where.by_sign_alone && !own;
        field->inputs[DOUBT_COUNTRY] = own ? 0 : 1 - search->where.confidence;
        return filled;
    }
    return true;
}
