/* under_amount.c - the name alone right under a large amount: the payee, as wallets print it. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "fields/search.h"

/* The least quality of a name. */
static const double NAME_QUALITY_LEAST = 0.3;

/* How much larger than most letters an amount must be, and how far below it the name may begin. */
static const double LARGE = 1.4, GAP_HEIGHTS = 1.6;

static bool is_centred(struct lince_box above, struct lince_box below, double tolerance) {
    return fabs(above.x0 + above.x1 - below.x0 - below.x1) / 2 < tolerance;
}

static bool is_quoted(const char *text, size_t bytes) {
    static const char *const marks[] = {"\"",           "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E",
                                        "\xE2\x80\x98", "\xE2\x80\x99", "\xC2\xAB"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (bytes > strlen(marks[i]) && memcmp(text, marks[i], strlen(marks[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* Words without digits, no label, not the row of a sentence. */
static bool is_name_row(const struct search *search, size_t index) {
    const struct segment *segment = &search->sheet.segments[index];
    const char *text = search->sheet.lines[segment->line].text + segment->from;
    size_t bytes = segment->to - segment->from;
    if (is_quoted(text, bytes)) {
        return false; /* what the payer wrote */
    }
    for (size_t i = 0; i < bytes; i++) {
        if ((text[i] >= '0' && text[i] <= '9') || text[i] == '@' ||
            text[i] == ':') { /* "Por: el arreglo" says what for */
            return false;
        }
    }
    struct said others = search_said(search, SAID_NO_PAYEES); /* "Transferencia inmediata" */
    for (size_t i = 0; i < others.count; i++) {
        size_t count = strlen(others.texts[i]);
        if (count <= bytes && strncasecmp(text, others.texts[i], count) == 0) {
            return false;
        }
    }
    return search->segment_label[index] == LABELS_MOST && !segment->running &&
           name_quality(&search->locale, text, bytes) > NAME_QUALITY_LEAST;
}

/* The nearest row under a box, centred on it or aligned with it; segment_count if there is none. */
static size_t row_under(const struct search *search, struct lince_box box, double gap_most) {
    size_t best = search->sheet.segment_count;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        struct lince_box own = search->sheet.segments[i].box;
        double gap = own.y0 - box.y1;
        bool is_aligned = is_centred(box, own, box_height(own)) || fabs(box.x0 - own.x0) < box_height(own);
        if (is_aligned && gap > -ROWS_OVERLAP * box_height(own) && gap < gap_most && own.y0 > box.y0 &&
            (best == search->sheet.segment_count || own.y0 < search->sheet.segments[best].box.y0)) {
            best = i;
        }
    }
    return best;
}

/* "te envió con Yape", "sent you money": the row says what the name above it did. */
static bool is_verb_row(const struct search *search, struct extent row) {
    struct said verbs = search_said(search, SAID_SENDS);
    const char *text = search->sheet.lines[row.line].text + row.from;
    for (size_t i = 0; i < verbs.count; i++) {
        size_t bytes = strlen(verbs.texts[i]);
        if (bytes <= row.to - row.from && strncasecmp(text, verbs.texts[i], bytes) == 0) {
            return true;
        }
    }
    return false;
}

/* The rows of one name from `first` down. */
static struct stretch name_rows(const struct search *search, size_t first) {
    enum { ROWS_MOST = 3 };
    struct stretch stretch = {0};
    for (size_t at = first; at < search->sheet.segment_count && stretch.piece_count < ROWS_MOST;) {
        struct extent own = segment_extent(&search->sheet.segments[at]);
        bool follows =
            stretch.piece_count == 0 || sheet_row_follows(&search->sheet, stretch.pieces[stretch.piece_count - 1], own);
        if (!is_name_row(search, at) || !follows || is_verb_row(search, own)) {
            break;
        }
        stretch.pieces[stretch.piece_count++] = own;
        at = row_under(search, search->sheet.segments[at].box, HALF_ROW * box_height(search->sheet.segments[at].box));
    }
    return stretch;
}

/* "¡Yapeaste!" between the amount and the name. */
static bool is_exclaimed(const struct search *search, size_t index) {
    const struct segment *segment = &search->sheet.segments[index];
    const char *text = search->sheet.lines[segment->line].text;
    return segment->to > segment->from + 1 && text[segment->to - 1] == '!';
}

/* Whether the amount fills its piece of a row, is the page's only one with a sign, and no label is beside it. */
static bool is_lone_amount(const struct search *search, size_t index) {
    const struct candidate *amount = &search->candidates[index];
    const struct segment *own = &search->sheet.segments[amount->segment];
    bool fills = amount->extent_count == 1 && amount->extents[0].from == own->from && amount->extents[0].to == own->to;
    for (size_t i = 0; i < search->candidate_count && fills; i++) {
        const struct candidate *other = &search->candidates[i];
        fills = other->type != VALUE_MONEY || !find_has_sign(&other->find) ||
                extents_meet(other->extents[0], amount->extents[0]);
    }
    return fills && !candidate_is_labelled(search, amount);
}

bool under_amount_names_add(struct search *search) {
    size_t count = search->candidate_count; /* those added here are not amounts */
    for (size_t i = 0; i < count; i++) {
        const struct candidate *amount = &search->candidates[i];
        bool large = box_height(amount->first_box) >= LARGE * search->sheet.text_height_px;
        if (amount->type != VALUE_MONEY || !find_has_sign(&amount->find) || (!large && !is_lone_amount(search, i))) {
            continue;
        }
        size_t first = row_under(search, amount->box, GAP_HEIGHTS * box_height(amount->box));
        if (first < search->sheet.segment_count && is_exclaimed(search, first)) {
            struct lince_box box = search->sheet.segments[first].box;
            first = row_under(search, box, box_height(box));
        }
        struct stretch stretch = name_rows(search, first);
        if (stretch.piece_count == 0) {
            continue;
        }
        if (!stretch_join(search, &stretch)) {
            return false;
        }
        struct candidate candidate = {.type = VALUE_NAME, .of_amount = true};
        size_t from = candidate_mark_bytes(stretch.text, stretch.bytes);
        from += candidate_lead_bytes(&search->locale, stretch.text + from, stretch.bytes - from); /* "a Ana Pérez" */
        from += candidate_payer_lead_bytes(search, stretch.text + from, stretch.bytes - from);
        candidate.find =
            (struct find){.from = from,
                          .to = stretch.bytes,
                          .quality = name_quality(&search->locale, stretch.text + from, stretch.bytes - from)};
        if (candidate.find.quality > NAME_QUALITY_LEAST && !candidate_add(search, candidate, &stretch)) {
            return false;
        }
        for (size_t k = 0; k < search->candidate_count; k++) { /* a name of one row is a candidate already */
            struct candidate *name = &search->candidates[k];
            name->of_amount = name->of_amount ||
                              (name->type == VALUE_NAME && name->extent_count == stretch.piece_count &&
                               name->extents[0].line == stretch.pieces[0].line &&
                               name->extents[0].from == stretch.pieces[0].from && name->text_bytes == stretch.bytes);
        }
    }
    return true;
}
