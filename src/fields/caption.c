/* caption.c - pages with captions under their values: how to recognise them, and the free text above a caption. */
#include <string.h>

#include "fields/search.h"

/* In heights: a caption may overlap the value above it by so much. */
static const double CAPTION_OVERLAP = 0.4;
static const double QUALITY_TEXT = 0.9; /* of a free text right above its caption */

/*
 * Some apps print a small caption under each value. The kinds of values decide: a label with a value of its own kind
 * right above it, and not below or beside it, is evidence for captions.
 */
void captions_learn(struct search *search) {
    size_t above = 0, other = 0;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind != PHRASE_FIELD || !label->whole) {
            continue;
        }
        double best_above = 0, best_other = 0;
        for (size_t j = 0; j < search->candidate_count; j++) {
            const struct candidate *candidate = &search->candidates[j];
            enum found_by how;
            if (candidate->type != search->layout->fields[label->field].type || candidate->for_label) {
                continue;
            }
            double up = place_score(search, label, candidate, PLACE_ABOVE, &how);
            double down = place_score(search, label, candidate, PLACE_AFTER | PLACE_RIGHT | PLACE_BELOW, &how);
            best_above = up > best_above ? up : best_above;
            best_other = down > best_other ? down : best_other;
        }
        above += best_above > LIKELY && best_above > best_other;
        other += best_other > LIKELY;
    }
    search->values_above = above >= 3 && above > 2 * other;
}

/* The free segment right above a box, aligned with it or centred on it; segment_count if there is none. */
static size_t segment_above(const struct search *search, struct lince_box box) {
    double height = box_height(box);
    size_t best = search->sheet.segment_count;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        double gap = box.y0 - segment->box.y1, left = segment->box.x0 - box.x0;
        double centres = (segment->box.x0 + segment->box.x1 - box.x0 - box.x1) / 2;
        bool is_aligned = (left < height && left > -height) || (centres < 2 * height && centres > -2 * height);
        if (search->segment_label[i] == LABELS_MOST && segment->to > segment->from && is_aligned &&
            gap > -CAPTION_OVERLAP * height && gap < height && segment->box.y0 < box.y0 &&
            (best == search->sheet.segment_count || segment->box.y1 > search->sheet.segments[best].box.y1)) {
            best = i;
        }
    }
    return best;
}

bool captions_add(struct search *search) {
    for (size_t i = 0; search->values_above && i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind != PHRASE_FIELD || !label->whole || search->layout->fields[label->field].type != VALUE_TEXT) {
            continue;
        }
        struct extent rows[PIECES_MOST];
        size_t count = 0;
        for (size_t at = segment_above(search, label->box); at < search->sheet.segment_count && count < PIECES_MOST;) {
            const struct segment *segment = &search->sheet.segments[at];
            rows[count] = segment_extent(segment);
            if (count > 0 && !sheet_row_follows(&search->sheet, rows[count], rows[count - 1])) {
                break;
            }
            count++;
            at = segment_above(search, segment->box);
        }
        struct stretch stretch = {.piece_count = count};
        for (size_t j = 0; j < count; j++) {
            stretch.pieces[j] = rows[count - 1 - j];
        }
        struct candidate candidate = {.type = VALUE_TEXT, .for_label = true, .label = i};
        if (count > 0 && !stretch_join(search, &stretch)) {
            return false;
        }
        candidate.find = (struct find){.to = stretch.bytes, .quality = QUALITY_TEXT};
        if (count > 0 && !candidate_add(search, candidate, &stretch)) {
            return false;
        }
    }
    return true;
}
