/* bystander.c - values on a page that do not belong to the payment: the bank's own, those of an e-mail or a chat. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "fields/search.h"

/* How far before a tax number to look for its bank, and how much may be between them: ", C.A., RIF: ". */
enum { ISSUER_BYTES = 80, NAME_TO_NUMBER_BYTES = 16 };

/* The tax number of a bank, at the end of its messages: "Banco Plaza C.A., RIF J-12345678-9". */
static bool is_issuers_id(const struct search *search, const struct candidate *candidate) {
    const struct segment *own = &search->sheet.segments[candidate->segment];
    const char *text = search->sheet.lines[own->line].text + own->from;
    size_t bytes = candidate->extents[0].from > own->from ? candidate->extents[0].from - own->from : 0;
    size_t skipped = bytes > ISSUER_BYTES ? bytes - ISSUER_BYTES : 0;
    text += skipped;
    bytes -= skipped;
    struct find banks[4];
    size_t count = candidate->type == VALUE_ID ? bank_find(&search->locale, text, bytes, banks, 4) : 0;
    size_t from = count > 0 ? banks[count - 1].to : bytes;
    if (from == bytes || banks[count - 1].bare || bytes - from > NAME_TO_NUMBER_BYTES) {
        return false;
    }
    for (size_t at = from; at + 3 <= bytes; at++) {
        if (strncasecmp(text + at, "rif", 3) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * An e-mail's header names its sender, "Bank <notices@...>", and in nearby rows its recipient and time; they belong to
 * no payment.
 */
static bool is_of_mail_head(const struct search *search, const struct candidate *candidate) {
    if (candidate->type != VALUE_EMAIL && candidate->type != VALUE_DATE && candidate->type != VALUE_TIME) {
        return false;
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *sender = &search->candidates[i];
        const struct extent *own = &sender->extents[0];
        bool in_brackets =
            sender->type == VALUE_EMAIL && own->from > 0 && search->sheet.lines[own->line].text[own->from - 1] == '<';
        double rows = fabs(sender->first_box.y0 - candidate->first_box.y0) / box_height(sender->first_box);
        if (in_brackets && rows < 3) {
            return true;
        }
    }
    return false;
}

/* A time that fills its piece of a row and that no label asks for. */
static bool is_lone_clock(const struct search *search, const struct candidate *candidate) {
    const struct segment *segment = &search->sheet.segments[candidate->segment];
    return candidate->type == VALUE_TIME && candidate->extent_count == 1 &&
           candidate->extents[0].from == segment->from && candidate->extents[0].to == segment->to &&
           !candidate_is_labelled(search, candidate);
}

/* Times of a chat's messages: three or more, or the same one after the last words of a message. */
static bool is_chat_clock(const struct search *search, const struct candidate *candidate) {
    size_t count = 0;
    if (!is_lone_clock(search, candidate)) {
        return false;
    }
    for (size_t i = 0; i < search->candidate_count && count < 3; i++) {
        const struct candidate *other = &search->candidates[i];
        const struct segment *segment = &search->sheet.segments[other->segment];
        bool again = other != candidate && other->type == VALUE_TIME && other->extents[0].to == segment->to &&
                     strcmp(other->find.value, candidate->find.value) == 0;
        count += again || is_lone_clock(search, other);
    }
    return count >= 3;
}

/* Beside a mobile phone, a landline is a help desk. */
static bool is_help_desk(const struct search *search, const struct candidate *candidate) {
    bool fixed = candidate->type == VALUE_PHONE && candidate->find.value[1] != '4';
    for (size_t i = 0; fixed && i < search->candidate_count; i++) {
        if (search->candidates[i].type == VALUE_PHONE && search->candidates[i].find.value[1] == '4') {
            return true;
        }
    }
    return false;
}

/* Words of the page's author on a row: "© Banco Ejemplo", "Todos los derechos reservados", "www.ejemplo.example". */
static bool is_imprint(const struct search *search, const struct segment *segment) {
    static const char *const words[] = {"copyright", "derechosreservados", "allrightsreserved", "direitosreservados",
                                        "www"};
    const struct sheet_line *line = &search->sheet.lines[segment->line];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strstr(line->fold.plain, words[i]) != NULL) {
            return true;
        }
    }
    for (size_t at = 0; at + 1 < line->bytes; at++) {
        if (memcmp(line->text + at, "\xC2\xA9", 2) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether a label not on the candidate's own row is at its height or below. Gives the lowest one above. */
static bool has_label_below(const struct search *search, const struct candidate *candidate, double *above) {
    *above = -1;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (!label->strong || label->kind != PHRASE_FIELD || box_same_row(label->box, candidate->first_box) > 0.5) {
            continue;
        }
        if (label->box.y0 > candidate->first_box.y0) {
            return true;
        }
        *above = label->box.y1 > *above ? label->box.y1 : *above;
    }
    return false;
}

/*
 * The tax number of the page's author: in its imprint, or in a footer, which a gap separates from the last row of label
 * and value and which has no such row itself.
 */
static bool is_in_imprint(const struct search *search, const struct candidate *candidate) {
    static const double GAP_HEIGHTS = 2.2, ROW_HEIGHTS = 1.6;
    if (candidate->type != VALUE_ID || !candidate->find.tax) {
        return false;
    }
    double above, height = search->sheet.text_height_px;
    if (has_label_below(search, candidate, &above)) {
        return false;
    }
    if (above >= 0 && candidate->first_box.y0 - above > GAP_HEIGHTS * height) {
        return true;
    }
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        double rows = fabs(box_middle(segment->box) - box_middle(candidate->first_box)) / height;
        if (rows < ROW_HEIGHTS && is_imprint(search, segment)) {
            return true;
        }
    }
    return false;
}

void bystanders_learn(struct search *search) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *candidate = &search->candidates[i];
        candidate->bystander = is_issuers_id(search, candidate) || is_in_imprint(search, candidate) ||
                               is_of_mail_head(search, candidate) || is_help_desk(search, candidate) ||
                               is_chat_clock(search, candidate);
    }
}
