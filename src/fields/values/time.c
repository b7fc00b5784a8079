/* time.c - times of day: 24 hours, and 12 hours with am or pm in all their spellings. */
#include <stdio.h>
#include <string.h>

#include "fields/countries/country.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

enum { HALF_HOURS = 12, HOUR_LAST = 23, SIXTIETH_LAST = 59 };
/* How likely a text is a time of day, by hand: hour and minute; am or pm, and seconds, make it surer. */
static const double QUALITY_TIME = 0.85, GAIN_HALF = 0.1, GAIN_SECONDS = 0.05, LOSS_REPAIR = 0.12;

/*
 * a.m., am, a. m., A.M; returns the bytes, 0 if there is none. They are Latin in every language that has them, and
 * their points and blanks are a form: they are no list of words.
 */
static size_t half_at(const char *text, size_t bytes, size_t at, bool *afternoon) {
    size_t start = at;
    at += scan_spaces(text, bytes, at, 2);
    if (at >= bytes) {
        return 0;
    }
    char letter = scan_lower(text[at]);
    if (letter != 'a' && letter != 'p') {
        return 0;
    }
    at++;
    at += at < bytes && (text[at] == '.' || text[at] == ',') ? 1 : 0;
    at += scan_spaces(text, bytes, at, 1);
    if (at >= bytes || scan_lower(text[at]) != 'm') {
        return 0;
    }
    at++;
    at += at < bytes && text[at] == '.' ? 1 : 0;
    if (at < bytes && scan_is_letter(text[at])) {
        return 0;
    }
    *afternoon = letter == 'p';
    return at - start;
}

static bool two_digits(const char *text, size_t bytes, size_t at, int *value, unsigned *repairs) {
    if (at + 1 >= bytes) {
        return false;
    }
    int result = 0;
    for (size_t i = 0; i < 2; i++) {
        char c = text[at + i];
        if (!scan_is_digit(c)) {
            c = scan_look_digit(c);
            *repairs += 1;
        }
        if (c == 0) {
            return false;
        }
        result = result * 10 + (c - '0');
    }
    *value = result;
    return true;
}

/* Whether "17h36" is at the beginning, or right behind a date: behind a word it is often how long something takes. */
static bool begins_or_follows_date(const char *text, size_t at) {
    while (at > 0 && strchr(" ,", text[at - 1]) != NULL) {
        at--;
    }
    return at == 0 || scan_is_digit(text[at - 1]);
}

static bool time_at(const char *text, size_t bytes, size_t at, struct find *find) {
    size_t digits = scan_digits(text, bytes, at);
    if (digits == 0 || digits > 2) {
        return false;
    }
    int hour = digits == 1 ? text[at] - '0' : (text[at] - '0') * 10 + text[at + 1] - '0';
    size_t here = at + digits;
    here += here + 1 < bytes && text[here] == ' ' && text[here + 1] == ':' ? 1 : 0;
    if (here >= bytes || strchr(":.;h", text[here]) == NULL) {
        return false;
    }
    char sign = text[here++];
    unsigned repairs = 0;
    here += here < bytes && sign == ':' && text[here] == ' ' ? 1 : 0;
    int minute, second = 0;
    if (!two_digits(text, bytes, here, &minute, &repairs) || repairs > 1) {
        return false;
    }
    here += 2;
    bool seconds = false;
    if (here < bytes && (text[here] == ':' || text[here] == sign) &&
        two_digits(text, bytes, here + 1, &second, &repairs)) {
        here += 3;
        seconds = true;
    }
    bool afternoon = false;
    size_t half = half_at(text, bytes, here, &afternoon);
    if (here < bytes && half == 0 && (scan_is_digit(text[here]) || text[here] == '/' || text[here] == '-')) {
        return false;
    }
    bool hours = sign == 'h' && digits == 2 && (here >= bytes || !scan_is_letter(text[here])) &&
                 begins_or_follows_date(text, at);
    if (sign != ':' && half == 0 && !seconds && !hours) {
        return false;
    }
    if (half > 0 && hour <= HALF_HOURS) {
        hour = hour % HALF_HOURS + (afternoon ? HALF_HOURS : 0);
    }
    if (hour > HOUR_LAST || minute > SIXTIETH_LAST || second > SIXTIETH_LAST) {
        return false;
    }
    repairs += sign == ';';
    *find = (struct find){
        .from = at,
        .to = here + half,
        .quality = QUALITY_TIME + (half > 0 ? GAIN_HALF : 0) + (seconds ? GAIN_SECONDS : 0) - LOSS_REPAIR * repairs,
        .repairs = repairs,
    };
    snprintf(find->value, sizeof find->value, "%02d:%02d", hour, minute);
    return true;
}

size_t time_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room) {
    (void)locale;
    size_t count = 0;
    for (size_t at = 0; at < bytes && count < room;) {
        bool start = scan_is_digit(text[at]) && (at == 0 || !scan_is_digit(text[at - 1]));
        bool inside = at > 1 && strchr(":./", text[at - 1]) != NULL && scan_is_digit(text[at - 2]);
        if (start && !inside && time_at(text, bytes, at, &finds[count])) {
            at = finds[count++].to;
        } else {
            at++;
        }
    }
    return count;
}

/* "-3", "+05:30" after "GMT" or "UTC", which alone is zone 0. False for an offset that does not exist. */
static bool offset_at(const char *text, size_t bytes, size_t *end, char value[VALUE_BYTES]) {
    size_t at = *end;
    at += at < bytes && text[at] == ' ';
    bool minus = scan_word(text, bytes, at, "\xE2\x88\x92"), sign = at < bytes && strchr("+-", text[at]) != NULL;
    snprintf(value, VALUE_BYTES, "+00:00");
    if (!minus && !sign) {
        return true;
    }
    bool west = minus || text[at] == '-';
    at += minus ? 3 : 1;
    size_t digits = scan_digits(text, bytes, at);
    int hour = 0, minute = 0;
    for (size_t i = 0; i < digits && i < 2; i++) {
        hour = hour * 10 + text[at + i] - '0';
    }
    at += digits;
    if (at < bytes && text[at] == ':' && scan_digits(text, bytes, at + 1) == 2) {
        minute = (text[at + 1] - '0') * 10 + text[at + 2] - '0';
        at += 3;
    }
    snprintf(value, VALUE_BYTES, "%c%02d:%02d", west ? '-' : '+', hour, minute);
    *end = at;
    return digits > 0 && digits <= 2 && hour <= 14 && minute <= 59;
}

/* Words up to a bracket or the end: "hora de Caracas". */
static size_t zone_words_at(const struct locale *locale, const char *text, size_t bytes, size_t at,
                            char value[VALUE_BYTES]) {
    size_t end = at;
    if (said_begin(locale_said(locale, SAID_ZONE_WORDS), text + at, bytes - at, SAID_ANY_CASE) == 0) {
        return 0;
    }
    while (end < bytes && (scan_is_letter(text[end]) || text[end] == ' ')) {
        end++;
    }
    while (end > at && text[end - 1] == ' ') {
        end--;
    }
    bool fits = end - at < VALUE_BYTES;
    snprintf(value, VALUE_BYTES, "%.*s", fits ? (int)(end - at) : 0, text + at);
    return fits ? end - at : 0;
}

/* "10:41 hs": the sign of hours, and what opens a zone. */
static size_t hours_skip(const struct locale *locale, const char *text, size_t bytes) {
    size_t at = scan_spaces(text, bytes, 0, 2);
    size_t sign = said_begin_word(locale_said(locale, SAID_HOUR_SIGNS), text + at, bytes - at, SAID_OWN_CASE);
    at += sign == 0 ? 0 : sign + scan_spaces(text, bytes, at + sign, 2);
    at += at < bytes && (text[at] == '(' || text[at] == '-');
    return at + scan_spaces(text, bytes, at, 1);
}

size_t time_zone_match(const struct locale *locale, const char *text, size_t bytes, char value[VALUE_BYTES]) {
    enum { LETTERS_LEAST = 3, LETTERS_MOST = 4 };
    size_t at = hours_skip(locale, text, bytes), letters = 0;
    while (at + letters < bytes && text[at + letters] >= 'A' && text[at + letters] <= 'Z') {
        letters++;
    }
    /* the names of the standard, the same in all languages */
    if (letters == 3 && (strncmp(text + at, "GMT", 3) == 0 || strncmp(text + at, "UTC", 3) == 0)) {
        size_t end = at + letters;
        return offset_at(text, bytes, &end, value) ? end : 0;
    }
    bool ends = at + letters == bytes || text[at + letters] == ')'; /* "AUT 123456" is no zone */
    if (ends && letters >= LETTERS_LEAST && letters <= LETTERS_MOST && text[at + letters - 1] == 'T') {
        snprintf(value, VALUE_BYTES, "%.*s", (int)letters, text + at);
        return at + letters;
    }
    size_t words = zone_words_at(locale, text, bytes, at, value);
    return words == 0 ? 0 : at + words;
}
