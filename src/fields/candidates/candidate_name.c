/* candidate_name.c - the names of a stretch: what no phone, id, bank or amount uses, cut where a sentence goes on. */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "fields/candidates/candidate_parts.h"
#include "fields/search.h"
#include "fields/values/scan.h"

/* A name with one more word is a little less likely; a name over two rows is more likely. */
static const double LOSS_WHOLE_NAME = 0.03, GAIN_TWO_ROWS = 0.04;
/* A sign before a text at least so long is an icon, not an initial. */
enum { ICON_NAME_BYTES = 6 };

void candidate_taken_mark(const struct search *search, const struct stretch *stretch, unsigned char *taken) {
    static const finder firm[] = {phone_find, id_find,   bank_find,  account_find,
                                  date_find,  time_find, email_find, money_find};
    struct find finds[VALUE_FINDS_MOST];
    memset(taken, 0, stretch->bytes + 1);
    for (size_t i = 0; i < sizeof firm / sizeof *firm; i++) {
        size_t count = firm[i](&search->locale, stretch->text, stretch->bytes, finds, VALUE_FINDS_MOST);
        for (size_t j = 0; j < count; j++) {
            bool word = firm[i] == bank_find && finds[j].bare,
                 number = firm[i] == money_find && !find_has_sign(&finds[j]);
            if (word || number) {
                continue;
            }
            memset(taken + finds[j].from, 1, finds[j].to - finds[j].from);
        }
    }
}

bool candidate_is_edge(char c) {
    return strchr(" \n-,.:;|/()*_#@", c) != NULL;
}

bool candidate_row_has_label(const char *text, size_t bytes) {
    enum { LABEL_BYTES = 28 };
    for (size_t at = 0; at < LABEL_BYTES && at < bytes && text[at] != '\n'; at++) {
        if (text[at] == ':') {
            return true;
        }
    }
    return false;
}

/* How many pieces are printed to the right of a piece, on its row. */
static size_t right_count(const struct search *search, struct extent piece) {
    struct lince_box own = sheet_extent_box(&search->sheet, piece);
    size_t count = 0;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        count += segment->line != piece.line && segment->fold_to > segment->fold_from && segment->box.x0 > own.x1 &&
                 box_same_row(segment->box, own) > ROW_SURE_SHARE;
    }
    return count;
}

/* Whether the piece begins a row with a label, whose colon may be behind the stretch: "Titular de la cuenta:". */
static bool begins_labelled_row(const struct search *search, struct extent piece) {
    const struct sheet_line *line = &search->sheet.lines[piece.line];
    const struct segment *segment = &search->sheet.segments[sheet_segment_at(&search->sheet, piece)];
    return candidate_row_has_label(line->text + segment->from, segment->to - segment->from);
}

/* "45 Oak Avenue, Dallas": a row of an address is below a name, and not of it. */
static bool begins_address(const struct locale *locale, const char *text, size_t bytes) {
    const char *feed = memchr(text, '\n', bytes);
    return name_begins_house(locale, text, feed == NULL ? bytes : (size_t)(feed - text));
}

/* Whether the row after the line feed at a byte of the stretch continues the row before it. */
static bool row_goes_on(const struct search *search, const struct stretch *stretch, size_t line_feed) {
    size_t before, behind;
    stretch_extent(stretch, line_feed - 1, line_feed, &before);
    stretch_extent(stretch, line_feed + 1, line_feed + 2, &behind);
    return before < stretch->piece_count && behind < stretch->piece_count &&
           !begins_labelled_row(search, stretch->pieces[behind]) &&
           !begins_address(&search->locale, stretch->text + line_feed + 1, stretch->bytes - line_feed - 1) &&
           !candidate_row_has_label(stretch->text + line_feed + 1, stretch->bytes - line_feed - 1) &&
           !name_begins_account(&search->locale, stretch->text + line_feed + 1, stretch->bytes - line_feed - 1) &&
           right_count(search, stretch->pieces[before]) >= right_count(search, stretch->pieces[behind]) &&
           sheet_row_follows(&search->sheet, stretch->pieces[before], stretch->pieces[behind]);
}

/* Whether the word in small letters may be inside a name. */
static bool is_particle(const struct locale *locale, const char *word, size_t bytes) {
    return said_is(locale_said(locale, SAID_NAME_PARTICLES), word, bytes, SAID_OWN_CASE);
}

/* "de la Universidad", "en Pesos": the rest of a name that something took. */
static bool is_tail(const struct locale *locale, const char *text, size_t bytes) {
    size_t word = 0;
    while (word < bytes && text[word] != ' ' && text[word] != '\n') {
        word++;
    }
    return word < bytes && (is_particle(locale, text, word) ||
                            said_is(locale_said(locale, SAID_NAME_TAILS), text, word, SAID_OWN_CASE));
}

/* Without particles at its end, which belong to what follows: "Ana Soto la" of "Ana Soto la cantidad". */
static size_t particles_cut(const struct locale *locale, const char *text, size_t end) {
    for (;;) {
        size_t begin = end;
        while (begin > 0 && text[begin - 1] != ' ' && text[begin - 1] != '\n') {
            begin--;
        }
        if (begin == 0 || !is_particle(locale, text + begin, end - begin)) {
            return end;
        }
        end = begin - 1;
    }
}

size_t candidate_name_end(const struct locale *locale, const char *text, size_t bytes) {
    if (bytes == 0 || !(scan_is_capital(text) || scan_is_digit(text[0]))) {
        return bytes;
    }
    for (size_t at = 1; at < bytes; at++) {
        bool starts = (text[at - 1] == ' ' || text[at - 1] == '\n') && text[at] >= 'a' && text[at] <= 'z';
        if (!starts) {
            continue;
        }
        size_t end = at;
        while (end < bytes && text[end] != ' ' && text[end] != '\n') {
            end++;
        }
        if (!is_particle(locale, text + at, end - at)) {
            return particles_cut(locale, text, at - 1);
        }
    }
    return bytes;
}

size_t candidate_lead_bytes(const struct locale *locale, const char *text, size_t bytes) {
    size_t count = said_begin(locale_said(locale, SAID_NAME_LEADS), text, bytes, SAID_OWN_CASE);
    bool named = count > 0 && bytes > count + 2 && scan_is_capital(text + count) && text[count + 1] != ' ' &&
                 text[count + 1] != '.';
    return named ? count : 0;
}

size_t candidate_payer_lead_bytes(const struct search *search, const char *text, size_t bytes) {
    struct said leads = search_said(search, SAID_FROM_PAYER), surnames = search_said(search, SAID_DE_SURNAMES);
    for (size_t i = 0; i < leads.count && search->what.direction == DIRECTION_IN; i++) {
        size_t count = strlen(leads.texts[i]);
        if (bytes <= count + 2 || strncasecmp(text, leads.texts[i], count) != 0 || text[count] < 'A' ||
            text[count] > 'Z') {
            continue;
        }
        bool surname = false; /* "De La Cruz" */
        for (size_t k = 0; k < surnames.count; k++) {
            surname = surname || strncasecmp(text + count, surnames.texts[k], strlen(surnames.texts[k])) == 0;
        }
        return surname ? 0 : count;
    }
    return 0;
}

/* "Ana pérez", alone on its piece of a row: the word in small letters belongs to the name. */
static bool whole_name_add(struct search *search, const struct stretch *stretch, size_t first, size_t end,
                           size_t whole) {
    enum { WORDS_MOST = 4 };
    size_t words = 1;
    for (size_t at = first; at < whole; at++) {
        words += stretch->text[at] == ' ';
        if (stretch->text[at] == '\n' || (stretch->text[at] >= '0' && stretch->text[at] <= '9')) {
            return true;
        }
    }
    size_t piece;
    struct extent extent = stretch_extent(stretch, first, whole, &piece);
    bool running = false;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        running = running || (segment->running && segment->line == extent.line);
    }
    if (end >= whole || words > WORDS_MOST || running) {
        return true;
    }
    double quality = name_quality(&search->locale, stretch->text + first, whole - first) - LOSS_WHOLE_NAME;
    struct candidate candidate = {.type = VALUE_NAME, .find = {.from = first, .to = whole, .quality = quality}};
    return quality <= NAME_QUALITY_LEAST || candidate_add(search, candidate, stretch);
}

/*
 * The end of a name that ends within a row below its first: what is left of that row says what the row is, a bank's
 * account or the label of an id, and the name ends a row earlier. In a sentence, and behind another value, a name may
 * end anywhere: "0412-4582749 PETRA ZORAIDA / LUGO V-25348792".
 */
static size_t rows_cut(const struct search *search, const struct stretch *stretch, size_t first, size_t end) {
    size_t row = end;
    while (row > first && stretch->text[row - 1] != '\n') {
        row--;
    }
    size_t begin = first;
    while (begin > 0 && stretch->text[begin - 1] != '\n' && candidate_is_edge(stretch->text[begin - 1])) {
        begin--;
    }
    bool alone = begin == 0 || stretch->text[begin - 1] == '\n', more = false;
    for (size_t at = end; at < stretch->bytes && stretch->text[at] != '\n'; at++) {
        more = more || !candidate_is_edge(stretch->text[at]);
    }
    size_t piece;
    struct extent extent = stretch_extent(stretch, first, end, &piece);
    bool running = search->sheet.segments[sheet_segment_at(&search->sheet, extent)].running;
    return row > first && alone && more && !running ? row - 1 : end;
}

/*
 * Bytes of a sign of several bytes at the end of the text: "¿" and "¡", which begin the row below, a dot or a dash
 * between a name and its bank: "Ana Soto · Banesco".
 */
static size_t end_sign_bytes(const char *text, size_t first, size_t end) {
    static const char *const signs[] = {"\xC2\xBF",     "\xC2\xA1",     "\xC2\xB7",
                                        "\xE2\x80\xA2", "\xE2\x80\x93", "\xE2\x80\x94"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t bytes = strlen(signs[i]);
        if (end > first + bytes && memcmp(text + end - bytes, signs[i], bytes) == 0) {
            return bytes;
        }
    }
    return 0;
}

/* The end of a name without blanks and signs behind it; the point of "C.A." is its own. */
static size_t edges_cut(const char *text, size_t first, size_t end) {
    while (end > first + 1) {
        bool edge = candidate_is_edge(text[end - 1]) && (text[end - 1] != '.' || text[end - 2] == ' ');
        size_t bytes = edge ? 1 : end_sign_bytes(text, first, end);
        if (bytes == 0) {
            break;
        }
        end -= bytes;
    }
    return end;
}

size_t candidate_mark_bytes(const char *text, size_t bytes) {
    size_t mark = bytes > 4 && text[0] == '\xE2' ? 3 : bytes > 3 && text[0] == '\xC2' && text[1] == '\xB7' ? 2 : 0;
    return mark > 0 && text[mark] == ' ' ? mark + 1 : 0;
}

/* The bytes of a first row of digits alone: "18844" above "EMPRESA DE ENERGIA", a number and the name of its firm. */
static size_t number_row_bytes(const char *text, size_t bytes) {
    enum { DIGITS_LEAST = 3 };
    size_t digits = 0;
    while (digits < bytes && text[digits] >= '0' && text[digits] <= '9') {
        digits++;
    }
    return digits >= DIGITS_LEAST && digits < bytes && text[digits] == '\n' ? digits + 1 : 0;
}

/* Without the name of an id before its digits: "Ponto Certo CNPJ" of "Ponto Certo / CNPJ 30.763.809/0001-36". */
static size_t id_name_cut(const struct search *search, const struct stretch *stretch, size_t first, size_t end) {
    const struct country_set *set = search->locale.set;
    size_t begin = end;
    while (begin > first && strchr(" \n", stretch->text[begin - 1]) == NULL) {
        begin--;
    }
    for (size_t i = 0; i < set->count && begin > first + 1 && end < stretch->bytes; i++) {
        for (size_t k = 0; k < set->countries[i].id_count; k++) {
            const char *name = set->countries[i].ids[k].name;
            if (strlen(name) == end - begin && strncasecmp(stretch->text + begin, name, end - begin) == 0) {
                return edges_cut(stretch->text, first, begin - 1);
            }
        }
    }
    return end;
}

/* "Edw*** Mos***": the stars behind the last letters of a name whose end a wallet hides. */
static size_t masked_end_bytes(const char *text, size_t bytes) {
    enum { STARS_MOST = 8 };
    size_t stars = 0;
    while (stars < bytes && text[stars] == '*') {
        stars++;
    }
    bool ends = stars == bytes || strchr(" \n,;", text[stars]) != NULL;
    return ends && stars <= STARS_MOST ? stars : 0;
}

bool candidate_names_add(struct search *search, const struct stretch *stretch) {
    unsigned char *taken = arena_allocate(search->arena, stretch->bytes + 1);
    if (taken == NULL) {
        return false;
    }
    candidate_taken_mark(search, stretch, taken);
    for (size_t from = 0; from < stretch->bytes;) {
        size_t to = from;
        while (to < stretch->bytes && taken[to] == taken[from] &&
               !(stretch->text[to] == '\n' && to > from && !row_goes_on(search, stretch, to))) {
            to++;
        }
        size_t first = from, end = to;
        while (first < end && candidate_is_edge(stretch->text[first])) {
            first++;
        }
        end = edges_cut(stretch->text, first, end);
        if (end > first + ICON_NAME_BYTES && stretch->text[first + 1] == ' ' &&
            strchr("0O8oQ&@", stretch->text[first]) != NULL) {
            first += 2; /* an icon of a person, read as a sign */
        }
        first += candidate_mark_bytes(stretch->text + first, end - first);
        first += number_row_bytes(stretch->text + first, end - first);
        first += candidate_lead_bytes(&search->locale, stretch->text + first, end - first);
        first += candidate_payer_lead_bytes(search, stretch->text + first, end - first);
        size_t whole = end;
        end = first + candidate_name_end(&search->locale, stretch->text + first, end - first);
        end = rows_cut(search, stretch, first, end);
        end = id_name_cut(search, stretch, first, end);
        end += masked_end_bytes(stretch->text + end, stretch->bytes - end);
        if (!taken[from] && !whole_name_add(search, stretch, first, end, whole)) {
            return false;
        }
        bool tail = is_tail(&search->locale, stretch->text + first, end - first);
        double quality = taken[from] || tail ? 0 : name_quality(&search->locale, stretch->text + first, end - first);
        quality +=
            memchr(stretch->text + first, '\n', end - first) != NULL ? GAIN_TWO_ROWS : 0; /* the whole of a name */
        if (quality > NAME_QUALITY_LEAST) {
            struct candidate candidate = {.type = VALUE_NAME, .find = {.from = first, .to = end, .quality = quality}};
            if (!candidate_add(search, candidate, stretch)) {
                return false;
            }
        }
        from = to > from ? to : from + 1;
    }
    return true;
}
