/* bystander.c - values on a page that do not belong to the payment: the bank's own, those of an e-mail or a chat. */
#include <math.h>
#include <string.h>

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
    for (size_t at = from; at < bytes; at++) {
        if (said_begin(locale_said(&search->locale, SAID_ISSUER_IDS), text + at, bytes - at, SAID_ANY_CASE) > 0) {
            return true;
        }
    }
    return false;
}

/* Whether the line begins with one of the words, in their case, and goes on. */
static bool line_begins(const struct search *search, size_t index, enum said_list list) {
    const struct sheet_line *line = &search->sheet.lines[index];
    return line->bytes > 0 &&
           said_begin(locale_said(&search->locale, list), line->text, line->bytes - 1, SAID_OWN_CASE) > 0;
}

/* "De: notices@..." or "From: ...": the first row of an e-mail, above its subject. */
static bool is_sender(const struct search *search, const struct extent *address) {
    bool first = line_begins(search, address->line, SAID_MAIL_SENDERS), subject = false;
    for (size_t i = address->line; first && i < search->sheet.line_count && i < address->line + 4; i++) {
        subject = subject || line_begins(search, i, SAID_MAIL_SUBJECTS);
    }
    return subject;
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
        in_brackets = in_brackets || (sender->type == VALUE_EMAIL && is_sender(search, own));
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
    bool fixed = candidate->type == VALUE_PHONE && candidate->find.fixed;
    for (size_t i = 0; fixed && i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->type == VALUE_PHONE && !other->find.fixed && !other->find.bare) {
            return true;
        }
    }
    return false;
}

/* Words of the page's author on a row: "© Banco Ejemplo", "Todos los derechos reservados", "www.ejemplo.example". */
static bool is_imprint(const struct search *search, const struct segment *segment) {
    const struct sheet_line *line = &search->sheet.lines[segment->line];
    struct said words = search_said(search, SAID_IMPRINTS);
    for (size_t i = 0; i < words.count; i++) {
        if (strstr(line->fold.plain, words.texts[i]) != NULL) {
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
        if (!label->strong || label->kind != PHRASE_FIELD ||
            box_same_row(label->box, candidate->first_box) > ROW_SURE_SHARE) {
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
    bool signers = candidate->of_head && search->layout->group == GROUP_SALE; /* the seller signs at the foot */
    if (signers || has_label_below(search, candidate, &above)) {
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

/* ---- footers ---- */

/* The lowest edge of everything above a height; negative if nothing is. */
static double edge_above(const struct search *search, double y) {
    double edge = -1;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct lince_box *box = &search->sheet.segments[i].box;
        edge = box_middle(*box) < y && box->y1 > edge ? box->y1 : edge;
    }
    return edge;
}

/* Whether something of a payment, an amount, a date, a heading, is below a height. */
static bool payment_goes_on(const struct search *search, double y) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        bool data = candidate->type == VALUE_MONEY || candidate->type == VALUE_DATE || candidate->type == VALUE_TIME;
        if (data && !candidate->find.bare && candidate->first_box.y0 >= y) {
            return true;
        }
    }
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        bool heading = label->kind == PHRASE_ORIGIN || label->kind == PHRASE_DESTINATION;
        if (heading && label->box.y0 >= y) {
            return true;
        }
    }
    return false;
}

/* "Banco Ejemplo, C.A. RIF: J-00000000-0": a tax number after a firm's name, without a label before it. */
static bool is_named_firm(const struct search *search, const struct candidate *candidate) {
    enum { LETTERS_LEAST = 8 };
    const struct segment *segment = &search->sheet.segments[candidate->segment];
    const struct fold *fold = &search->sheet.lines[segment->line].fold;
    size_t letters = 0;
    for (size_t i = segment->fold_from; i < segment->fold_to && fold->from[i] < candidate->extents[0].from; i++) {
        letters += fold->plain[i] >= 'a' && fold->plain[i] <= 'z';
    }
    return candidate->type == VALUE_ID && candidate->find.tax && letters >= LETTERS_LEAST &&
           search->segment_label[candidate->segment] == LABELS_MOST;
}

static bool has_author(const struct search *search, double y) {
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (segment->box.y0 >= y && is_imprint(search, segment)) {
            return true;
        }
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        if (candidate->first_box.y0 >= y && is_named_firm(search, candidate)) {
            return true;
        }
    }
    return false;
}

/*
 * Where the footer of the page's author begins: below a gap, with nothing of a payment in it, and with the author's
 * name and tax number or imprint. Below the page if there is none.
 */
static double footer_top(const struct search *search) {
    static const double GAP_HEIGHTS = 1.8;
    double top = search->sheet.height_px + 1;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        double y = search->sheet.segments[i].box.y0, above = y < top ? edge_above(search, y) : -1;
        bool gap = above >= 0 && y - above > GAP_HEIGHTS * search->sheet.text_height_px;
        if (gap && !payment_goes_on(search, y) && has_author(search, y)) {
            top = y;
        }
    }
    return top;
}

/* A value that identifies a person or a firm. */
static bool is_of_somebody(const struct candidate *candidate) {
    return candidate->type == VALUE_ID || candidate->type == VALUE_PHONE || candidate->type == VALUE_EMAIL ||
           candidate->type == VALUE_NAME;
}

void bystanders_learn(struct search *search) {
    double footer = search->layout->group == GROUP_SALE ? search->sheet.height_px + 1 : footer_top(search);
    for (size_t i = 0; i < search->label_count; i++) {
        struct label *label = &search->labels[i];
        label->kind = label->box.y0 >= footer ? PHRASE_IGNORE : label->kind;
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *candidate = &search->candidates[i];
        candidate->bystander = is_issuers_id(search, candidate) || is_in_imprint(search, candidate) ||
                               is_of_mail_head(search, candidate) || is_help_desk(search, candidate) ||
                               is_chat_clock(search, candidate) ||
                               (is_of_somebody(candidate) && candidate->first_box.y0 >= footer);
    }
}
