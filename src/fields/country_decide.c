/* country_decide.c - the country of a page, from its words, banks, currency signs, phones and ids. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fields/countries/country.h"
#include "fields/countries/postal.h"
#include "fields/layouts/phrase.h"
#include "fields/sheet.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

/* The weight of each kind of evidence; banks and ids of one page count at most twice. */
static const double PHONE_WEIGHT = 1.2, CODED_PHONE_WEIGHT = 2, ID_WEIGHT = 0.8, RIGHT_ID_WEIGHT = 1.6,
                    NAMED_ID_WEIGHT = 0.4, NAME_WEIGHT = 0.2, RATE_WEIGHT = 0.9, POSTAL_WEIGHT = 1.4,
                    MOST_OF_A_KIND = 2.4;
/* A sign that means one currency; one that few countries share, that many share; less with a foreign decimal. */
static const double SIGN_WEIGHT = 1.2, FEW_SHARE_WEIGHT = 0.8, SHARED_SIGN_WEIGHT = 0.2, LOSS_OTHER_DECIMAL = 0.2,
                    GAIN_DECIMALS = 0.15;
/* The least weight of a country, and its least lead over the next one. */
static const double LEAST_WEIGHT = 0.9, LEAST_LEAD = 0.35;
/* The least quality of an id that is evidence; the doubt about a verdict without a second country. */
static const double SURE_QUALITY = 0.7, SINGLE_DOUBT = 0.2;
static const double RATE_ERROR = 0.01; /* rates are compared to a tenth */

enum { WORDS_SEEN_MOST = 4096, ID_DIGITS = 6, POSTAL_DIGITS = 4, TELLING_LETTERS = 11, SHORT_NAME_LETTERS = 6 };

struct tally {
    double words, banks, signs, phones, ids, rates, postal;
    bool decimals; /* an amount with its sign has a decimal point, and so have amounts of the country */
};

struct deciding {
    const struct country_set *set;
    const struct sheet *sheet;
    struct country_verdict *verdict;
    const struct extent *written;
    size_t written_count;
    struct tally tallies[COUNTRIES_MOST];
    unsigned char seen[WORDS_SEEN_MOST / 8];
    struct {
        size_t country;
        char text[EVIDENCE_BYTES];
    } notes[64];
    size_t note_count;
};

static void note(struct deciding *deciding, size_t country, const char *kind, const char *text, size_t bytes) {
    if (deciding->note_count < sizeof deciding->notes / sizeof *deciding->notes) {
        deciding->notes[deciding->note_count].country = country;
        snprintf(deciding->notes[deciding->note_count].text, EVIDENCE_BYTES, "%s:%.*s", kind, (int)bytes, text);
        deciding->note_count++;
    }
}

static bool seen_before(struct deciding *deciding, size_t word) {
    if (word >= WORDS_SEEN_MOST) {
        return true;
    }
    bool before = (deciding->seen[word / 8] >> (word % 8) & 1) != 0;
    deciding->seen[word / 8] |= (unsigned char)(1u << (word % 8));
    return before;
}

/* The first word of the set that begins with the two characters. */
static size_t words_first(const struct country_set *set, const char *two) {
    size_t low = 0, high = set->word_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (memcmp(set->words[middle].key, two, 2) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Whether a place of the text has a word: its look-alikes may be digits, but not all of them: "11.88" is not "IIBB". */
static bool word_fits(const struct country_word *word, const struct fold *fold, size_t at) {
    bool letters = false;
    if (at + word->count > fold->count || memcmp(fold->look + at, word->key, word->count) != 0 ||
        (at + word->count < fold->count && !fold_word_ends(fold, at + word->count))) {
        return false;
    }
    for (size_t i = at; i < at + word->count && !letters; i++) {
        letters = !scan_is_digit(fold->plain[i]);
    }
    return letters;
}

/* The letters of the longest name of a bank at a place: "Banco Mercantil Santa Cruz" is not also "Banco Mercantil". */
static size_t bank_longest(const struct country_set *set, const struct fold *fold, size_t at) {
    size_t most = 0;
    for (size_t i = words_first(set, fold->look + at);
         i < set->word_count && memcmp(set->words[i].key, fold->look + at, 2) == 0; i++) {
        const struct country_word *word = &set->words[i];
        most = word->bank && word->count > most && word_fits(word, fold, at) ? word->count : most;
    }
    return most;
}

/* Whether the name of a bank is only the beginning of another name: "Caja de Ahorros de la Universidad". */
static bool is_beginning(const struct country_word *word, const struct sheet_line *line, size_t at) {
    return word->bank && at + word->count < line->fold.count &&
           bank_goes_on(line->text, line->bytes, line->fold.from[at], line->fold.to[at + word->count - 1]);
}

/* Whether a short name of a bank, which is one word, is two here: "Constructora del Sur" is not DELSUR. */
static bool is_spread(const struct country_word *word, const struct sheet_line *line, size_t at) {
    size_t from = line->fold.from[at], to = line->fold.to[at + word->count - 1];
    return word->bank && word->count <= SHORT_NAME_LETTERS && strchr(word->text, ' ') == NULL &&
           memchr(line->text + from, ' ', to - from) != NULL;
}

static bool is_written(const struct deciding *deciding, size_t line, size_t at) {
    const struct extent byte = {line, at, at + 1};
    for (size_t i = 0; i < deciding->written_count; i++) {
        if (extents_meet(deciding->written[i], byte)) {
            return true;
        }
    }
    return false;
}

static void words_look(struct deciding *deciding, const struct sheet_line *line, size_t index) {
    const struct fold *fold = &line->fold;
    const struct country_set *set = deciding->set;
    for (size_t at = 0; at + 2 <= fold->count; at++) {
        if (!fold_word_starts(fold, at) || is_written(deciding, index, fold->from[at])) {
            continue;
        }
        for (size_t i = words_first(set, fold->look + at);
             i < set->word_count && memcmp(set->words[i].key, fold->look + at, 2) == 0; i++) {
            const struct country_word *word = &set->words[i];
            if (!word_fits(word, fold, at) || (word->bank && word->count < bank_longest(set, fold, at)) ||
                is_beginning(word, line, at) || is_spread(word, line, at) || seen_before(deciding, i)) {
                continue;
            }
            struct tally *tally = &deciding->tallies[word->country];
            *(word->bank ? &tally->banks : &tally->words) += word->weight;
            note(deciding, word->country, word->bank ? "bank" : "word", word->text, strlen(word->text));
        }
    }
}

/* How much a sign says for its country: "Bs" is Venezuela's and Bolivia's, "$" that of twenty countries. */
static double sign_weight(const struct country_set *set, const struct currency_sign *sign) {
    const struct currency_sign *first = sign, *end = set->signs + set->sign_count;
    size_t others = 0; /* countries whose own currency has this sign too */
    while (first > set->signs && strcmp(first[-1].text, sign->text) == 0) {
        first--;
    }
    for (; first < end && strcmp(first->text, sign->text) == 0; first++) {
        bool own = strcmp(first->code, set->countries[first->country].currency) == 0;
        others += own && strcmp(first->code, sign->code) != 0;
    }
    return !sign->shared ? SIGN_WEIGHT : others > 1 ? SHARED_SIGN_WEIGHT : FEW_SHARE_WEIGHT;
}

/* Whether the number at a byte has two decimals behind the mark: "Bs 50.00" is unusual in Venezuela. */
static bool has_decimals(const struct sheet_line *line, size_t at, char mark) {
    size_t end = at;
    while (end < line->bytes && (scan_is_digit(line->text[end]) || strchr(".,", line->text[end]) != NULL)) {
        end++;
    }
    end -= end > at && !scan_is_digit(line->text[end - 1]) ? 1 : 0;
    return end > at + 3 && line->text[end - 3] == mark && scan_digits(line->text, line->bytes, end - 2) == 2;
}

/* What the decimals of the number at a byte say: "Q 450.00" is an amount, "Q 4" may be anything. */
static double decimals_weight(const struct currency_sign *sign, const struct country *country,
                              const struct sheet_line *line, size_t at) {
    bool letter = scan_is_letter(sign->text[0]) && !scan_is_letter(sign->text[1]);
    if (has_decimals(line, at, country->decimal_comma ? '.' : ',')) {
        return -LOSS_OTHER_DECIMAL;
    }
    return letter && has_decimals(line, at, country->decimal_comma ? ',' : '.') ? GAIN_DECIMALS : 0;
}

/* The nearest piece of the row on one side of some bytes that begin, or end, a piece; NULL if there is none. */
static const struct segment *segment_next(const struct sheet *sheet, size_t line, size_t at, bool right) {
    const struct segment *own = NULL, *next = NULL;
    for (size_t i = 0; i < sheet->segment_count && own == NULL; i++) {
        const struct segment *segment = &sheet->segments[i];
        own = segment->line == line && (right ? segment->to : segment->from) == at ? segment : NULL;
    }
    for (size_t i = 0; i < sheet->segment_count && own != NULL; i++) {
        const struct segment *other = &sheet->segments[i];
        bool beside = other != own && box_same_row(other->box, own->box) > ROW_SURE_SHARE &&
                      (right ? other->box.x0 > own->box.x0 : other->box.x0 < own->box.x0);
        bool nearer = beside && (next == NULL || (other->box.x0 < next->box.x0) == right);
        next = nearer ? other : next;
    }
    return next;
}

/* Whether a piece ends with the sign, and the next one on its row begins with a number: "TOTAL C$ | 1,375.00". */
static bool is_column(const struct deciding *deciding, size_t index, size_t end, const struct currency_sign *sign) {
    const struct segment *next = segment_next(deciding->sheet, index, end, true);
    bool letter = sign->bytes == 1 && scan_is_letter(sign->text[0]);
    return next != NULL && !letter && scan_is_digit(deciding->sheet->lines[next->line].text[next->from]);
}

/* A currency sign right before or after a digit. */
static void signs_look(struct deciding *deciding, size_t index) {
    const struct sheet_line *line = &deciding->sheet->lines[index];
    const struct country_set *set = deciding->set;
    for (size_t at = 0; at < line->bytes; at++) {
        char first = scan_lower(line->text[at]);
        bool start = scan_starts_token(line->text, at) || (scan_is_digit(line->text[at - 1]) && !scan_is_digit(first));
        for (size_t i = 0; start && i < set->sign_count; i++) {
            const struct currency_sign *sign = &set->signs[i];
            const struct country *country = &set->countries[sign->country];
            if (sign->text[0] != first || sign->misread || strcmp(sign->code, country->currency) != 0 ||
                !scan_word(line->text, line->bytes, at, sign->text)) {
                continue;
            }
            size_t end = at + sign->bytes;
            size_t behind = end + (end < line->bytes && strchr(".:", line->text[end]) != NULL);
            behind += scan_spaces(line->text, line->bytes, behind, 1);
            bool before = behind < line->bytes && scan_is_digit(line->text[behind]);
            bool ends = end >= line->bytes || !scan_is_letter(line->text[end]);
            bool letter = sign->bytes == 1 && scan_is_letter(sign->text[0]); /* "41,12 L" are litres */
            bool after = ends && !letter &&
                         ((at > 0 && scan_is_digit(line->text[at - 1])) ||
                          (at > 1 && line->text[at - 1] == ' ' && scan_is_digit(line->text[at - 2])));
            struct tally *tally = &deciding->tallies[sign->country];
            double weight = sign_weight(set, sign) + (before ? decimals_weight(sign, country, line, behind) : 0);
            tally->decimals |= before && !country->decimal_comma && has_decimals(line, behind, '.');
            if (tally->signs < weight && (before || after || is_column(deciding, index, end, sign))) {
                tally->signs = weight;
                if (!sign->shared) {
                    note(deciding, sign->country, "sign", sign->text, sign->bytes);
                }
            }
        }
    }
}

/* Whether a piece right of the line on its row begins with a digit. */
static bool has_number_right(const struct sheet *sheet, const struct sheet_line *line) {
    const struct sheet_line *next = NULL;
    for (size_t i = 0; i < sheet->line_count; i++) {
        const struct sheet_line *other = &sheet->lines[i];
        if (box_same_row(other->box, line->box) > ROW_SURE_SHARE && other->box.x0 >= line->box.x1 &&
            (next == NULL || other->box.x0 < next->box.x0)) {
            next = other;
        }
    }
    return next != NULL && next->bytes > 0 && scan_is_digit(next->text[0]);
}

/* A currency sign that ends its piece, with the amount in the next one of the row: "Subtotal   C$   1,100.00". */
static void signs_apart_look(struct deciding *deciding, const struct sheet *sheet, const struct sheet_line *line) {
    const struct country_set *set = deciding->set;
    for (size_t i = 0; i < set->sign_count; i++) {
        const struct currency_sign *sign = &set->signs[i];
        size_t at = line->bytes - (sign->bytes < line->bytes ? sign->bytes : line->bytes);
        if (sign->misread || sign->shared || sign->bytes < 2 || sign->bytes > line->bytes ||
            strcmp(sign->code, set->countries[sign->country].currency) != 0 || !scan_starts_token(line->text, at) ||
            !scan_word(line->text, line->bytes, at, sign->text) ||
            deciding->tallies[sign->country].signs >= SIGN_WEIGHT || !has_number_right(sheet, line)) {
            continue;
        }
        deciding->tallies[sign->country].signs = SIGN_WEIGHT;
        note(deciding, sign->country, "sign", sign->text, sign->bytes);
    }
}

static void postal_look(struct deciding *deciding, const struct sheet_line *line, size_t index) {
    size_t from = 0, to = 0;
    double *tally = &deciding->tallies[index].postal;
    if (*tally <= 0 && postal_find(&deciding->set->countries[index], line->text, line->bytes, &from, &to)) {
        *tally = POSTAL_WEIGHT;
        note(deciding, index, "postal", line->text + from, to - from);
    }
}

static void phones_look(struct deciding *deciding, const struct sheet_line *line, size_t index) {
    const struct country *country = &deciding->set->countries[index];
    struct locale locale = {.set = deciding->set, .country = country};
    struct find finds[4];
    size_t count = country->phone.digits == 0 || deciding->tallies[index].phones >= CODED_PHONE_WEIGHT
                       ? 0
                       : phone_find(&locale, line->text, line->bytes, finds, 4);
    for (size_t i = 0; i < count; i++) {
        const char *code = country->phone.code, *printed = line->text + finds[i].from;
        bool coded = printed[0] == '+' && strncmp(printed + 1, code, strlen(code)) == 0;
        double weight = coded ? CODED_PHONE_WEIGHT : finds[i].bare || finds[i].repairs > 0 ? 0 : PHONE_WEIGHT;
        if (weight > deciding->tallies[index].phones) {
            deciding->tallies[index].phones = weight;
            note(deciding, index, "phone", finds[i].value, strlen(finds[i].value));
        }
    }
}

/* Whether the name ends before the folded character. */
static bool ends_with_name(const struct fold *fold, size_t at, const char *name) {
    size_t bytes = strlen(name);
    return bytes > 0 && at >= bytes && memcmp(fold->plain + at - bytes, name, bytes) == 0;
}

/* Whether the name of its kind is right before it: "C.C.: 33.384.998", or in the piece left of it. */
static bool is_named(const struct deciding *deciding, size_t line, const struct find *find) {
    const struct fold *fold = &deciding->sheet->lines[line].fold;
    const char *name = find->kind == NULL ? "" : find->kind;
    size_t at = 0;
    while (at < fold->count && fold->from[at] < find->from) {
        at++;
    }
    if (ends_with_name(fold, at, name)) {
        return true;
    }
    const struct segment *label = segment_next(deciding->sheet, line, find->from, false);
    return label != NULL && ends_with_name(&deciding->sheet->lines[label->line].fold, label->fold_to, name);
}

/* "1.218.374" is a person's number in Argentina and in Colombia, and an amount anywhere. */
static bool is_like_amount(const struct locale *locale, const struct sheet_line *line, const struct find *find) {
    struct find amounts[4];
    size_t count = find->checked == 0 ? money_find(locale, line->text, line->bytes, amounts, 4) : 0;
    for (size_t i = 0; i < count; i++) {
        if (amounts[i].from <= find->from && amounts[i].to >= find->to) {
            return true;
        }
    }
    return false;
}

static void ids_look(struct deciding *deciding, size_t at, size_t index) {
    const struct sheet_line *line = &deciding->sheet->lines[at];
    const struct country *country = &deciding->set->countries[index];
    struct locale locale = {.set = deciding->set, .country = country};
    struct find finds[4];
    size_t count = id_find(&locale, line->text, line->bytes, finds, 4);
    for (size_t i = 0; i < count; i++) {
        bool sure = finds[i].repairs == 0 && finds[i].quality > SURE_QUALITY;
        bool named = is_named(deciding, at, &finds[i]);
        bool counts = !finds[i].bare && sure &&
                      finds[i].checked >= 0 && /* letters of a reference may look like an id */
                      (named || !is_like_amount(&locale, line, &finds[i]));
        bool right =
            finds[i].checked > 0 && sure && strlen(finds[i].value) >= TELLING_LETTERS; /* its check digit is evidence */
        bool misread = named && finds[i].repairs == 0 && finds[i].checked < 0; /* or misprinted: one digit of it */
        double weight = counts && finds[i].checked > 0 ? RIGHT_ID_WEIGHT
                        : counts && named              ? ID_WEIGHT + NAME_WEIGHT
                        : counts || right              ? ID_WEIGHT
                        : misread                      ? NAMED_ID_WEIGHT
                                                       : 0;
        if (weight > 0 && deciding->tallies[index].ids < MOST_OF_A_KIND) {
            deciding->tallies[index].ids += weight;
            note(deciding, index, "id", finds[i].kind == NULL ? "" : finds[i].kind,
                 finds[i].kind == NULL ? 0 : strlen(finds[i].kind));
        }
    }
}

/* The first percentage behind a byte of a line; negative if there is none. */
static double percentage_behind(const struct sheet_line *line, size_t at) {
    for (; at < line->bytes; at++) {
        size_t whole = scan_digits(line->text, line->bytes, at), end = at + whole;
        if (whole == 0 || whole > 2) {
            at += whole;
            continue;
        }
        bool parted = end + 1 < line->bytes && strchr(".,", line->text[end]) != NULL;
        size_t fraction = parted ? scan_digits(line->text, line->bytes, end + 1) : 0, behind = end;
        behind += fraction > 0 ? fraction + 1 : 0;
        behind += scan_spaces(line->text, line->bytes, behind, 1);
        if (behind < line->bytes && line->text[behind] == '%') {
            return (double)strtol(line->text + at, NULL, 10) + (fraction > 0 ? (line->text[end + 1] - '0') / 10.0 : 0);
        }
        at = end;
    }
    return -1;
}

/* Whether the line names the tax; gives the byte behind it. */
static bool tax_named(const struct sheet_line *line, const struct country *country, size_t *behind) {
    size_t count = strcspn(country->words[WORDS_TAX], "|");
    for (size_t at = 0; at + count <= line->fold.count && count > 0; at++) {
        bool ends = at + count == line->fold.count || fold_word_ends(&line->fold, at + count);
        if (ends && fold_word_starts(&line->fold, at) &&
            memcmp(line->fold.plain + at, country->words[WORDS_TAX], count) == 0) {
            *behind = line->fold.to[at + count - 1];
            return true;
        }
    }
    return false;
}

/* A tax printed with a rate of the country is evidence for it, with another rate against it. */
static void rates_look(struct deciding *deciding, const struct sheet_line *line, size_t index) {
    const struct country *country = &deciding->set->countries[index];
    size_t behind = 0;
    double rate =
        country->tax_rate_count > 0 && tax_named(line, country, &behind) ? percentage_behind(line, behind) : -1;
    double *tally = &deciding->tallies[index].rates;
    for (size_t i = 0; i < country->tax_rate_count && rate > 0; i++) {
        if (fabs(country->tax_rates[i] - rate) < RATE_ERROR) {
            char text[EVIDENCE_BYTES];
            int bytes = snprintf(text, sizeof text, "%g", rate);
            if (*tally <= 0) {
                note(deciding, index, "rate", text, (size_t)bytes);
            }
            *tally = RATE_WEIGHT;
            return;
        }
    }
    *tally = rate > 0 && *tally == 0 ? -RATE_WEIGHT : *tally;
}

static bool has_digits(const struct sheet_line *line, size_t least) {
    size_t digits = 0;
    for (size_t i = 0; i < line->bytes && digits < least; i++) {
        digits += scan_is_digit(line->text[i]);
    }
    return digits >= least;
}

static double at_most(double value, double most) {
    return value < most ? value : most;
}

/* Whether the currency is the country's own: its code begins with that of the country. */
static bool is_own_currency(const struct country *country) {
    return country->currency != NULL && strncmp(country->currency, country->code, 2) == 0;
}

/*
 * Dollars are printed beside the money of many countries: there they show none of those that have no money of their
 * own.
 */
static void borrowed_weaken(struct deciding *deciding) {
    const struct country_set *set = deciding->set;
    for (size_t i = 0; i < set->count && i < COUNTRIES_MOST; i++) {
        const struct country *country = &set->countries[i];
        bool other = false;
        for (size_t k = 0; k < set->count && k < COUNTRIES_MOST && country->currency != NULL; k++) {
            other = other || (is_own_currency(&set->countries[k]) && deciding->tallies[k].signs >= SIGN_WEIGHT &&
                              strcmp(set->countries[k].currency, country->currency) != 0);
        }
        double *signs = &deciding->tallies[i].signs;
        *signs = other && !is_own_currency(country) && *signs > SHARED_SIGN_WEIGHT ? SHARED_SIGN_WEIGHT : *signs;
    }
}

/* A rate is no evidence for a country whose currency has none of the signs that the page shows. */
static void rates_settle(struct deciding *deciding) {
    bool signed_page = false;
    for (size_t i = 0; i < deciding->set->count && i < COUNTRIES_MOST; i++) {
        signed_page = signed_page || deciding->tallies[i].signs > 0;
    }
    for (size_t i = 0; i < deciding->set->count && i < COUNTRIES_MOST && signed_page; i++) {
        struct tally *tally = &deciding->tallies[i];
        tally->rates = tally->signs > 0 ? tally->rates : at_most(tally->rates, 0);
    }
}

static double weight_of(const struct tally *tally) {
    return tally->words + at_most(tally->banks, MOST_OF_A_KIND) + tally->signs + tally->phones +
           at_most(tally->ids, MOST_OF_A_KIND) + tally->rates + tally->postal;
}

static void verdict_fill(struct deciding *deciding) {
    const struct country_set *set = deciding->set;
    size_t best = 0;
    double most = 0, second = 0;
    for (size_t i = 0; i < set->count && i < COUNTRIES_MOST; i++) {
        double weight = &set->countries[i] == set->unknown ? 0 : weight_of(&deciding->tallies[i]);
        if (weight > most) {
            second = most;
            most = weight;
            best = i;
        } else if (weight > second) {
            second = weight;
        }
    }
    struct country_verdict *verdict = deciding->verdict;
    for (size_t i = 0; i < set->count && i < COUNTRIES_MOST; i++) {
        const struct tally *tally = &deciding->tallies[i];
        bool shown = weight_of(tally) > tally->signs || tally->decimals;
        verdict->shown |= shown ? UINT64_C(1) << i : 0;
    }
    if (most < LEAST_WEIGHT || most - second < LEAST_LEAD) {
        return;
    }
    verdict->country = &set->countries[best];
    verdict->by_sign_alone = weight_of(&deciding->tallies[best]) == deciding->tallies[best].signs;
    verdict->confidence = most / (most + second + SINGLE_DOUBT / most);
    for (size_t i = 0; i < deciding->note_count && verdict->evidence_count < EVIDENCE_MOST; i++) {
        if (deciding->notes[i].country == best) {
            memcpy(verdict->evidence[verdict->evidence_count++], deciding->notes[i].text, EVIDENCE_BYTES);
        }
    }
}

void country_decide(const struct country_set *set, const struct sheet *sheet, const struct extent *written,
                    size_t written_count, struct country_verdict *verdict) {
    struct deciding deciding = {
        .set = set, .sheet = sheet, .verdict = verdict, .written = written, .written_count = written_count};
    *verdict = (struct country_verdict){0};
    for (size_t i = 0; i < sheet->line_count; i++) {
        const struct sheet_line *line = &sheet->lines[i];
        if (line->chrome) {
            continue;
        }
        words_look(&deciding, line, i);
        if (!has_digits(line, 1)) {
            signs_apart_look(&deciding, sheet, line);
            continue;
        }
        signs_look(&deciding, i);
        bool has_rate = memchr(line->text, '%', line->bytes) != NULL;
        for (size_t k = 0; has_rate && k < set->count && k < COUNTRIES_MOST; k++) {
            rates_look(&deciding, line, k);
        }
        bool has_code = has_digits(line, POSTAL_DIGITS), has_id = has_digits(line, ID_DIGITS);
        for (size_t k = 0; k < set->count && k < COUNTRIES_MOST && has_code; k++) {
            postal_look(&deciding, line, k);
        }
        for (size_t k = 0; k < set->count && k < COUNTRIES_MOST && has_id; k++) {
            if (&set->countries[k] != set->unknown) {
                phones_look(&deciding, line, k);
                ids_look(&deciding, i, k);
            }
        }
    }
    borrowed_weaken(&deciding);
    rates_settle(&deciding);
    verdict_fill(&deciding);
}
