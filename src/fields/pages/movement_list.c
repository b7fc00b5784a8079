/* movement_list.c - rows with a date and an amount, and amounts with a sign, one below the other. */
#include "fields/pages/movement_list.h"

#include <string.h>

#include "fields/values/scan.h"

enum { DATED_ROWS = 4, NAMED_ROWS = 3, SIGNED_ROWS = 3, NUMBERS_MOST = 2, LEAD_BYTES_MOST = 8 };

/* The number of rows with a date and an amount. An account's history has many. */
static size_t dated_rows(const struct search *search) {
    size_t rows = 0;
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *date = &search->candidates[i];
        bool row = false;
        for (size_t k = 0; date->type == VALUE_DATE && !date->find.bare && k < search->candidate_count && !row; k++) {
            const struct candidate *amount = &search->candidates[k];
            double gap = date->first_box.y0 - amount->first_box.y1;
            bool near = box_same_row(date->first_box, amount->first_box) > ROW_SURE_SHARE ||
                        (gap > -box_height(date->first_box) && gap < box_height(date->first_box));
            row = amount->type == VALUE_MONEY && !amount->find.bare && near;
        }
        rows += row;
    }
    return rows;
}

static size_t lead_sign_bytes(const char *text, size_t at) {
    static const char *const signs[] = {"-", "+", "\xE2\x88\x92", "\xE2\x80\x93"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t bytes = strlen(signs[i]);
        if (at >= bytes && memcmp(text + at - bytes, signs[i], bytes) == 0) {
            return bytes;
        }
    }
    return 0;
}

static bool begins_segment(const struct search *search, size_t line, size_t at) {
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (segment->line == line && segment->from == at) {
            return true;
        }
    }
    return false;
}

/* The letters of the name of a month, or of its first three or more; 0 if there is none. */
static size_t month_letters(const struct search *search, const char *text, size_t from, size_t to) {
    enum { SHORT_LETTERS = 3 };
    size_t letters = 0;
    while (from + letters < to && scan_is_letter(text[from + letters])) {
        letters++;
    }
    for (size_t i = 0; i < search->locale.set->month_count && letters >= SHORT_LETTERS; i++) {
        const char *name = search->locale.set->months[i].name;
        size_t same = 0;
        while (same < letters && name[same] == scan_lower(text[from + same])) {
            same++;
        }
        if (same == letters) {
            return letters;
        }
    }
    return 0;
}

/* "12 nov", "Nov 12". */
static bool begins_with_month(const struct search *search, const struct segment *segment) {
    const char *text = search->sheet.lines[segment->line].text;
    size_t day = scan_digits(text, segment->to, segment->from), at = segment->from + day;
    if (day > 0) {
        return day <= 2 && at + 1 < segment->to && text[at] == ' ' &&
               month_letters(search, text, at + 1, segment->to) > 0;
    }
    at += month_letters(search, text, at, segment->to);
    return at > segment->from && at + 1 < segment->to && text[at] == ' ' && scan_digits(text, segment->to, at + 1) > 0;
}

/* "28/09 PAGO MOVIL ENVIADO - 650,00": a row that begins with a day is one of a list, whatever label is in it. */
static bool begins_with_day(const struct search *search, const struct candidate *amount) {
    const struct segment *first = NULL;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (box_same_row(segment->box, amount->first_box) > ROW_SURE_SHARE &&
            (first == NULL || segment->box.x0 < first->box.x0)) {
            first = segment;
        }
    }
    if (first == NULL) {
        return false;
    }
    const char *text = search->sheet.lines[first->line].text;
    size_t day = scan_digits(text, first->to, first->from), at = first->from + day;
    bool marked = at < first->to && strchr("/-.", text[at]) != NULL && scan_digits(text, first->to, at + 1) == 2;
    return (marked && day > 0 && day <= 2) || begins_with_month(search, first);
}

/* Whether the label of what was paid stands on the amount's row, as on a receipt: "Monto -$ 50.000". */
static bool is_paid(const struct search *search, const struct candidate *amount) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind == PHRASE_FIELD && search->layout->fields[label->field].type == VALUE_MONEY &&
            search->layout->fields[label->field].required &&
            box_same_row(label->box, amount->first_box) > ROW_SURE_SHARE) {
            return true;
        }
    }
    return false;
}

/*
 * "-$ 12.000", "+ S/ 20.00", "20.00-": the amount went out or came in. A hyphen inside a word is no sign, nor is a dash
 * between two words: "Latte - $ 3.000".
 */
static bool has_direction(const struct search *search, const struct candidate *amount) {
    const struct extent *extent = &amount->extents[0];
    const struct sheet_line *line = &search->sheet.lines[extent->line];
    size_t at = extent->from;
    if (line->text[at] == '-' || line->text[at] == '+') {
        return true;
    }
    if (extent->to + 1 == line->bytes && line->text[extent->to] == '-') {
        return true;
    }
    while (at > 0 && extent->from - at < LEAD_BYTES_MOST && strchr(" $", line->text[at - 1]) != NULL) {
        at--;
    }
    size_t bytes = lead_sign_bytes(line->text, at);
    bool alone = bytes > 0 && at > bytes && line->text[at] == ' ' && !begins_segment(search, extent->line, at - bytes);
    return bytes > 0 && !alone && (at == bytes || line->text[at - bytes - 1] == ' ');
}

static bool is_directed(const struct search *search, const struct candidate *amount) {
    return amount->type == VALUE_MONEY && amount->extent_count == 1 && has_direction(search, amount);
}

/* The number of rows with such an amount; none on a receipt of a payment. */
static size_t signed_rows(const struct search *search) {
    size_t rows = 0;
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *amount = &search->candidates[i];
        bool counts = is_directed(search, amount);
        if (counts && is_paid(search, amount) && !begins_with_day(search, amount)) {
            return 0;
        }
        for (size_t k = 0; k < i && counts; k++) {
            const struct candidate *other = &search->candidates[k];
            counts = !is_directed(search, other) || box_same_row(other->first_box, amount->first_box) <= ROW_SURE_SHARE;
        }
        rows += counts;
    }
    return rows;
}

bool movement_list_is_open(const struct search *search) {
    size_t numbers = 0;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        bool reference = label->kind == PHRASE_FIELD && search->layout->fields[label->field].type == VALUE_REFERENCE &&
                         !search->layout->fields[label->field].hidden;
        bool again = false;
        for (size_t k = 0; k < i; k++) {
            again = again || search->labels[k].line == label->line;
        }
        numbers += reference && label->strong && label->has_neighbour && !again;
    }
    return numbers > 0 && numbers <= NUMBERS_MOST;
}

bool movement_list_found(const struct search *search, bool named) {
    return !movement_list_is_open(search) &&
           (dated_rows(search) >= (size_t)(named ? NAMED_ROWS : DATED_ROWS) || signed_rows(search) >= SIGNED_ROWS);
}
