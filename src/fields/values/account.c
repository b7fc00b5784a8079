/* account.c - account and card numbers, complete (20 digits) or masked: 0102****1234, ••••1234, 0102-xxxx-...-1234. */
#include <string.h>
#include <strings.h>

#include "fields/countries/country.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

/* The lengths of whole accounts are in the countries' files. These are for the parts of accounts that apps print. */
enum {
    DIGITS_LEAST = 5,
    DIGITS_MOST = 24,
    DIGITS_SEEN_LEAST = 2, /* beside masked ones */
    WHOLE_DIGITS = 20,     /* of an account in Venezuela, whose first four name the bank */
    BANK_DIGITS = 4,
    MASK_USUAL = 4, /* bullets before the last digits */
    TAIL_MOST = 6,  /* last digits after a mask */
    END_DIGITS = 4, /* last digits, if the bank's code comes before the mask */
    MASKED_LEAST = 14,
    MASKED_MOST = 22,  /* characters of such a number, its bullets counted wrong */
    CROSSED_LEAST = 9, /* the bank's code, a cross and the last four */
    FEW_DIGITS = 9,    /* a phone with so few digits is too short to be taken for an account */
    FALSE_MASK_LEAST = 3,
    FALSE_MASK_MOST = 12, /* fewer letters are a word, more a rule */
};
/* How likely a number is an account, by hand: by its check digit, by a mask, by its length alone. */
static const double QUALITY_CHECKED = 0.97, QUALITY_MASKED = 0.93, QUALITY_WHOLE = 0.9;
static const double QUALITY_WRONG_DIGIT = 0.55, QUALITY_SHORT = 0.6;
static const double QUALITY_LAST_DIGITS = 0.75; /* four digits whose bullets were not read */
/* Lost for being like a phone, for each misreading, for a break in the line. */
static const double LOSS_LIKE_PHONE = 0.4, LOSS_REPAIR = 0.1, LOSS_BREAK = 0.05;

struct number {
    char text[VALUE_BYTES];
    size_t count, end, digits, masked, spaces;
    unsigned repairs, breaks;
};

static void number_add(struct number *number, char c) {
    if (number->count + 1 < sizeof number->text) {
        number->text[number->count++] = c;
    }
}

/* Recognition reads bullets as points or as letters of one kind: "....1234", "0102 eeee 1234". */
static size_t false_mask(const char *text, size_t bytes, size_t at) {
    size_t count = 0;
    if (at >= bytes || strchr(".eoac\"^~", text[at]) == NULL || text[at] == '\0') {
        return 0;
    }
    while (at + count < bytes && text[at + count] == text[at]) {
        count++;
    }
    bool digit_behind = at + count < bytes &&
                        (scan_is_digit(text[at + count]) ||
                         (text[at + count] == ' ' && at + count + 1 < bytes && scan_is_digit(text[at + count + 1])));
    return count >= FALSE_MASK_LEAST && count <= FALSE_MASK_MOST && digit_behind ? count : 0;
}

static void number_scan(const char *text, size_t bytes, size_t at, struct number *number) {
    *number = (struct number){.end = at};
    while (at < bytes) {
        size_t mask = scan_mask(text + at, bytes - at, number->masked > 0 || number->digits >= 4 || number->count == 0);
        size_t fake = mask > 0 ? 0 : false_mask(text, bytes, at);
        if (scan_is_digit(text[at])) {
            number_add(number, text[at++]);
            number->digits++;
        } else if (mask > 0) {
            number_add(number, '*');
            number->masked++;
            at += mask;
        } else if (text[at] == '.' && number->masked > 0 && number->digits == 0) {
            number_add(number, '*'); /* "….1234": the last of a row of bullets */
            number->masked++;
            at++;
        } else if (fake > 0) {
            for (size_t i = 0; i < fake; i++) {
                number_add(number, '*');
            }
            number->masked += fake;
            number->repairs++;
            at += fake;
        } else if (number->count > 0 && at + 2 < bytes && text[at] == '-' && text[at + 1] == '\n' &&
                   (scan_is_digit(text[at + 2]) || scan_mask(text + at + 2, bytes - at - 2, true) > 0)) {
            number->breaks++; /* broken after a hyphen */
            at += 2;
            continue;
        } else if (number->count > 0 && at + 1 < bytes &&
                   (text[at] == '-' || text[at] == ' ' || text[at] == '\n' || text[at] == '/') &&
                   (scan_is_digit(text[at + 1]) ||
                    scan_mask(text + at + 1, bytes - at - 1, number->masked > 0 || number->digits >= 4) > 0 ||
                    false_mask(text, bytes, at + 1) > 0)) {
            number->spaces += text[at] != '-';
            number->breaks += text[at] == '\n';
            at++;
            continue;
        } else {
            break;
        }
        number->end = at;
    }
    number->text[number->count] = '\0';
}

enum { TELLING_DIGITS = 16 };

static const struct account_kind *kind_among(const struct country *country, size_t digits) {
    for (size_t i = 0; i < country->account_count; i++) {
        if (digits >= country->accounts[i].least && digits <= country->accounts[i].most) {
            return &country->accounts[i];
        }
    }
    return NULL;
}

/* The kind of account with this many digits in the page's country, or anywhere; NULL for none. */
static const struct account_kind *kind_of(const struct locale *locale, size_t digits) {
    const struct account_kind *kind = kind_among(locale->country, digits);
    return kind != NULL ? kind : kind_among(locale->set->unknown, digits);
}

/* Eleven digits that begin like a mobile phone of the country, including masked ones. */
static bool is_like_phone(const struct phone_plan *plan, const struct number *number) {
    for (size_t i = 0; plan->digits > FEW_DIGITS && number->count == plan->digits && i < plan->mobile_count; i++) {
        if (strncmp(number->text, plan->mobile[i], 2) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * The number of bullets is often misread: every app prints four before the last digits. Crosses between hyphens are the
 * digits of a whole account, twenty with the bank's code.
 */
static void mask_settle(const struct locale *locale, struct find *find, const char *printed, size_t bytes) {
    bool asterisks = memchr(printed, '*', bytes) != NULL || memchr(printed, '#', bytes) != NULL;
    bool crosses = memchr(printed, 'x', bytes) != NULL || memchr(printed, 'X', bytes) != NULL;
    bool hyphens = memchr(printed, '-', bytes) != NULL;
    size_t stars = strspn(find->value, "*"), count = strlen(find->value);
    if (stars > 0 && stars != MASK_USUAL && !asterisks && !crosses && count - stars <= TAIL_MOST) {
        memmove(find->value + MASK_USUAL, find->value + stars, count - stars + 1);
        memset(find->value, '*', MASK_USUAL);
        find->repairs++;
    } else if (kind_of(locale, WHOLE_DIGITS) == NULL) {
        return;
    } else if (stars == 0 && strspn(find->value, "0123456789") == BANK_DIGITS && count >= MASKED_LEAST &&
               count <= MASKED_MOST && count != WHOLE_DIGITS &&
               strspn(find->value + BANK_DIGITS, "*") == count - BANK_DIGITS - END_DIGITS) {
        /* A long mask between the bank's code and the last four: an account has twenty digits. */
        memmove(find->value + WHOLE_DIGITS - END_DIGITS, find->value + count - END_DIGITS, END_DIGITS + 1);
        memset(find->value + BANK_DIGITS, '*', WHOLE_DIGITS - END_DIGITS - BANK_DIGITS);
        find->repairs++;
    } else if (crosses && hyphens && stars == 0 && count != WHOLE_DIGITS && count >= CROSSED_LEAST &&
               strspn(find->value, "0123456789") == BANK_DIGITS) {
        size_t tail = count - BANK_DIGITS - strspn(find->value + BANK_DIGITS, "*");
        if (tail <= TAIL_MOST) {
            memmove(find->value + WHOLE_DIGITS - tail, find->value + count - tail, tail + 1);
            memset(find->value + BANK_DIGITS, '*', WHOLE_DIGITS - BANK_DIGITS - tail);
            find->repairs++;
        }
    }
}

static bool account_at(const struct locale *locale, const char *text, size_t bytes, size_t at, struct find *find) {
    struct number number;
    number_scan(text, bytes, at, &number);
    if (number.count < DIGITS_LEAST || number.count > DIGITS_MOST || number.digits < DIGITS_SEEN_LEAST) {
        return false;
    }
    if (number.end < bytes &&
        (scan_is_letter(text[number.end]) || scan_is_digit(text[number.end]) || text[number.end] == ':')) {
        return false; /* a colon after digits: times, one below the other */
    }
    bool whole = number.masked == 0;
    const struct account_kind *kind = whole ? kind_of(locale, number.digits) : NULL;
    if (whole && kind == NULL) {
        return false;
    }
    bool phone = is_like_phone(&locale->country->phone, &number);
    bool tail = number.masked >= 1 && scan_is_digit(number.text[number.count - 1]);
    bool is_bullet = text[at] == '\xE2'; /* "•1234", "…1234": one may stand for several, one asterisk may not */
    if (!whole && (!tail || (number.masked < 2 && !is_bullet))) {
        return false;
    }
    bool short_one = whole && number.digits < TELLING_DIGITS;
    bool right = whole && kind->check != NULL && kind->check(number.text);
    double quality = short_one                      ? QUALITY_SHORT
                     : right                        ? QUALITY_CHECKED
                     : whole && kind->check != NULL ? QUALITY_WRONG_DIGIT
                     : whole                        ? QUALITY_WHOLE
                                                    : QUALITY_MASKED;
    quality -= phone ? LOSS_LIKE_PHONE : 0;
    quality -= LOSS_REPAIR * number.repairs + LOSS_BREAK * number.breaks;
    *find = (struct find){.from = at, .to = number.end, .quality = quality, .repairs = number.repairs};
    find->bare = phone || short_one || (whole && number.digits == TELLING_DIGITS);
    find->checked = (signed char)(whole && kind->check != NULL ? (right ? 1 : -1) : 0);
    find->kind = whole ? kind->name : NULL;
    memcpy(find->value, number.text, number.count + 1);
    mask_settle(locale, find, text + at, number.end - at);
    return true;
}

/* Whether the word before `at` names a kind of account: "Everyday Checking 5383". */
static bool is_kind_of_account(const struct locale *locale, const char *text, size_t at) {
    return at > 1 && text[at - 1] == ' ' && said_end(locale_said(locale, SAID_ACCOUNT_KINDS), text, at - 1) > 0;
}

/* Four digits alone, or after a kind of account: the bullets before them were not read. */
static bool last_digits_at(const struct locale *locale, const char *text, size_t bytes, size_t at, struct find *find) {
    size_t digits = scan_digits(text, bytes, at);
    if (digits != 4 || at + digits != bytes || (at > 0 && !is_kind_of_account(locale, text, at))) {
        return false;
    }
    *find = (struct find){.from = at, .to = bytes, .quality = QUALITY_LAST_DIGITS, .repairs = 1, .bare = true};
    memcpy(find->value, "****", 4);
    memcpy(find->value + 4, text + at, 4);
    return true;
}

size_t account_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room) {
    size_t count = 0;
    for (size_t at = 0; at < bytes && count < room;) {
        bool mask = scan_mask(text + at, bytes - at, true) > 0 || false_mask(text, bytes, at) > 0;
        bool start = at == 0 || (!scan_is_digit(text[at - 1]) && !scan_is_letter(text[at - 1])) ||
                     (mask && at > 2 && ((unsigned char)text[at - 1] & 0x80) != 0);
        start = start && !(at > 1 && text[at - 1] == ':' && scan_is_digit(text[at - 2])); /* the minutes of a time */
        bool found =
            start && ((scan_is_digit(text[at]) && last_digits_at(locale, text, bytes, at, &finds[count])) ||
                      ((scan_is_digit(text[at]) || mask) && account_at(locale, text, bytes, at, &finds[count])));
        if (found) {
            at = finds[count++].to;
        } else {
            at++;
        }
    }
    return count;
}
