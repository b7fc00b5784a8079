/* buyer_alone.c - marks the first id that is not the seller's, and the name right above it or left of it. */
#include "fields/sales/buyer_alone.h"

#include <math.h>
#include <string.h>

#include "fields/values/scan.h"

/* In heights: the gap between the name and its id, beside and below; how far apart their left edges are. */
static const double BESIDE_GAP = 6, BELOW_GAP = 0.9, FLUSH = 2, HEADING_GAP = 1.6;
static const double NAME_LEAST = 0.6;
enum { DIGITS_MOST = 4, NAME_BYTES_LEAST = 6 };

static bool has_block(const struct search *search) {
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        if (search->sheet.segments[i].of_buyer) {
            return true;
        }
    }
    return false;
}

/* Whether a label before it on its piece asks for an id: "RUC 20118019815". */
static bool has_label(const struct search *search, const struct candidate *id) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->segment == id->segment && label->kind == PHRASE_FIELD && label->to <= id->extents[0].from &&
            search->layout->fields[label->field].type == VALUE_ID) {
            return true;
        }
    }
    return false;
}

/* The seller's id: beside its name, or else the highest one that can be no number of another kind. NULL for none. */
static const struct candidate *sellers_id(const struct search *search) {
    const struct candidate *highest = NULL;
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *id = &search->candidates[i];
        if (id->type == VALUE_ID && id->of_head) {
            return id;
        }
        if (id->type == VALUE_ID && (!id->find.bare || has_label(search, id)) && id->side == SIDE_NONE &&
            (highest == NULL || id->first_box.y0 < highest->first_box.y0)) {
            highest = id;
        }
    }
    return highest;
}

/* Bytes of the name of a tax id, in capitals, that ends the text behind other words; 0 if none does. */
static size_t id_name_before(const struct country_set *set, const char *text, size_t end) {
    for (size_t i = 0; i < set->count; i++) {
        for (size_t k = 0; k < set->countries[i].id_count; k++) {
            const struct id_kind *kind = &set->countries[i].ids[k];
            size_t bytes = strlen(kind->name), same = 0;
            if (!kind->tax || end <= bytes + NAME_BYTES_LEAST || text[end - bytes - 1] != ' ') {
                continue;
            }
            while (same < bytes && kind->name[same] - 'a' + 'A' == text[end - bytes + same]) {
                same++;
            }
            if (same == bytes) {
                return bytes;
            }
        }
    }
    return 0;
}

/* The part of the id's own piece before its label: "HOTEL UNO NIT 900.123.456-7". False if there is no name in it. */
static bool name_before(const struct search *search, const struct candidate *id, struct extent *name) {
    const struct segment *segment = &search->sheet.segments[id->segment];
    const char *text = search->sheet.lines[segment->line].text + segment->from;
    size_t end = id->extents[0].from > segment->from ? id->extents[0].from - segment->from : 0;
    while (end > 0 && strchr(" .:-", text[end - 1]) != NULL) {
        end--;
    }
    size_t named = id_name_before(search->locale.set, text, end);
    bool cut = named > 0;
    end -= named;
    while (end > 0 && strchr(" -,", text[end - 1]) != NULL) {
        end--;
    }
    *name = (struct extent){segment->line, segment->from, segment->from + end};
    return cut && name_company_quality(&search->locale, text, end) >= NAME_LEAST;
}

/* Whether a firm or its address was found in the segment, or a value that no party's name has. */
static bool is_taken(const struct search *search, size_t segment) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        bool value = candidate->type == VALUE_DATE || candidate->type == VALUE_MONEY || candidate->type == VALUE_ID ||
                     candidate->type == VALUE_PHONE;
        if (candidate->segment == segment && (candidate->of_head || (value && !candidate->find.bare))) {
            return true;
        }
    }
    return false;
}

static bool is_name(const struct search *search, size_t index) {
    const struct segment *segment = &search->sheet.segments[index];
    const char *text = search->sheet.lines[segment->line].text + segment->from;
    size_t bytes = segment->to - segment->from, digits = 0;
    for (size_t i = 0; i < bytes; i++) {
        digits += scan_is_digit(text[i]);
    }
    bool looks = name_company_quality(&search->locale, text, bytes) >= NAME_LEAST ||
                 name_quality(&search->locale, text, bytes) >= NAME_LEAST;
    return search->segment_label[index] == LABELS_MOST && !search->sheet.lines[segment->line].chrome && looks &&
           digits < DIGITS_MOST && memchr(text, ':', bytes) == NULL && memchr(text, ' ', bytes) != NULL &&
           !is_taken(search, index);
}

/* The segment with the name of the id's owner; segment_count if there is none. */
static size_t name_of(const struct search *search, const struct candidate *id) {
    struct lince_box row = search->sheet.segments[id->segment].box;
    double height = box_height(row);
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        struct lince_box box = search->sheet.segments[i].box;
        double gap = row.y0 - box.y1;
        bool beside =
            box_same_row(box, row) > ROW_SURE_SHARE && box.x1 < row.x0 && row.x0 - box.x1 < BESIDE_GAP * height;
        bool above = gap > -ROWS_OVERLAP * height && gap < BELOW_GAP * height && fabs(box.x0 - row.x0) < FLUSH * height;
        if (i != id->segment && (beside || above) && is_name(search, i)) {
            return i;
        }
    }
    return search->sheet.segment_count;
}

/* Whoever printed, served, authorised or carried the sale is no buyer. */
static bool is_other_party(const struct search *search, size_t of) {
    struct said said = search_said(search, SAID_OTHER_PARTIES);
    struct lince_box own = search->sheet.segments[of].box;
    double height = box_height(own);
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        double gap = own.y0 - segment->box.y1;
        bool above = gap > -ROWS_OVERLAP * height && gap < HEADING_GAP * height &&
                     box_shared_width(segment->box, own) > -FLUSH * height;
        bool beside = box_same_row(segment->box, own) > ROW_SURE_SHARE && segment->box.x0 <= own.x0;
        if ((above || beside) && segment_begins_with(&search->sheet, segment, said.texts, said.count)) {
            return true;
        }
    }
    return false;
}

/* Below the total stand a printer and a system, and no buyer. */
static bool is_below_total(const struct search *search, struct lince_box box) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind == PHRASE_FIELD && label->has_neighbour && search->layout->fields[label->field].required &&
            search->layout->fields[label->field].type == VALUE_MONEY && label->box.y1 < box.y0) {
            return true;
        }
    }
    return false;
}

static void side_give(struct search *search, size_t segment) {
    search->sheet.segments[segment].of_buyer = true;
    for (size_t i = 0; i < search->label_count; i++) {
        struct label *label = &search->labels[i];
        label->side = label->segment == segment ? SIDE_ORIGIN : label->side;
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *candidate = &search->candidates[i];
        candidate->side = candidate->segment == segment ? SIDE_ORIGIN : candidate->side;
    }
}

bool buyer_alone_learn(struct search *search) {
    const struct candidate *own = search->layout->group == GROUP_SALE ? sellers_id(search) : NULL;
    if (own == NULL || has_block(search)) {
        return true;
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *id = &search->candidates[i];
        bool labelled = has_label(search, id);
        if (id->type != VALUE_ID || id->of_head || id->side != SIDE_NONE || id->find.checked < 0 ||
            (id->find.bare && !labelled) || strcmp(id->find.value, own->find.value) == 0) {
            continue;
        }
        struct extent own_piece;
        size_t segment = id->segment, name = name_before(search, id, &own_piece) ? segment : name_of(search, id);
        if (name == search->sheet.segment_count || is_other_party(search, name) || is_other_party(search, segment) ||
            is_below_total(search, search->sheet.segments[name].box)) {
            continue;
        }
        struct stretch stretch = {
            .piece_count = 1, .pieces = {name == segment ? own_piece : segment_extent(&search->sheet.segments[name])}};
        if (!stretch_join(search, &stretch)) {
            return false;
        }
        struct candidate candidate = {
            .type = VALUE_NAME, .find = {.to = stretch.bytes, .quality = NAME_LEAST}, .of_buyer = true};
        if (!candidate_add(search, candidate, &stretch)) {
            return false;
        }
        search->candidates[i].of_buyer = true;
        side_give(search, name);
        side_give(search, segment);
        return true;
    }
    return true;
}
