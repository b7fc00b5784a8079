/* page_enough.c - counts what the assignment found, and how. */
#include "fields/pages/page_enough.h"

/* So many values beside their labels make up for words that say little. */
enum { LABELLED_MANY = 3 };
/* Words that say this surely what a page is need no value. */
static const double SURE = 0.8;
/* The confidence that a page is none of the kinds, if some words, not enough of them, are of one. */
static const double WORDLESS = 0.7;
/* Words of a sentence that only begin like a label reach less. */
static const double CHOSEN_LEAST = 0.45;

static const struct option *choice_of(const struct search *search, size_t field) {
    return search->choice[field] == OPTIONS_MOST ? NULL : &search->options[field].options[search->choice[field]];
}

/* The choice for a field, unless it is a word of a sentence that only begins like its label. */
static const struct option *chosen(const struct search *search, size_t field) {
    const struct option *option = choice_of(search, field);
    return option != NULL && option->place * option->label_quality > CHOSEN_LEAST ? option : NULL;
}

size_t page_labelled_count(const struct search *search) {
    size_t count = 0;
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct option *option = chosen(search, i);
        count += option != NULL && !search->layout->fields[i].hidden && option->label != LABELS_MOST;
    }
    return count;
}

/* The choice for the first visible field of the type that is required, or, if `any`, of any such field. */
static const struct option *chosen_of(const struct search *search, enum value_type type, bool any) {
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct field_rule *rule = &search->layout->fields[i];
        const struct option *option = choice_of(search, i);
        if (rule->type == type && !rule->hidden && (any || rule->required) && option != NULL) {
            return option;
        }
    }
    return NULL;
}

/* Values that will be given, the hidden ones and those of little score left out. */
static size_t values_count(const struct search *search) {
    size_t count = 0;
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct option *option = chosen(search, i);
        count += option != NULL && !search->layout->fields[i].hidden;
    }
    return count;
}

static bool is_labelled(const struct option *option) {
    return option != NULL && option->label != LABELS_MOST;
}

/* Whether the amount has a sign and is no part of a sentence: "25,00 €", "Entregaste Bs. 100,00". */
static bool stands_out(const struct search *search, const struct option *amount) {
    const struct candidate *candidate = &search->candidates[amount->candidate];
    return find_has_sign(&candidate->find) && !search->sheet.segments[candidate->segment].running;
}

bool page_enough(const struct search *search) {
    const struct option *amount = chosen_of(search, VALUE_MONEY, false);
    size_t labelled = page_labelled_count(search);
    bool number = chosen_of(search, VALUE_REFERENCE, true) != NULL;
    if (search->what.group == GROUP_NONE) {
        bool words = search->what.confidence < WORDLESS; /* "Bizum": too little to decide, but something */
        return labelled + words >= LABELLED_LEAST && amount != NULL &&
               (is_labelled(amount) || number || stands_out(search, amount));
    }
    if (search->what.group == GROUP_SALE) {
        return amount != NULL || chosen_of(search, VALUE_ID, true) != NULL || labelled >= LABELLED_MANY ||
               search->what.confidence > SURE;
    }
    if (amount == NULL) {
        return number || labelled >= LABELLED_MANY;
    }
    enum page_kind kind = search->what.kind; /* words that say what became of a payment say that it is one */
    bool said = kind == KIND_NOTIFICATION || kind == KIND_PAYMENT_REQUESTED || kind == KIND_PAYMENT_FAILED;
    return said || labelled > 0 || values_count(search) > 1;
}

bool page_core(const struct search *search) {
    return is_labelled(chosen_of(search, VALUE_MONEY, false)) &&
           (chosen_of(search, VALUE_REFERENCE, true) != NULL || chosen_of(search, VALUE_ID, true) != NULL);
}
