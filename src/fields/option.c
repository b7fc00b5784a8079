/* option.c - for each field the candidates that could be it, why, and how well. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "fields/pattern.h"
#include "fields/search.h"

/* May a candidate of this type be a value of the rule's type? */
static bool type_fits(const struct field_rule *rule, const struct candidate *candidate) {
    if (rule->type == VALUE_NAME) {
        return candidate->type == VALUE_NAME || candidate->type == VALUE_EMAIL;
    }
    if ((rule->type == VALUE_COMPANY || rule->type == VALUE_ADDRESS) && candidate->type == VALUE_TEXT) {
        return true;
    }
    return candidate->type == rule->type;
}

/*
 * In an account's history the row of the operation says which of the amounts, and which date below it, are the
 * payment's: "Pago móvil enviado   -10,00".
 */
static bool is_of_operation(const struct search *search, const struct candidate *candidate) {
    double height = box_height(candidate->first_box);
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        const char *plain = search->sheet.lines[segment->line].fold.plain;
        const char *found = strstr(plain, "pagomovil");
        found = found != NULL ? found : strstr(plain, "transferencia");
        double gap = candidate->first_box.y0 - segment->box.y1;
        bool beside = box_same_row(segment->box, candidate->first_box) > 0.4;
        bool below = gap > -0.5 * height && gap < height && box_shared_width(segment->box, candidate->first_box) > 0;
        if (found != NULL && i != candidate->segment && (beside || below)) {
            return true;
        }
    }
    return false;
}

/* Is it what a label of another meaning asks for? The best place it has with one, 0..1. */
static double foreign_claim(const struct search *search, size_t field, const struct candidate *candidate) {
    double best = 0;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        bool heading = label->kind == PHRASE_ORIGIN || label->kind == PHRASE_DESTINATION;
        bool title = label->kind == PHRASE_IGNORE && /* what stands under a title is not the title's */
                     (candidate->type == VALUE_BANK || candidate->type == VALUE_NAME || candidate->type == VALUE_DATE ||
                      candidate->type == VALUE_TIME);
        bool told = !label->strong && label->quality >= 0.4 && /* "su saldo es Bs. 10,00", "impreso el 03/01/2024" */
                    (candidate->type == VALUE_MONEY || candidate->type == VALUE_DATE || candidate->type == VALUE_TIME);
        if (heading || title || (label->kind == PHRASE_FIELD && label->field == field) || (!label->strong && !told)) {
            continue;
        }
        unsigned places = PLACE_AFTER | (told ? 0 : PLACE_RIGHT | PLACE_BELOW);
        if (label->kind == PHRASE_IGNORE && candidate->type == VALUE_MONEY) {
            bool own = label->quality < 1 || is_of_operation(search, candidate); /* it stands under or in a title */
            places = own ? 0 : PLACE_AFTER | PLACE_RIGHT;
        }
        if (label->kind == PHRASE_FIELD) {
            enum value_type asks = search->layout->fields[label->field].type;
            bool firm = candidate->type == VALUE_DATE || candidate->type == VALUE_TIME;
            bool printed = asks == VALUE_DATE && candidate->type == VALUE_TIME && /* the hour of printing */
                           search->layout->fields[label->field].hidden;
            bool takes = asks == candidate->type || printed || ((asks == VALUE_TEXT || asks == VALUE_NAME) && !firm);
            bool digits = candidate->type == VALUE_REFERENCE || candidate->type == VALUE_ID;
            if (!takes && !(digits && asks == VALUE_REFERENCE)) {
                continue;
            }
        }
        const char *rule;
        double score = place_score(search, label, candidate, places, &rule);
        best = score > best ? score : best;
    }
    return best;
}

/* How large the letters are, from 0 (as most) to 1 (twice as large and more). */
static double largeness(const struct search *search, const struct candidate *candidate) {
    double ratio = box_height(candidate->first_box) / search->sheet.text_height_px;
    return ratio < 1.1 ? 0 : ratio > 2 ? 1 : (ratio - 1.1) / 0.9;
}

static bool stands_near_date(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *date = &search->candidates[i];
        if (date->type != VALUE_DATE || date->find.bare) {
            continue;
        }
        bool row = box_same_row(date->first_box, candidate->first_box) > 0.5;
        double gap = candidate->first_box.y0 - date->first_box.y1;
        double height = box_height(date->first_box);
        bool below = gap > -0.5 * height && gap < 1.2 * height &&
                     fabs(candidate->first_box.x0 - date->first_box.x0) < 3 * height;
        if (row || below) {
            return true;
        }
    }
    return false;
}

static bool has_date(const struct search *search) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        if (search->candidates[i].type == VALUE_DATE && !search->candidates[i].find.bare) {
            return true;
        }
    }
    return false;
}

/* A firm's name stands right above its tax number, without a label, at the head of vouchers. */
static bool stands_above_id(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *id = &search->candidates[i];
        double height = box_height(candidate->first_box), gap = id->first_box.y0 - candidate->box.y1;
        bool labelled = search->segment_label[id->segment] != LABELS_MOST;
        double ratio = box_height(id->first_box) / height;
        bool listed = !labelled && ratio > 0.85 && ratio < 1.18 && /* a list with icons, not a title */
                      fabs(id->first_box.x0 - candidate->first_box.x0) < 0.6 * height;
        if (id->type == VALUE_ID && (labelled || !id->find.bare) && gap > -0.3 * height &&
            gap < (listed ? 2 : 0.8) * height && box_shared_width(id->first_box, candidate->box) > 0) {
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

/* Does a label ask for the candidate where it stands? */
static bool is_labelled(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        const char *rule;
        if (label->strong && label->kind == PHRASE_FIELD &&
            place_score(search, label, candidate, PLACE_AFTER | PLACE_RIGHT | PLACE_BELOW, &rule) > 0.5) {
            return true;
        }
    }
    return false;
}

/*
 * A phone or id without a label on its row or in the same list, right below or within two rows above: the bank of who
 * is paid, not of whose app this is.
 */
static bool stands_by_person(const struct search *search, const struct candidate *bank) {
    double height = search->sheet.text_height_px;
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        bool person = (other->type == VALUE_PHONE || other->type == VALUE_ID) && !other->find.bare;
        double above = bank->box.y0 - other->box.y1, below = other->box.y0 - bank->box.y1;
        bool listed = fabs(other->first_box.x0 - bank->first_box.x0) < 0.6 * height || /* one under the other */
                      box_same_row(other->first_box, bank->first_box) > 0.5;
        if (person && listed && above > -height && above < 2.4 * height && below < 2.4 * height &&
            !is_labelled(search, other)) {
            return true;
        }
    }
    return false;
}

/* Is the word that ends before a byte of the line one that leads to who is paid: "pago a Banesco"? */
static bool is_led_to(const char *text, size_t from, size_t to) {
    static const char *const leads[] = {"a", "al", "para", "hacia", "to", "destino", "receptor", "beneficiario"};
    while (to > from && text[to - 1] == ' ') {
        to--;
    }
    size_t begin = to;
    while (begin > from && text[begin - 1] != ' ') {
        begin--;
    }
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        if (strlen(leads[i]) == to - begin && strncasecmp(text + begin, leads[i], to - begin) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * In the middle of a sentence: words before it on its row, if they make no short title with it ("Mi Pago Bancaribe"),
 * or a row of words right above that it goes on with.
 */
static bool is_in_sentence(const struct search *search, const struct candidate *candidate) {
    const struct segment *own = &search->sheet.segments[candidate->segment];
    const struct sheet_line *line = &search->sheet.lines[own->line];
    size_t from = candidate->extents[0].from, words = 0;
    for (size_t at = own->fold_from; at < own->fold_to && line->fold.from[at] < from; at++) {
        words += fold_word_starts(&line->fold, at);
    }
    bool title = own->fold_to - own->fold_from <= 28 && words <= 3 && !is_led_to(line->text, own->from, from) &&
                 box_height(own->box) > 0.9 * search->sheet.text_height_px;
    if (words > 0 && !title) {
        return true;
    }
    double height = box_height(own->box);
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        double gap = own->box.y0 - segment->box.y1;
        double ratio = box_height(segment->box) / height;
        if (i != candidate->segment && segment->fold_to - segment->fold_from >= 20 && gap > -0.5 * height &&
            gap < 0.4 * height && segment->box.y0 < own->box.y0 - 0.5 * height && ratio > 0.8 && ratio < 1.25 &&
            segment->box.x0 < own->box.x1 && segment->box.x1 > own->box.x0) {
            return true;
        }
    }
    return false;
}

/* A row of running text, or the first row of one. */
static bool is_of_running_text(const struct search *search, size_t index) {
    const struct segment *own = &search->sheet.segments[index];
    for (size_t i = index + 1; i < index + 3 && i < search->sheet.segment_count && !own->running; i++) {
        const struct segment *next = &search->sheet.segments[i];
        if (next->running && row_follows(search, (struct extent){own->line, own->from, own->to},
                                         (struct extent){next->line, next->from, next->to})) {
            return true;
        }
    }
    return own->running;
}

/* The first words of a message: "Banesco: usted envió ...". */
static bool is_sender(const struct search *search, const struct candidate *candidate) {
    const struct segment *own = &search->sheet.segments[candidate->segment];
    if (!is_of_running_text(search, candidate->segment) || candidate->extents[0].from > own->from || own->to - candidate->extents[0].to < 8) {
        return false;
    }
    for (size_t i = 0; i < candidate->segment; i++) {
        const struct segment *above = &search->sheet.segments[i];
        if (above->running && row_follows(search, (struct extent){above->line, above->from, above->to},
                                          (struct extent){own->line, own->from, own->to})) {
            return false;
        }
    }
    return true;
}

/* The second of two banks at the head of a page is that of the person under whose name it stands. */
static bool is_below_a_bank(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->type == VALUE_BANK && !other->find.bare && other->first_box.y1 < candidate->first_box.y0 &&
            !is_in_sentence(search, other) && strcmp(other->find.value, candidate->find.value) != 0) {
            return true;
        }
    }
    return false;
}

/* A bank that is named before the first label or behind the last one is whose app this is. */
static bool is_brand(const struct search *search, const struct candidate *candidate) {
    double first = search->sheet.height_px, last = 0;
    bool coded = candidate->text_bytes > 4 && candidate->text[0] == '0' && candidate->text[1] == '1';
    if (!coded && is_sender(search, candidate)) {
        return true;
    }
    if (coded || stands_by_person(search, candidate) || is_in_sentence(search, candidate)) {
        return false; /* "0105 - BANCO MERCANTIL" is printed in a row, never as a title */
    }
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        bool letter = label->to - label->from < 2; /* more likely an icon than "A" */
        if (label->strong && label->kind == PHRASE_FIELD && !letter) {
            first = label->box.y0 < first ? label->box.y0 : first;
            last = label->box.y1 > last ? label->box.y1 : last;
        }
    }
    bool head = candidate->first_box.y1 < first && candidate->first_box.y0 < 0.45 * search->sheet.height_px &&
                !is_below_a_bank(search, candidate);
    bool foot = candidate->first_box.y0 > last + 2.5 * search->sheet.text_height_px &&
                candidate->first_box.y0 > 0.8 * search->sheet.height_px;
    return head || foot;
}

/* Is the bank that of the brand, named again? */
static bool is_brand_again(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->type == VALUE_BANK && strcmp(other->find.value, candidate->find.value) == 0 && !other->find.bare &&
            is_brand(search, other)) {
            return true;
        }
    }
    return false;
}

/* Is it the one bank of the page besides the brand? */
static bool is_only_other(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->type == candidate->type && !other->find.bare &&
            strcmp(other->find.value, candidate->find.value) != 0 && !is_brand_again(search, other)) {
            return false;
        }
    }
    return true;
}

/* A person's name right above the bank of that person, without labels. */
static bool stands_above_bank(const struct search *search, const struct candidate *candidate) {
    const struct segment *own = &search->sheet.segments[candidate->segment];
    double height = box_height(candidate->first_box);
    if (own->running || candidate->extents[0].from > own->from + 4) {
        return false; /* words of a sentence; but an icon may stand before a name */
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *bank = &search->candidates[i];
        double gap = bank->first_box.y0 - candidate->box.y1;
        double centres = fabs(bank->box.x0 + bank->box.x1 - candidate->box.x0 - candidate->box.x1) / 2;
        bool under = gap > -0.3 * height && gap < 0.9 * height &&
                     (centres < height || fabs(bank->box.x0 - candidate->box.x0) < 0.6 * height);
        if (bank->type == VALUE_BANK && !bank->find.bare && under && !is_brand(search, bank) &&
            search->segment_label[candidate->segment] == LABELS_MOST &&
            search->segment_label[bank->segment] == LABELS_MOST) {
            return true;
        }
    }
    return false;
}

/* How good a value is without any label, 0 when the rule takes none. */
static double free_score(const struct search *search, size_t field, const struct candidate *candidate) {
    const struct field_rule *rule = &search->layout->fields[field];
    if (candidate->find.bare || candidate->for_label || rule->free == FREE_NONE) {
        return 0;
    }
    double score = 0;
    if (rule->side != SIDE_NONE && candidate->side != SIDE_NONE && candidate->side != rule->side) {
        return 0;
    }
    switch (rule->free) {
    case FREE_ANY:
        score = is_of_operation(search, candidate) ? 0.75 : 0.7;
        break;
    case FREE_ONLY:
        score = is_only_one(search, candidate) ? 0.62 : 0;
        break;
    case FREE_LARGEST:
        score = (candidate->find.currency[0] != '\0' ? 0.5 : 0.3) + 0.3 * largeness(search, candidate);
        score += is_of_operation(search, candidate) ? 0.1 : 0;
        break;
    case FREE_BRAND:
        score = is_brand(search, candidate) ? 0.68 : 0;
        break;
    case FREE_OTHER:
        score = !is_brand(search, candidate) && is_only_other(search, candidate) ? 0.5 : 0;
        break;
    case FREE_HEAD:
        return candidate->type == VALUE_TEXT ? 0 : 0.9;
    case FREE_NEAR:
        if (candidate->type == VALUE_NAME) {
            bool above = search->segment_label[candidate->segment] == LABELS_MOST &&
                         !search->sheet.segments[candidate->segment].running && stands_above_id(search, candidate);
            bool words = strchr(candidate->text, ' ') != NULL; /* one word may be any title */
            above = above || (words && stands_above_bank(search, candidate));
            score = !words ? 0 : candidate->told ? 0.66 : above ? 0.6 : 0;
        } else {
            score = stands_near_date(search, candidate) ? 0.8 : has_date(search) ? 0.4 : 0; /* a clock */
        }
        break;
    default:
        return 0;
    }
    double claim = foreign_claim(search, field, candidate);
    return claim > 0.6 ? score * 0.3 : score;
}

/* One word in the neighbourhood of a label or heading is seldom a name. */
static bool is_single_word(const struct candidate *candidate) {
    return candidate->type == VALUE_NAME && strchr(candidate->text, ' ') == NULL;
}

/* "Cédula de": the first row of a label that goes on below is no name. */
static bool begins_like_label(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind == PHRASE_FIELD && label->segment == candidate->segment && label->quality > 0.5 &&
            label->from == candidate->extents[0].from) {
            return true;
        }
    }
    return false;
}

/* A name away from its label: needs more than a place. */
static bool is_stray_name(const struct search *search, const struct candidate *candidate, const char *place) {
    bool beside = strcmp(place, "after") == 0 || strcmp(place, "right") == 0;
    bool below = strcmp(place, "below") == 0 || strcmp(place, "above") == 0;
    if (candidate->type != VALUE_NAME || beside) {
        return false;
    }
    return begins_like_label(search, candidate) || (!below && is_single_word(candidate)) ||
           (search->sheet.segments[candidate->segment].running && !below);
}

/* A value without a label of its own under a heading of the field's side. */
static double section_score(const struct search *search, size_t field, const struct candidate *candidate) {
    const struct field_rule *rule = &search->layout->fields[field];
    if ((rule->places & PLACE_SECTION) == 0 || rule->side == SIDE_NONE || candidate->side != rule->side ||
        candidate->heading == LABELS_MOST || candidate->for_label) {
        return 0;
    }
    const struct label *heading = &search->labels[candidate->heading];
    double distance = (candidate->first_box.y0 - heading->box.y1) / search->sheet.text_height_px;
    double score = distance < 1.5 ? 0.84 : distance < 6 ? 0.78 : distance < 12 ? 0.72 : 0.6;
    if (candidate->type == VALUE_NAME) {
        if (search->segment_label[candidate->segment] != LABELS_MOST || is_single_word(candidate) ||
            begins_like_label(search, candidate) || search->sheet.segments[candidate->segment].running) {
            return 0;
        }
        score -= 0.08;
    }
    return foreign_claim(search, field, candidate) > 0.6 ? 0 : score;
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
    return pattern_search(rule->pattern, value, strlen(value), NULL, NULL) == PATTERN_YES ? 1 : 0.6;
}

/* The best that the field's labels say of the candidate. */
static double labelled_score(const struct search *search, size_t field, const struct candidate *candidate,
                             struct option *option) {
    const struct field_rule *rule = &search->layout->fields[field];
    double best = 0;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind != PHRASE_FIELD || label->field != field || (candidate->for_label && candidate->label != i)) {
            continue;
        }
        if (rule->type == VALUE_ID && candidate->find.bare && label->weight < 0.85) {
            continue; /* digits beside "Beneficiario" or "Afiliado" may be anything */
        }
        if (label->neutral && label->side == SIDE_NONE && rule->hidden && rule->side == SIDE_ORIGIN) {
            continue; /* a label that tells no side is the payee's */
        }
        bool sided = label->neutral && rule->side != SIDE_NONE && label->side != SIDE_NONE;
        bool other_side = sided && label->side != rule->side;
        if (other_side && !label->weak) {
            continue;
        }
        const char *place = "after";
        double score;
        if (candidate->for_label) {
            score = label->paragraph.pieces[0].line == label->line && label->paragraph.pieces[0].from >= label->to
                        ? place_score(search, label, candidate, PLACE_AFTER, &place)
                        : place_score(search, label, candidate, rule->places, &place);
        } else {
            score = place_score(search, label, candidate, rule->places, &place);
        }
        if (score > 0 && is_stray_name(search, candidate, place)) {
            continue;
        }
        bool text = rule->type == VALUE_TEXT || rule->type == VALUE_NAME;
        if (text && !label->strong && label->quality < 0.8) {
            score *= 0.7; /* a sentence that begins like a label */
        }
        double weight = label->weight * (other_side ? 0.85 : sided && !label->weak ? 1.1 : 1);
        if (score * label->quality * weight > best) {
            best = score * label->quality * weight;
            option->place = score;
            option->label_quality = label->quality * weight;
            option->rule = place;
            option->label = i;
        }
    }
    return best;
}

/* The tax number of a bank, at the foot of its messages: "Banco Plaza C.A., RIF J-12345678-9". */
static bool is_issuers_id(const struct search *search, const struct candidate *candidate) {
    const struct segment *own = &search->sheet.segments[candidate->segment];
    const char *text = search->sheet.lines[own->line].text + own->from;
    size_t bytes = candidate->extents[0].from > own->from ? candidate->extents[0].from - own->from : 0;
    enum { NAME_TO_NUMBER_BYTES = 16 }; /* ", C.A., RIF: " */
    struct find banks[4];
    size_t count = candidate->type == VALUE_ID ? bank_find(text, bytes, banks, 4) : 0;
    size_t from = count > 0 ? banks[count - 1].to : bytes;
    if (from == bytes || banks[count - 1].bare || bytes - from > NAME_TO_NUMBER_BYTES) {
        return false;
    }
    for (size_t at = from; at + 3 <= bytes; at++) {
        if (strncasecmp(text + at, "rif", 3) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * An e-mail's head names who sent it, "Bank <notices@...>", and in the rows around it to whom and when: that is nobody's
 * payment.
 */
static bool is_of_mail_head(const struct search *search, const struct candidate *candidate) {
    if (candidate->type != VALUE_EMAIL && candidate->type != VALUE_DATE && candidate->type != VALUE_TIME) {
        return false;
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *sender = &search->candidates[i];
        const struct extent *own = &sender->extents[0];
        bool in_brackets = sender->type == VALUE_EMAIL && own->from > 0 &&
                           search->sheet.lines[own->line].text[own->from - 1] == '<';
        double rows = fabs(sender->first_box.y0 - candidate->first_box.y0) / box_height(sender->first_box);
        if (in_brackets && rows < 3) {
            return true;
        }
    }
    return false;
}

/* The clocks of a chat's messages, three of them and more. */
static bool is_chat_clock(const struct search *search, const struct candidate *candidate) {
    size_t count = 0;
    bool own = false;
    for (size_t i = 0; candidate->type == VALUE_TIME && i < search->candidate_count; i++) {
        const struct candidate *clock = &search->candidates[i];
        const struct segment *segment = &search->sheet.segments[clock->segment];
        bool alone = clock->type == VALUE_TIME && clock->extent_count == 1 && clock->extents[0].from == segment->from &&
                     clock->extents[0].to == segment->to && !is_labelled(search, clock);
        bool again = clock->type == VALUE_TIME && clock->extents[0].to == segment->to && clock != candidate &&
                     strcmp(clock->find.value, candidate->find.value) == 0; /* behind the last words of a message */
        count += alone || again;
        own = own || (alone && clock == candidate);
    }
    return own && count >= 3;
}

/* Beside a mobile phone one of the fixed network is somebody's help desk. */
static bool is_help_desk(const struct search *search, const struct candidate *candidate) {
    bool fixed = candidate->type == VALUE_PHONE && candidate->find.value[1] != '4';
    for (size_t i = 0; fixed && i < search->candidate_count; i++) {
        if (search->candidates[i].type == VALUE_PHONE && search->candidates[i].find.value[1] == '4') {
            return true;
        }
    }
    return false;
}

static void candidate_try(struct search *search, size_t field, size_t index) {
    const struct field_rule *rule = &search->layout->fields[field];
    const struct candidate *candidate = &search->candidates[index];
    if (is_issuers_id(search, candidate) || is_of_mail_head(search, candidate) || is_help_desk(search, candidate) ||
        is_chat_clock(search, candidate)) {
        return;
    }
    struct option option = {.candidate = index, .label = LABELS_MOST, .label_quality = 1};
    double score = labelled_score(search, field, candidate, &option);
    double section = section_score(search, field, candidate);
    if (section > score && !(candidate->find.bare && candidate->type != VALUE_BANK && candidate->type != VALUE_ID)) {
        score = section;
        option.place = section;
        option.label_quality = 1;
        option.label = LABELS_MOST;
        option.rule = "section";
    }
    double without = free_score(search, field, candidate);
    if (without > score) {
        score = without;
        option.place = without;
        option.label_quality = 1;
        option.label = LABELS_MOST;
        option.rule = "free";
    }
    if (candidate->type == VALUE_EMAIL && rule->type == VALUE_NAME) {
        score *= 0.97;
    }
    if (score < 0.25) {
        return;
    }
    score *= (0.45 + 0.55 * candidate->find.quality) * pattern_factor(rule, candidate);
    option.score = score * rule->priority;
    option_add(&search->options[field], &option);
}

static long long hundredths(const struct candidate *candidate) {
    char *end;
    long long whole = strtoll(candidate->find.value, &end, 10);
    return *end == '.' ? whole * 100 + strtoll(end + 1, NULL, 10) : -1;
}

/* The best labelled amount of the field called `name`; -1 when there is none. */
static long long amount_of(const struct search *search, const char *name) {
    for (size_t i = 0; i < search->layout->field_count; i++) {
        if (strcmp(search->layout->fields[i].name, name) == 0 && search->options[i].count > 0) {
            return hundredths(&search->candidates[search->options[i].options[0].candidate]);
        }
    }
    return -1;
}

/* Of several totals (before tax, with tax, rounded) the one to pay is the largest, and what cash less change makes. */
static void largest_prefer(struct search *search, size_t field) {
    struct field_options *options = &search->options[field];
    long long most = -1, paid = amount_of(search, "paid"), change = amount_of(search, "change");
    for (size_t i = 0; paid > 0 && change > 0 && i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        if (candidate->type == VALUE_MONEY && hundredths(candidate) == paid - change) {
            struct option option = {i, LABELS_MOST, "sum", 0.5, 0.7, 1};
            option_add(options, &option);
        }
    }
    for (size_t i = 0; i < options->count; i++) {
        long long value = hundredths(&search->candidates[options->options[i].candidate]);
        most = options->options[i].place > 0.7 && value > most ? value : most;
    }
    for (size_t i = 0; i < options->count; i++) {
        struct option *option = &options->options[i];
        long long value = hundredths(&search->candidates[option->candidate]);
        option->score += value == most ? 0.12 : 0;
        option->score += paid > 0 && (value == paid - change || (change <= 0 && value == paid)) ? 0.15 : 0;
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
        if (strcmp(value_of(search, &options->options[i]), value_of(search, &options->options[0])) != 0) {
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
    captions_learn(search);
    if (search->values_above && !captions_add(search)) {
        return false;
    }
    for (size_t field = 0; field < layout->field_count; field++) {
        for (size_t i = 0; i < search->candidate_count; i++) {
            if (type_fits(&layout->fields[field], &search->candidates[i])) {
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
