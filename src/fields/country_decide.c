/* country_decide.c - the country of a page, from the evidence of its lines. */
#include <math.h>
#include <string.h>

#include "fields/evidence/evidence.h"
#include "fields/values/scan.h"

/* The least weight of a country, and its least lead over the next one. */
static const double LEAST_WEIGHT = 0.9, LEAST_LEAD = 0.35;
/* The doubt about a verdict without a second country. */
static const double SINGLE_DOUBT = 0.2;

enum { ID_DIGITS = 6, POSTAL_DIGITS = 4 };

static bool has_digits(const struct sheet_line *line, size_t least) {
    size_t digits = 0;
    for (size_t i = 0; i < line->bytes && digits < least; i++) {
        digits += scan_is_digit(line->text[i]);
    }
    return digits >= least;
}

static double weight_of(const struct tally *tally) {
    return tally->words + fmin(tally->banks, EVIDENCE_MOST_OF_A_KIND) + tally->signs + tally->phones +
           fmin(tally->ids, EVIDENCE_MOST_OF_A_KIND) + tally->rates + tally->postal;
}

static void verdict_fill(const struct evidence *evidence, struct country_verdict *verdict) {
    const struct country_set *set = evidence->set;
    size_t best = 0;
    double most = 0, second = 0;
    for (size_t i = 0; i < set->count && i < COUNTRIES_MOST; i++) {
        double weight = &set->countries[i] == set->unknown ? 0 : weight_of(&evidence->tallies[i]);
        if (weight > most) {
            second = most;
            most = weight;
            best = i;
        } else if (weight > second) {
            second = weight;
        }
    }
    for (size_t i = 0; i < set->count && i < COUNTRIES_MOST; i++) {
        const struct tally *tally = &evidence->tallies[i];
        bool shown = weight_of(tally) > tally->signs || tally->decimals;
        verdict->shown |= shown ? UINT64_C(1) << i : 0;
    }
    if (most < LEAST_WEIGHT || most - second < LEAST_LEAD) {
        return;
    }
    verdict->country = &set->countries[best];
    verdict->by_sign_alone = weight_of(&evidence->tallies[best]) == evidence->tallies[best].signs;
    verdict->confidence = most / (most + second + SINGLE_DOUBT / most);
    for (size_t i = 0; i < evidence->note_count && verdict->evidence_count < EVIDENCE_MOST; i++) {
        if (evidence->notes[i].country == best) {
            memcpy(verdict->evidence[verdict->evidence_count++], evidence->notes[i].text, EVIDENCE_BYTES);
        }
    }
}

/* The evidence of one line that has digits. */
static void numbers_look(struct evidence *evidence, size_t index) {
    const struct country_set *set = evidence->set;
    const struct sheet_line *line = &evidence->sheet->lines[index];
    bool has_rate = memchr(line->text, '%', line->bytes) != NULL;
    bool has_code = has_digits(line, POSTAL_DIGITS), has_id = has_digits(line, ID_DIGITS);
    for (size_t i = 0; i < set->count && i < COUNTRIES_MOST; i++) {
        if (has_rate) {
            rate_evidence_look(evidence, index, i);
        }
        if (has_code) {
            contact_evidence_postal(evidence, index, i);
        }
        if (has_id && &set->countries[i] != set->unknown) {
            contact_evidence_phones(evidence, index, i);
            id_evidence_look(evidence, index, i);
        }
    }
}

void country_decide(const struct country_set *set, const struct sheet *sheet, const struct extent *written,
                    size_t written_count, struct country_verdict *verdict) {
    struct evidence evidence = {.set = set, .sheet = sheet, .written = written, .written_count = written_count};
    *verdict = (struct country_verdict){0};
    for (size_t i = 0; i < sheet->line_count; i++) {
        if (sheet->lines[i].chrome) {
            continue;
        }
        word_evidence_look(&evidence, i);
        sign_evidence_look(&evidence, i);
        if (has_digits(&sheet->lines[i], 1)) {
            numbers_look(&evidence, i);
        }
    }
    sign_evidence_settle(&evidence);
    rate_evidence_settle(&evidence);
    verdict_fill(&evidence, verdict);
}
