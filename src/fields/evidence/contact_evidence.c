/* contact_evidence.c - phones and postal codes. */
#include <string.h>

#include "fields/countries/postal.h"
#include "fields/evidence/evidence.h"
#include "fields/values/value.h"

static const double PHONE_WEIGHT = 1.2, CODED_PHONE_WEIGHT = 2, POSTAL_WEIGHT = 1.4;

void contact_evidence_phones(struct evidence *evidence, size_t line_index, size_t country_index) {
    const struct sheet_line *line = &evidence->sheet->lines[line_index];
    const struct country *country = &evidence->set->countries[country_index];
    struct locale locale = {.set = evidence->set, .country = country};
    struct find finds[4];
    size_t count = country->phone.digits == 0 || evidence->tallies[country_index].phones >= CODED_PHONE_WEIGHT
                       ? 0
                       : phone_find(&locale, line->text, line->bytes, finds, 4);
    for (size_t i = 0; i < count; i++) {
        const char *code = country->phone.code, *printed = line->text + finds[i].from;
        bool coded = printed[0] == '+' && strncmp(printed + 1, code, strlen(code)) == 0;
        double weight = coded ? CODED_PHONE_WEIGHT : finds[i].bare || finds[i].repairs > 0 ? 0 : PHONE_WEIGHT;
        if (weight > evidence->tallies[country_index].phones) {
            evidence->tallies[country_index].phones = weight;
            evidence_note(evidence, country_index, "phone", finds[i].value, strlen(finds[i].value));
        }
    }
}

void contact_evidence_postal(struct evidence *evidence, size_t line_index, size_t country_index) {
    const struct sheet_line *line = &evidence->sheet->lines[line_index];
    size_t from = 0, to = 0;
    double *tally = &evidence->tallies[country_index].postal;
    if (*tally <= 0 && postal_find(&evidence->set->countries[country_index], line->text, line->bytes, &from, &to)) {
        *tally = POSTAL_WEIGHT;
        evidence_note(evidence, country_index, "postal", line->text + from, to - from);
    }
}
