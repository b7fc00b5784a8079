/* rate_evidence.c - rates of a country's tax. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fields/evidence/evidence.h"
#include "fields/layouts/phrase.h"
#include "fields/values/scan.h"

static const double RATE_WEIGHT = 0.9;
static const double RATE_ERROR = 0.01; /* rates are compared to a tenth */

/* The first percentage behind a byte of a line; negative if there is none. */
static double percentage_behind(const struct sheet_line *line, size_t at) {
    for (; at < line->bytes; at++) {
        size_t whole = scan_digits(line->text, line->bytes, at), end = at + whole;
        if (whole == 0 || whole > 2) {
            at += whole;
            continue;
        }
        bool parted = end + 1 < line->bytes && strchr(".,", line->text[end]) != NULL;
        size_t fraction = parted ? scan_digits(line->text, line->bytes, end + 1) : 0, behind = end;
        behind += fraction > 0 ? fraction + 1 : 0;
        behind += scan_spaces(line->text, line->bytes, behind, 1);
        if (behind < line->bytes && line->text[behind] == '%') {
            return (double)strtol(line->text + at, NULL, 10) + (fraction > 0 ? (line->text[end + 1] - '0') / 10.0 : 0);
        }
        at = end;
    }
    return -1;
}

/* Whether the line names the tax; gives the byte behind it. */
static bool tax_named(const struct sheet_line *line, const struct country *country, size_t *behind) {
    size_t count = strcspn(country->words[WORDS_TAX], "|");
    for (size_t at = 0; at + count <= line->fold.count && count > 0; at++) {
        bool ends = at + count == line->fold.count || fold_word_ends(&line->fold, at + count);
        if (ends && fold_word_starts(&line->fold, at) &&
            memcmp(line->fold.plain + at, country->words[WORDS_TAX], count) == 0) {
            *behind = line->fold.to[at + count - 1];
            return true;
        }
    }
    return false;
}

/* A tax printed with a rate of the country is evidence for it, with another rate against it. */
void rate_evidence_look(struct evidence *evidence, size_t line_index, size_t country_index) {
    const struct sheet_line *line = &evidence->sheet->lines[line_index];
    const struct country *country = &evidence->set->countries[country_index];
    size_t behind = 0;
    double rate =
        country->tax_rate_count > 0 && tax_named(line, country, &behind) ? percentage_behind(line, behind) : -1;
    double *tally = &evidence->tallies[country_index].rates;
    for (size_t i = 0; i < country->tax_rate_count && rate > 0; i++) {
        if (fabs(country->tax_rates[i] - rate) < RATE_ERROR) {
            char text[EVIDENCE_BYTES];
            int bytes = snprintf(text, sizeof text, "%g", rate);
            if (*tally <= 0) {
                evidence_note(evidence, country_index, "rate", text, (size_t)bytes);
            }
            *tally = RATE_WEIGHT;
            return;
        }
    }
    *tally = rate > 0 && *tally == 0 ? -RATE_WEIGHT : *tally;
}

/* A rate is no evidence for a country whose currency has none of the signs that the page shows. */
void rate_evidence_settle(struct evidence *evidence) {
    bool signed_page = false;
    for (size_t i = 0; i < evidence->set->count && i < COUNTRIES_MOST; i++) {
        signed_page = signed_page || evidence->tallies[i].signs > 0;
    }
    for (size_t i = 0; i < evidence->set->count && i < COUNTRIES_MOST && signed_page; i++) {
        struct tally *tally = &evidence->tallies[i];
        tally->rates = tally->signs > 0 ? tally->rates : fmin(tally->rates, 0);
    }
}
