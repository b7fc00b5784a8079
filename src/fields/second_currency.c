/*
 * second_currency.c - the exchange rate of a page, and its amount in a second currency: "Tasa BCV 36,50",
 * "Total Bs 376,00", "Total USD 10,30". Nothing is computed: both amounts are printed.
 */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "fields/record.h"
#include "fields/result/field_fill.h"
#include "fields/search.h"
#include "fields/values/scan.h"

/* Rates are printed with few decimals, and sums with two: the share of the amount by which they may differ. */
static const double RATE_ERROR = 0.006;
/* The manual score of an amount that the rate confirms. */
static const double RAW_RATED = 0.9;

enum { NUMBER_BYTES = 24, GROUP_DIGITS = 3, FRACTION_MOST = 8 };

/* The names of what belongs together, in layouts of sales and of payments. */
static const struct names {
    const char *amount, *currency, *rate, *second, *second_currency;
} sets[] = {
    {"total", "currency", "exchange_rate", "second_total", "second_currency"},
    {"monto", "moneda", "tasa_cambio", "segundo_monto", "segunda_moneda"},
};

bool second_currency_is_field(const char *name) {
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        if (strcmp(name, sets[i].second_currency) == 0) {
            return true;
        }
    }
    return false;
}

/* The number at a byte, with a point for its decimal sign. Gives the bytes it takes, 0 for none. */
static size_t number_read(const struct locale *locale, const char *text, size_t bytes, char value[NUMBER_BYTES]) {
    size_t end = 0, last = 0, signs = 0;
    while (end < bytes && (scan_is_digit(text[end]) ||
                           (strchr(".,", text[end]) != NULL && end + 1 < bytes && scan_is_digit(text[end + 1])))) {
        signs += !scan_is_digit(text[end]);
        last = scan_is_digit(text[end]) ? last : end;
        end++;
    }
    if (end == 0 || end + 1 >= NUMBER_BYTES) {
        return 0;
    }
    size_t fraction = signs > 0 ? end - last - 1 : 0;
    bool grouped = signs > 0 && fraction == GROUP_DIGITS &&
                   text[last] != (locale->country->decimal_comma ? ',' : '.'); /* "4.012" */
    size_t used = 0;
    for (size_t i = 0; i < end; i++) {
        if (scan_is_digit(text[i])) {
            value[used++] = text[i];
        } else if (i == last && !grouped) {
            value[used++] = '.';
        }
    }
    value[used] = '\0';
    return fraction <= FRACTION_MOST ? end : 0;
}

bool second_currency_rate_read(const struct locale *locale, const char *text, char value[VALUE_BYTES]) {
    const char *equals = strrchr(text, '=');
    const char *from = equals != NULL ? equals + 1 : text;
    size_t bytes = strlen(from);
    for (size_t at = 0; at < bytes; at++) {
        char number[NUMBER_BYTES];
        if (!scan_is_digit(from[at])) {
            continue;
        }
        size_t taken = number_read(locale, from + at, bytes - at, number);
        bool other = taken > 0 && at + taken < bytes && strchr("%/-:", from[at + taken]) != NULL &&
                     at + taken + 1 < bytes && scan_is_digit(from[at + taken + 1]); /* a date, a time */
        if (taken == 0 || other || (at + taken < bytes && from[at + taken] == '%') || strtod(number, NULL) <= 0) {
            return false;
        }
        snprintf(value, VALUE_BYTES, "%s", number);
        return true;
    }
    return false;
}

static bool agrees(double amount, double other, double rate) {
    double most = RATE_ERROR * amount;
    return fabs(other * rate - amount) <= most || fabs(other / rate - amount) <= most;
}

/*
 * Whether the row of an amount says that it is one in another currency: "REF 10,30", "Total $ 10,30". The words are
 * prefixes, "ref" of "refresco" too: only amounts that the rate makes of the page's own come here.
 */
static bool row_tells(const struct search *search, const struct candidate *amount) {
    const struct said *words = locale_said(&search->locale, SAID_CURRENCY_WORDS);
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        const struct fold *fold = &search->sheet.lines[segment->line].fold;
        if (box_same_row(segment->box, amount->first_box) < ROW_SURE_SHARE) {
            continue;
        }
        for (size_t at = segment->fold_from; at < segment->fold_to; at++) {
            if (fold_word_starts(fold, at) &&
                said_begin(words, fold->plain + at, fold->count - at, SAID_OWN_CASE) > 0) {
                return true;
            }
        }
    }
    return false;
}

/* The amount in another currency that the rate makes of the page's own; NULL if none is printed. */
static const struct candidate *rated_find(const struct search *search, const struct record_field *amount,
                                          const struct record_field *currency, double rate) {
    double own = strtod(amount->value, NULL);
    for (size_t i = 0; i < search->candidate_count && own > 0 && rate > 0; i++) {
        const struct candidate *candidate = &search->candidates[i];
        double other = strtod(candidate->find.value, NULL);
        bool same = currency != NULL && strcmp(candidate->find.currency, currency->value) == 0;
        if (candidate->type == VALUE_MONEY && candidate->extent_count == 1 && !candidate->bystander && !same &&
            other > 0 && agrees(own, other, rate) &&
            (candidate->find.currency[0] != '\0' || row_tells(search, candidate))) {
            return candidate;
        }
    }
    return NULL;
}

/* The currency that the words of a label name: "Total USD", "TOTAL REF US$"; "" if they name none. */
static const char *label_currency(const struct search *search, size_t at) {
    const struct field_options *options = &search->options[at];
    size_t index = options->options[search->choice[at]].label;
    if (index == LABELS_MOST) {
        return "";
    }
    const struct label *label = &search->labels[index];
    const char *text = search->sheet.lines[label->line].text, *code = NULL;
    for (size_t from = label->from; from < label->to && code == NULL; from++) {
        if (scan_starts_token(text, from) &&
            money_currency_match(&search->locale, text + from, label->to - from, &code) == 0) {
            code = NULL;
        }
    }
    return code == NULL ? "" : code;
}

static bool amount_fill(struct arena *arena, const struct search *search, const char *name,
                        const struct candidate *candidate, enum value_type type, const char *value,
                        struct record *record) {
    assert(record->fields != NULL); /* with room for both */
    struct record_field *field = &record->fields[record->field_count];
    *field = (struct record_field){
        .name = search->layout->fields[layout_field_find(search->layout, name)].name,
        .type = type,
        .value = value,
        .raw = RAW_RATED,
        .found_by = type == VALUE_CURRENCY ? FOUND_AMOUNT : FOUND_SUM,
    };
    bool filled = field_fill(arena, search, candidate, field);
    record->field_count += filled;
    return filled;
}

static void field_remove(struct record *record, struct record_field *field) {
    size_t at = (size_t)(field - record->fields);
    record->field_count--;
    memmove(field, field + 1, (record->field_count - at) * sizeof *field);
}

bool second_currency_fill(struct arena *arena, const struct search *search, struct record *record) {
    const struct names *names = sets;
    while (names < sets + sizeof sets / sizeof *sets &&
           layout_field_find(search->layout, names->second) == search->layout->field_count) {
        names++;
    }
    if (names == sets + sizeof sets / sizeof *sets) {
        return true;
    }
    const struct record_field *amount = record_find(record, names->amount),
                              *currency = record_find(record, names->currency),
                              *rate = record_find(record, names->rate);
    struct record_field *second = record_field_of(record, names->second);
    size_t index = layout_field_find(search->layout, names->second);
    const struct candidate *candidate = second == NULL ? NULL : search_chosen(search, index);
    if (second != NULL && candidate == NULL) {
        return true; /* the layout's default */
    }
    if (second != NULL) { /* found beside a label of its own */
        const char *code = candidate->find.currency;
        bool other = code[0] != '\0' && (currency == NULL || strcmp(code, currency->value) != 0);
        bool rated = rate != NULL && amount != NULL &&
                     agrees(strtod(amount->value, NULL), strtod(second->value, NULL), strtod(rate->value, NULL));
        if (amount == NULL || (!other && !rated)) {
            field_remove(record, second);
            candidate = NULL;
        }
    }
    bool labelled = candidate != NULL;
    if (candidate == NULL && amount != NULL && rate != NULL) {
        candidate = rated_find(search, amount, currency, strtod(rate->value, NULL));
        if (candidate != NULL &&
            !amount_fill(arena, search, names->second, candidate, VALUE_MONEY, candidate->find.value, record)) {
            return false;
        }
    }
    const char *code = candidate == NULL ? "" : candidate->find.currency;
    if (labelled && code[0] == '\0') {
        code = label_currency(search, index);
        code = currency != NULL && strcmp(code, currency->value) == 0 ? "" : code;
    }
    bool shown =
        code[0] != '\0' && layout_field_find(search->layout, names->second_currency) < search->layout->field_count;
    return !shown || amount_fill(arena, search, names->second_currency, candidate, VALUE_CURRENCY, code, record);
}
