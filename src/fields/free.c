/* free.c - the score of a value without a label: by its form, place and size, and by its neighbours. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "fields/search.h"

/* The least quality of a label inside a sentence that claims a value: "su saldo es Bs. 10,00". */
static const double TELLING_LABEL = 0.4;
/* Letters begin to be large at the first multiple of the page's usual height, and are fully large at the second. */
static const double LARGE_LEAST = 1.1, LARGE_MOST = 2.0;
/* In heights of a row: how far below a date its time is, below a name its id or bank, and in a list with icons. */
static const double DATE_GAP = 1.2, ID_GAP = 0.8, BANK_GAP = 0.9, LISTED_GAP = 2.0, FLUSH = 0.6;
/* Rows of such a list have letters of one size; a title is larger. */
static const double ALIKE_LEAST = 0.85, ALIKE_MOST = 1.18;
/* Scores by the layouts' rules for values without a label, all below those of a value beside its own. */
static const double SCORE_HEAD = 0.9, SCORE_ONLY_AMOUNT = 0.85, SCORE_TIME_AT_DATE = 0.8;
static const double SCORE_ANY_OF_OPERATION = 0.75, SCORE_ANY = 0.7;
static const double SCORE_BUYER = 0.8, SCORE_BRAND = 0.68, SCORE_ONLY_AMOUNT_GENERIC = 0.68,
                    SCORE_NAME_OF_AMOUNT = 0.66, SCORE_ONLY = 0.62;
static const double SCORE_NAME_ABOVE = 0.6, SCORE_OTHER_BANK = 0.5, SCORE_SIGN = 0.5, SCORE_CLOCK = 0.4;
static const double SCORE_NO_SIGN = 0.3, SCORE_LARGE = 0.3, SCORE_HEAD_NAME = 0.58, GAIN_OPERATION = 0.1;
/* A value that another label claims this strongly hardly belongs to this field; the factor of its score. */
static const double CLAIM_STRONG = 0.6, CLAIMED_FACTOR = 0.3;

/* Whether the row names the operation. */
static bool names_operation(const struct search *search, const struct segment *segment) {
    struct said said = search_said(search, SAID_OPERATIONS);
    for (size_t i = 0; i < said.count; i++) {
        if (strstr(search->sheet.lines[segment->line].fold.plain, said.texts[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static bool is_of_row(const struct search *search, const struct candidate *candidate, size_t index) {
    const struct segment *row = &search->sheet.segments[index];
    double height = box_height(candidate->first_box), gap = candidate->first_box.y0 - row->box.y1;
    bool beside = box_same_row(row->box, candidate->first_box) > ROW_SHARE;
    bool below = gap > -HALF_ROW * height && gap < height && box_shared_width(row->box, candidate->first_box) > 0;
    return index != candidate->segment && (beside || below);
}

/*
 * In an account's history, the row of the operation shows which amount, and which date below it, belong to the payment:
 * "Pago móvil enviado -10,00".
 */
bool free_operations_learn(struct search *search) {
    size_t *rows = arena_allocate(search->arena, (search->sheet.segment_count + 1) * sizeof *rows), count = 0;
    if (rows == NULL) {
        return false;
    }
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        if (names_operation(search, &search->sheet.segments[i])) {
            rows[count++] = i;
        }
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *candidate = &search->candidates[i];
        bool asked = candidate->type == VALUE_MONEY || candidate->type == VALUE_DATE;
        for (size_t k = 0; asked && k < count && !candidate->of_operation; k++) {
            candidate->of_operation = is_of_row(search, candidate, rows[k]);
        }
    }
    return true;
}

/* The best claim that a label of another meaning has on the value, 0..1. */
double free_foreign_claim(const struct search *search, size_t field, const struct candidate *candidate) {
    double best = 0;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        bool heading = label->kind == PHRASE_ORIGIN || label->kind == PHRASE_DESTINATION;
        bool title = label->kind == PHRASE_IGNORE && /* what is under a title does not belong to it */
                     (candidate->type == VALUE_BANK || candidate->type == VALUE_NAME || candidate->type == VALUE_DATE ||
                      candidate->type == VALUE_TIME);
        bool claims =
            !label->strong && label->quality >= TELLING_LABEL && /* "su saldo es Bs. 10,00", "impreso el 03/01/2024" */
            (candidate->type == VALUE_MONEY || candidate->type == VALUE_DATE || candidate->type == VALUE_TIME);
        if (heading || title || (label->kind == PHRASE_FIELD && label->field == field) || (!label->strong && !claims)) {
            continue;
        }
        unsigned places = PLACE_AFTER | (claims ? 0 : PLACE_RIGHT | PLACE_BELOW);
        if (label->kind == PHRASE_IGNORE && candidate->type == VALUE_MONEY) {
            bool own = label->quality < 1 || candidate->of_operation; /* it is under or inside a title */
            places = own ? 0 : PLACE_AFTER | PLACE_RIGHT;
        }
        if (label->kind == PHRASE_FIELD) {
            enum value_type asks = search->layout->fields[label->field].type;
            bool firm = candidate->type == VALUE_DATE || candidate->type == VALUE_TIME;
            bool printed = asks == VALUE_DATE && candidate->type == VALUE_TIME && /* the time of printing */
                           search->layout->fields[label->field].hidden;
            bool takes = asks == candidate->type || printed || (asks == VALUE_RATE && candidate->type == VALUE_MONEY) ||
                         ((asks == VALUE_TEXT || asks == VALUE_NAME) && !firm);
            bool digits = candidate->type == VALUE_REFERENCE || candidate->type == VALUE_ID;
            if (!takes && !(digits && asks == VALUE_REFERENCE)) {
                continue;
            }
        }
        enum found_by how;
        double score = place_score(search, label, candidate, places, &how);
        best = score > best ? score : best;
    }
    return best;
}

/* The size of the letters, from 0 (like most) to 1 (at least twice as large). */
static double largeness(const struct search *search, const struct candidate *candidate) {
    double ratio = box_height(candidate->first_box) / search->sheet.text_height_px;
    return ratio < LARGE_LEAST ? 0 : ratio > LARGE_MOST ? 1 : (ratio - LARGE_LEAST) / (LARGE_MOST - LARGE_LEAST);
}

static bool stands_near_date(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *date = &search->candidates[i];
        if (date->type != VALUE_DATE || date->find.bare) {
            continue;
        }
        bool row = box_same_row(date->first_box, candidate->first_box) > ROW_SURE_SHARE;
        double gap = candidate->first_box.y0 - date->first_box.y1;
        double height = box_height(date->first_box);
        bool below = gap > -HALF_ROW * height && gap < DATE_GAP * height &&
                     fabs(candidate->first_box.x0 - date->first_box.x0) < 3 * height;
        if (row || below) {
            return true;
        }
    }
    return false;
}

/* Whether the segment begins with the label of an id, and not with that of a terminal or an account. */
static bool is_of_id_label(const struct search *search, size_t segment) {
    size_t index = search->segment_label[segment];
    const struct label *label = index == LABELS_MOST ? NULL : &search->labels[index];
    return label != NULL && label->kind == PHRASE_FIELD && search->layout->fields[label->field].type == VALUE_ID;
}

/* A firm's name right above its tax number, without a label, at the top of vouchers. */
static bool stands_above_id(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *id = &search->candidates[i];
        double height = box_height(candidate->first_box), gap = id->first_box.y0 - candidate->box.y1;
        bool labelled = is_of_id_label(search, id->segment);
        double ratio = box_height(id->first_box) / height;
        bool listed = !labelled && ratio > ALIKE_LEAST && ratio < ALIKE_MOST && /* a list with icons, not a title */
                      fabs(id->first_box.x0 - candidate->first_box.x0) < FLUSH * height;
        if (id->type == VALUE_ID && (labelled || !id->find.bare) && gap > -ROWS_OVERLAP * height &&
            gap < (listed ? LISTED_GAP : ID_GAP) * height && box_shared_width(id->first_box, candidate->box) > 0) {
            return true;
        }
    }
    return false;
}

static bool is_only_one(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->type == candidate->type && !other->find.bare &&
            strcmp(other->find.value, candidate->find.value) != 0) {
            return false;
        }
    }
    return true;
}

/* A person's name right above that person's bank, without labels. */
static bool stands_above_bank(const struct search *search, const struct candidate *candidate) {
    const struct segment *own = &search->sheet.segments[candidate->segment];
    double height = box_height(candidate->first_box);
    if (own->running || candidate->extents[0].from > own->from + 4) {
        return false; /* words of a sentence; but an icon may precede a name */
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *bank = &search->candidates[i];
        double gap = bank->first_box.y0 - candidate->box.y1;
        double centres = fabs(bank->box.x0 + bank->box.x1 - candidate->box.x0 - candidate->box.x1) / 2;
        bool under = gap > -ROWS_OVERLAP * height && gap < BANK_GAP * height &&
                     (centres < height || fabs(bank->box.x0 - candidate->box.x0) < FLUSH * height);
        if (bank->type == VALUE_BANK && !bank->find.bare && under && !bank->brand &&
            search->segment_label[candidate->segment] == LABELS_MOST &&
            search->segment_label[bank->segment] == LABELS_MOST) {
            return true;
        }
    }
    return false;
}

/* A name that belongs to an amount, or right above an id or a bank. A single word may be any title. */
static double name_score(const struct search *search, const struct candidate *candidate) {
    bool words = strchr(candidate->text, ' ') != NULL;
    bool above = search->segment_label[candidate->segment] == LABELS_MOST &&
                 !search->sheet.segments[candidate->segment].running && stands_above_id(search, candidate);
    if (candidate->of_amount && (words || candidate->of_sentence)) {
        return SCORE_NAME_OF_AMOUNT;
    }
    return words && (above || stands_above_bank(search, candidate)) ? SCORE_NAME_ABOVE : 0;
}

/* Whether the words before it on its piece say what it is instead: "Ahorraste S/ 5.00". */
static bool is_no_total(const struct search *search, const struct candidate *candidate) {
    struct said said = search_said(search, SAID_NO_TOTALS);
    return segment_begins_with(&search->sheet, &search->sheet.segments[candidate->segment], said.texts, said.count);
}

/* The score of a value without any label; 0 if the rule takes none. */
double free_score(const struct search *search, size_t field, const struct candidate *candidate) {
    const struct field_rule *rule = &search->layout->fields[field];
    if (candidate->find.bare || candidate->for_label ||
        (rule->free == FREE_NONE && !candidate->of_buyer &&
         !(search->what.direction == DIRECTION_IN && rule->side == SIDE_ORIGIN))) {
        return 0;
    }
    if (candidate->of_buyer && rule->side == SIDE_ORIGIN) {
        return SCORE_BUYER;
    }
    double score = 0;
    enum free_rule free = rule->free;
    if (search->what.direction == DIRECTION_IN && rule->side == SIDE_DESTINATION && rule->type != VALUE_BANK) {
        return 0; /* the reader is the payee: values without a label belong to the sender */
    }
    if (search->what.direction == DIRECTION_IN && rule->type == VALUE_BANK) {
        free = rule->side == SIDE_ORIGIN ? FREE_OTHER : FREE_BRAND; /* the app is the payee's */
    } else if (search->what.direction == DIRECTION_IN && rule->side == SIDE_ORIGIN) {
        free = rule->type == VALUE_NAME ? FREE_NEAR : FREE_ONLY;
    }
    if (rule->side != SIDE_NONE && candidate->side != SIDE_NONE && candidate->side != rule->side) {
        return 0;
    }
    switch (free) {
    case FREE_ANY:
        score = candidate->of_operation ? SCORE_ANY_OF_OPERATION : SCORE_ANY;
        break;
    case FREE_ONLY:
        score = is_only_one(search, candidate) ? SCORE_ONLY : 0;
        if (candidate->type == VALUE_MONEY) { /* the one amount of a sale is its total, if it is one */
            bool is_total = find_has_sign(&candidate->find) && !is_no_total(search, candidate);
            score = score > 0 && is_total ? SCORE_ONLY_AMOUNT : 0;
        }
        break;
    case FREE_LARGEST:
        score =
            (find_has_sign(&candidate->find) ? SCORE_SIGN : SCORE_NO_SIGN) + SCORE_LARGE * largeness(search, candidate);
        score += candidate->of_operation ? GAIN_OPERATION : 0;
        if (find_has_sign(&candidate->find) &&
            is_only_one(search, candidate)) { /* the only amount, whatever its size */
            double only = search->layout->generic ? SCORE_ONLY_AMOUNT_GENERIC : SCORE_ONLY_AMOUNT;
            score = score > only ? score : only;
        }
        break;
    case FREE_BRAND:
        score = candidate->brand ? SCORE_BRAND : 0;
        break;
    case FREE_OTHER:
        score = !candidate->brand && brand_bank_is_only_other(search, candidate) ? SCORE_OTHER_BANK : 0;
        break;
    case FREE_HEAD:
        if (candidate->type != VALUE_NAME) {
            return candidate->of_head ? SCORE_HEAD : 0;
        }
        score = name_score(search, candidate);
        score = score > 0 || !candidate->of_head ? score : SCORE_HEAD_NAME;
        break;
    case FREE_NEAR:
        score = candidate->type == VALUE_NAME         ? name_score(search, candidate)
                : stands_near_date(search, candidate) ? SCORE_TIME_AT_DATE
                : candidates_have_date(search)        ? SCORE_CLOCK
                                                      : 0; /* a clock */
        break;
    default:
        return 0;
    }
    double claim = free_foreign_claim(search, field, candidate);
    return claim > CLAIM_STRONG ? score * CLAIMED_FACTOR : score;
}
