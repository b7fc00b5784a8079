/* place_score.c - where a value is relative to a label: after it, beside it, below it, in its paragraph. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "fields/search.h"

/*
 * Scores of places, by hand: 1 is right after the label. Each letter, piece or row between label and value takes away,
 * and so does each height of a row.
 */
static const double BROKEN_OFF = 0.9, AFTER_LETTER = 0.04, AFTER_LEAST = 0.4;
static const double LEAD_LETTER = 0.015, LEAD_LEAST = 0.7; /* words before the value in its own piece */
static const double RIGHT = 0.98, RIGHT_PIECE = 0.2, RIGHT_LONG_LABEL = 0.85, LEFT = 0.96;
static const double BELOW = 0.95, BELOW_ROW = 0.15, BELOW_HEIGHT = 0.05, BELOW_ID_ROW = 0.02;
static const double BELOW_NEIGHBOUR = 0.5; /* the label has a value beside it */
static const double BELOW_CAPTIONS = 0.6;  /* the page's labels are captions under their values */
static const double BELOW_ALONE = 0.97;    /* the least factor of a number alone below a label alone */
static const double PARAGRAPH = 0.88, PARAGRAPH_PIECE = 0.03;
static const double ABOVE = 0.62, ABOVE_CAPTIONS = 0.93, ABOVE_NEIGHBOUR = 0.2;
/* A piece between label and value is on their row by this share of its height. */
static const double BETWEEN_SHARE = 0.45;
/* In heights of the label: how far a value below or above it may overlap it, begin under its top, and be away. */
static const double BELOW_OVERLAP = 0.6, BELOW_STEP = 0.4, BELOW_REACH = 7.0, ABOVE_OVERLAP = 0.4;

/* Folded characters of a line between two bytes. */
static size_t letters_between(const struct sheet_line *line, size_t from, size_t to) {
    size_t count = 0;
    for (size_t i = 0; i < line->fold.count; i++) {
        count += line->fold.from[i] >= from && line->fold.to[i] <= to;
    }
    return count;
}

/* Digits between two bytes of a line, without those of a rate: "(16,00%)". */
static size_t digits_between(const struct sheet_line *line, size_t from, size_t to) {
    size_t count = 0, number = 0; /* of the number before the byte */
    for (size_t i = from; i < to; i++) {
        bool digit = line->text[i] >= '0' && line->text[i] <= '9';
        count += digit;
        count -= line->text[i] == '%' ? number : 0;
        number = digit ? number + 1 : strchr(".,", line->text[i]) != NULL ? number : 0;
    }
    return count;
}

static bool label_between(const struct search *search, const struct label *label, size_t segment, size_t to) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *other = &search->labels[i];
        if (other->segment == segment && other->from >= label->to && other->from < to && other->quality > LIKELY) {
            return true;
        }
    }
    return false;
}

/* Whether only "es" or "is" is between the two bytes. */
static bool is_link(const struct search *search, const struct sheet_line *line, size_t from, size_t to) {
    size_t first = 0, letters = 0;
    for (size_t i = 0; i < line->fold.count; i++) {
        if (line->fold.from[i] >= from && line->fold.to[i] <= to) {
            first = letters == 0 ? i : first;
            letters++;
        }
    }
    return said_is(locale_said(&search->locale, SAID_IS_WORDS), line->fold.plain + first, letters, SAID_OWN_CASE);
}

/*
 * A label ends a row of running text and the value begins the next: "... Referencia / 0123", "... la referencia es /
 * 0123".
 */
static bool is_broken_off(const struct search *search, const struct label *label, const struct candidate *candidate) {
    const struct segment *own = &search->sheet.segments[label->segment];
    const struct segment *next = &search->sheet.segments[candidate->segment];
    const struct segment *before = label->segment > 0 ? own - 1 : own;
    bool inside = !label->whole && label->from > own->from;
    bool behind = before->line == own->line && before != own && before->running; /* a wide space in a sentence */
    size_t from = behind ? before->from : own->from;
    return (inside || behind) && candidate->segment == label->segment + 1 &&
           (letters_between(&search->sheet.lines[own->line], label->to, own->to) == 0 ||
            is_link(search, &search->sheet.lines[own->line], label->to, own->to)) &&
           letters_between(&search->sheet.lines[next->line], next->from, candidate->extents[0].from) == 0 &&
           sheet_row_follows(&search->sheet, (struct extent){own->line, from, own->to}, segment_extent(next));
}

static double after_score(const struct search *search, const struct label *label, const struct candidate *candidate) {
    size_t from = candidate->extents[0].from;
    if (candidate->type == VALUE_MONEY && from > label->from && from < label->to &&
        candidate->extents[0].to > label->to) {
        from = label->to; /* the currency is in the label: "TOTAL BS.: 1,36" */
    }
    if (is_broken_off(search, label, candidate)) {
        return BROKEN_OFF;
    }
    if (candidate->segment != label->segment || from < label->to ||
        label_between(search, label, label->segment, from)) {
        return 0;
    }
    size_t letters = letters_between(&search->sheet.lines[label->line], label->to, from);
    double score = 1 - AFTER_LETTER * (double)letters;
    return score < AFTER_LEAST ? AFTER_LEAST : score;
}

/* Words before the value in its own segment: "Cta. Corriente BNC: ***1234". */
static double lead_factor(const struct search *search, const struct candidate *candidate) {
    const struct segment *segment = &search->sheet.segments[candidate->segment];
    size_t letters = letters_between(&search->sheet.lines[segment->line], segment->from, candidate->extents[0].from);
    double factor = 1 - LEAD_LETTER * (double)letters;
    return factor < LEAD_LEAST ? LEAD_LEAST : factor;
}

/* The digits behind the label in its piece that belong to no date: "TOTAL A PAGAR HASTA EL 27/03/2026   28.744,10". */
static size_t digits_without_dates(const struct search *search, const struct label *label) {
    const struct segment *own = &search->sheet.segments[label->segment];
    const struct sheet_line *line = &search->sheet.lines[own->line];
    size_t count = digits_between(line, label->to, own->to);
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *date = &search->candidates[i];
        if (date->type == VALUE_DATE && date->segment == label->segment && !date->find.bare &&
            date->extents[0].from >= label->to) {
            size_t digits = digits_between(line, date->extents[0].from, date->extents[0].to);
            return digits < count ? count - digits : 0;
        }
    }
    return count;
}

static double right_score(const struct search *search, const struct label *label, const struct candidate *candidate) {
    const struct lince_box *box = &candidate->first_box;
    double height = box_height(label->box);
    double middle = box_middle(label->box);
    bool centred = candidate->extent_count > 1 && candidate->box.y0 < middle && candidate->box.y1 > middle &&
                   box->y0 < label->box.y0; /* the label is beside the middle of a value of several rows */
    if (candidate->segment == label->segment || (box_same_row(*box, label->box) < ROW_SHARE && !centred) ||
        box->x0 < label->box.x1 - HALF_ROW * height) {
        return 0;
    }
    const struct segment *own = &search->sheet.segments[label->segment];
    double rest = 1;
    if (own->to > label->to && letters_between(&search->sheet.lines[own->line], label->to, own->to) > 2) {
        bool money = label->kind == PHRASE_FIELD && search->layout->fields[label->field].type == VALUE_MONEY;
        if (!money || label->neutral || digits_without_dates(search, label) > 2) {
            return 0; /* the label's value follows it in its own piece of the row */
        }
        rest = RIGHT_LONG_LABEL; /* "TOTAL INCL. GST 06%": words that continue the label */
    }
    size_t between = 0;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (i == label->segment || i == candidate->segment || segment->fold_to == segment->fold_from ||
            box_same_row(segment->box, label->box) < BETWEEN_SHARE ||
            segment->box.x0 < label->box.x1 - HALF_ROW * height || segment->box.x0 > box->x0) {
            continue;
        }
        if (search->segment_label[i] != LABELS_MOST) {
            return 0;
        }
        between++;
    }
    if (search->segment_label[candidate->segment] != LABELS_MOST ||
        label_between(search, &(struct label){.to = 0}, candidate->segment, candidate->extents[0].from)) {
        return 0;
    }
    double score = (RIGHT - RIGHT_PIECE * (double)between) * lead_factor(search, candidate) * rest;
    return score < 0 ? 0 : score;
}

/* If labels are at the ends of rows: "10,00 monto". */
static double left_score(const struct search *search, const struct label *label, const struct candidate *candidate) {
    const struct lince_box *box = &candidate->box;
    bool before = candidate->segment != label->segment && box->x1 < label->box.x0 &&
                  search->segment_label[candidate->segment] == LABELS_MOST;
    double middle = box_middle(label->box);
    bool row = box_same_row(candidate->first_box, label->box) > ROW_SHARE || (box->y0 < middle && box->y1 > middle);
    return search->values_left && before && row ? LEFT * lead_factor(search, candidate) : 0;
}

static bool columns_match(const struct lince_box *label, const struct lince_box *value, double height) {
    double shared = box_shared_width(*label, *value);
    double centres = fabs(label->x0 + label->x1 - value->x0 - value->x1) / 2;
    bool indented = value->x0 > label->x0 - height && value->x0 < label->x0 + 4 * height;
    return shared > 0 || indented || centres < 2 * height;
}

/* Whether label and number are alone on their rows: "Clave de rastreo / 50118809TRANSBPI77120443". */
static bool is_number_alone(const struct search *search, const struct label *label, const struct candidate *candidate) {
    const struct segment *own = &search->sheet.segments[candidate->segment];
    const struct extent *value = &candidate->extents[0];
    if (label->has_neighbour || !label->whole || candidate->for_label || candidate->type == VALUE_NAME ||
        candidate->type == VALUE_TEXT || candidate->extent_count > 1 || value->from != own->from ||
        value->to != own->to) {
        return false;
    }
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *other = &search->sheet.segments[i];
        if (other != own && other->fold_to > other->fold_from && box_same_row(other->box, own->box) > ROW_SHARE) {
            return false;
        }
    }
    return true;
}

/*
 * Whether the piece is on a row that begins with an id's label: below "Prestador de serviços" a name may stand under
 * the row of its tax number.
 */
static bool is_on_id_row(const struct search *search, size_t index) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind == PHRASE_FIELD && search->layout->fields[label->field].type == VALUE_ID &&
            label->quality > LIKELY && box_same_row(label->box, search->sheet.segments[index].box) > ROW_SHARE &&
            label->box.x0 <= search->sheet.segments[index].box.x0 + 1) {
            return true;
        }
    }
    return false;
}

static double below_score(const struct search *search, const struct label *label, const struct candidate *candidate,
                          unsigned places, enum found_by *how) {
    const struct lince_box *box = &candidate->first_box;
    double height = box_height(label->box);
    double gap = box->y0 - label->box.y1;
    const struct segment *own = &search->sheet.segments[candidate->segment];
    if (gap < -BELOW_OVERLAP * height || gap > BELOW_REACH * height || box->y0 < label->box.y0 + BELOW_STEP * height ||
        !(columns_match(&label->box, box, height) || columns_match(&label->box, &own->box, height)) ||
        search->segment_label[candidate->segment] != LABELS_MOST) {
        return 0;
    }
    bool named = label->whole && (candidate->type == VALUE_NAME || candidate->type == VALUE_COMPANY);
    size_t rows = 0;
    double last_y = -DBL_MAX, past_id = 0;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        double middle = box_middle(segment->box);
        if (i == label->segment || i == candidate->segment || segment->fold_to == segment->fold_from ||
            middle < label->box.y1 || middle > box->y0 ||
            !(box_shared_width(segment->box, *box) > 0 || columns_match(&label->box, &segment->box, height))) {
            continue;
        }
        if (named && is_on_id_row(search, i)) {
            past_id = BELOW_ID_ROW;
            continue;
        }
        if (search->segment_label[i] != LABELS_MOST) {
            return 0;
        }
        rows += fabs(middle - last_y) > HALF_ROW * height;
        last_y = middle;
    }
    if (rows > 0 && (places & (PLACE_COLUMN | PLACE_PARAGRAPH)) == 0) {
        return 0;
    }
    *how = rows == 0 && past_id <= 0 ? FOUND_BELOW : FOUND_COLUMN;
    double score =
        BELOW - past_id - BELOW_ROW * (double)rows - (gap > 2 * height ? BELOW_HEIGHT * (gap / height - 2) : 0);
    double style = search->below_factor;
    style = style < BELOW_ALONE && is_number_alone(search, label, candidate) ? BELOW_ALONE : style;
    score *= label->has_neighbour ? BELOW_NEIGHBOUR : search->values_above ? BELOW_CAPTIONS : style;
    score *= lead_factor(search, candidate);
    return score < 0 ? 0 : score;
}

static double paragraph_score(const struct label *label, const struct candidate *candidate) {
    for (size_t i = 0; i < label->paragraph.piece_count; i++) {
        const struct extent *piece = &label->paragraph.pieces[i], *first = &candidate->extents[0];
        if (piece->line == first->line && first->from >= piece->from && first->to <= piece->to) {
            return PARAGRAPH - PARAGRAPH_PIECE * (double)i;
        }
    }
    return 0;
}

static double above_score(const struct search *search, const struct label *label, const struct candidate *candidate) {
    const struct lince_box *box = &candidate->box;
    double height = box_height(label->box), gap = label->box.y0 - box->y1;
    double centres = fabs(label->box.x0 + label->box.x1 - box->x0 - box->x1) / 2;
    if (gap < -ABOVE_OVERLAP * height || gap > 2 * height || search->segment_label[candidate->segment] != LABELS_MOST ||
        !(centres < 2 * height || fabs(label->box.x0 - box->x0) < height)) {
        return 0;
    }
    return label->has_neighbour ? ABOVE_NEIGHBOUR : search->values_above ? ABOVE_CAPTIONS : ABOVE;
}

static void better(double score, enum found_by how, double *best, enum found_by *best_how) {
    if (score > *best) {
        *best = score;
        *best_how = how;
    }
}

double place_score(const struct search *search, const struct label *label, const struct candidate *candidate,
                   unsigned places, enum found_by *how) {
    double best = 0;
    enum found_by below = FOUND_BELOW;
    if (places & PLACE_AFTER) {
        better(after_score(search, label, candidate), FOUND_AFTER, &best, how);
    }
    if (places & PLACE_RIGHT) {
        better(right_score(search, label, candidate), FOUND_RIGHT, &best, how);
        better(left_score(search, label, candidate), FOUND_LEFT, &best, how);
    }
    if (places & (PLACE_BELOW | PLACE_COLUMN)) {
        double score = below_score(search, label, candidate, places, &below);
        better(score, below, &best, how);
    }
    if ((places & PLACE_ABOVE) || (search->values_above && (places & PLACE_BELOW))) {
        better(above_score(search, label, candidate), FOUND_ABOVE, &best, how);
    }
    if (places & PLACE_PARAGRAPH) {
        better(paragraph_score(label, candidate), FOUND_PARAGRAPH, &best, how);
    }
    return best;
}

bool candidate_is_labelled(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        enum found_by how;
        if (label->strong && label->kind == PHRASE_FIELD &&
            place_score(search, label, candidate, PLACE_AFTER | PLACE_RIGHT | PLACE_BELOW, &how) > LIKELY) {
            return true;
        }
    }
    return false;
}
