/*
 * buyer_block.c - the rows of a sale that are the buyer's: from the label that names the buyer down to a gap, or to a
 * label of something else. An id or an address in them is not the seller's.
 */
#include <math.h>
#include <string.h>

#include "fields/sales/buyer_block.h"

#include "fields/values/scan.h"

/* In heights of the label: a gap on a row that parts two columns; how far to the right a row of the block may begin. */
static const double COLUMN_GAP = 5, INDENT = 12, MARGIN = 1;
/* In heights: the gap between two rows, the one below a heading that has nothing beside it, and below an id. */
static const double ROW_GAP = 0.9, HEADING_GAP = 1.7, ID_GAP = 0.6;
enum { ROWS_MOST = 8, HEADS_LEAST = 3 };

static const struct field_rule *rule_of(const struct search *search, const struct label *label) {
    return label->kind == PHRASE_FIELD ? &search->layout->fields[label->field] : NULL;
}

/* A label of the buyer's name begins a block. */
static bool names_buyer(const struct search *search, const struct label *label) {
    const struct field_rule *rule = rule_of(search, label);
    return rule != NULL && rule->type == VALUE_NAME && rule->side == SIDE_ORIGIN && label->strong;
}

/* Whether the label may be in a block: of a name, an id, a phone or an address. */
static bool is_of_party(const struct search *search, const struct label *label) {
    const struct field_rule *rule = rule_of(search, label);
    bool sellers = rule != NULL && rule->type == VALUE_COMPANY && !label->neutral; /* "Debe a", "Emisor" */
    return rule != NULL && !sellers &&
           (rule->side != SIDE_NONE || rule->type == VALUE_ADDRESS || rule->type == VALUE_PHONE ||
            rule->type == VALUE_EMAIL);
}

static bool is_id(const struct search *search, const struct label *label) {
    const struct field_rule *rule = rule_of(search, label);
    return rule != NULL && rule->type == VALUE_ID;
}

/* Whether the segment begins with a label of something that no party has. */
static bool begins_other(const struct search *search, size_t index) {
    size_t label = search->segment_label[index];
    bool other = label != LABELS_MOST && search->labels[label].kind == PHRASE_FIELD;
    for (size_t i = 0; i < search->label_count && other; i++) {
        const struct label *same = &search->labels[i];
        other = same->segment != index || same->from != search->labels[label].from || !is_of_party(search, same);
    }
    return other;
}

static bool has_words(const struct search *search, size_t index) {
    const struct segment *segment = &search->sheet.segments[index];
    return segment->fold_to > segment->fold_from && !search->sheet.lines[segment->line].chrome;
}

/* The nearest segment right of a place on a row; segment_count if there is none. */
static size_t next_on_row(const struct search *search, struct lince_box row, double x) {
    size_t best = search->sheet.segment_count;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        struct lince_box box = search->sheet.segments[i].box;
        if (has_words(search, i) && box.x0 >= x && box_same_row(box, row) > ROW_SURE_SHARE &&
            (best == search->sheet.segment_count || box.x0 < search->sheet.segments[best].box.x0)) {
            best = i;
        }
    }
    return best;
}

/* Marks the row from its first segment to the right, up to a wide gap or a label of something else; gives its end. */
static double row_mark(struct search *search, size_t first, double height, double right, bool *has_value) {
    struct lince_box row = search->sheet.segments[first].box;
    double end = row.x1;
    search->sheet.segments[first].of_buyer = true;
    for (size_t i = next_on_row(search, row, end); i < search->sheet.segment_count; i = next_on_row(search, row, end)) {
        struct segment *segment = &search->sheet.segments[i];
        const char *text = search->sheet.lines[segment->line].text + segment->from;
        size_t label = search->segment_label[i];
        bool party = label != LABELS_MOST && is_of_party(search, &search->labels[label]);
        bool far = segment->box.x0 - end > COLUMN_GAP * height && text[0] != ':';
        if (segment->box.x0 > right || begins_other(search, i) || (far && !party)) {
            return segment->box.x0;
        }
        segment->of_buyer = true;
        *has_value = *has_value || label == LABELS_MOST;
        end = segment->box.x1;
    }
    return INFINITY;
}

/* The first segment of the next row of the block; segment_count if the block ends. */
static size_t row_below(const struct search *search, const struct label *label, double bottom, double gap,
                        double right) {
    double height = box_height(label->box);
    size_t best = search->sheet.segment_count;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        struct lince_box box = search->sheet.segments[i].box;
        bool inside = box.x0 > label->box.x0 - MARGIN * height && box.x0 < label->box.x0 + INDENT * height &&
                      box.x0 < right - HALF_ROW * height;
        double own = box.y0 - bottom;
        if (!has_words(search, i) || !inside || own < -ROWS_OVERLAP * height || own > gap * height) {
            continue;
        }
        if (best == search->sheet.segment_count || (box_same_row(box, search->sheet.segments[best].box) > ROW_SURE_SHARE
                                                        ? box.x0 < search->sheet.segments[best].box.x0
                                                        : box.y0 < search->sheet.segments[best].box.y0)) {
            best = i;
        }
    }
    return best;
}

static bool has_digits(const struct search *search, size_t index) {
    const struct segment *segment = &search->sheet.segments[index];
    const char *text = search->sheet.lines[segment->line].text;
    for (size_t i = segment->from; i < segment->to; i++) {
        if (scan_is_digit(text[i])) {
            return true;
        }
    }
    return false;
}

/* The head of a table: three pieces or more, none of them a label of a party. */
static bool is_table_head(const struct search *search, size_t first) {
    size_t count = 0;
    struct lince_box row = search->sheet.segments[first].box;
    for (size_t i = first; i < search->sheet.segment_count;
         i = next_on_row(search, row, search->sheet.segments[i].box.x1)) {
        size_t label = search->segment_label[i];
        if (label != LABELS_MOST && is_of_party(search, &search->labels[label])) {
            return false;
        }
        count += !has_digits(search, i);
    }
    return count >= HEADS_LEAST;
}

/* Whether another id is printed above the row: then that one is the seller's. */
static bool has_id_above(const struct search *search, struct lince_box box, size_t own) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->segment != own && is_id(search, label) && label->box.y1 < box.y0 + HALF_ROW * box_height(box)) {
            return true;
        }
    }
    return false;
}

/* An id left of the buyer's label on its row, or right above it, if the seller's is further up. */
static void id_before_mark(struct search *search, const struct label *buyer) {
    double height = box_height(buyer->box);
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        struct lince_box box = search->sheet.segments[label->segment].box;
        double gap = buyer->box.y0 - box.y1;
        bool beside = box.x1 < buyer->box.x0 && box_same_row(box, buyer->box) > ROW_SURE_SHARE;
        bool above = gap > -ROWS_OVERLAP * height && gap < ID_GAP * height &&
                     box.y0 < buyer->box.y0 - HALF_ROW * height && fabs(box.x0 - buyer->box.x0) < height;
        if (label->strong && is_id(search, label) && (beside || above) && has_id_above(search, box, label->segment)) {
            search->sheet.segments[label->segment].of_buyer = true;
        }
    }
}

static void block_mark(struct search *search, const struct label *label) {
    const struct segment *own = &search->sheet.segments[label->segment];
    double height = box_height(label->box), bottom = own->box.y1;
    bool has_value = label->to < own->to || !label->whole;
    double right = row_mark(search, label->segment, height, INFINITY, &has_value);
    for (size_t rows = 0; rows < ROWS_MOST; rows++) {
        size_t next = row_below(search, label, bottom, has_value ? ROW_GAP : HEADING_GAP, right);
        if (next == search->sheet.segment_count || begins_other(search, next) || is_table_head(search, next)) {
            break;
        }
        row_mark(search, next, height, right, &has_value);
        has_value = true;
        bottom = search->sheet.segments[next].box.y1;
    }
    id_before_mark(search, label);
}

/* "Razón social" names the seller if another label, further down, names the buyer. */
static bool is_sellers(const struct search *search, const struct label *label) {
    for (size_t i = 0; i < search->label_count && label->neutral; i++) {
        const struct label *other = &search->labels[i];
        if (names_buyer(search, other) && other->segment != label->segment && !other->neutral &&
            other->box.y0 > label->box.y0) {
            return true;
        }
    }
    return false;
}

void buyer_block_learn(struct search *search) {
    if (search->layout->group != GROUP_SALE) {
        return;
    }
    for (size_t i = 0; i < search->label_count; i++) {
        if (names_buyer(search, &search->labels[i]) && !is_sellers(search, &search->labels[i])) {
            block_mark(search, &search->labels[i]);
        }
    }
    for (size_t i = 0; i < search->label_count; i++) {
        struct label *label = &search->labels[i];
        label->side = search->sheet.segments[label->segment].of_buyer ? SIDE_ORIGIN : label->side;
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *candidate = &search->candidates[i];
        candidate->side = search->sheet.segments[candidate->segment].of_buyer ? SIDE_ORIGIN : candidate->side;
    }
}
