/* shop.c - the parts of a shop receipt without labels: the firm at its top, and its address. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "fields/countries/postal.h"
#include "fields/record.h"
#include "fields/sales/signed_receipt.h"
#include "fields/search.h"
#include "fields/values/scan.h"

enum { HEAD_ROWS_MOST = 12, LEGAL_FORM_BYTES = 12, LAST_ROW_BYTES = 24, SLIP_DIGITS = 3, FIRM_BYTES_LEAST = 4 };
/* A date above this part of the page is the clock of a phone. */
static const double STATUS_BAR_SHARE = 0.04;
/* Rows of one name, in heights: how far apart, beside each other, with the legal form alone in the last one. */
static const double ROW_GAP = 0.35, TAIL_GAP = 0.9, BESIDE_GAP = 2.5;
/* The ratio of their letters' height; the upper row is at least so wide as the lower one, or it would not be cut. */
static const double JOINED_LEAST = 0.75, JOINED_MOST = 1.3, FULL_WIDTH = 0.9;
/* Two pieces of one row: what they share, the gap, the ratio of their letters. */
static const double PIECES_SHARE = 0.7, PIECES_GAP = 1.5, PIECES_LEAST = 0.65, PIECES_MOST_RATIO = 1.5;
/* What makes a row the firm's, besides its words: a legal form, large letters, few rows above, not being an address. */
static const double GAIN_LEGAL_FORM = 0.12, GAIN_LARGE = 0.1, LARGE = 1.25, TWICE = 1.7, LOSS_ROW = 0.07,
                    LOSS_ADDRESS = 0.25;
/* A firm away from the top; in heights of its row, how far below it its tax id may be, and how far above its foot. */
static const double LOSS_ELSEWHERE = 0.4, ID_ROWS = 3.2, ID_ROWS_ABOVE = 2.5;
/* Its registration number below it; a label; words that could hardly be read. */
static const double GAIN_REGISTRATION = 0.25, LOSS_LABEL = 0.5, LOSS_UNREAD = 0.4, READ_LEAST = 0.7;
static const double FIRM_QUALITY = 0.4, FIRM_LEAST = 0.15, FIRM_MOST = 0.95;
/* How far below a date the address may be, in heights. */
static const double DATE_REACH = 6;
/* The quality of a row of an address; of one that ends it; of one that is not a name. */
static const double ADDRESS_QUALITY = 0.4, ADDRESS_LEAST = 0.2, ADDRESS_SURE = 0.6, ADDRESS_MOST = 0.9;

/* Whether the layout asks for a value of the type without a label. */
static bool is_asked(const struct layout *layout, enum value_type type) {
    for (size_t i = 0; i < layout->field_count; i++) {
        if (layout->fields[i].type == type && layout->fields[i].free == FREE_HEAD) {
            return true;
        }
    }
    return false;
}

/* An address right below the date, which some tills print between it and the firm. */
static bool is_address_below(const struct search *search, const struct segment *segment, double end) {
    const char *text = search->sheet.lines[segment->line].text + segment->from;
    return segment->box.y0 < end + DATE_REACH * search->sheet.text_height_px &&
           name_address_quality(&search->locale, text, segment->to - segment->from) > ADDRESS_SURE;
}

/* Segments from the top down to the first typed value or label. Returns how many. */
static size_t head_collect(const struct search *search, size_t *head) {
    size_t count = 0;
    double end = 0.5 * search->sheet.height_px;
    for (size_t i = 0; i < search->candidate_count && search->layout->group == GROUP_SALE; i++) {
        const struct candidate *candidate = &search->candidates[i];
        bool data = (candidate->type == VALUE_DATE || candidate->type == VALUE_TIME) && !candidate->find.bare;
        if (data && candidate->first_box.y0 < end &&
            candidate->first_box.y0 > STATUS_BAR_SHARE * search->sheet.height_px) {
            end = candidate->first_box.y0;
        }
    }
    for (size_t i = 0; i < search->sheet.segment_count && count < HEAD_ROWS_MOST; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if ((segment->box.y0 >= end && !is_address_below(search, segment, end)) ||
            search->sheet.lines[segment->line].chrome || segment->fold_to - segment->fold_from < 2 ||
            segment->of_buyer) {
            continue;
        }
        size_t at = count++;
        while (at > 0 &&
               search->sheet.segments[head[at - 1]].box.y0 > segment->box.y0 + ROW_SHARE * box_height(segment->box)) {
            head[at] = head[at - 1];
            at--;
        }
        head[at] = i;
    }
    return count;
}

static struct stretch stretch_of(const struct search *search, const size_t *head, size_t first, size_t end) {
    struct stretch stretch = {0};
    for (size_t i = first; i < end && stretch.piece_count < PIECES_MOST; i++) {
        const struct segment *segment = &search->sheet.segments[head[i]];
        stretch.pieces[stretch.piece_count++] = segment_extent(segment);
    }
    return stretch;
}

static bool head_add(struct search *search, struct stretch *stretch, enum value_type type, double quality) {
    if (search->candidate_count == search->candidates_most) {
        return true;
    }
    if (!stretch_join(search, stretch)) {
        return false;
    }
    struct candidate *candidate = &search->candidates[search->candidate_count];
    *candidate = (struct candidate){.type = type,
                                    .find = {.to = stretch->bytes, .quality = quality},
                                    .of_head = true,
                                    .confidence = 1,
                                    .words_confidence = 1,
                                    .heading = LABELS_MOST};
    for (size_t i = 0; i < stretch->piece_count && i < EXTENTS_MOST; i++) {
        struct lince_box box = sheet_extent_box(&search->sheet, stretch->pieces[i]);
        double read = search->sheet.lines[stretch->pieces[i].line].confidence;
        candidate->box = i == 0 ? box : box_around(candidate->box, box);
        candidate->first_box = i == 0 ? box : candidate->first_box;
        candidate->confidence = read < candidate->confidence ? read : candidate->confidence;
        candidate->words_confidence = candidate->confidence;
        candidate->extents[candidate->extent_count++] = stretch->pieces[i];
    }
    for (size_t i = 0; i < stretch->bytes; i++) {
        stretch->text[i] = stretch->text[i] == '\n' ? ' ' : stretch->text[i];
    }
    candidate->text = stretch->text;
    candidate->text_bytes = stretch->bytes;
    search->candidate_count++;
    return true;
}

static const char *segment_text(const struct search *search, size_t index, size_t *bytes) {
    const struct segment *segment = &search->sheet.segments[index];
    *bytes = segment->to - segment->from;
    return search->sheet.lines[segment->line].text + segment->from;
}

static size_t digits_count(const char *text, size_t bytes) {
    size_t count = 0;
    for (size_t i = 0; i < bytes; i++) {
        count += scan_is_digit(text[i]);
    }
    return count;
}

/* A registration number after a firm's name, "(519537-X)", is not part of it. Returns the bytes without it. */
static size_t number_cut(const char *text, size_t bytes) {
    for (size_t at = bytes; at-- > 4;) {
        if (text[at] != '(') {
            continue;
        }
        bool more = memchr(text + at, ')', bytes - at) != NULL &&
                    text + bytes - 1 > (const char *)memchr(text + at, ')', bytes - at) + 2;
        if (digits_count(text + at, bytes - at) >= 4 && !more) {
            while (at > 0 && text[at - 1] == ' ') {
                at--;
            }
            return at;
        }
    }
    return bytes;
}

/* The rows of a name over several rows: same letters, close together, up to the legal form at its end. */
static void rows_join(const struct search *search, const size_t *head, size_t *first, const size_t *end) {
    size_t bytes;
    const char *text = segment_text(search, head[*first], &bytes);
    while (*first > 0 && name_has_legal_form(&search->locale, text, number_cut(text, bytes)) && *end - *first < 3) {
        size_t before_bytes;
        const char *before = segment_text(search, head[*first - 1], &before_bytes);
        struct lince_box top = search->sheet.segments[head[*first - 1]].box,
                         low = search->sheet.segments[head[*first]].box;
        double height = box_height(low), ratio = box_height(top) / height;
        if (box_same_row(top, low) > ROW_SURE_SHARE) {
            if (top.x1 > low.x0 || low.x0 - top.x1 > BESIDE_GAP * height ||
                !name_has_legal_form(&search->locale, text, number_cut(text, bytes))) {
                return;
            }
            *first -= 1;
            continue;
        }
        /* the legal form alone, or "DE ORO, C.A.": certainly the end of the row above */
        bool tail = bytes < LEGAL_FORM_BYTES ||
                    said_begin(locale_said(&search->locale, SAID_FIRM_RESTS), text, bytes, SAID_OWN_CASE) > 0;
        bool close = low.y0 - top.y1 < (tail ? TAIL_GAP : ROW_GAP) * height && low.y0 > top.y0 + HALF_ROW * height;
        bool goes_on = name_company_quality(&search->locale, before, before_bytes) >= FIRM_QUALITY &&
                       !name_has_legal_form(&search->locale, before, before_bytes) &&
                       box_width(top) > FULL_WIDTH * box_width(low);
        if (!close || ratio > JOINED_MOST || ratio < JOINED_LEAST || !goes_on || bytes > LAST_ROW_BYTES) {
            return;
        }
        *first -= 1;
    }
}

/* Two pieces of one row found separately: "PERNIAGAAN RIANG" and "RIA". */
static bool goes_on_beside(const struct search *search, size_t left, size_t right) {
    struct lince_box one = search->sheet.segments[left].box, other = search->sheet.segments[right].box;
    double height = box_height(one), gap = other.x0 - one.x1, ratio = box_height(other) / height;
    return box_same_row(one, other) > PIECES_SHARE && gap > -ROWS_OVERLAP * height && gap < PIECES_GAP * height &&
           ratio > PIECES_LEAST && ratio < PIECES_MOST_RATIO && search->segment_label[right] == LABELS_MOST;
}

/* A registration number alone on a row: "(81109-A)", "789417-W". It is right below the firm that has it. */
static bool is_registration(const struct search *search, size_t index) {
    enum { DIGITS_LEAST = 5, LETTERS_MOST = 2 };
    size_t bytes, letters = 0;
    const char *text = segment_text(search, index, &bytes);
    for (size_t i = 0; i < bytes; i++) {
        letters += scan_is_letter(text[i]);
    }
    bool phone =
        bytes > 5 && text[0] == '(' && scan_digits(text, bytes, 1) == 3 && text[4] == ')'; /* "(813) 555-0142" */
    for (size_t i = 0; i < search->candidate_count && !phone; i++) {
        phone = search->candidates[i].type == VALUE_PHONE && search->candidates[i].segment == index;
    }
    return digits_count(text, bytes) >= DIGITS_LEAST && letters <= LETTERS_MOST && !phone;
}

/* Terminals print their shops in capitals; titles that apps put above a payment have small letters. */
static bool has_small_letters(const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] >= 'a' && text[i] <= 'z') {
            return true;
        }
    }
    return false;
}

/* Whether the row has a date, a bank or an id: on a terminal's slip they may precede the shop. */
static bool has_value(const struct search *search, size_t segment) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        bool asked = candidate->type == VALUE_DATE || candidate->type == VALUE_BANK || candidate->type == VALUE_ID;
        if (asked && !candidate->find.bare && candidate->segment == segment) {
            return true;
        }
    }
    return false;
}

/* "a importância de mil reais": words in small letters from the first on. */
static bool is_sentence(const char *text, size_t bytes) {
    enum { WORDS_LEAST = 4 };
    size_t words = 0;
    for (size_t i = 0; i < bytes; i++) {
        words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
    }
    return words >= WORDS_LEAST && text[0] >= 'a' && text[0] <= 'z';
}

/* "Account number:", whose value is elsewhere. */
static bool is_label(const char *text, size_t bytes) {
    return bytes > 0 && text[bytes - 1] == ':';
}

/* The place for a signature: "FIRMA Y SELLO". */
static bool is_for_signature(const struct search *search, const struct segment *segment) {
    struct said said = search_said(search, SAID_SIGNATURE_PLACES);
    return segment_begins_with(&search->sheet, segment, said.texts, said.count);
}

/* "Oakland, CA 94601": a region with its postal code, whose letters may be those of a legal form. */
static bool has_postal_code(const struct search *search, const char *text, size_t bytes) {
    const struct country_set *set = search->locale.set;
    for (size_t i = 0; i < set->count; i++) {
        size_t from = 0, to = 0;
        if (postal_find(&set->countries[i], text, bytes, &from, &to)) {
            return true;
        }
    }
    return false;
}

/* How much the row looks like a firm, by its words, its letters and what surrounds it. */
static double company_score(const struct search *search, const size_t *head, size_t count, size_t at) {
    size_t bytes;
    const char *text = segment_text(search, head[at], &bytes);
    const struct segment *segment = &search->sheet.segments[head[at]];
    bool label = is_label(text, bytes);
    bytes = number_cut(text, bytes);
    double quality = name_company_quality(&search->locale, text, bytes) +
                     (name_has_legal_form(&search->locale, text, bytes) ? GAIN_LEGAL_FORM : 0);
    double ratio = box_height(segment->box) / search->sheet.text_height_px;
    quality += ratio > TWICE ? 2 * GAIN_LARGE : ratio > LARGE ? GAIN_LARGE : 0;
    bool slip = search->layout->group != GROUP_SALE; /* of a terminal: its shop's address is right above numbers too */
    quality += !slip && at + 1 < count && is_registration(search, head[at + 1]) ? GAIN_REGISTRATION : 0;
    quality -= slip && digits_count(text, bytes) >= SLIP_DIGITS ? GAIN_REGISTRATION : 0;
    quality -= slip && (memchr(text, ':', bytes) != NULL || has_small_letters(text, bytes)) ? LOSS_LABEL : 0;
    quality -= LOSS_ROW * (double)at;
    quality -= name_address_quality(&search->locale, text, bytes) > ADDRESS_SURE ? LOSS_ADDRESS : 0;
    quality -= has_postal_code(search, text, bytes) || (at > 0 && name_begins_house(&search->locale, text, bytes))
                   ? LOSS_LABEL
                   : 0;
    quality -= search->segment_label[head[at]] != LABELS_MOST ? LOSS_LABEL : 0;
    quality -= label || is_sentence(text, bytes) || is_for_signature(search, segment) ? LOSS_LABEL : 0;
    quality -= slip && has_value(search, head[at]) ? LOSS_LABEL : 0;
    quality -= search->sheet.lines[segment->line].confidence < READ_LEAST ? LOSS_UNREAD : 0;
    return quality;
}

/* The firm's part of a row that goes on with its tax number or address: "Ana S.L. - CIF B12345678 - C/ Sol 3". */
static size_t firm_bytes(const struct search *search, const char *text, size_t bytes) {
    static const char *const signs[] = {" - ", " | ", " \xC2\xB7 ", " \xE2\x80\x93 "};
    const struct said *ends = locale_said(&search->locale, SAID_FIRM_ENDS);
    size_t end = number_cut(text, bytes);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t count = strlen(signs[i]);
        for (size_t at = FIRM_BYTES_LEAST; at + count < end; at++) {
            end = strncmp(text + at, signs[i], count) == 0 ? at : end;
        }
    }
    for (size_t at = FIRM_BYTES_LEAST; at < end; at++) {
        size_t count = said_begin(ends, text + at, bytes - at, SAID_OWN_CASE), behind = at + count;
        bool word = count > 0 && behind < end &&
                    (!scan_is_letter(text[behind]) || !scan_is_letter(text[behind - 1])); /* no "RIFA" */
        end = word ? at : end;
    }
    while (end > 0 && strchr(" ,:;", text[end - 1]) != NULL) {
        end--;
    }
    return end;
}

/* Whether a tax id that is not the buyer's is on the row, or on one of the next rows below it. */
static bool has_id_near(const struct search *search, size_t index) {
    struct lince_box own = search->sheet.segments[index].box;
    double height = box_height(own);
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *id = &search->candidates[i];
        double gap = id->first_box.y0 - own.y1;
        bool row = box_same_row(id->first_box, own) > ROW_SURE_SHARE;
        bool below = gap > -ROWS_OVERLAP * height && gap < ID_ROWS * height && id->first_box.x0 < own.x1 &&
                     id->first_box.x1 > own.x0;
        if (id->type == VALUE_ID && id->side == SIDE_NONE && (row || below)) {
            return true;
        }
    }
    return false;
}

/*
 * A firm below the date, or at the foot, as on a page that begins with the buyer's address: it has a legal form. Gives
 * its segment if it is likelier than `best`.
 */
static bool firm_elsewhere(const struct search *search, const size_t *head, size_t count, double best, size_t *segment,
                           double *quality) {
    bool found = false;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        size_t bytes;
        const char *text = segment_text(search, i, &bytes);
        bool of_head = false;
        for (size_t k = 0; k < count; k++) {
            of_head = of_head || head[k] == i;
        }
        bytes = firm_bytes(search, text, bytes);
        if (of_head || search->sheet.segments[i].of_buyer || search->segment_label[i] != LABELS_MOST ||
            !name_has_legal_form(&search->locale, text, bytes)) {
            continue;
        }
        double own = name_company_quality(&search->locale, text, bytes) + GAIN_LEGAL_FORM - LOSS_ELSEWHERE +
                     (has_id_near(search, i) ? GAIN_REGISTRATION : -GAIN_REGISTRATION);
        if (own > best) {
            best = own;
            *segment = i;
            *quality = own;
            found = true;
        }
    }
    return found;
}

/* The ids beside the firm are its own. */
static void firm_ids_mark(struct search *search, struct lince_box firm) {
    double height = box_height(firm);
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *id = &search->candidates[i];
        double gap = id->first_box.y0 - firm.y1;
        bool near =
            gap > -ID_ROWS_ABOVE * height && gap < ID_ROWS * height && box_shared_width(id->first_box, firm) > -height;
        id->of_head = id->type == VALUE_ID && id->side == SIDE_NONE && near;
    }
}

/* The id nearest below the one who signs, or beside the name, is the signer's, whatever heading is above. */
static void signer_id_take(struct search *search, struct lince_box name) {
    double height = box_height(name), least = ID_ROWS * height;
    struct candidate *own = NULL;
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *id = &search->candidates[i];
        double gap = id->first_box.y0 - name.y1;
        id->of_head = false;
        if (id->type == VALUE_ID && gap > -height - ROWS_OVERLAP * height && gap < least &&
            !search->sheet.segments[id->segment].of_buyer) {
            own = id;
            least = gap;
        }
    }
    if (own != NULL) {
        own->of_head = true;
        own->side = SIDE_NONE;
    }
}

/* The row at the top that looks most like a firm; earlier and larger rows score higher. */
static bool company_add(struct search *search, const size_t *head, size_t count, enum value_type type,
                        size_t *company) {
    double best = 0;
    *company = count;
    for (size_t i = 0; i < count; i++) {
        double quality = company_score(search, head, count, i);
        if (quality > best) {
            best = quality;
            *company = i;
        }
    }
    struct extent signer;
    bool told;
    if (type == VALUE_COMPANY && signed_receipt_find(search, &signer, &told) &&
        (told || *company == count || !has_id_near(search, head[*company]))) {
        struct stretch alone = {.piece_count = 1, .pieces = {signer}};
        *company = count;
        signer_id_take(search, sheet_extent_box(&search->sheet, signer));
        return head_add(search, &alone, type, FIRM_MOST);
    }
    size_t elsewhere;
    double quality;
    if (type == VALUE_COMPANY && firm_elsewhere(search, head, count, fmax(best, FIRM_LEAST), &elsewhere, &quality)) {
        *company = count;
        firm_ids_mark(search, search->sheet.segments[elsewhere].box);
        struct stretch alone = {.piece_count = 1, .pieces = {segment_extent(&search->sheet.segments[elsewhere])}};
        const struct extent *piece = &alone.pieces[0];
        alone.pieces[0].to = piece->from + firm_bytes(search, search->sheet.lines[piece->line].text + piece->from,
                                                      piece->to - piece->from);
        return head_add(search, &alone, type, quality > FIRM_MOST ? FIRM_MOST : quality);
    }
    if (*company == count || best < FIRM_LEAST) {
        return true;
    }
    firm_ids_mark(search, search->sheet.segments[head[*company]].box);
    size_t first = *company, end = *company + 1;
    while (first > 0 && goes_on_beside(search, head[first - 1], head[first])) {
        first--;
    }
    rows_join(search, head, &first, &end);
    while (end < count && goes_on_beside(search, head[end - 1], head[end])) {
        end++;
    }
    struct stretch stretch = stretch_of(search, head, first, end);
    struct extent *last = &stretch.pieces[stretch.piece_count - 1];
    last->to =
        last->from + firm_bytes(search, search->sheet.lines[last->line].text + last->from, last->to - last->from);
    if (type == VALUE_NAME) {
        if (!stretch_join(search, &stretch)) {
            return false;
        }
        best = name_quality(&search->locale, stretch.text, stretch.bytes);
    }
    return head_add(search, &stretch, type, best > FIRM_MOST ? FIRM_MOST : best);
}

/* "Serie A No. 447188" is no address. */
static bool begins_series(const struct search *search, size_t index) {
    struct said said = search_said(search, SAID_SERIES);
    return segment_begins_with(&search->sheet, &search->sheet.segments[index], said.texts, said.count);
}

/* Consecutive rows of an address below the firm's name. */
static bool address_add(struct search *search, const size_t *head, size_t count, size_t company) {
    size_t first = count, end = count;
    double sum = 0;
    for (size_t i = company < count ? company + 1 : 0; i < count; i++) {
        size_t bytes;
        const char *text = segment_text(search, head[i], &bytes);
        double quality = name_address_quality(&search->locale, text, bytes);
        if (quality > ADDRESS_QUALITY && !begins_series(search, head[i])) {
            first = first == count ? i : first;
            end = i + 1;
            sum += quality;
        } else if (first < count && i > end) {
            break;
        } else if (first < count && (search->segment_label[head[i]] != LABELS_MOST || quality < ADDRESS_LEAST)) {
            break;
        }
    }
    if (first == count) {
        return true;
    }
    struct stretch stretch = stretch_of(search, head, first, end);
    double quality = sum / (double)(end - first);
    return head_add(search, &stretch, VALUE_ADDRESS, quality > ADDRESS_MOST ? ADDRESS_MOST : quality);
}

bool shop_candidates_find(struct search *search) {
    size_t head[HEAD_ROWS_MOST], company = HEAD_ROWS_MOST;
    bool firm = is_asked(search->layout, VALUE_COMPANY), place = is_asked(search->layout, VALUE_ADDRESS);
    bool payee = is_asked(search->layout, VALUE_NAME);
    if (!firm && !place && !payee) {
        return true;
    }
    size_t count = head_collect(search, head);
    if ((firm || payee) && !company_add(search, head, count, firm ? VALUE_COMPANY : VALUE_NAME, &company)) {
        return false;
    }
    return !place || address_add(search, head, count, company);
}
