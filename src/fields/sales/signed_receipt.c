/*
 * signed_receipt.c - receipts that a person writes: "Recibí de ...", a bill of a person without a firm ("cuenta de
 * cobro"), a rent or a fee. The name below the rule for the signature, or right above an id at the foot, is the
 * seller's.
 */
#include "fields/sales/signed_receipt.h"

#include <string.h>

#include "fields/values/scan.h"

enum { RULE_SIGNS_LEAST = 4, SIGNER_WORDS_LEAST = 2, SIGNER_WORDS_MOST = 6 };
/* The signer is below this share of the text; in heights: how far below a rule or above an id; a heading's gap. */
static const double FOOT_SHARE = 0.4, RULE_GAP = 2.2, ID_GAP = 1.2, HEADING_GAP = 1.9, PAYER_GAP = 3;
/* How much a piece must look like a name. */
static const double NAME_LEAST = 0.75;

bool signed_receipt_is(const struct search *search) {
    struct said said = search_said(search, SAID_SIGNED_RECEIPTS);
    for (size_t i = 0; i < search->sheet.line_count; i++) {
        for (size_t k = 0; k < said.count; k++) {
            if (strstr(search->sheet.lines[i].fold.plain, said.texts[k]) != NULL) {
                return true;
            }
        }
    }
    return false;
}

static const char *text_of(const struct search *search, struct extent extent) {
    return search->sheet.lines[extent.line].text + extent.from;
}

/* Whether the piece begins with the folded words; `whole`: and has no others. */
static bool begins_with(const struct search *search, const struct segment *segment, const char *words, bool *whole) {
    size_t bytes = strlen(words), all = segment->fold_to - segment->fold_from;
    *whole = all == bytes;
    return all >= bytes && segment_begins_with(&search->sheet, segment, &words, 1);
}

/* Two words or more, each with a capital, without digits: "Lic. Octavio Barrientos Lerma". */
static bool is_person(const struct locale *locale, const char *text, size_t bytes) {
    size_t words = 0;
    for (size_t i = 0; i < bytes; i++) {
        bool first = i == 0 || text[i - 1] == ' ';
        if (scan_is_digit(text[i]) || strchr(":,;$@", text[i]) != NULL) {
            return false;
        }
        words += first && text[i] != ' ';
        if (i == 0 && text[i] >= 'a' && text[i] <= 'z') {
            return false;
        }
    }
    return words >= SIGNER_WORDS_LEAST && words <= SIGNER_WORDS_MOST && name_quality(locale, text, bytes) >= NAME_LEAST;
}

/* Whether a line of only strokes or dots is right above the box: the place for the signature. */
static bool has_rule_above(const struct search *search, struct lince_box box) {
    double height = box_height(box);
    for (size_t i = 0; i < search->sheet.line_count; i++) {
        const struct sheet_line *line = &search->sheet.lines[i];
        double gap = box.y0 - line->box.y1;
        bool rule = line->bytes >= RULE_SIGNS_LEAST && strspn(line->text, "_.-") >= line->bytes;
        if (rule && gap > -ROWS_OVERLAP * height && gap < RULE_GAP * height &&
            box_shared_width(line->box, box) > -height) {
            return true;
        }
    }
    return false;
}

/* Whether the piece begins with one of the list; `whole`: and has no other words. */
static bool begins_one(const struct search *search, const struct segment *segment, enum said_list list, bool *whole) {
    struct said said = search_said(search, list);
    bool begins = false;
    for (size_t i = 0; i < said.count && !begins; i++) {
        begins = begins_with(search, segment, said.texts[i], whole);
    }
    return begins;
}

/* Whether the piece says what the signer is. "Firma del cliente" is another's. */
static bool says_signer(const struct search *search, const struct segment *segment) {
    bool whole;
    return begins_one(search, segment, SAID_SIGNERS, &whole) ||
           (begins_one(search, segment, SAID_SIGNATURES, &whole) && whole);
}

/* Whether an id, or what the signer is, stands right below the box. */
static bool has_id_or_role_below(const struct search *search, struct lince_box box) {
    double height = box_height(box);
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *id = &search->candidates[i];
        double gap = id->first_box.y0 - box.y1;
        bool below = gap > -ROWS_OVERLAP * height && gap < ID_GAP * height;
        bool beside = box_same_row(id->first_box, box) > ROW_SURE_SHARE && id->first_box.x0 > box.x1;
        if (id->type == VALUE_ID && (beside || (below && box_shared_width(id->first_box, box) > 0))) {
            return true;
        }
    }
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        double gap = segment->box.y0 - box.y1;
        bool below = gap > -ROWS_OVERLAP * height && gap < ID_GAP * height && box_shared_width(segment->box, box) > 0;
        if (below && says_signer(search, segment)) {
            return true;
        }
    }
    return false;
}

/* The piece right below the segment, at its left edge; segment_count if there is none. */
static size_t piece_below(const struct search *search, const struct segment *own) {
    double height = box_height(own->box);
    size_t best = search->sheet.segment_count;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        struct lince_box box = search->sheet.segments[i].box;
        double gap = box.y0 - own->box.y1;
        bool below = gap > -ROWS_OVERLAP * height && gap < HEADING_GAP * height &&
                     box_shared_width(box, own->box) > -height &&
                     search->sheet.segments[i].fold_to > search->sheet.segments[i].fold_from;
        if (below && (best == search->sheet.segment_count || box.y0 < search->sheet.segments[best].box.y0)) {
            best = i;
        }
    }
    return best;
}

/* Whether a colon ends the words before the letter. */
static bool has_colon_before(const char *text, size_t at) {
    while (at > 0 && text[at - 1] == ' ') {
        at--;
    }
    return at > 0 && text[at - 1] == ':';
}

/* The name behind "Debe a", on its row or below, or behind "Firma:" on its row. */
static bool named_find(const struct search *search, const char *words, bool below, struct extent *name) {
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        bool whole;
        const struct fold *fold = &search->sheet.lines[segment->line].fold;
        if (!begins_with(search, segment, words, &whole) ||
            (!whole && !fold_word_starts(fold, segment->fold_from + strlen(words)))) {
            continue;
        }
        if (whole) {
            size_t next = below ? piece_below(search, segment) : search->sheet.segment_count;
            if (next == search->sheet.segment_count) {
                continue;
            }
            *name = segment_extent(&search->sheet.segments[next]);
        } else {
            *name = (struct extent){segment->line, fold->from[segment->fold_from + strlen(words)], segment->to};
            if (!below && !has_colon_before(search->sheet.lines[segment->line].text, name->from)) {
                continue; /* "FIRMA Y SELLO" */
            }
        }
        if (name_company_quality(&search->locale, text_of(search, *name), name->to - name->from) > LIKELY ||
            is_person(&search->locale, text_of(search, *name), name->to - name->from)) {
            return true;
        }
    }
    return false;
}

static bool named_by_list(const struct search *search, enum said_list list, bool below, struct extent *name) {
    struct said said = search_said(search, list);
    for (size_t i = 0; i < said.count; i++) {
        if (named_find(search, said.texts[i], below, name)) {
            return true;
        }
    }
    return false;
}

/* Whether the rows right below the box say that who signs has paid. */
static bool is_of_payer(const struct search *search, struct lince_box box) {
    struct said said = search_said(search, SAID_SIGNING_PAYERS);
    double height = box_height(box);
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        double gap = segment->box.y0 - box.y1;
        bool below =
            gap > -ROWS_OVERLAP * height && gap < PAYER_GAP * height && box_shared_width(segment->box, box) > 0;
        const char *plain = search->sheet.lines[segment->line].fold.plain;
        for (size_t k = 0; below && k < said.count; k++) {
            const char *found = strstr(plain + segment->fold_from, said.texts[k]);
            if (found != NULL && found < plain + segment->fold_to) {
                return true;
            }
        }
    }
    return false;
}

/* The lowest edge of the page's text. */
static double text_bottom(const struct search *search) {
    double bottom = 0;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        bottom = search->sheet.segments[i].box.y1 > bottom ? search->sheet.segments[i].box.y1 : bottom;
    }
    return bottom;
}

bool signed_receipt_find(const struct search *search, struct extent *name, bool *told) {
    *told = false;
    if (search->layout->group != GROUP_SALE || !signed_receipt_is(search)) {
        return false;
    }
    *told = named_by_list(search, SAID_CREDITORS, true, name);
    if (*told) {
        return true;
    }
    double foot = FOOT_SHARE * text_bottom(search);
    for (size_t i = search->sheet.segment_count; i-- > 0;) {
        const struct segment *segment = &search->sheet.segments[i];
        struct extent extent = segment_extent(segment);
        bool whole, role = begins_one(search, segment, SAID_SIGNERS, &whole) ||
                           begins_one(search, segment, SAID_SIGNATURES, &whole);
        bool free = !role && search->segment_label[i] == LABELS_MOST && !search->sheet.lines[segment->line].chrome &&
                    !segment->of_buyer && segment->box.y0 > foot;
        if (free && !is_of_payer(search, segment->box) &&
            is_person(&search->locale, text_of(search, extent), extent.to - extent.from) &&
            (has_rule_above(search, segment->box) || has_id_or_role_below(search, segment->box))) {
            *name = extent;
            return true;
        }
    }
    return named_by_list(search, SAID_SIGNATURES, false, name);
}
