/* candidate.c - adds what was found in a stretch to the candidates: its places on the page, and whether it is known. */
#include <string.h>

#include "base/arena.h"
#include "fields/search.h"

bool candidate_extents_overlap(const struct candidate *left, const struct candidate *right) {
    for (size_t i = 0; i < left->extent_count; i++) {
        for (size_t j = 0; j < right->extent_count; j++) {
            if (extents_meet(left->extents[i], right->extents[j])) {
                return true;
            }
        }
    }
    return false;
}

/* The lowest confidence of the words that the extent touches. */
static double words_confidence(const struct sheet_line *line, struct extent extent) {
    double least = 1;
    for (size_t i = 0; i < line->word_count; i++) {
        const struct sheet_word *word = &line->words[i];
        least = word->from < extent.to && word->to > extent.from && word->confidence < least ? word->confidence : least;
    }
    return least;
}

/* Fills in the places of the bytes from `from` to `to` of the stretch. False when memory is refused. */
static bool candidate_place(struct search *search, struct candidate *candidate, const struct stretch *stretch,
                            size_t from, size_t to) {
    candidate->confidence = candidate->words_confidence = 1;
    for (size_t at = from; at < to && candidate->extent_count < EXTENTS_MOST;) {
        size_t piece;
        struct extent extent = stretch_extent(stretch, at, to, &piece);
        if (extent.to > extent.from) {
            const struct sheet_line *line = &search->sheet.lines[extent.line];
            struct lince_box box = sheet_extent_box(&search->sheet, extent);
            candidate->box = candidate->extent_count == 0 ? box : box_around(candidate->box, box);
            candidate->first_box = candidate->extent_count == 0 ? box : candidate->first_box;
            candidate->confidence = line->confidence < candidate->confidence ? line->confidence : candidate->confidence;
            double words = words_confidence(line, extent);
            candidate->words_confidence = words < candidate->words_confidence ? words : candidate->words_confidence;
            candidate->extents[candidate->extent_count++] = extent;
        }
        at += (extent.to > extent.from ? extent.to - extent.from : 0) + 1;
    }
    char *text = arena_copy_text(search->arena, stretch->text + from, to - from);
    if (text == NULL) {
        return false;
    }
    for (size_t i = 0; text[i] != '\0'; i++) {
        text[i] = text[i] == '\n' ? ' ' : text[i];
    }
    candidate->text = text;
    candidate->text_bytes = to - from;
    candidate->heading = LABELS_MOST;
    if (candidate->extent_count > 0) {
        candidate->segment = sheet_segment_at(&search->sheet, candidate->extents[0]);
    }
    return true;
}

/* The same candidate, found before; NULL if it is new. */
static struct candidate *known_find(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *other = &search->candidates[i];
        if (other->type == candidate->type && other->extent_count == candidate->extent_count &&
            other->for_label == candidate->for_label && other->label == candidate->label &&
            memcmp(other->extents, candidate->extents, candidate->extent_count * sizeof *candidate->extents) == 0) {
            return other;
        }
    }
    return NULL;
}

bool candidate_add(struct search *search, struct candidate candidate, const struct stretch *stretch) {
    if (search->candidate_count == search->candidates_most) {
        return true; /* no page has so many; later ones are left out */
    }
    struct find *find = &candidate.find;
    if (candidate.type == VALUE_NAME || candidate.type == VALUE_COMPANY) {
        find->to = find->from + name_without_signs(&search->locale, stretch->text + find->from, find->to - find->from);
    }
    if (!candidate_place(search, &candidate, stretch, candidate.find.from, candidate.find.to)) {
        return false;
    }
    struct candidate *known = known_find(search, &candidate);
    if (known != NULL) {
        known->of_amount = known->of_amount || candidate.of_amount;
        known->of_sentence = known->of_sentence || candidate.of_sentence;
        known->of_buyer = known->of_buyer || candidate.of_buyer;
    } else if (candidate.extent_count > 0) {
        search->candidates[search->candidate_count++] = candidate;
    }
    return true;
}

bool candidates_have_date(const struct search *search) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        if (search->candidates[i].type == VALUE_DATE && !search->candidates[i].find.bare) {
            return true;
        }
    }
    return false;
}
