/* candidate_text.c - the free text of a label: beside it, below it, or in rows centred on it. */
#include <string.h>

#include "fields/candidates/candidate_parts.h"
#include "fields/layouts/pattern.h"
#include "fields/search.h"
#include "fields/values/scan.h"

/* Pieces of a paragraph beside its label share more of a row than other boxes of it. */
static const double SAME_ROW = 0.45;
/* A label with a higher quality and weight has the text behind it. */
static const double LABEL_SURE = 0.8;
/* A free text beside its label; in rows centred on it. */
static const double QUALITY_TEXT = 0.9, QUALITY_CENTRED_TEXT = 0.95;

/* The byte after the dots that lead from a label to its text, also read as ellipses. */
static size_t text_begin(const struct stretch *stretch) {
    size_t from = 0, dots;
    do {
        dots = 0;
        if (stretch->text[from] == '.' || (from > 0 && stretch->text[from] == ' ')) {
            dots = 1;
        } else if (strncmp(stretch->text + from, "\xE2\x80\xA6", 3) == 0) {
            dots = 3;
        }
        from += dots;
    } while (dots > 0);
    return from;
}

/* Whether a label follows the piece on its line. */
static bool is_cut(const struct search *search, struct extent piece) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->line == piece.line && label->from >= piece.to && label->from <= piece.to + 2) {
            return true;
        }
    }
    return false;
}

/*
 * Where a text of several words ends that does not have the form that its label's field asks for: after the first
 * words that have it, "562044387" of "562044387 du 02 Juillet". At `to` if none have.
 */
static size_t form_end(const struct search *search, const struct label *label, const char *text, size_t from,
                       size_t to) {
    const struct pattern *form = label->kind == PHRASE_FIELD ? search->layout->fields[label->field].pattern : NULL;
    if (form == NULL || pattern_search(form, text + from, to - from, NULL, NULL) != PATTERN_NO) {
        return to;
    }
    for (size_t end = from + 1; end < to; end++) {
        if ((text[end] == ' ' || text[end] == '\n') &&
            pattern_search(form, text + from, end - from, NULL, NULL) == PATTERN_YES) {
            return end;
        }
    }
    return to;
}

/* Whether another label of the label's field begins the piece: "NCF B0200088127" below "FACTURA DE CONSUMO". */
static bool begins_label(const struct search *search, const struct label *own, struct extent piece) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label != own && label->kind == PHRASE_FIELD && label->field == own->field && label->line == piece.line &&
            label->from == piece.from && label->to < piece.to && label->quality * label->weight > LABEL_SURE) {
            return true;
        }
    }
    return false;
}

/*
 * Whether the row has a value of its own, so that the text above does not go on in it: it begins with a date, or with
 * a label that digits follow: "Número de operación 88204471188".
 */
static bool has_own_value(const struct search *search, const struct label *own, struct extent row) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        if (candidate->type == VALUE_DATE && !candidate->find.bare && candidate->extents[0].line == row.line &&
            candidate->extents[0].from == row.from) {
            return true;
        }
    }
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        const char *text = search->sheet.lines[row.line].text;
        if (label != own && label->kind == PHRASE_FIELD && label->line == row.line && label->from == row.from &&
            label->to < row.to && label->quality * label->weight > LABEL_SURE) {
            size_t blanks = strspn(text + label->to, " :.#");
            return scan_digits(text, row.to, label->to + blanks) > 2;
        }
    }
    return false;
}

bool candidate_text_add(struct search *search, size_t label_index) {
    const struct label *label = &search->labels[label_index];
    const struct stretch *all = &label->paragraph;
    struct stretch stretch = {0};
    size_t used = 0;
    bool is_firm = label->kind == PHRASE_FIELD && search->layout->fields[label->field].type == VALUE_COMPANY;
    while (used < all->piece_count) {
        struct lince_box box = sheet_extent_box(&search->sheet, all->pieces[used]);
        if (used > 0) {
            struct lince_box last = sheet_extent_box(&search->sheet, all->pieces[used - 1]);
            bool same_row = box_same_row(last, box) > SAME_ROW;
            const struct extent *own = &all->pieces[used];
            const char *text = search->sheet.lines[own->line].text + own->from;
            if (same_row && is_firm && candidate_row_has_label(text, own->to - own->from)) {
                break; /* "Emisor: UNO SA   Folio fiscal:" */
            }
            if (!same_row && (is_cut(search, all->pieces[used - 1]) ||
                              (is_firm && candidate_row_has_label(text, own->to - own->from)))) {
                break;
            }
            if (!same_row && (!sheet_row_follows(&search->sheet, all->pieces[used - 1], all->pieces[used]) ||
                              (!is_firm && has_own_value(search, label, *own)))) {
                break;
            }
        }
        stretch.pieces[used] = all->pieces[used];
        used++;
    }
    stretch.piece_count = used;
    bool is_number = label->kind == PHRASE_FIELD && search->layout->fields[label->field].asked;
    if (used == 0 || (is_number && begins_label(search, label, stretch.pieces[0]))) {
        return true;
    }
    if (!stretch_join(search, &stretch)) {
        return false;
    }
    size_t from = text_begin(&stretch), to = stretch.bytes;
    from += is_number ? document_lead_bytes(&search->locale, stretch.text + from, to - from, false) : 0;
    while (to > from && strchr(" \n|", stretch.text[to - 1]) != NULL) {
        to--;
    }
    const struct extent *last = &stretch.pieces[used - 1];
    const struct sheet_line *last_line = &search->sheet.lines[last->line];
    bool cut = last->to < last_line->bytes && last_line->text[last->to] == ' '; /* before the next sentence's label */
    to -= cut && to > from + 2 && strchr(".,;", stretch.text[to - 1]) != NULL ? 1 : 0;
    to = form_end(search, label, stretch.text, from, to);
    struct candidate candidate = {.type = VALUE_TEXT,
                                  .find = {.from = from, .to = to, .quality = QUALITY_TEXT},
                                  .for_label = true,
                                  .label = label_index};
    return to == from || candidate_add(search, candidate, &stretch);
}

bool candidate_centred_add(struct search *search, size_t label_index, enum value_type type) {
    struct stretch stretch;
    if (!search->labels[label_index].strong || !centred_rows(search, &search->labels[label_index], &stretch)) {
        return true;
    }
    if (!stretch_join(search, &stretch)) {
        return false;
    }
    if (type == VALUE_NAME) {
        return candidate_names_add(search, &stretch);
    }
    struct candidate candidate = {.type = VALUE_TEXT,
                                  .find = {.to = stretch.bytes, .quality = QUALITY_CENTRED_TEXT},
                                  .for_label = true,
                                  .label = label_index};
    return candidate_add(search, candidate, &stretch);
}
