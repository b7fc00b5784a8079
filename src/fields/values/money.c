/* money.c - amounts: `1.234,50 Bs`, `Bs.1234,5`, `-$12.34`, `RM31.60`, and their misreadings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fields/countries/country.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

/* Whole digits of an amount: more do not fit into hundredths. */
enum { WHOLE_DIGITS_MOST = 13, NUMBER_BYTES = 24 };
/* More digits than these, without a sign, a separator and a decimal part, are a number of something. */
enum { BARE_DIGITS_MOST = 8 };
/* How likely a number is an amount, by hand: what each sign of one adds, and each misreading takes away. */
static const double QUALITY_NUMBER = 0.5, QUALITY_LEAST = 0.1;
static const double GAIN_SIGN = 0.25, GAIN_MINUS_OR_PLUS = 0.05, GAIN_WHOLE_CURRENCY = 0.28; /* yens have no cents */
static const double GAIN_CENTS = 0.22, GAIN_TENTHS = 0.1, GAIN_GROUPED = 0.03;
static const double LOSS_NO_CENTS = 0.08, LOSS_REPAIR = 0.12;

/* A sign: its length, and its meaning on this page. */
struct sign {
    size_t bytes;
    const char *code; /* "" if several currencies share it and nothing decides */
    bool misread, hundredths;
    bool shared; /* it means other currencies in other countries */
};

/* The meaning of a sign: in the page's own country, or if all its users agree. */
static struct sign sign_resolve(const struct locale *locale, size_t first) {
    const struct country_set *set = locale->set;
    const struct currency_sign *found = &set->signs[first];
    const struct currency_sign *own = NULL;
    struct sign sign = {found->bytes, NULL, found->misread, found->hundredths, false};
    bool doubtful = false; /* something speaks for a country that shares it */
    for (size_t i = first; i < set->sign_count && strcmp(set->signs[i].text, found->text) == 0; i++) {
        const struct currency_sign *other = &set->signs[i];
        sign.shared = sign.shared || strcmp(other->code, found->code) != 0;
        own = own == NULL && &set->countries[other->country] == locale->country ? other : own;
        if (other->shared) {
            doubtful = doubtful || (locale->shown >> other->country & 1) != 0;
            continue;
        }
        sign.hundredths = other->hundredths;
        sign.code = sign.code == NULL || strcmp(sign.code, other->code) == 0 ? other->code : "";
    }
    if (own != NULL) {
        return (struct sign){own->bytes, own->code, own->misread, own->hundredths, sign.shared};
    }
    bool open = sign.code == NULL || (doubtful && locale->country == set->unknown); /* "Bs": Venezuela or Bolivia */
    sign.code = open ? "" : sign.code;
    return sign;
}

static bool sign_at(const struct locale *locale, const char *text, size_t bytes, size_t at, struct sign *sign) {
    const struct country_set *set = locale->set;
    if (at >= bytes) {
        return false;
    }
    char first = scan_lower(text[at]);
    for (size_t i = 0; i < set->sign_count; i++) {
        if (set->signs[i].text[0] != first || !scan_word(text, bytes, at, set->signs[i].text)) {
            continue;
        }
        *sign = sign_resolve(locale, i);
        bool lone = scan_is_letter(first) && !scan_is_letter(set->signs[i].text[1]);
        if (sign->code[0] != '\0' || !lone) { /* an "l" may mean litres: it needs its country */
            return true;
        }
    }
    return false;
}

size_t money_currency_match(const struct locale *locale, const char *text, size_t bytes, const char **code) {
    struct sign sign;
    if (!sign_at(locale, text, bytes, 0, &sign) || sign.misread) {
        return 0;
    }
    if (sign.bytes < bytes && scan_is_letter(text[sign.bytes])) {
        return 0; /* "S/N", without a number */
    }
    *code = sign.code;
    return sign.bytes;
}

long long money_hundredths(const char *value) {
    char *end;
    long long whole = strtoll(value, &end, 10);
    return *end == '.' ? whole * 100 + strtoll(end + 1, NULL, 10) : -1;
}

void money_text(long long hundredths, char text[MONEY_TEXT_BYTES]) {
    long long size = llabs(hundredths);
    snprintf(text, MONEY_TEXT_BYTES, "%s%lld.%02lld", hundredths < 0 ? "-" : "", size / 100, size % 100);
}

struct number {
    char digits[NUMBER_BYTES]; /* the digits and, for the separators, '.' or ',' */
    size_t count;
    size_t end;
    unsigned repairs;
};

/*
 * The last groups of an amount behind its sign, to the end of the row: "5 000", "1 234 567". A single group is of a
 * round amount: "100 412" may be an amount and something else.
 */
static bool groups_end(const char *text, size_t bytes, size_t at, bool has_groups) {
    size_t groups = 0;
    for (; at < bytes && text[at] == ' ' && scan_digits(text, bytes, at + 1) == 3; groups++) {
        at += 4;
    }
    return (at == bytes || text[at] == '\n') &&
           (has_groups || groups > 1 || (groups == 1 && strncmp(text + at - 2, "00", 2) == 0));
}

/*
 * A space inside a number: after or before a separator ("1.234, 50"), or between groups ("1 234,50"; "₡ 5 000" where a
 * sign is before it).
 */
static bool space_goes_on(const char *text, size_t bytes, size_t at, const struct number *number, bool is_signed) {
    if (at + 1 >= bytes || text[at] != ' ' || number->count == 0) {
        return false;
    }
    char last = number->digits[number->count - 1];
    size_t digits = scan_digits(text, bytes, at + 1);
    if (last == '.' || last == ',') {
        return digits == 2 || (digits == 3 && last == '.');
    }
    if ((text[at + 1] == ',' || text[at + 1] == '.') && at + 2 < bytes) {
        return scan_digits(text, bytes, at + 2) == 2;
    }
    if (digits == 3 && number->count <= 3) {
        return (at + 4 < bytes && (text[at + 4] == ',' || text[at + 4] == '.')) ||
               (is_signed && groups_end(text, bytes, at, false));
    }
    return digits == 3 && number->repairs > 0 && is_signed && groups_end(text, bytes, at, true);
}

/* "RM 14-10": a faint point read as a hyphen, before the last two digits of an amount that begins with its currency. */
static bool hyphen_is_point(const char *text, size_t bytes, size_t at, const struct number *number) {
    size_t first = at - number->count; /* nothing was skipped in so short a number */
    bool behind_sign = number->count > 0 && number->count <= 3 && first >= 2 &&
                       (scan_is_letter(text[first - 1]) ||
                        (text[first - 1] == ' ' && scan_is_letter(text[first - 2])) || text[first - 1] == '$');
    return text[at] == '-' && behind_sign && scan_digits(text, bytes, at + 1) == 2 && at + 3 == bytes;
}

/* ".02": hundredths without a whole part, as tills print rounding. */
static bool is_part_alone(const char *text, size_t bytes, size_t at) {
    return at < bytes && text[at] == '.' && scan_digits(text, bytes, at + 1) == 2 &&
           (at == 0 || scan_is_space(text[at - 1]) || strchr("-$", text[at - 1]) != NULL);
}

/* The apostrophe of "1'234,567.89" and "1'234.567": millions, before another separator. */
static bool is_million_sign(const char *text, size_t bytes, size_t at) {
    size_t next = at + 4;
    return text[at] == '\'' && scan_digits(text, bytes, at + 1) == 3 && next < bytes &&
           strchr(".,", text[next]) != NULL && scan_digits(text, bytes, next + 1) == 3;
}

static bool number_scan(const char *text, size_t bytes, size_t at, bool is_signed, struct number *number) {
    *number = (struct number){.end = at};
    size_t real = 0;
    if (is_part_alone(text, bytes, at)) {
        number->digits[number->count++] = '0';
    }
    while (at < bytes && number->count + 1 < sizeof number->digits) {
        char c = text[at];
        bool behind = number->count > 0;
        if (scan_is_digit(c)) {
            real++;
        } else if ((c == '.' || c == ',' || c == '\'') && behind) {
            c = c == '\'' && !is_million_sign(text, bytes, at) ? '.' : c;
        } else if (hyphen_is_point(text, bytes, at, number)) {
            c = '.';
            number->repairs++;
        } else if (space_goes_on(text, bytes, at, number, is_signed)) {
            number->repairs++;
            at++;
            continue;
        } else if (scan_look_digit(c) != 0 && behind && real > 0 && at + 1 < bytes &&
                   (scan_is_digit(text[at + 1]) || text[at + 1] == ',' || text[at + 1] == '.')) {
            c = scan_look_digit(c);
            number->repairs++;
        } else {
            break;
        }
        number->digits[number->count++] = c;
        at++;
        if (scan_is_digit(c)) {
            number->end = at;
        }
    }
    while (number->count > 0 && !scan_is_digit(number->digits[number->count - 1])) {
        number->count--;
    }
    return real > 0;
}

struct amount {
    unsigned long long whole;
    unsigned cents;
    unsigned fraction_digits;
    unsigned repairs;
    bool grouped;
};

/* Whether the separators before `end` leave groups of three. */
static bool groups_are_right(const char *digits, size_t end, char *separator) {
    size_t run = 0;
    size_t groups = 0;
    *separator = 0;
    for (size_t i = 0; i <= end; i++) {
        if (i < end && scan_is_digit(digits[i])) {
            run++;
            continue;
        }
        if ((groups == 0 && (run == 0 || (run > 3 && i < end))) || (groups > 0 && run != 3)) {
            return false;
        }
        if (i < end && digits[i] == '\'') {
            groups++;
        } else if (i < end) {
            if (*separator != 0 && *separator != digits[i]) {
                return false;
            }
            *separator = digits[i];
            groups++;
        }
        run = 0;
    }
    return true;
}

static bool amount_parse(const struct locale *locale, const struct number *number, const struct sign *sign,
                         struct amount *amount) {
    *amount = (struct amount){.repairs = number->repairs};
    size_t last = number->count;
    while (last > 0 && scan_is_digit(number->digits[last - 1])) {
        last--;
    }
    size_t behind = number->count - last; /* digits after the last separator, or all if there is none */
    size_t whole_end = number->count;
    if (last > 0 && behind <= 2) {
        whole_end = last - 1;
        amount->fraction_digits = (unsigned)behind;
    } else if (last > 0 && behind > 3) {
        return false;
    } else if (last > 0 && number->digits[last - 1] == ',' && sign != NULL && locale->country->decimal_comma &&
               locale->country->currency != NULL && strcmp(sign->code, locale->country->currency) == 0) {
        amount->repairs++; /* three digits after a decimal comma: it was a point */
    }
    char separator;
    if (!groups_are_right(number->digits, whole_end, &separator)) {
        return false;
    }
    amount->grouped = separator != 0;
    if (amount->fraction_digits > 0 && separator != 0 && separator == number->digits[last - 1]) {
        amount->repairs++; /* the same sign for both: one was misread */
    }
    size_t whole_digits = 0;
    for (size_t i = 0; i < whole_end; i++) {
        if (scan_is_digit(number->digits[i])) {
            amount->whole = amount->whole * 10 + (unsigned)(number->digits[i] - '0');
            whole_digits++;
        }
    }
    bool zero_first = number->digits[0] == '0' && whole_digits > 1;
    if (whole_digits == 0 || whole_digits > WHOLE_DIGITS_MOST || zero_first) {
        return false;
    }
    for (size_t i = last; amount->fraction_digits > 0 && i < number->count; i++) {
        amount->cents = amount->cents * 10 + (unsigned)(number->digits[i] - '0');
    }
    amount->cents *= amount->fraction_digits == 1 ? 10 : 1;
    return true;
}

/* What follows a number may show that it is no amount: a longer token, a percentage, a date. */
static bool number_may_end(const char *text, size_t bytes, size_t end) {
    if (end >= bytes) {
        return true;
    }
    char c = text[end];
    if (c == '%' || c == ':' || c == '/' || c == '*' || scan_is_letter(c)) {
        return false;
    }
    if (c == ' ' && end + 1 < bytes && text[end + 1] == '%') {
        return false;
    }
    bool more = (end + 1 < bytes && scan_is_digit(text[end + 1])) || scan_is_check_letter(text, bytes, end);
    return !((c == '-' || c == '.' || c == ',') && more);
}

static double amount_quality(const struct amount *amount, const struct sign *sign, bool has_sign) {
    double quality = QUALITY_NUMBER;
    quality += sign != NULL ? GAIN_SIGN : has_sign ? GAIN_MINUS_OR_PLUS : 0;
    quality += sign != NULL && !sign->hundredths && amount->fraction_digits == 0 ? GAIN_WHOLE_CURRENCY : 0;
    quality += amount->fraction_digits == 2 ? GAIN_CENTS : amount->fraction_digits == 1 ? GAIN_TENTHS : -LOSS_NO_CENTS;
    quality += amount->grouped ? GAIN_GROUPED : 0;
    quality -= LOSS_REPAIR * amount->repairs;
    return quality < QUALITY_LEAST ? QUALITY_LEAST : quality;
}

/* Tries an amount that starts at `at`. On success fills `find` and returns true. */
static bool amount_at(const struct locale *locale, const char *text, size_t bytes, size_t at, struct find *find) {
    size_t start = at;
    bool has_sign = false;
    struct sign before_sign, after_sign;
    const struct sign *before = NULL, *after = NULL;
    for (int turn = 0; turn < 2; turn++) { /* sign and currency come in either order */
        if (!has_sign && at < bytes && (text[at] == '-' || text[at] == '+')) {
            has_sign = true;
            at++;
        } else if (scan_word(text, bytes, at, "\xE2\x88\x92")) {
            has_sign = true;
            at += 3;
        }
        if (before == NULL && sign_at(locale, text, bytes, at, &before_sign)) {
            before = &before_sign;
            at += before->bytes;
            at += at < bytes && strchr(".,:", text[at]) != NULL && !is_part_alone(text, bytes, at) ? 1 : 0;
        }
        at += scan_spaces(text, bytes, at, 2);
    }
    if (before == NULL && start < bytes && at != start && !has_sign) {
        return false;
    }
    struct number number;
    if (at >= bytes || !(scan_is_digit(text[at]) || is_part_alone(text, bytes, at)) ||
        !number_scan(text, bytes, at, before != NULL, &number)) {
        return false;
    }
    size_t end = number.end;
    size_t gap = scan_spaces(text, bytes, end, 1);
    if (before == NULL && sign_at(locale, text, bytes, end + gap, &after_sign)) {
        size_t sign_end = end + gap + after_sign.bytes;
        bool word_goes_on = sign_end < bytes && scan_is_letter(text[sign_end]) && scan_is_letter(text[sign_end - 1]);
        bool belongs_to_next = sign_end < bytes && scan_is_digit(text[sign_end + (text[sign_end] == ' ')]);
        after = word_goes_on || (belongs_to_next && gap > 0) ? NULL : &after_sign;
    }
    const struct sign *sign = before != NULL ? before : after;
    struct amount amount;
    bool word_glued = before != NULL && number.count > 3 && !scan_is_digit(number.digits[number.count - 3]) &&
                      end < bytes && text[end] >= 'a' && text[end] <= 'z'; /* "Bs. 24.400,00a favor de" */
    if ((after == NULL && !word_glued && !number_may_end(text, bytes, end)) ||
        !amount_parse(locale, &number, sign, &amount)) {
        return false;
    }
    if (sign == NULL && !amount.grouped && amount.fraction_digits == 0 && number.count > BARE_DIGITS_MOST) {
        return false;
    }
    amount.repairs += sign != NULL && sign->misread;
    *find = (struct find){
        .from = start,
        .to = after == NULL ? end : end + gap + after->bytes,
        .quality = amount_quality(&amount, sign, has_sign),
        .repairs = amount.repairs,
        .bare = sign == NULL && amount.fraction_digits != 2,
        .decimals = amount.fraction_digits > 0,
    };
    snprintf(find->value, sizeof find->value, "%llu.%02u", amount.whole, amount.cents);
    if (sign != NULL) {
        find->open_sign = sign->code[0] == '\0';
        find->shared_sign = sign->shared;
        snprintf(find->currency, sizeof find->currency, "%s", sign->code);
    }
    while (find->to > find->from && text[find->to - 1] == ' ') {
        find->to--;
    }
    return true;
}

size_t money_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room) {
    size_t count = 0;
    for (size_t at = 0; at < bytes && count < room;) {
        bool may_start =
            scan_starts_token(text, at) && (at == 0 || strchr("/:*#%", text[at - 1]) == NULL || (text[at - 1] == ':'));
        if (at > 1 && scan_is_digit(text[at]) && strchr(".,-:/'", text[at - 1]) != NULL &&
            scan_is_digit(text[at - 2])) {
            may_start = false; /* in the middle of a number, a date or a time */
        }
        if (may_start && text[at] != ' ' && amount_at(locale, text, bytes, at, &finds[count])) {
            at = finds[count++].to;
        } else {
            at++;
        }
    }
    return count;
}
