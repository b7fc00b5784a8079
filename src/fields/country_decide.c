/* country_decide.c - the country of a page, from the evidence of its lines. */
#include <math.h>
#include <string.h>

#include "fields/evidence/evidence.h"
#include "fields/values/scan.h"

/* The least weight of a country, and its least lead over the next one. */
static const double LEAST_WEIGHT = 0.9, LEAST_LEAD = 0.35;
/* The doubt about a verdict without a second country. */
static const double SINGLE_DOUBT = 0.2;
/*
 * What such a weight says, as a logarithm of odds; the least share by all evidence of a country that its own shows;
 * that of one that only usual words single out.
 */
static const double SURE_TIMES = 3, LEAST_SHARE = 0.2, LIKELY_SHARE = 0.7;

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

/* Whether the currency of the country is printed: its usual words alone show none. */
static bool has_sign(const struct evidence *evidence, size_t index) {
    return evidence->tallies[index].signs > 0;
}

/*
 * The share of each country by all evidence, and the most likely one: words that are usual in a country decide where
 * what is sure of itself does not.
 */
static size_t shares_fill(const struct evidence *evidence, double shares[COUNTRIES_MOST]) {
    const struct country_set *set = evidence->set;
    size_t best = 0;
    double most = -HUGE_VAL, sum = 0;
    for (size_t i = 0; i < set->count && i < COUNTRIES_MOST; i++) {
        double sure = &set->countries[i] == set->unknown ? 0 : weight_of(&evidence->tallies[i]);
        shares[i] = SURE_TIMES * sure + usual_evidence_weight(evidence, i);
        best = shares[i] > most ? i : best;
        most = fmax(most, shares[i]);
    }
    for (size_t i = 0; i < set->count && i < COUNTRIES_MOST; i++) {
        shares[i] = exp(shares[i] - most);
        sum += shares[i];
    }
    for (size_t i = 0; i < set->count && i < COUNTRIES_MOST; i++) {
        shares[i] /= sum;
    }
    return best;
}

static void country_take(struct evidence *evidence, size_t index, double confidence, struct country_verdict *verdict) {
    verdict->country = &evidence->set->countries[index];
    verdict->confidence = confidence;
    verdict->shown |= UINT64_C(1) << index;
    for (size_t i = 0; i < evidence->note_count && verdict->evidence_count < EVIDENCE_MOST; i++) {
        if (evidence->notes[i].country == index) {
            memcpy(verdict->evidence[verdict->evidence_count++], evidence->notes[i].text, EVIDENCE_BYTES);
        }
    }
}

static void shown_fill(const struct evidence *evidence, struct country_verdict *verdict) {
    for (size_t i = 0; i < evidence->set->count && i < COUNTRIES_MOST; i++) {
        const struct tally *tally = &evidence->tallies[i];
        bool shown = weight_of(tally) > tally->signs || tally->decimals;
        verdict->shown |= shown ? UINT64_C(1) << i : 0;
    }
}

static void verdict_fill(struct evidence *evidence, struct country_verdict *verdict) {
    const struct country_set *set = evidence->set;
    double shares[COUNTRIES_MOST] = {0};
    size_t best = 0, likely = shares_fill(evidence, shares);
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
    shown_fill(evidence, verdict);
    bool sure = most >= LEAST_WEIGHT && most - second >= LEAST_LEAD;
    if (sure && shares[best] >= LEAST_SHARE) {
        verdict->by_sign_alone = weight_of(&evidence->tallies[best]) == evidence->tallies[best].signs;
        country_take(evidence, best, most / (most + second + SINGLE_DOUBT / most), verdict);
    } else if (!sure && shares[likely] > LIKELY_SHARE && has_sign(evidence, likely)) {
        usual_evidence_note(evidence, likely);
        verdict->by_usual_words = true;
        country_take(evidence, likely, shares[likely], verdict);
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
        usual_evidence_look(&evidence, i);
        sign_evidence_look(&evidence, i);
        if (has_digits(&sheet->lines[i], 1)) {
            numbers_look(&evidence, i);
        }
    }
    sign_evidence_settle(&evidence);
    rate_evidence_settle(&evidence);
    verdict_fill(&evidence, verdict);
}
