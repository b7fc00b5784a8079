/* centred.c - values of several rows beside the middle of their label, as in cells of tables. */
#include <math.h>

#include "fields/search.h"

/* In heights of a row: how near the middle of the label a row is; at one margin; the rows' middle off the label's. */
static const double NEAR_MIDDLE = 0.8, FLUSH = 0.6, OFF_CENTRE_MOST = 0.4;

/* Whether a row of the value's column belongs to another label to its left. */
static bool has_own_label(const struct search *search, const struct label *label, const struct segment *row) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *other = &search->labels[i];
        if (other->strong && other->segment != label->segment && other->box.x1 < row->box.x0 &&
            other->box.x0 >= label->box.x0 - box_height(label->box) &&
            box_same_row(other->box, row->box) > ROW_SURE_SHARE) {
            return true;
        }
    }
    return false;
}

static bool is_row_of_value(const struct search *search, const struct label *label, size_t index) {
    const struct segment *segment = &search->sheet.segments[index];
    return segment->to > segment->from && search->segment_label[index] == LABELS_MOST &&
           segment->box.x0 > label->box.x1 && !has_own_label(search, label, segment);
}

/* The nearest segment to the right on about the label's row; segment_count if there is none. */
static size_t seed_of(const struct search *search, const struct label *label) {
    size_t best = search->sheet.segment_count;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct lince_box *box = &search->sheet.segments[i].box;
        if (fabs(box_middle(*box) - box_middle(label->box)) < NEAR_MIDDLE * box_height(*box) &&
            is_row_of_value(search, label, i) &&
            (best == search->sheet.segment_count || box->x0 < search->sheet.segments[best].box.x0 - 1)) {
            best = i;
        }
    }
    return best;
}

/* The row right above (`down` false) or below, aligned left with this one; segment_count if there is none. */
static size_t neighbour_of(const struct search *search, const struct label *label, size_t index, bool down) {
    const struct segment *own = &search->sheet.segments[index];
    struct extent here = segment_extent(own);
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        struct extent there = segment_extent(segment);
        bool flush = fabs(segment->box.x0 - own->box.x0) < FLUSH * box_height(own->box);
        bool follows =
            down ? sheet_row_follows(&search->sheet, here, there) : sheet_row_follows(&search->sheet, there, here);
        if (i != index && flush && follows && is_row_of_value(search, label, i)) {
            return i;
        }
    }
    return search->sheet.segment_count;
}

bool centred_rows(const struct search *search, const struct label *label, struct stretch *stretch) {
    size_t rows[PIECES_MOST], count = 0, at = seed_of(search, label);
    for (size_t above = at; above < search->sheet.segment_count && count < PIECES_MOST;
         above = neighbour_of(search, label, above, false)) {
        at = above;
        count++;
    }
    for (count = 0; at < search->sheet.segment_count && count < PIECES_MOST;
         at = neighbour_of(search, label, at, true)) {
        rows[count++] = at;
    }
    if (count < 2) {
        return false;
    }
    const struct lince_box *first = &search->sheet.segments[rows[0]].box,
                           *last = &search->sheet.segments[rows[count - 1]].box;
    if (fabs((first->y0 + last->y1) / 2 - box_middle(label->box)) > OFF_CENTRE_MOST * box_height(*first)) {
        return false;
    }
    *stretch = (struct stretch){.piece_count = count};
    for (size_t i = 0; i < count; i++) {
        const struct segment *segment = &search->sheet.segments[rows[i]];
        stretch->pieces[i] = segment_extent(segment);
    }
    return true;
}
