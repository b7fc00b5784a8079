/* unread.c - labels whose value was not found: something is beside them, but no field took it. */
#include "fields/record.h"
#include "fields/search.h"
#include "fields/values/scan.h"

/* What is on a label's row shares this part of its height. */
static const double BESIDE_SHARE = 0.6;

/* Whether any byte of the extent was taken as a value, including hidden fields. */
static bool is_taken(const struct search *search, struct extent extent) {
    for (size_t field = 0; field < search->layout->field_count; field++) {
        if (search->choice[field] == OPTIONS_MOST) {
            continue;
        }
        const struct option *option = &search->options[field].options[search->choice[field]];
        const struct candidate *candidate = &search->candidates[option->candidate];
        for (size_t i = 0; i < candidate->extent_count; i++) {
            if (extents_meet(candidate->extents[i], extent)) {
                return true;
            }
        }
    }
    return false;
}

/* Whether the extent has enough letters and digits for a value: a name has letters, an id digits. */
static bool has_substance(const struct search *search, enum value_type type, struct extent extent) {
    enum { SUBSTANCE_LETTERS = 4 };
    const struct fold *fold = &search->sheet.lines[extent.line].fold;
    size_t count = 0;
    for (size_t i = 0; i < fold->count; i++) {
        bool digit = scan_is_digit(fold->plain[i]), fits = type == VALUE_NAME ? !digit : type != VALUE_ID || digit;
        count += fits && fold->from[i] >= extent.from && fold->to[i] <= extent.to;
    }
    return count >= SUBSTANCE_LETTERS;
}

/* Whether a label begins in the segment. */
static bool is_label(const struct search *search, size_t segment) {
    for (size_t i = 0; i < search->label_count; i++) {
        if (search->labels[i].segment == segment) {
            return true;
        }
    }
    return false;
}

/* The segment right below the label, where its value would be; the count of segments if there is none. */
static size_t segment_below(const struct search *search, const struct label *label) {
    static const double ROWS_MOST = 1.6;
    size_t found = search->sheet.segment_count;
    double nearest = ROWS_MOST * box_height(label->box);
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        double gap = segment->box.y0 - label->box.y1;
        if (i != label->segment && gap > -ROWS_OVERLAP * box_height(label->box) && gap < nearest &&
            box_shared_width(segment->box, label->box) > 0 && box_same_row(segment->box, label->box) < ROW_SHARE) {
            nearest = gap;
            found = i;
        }
    }
    return found;
}

/* Whether something that no field took is where the label's value would be: after it, on its row or below. */
static bool has_value_beside(const struct search *search, enum value_type type, const struct label *label) {
    const struct segment *own = &search->sheet.segments[label->segment];
    struct extent after = {own->line, label->to, own->to};
    if (has_substance(search, type, after)) {
        return !is_taken(search, after);
    }
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (i != label->segment && segment->box.x0 > label->box.x1 &&
            box_same_row(segment->box, label->box) > BESIDE_SHARE && !is_label(search, i) &&
            has_substance(search, type, segment_extent(segment))) {
            return !is_taken(search, segment_extent(segment));
        }
    }
    size_t below = segment_below(search, label);
    if (below == search->sheet.segment_count || is_label(search, below)) {
        return false;
    }
    struct extent under = segment_extent(&search->sheet.segments[below]);
    return has_substance(search, type, under) && !is_taken(search, under);
}

bool unread_has_label(const struct search *search, size_t field) {
    static const double SURE = 0.85;
    const struct field_rule *rule = &search->layout->fields[field];
    bool buyer =
        rule->side == SIDE_ORIGIN && search->layout->group == GROUP_SALE; /* most often whoever keeps the books */
    if (search->choice[field] != OPTIONS_MOST || rule->hidden || buyer) {
        return false;
    }
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        bool other_side = label->side != SIDE_NONE && rule->side != SIDE_NONE && label->side != rule->side;
        if (label->kind == PHRASE_FIELD && label->field == field && label->strong && !other_side &&
            label->quality * label->weight > SURE && has_value_beside(search, rule->type, label)) {
            return true;
        }
    }
    return false;
}
