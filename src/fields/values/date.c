/* date.c - dates as numbers (day first), with the names of months that countries/languages.json has, and ISO 8601. */
#include <stdio.h>
#include <string.h>

#include "fields/countries/country.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

/* Dates of payments; years of two digits are of this century. */
enum { YEAR_FIRST = 2000, YEAR_LAST = 2099, MONTHS = 12, LEAP_DAY = 29, MONTH_LETTERS_MOST = 12, PACKED_DIGITS = 8 };
/* The Gregorian calendar. */
enum { LEAP_YEARS = 4, CENTURY = 100, LEAP_CENTURIES = 400, WEEK_DAYS = 7 };
/* How likely a text is a date, by hand: a month by its name, four digits of a year, two, digits without signs. */
static const double QUALITY_NAMED = 0.98, QUALITY_WHOLE_YEAR = 0.97, QUALITY_SHORT_YEAR = 0.85;
static const double QUALITY_PACKED_YEAR_FIRST = 0.6, QUALITY_PACKED_DAY_FIRST = 0.55;
/* Lost by a look-alike, by dots (amounts and versions have them), by a sign that was not read, by day and month
 * swapped. */
static const double LOSS_REPAIR = 0.1, LOSS_DOTS = 0.07, LOSS_UNREAD_SIGN = 0.2, LOSS_SWAPPED = 0.25;

/* The month named at `at`: the whole name or its first three letters. Returns the bytes, 0 if there is none. */
static size_t month_at(const struct locale *locale, const char *text, size_t bytes, size_t at, int *number) {
    size_t letters = 0;
    while (at + letters < bytes && (scan_is_letter(text[at + letters]) || (letters > 0 && text[at + letters] == '0')) &&
           letters < MONTH_LETTERS_MOST) { /* AG0 for AGO */
        letters++;
    }
    size_t best = 0;
    char first = letters > 0 ? scan_lower(text[at]) : '\0';
    for (size_t i = 0; i < locale->set->month_count && letters > 0; i++) {
        const struct calendar_word *month = &locale->set->months[i];
        size_t same = 0;
        if (month->name[0] != first) {
            continue;
        }
        while (month->name[same] != '\0' && same < letters) {
            char c = scan_lower(text[at + same]);
            c = c == '0' ? 'o' : c;
            if (c != month->name[same]) {
                break;
            }
            same++;
        }
        bool whole = month->name[same] == '\0';
        /*
         * joined words ("deenerode") continue with "de": accept the whole name anywhere, a short form only at its end
         */
        if ((whole || (same == letters && same >= 3)) && same > best) {
            best = same;
            *number = month->number;
        }
    }
    return best;
}

static bool date_is_possible(int year, int month, int day) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > MONTHS || day < 1 || day > days[month - 1]) {
        return false;
    }
    bool leap = year % LEAP_YEARS == 0 && (year % CENTURY != 0 || year % LEAP_CENTURIES == 0);
    return !(month == 2 && day == LEAP_DAY && !leap);
}

struct part {
    int value;
    size_t digits, end;
    unsigned repairs;
};

/* Up to `most` digits at `at`, including look-alikes between digits. */
static bool part_at(const char *text, size_t bytes, size_t at, size_t most, struct part *part) {
    *part = (struct part){.end = at};
    unsigned real = 0;
    while (at < bytes && part->digits < most) {
        char c = text[at];
        if (scan_is_digit(c)) {
            real++;
        } else {
            c = scan_look_digit(c);
            if (c == 0) {
                break;
            }
            part->repairs++;
        }
        part->value = part->value * 10 + (c - '0');
        part->digits++;
        part->end = ++at;
    }
    return real > 0 && part->repairs <= real;
}

static int whole_year(const struct part *year) {
    return year->digits == 2 ? YEAR_FIRST + year->value : year->value;
}

/* Between the parts of a numeric date: one sign, perhaps with spaces around it. */
static size_t separator_at(const char *text, size_t bytes, size_t at, char *sign) {
    size_t spaces = scan_spaces(text, bytes, at, 1);
    size_t here = at + spaces;
    if (spaces == 1 && here < bytes && scan_is_digit(text[here])) {
        *sign = ' '; /* an unread hyphen: at most one of the two */
        return 1;
    }
    bool dash = here + 2 < bytes && memcmp(text + here, "\xE2\x80", 2) == 0 && text[here + 2] >= '\x90' &&
                text[here + 2] <= '\x93';
    if (here >= bytes || (!dash && strchr("/-.\\|", text[here]) == NULL)) {
        return 0;
    }
    *sign = dash ? '-' : text[here];
    here += dash ? 3 : 1;
    return here + scan_spaces(text, bytes, here, 1) - at;
}

static bool find_fill(struct find *find, size_t from, size_t to, int year, int month, int day, double quality,
                      unsigned repairs) {
    if (!date_is_possible(year, month, day)) {
        return false;
    }
    *find = (struct find){.from = from, .to = to, .quality = quality - LOSS_REPAIR * repairs, .repairs = repairs};
    snprintf(find->value, sizeof find->value, "%04d-%02d-%02d", year, month, day);
    return true;
}

static bool goes_on_with_digit(const char *text, size_t bytes, size_t at) {
    return at < bytes && scan_is_digit(text[at]);
}

static bool numeric_at(const struct locale *locale, const char *text, size_t bytes, size_t at, struct find *find) {
    struct part first, second, third;
    char sign_one, sign_two;
    if (!part_at(text, bytes, at, 4, &first) || first.digits == 3 || !scan_is_digit(text[at])) {
        return false;
    }
    size_t gap = separator_at(text, bytes, first.end, &sign_one);
    if (gap == 0 || !part_at(text, bytes, first.end + gap, 2, &second)) {
        return false;
    }
    size_t after = separator_at(text, bytes, second.end, &sign_two);
    if (after == 0 || !part_at(text, bytes, second.end + after, first.digits == 4 ? 2 : 4, &third)) {
        return false;
    }
    if (goes_on_with_digit(text, bytes, third.end)) {
        return false;
    }
    bool hard = strchr("/-", sign_one) != NULL && strchr("/-", sign_two) != NULL;
    if (sign_one != sign_two && hard) {
        return false; /* two other numbers and a date: "#19- 11/05/2018" */
    }
    bool faint = sign_one == ' ' || sign_two == ' ';
    if (faint &&
        (sign_one == sign_two || first.digits != 2 || second.digits != 2 || sign_one == '.' || sign_two == '.')) {
        return false;
    }
    unsigned repairs = first.repairs + second.repairs + third.repairs + (sign_one != sign_two);
    double quality = third.digits == 4 || first.digits == 4 ? QUALITY_WHOLE_YEAR : QUALITY_SHORT_YEAR;
    if (sign_one == '.' || sign_two == '.') {
        quality -= LOSS_DOTS;
    }
    quality -= faint ? LOSS_UNREAD_SIGN : 0;
    if (first.digits == 4) {
        return find_fill(find, at, third.end, first.value, second.value, third.value, quality, repairs);
    }
    if (third.digits != 4 && third.digits != 2) {
        return false;
    }
    int year = whole_year(&third);
    bool month_first = locale->country->dates == DATE_MONTH_FIRST;
    int day = month_first ? second.value : first.value, month = month_first ? first.value : second.value;
    if (find_fill(find, at, third.end, year, month, day, quality, repairs)) {
        /* Day and month may be swapped. NOLINTBEGIN(readability-suspicious-call-argument) */
        find->two_readings =
            locale->country == locale->set->unknown && day != month && date_is_possible(year, day, month);
        return true;
    }
    return find_fill(find, at, third.end, year, day, month, quality - LOSS_SWAPPED, repairs);
    /* NOLINTEND(readability-suspicious-call-argument) */
}

/* Signs, spaces and a word such as "de" between the parts of a written date. */
static size_t filler_at(const struct locale *locale, const char *text, size_t bytes, size_t at) {
    size_t start = at;
    int month;
    while (at < bytes && (scan_is_space(text[at]) || strchr("/-.,\xC2\xBA\xB0'", text[at]) != NULL)) {
        at++;
    }
    size_t link = said_begin(locale_said(locale, SAID_DATE_LINKS), text + at, bytes - at, SAID_ANY_CASE);
    at += link > 0 && month_at(locale, text, bytes, at, &month) == 0 ? link : 0; /* "dec" is December */
    while (at < bytes && (scan_is_space(text[at]) || strchr("/-.,'", text[at]) != NULL)) {
        at++;
    }
    return at - start;
}

/* 3 de enero de 2024, 03/ENE/24, 05MAR2018 */
static bool day_name_year_at(const struct locale *locale, const char *text, size_t bytes, size_t at,
                             struct find *find) {
    struct part day, year;
    int month = 0;
    size_t digits = scan_digits(text, bytes, at);
    if (digits == 0 || digits > 2 || !part_at(text, bytes, at, digits, &day)) {
        return false;
    }
    size_t name_at = day.end + filler_at(locale, text, bytes, day.end);
    size_t name = month_at(locale, text, bytes, name_at, &month);
    if (name == 0) {
        return false;
    }
    size_t year_at = name_at + name + filler_at(locale, text, bytes, name_at + name);
    size_t year_digits = scan_digits(text, bytes, year_at);
    if ((year_digits != 4 && year_digits != 2) || !part_at(text, bytes, year_at, year_digits, &year)) {
        return false;
    }
    if (year_digits == 2 && year.end < bytes && text[year.end] == ':') {
        return false; /* a time, not a year */
    }
    return find_fill(find, at, year.end, whole_year(&year), month, day.value,
                     year_digits == 4 ? QUALITY_NAMED : QUALITY_SHORT_YEAR, 0);
}

/* January 3, 2024 */
static bool name_day_year_at(const struct locale *locale, const char *text, size_t bytes, size_t at,
                             struct find *find) {
    struct part day, year;
    int month = 0;
    size_t name = month_at(locale, text, bytes, at, &month);
    if (name == 0) {
        return false;
    }
    size_t day_at = at + name + filler_at(locale, text, bytes, at + name);
    size_t digits = scan_digits(text, bytes, day_at);
    if (digits == 0 || digits > 2 || !part_at(text, bytes, day_at, digits, &day)) {
        return false;
    }
    size_t behind = day.end;
    behind += said_begin(locale_said(locale, SAID_ORDINALS), text + behind, bytes - behind, SAID_ANY_CASE);
    size_t year_at = behind + filler_at(locale, text, bytes, behind);
    if (scan_digits(text, bytes, year_at) != 4 || !part_at(text, bytes, year_at, 4, &year)) {
        return false;
    }
    return find_fill(find, at, year.end, whole_year(&year), month, day.value, QUALITY_NAMED, 0);
}

/* 20240103, only if a label asks for a date */
static bool packed_at(const char *text, size_t bytes, size_t at, struct find *find) {
    if (scan_digits(text, bytes, at) != PACKED_DIGITS) {
        return false;
    }
    struct part year, month, day;
    if (part_at(text, bytes, at, 4, &year) && part_at(text, bytes, at + 4, 2, &month) &&
        part_at(text, bytes, at + 6, 2, &day) &&
        find_fill(find, at, at + 8, year.value, month.value, day.value, QUALITY_PACKED_YEAR_FIRST, 0)) {
        find->bare = true;
        return true;
    }
    if (part_at(text, bytes, at, 2, &day) && part_at(text, bytes, at + 2, 2, &month) &&
        part_at(text, bytes, at + 4, 4, &year) &&
        find_fill(find, at, at + 8, year.value, month.value, day.value, QUALITY_PACKED_DAY_FIRST, 0)) {
        find->bare = true;
        return true;
    }
    return false;
}

size_t date_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room) {
    size_t count = 0;
    for (size_t at = 0; at < bytes && count < room;) {
        struct find *find = &finds[count];
        bool digit = scan_is_digit(text[at]) && (at == 0 || !scan_is_digit(text[at - 1]));
        bool letter = scan_is_letter(text[at]) && scan_starts_token(text, at);
        bool glued = digit && at > 1 && strchr("/-.,", text[at - 1]) != NULL && scan_is_digit(text[at - 2]) &&
                     !(at > 6 && text[at - 1] == '.' && scan_digits(text, bytes, at - 7) == 6); /* a lost space */
        bool found = (digit && !glued &&
                      (numeric_at(locale, text, bytes, at, find) || day_name_year_at(locale, text, bytes, at, find) ||
                       packed_at(text, bytes, at, find))) ||
                     (letter && name_day_year_at(locale, text, bytes, at, find));
        if (found) {
            at = find->to;
            count++;
        } else {
            at++;
        }
    }
    return count;
}

int date_weekday_find(const struct locale *locale, const char *text, size_t bytes) {
    for (size_t at = 0; at < bytes; at++) {
        for (size_t i = 0; scan_starts_token(text, at) && i < locale->set->weekday_count; i++) {
            const struct calendar_word *day = &locale->set->weekdays[i];
            size_t end = at + strlen(day->name);
            if (scan_word(text, bytes, at, day->name) && (end >= bytes || !scan_is_letter(text[end]))) {
                return day->number;
            }
        }
    }
    return -1;
}

int date_weekday(const char *date) {
    int year = 0, month = 0, day = 0;
    if (sscanf(date, "%d-%d-%d", &year, &month, &day) != 3) {
        return -1;
    }
    static const int shifts[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4}; /* Sakamoto's, Sunday 0 */
    year -= month < 3;
    return (year + year / LEAP_YEARS - year / CENTURY + year / LEAP_CENTURIES + shifts[month - 1] + day + WEEK_DAYS -
            1) %
           WEEK_DAYS;
}

bool date_swap(const char *date, char swapped[VALUE_BYTES]) {
    int year = 0, month = 0, day = 0;
    /* Deliberately swapped. NOLINTNEXTLINE(readability-suspicious-call-argument) */
    if (sscanf(date, "%d-%d-%d", &year, &month, &day) != 3 || !date_is_possible(year, day, month)) {
        return false;
    }
    snprintf(swapped, VALUE_BYTES, "%04d-%02d-%02d", year, day, month);
    return true;
}
