/* option.c - the candidates of each field, with reasons and scores. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "fields/layouts/pattern.h"
#include "fields/search.h"

/* The score of a value under a heading of its side, by its distance in heights of the text; beyond the last step. */
static const struct { double distance, score; } section_steps[] = {{1.5, 0.84}, {6, 0.78}, {12, 0.72}};
static const double SCORE_FAR = 0.6, LOSS_NAME = 0.08; /* names without labels are often titles */
/* A value that another label claims this strongly hardly belongs to this field. */
static const double CLAIM_STRONG = 0.6;
/* Factors: another form than the layout's pattern; a label of the other side, of this side; an address for a name. */
static const double OTHER_PATTERN = 0.6, OTHER_SIDE = 0.85, SAME_SIDE = 1.1, EMAIL_AS_NAME = 0.97,
                    SENTENCE_FACTOR = 0.7, OTHER_ID = 0.85;
/* The least quality of a label that does not begin a sentence; the least weight of one that means only its field. */
static const double SURE_LABEL = 0.8, SURE_WEIGHT = 0.85;
/* A value with a lower score is not taken; the share of the value's form in the score. */
static const double SCORE_LEAST = 0.25, FORM_SHARE = 0.55;
/* Of several totals: the place of a sum; what the largest gains, one that equals cash less change, a rounded one. */
static const double SUM_PLACE = 0.7, GAIN_LARGEST = 0.12, GAIN_PAID = 0.15, GAIN_ROUNDED = 0.15;
/* Tills round to coins. */
enum { COINS_HUNDREDTHS = 5 };

/* A name may be the seller's where a label says so, with the row of its tax number between the two. */
static bool is_firm_name(const struct field_rule *rule, const struct candidate *candidate) {
    return rule->type == VALUE_COMPANY && candidate->type == VALUE_NAME;
}

/* Whether a candidate of this type can be a value of the rule's type. */
static bool type_fits(const struct field_rule *rule, const struct candidate *candidate) {
    if (rule->type == VALUE_NAME) {
        return candidate->type == VALUE_NAME || candidate->type == VALUE_EMAIL;
    }
    if ((rule->type == VALUE_COMPANY || rule->type == VALUE_ADDRESS || rule->type == VALUE_RATE) &&
        candidate->type == VALUE_TEXT) {
        return true;
    }
    return candidate->type == rule->type || is_firm_name(rule, candidate);
}

/* A single word near a label or heading is seldom a name. */
static bool is_single_word(const struct candidate *candidate) {
    return candidate->type == VALUE_NAME && strchr(candidate->text, ' ') == NULL;
}

/* "Cédula de": the first row of a label that continues below is no name. */
static bool begins_like_label(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind == PHRASE_FIELD && label->segment == candidate->segment && label->quality > LIKELY &&
            label->from == candidate->extents[0].from) {
            return true;
        }
    }
    return false;
}

/* "PAGO EN LINEA", "Compra en Cuotas": what follows such words is no name. */
static bool is_no_party(const struct search *search, const struct label *label, const struct candidate *candidate) {
    struct said others = search_said(search, SAID_NO_PAYEES);
    bool behind = candidate->type == VALUE_NAME && candidate->segment == label->segment &&
                  search->sheet.lines[label->line].text[label->to - 1] != ':';
    for (size_t i = 0; i < others.count && behind; i++) {
        if (strncasecmp(candidate->text, others.texts[i], strlen(others.texts[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* A name away from its label needs more evidence than its place. */
static bool is_stray_name(const struct search *search, const struct candidate *candidate, enum found_by how) {
    bool beside = how == FOUND_AFTER || how == FOUND_RIGHT;
    bool below = how == FOUND_BELOW || how == FOUND_ABOVE;
    if (candidate->type != VALUE_NAME || beside) {
        return false;
    }
    return begins_like_label(search, candidate) || (!below && is_single_word(candidate)) ||
           (search->sheet.segments[candidate->segment].running && !below);
}

/* A value without a label under a heading of the field's side. */
static double section_score(const struct search *search, size_t field, const struct candidate *candidate) {
    const struct field_rule *rule = &search->layout->fields[field];
    if ((rule->places & PLACE_SECTION) == 0 || rule->side == SIDE_NONE || candidate->side != rule->side ||
        candidate->heading == LABELS_MOST || candidate->for_label) {
        return 0;
    }
    const struct label *heading = &search->labels[candidate->heading];
    double distance = (candidate->first_box.y0 - heading->box.y1) / search->sheet.text_height_px;
    double score = SCORE_FAR;
    for (size_t i = sizeof section_steps / sizeof *section_steps; i > 0; i--) {
        score = distance < section_steps[i - 1].distance ? section_steps[i - 1].score : score;
    }
    if (candidate->type == VALUE_NAME) {
        if (search->segment_label[candidate->segment] != LABELS_MOST || is_single_word(candidate) ||
            begins_like_label(search, candidate) || search->sheet.segments[candidate->segment].running) {
            return 0;
        }
        score -= LOSS_NAME;
    }
    return free_foreign_claim(search, field, candidate) > CLAIM_STRONG ? 0 : score;
}

static void option_add(struct field_options *options, const struct option *option) {
    for (size_t i = 0; i < options->count; i++) {
        if (options->options[i].candidate == option->candidate) {
            if (option->score > options->options[i].score) {
                options->options[i] = *option;
            }
            return;
        }
    }
    if (options->count < OPTIONS_MOST) {
        options->options[options->count++] = *option;
        return;
    }
    size_t worst = 0;
    for (size_t i = 1; i < OPTIONS_MOST; i++) {
        worst = options->options[i].score < options->options[worst].score ? i : worst;
    }
    if (option->score > options->options[worst].score) {
        options->options[worst] = *option;
    }
}

static double pattern_factor(const struct field_rule *rule, const struct candidate *candidate) {
    if (rule->pattern == NULL) {
        return 1;
    }
    const char *value = candidate->find.value[0] != '\0' ? candidate->find.value : candidate->text;
    return pattern_search(rule->pattern, value, strlen(value), NULL, NULL) == PATTERN_YES ? 1 : OTHER_PATTERN;
}

/* For the seller's id: less if it is away from the seller's name and another one is beside it. */
static double seller_factor(const struct search *search, const struct field_rule *rule,
                            const struct candidate *candidate) {
    bool asked = rule->type == VALUE_ID && rule->side == SIDE_DESTINATION && search->layout->group == GROUP_SALE;
    for (size_t i = 0; i < search->candidate_count && asked && !candidate->of_head; i++) {
        if (search->candidates[i].type == VALUE_ID && search->candidates[i].of_head) {
            return OTHER_ID;
        }
    }
    return 1;
}

/* The candidate's best score with the field's labels. */
static double labelled_score(const struct search *search, size_t field, const struct candidate *candidate,
                             struct option *option) {
    const struct field_rule *rule = &search->layout->fields[field];
    double best = 0, seller = seller_factor(search, rule, candidate);
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind != PHRASE_FIELD || label->field != field || (candidate->for_label && candidate->label != i)) {
            continue;
        }
        if (rule->type == VALUE_ID && candidate->find.bare && label->weight < SURE_WEIGHT) {
            continue; /* digits beside "Beneficiario" or "Afiliado" may be anything */
        }
        bool in = search->what.direction == DIRECTION_IN;
        bool person = rule->type == VALUE_NAME || rule->type == VALUE_ID || rule->type == VALUE_PHONE;
        if (label->neutral && label->side == SIDE_NONE && rule->side == (in ? SIDE_DESTINATION : SIDE_ORIGIN) &&
            (in || person)) {
            continue; /* a label without a side means the payee; for money that came in, the payer */
        }
        bool sided = label->neutral && rule->side != SIDE_NONE && label->side != SIDE_NONE;
        bool other_side = sided && label->side != rule->side;
        if (other_side && !label->weak) {
            continue;
        }
        enum found_by how = FOUND_AFTER;
        double score;
        if (candidate->for_label) {
            score = label->paragraph.pieces[0].line == label->line && label->paragraph.pieces[0].from >= label->to
                        ? place_score(search, label, candidate, PLACE_AFTER, &how)
                        : place_score(search, label, candidate, rule->places, &how);
        } else {
            score = place_score(search, label, candidate, rule->places, &how);
        }
        if (is_firm_name(rule, candidate) && how != FOUND_COLUMN) {
            continue;
        }
        bool beside = search->layout->group == GROUP_SALE && label->has_neighbour && label->strong;
        if (rule->type == VALUE_NAME && how == FOUND_BELOW && beside) {
            continue; /* what stands beside the label of a party is its name, whatever it looks like */
        }
        if (how == FOUND_RIGHT && rule->type == VALUE_NAME && search_begins_amount(search, candidate->segment)) {
            continue;
        }
        if (score > 0 && (is_stray_name(search, candidate, how) || is_no_party(search, label, candidate))) {
            continue;
        }
        score *= seller;
        bool text = rule->type == VALUE_TEXT || rule->type == VALUE_NAME;
        if (text && !label->strong && label->quality < SURE_LABEL) {
            score *= SENTENCE_FACTOR; /* a sentence that begins like a label */
        }
        double weight = label->weight * (other_side ? OTHER_SIDE : sided && !label->weak ? SAME_SIDE : 1);
        if (score * label->quality * weight > best) {
            best = score * label->quality * weight;
            option->place = score;
            option->label_quality = label->quality * weight;
            option->found_by = how;
            option->label = i;
        }
    }
    return best;
}

/* "Checking ...1234" under "From": the words before an account are its kind, not the payer's name. */
static bool names_account(const struct search *search, const struct field_rule *rule,
                          const struct candidate *candidate) {
    if (rule->side != SIDE_ORIGIN || candidate->type != VALUE_NAME) {
        return false;
    }
    if (strpbrk(candidate->text, "0123456789") != NULL && search->layout->group != GROUP_SALE) {
        return true; /* but a buyer: "Consorcio Alem 1188" */
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->type == VALUE_ACCOUNT && other->segment == candidate->segment) {
            return true;
        }
    }
    return false;
}

static void candidate_try(struct search *search, size_t field, size_t index) {
    const struct field_rule *rule = &search->layout->fields[field];
    const struct candidate *candidate = &search->candidates[index];
    struct option option = {.candidate = index, .label = LABELS_MOST, .label_quality = 1};
    if (names_account(search, rule, candidate)) {
        return;
    }
    double score = labelled_score(search, field, candidate, &option);
    bool firm = is_firm_name(rule, candidate);
    double section = firm ? 0 : section_score(search, field, candidate);
    if (section > score && !(candidate->find.bare && candidate->type != VALUE_BANK && candidate->type != VALUE_ID)) {
        score = section;
        option.place = section;
        option.label_quality = 1;
        option.label = LABELS_MOST;
        option.found_by = FOUND_SECTION;
    }
    bool labelled = candidate->type == VALUE_NAME && begins_like_label(search, candidate); /* "Destinatario Ana Soto" */
    double without = labelled || firm ? 0 : free_score(search, field, candidate);
    if (without > score) {
        score = without;
        option.place = without;
        option.label_quality = 1;
        option.label = LABELS_MOST;
        option.found_by = FOUND_FREE;
    }
    if (candidate->type == VALUE_EMAIL && rule->type == VALUE_NAME) {
        score *= EMAIL_AS_NAME;
    }
    if (score < SCORE_LEAST) {
        return;
    }
    double fit = pattern_factor(rule, candidate);
    if (fit < 1 && rule->type == VALUE_TEXT && option.label != LABELS_MOST && search->labels[option.label].neutral) {
        return; /* "FACTURA B": a word that is often not a label */
    }
    if (fit < 1 && rule->type == VALUE_TEXT && rule->asked && search->layout->generic) {
        return; /* a document's number in doubt is none */
    }
    score *= (1 - FORM_SHARE + FORM_SHARE * candidate->find.quality) * fit;
    option.score = score * rule->priority;
    option_add(&search->options[field], &option);
}

/* The best labelled amount of the field `name`; -1 if there is none. */
static long long amount_of(const struct search *search, const char *name) {
    for (size_t i = 0; i < search->layout->field_count; i++) {
        if (strcmp(search->layout->fields[i].name, name) == 0 && search->options[i].count > 0) {
            return money_hundredths(search->candidates[search->options[i].options[0].candidate].find.value);
        }
    }
    return -1;
}

/* Whether the paid amount is the labelled total rounded to coins. */
static bool is_rounded(const struct search *search, const struct option *total, long long paid) {
    long long value = money_hundredths(search->candidates[total->candidate].find.value);
    return value >= 0 && paid != value && paid - value <= COINS_HUNDREDTHS && value - paid <= COINS_HUNDREDTHS;
}

/* Whether the amount is another of the options rounded to coins, by the amount that the page says. */
static bool is_rounded_option(const struct search *search, const struct field_options *options, long long value,
                              long long rounding) {
    bool found = false;
    for (size_t i = 0; i < options->count && rounding > 0 && value % COINS_HUNDREDTHS == 0; i++) {
        long long other = money_hundredths(search->candidates[options->options[i].candidate].find.value);
        found = found || llabs(value - other) == rounding;
    }
    return found;
}

/* The largest of the labelled totals; if another is less by the discount, that one is to be paid. */
static long long largest_of(const struct search *search, const struct field_options *options) {
    long long most = -1, reduced = -1, discount = amount_of(search, "discount");
    for (size_t i = 0; i < options->count; i++) {
        long long value = money_hundredths(search->candidates[options->options[i].candidate].find.value);
        most = options->options[i].place > SUM_PLACE && value > most ? value : most;
    }
    for (size_t i = 0; i < options->count; i++) {
        long long value = money_hundredths(search->candidates[options->options[i].candidate].find.value);
        bool fits = discount > 0 && value == most - discount && options->options[i].place > SUM_PLACE;
        reduced = fits ? value : reduced;
    }
    return reduced >= 0 ? reduced : most;
}

/*
 * Of several totals (before tax, with tax, rounded), the one to pay is the largest or the rounded one, and equals cash
 * less change.
 * Without the discount it is not.
 */
static void largest_prefer(struct search *search, size_t field) {
    struct field_options *options = &search->options[field];
    long long paid = amount_of(search, "paid"), change = amount_of(search, "change");
    long long rounding = amount_of(search, "rounding");
    for (size_t i = 0; paid > 0 && change > 0 && i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        if (candidate->type == VALUE_MONEY && money_hundredths(candidate->find.value) == paid - change) {
            struct option option = {i, LABELS_MOST, FOUND_SUM, 0.5, SUM_PLACE, 1};
            if (options->count > 0 && is_rounded(search, &options->options[0], paid - change)) {
                option.score = options->options[0].score;
                option.place = options->options[0].place;
            }
            option_add(options, &option);
        }
    }
    long long most = largest_of(search, options);
    for (size_t i = 0; i < options->count; i++) {
        struct option *option = &options->options[i];
        long long value = money_hundredths(search->candidates[option->candidate].find.value);
        option->score += value == most ? GAIN_LARGEST : 0;
        option->score += is_rounded_option(search, options, value, rounding) ? GAIN_ROUNDED : 0;
        option->score += paid > 0 && (value == paid - change || (change <= 0 && value == paid)) ? GAIN_PAID : 0;
    }
}

static const char *value_of(const struct search *search, const struct option *option) {
    const struct candidate *candidate = &search->candidates[option->candidate];
    return candidate->find.value[0] != '\0' ? candidate->find.value : candidate->text;
}

static void options_sort(const struct search *search, struct field_options *options) {
    for (size_t i = 1; i < options->count; i++) {
        struct option moving = options->options[i];
        size_t at = i;
        while (at > 0 && options->options[at - 1].score < moving.score) {
            options->options[at] = options->options[at - 1];
            at--;
        }
        options->options[at] = moving;
    }
    for (size_t i = 1; i < options->count; i++) {
        const struct candidate *best = &search->candidates[options->options[0].candidate];
        const struct candidate *other = &search->candidates[options->options[i].candidate];
        bool part = best->extent_count > 1 && candidate_extents_overlap(best, other); /* the first row of a name */
        if (!part && strcmp(value_of(search, &options->options[i]), value_of(search, &options->options[0])) != 0) {
            options->rival = options->options[i].score;
            return;
        }
    }
}

bool options_find(struct search *search) {
    const struct layout *layout = search->layout;
    search->options = arena_allocate_zero(search->arena, layout->field_count + 1, sizeof *search->options);
    if (search->options == NULL) {
        return false;
    }
    for (size_t field = 0; field < layout->field_count; field++) {
        for (size_t i = 0; i < search->candidate_count; i++) {
            const struct candidate *candidate = &search->candidates[i];
            if (!candidate->bystander && type_fits(&layout->fields[field], candidate)) {
                candidate_try(search, field, i);
            }
        }
        options_sort(search, &search->options[field]);
    }
    for (size_t field = 0; field < layout->field_count; field++) {
        if (layout->fields[field].largest && layout->fields[field].type == VALUE_MONEY) {
            largest_prefer(search, field);
            options_sort(search, &search->options[field]);
        }
    }
    return true;
}
