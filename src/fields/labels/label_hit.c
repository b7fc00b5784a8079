/* label_hit.c - the phrases at one place of a row, and whether the text there is a label or the beginning of something
 * else. */
#include <string.h>
#include <strings.h>

#include "fields/labels/label_parts.h"
#include "fields/search.h"
#include "fields/values/scan.h"

enum {
    INSIDE_LETTERS = 8,   /* a shorter phrase inside a row is a word of something else */
    PREPOSITION = 2,      /* letters of "de" */
    ROLE_LETTERS = 9,     /* a word so long that means one side only names no person: "Destinatario Ana Soto" */
    FORMULA_LETTERS = 11, /* so many at the beginning of a row are a sentence that is on every receipt */
};
/* Quality of a label inside a row, by hand: with its value right after it; at the end of a sentence; others. */
static const double INSIDE_VALUE_NEXT = 0.88, INSIDE_NAME_NEXT = 0.82, ENDS_SENTENCE = 0.87, INSIDE_SURE = 0.8,
                    INSIDE = 0.6;
static const double LOSS_ERROR = 0.08, LOSS_GLUED = 0.1, LOSS_INSIDE = 0.1;

static bool is_label(const struct phrase *phrase) {
    return phrase->kind != PHRASE_ANCHOR && phrase->kind != PHRASE_AGAINST && phrase->kind != PHRASE_ROW;
}

size_t label_hits_at(const struct phrase_book *book, const struct fold *fold, size_t at, size_t end,
                     struct phrase_memo *memo, const struct phrase **found, struct phrase_hit *best) {
    size_t count = 0;
    for (int forgiving = 0; forgiving <= 1 && count == 0; forgiving++) {
        phrase_memo_clear(memo);
        for (size_t i = 0; i < book->phrase_count; i++) {
            const struct phrase *phrase = &book->phrases[i];
            struct phrase_hit hit;
            bool exact_only = phrase->kind == PHRASE_IGNORE && forgiving == 1;
            if (!is_label(phrase) || exact_only ||
                !phrase_match(book, phrase, fold, at, end, forgiving == 1, memo, &hit)) {
                continue;
            }
            bool better = count == 0 || phrase_hit_is_better(&hit, best);
            bool equal = !better && !phrase_hit_is_better(best, &hit);
            if (better || (equal && phrase->rank > found[0]->rank)) {
                count = 0;
                *best = hit;
            }
            if (better || (equal && (count == 0 || phrase->rank == found[0]->rank))) {
                found[count++] = phrase;
            }
        }
    }
    return count;
}

bool label_is_blank(const struct locale *locale, const char *text, size_t from, size_t to) {
    const char *code;
    while (from < to) {
        char c = text[from];
        size_t sign = money_currency_match(locale, text + from, to - from, &code);
        if (sign > 0) {
            from += sign;
        } else if (c == ' ' || strchr(":.,;-_()[]*#>|/=?", c) != NULL) {
            from++;
        } else if (scan_is_ring(text, to, from)) {
            from += 2; /* "FACTURA N°", its number in the row below */
        } else {
            return false;
        }
    }
    return true;
}

size_t label_colon_behind(const struct locale *locale, const char *text, size_t from, size_t to) {
    const char *code;
    for (size_t at = from; at < to;) {
        size_t sign = money_currency_match(locale, text + at, to - at, &code);
        if (text[at] == ':' || (text[at] == ';' && at == from)) {
            return at + 1;
        }
        if (sign > 0 && at > from) {
            at += sign;
        } else if (text[at] == ' ' || text[at] == '(' || text[at] == ')' || text[at] == '.' || text[at] == '?') {
            at++;
        } else {
            return 0;
        }
    }
    return 0;
}

/* Bytes of the words after a label in a sentence: "saldo disponible es Bs. 10,00", "por un monto de Bs. 10,00". */
static size_t link_bytes(const struct locale *locale, const char *text, size_t bytes) {
    size_t most = bytes > 0 ? bytes - 1 : 0; /* a value follows */
    return said_begin(locale_said(locale, SAID_LABEL_LINKS), text, most, SAID_ANY_CASE);
}

/* Whether the text begins with a bank's name. */
static bool bank_begins(const struct locale *locale, const char *text, size_t bytes) {
    struct find find;
    return bank_find(locale, text, bytes, &find, 1) == 1 && find.from == 0 && !find.bare;
}

/* Whether the text begins with a word of many digits: "B82846825", "J-61103753-7". */
static bool number_begins(const char *text, size_t bytes) {
    enum { DIGITS_LEAST = 5 };
    size_t digits = 0;
    for (size_t i = 0; i < bytes && text[i] != ' '; i++) {
        digits += scan_is_digit(text[i]);
    }
    return digits >= DIGITS_LEAST;
}

/* Whether a label has several words. */
static bool has_words(const char *text, size_t bytes) {
    return memchr(text, ' ', bytes) != NULL;
}

/* The probability that the text at this place is a label and not the beginning of something else. */
static double standing(const struct locale *locale, struct label *label, const struct sheet_line *line,
                       const struct segment *segment, bool first, bool number, bool document, bool name) {
    size_t colon = label_colon_behind(locale, line->text, label->to, segment->to);
    label->whole = label_is_blank(locale, line->text, label->to, segment->to) && first;
    if (colon > 0) {
        label->to = colon;
        label->strong = true;
        return 1;
    }
    if (label->whole) {
        label->to = segment->to;
        label->strong = true;
        return 1;
    }
    size_t at = label->to;
    while (at < segment->to && strchr(" #.\xC2\xB0\xBA", line->text[at]) != NULL) {
        at++; /* "N° 123", "Nº 123" */
    }
    at += link_bytes(locale, line->text + at, segment->to - at);
    const char *code;
    char next = at < segment->to ? line->text[at] : ' ';
    bool value_next = (next >= '0' && next <= '9') || strchr("*$-+", next) != NULL ||
                      money_currency_match(locale, line->text + at, segment->to - at, &code) > 0 ||
                      bank_begins(locale, line->text + at, segment->to - at) || /* "desde Banco Exterior" */
                      (number && number_begins(line->text + at, segment->to - at)) ||
                      (document && document_begins(line->text + at, segment->to - at));
    bool role = !label->neutral && label->to - label->from >= ROLE_LETTERS && at < segment->to &&
                has_words(line->text + at, segment->to - at); /* "BENEFICIARIO REGISTRADO" is a title */
    if (name && first && at < segment->to && scan_is_capital(line->text + at) &&
        (role || has_words(line->text + label->from, label->to - label->from))) {
        return INSIDE_NAME_NEXT; /* "Recebi de Ana Pérez" */
    }
    return value_next ? INSIDE_VALUE_NEXT : INSIDE;
}

/* Whether bytes of the line belong to a bank's name. */
static bool is_in_bank(const struct locale *locale, const struct sheet_line *line, const struct segment *segment,
                       size_t from, size_t to) {
    struct find finds[4];
    size_t count = bank_find(locale, line->text + segment->from, segment->to - segment->from, finds, 4);
    for (size_t i = 0; i < count; i++) {
        if (!finds[i].bare && segment->from + finds[i].from < to && segment->from + finds[i].to > from) {
            return true;
        }
    }
    return false;
}

/*
 * The words before a document's number belong to its label: "Factura comercial #118". Behind a series a number is the
 * document's, whatever it is called: "Serie B   Número 18820".
 */
static void number_prepare(const struct search *search, const struct sheet_line *line, const struct segment *segment,
                           struct label *label) {
    size_t at = label->to;
    while (at < segment->to && line->text[at] == ' ') {
        at++;
    }
    /* other words behind a bare "N°" are another number's: "N° Suministro No. 44" */
    bool bare = document_is_sign(&search->locale, line->text + label->from, label->to - label->from);
    size_t lead = document_lead_bytes(&search->locale, line->text + at, segment->to - at, bare);
    if (lead > 0 && document_begins(line->text + at + lead, segment->to - at - lead)) {
        label->to = at + lead;
    }
    bool behind = label->from > segment->from && label_follows_series(search, label->segment, label->from);
    if (!behind && label->segment > 0 && label->from == segment->from) {
        const struct segment *before = &search->sheet.segments[label->segment - 1];
        behind = box_same_row(before->box, segment->box) > ROW_SURE_SHARE && before->box.x1 < segment->box.x0 &&
                 label_follows_series(search, label->segment - 1, before->to);
    }
    label->weight = behind ? 1 : label->weight;
}

/* "Detalle del movimiento": words that continue a label for free text make it a title. */
static bool is_title(const struct locale *locale, const struct sheet_line *line, const struct label *label,
                     size_t end) {
    size_t at = label->to;
    while (at < end && line->text[at] == ' ') {
        at++;
    }
    return !label->strong && at > label->to && end - at > 3 &&
           said_begin(locale_said(locale, SAID_OF_WORDS), line->text + at, end - at, SAID_OWN_CASE) > 0;
}

/* "EMPRESA DE ENERGIA", "Comercio del Norte": a word that may be a label begins a name. */
static bool begins_firm(const struct locale *locale, const struct sheet_line *line, const struct label *label,
                        size_t end) {
    size_t at = label->to + (label->to < end && line->text[label->to] == ' ');
    bool word = label->neutral || label->to - label->from < ROLE_LETTERS;
    return word && !label->strong && at > label->to && end - at > 4 &&
           !has_words(line->text + label->from, label->to - label->from) &&
           said_begin(locale_said(locale, SAID_OF_WORDS), line->text + at, end - at, SAID_ANY_CASE) > 0;
}

/* Whether the bytes are words in capitals, so many of them. */
static bool are_capitals(const char *text, size_t from, size_t to, size_t words_least, size_t words_most) {
    size_t words = 0;
    for (size_t at = from; at < to; at++) {
        bool capital = scan_is_upper(text[at]) || (unsigned char)text[at] >= 0x80;
        if (!capital && text[at] != ' ') {
            return false;
        }
        words += text[at] != ' ' && (at == from || text[at - 1] == ' ');
    }
    return words >= words_least && words <= words_most;
}

/* "BENEFICIARIO REGISTRADO" right above "ANA SOTO": a party's word and one more are the title of the name below. */
static bool is_title_of_name(const struct search *search, const struct label *label, const struct segment *own) {
    const char *text = search->sheet.lines[own->line].text;
    double height = box_height(own->box);
    bool titled = !label->strong && !label->neutral && label->to - label->from >= ROLE_LETTERS &&
                  are_capitals(text, own->from, own->to, 2, 2);
    for (size_t i = 0; i < search->sheet.segment_count && titled; i++) {
        const struct segment *below = &search->sheet.segments[i];
        double gap = below->box.y0 - own->box.y1, across = below->box.x0 - own->box.x0;
        bool under = gap > -HALF_ROW * height && gap < height && across > -height && across < height &&
                     below->box.y0 > own->box.y0 + HALF_ROW * height;
        if (under && are_capitals(search->sheet.lines[below->line].text, below->from, below->to, 2, 6)) {
            return true;
        }
    }
    return false;
}

/*
 * "Carla Mora": a short word that differs from a label by a letter ("carga"), before a word or a few of a name. A
 * bank's name looks the same behind its label.
 */
static bool begins_person(const struct sheet_line *line, const struct label *label, const struct phrase_hit *hit,
                          size_t end) {
    enum { SHORT_LETTERS = 6, WORDS_MOST = 4, WORD_LETTERS = 3 };
    size_t words = 0, at = label->to;
    if (label->strong || hit->distance == 0 || hit->to - hit->from > SHORT_LETTERS ||
        has_words(line->text + label->from, label->to - label->from) || !scan_is_upper(line->text[label->from])) {
        return false;
    }
    while (at < end && line->text[at] == ' ') {
        size_t first = ++at;
        while (at < end && scan_is_letter(line->text[at])) {
            at++;
        }
        if (at < first + WORD_LETTERS || !scan_is_upper(line->text[first]) || scan_is_upper(line->text[first + 1])) {
            return false;
        }
        words++;
    }
    return at == end && words >= 1 && words <= WORDS_MOST;
}

/* Whether the byte is a letter of an abbreviation: the "A" of "24 Horas C.A." and of "A&B" is no "a". */
static bool is_initial(const char *text, size_t from, size_t at) {
    if (text[at + 1] == '&') {
        return true;
    }
    return at >= from + 2 && text[at - 1] == '.' && scan_is_letter(text[at - 2]) &&
           (at == from + 2 || !scan_is_letter(text[at - 3]));
}

/* Whether a piece is right below a label or a heading of a party, or on its row with nothing behind it. */
static bool is_of_party(const struct search *search, const struct segment *own) {
    double height = box_height(own->box);
    bool named = false;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *other = &search->sheet.segments[i];
        if (other != own && other->fold_to > other->fold_from && other->box.x0 > own->box.x1 &&
            box_same_row(other->box, own->box) > ROW_SURE_SHARE) {
            return false;
        }
    }
    for (size_t i = 0; i < search->label_count && !named; i++) {
        const struct label *label = &search->labels[i];
        bool party = label->kind == PHRASE_ORIGIN || label->kind == PHRASE_DESTINATION ||
                     (label->kind == PHRASE_FIELD && search->layout->fields[label->field].type == VALUE_NAME);
        double gap = own->box.y0 - label->box.y1, across = own->box.x0 - label->box.x0;
        bool below = gap > -HALF_ROW * height && gap < height && across > -height && across < height;
        bool beside = label->box.x1 < own->box.x0 && box_same_row(label->box, own->box) > ROW_SURE_SHARE;
        named = party && label->whole && (below || beside);
    }
    return named;
}

/*
 * "Total Gas" below "Para": a word that may be a label, and words of a name, where a name is wanted. A firm's legal
 * form says the same of a party's word: "Cliente Feliz C.A.".
 */
static bool begins_named(const struct search *search, const struct sheet_line *line, const struct segment *segment,
                         const struct label *label, enum value_type type) {
    size_t at = label->to + (label->to < segment->to && line->text[label->to] == ' '), digits = 0;
    for (size_t i = at; i < segment->to; i++) {
        digits += scan_is_digit(line->text[i]) || line->text[i] == ':';
    }
    bool word = at > label->to && at + 2 < segment->to && digits == 0 && scan_is_capital(line->text + at) &&
                !has_words(line->text + label->from, label->to - label->from);
    bool firm = name_has_legal_form(&search->locale, line->text + segment->from, segment->to - segment->from) ||
                (word && !has_words(line->text + at, segment->to - at));
    bool party = type == VALUE_NAME || type == VALUE_BANK;
    return !label->strong && word && (!party || firm) && is_of_party(search, segment);
}

/* The letters of a number: "FACT-0012345", "INV2041" have no label, "No-2041" has one. */
static bool begins_lettered_number(const struct locale *locale, const char *text, const struct segment *segment,
                                   const struct label *label) {
    enum { LETTERS_MOST = 5 };
    size_t at = label->to + (label->to < segment->to && text[label->to] == '-');
    return label->to - label->from <= LETTERS_MOST && at < segment->to && scan_is_digit(text[at]) &&
           !document_is_sign(locale, text + label->from, label->to - label->from);
}

/* The beginning of a question that goes on: "a" in "¿A quién?". */
static bool begins_question(const char *text, const struct segment *segment, const struct label *label) {
    size_t end = label->to;
    while (end < segment->to && text[end] == ' ') {
        end++;
    }
    return label->from >= segment->from + 2 && text[label->from - 2] == '\xC2' && text[label->from - 1] == '\xBF' &&
           end < segment->to && text[end] != '?' && memchr(text + end, '?', segment->to - end) != NULL;
}

/* Whether a label's word that was misread is a known name, alone and in capitals too: "CARLOS", and not "cargos". */
static bool is_name(const struct search *search, const struct fold *fold, const struct phrase_hit *hit) {
    struct said names = search_said(search, SAID_NAMES);
    for (size_t i = 0; i < names.count && hit->distance > 0; i++) {
        size_t letters = strlen(names.texts[i]);
        if (letters == hit->to - hit->from && memcmp(fold->plain + hit->from, names.texts[i], letters) == 0) {
            return true;
        }
    }
    return false;
}

/* The label that a hit is, in its line; nothing is judged yet. */
static struct label label_of(const struct search *search, size_t segment_index, const struct phrase *phrase,
                             const struct phrase_hit *hit) {
    const struct segment *segment = &search->sheet.segments[segment_index];
    const struct sheet_line *line = &search->sheet.lines[segment->line];
    struct label label = {
        .kind = phrase->kind,
        .field = phrase->field,
        .segment = segment_index,
        .line = segment->line,
        .from = line->fold.from[hit->from],
        .to = line->fold.to[hit->to - 1],
        .weight = phrase->weight,
        .neutral = phrase->weight < 1,
    };
    if (hit->glued && line->text[label.to] == 's' && !scan_is_letter(line->text[label.to + 1]) &&
        has_words(line->text + label.from, label.to - label.from)) {
        label.to++; /* "Nombre y apellidos" has the label "nombre y apellido"; "Movimientos" is another word */
    }
    return label;
}

/* Whether the words of a label are of a value: the name of a bank, a person or a firm, or a title. */
static bool is_of_value(const struct search *search, const struct label *label, const struct phrase_hit *hit,
                        enum value_type type, bool first) {
    const struct segment *segment = &search->sheet.segments[label->segment];
    const struct sheet_line *line = &search->sheet.lines[label->line];
    bool is_field = label->kind == PHRASE_FIELD, bank = is_field && type == VALUE_BANK;
    if (first && begins_named(search, line, segment, label, type)) {
        return true;
    }
    bool part = !label->strong || (bank && label->from > segment->from);
    if (part && is_in_bank(&search->locale, line, segment, label->from, label->to)) {
        return true; /* "Banco del Tesoro" and "R4 Banco" do not have the label "Banco" */
    }
    return (!bank && begins_person(line, label, hit, segment->to)) ||
           (is_field && type == VALUE_TEXT && is_title(&search->locale, line, label, segment->to)) ||
           (is_field && type == VALUE_NAME && begins_firm(&search->locale, line, label, segment->to));
}

void label_hit_keep(struct search *search, size_t segment_index, const struct phrase *phrase,
                    const struct phrase_hit *hit, bool first) {
    const struct segment *segment = &search->sheet.segments[segment_index];
    const struct sheet_line *line = &search->sheet.lines[segment->line];
    if (search->label_count == search->labels_most || is_name(search, &line->fold, hit)) {
        return;
    }
    struct label *label = &search->labels[search->label_count];
    *label = label_of(search, segment_index, phrase, hit);
    if ((hit->to - hit->from == 1 && is_initial(line->text, segment->from, label->from)) ||
        begins_question(line->text, segment, label)) {
        return;
    }
    enum value_type type = phrase->kind == PHRASE_FIELD ? search->layout->fields[phrase->field].type : VALUE_NAME;
    bool number = type == VALUE_ID || (type == VALUE_TEXT && phrase->weight < 1); /* "No. PE44-0088127" */
    bool document = type == VALUE_TEXT && search->layout->fields[phrase->field].asked;
    if (document && begins_lettered_number(&search->locale, line->text, segment, label)) {
        return;
    }
    if (document) {
        number_prepare(search, line, segment, label);
    }
    label->quality = standing(&search->locale, label, line, segment, first, number, document,
                              phrase->kind == PHRASE_FIELD && type == VALUE_NAME) -
                     LOSS_ERROR * hit->distance - (hit->glued ? LOSS_GLUED : 0);
    if (first && type == VALUE_NAME && phrase->kind == PHRASE_FIELD && is_title_of_name(search, label, segment)) {
        label->to = segment->to;
        label->strong = label->whole = true;
    }
    if (!first && !label->strong && segment->running &&
        label_is_blank(&search->locale, line->text, label->to, segment->to)) {
        label->quality = ENDS_SENTENCE; /* "... hora 8:33 PM Nro / 123456": its value begins the next row */
    }
    if (!first && !label->strong && label->quality < INSIDE_SURE) {
        if (hit->to - hit->from < INSIDE_LETTERS) {
            return; /* a word in the middle of something else */
        }
        label->quality -= LOSS_INSIDE; /* "... 10,00 a favor de NAME" */
    }
    if (!label->strong && type == VALUE_NAME && phrase->kind == PHRASE_FIELD && hit->to - hit->from <= PREPOSITION &&
        search->layout->fields[phrase->field].side == SIDE_ORIGIN) {
        return; /* "de ANA SOTO" in a sentence; a label is "De:", or stands alone */
    }
    if (phrase->kind == PHRASE_IGNORE && first && hit->to - hit->from >= FORMULA_LETTERS) {
        label->strong = true; /* the beginning of a sentence that is on every receipt */
    }
    if (phrase->kind != PHRASE_FIELD && !label->strong) {
        return; /* a heading is alone on its row */
    }
    if (is_of_value(search, label, hit, type, first)) {
        return;
    }
    label->box = sheet_extent_box(&search->sheet, (struct extent){label->line, label->from, label->to});
    if (label->strong && first) {
        search->segment_label[segment_index] = search->label_count;
    }
    search->label_count++;
}
