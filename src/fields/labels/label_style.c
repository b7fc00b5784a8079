/* label_style.c - what all labels of a page say about each of them: written texts, summaries, where values are. */
#include <string.h>

#include "fields/labels/label_parts.h"
#include "fields/search.h"

/* On a page of rows of label and value: a label that begins a row is sure from this quality on; others gain. */
static const double INLINE_SURE = 0.75, INLINE_GAIN = 0.25;
/* The more labels of a page have their value beside them, the less likely is one below. */
static const double BESIDE_PAGE = 0.9;
/* In heights: how far below the label of a free text its first row is. */
static const double WRITTEN_GAP = 0.7;
/* In heights: how far behind the label of another document its kind may be. */
static const double OTHER_GAP = 8;
/* Any two pieces of one row share this part of its height. */
static const double PIECE_SHARE = 0.45;

/* Whether a title's or button's words are text that the user wrote: they are right beside or below its label. */
static bool is_written(const struct search *search, const struct label *title) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind != PHRASE_FIELD || !label->strong || search->layout->fields[label->field].type != VALUE_TEXT) {
            continue;
        }
        double height = box_height(label->box), gap = title->box.y0 - label->box.y1;
        bool beside = box_same_row(label->box, title->box) > ROW_SURE_SHARE && title->box.x0 > label->box.x1;
        bool below = gap > -HALF_ROW * height && gap < WRITTEN_GAP * height &&
                     title->box.y0 > label->box.y0 + HALF_ROW * height && title->box.x0 - label->box.x0 < 3 * height &&
                     title->box.x0 > label->box.x0 - height;
        if (label->whole && (beside || (below && !label_has_right_neighbour(search, label->segment)))) {
            return true;
        }
    }
    return false;
}

void labels_forget_written(struct search *search) {
    for (size_t i = search->label_count; i-- > 0;) {
        if (search->labels[i].kind == PHRASE_IGNORE && is_written(search, &search->labels[i])) {
            labels_forget(search, search->labels[i].segment);
            i = i < search->label_count ? i : search->label_count;
        }
    }
}

/* Whether a label of a party's name stands before the label in its piece: "Cliente: Junta de Vecinos N° 18". */
static bool is_in_name(const struct search *search, const struct label *sign) {
    const char *text = search->sheet.lines[sign->line].text + sign->from;
    size_t bytes = 0, all = sign->to - sign->from;
    while (bytes < all && text[bytes] != ' ') {
        bytes++;
    }
    for (size_t i = 0; i < search->label_count && document_is_sign(&search->locale, text, bytes) && !sign->strong;
         i++) {
        const struct label *name = &search->labels[i];
        if (name->segment == sign->segment && name->to <= sign->from && name->strong && name->kind == PHRASE_FIELD &&
            search->layout->fields[name->field].type == VALUE_NAME) {
            return true;
        }
    }
    return false;
}

/* Whether the whole label is the kind of another document: "Comprobante que se modifica   FACTURA   001-002-18844". */
static bool is_of_other_document(const struct search *search, const struct label *own) {
    const struct field_rule *rule = own->kind == PHRASE_FIELD ? &search->layout->fields[own->field] : NULL;
    if (rule == NULL || !rule->asked || rule->type != VALUE_TEXT || !own->whole) {
        return false;
    }
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        const struct field_rule *other = label->kind == PHRASE_FIELD ? &search->layout->fields[label->field] : NULL;
        bool left = label->whole && label->box.x1 <= own->box.x0 &&
                    box_same_row(label->box, own->box) > ROW_SURE_SHARE &&
                    own->box.x0 - label->box.x1 < OTHER_GAP * box_height(own->box);
        if (other != NULL && other->hidden && other->type == VALUE_TEXT && other->pattern != NULL && left) {
            return true;
        }
    }
    return false;
}

void labels_forget_of_others(struct search *search) {
    for (size_t i = search->label_count; i-- > 0;) {
        if (search->layout->group == GROUP_SALE && is_of_other_document(search, &search->labels[i])) {
            labels_forget(search, search->labels[i].segment);
            i = i < search->label_count ? i : search->label_count;
        }
    }
}

void labels_forget_in_names(struct search *search) {
    size_t kept = 0;
    for (size_t i = 0; i < search->label_count; i++) {
        bool inside = search->layout->group == GROUP_SALE && is_in_name(search, &search->labels[i]);
        if (inside) { /* it begins no piece, and is asked for by no index yet */
            continue;
        }
        for (size_t k = 0; k < search->sheet.segment_count && kept != i; k++) {
            search->segment_label[k] = search->segment_label[k] == i ? kept : search->segment_label[k];
        }
        search->labels[kept++] = search->labels[i];
    }
    search->label_count = kept;
}

void labels_end_amounts(struct search *search) {
    double end = search->sheet.height_px + 1;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        end = label->kind == PHRASE_END && label->box.y0 < end ? label->box.y0 : end;
    }
    for (size_t i = 0; i < search->label_count; i++) {
        struct label *label = &search->labels[i];
        bool money = label->kind == PHRASE_FIELD && search->layout->fields[label->field].type == VALUE_MONEY;
        if (money && label->box.y0 > end) {
            label->kind = PHRASE_IGNORE;
        }
    }
}

/* Whether a name is asked beside the label. */
static bool names_party(const struct search *search, const struct label *label) {
    return label->kind == PHRASE_FIELD && search->layout->fields[label->field].type == VALUE_NAME;
}

bool search_begins_amount(const struct search *search, size_t segment) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        enum value_type type = label->kind == PHRASE_FIELD ? search->layout->fields[label->field].type : VALUE_NAME;
        if (label->segment == segment && label->from == search->sheet.segments[segment].from &&
            (type == VALUE_MONEY || type == VALUE_DATE) && label->quality * label->weight > LIKELY) {
            return true;
        }
    }
    return false;
}

/* What follows the label on its row, if that is no label itself. */
static bool has_neighbour(const struct search *search, const struct label *label) {
    const struct segment *own = &search->sheet.segments[label->segment];
    const struct sheet_line *line = &search->sheet.lines[own->line];
    if (!label_is_blank(&search->locale, line->text, label->to, own->to)) {
        return true;
    }
    size_t best = search->sheet.segment_count;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (i != label->segment && box_same_row(segment->box, label->box) > PIECE_SHARE &&
            segment->box.x0 > label->box.x1 - HALF_ROW * box_height(label->box) &&
            segment->fold_to > segment->fold_from &&
            (best == search->sheet.segment_count || segment->box.x0 < search->sheet.segments[best].box.x0)) {
            best = i;
        }
    }
    return best < search->sheet.segment_count && search->segment_label[best] == LABELS_MOST &&
           !(names_party(search, label) && search_begins_amount(search, best));
}

/* Whether something other than a label precedes the label on its row, and nothing follows it. */
static bool ends_row(const struct search *search, const struct label *label) {
    if (label->has_neighbour) {
        return false;
    }
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (i != label->segment && search->segment_label[i] == LABELS_MOST && segment->fold_to > segment->fold_from &&
            box_same_row(segment->box, label->box) > PIECE_SHARE && segment->box.x1 < label->box.x0) {
            return true;
        }
    }
    return false;
}

void labels_learn_style(struct search *search) {
    size_t beside = 0, all = 0, behind = 0, last = search->sheet.segment_count;
    for (size_t i = 0; i < search->label_count; i++) {
        struct label *label = &search->labels[i];
        label->has_neighbour = has_neighbour(search, label);
        if (label->strong && label->kind == PHRASE_FIELD) {
            all++;
            beside += label->has_neighbour;
            behind += label->segment != last && label->whole && ends_row(search, label); /* each row once */
            last = label->segment;
        }
    }
    search->values_left = behind >= 4 && beside == 0;
    double share = all == 0 ? 0.5 : ((double)beside + 0.5) / ((double)all + 1);
    search->below_factor = share < 0.5 ? 1 : 1 - BESIDE_PAGE * (share - 0.5);
}

/* Whether the label begins its segment and has enough letters not to be a word by chance. */
static bool is_leading(const struct search *search, const struct label *label) {
    const struct segment *segment = &search->sheet.segments[label->segment];
    return label->kind == PHRASE_FIELD && label->from == segment->from && label->to - label->from >= 3 &&
           search->segment_label[label->segment] == LABELS_MOST;
}

void labels_learn_inline(struct search *search) {
    size_t inlined = 0, alone = 0, last = search->sheet.segment_count;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind == PHRASE_FIELD && label->segment != last) {
            inlined += is_leading(search, label) && label->quality > INLINE_SURE;
            alone += label->strong;
            last = label->segment;
        }
    }
    if (inlined < 3 || inlined <= alone) {
        return;
    }
    size_t *begins = search->segment_label;
    for (size_t i = 0; i < search->label_count; i++) {
        struct label *label = &search->labels[i];
        bool again = begins[label->segment] != LABELS_MOST && i > 0 && search->labels[i - 1].strong &&
                     search->labels[i - 1].segment == label->segment && search->labels[i - 1].from == label->from;
        if (!label->strong && (again || is_leading(search, label))) {
            label->strong = true;
            label->quality = label->quality < INLINE_SURE ? label->quality + INLINE_GAIN : label->quality;
            begins[label->segment] = again ? begins[label->segment] : i;
        }
    }
}
