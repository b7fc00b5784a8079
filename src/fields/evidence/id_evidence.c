/* id_evidence.c - ids of persons and firms. */
#include <string.h>

#include "fields/evidence/evidence.h"
#include "fields/sheet/row_piece.h"
#include "fields/values/value.h"

static const double ID_WEIGHT = 0.8, RIGHT_ID_WEIGHT = 1.6, NAMED_ID_WEIGHT = 0.4, NAME_WEIGHT = 0.2;
/* The least quality of an id that is evidence. */
static const double SURE_QUALITY = 0.7;

enum { TELLING_LETTERS = 11 };

/* Whether the name ends before the folded character. */
static bool ends_with_name(const struct fold *fold, size_t at, const char *name) {
    size_t bytes = strlen(name);
    return bytes > 0 && at >= bytes && memcmp(fold->plain + at - bytes, name, bytes) == 0;
}

/* Whether the name of its kind is right before it: "C.C.: 33.384.998", or in the piece left of it. */
static bool is_named(const struct evidence *evidence, size_t line, const struct find *find) {
    const struct fold *fold = &evidence->sheet->lines[line].fold;
    const char *name = find->kind == NULL ? "" : find->kind;
    size_t at = 0;
    while (at < fold->count && fold->from[at] < find->from) {
        at++;
    }
    if (ends_with_name(fold, at, name)) {
        return true;
    }
    const struct segment *label = row_piece_sides(evidence->sheet, row_piece_from(evidence->sheet, line, at)).left;
    return label != NULL && ends_with_name(&evidence->sheet->lines[label->line].fold, label->fold_to, name);
}

/* "1.218.374" is a person's number in Argentina and in Colombia, and an amount anywhere. */
static bool is_like_amount(const struct locale *locale, const struct sheet_line *line, const struct find *find) {
    struct find amounts[4];
    size_t count = find->checked == 0 ? money_find(locale, line->text, line->bytes, amounts, 4) : 0;
    for (size_t i = 0; i < count; i++) {
        if (amounts[i].from <= find->from && amounts[i].to >= find->to) {
            return true;
        }
    }
    return false;
}

void id_evidence_look(struct evidence *evidence, size_t line_index, size_t country_index) {
    const struct sheet_line *line = &evidence->sheet->lines[line_index];
    const struct country *country = &evidence->set->countries[country_index];
    struct locale locale = {.set = evidence->set, .country = country};
    struct find finds[4];
    size_t count = id_find(&locale, line->text, line->bytes, finds, 4);
    for (size_t i = 0; i < count; i++) {
        bool sure = finds[i].repairs == 0 && finds[i].quality > SURE_QUALITY;
        bool named = is_named(evidence, line_index, &finds[i]);
        bool counts = !finds[i].bare && sure &&
                      finds[i].checked >= 0 && /* letters of a reference may look like an id */
                      (named || !is_like_amount(&locale, line, &finds[i]));
        bool right =
            finds[i].checked > 0 && sure && strlen(finds[i].value) >= TELLING_LETTERS; /* its check digit is evidence */
        bool misread = named && finds[i].repairs == 0 && finds[i].checked < 0; /* or misprinted: one digit of it */
        double weight = counts && finds[i].checked > 0 ? RIGHT_ID_WEIGHT
                        : counts && named              ? ID_WEIGHT + NAME_WEIGHT
                        : counts || right              ? ID_WEIGHT
                        : misread                      ? NAMED_ID_WEIGHT
                                                       : 0;
        if (weight > 0 && evidence->tallies[country_index].ids < EVIDENCE_MOST_OF_A_KIND) {
            evidence->tallies[country_index].ids += weight;
            evidence_note(evidence, country_index, "id", finds[i].kind == NULL ? "" : finds[i].kind,
                          finds[i].kind == NULL ? 0 : strlen(finds[i].kind));
        }
    }
}
