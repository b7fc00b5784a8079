/* sign_evidence.c - currency signs beside numbers. */
#include <string.h>

#include "fields/evidence/evidence.h"
#include "fields/sheet/row_piece.h"
#include "fields/values/scan.h"

/* A sign that few countries share; less with a foreign decimal. */
static const double FEW_SHARE_WEIGHT = 0.8, LOSS_OTHER_DECIMAL = 0.2, GAIN_DECIMALS = 0.15;

/* How much a sign says for its country: "Bs" is Venezuela's and Bolivia's, "$" that of twenty countries. */
static double sign_weight(const struct country_set *set, const struct currency_sign *sign) {
    const struct currency_sign *first = sign, *end = set->signs + set->sign_count;
    size_t others = 0; /* countries whose own currency has this sign too */
    while (first > set->signs && strcmp(first[-1].text, sign->text) == 0) {
        first--;
    }
    for (; first < end && strcmp(first->text, sign->text) == 0; first++) {
        bool own = strcmp(first->code, set->countries[first->country].currency) == 0;
        others += own && strcmp(first->code, sign->code) != 0;
    }
    return !sign->shared ? EVIDENCE_SIGN_WEIGHT : others > 1 ? EVIDENCE_SHARED_SIGN_WEIGHT : FEW_SHARE_WEIGHT;
}

/* Whether the number at a byte has two decimals behind the mark: "Bs 50.00" is unusual in Venezuela. */
static bool has_decimals(const struct sheet_line *line, size_t at, char mark) {
    size_t end = at;
    while (end < line->bytes && (scan_is_digit(line->text[end]) || strchr(".,", line->text[end]) != NULL)) {
        end++;
    }
    end -= end > at && !scan_is_digit(line->text[end - 1]) ? 1 : 0;
    return end > at + 3 && line->text[end - 3] == mark && scan_digits(line->text, line->bytes, end - 2) == 2;
}

/* What the decimals of the number at a byte say: "Q 450.00" is an amount, "Q 4" may be anything. */
static double decimals_weight(const struct currency_sign *sign, const struct country *country,
                              const struct sheet_line *line, size_t at) {
    bool letter = scan_is_letter(sign->text[0]) && !scan_is_letter(sign->text[1]);
    if (has_decimals(line, at, country->decimal_comma ? '.' : ',')) {
        return -LOSS_OTHER_DECIMAL;
    }
    return letter && has_decimals(line, at, country->decimal_comma ? ',' : '.') ? GAIN_DECIMALS : 0;
}

static const struct segment *piece_ending(const struct sheet *sheet, size_t line, size_t end) {
    for (size_t i = 0; i < sheet->segment_count; i++) {
        if (sheet->segments[i].line == line && sheet->segments[i].to == end) {
            return &sheet->segments[i];
        }
    }
    return NULL;
}

/* Whether a piece ends with the sign, and the next one on its row begins with a number: "TOTAL C$ | 1,375.00". */
static bool is_column(const struct sheet *sheet, size_t line, size_t end) {
    const struct segment *next = row_piece_sides(sheet, piece_ending(sheet, line, end)).right;
    return next != NULL && scan_is_digit(sheet->lines[next->line].text[next->from]);
}

/* Whether a number ends right before the byte, or a space before it. */
static bool is_after_number(const struct sheet_line *line, size_t at) {
    return (at > 0 && scan_is_digit(line->text[at - 1])) ||
           (at > 1 && line->text[at - 1] == ' ' && scan_is_digit(line->text[at - 2]));
}

/* Counts the sign at a byte if a number is beside it: the line's, or that of the next piece. */
static void sign_at(struct evidence *evidence, size_t index, size_t at, const struct currency_sign *sign) {
    const struct sheet_line *line = &evidence->sheet->lines[index];
    const struct country *country = &evidence->set->countries[sign->country];
    struct tally *tally = &evidence->tallies[sign->country];
    size_t end = at + sign->bytes, behind = end + (end < line->bytes && strchr(".:", line->text[end]) != NULL);
    behind += scan_spaces(line->text, line->bytes, behind, 1);
    bool before = behind < line->bytes && scan_is_digit(line->text[behind]);
    bool ends = end >= line->bytes || !scan_is_letter(line->text[end]);
    bool letter = sign->bytes == 1 && scan_is_letter(sign->text[0]); /* "41,12 L" are litres */
    double weight = sign_weight(evidence->set, sign) + (before ? decimals_weight(sign, country, line, behind) : 0);
    tally->decimals |= before && !country->decimal_comma && has_decimals(line, behind, '.');
    if (tally->signs >= weight ||
        (!before && (letter || !((ends && is_after_number(line, at)) || is_column(evidence->sheet, index, end))))) {
        return;
    }
    tally->signs = weight;
    if (!sign->shared) {
        evidence_note(evidence, sign->country, "sign", sign->text, sign->bytes);
    }
}

void sign_evidence_look(struct evidence *evidence, size_t line_index) {
    const struct sheet_line *line = &evidence->sheet->lines[line_index];
    const struct country_set *set = evidence->set;
    for (size_t at = 0; at < line->bytes; at++) {
        char first = scan_lower(line->text[at]);
        bool start = scan_starts_token(line->text, at) || (scan_is_digit(line->text[at - 1]) && !scan_is_digit(first));
        for (size_t i = 0; start && i < set->sign_count; i++) {
            const struct currency_sign *sign = &set->signs[i];
            if (sign->text[0] == first && !sign->misread &&
                strcmp(sign->code, set->countries[sign->country].currency) == 0 &&
                scan_word(line->text, line->bytes, at, sign->text)) {
                sign_at(evidence, line_index, at, sign);
            }
        }
    }
}

/* Whether the currency is the country's own: its code begins with that of the country. */
static bool is_own_currency(const struct country *country) {
    return country->currency != NULL && strncmp(country->currency, country->code, 2) == 0;
}

/*
 * Dollars are printed beside the money of many countries: there they show none of those that have no money of their
 * own.
 */
void sign_evidence_settle(struct evidence *evidence) {
    const struct country_set *set = evidence->set;
    for (size_t i = 0; i < set->count && i < COUNTRIES_MOST; i++) {
        const struct country *country = &set->countries[i];
        bool other = false;
        for (size_t k = 0; k < set->count && k < COUNTRIES_MOST && country->currency != NULL; k++) {
            other =
                other || (is_own_currency(&set->countries[k]) && evidence->tallies[k].signs >= EVIDENCE_SIGN_WEIGHT &&
                          strcmp(set->countries[k].currency, country->currency) != 0);
        }
        double *signs = &evidence->tallies[i].signs;
        *signs = other && !is_own_currency(country) && *signs > EVIDENCE_SHARED_SIGN_WEIGHT
                     ? EVIDENCE_SHARED_SIGN_WEIGHT
                     : *signs;
    }
}
