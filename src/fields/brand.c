/* brand.c - whose app a page is from: which bank on it names the app, and which belongs to a person. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "fields/search.h"

/* In heights of the page's text: values begin at one margin; a bank and the phone or id it belongs to in a list. */
static const double FLUSH = 0.6, LISTED_DISTANCE = 2.4;
/* A title is short, and no smaller than the text. */
enum { TITLE_LETTERS_MOST = 28, TITLE_WORDS_MOST = 3, SENTENCE_LETTERS = 20 };
static const double TITLE_HEIGHT = 0.9;
/* The row above a row of a sentence: its largest distance in heights, and the ratio of its letters' height. */
static const double SENTENCE_GAP = 0.4, ALIKE_LEAST = 0.8, ALIKE_MOST = 1.25;
/* An app names itself in the upper part of the page, or at its foot, away from the last label. */
static const double HEAD_SHARE = 0.45, FOOT_SHARE = 0.8, FOOT_DISTANCE = 2.5;

/*
 * A phone or id without a label, on its row or in the same list, right below or within two rows above: the bank of the
 * payee, not of the app.
 */
static bool stands_by_person(const struct search *search, const struct candidate *bank) {
    double height = search->sheet.text_height_px;
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        bool person = (other->type == VALUE_PHONE || other->type == VALUE_ID) && !other->find.bare;
        double above = bank->box.y0 - other->box.y1, below = other->box.y0 - bank->box.y1;
        bool listed = fabs(other->first_box.x0 - bank->first_box.x0) < FLUSH * height || /* one below the other */
                      box_same_row(other->first_box, bank->first_box) > ROW_SURE_SHARE;
        if (person && listed && above > -height && above < LISTED_DISTANCE * height &&
            below < LISTED_DISTANCE * height && !candidate_is_labelled(search, other)) {
            return true;
        }
    }
    return false;
}

/* Whether the word before a byte of the line leads to a payee: "pago a Banesco". */
static bool is_led_to(const struct search *search, const char *text, size_t from, size_t to) {
    while (to > from && text[to - 1] == ' ') {
        to--;
    }
    size_t begin = to;
    while (begin > from && text[begin - 1] != ' ') {
        begin--;
    }
    return said_is(locale_said(&search->locale, SAID_PAYEE_LEADS), text + begin, to - begin, SAID_ANY_CASE);
}

/*
 * In the middle of a sentence: after words on its row, unless they form a short title with it ("Mi Pago Bancaribe"), or
 * continuing a row of words right above.
 */
static bool is_in_sentence(const struct search *search, const struct candidate *candidate) {
    const struct segment *own = &search->sheet.segments[candidate->segment];
    const struct sheet_line *line = &search->sheet.lines[own->line];
    size_t from = candidate->extents[0].from, words = 0;
    for (size_t at = own->fold_from; at < own->fold_to && line->fold.from[at] < from; at++) {
        words += fold_word_starts(&line->fold, at);
    }
    bool title = own->fold_to - own->fold_from <= TITLE_LETTERS_MOST && words <= TITLE_WORDS_MOST &&
                 !is_led_to(search, line->text, own->from, from) &&
                 box_height(own->box) > TITLE_HEIGHT * search->sheet.text_height_px;
    if (words > 0 && !title) {
        return true;
    }
    double height = box_height(own->box);
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        double gap = own->box.y0 - segment->box.y1;
        double ratio = box_height(segment->box) / height;
        if (i != candidate->segment && segment->fold_to - segment->fold_from >= SENTENCE_LETTERS &&
            gap > -HALF_ROW * height && gap < SENTENCE_GAP * height &&
            segment->box.y0 < own->box.y0 - HALF_ROW * height && ratio > ALIKE_LEAST && ratio < ALIKE_MOST &&
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
        if (next->running && sheet_row_follows(&search->sheet, segment_extent(own), segment_extent(next))) {
            return true;
        }
    }
    return own->running;
}

/* The first words of a message: "Banesco: usted envió ...". */
static bool is_sender(const struct search *search, const struct candidate *candidate) {
    const struct segment *own = &search->sheet.segments[candidate->segment];
    if (!is_of_running_text(search, candidate->segment) || candidate->extents[0].from > own->from ||
        own->to - candidate->extents[0].to < 8) {
        return false;
    }
    for (size_t i = 0; i < candidate->segment; i++) {
        const struct segment *above = &search->sheet.segments[i];
        if (above->running && sheet_row_follows(&search->sheet, segment_extent(above), segment_extent(own))) {
            return false;
        }
    }
    return true;
}

/* The second of two banks at the top of a page belongs to the person whose name is above it. */
static bool is_below_a_bank(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->type == VALUE_BANK && !other->find.bare && other->first_box.y1 < candidate->first_box.y0 &&
            !other->in_sentence && strcmp(other->find.value, candidate->find.value) != 0) {
            return true;
        }
    }
    return false;
}

/* "Banco Bancaribe": if the bank's own name has no such word, the word before it is a label. */
static bool has_label_within(const struct search *search, const struct candidate *candidate) {
    const char *name = country_bank_name(search->locale.country, candidate->find.value);
    size_t label = said_begin(locale_said(&search->locale, SAID_BANK_LABELS), candidate->text, candidate->text_bytes,
                              SAID_ANY_CASE);
    bool labelled = label > 0;
    while (label > 0 && candidate->text[label - 1] == ' ') {
        label--;
    }
    return labelled && name != NULL && strncasecmp(name, candidate->text, label) != 0;
}

/* The first row of a list that continues with a label and its value: no title. */
static bool begins_list(const struct search *search, const struct candidate *candidate) {
    const struct segment *own = &search->sheet.segments[candidate->segment];
    for (size_t i = 0; i < search->label_count && has_label_within(search, candidate); i++) {
        const struct label *label = &search->labels[i];
        const struct segment *next = &search->sheet.segments[label->segment];
        if (label->kind == PHRASE_FIELD && label->from == next->from && label->has_neighbour &&
            fabs(next->box.x0 - own->box.x0) < HALF_ROW * box_height(own->box) &&
            sheet_row_follows(&search->sheet, segment_extent(own), segment_extent(next))) {
            return true;
        }
    }
    return false;
}

/* From the first label of the page to the last one. */
struct span {
    double first, last;
};

static struct span labels_span(const struct search *search) {
    struct span span = {search->sheet.height_px, 0};
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        bool letter = label->to - label->from < 2; /* more likely an icon than "A" */
        if (label->strong && label->kind == PHRASE_FIELD && !letter) {
            span.first = label->box.y0 < span.first ? label->box.y0 : span.first;
            span.last = label->box.y1 > span.last ? label->box.y1 : span.last;
        }
    }
    return span;
}

/* A bank named before the first label or after the last one is the app's own. */
static bool is_brand(const struct search *search, const struct candidate *candidate, struct span labels) {
    bool coded = candidate->text_bytes > 4 && candidate->text[0] == '0' && candidate->text[1] == '1';
    if (!coded && is_sender(search, candidate)) {
        return true;
    }
    if (coded || candidate->in_sentence || stands_by_person(search, candidate)) {
        return false; /* "0105 - BANCO MERCANTIL" is printed in a row, never as a title */
    }
    bool head = candidate->first_box.y1 < labels.first &&
                candidate->first_box.y0 < HEAD_SHARE * search->sheet.height_px && !is_below_a_bank(search, candidate) &&
                !begins_list(search, candidate);
    bool foot = candidate->first_box.y0 > labels.last + FOOT_DISTANCE * search->sheet.text_height_px &&
                candidate->first_box.y0 > FOOT_SHARE * search->sheet.height_px;
    return head || foot;
}

/* Whether the bank is that of the brand, named again. */
static bool is_brand_again(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->brand && !other->find.bare && strcmp(other->find.value, candidate->find.value) == 0) {
            return true;
        }
    }
    return false;
}

void brands_learn(struct search *search) {
    struct span labels = labels_span(search);
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *candidate = &search->candidates[i];
        candidate->in_sentence = candidate->type == VALUE_BANK && is_in_sentence(search, candidate);
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *candidate = &search->candidates[i];
        candidate->brand = candidate->type == VALUE_BANK && is_brand(search, candidate, labels);
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *candidate = &search->candidates[i];
        candidate->brand_again = candidate->type == VALUE_BANK && is_brand_again(search, candidate);
    }
}

bool brand_bank_is_only_other(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->type == candidate->type && !other->find.bare && !other->brand_again &&
            strcmp(other->find.value, candidate->find.value) != 0) {
            return false;
        }
    }
    return true;
}
