/* candidate_side.c - the side of candidates and labels, payer or payee: that of the heading above them. */
#include <math.h>

#include "fields/search.h"

/* The columns that a heading or label governs end at the next strong label to its right on its row. */
static double columns_end(const struct search *search, const struct label *label) {
    double right = search->sheet.width_px + 1;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *other = &search->labels[i];
        if (other->strong && other->box.x0 > label->box.x1 && other->box.x0 < right &&
            box_same_row(other->box, label->box) > ROW_SHARE) {
            right = other->box.x0;
        }
    }
    return right;
}

/* "Nombre del beneficiario" above the name: the rows below it are no longer of the party whose heading is above it. */
static bool is_above_party(const struct search *search, const struct label *label) {
    const struct field_rule *rule = label->kind == PHRASE_FIELD ? &search->layout->fields[label->field] : NULL;
    return rule != NULL && rule->type == VALUE_NAME && rule->side != SIDE_NONE && label->whole && !label->neutral &&
           !label->has_neighbour;
}

/*
 * The heading of a box: the nearest above it (or on its row) in its columns, unless a label without a side is between
 * them. `passed`: the heading has a value of its own, so it may be only a label, and another label is between it and
 * the box.
 */
static size_t heading_of(const struct search *search, struct lince_box box, bool *passed) {
    size_t best = LABELS_MOST;
    double best_y = -1, label_y = -1;
    double middle = box_middle(box);
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        bool heading = label->kind == PHRASE_ORIGIN || label->kind == PHRASE_DESTINATION;
        bool field = label->strong && label->kind == PHRASE_FIELD;
        bool ends = field && (search->layout->fields[label->field].side == SIDE_NONE || is_above_party(search, label));
        if (!heading && !field) {
            continue;
        }
        bool above = label->box.y0 < middle && (label->box.y1 < middle || label->box.x1 <= box.x0 + 1);
        bool columns = box.x0 < label->columns_end - HALF_ROW * box_height(label->box) &&
                       box.x1 > label->box.x0 - box_height(label->box);
        if (!above || !columns) {
            continue;
        }
        bool both =
            heading && best != LABELS_MOST && search->labels[best].segment == label->segment; /* it is also one */
        if ((heading || ends) && (label->box.y0 > best_y || both)) {
            best_y = label->box.y0;
            best = i;
        }
        label_y = !heading && label->box.y0 > label_y ? label->box.y0 : label_y;
    }
    if (best == LABELS_MOST || search->labels[best].kind == PHRASE_FIELD) {
        return LABELS_MOST;
    }
    *passed = search->labels[best].paragraph.piece_count > 0 && label_y > search->labels[best].box.y0 + 1;
    return best;
}

static enum side heading_side(const struct search *search, size_t heading) {
    if (heading == LABELS_MOST) {
        return SIDE_NONE;
    }
    return search->labels[heading].kind == PHRASE_ORIGIN ? SIDE_ORIGIN : SIDE_DESTINATION;
}

/* Whether the label names a party beside it: "Beneficiario: Ana Soto". */
static bool names_party(const struct search *search, const struct label *label) {
    const struct field_rule *rule = label->kind == PHRASE_FIELD ? &search->layout->fields[label->field] : NULL;
    return rule != NULL && rule->type == VALUE_NAME && rule->side != SIDE_NONE && label->strong && !label->neutral &&
           label->has_neighbour;
}

/* The label of a field on the row right above, flush with it; prefers one that names a party. LABELS_MOST for none. */
static size_t label_above(const struct search *search, const struct label *label) {
    static const double GAP_HEIGHTS = 1.2;
    double height = box_height(label->box);
    size_t best = LABELS_MOST;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *other = &search->labels[i];
        double gap = label->box.y0 - other->box.y1;
        bool above = other->kind == PHRASE_FIELD && other->strong && gap > -HALF_ROW * height &&
                     gap < GAP_HEIGHTS * height && other->box.y0 < label->box.y0 - HALF_ROW * height &&
                     fabs(other->box.x0 - label->box.x0) < height;
        bool lower = above && (best == LABELS_MOST || other->box.y0 > search->labels[best].box.y0 + 1);
        bool party = above && best != LABELS_MOST && other->box.y0 > search->labels[best].box.y0 - 1 &&
                     names_party(search, other);
        best = lower || party ? i : best;
    }
    return best;
}

/*
 * The side of the party that is named right above a label without a side: "Beneficiario: Ana Soto / DNI: 42884471".
 * Not if both parties are named, one below the other: the rows behind them may be of either.
 */
static enum side named_above(const struct search *search, const struct label *label) {
    size_t named = label_above(search, label);
    if (named == LABELS_MOST || !names_party(search, &search->labels[named])) {
        return SIDE_NONE;
    }
    enum side side = search->layout->fields[search->labels[named].field].side;
    size_t before = label_above(search, &search->labels[named]);
    bool both = before != LABELS_MOST && names_party(search, &search->labels[before]) &&
                search->layout->fields[search->labels[before].field].side != side;
    return both ? SIDE_NONE : side;
}

/* Whether both parties have a heading with nothing beside it: then these are no labels of single values. */
static bool has_both_headings(const struct search *search) {
    bool origin = false, destination = false;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        origin = origin || (label->kind == PHRASE_ORIGIN && label->whole && !label->has_neighbour);
        destination = destination || (label->kind == PHRASE_DESTINATION && label->whole && !label->has_neighbour);
    }
    return origin && destination;
}

/* A label that is also a heading has its own side; others have the side of the heading above them. */
static void label_side(struct search *search, struct label *label) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *other = &search->labels[i];
        bool heading = other->kind == PHRASE_ORIGIN || other->kind == PHRASE_DESTINATION;
        if (heading && other->segment == label->segment && other->from == label->from) {
            label->side = other->kind == PHRASE_ORIGIN ? SIDE_ORIGIN : SIDE_DESTINATION;
            return;
        }
    }
    bool passed = false;
    size_t heading = heading_of(search, label->box, &passed);
    if (heading != LABELS_MOST && search->labels[heading].has_neighbour &&
        box_same_row(search->labels[heading].box, label->box) < ROW_SHARE) {
        heading = LABELS_MOST; /* the heading has its value beside it: it is a label like the others */
    }
    if (heading == LABELS_MOST && label->neutral) {
        label->side = named_above(search, label);
        label->weak = label->side != SIDE_NONE;
        return;
    }
    label->side = heading_side(search, heading);
    label->weak =
        heading != LABELS_MOST && search->labels[heading].paragraph.piece_count > 0 && !has_both_headings(search);
}

void candidates_take_sides(struct search *search) {
    for (size_t i = 0; i < search->label_count; i++) {
        search->labels[i].columns_end = columns_end(search, &search->labels[i]);
    }
    for (size_t i = 0; i < search->label_count; i++) {
        label_side(search, &search->labels[i]);
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *candidate = &search->candidates[i];
        bool passed = false;
        candidate->heading = heading_of(search, candidate->first_box, &passed);
        candidate->heading = passed ? LABELS_MOST : candidate->heading;
        candidate->side = heading_side(search, candidate->heading);
    }
}
