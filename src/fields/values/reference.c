/* reference.c - the number of an operation: digits with leading zeros, complete, without icons read as letters. */
#include <string.h>

#include "fields/countries/country.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

/* From the shortest that a bank prints to the longest; most have eight and more. */
enum { REFERENCE_DIGITS_LEAST = 4, REFERENCE_DIGITS_MOST = 25, MEDIUM_DIGITS = 6, LONG_DIGITS = 8 };
/* How likely digits are a reference, by hand: by their number; letters and digits together, with hyphens. */
static const double QUALITY_LONG = 0.95, QUALITY_MEDIUM = 0.88, QUALITY_SHORT = 0.6, QUALITY_LEAST = 0.2;
static const double QUALITY_LETTERED = 0.9, QUALITY_HYPHENED = 0.85;
static const double LOSS_REPAIR = 0.1, LOSS_GROUP = 0.06;

struct number {
    char digits[VALUE_BYTES];
    size_t count, end, groups;
    unsigned repairs, breaks;
};

/*
 * Whether a run of digits and look-alikes continues at `at` up to a digit. One letter is a look-alike, two are a word.
 */
static bool goes_on(const char *text, size_t bytes, size_t at) {
    return at < bytes && (scan_is_digit(text[at]) ||
                          (scan_look_digit(text[at]) != 0 && at + 1 < bytes && scan_is_digit(text[at + 1])));
}

static void number_scan(const char *text, size_t bytes, size_t at, struct number *number) {
    *number = (struct number){.end = at, .groups = 1};
    while (at < bytes && number->count < REFERENCE_DIGITS_MOST + 1) {
        char c = text[at];
        if (scan_is_digit(c)) {
            number->digits[number->count++] = c;
            at++;
        } else if (scan_look_digit(c) != 0 && goes_on(text, bytes, at + 1) && (number->count > 0 || c == 'O')) {
            number->digits[number->count++] = scan_look_digit(c);
            number->repairs++;
            at++;
        } else if (number->count >= 3 && (c == ' ' || c == '\n' || c == '-') &&
                   scan_digits(text, bytes, at + 1) >= (c == '\n' || (c == '-' && number->groups > 1) ? 1 : 3)) {
            /* groups of three and more: a reference cut by a misread space, or broken over two lines; "8841-2077-31" */
            number->groups++;
            number->breaks += c == '\n';
            at++;
            continue;
        } else {
            break;
        }
        number->end = at;
    }
    number->digits[number->count] = '\0';
}

static bool reference_at(const char *text, size_t bytes, size_t at, struct find *find) {
    struct number number;
    number_scan(text, bytes, at, &number);
    if (number.count < REFERENCE_DIGITS_LEAST || number.count > REFERENCE_DIGITS_MOST) {
        return false;
    }
    double quality = number.count >= LONG_DIGITS     ? QUALITY_LONG
                     : number.count >= MEDIUM_DIGITS ? QUALITY_MEDIUM
                                                     : QUALITY_SHORT;
    if (number.end < bytes) {
        char c = text[number.end];
        if (scan_is_letter(c)) { /* one letter attached to the end is an icon; more is another word */
            if (number.end + 1 < bytes && scan_is_letter(text[number.end + 1]) && ((unsigned char)c & 0x80) == 0) {
                return false;
            }
            number.repairs++;
        }
        bool value_goes_on = number.end + 1 < bytes && scan_is_digit(text[number.end + 1]);
        bool date_behind = c == '.' && number.count >= MEDIUM_DIGITS && scan_digits(text, bytes, number.end + 1) == 2 &&
                           number.end + 3 < bytes && text[number.end + 3] == '/';
        value_goes_on = value_goes_on && !date_behind; /* the end of a sentence, with its space lost */
        if (strchr(":,/.*", c) != NULL && value_goes_on) {
            return false;
        }
        if (c == '*' || c == '%') {
            return false;
        }
    }
    quality -= LOSS_REPAIR * number.repairs + LOSS_GROUP * (double)(number.groups - 1);
    *find = (struct find){.from = at,
                          .to = number.end,
                          .quality = quality < QUALITY_LEAST ? QUALITY_LEAST : quality,
                          .repairs = number.repairs,
                          .bare = true};
    memcpy(find->value, number.digits, number.count + 1);
    return true;
}

/*
 * "1LMP68XQ", "E18236120202511121541s04a1b2c", a UUID: letters and digits, as banks of some countries use. Words have
 * no digits, so at least one character in three is a digit, or four of a long one: "4M7VQX2ZPDDKWR8YLQE1NG".
 */
static bool lettered_at(const char *text, size_t bytes, size_t at, struct find *find) {
    enum { LEAST = 6, MOST = 40, LONG = 16, LONG_DIGITS_LEAST = 4 };
    size_t end = at, digits = 0, letters = 0, hyphens = 0;
    while (end < bytes && end - at < MOST) {
        bool letter = (text[end] >= 'a' && text[end] <= 'z') || (text[end] >= 'A' && text[end] <= 'Z');
        bool hyphen = text[end] == '-' && end > at && end + 1 < bytes && text[end - 1] != '-' &&
                      (scan_is_digit(text[end + 1]) || scan_is_letter(text[end + 1]));
        if (!letter && !hyphen && !scan_is_digit(text[end])) {
            break;
        }
        digits += scan_is_digit(text[end]);
        letters += letter;
        hyphens += hyphen;
        end++;
    }
    bool goes_on = end < bytes && (scan_is_digit(text[end]) || scan_is_letter(text[end]) || text[end] == '@' ||
                                   (strchr("*/:.,", text[end]) != NULL && end + 1 < bytes && text[end + 1] != ' '));
    bool icon = letters == 1 && scan_is_letter(text[end - 1]); /* digits followed by an icon */
    bool tells = digits * 3 >= digits + letters || (end - at >= LONG && digits >= LONG_DIGITS_LEAST);
    if (letters == 0 || icon || digits < 2 || !tells || end - at < LEAST || goes_on) {
        return false;
    }
    *find = (struct find){
        .from = at, .to = end, .quality = hyphens > 0 ? QUALITY_HYPHENED : QUALITY_LETTERED, .bare = true};
    memcpy(find->value, text + at, end - at);
    return true;
}

size_t reference_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room) {
    size_t count = 0;
    for (size_t at = 0; at < bytes && count < room;) {
        bool digit = scan_is_digit(text[at]) || (text[at] == 'O' && at + 1 < bytes && scan_is_digit(text[at + 1]));
        bool inside = at > 1 && strchr(",.:/*", text[at - 1]) != NULL && scan_is_digit(text[at - 2]);
        bool lettered = locale->country->reference_letters || locale->by_usual_words;
        if (lettered && scan_starts_token(text, at) && lettered_at(text, bytes, at, &finds[count])) {
            at = finds[count++].to;
        } else if (digit && scan_starts_token(text, at) && !inside && reference_at(text, bytes, at, &finds[count])) {
            at = finds[count++].to;
        } else {
            at++;
        }
    }
    return count;
}
