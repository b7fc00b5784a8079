/*
 * id.c - national ids and tax numbers of the page's country: letters before digits, shapes, or digits if a label asks.
 */
#include <stdio.h>
#include <string.h>

#include "fields/countries/country.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

/* Digits of ids: fewer are years or amounts; those of people have seven or eight in most countries. */
enum { ID_DIGITS_LEAST = 5, ID_DIGITS_USUAL = 7, BARE_DIGITS_MOST = 9, O_BEHIND_DIGITS = 6, GROUP_DIGITS = 3 };
/* How likely a text is an id, by hand: letters before it, a shape that tells, a shape, digits alone of usual length. */
static const double QUALITY_LETTERED = 0.97, QUALITY_TELLING = 0.95, QUALITY_SHAPED = 0.75;
static const double QUALITY_BARE_USUAL = 0.8, QUALITY_BARE = 0.6, QUALITY_MOST = 0.99;
static const double GAIN_CHECKED = 0.02, GAIN_CHECKED_SHAPE = 0.1, GAIN_GROUPED = 0.1;
static const double LOSS_WRONG_DIGIT = 0.08, LOSS_REPAIR = 0.12, LOSS_LINE_BREAK = 0.04;
static const double LOSS_LETTER_MISREAD = 0.25, LOSS_SHORT_GROUPS = 0.2;

struct number {
    char digits[16];
    size_t count, end;
    unsigned repairs, masked, breaks;
    bool grouped;
};

/* "14.447.***": masks in place of a group of three digits. */
static bool masks_follow(const char *text, size_t bytes, size_t at) {
    for (int i = 0; i < GROUP_DIGITS; i++) {
        size_t mask = scan_mask(text + at, bytes - at, true);
        if (mask == 0) {
            return false;
        }
        at += mask;
    }
    return true;
}

static void number_scan(const char *text, size_t bytes, size_t at, struct number *number) {
    *number = (struct number){.end = at};
    while (at < bytes && number->count < sizeof number->digits - 2) {
        char c = text[at];
        size_t mask = scan_mask(text + at, bytes - at, number->count > 0);
        bool lone = mask > 0 && number->masked == 0 && scan_mask(text + at + mask, bytes - at - mask, true) == 0;
        if (lone && number->count >= ID_DIGITS_LEAST && at + mask < bytes) {
            break; /* a dot between two values: "V-12345678·0414..." */
        }
        if (scan_is_digit(c)) {
            number->digits[number->count++] = c;
            at++;
        } else if (mask > 0) {
            number->digits[number->count++] = '*';
            number->masked++;
            at += mask;
        } else if (scan_look_digit(c) != 0 && number->count > 0 && at + 1 < bytes &&
                   (scan_is_digit(text[at + 1]) || text[at + 1] == '.' ||
                    (number->count >= O_BEHIND_DIGITS && c == 'O' && strchr(" -\n", text[at + 1]) != NULL))) {
            number->digits[number->count++] = scan_look_digit(c);
            number->repairs++;
            at++;
        } else if ((c == '.' || c == ',') && number->count > 0 && scan_digits(text, bytes, at + 1) >= 3) {
            number->grouped = true;
            at++;
            continue;
        } else if ((c == '.' || c == ' ') && number->grouped && at + 1 < bytes &&
                   scan_digits(text, bytes, at + 1) == 3) {
            at++;
            continue;
        } else if (c == '.' && number->count > 0 && masks_follow(text, bytes, at + 1)) {
            at++;
            continue;
        } else if (c == '-' && number->count >= 8 && scan_digits(text, bytes, at + 1) == 1) {
            at++; /* the check digit of a tax number */
            continue;
        } else {
            break;
        }
        number->end = at;
    }
}

/* The position of the letter, if the id begins with a letter of the kind or with a misreading of the first one. */
static size_t letter_at(const struct id_kind *kind, const char *text, size_t bytes, size_t at, char *letter,
                        bool *misread) {
    char c = at < bytes ? (char)(text[at] >= 'a' && text[at] <= 'z' ? text[at] - 32 : text[at]) : 0;
    *misread = false;
    if (c != 0 && strchr(kind->letters, c) != NULL) {
        *letter = c;
        return 1;
    }
    if (c != 0 && kind->misread != NULL && strchr(kind->misread, c) != NULL) {
        *misread = true;
        *letter = kind->letters[0];
        return 1;
    }
    return 0;
}

static size_t joint_at(const char *text, size_t bytes, size_t at, bool *line_break) {
    size_t count = 0;
    while (at + count < bytes && count < 4) {
        char c = text[at + count];
        if (c != ' ' && c != '-' && c != '.' && c != '\n' && c != ':' && c != '_' && c != '/') {
            if (at + count + 2 < bytes && memcmp(text + at + count, "\xE2\x80", 2) == 0 &&
                (text[at + count + 2] == '\x92' || text[at + count + 2] == '\x93')) {
                count += 3;
                continue;
            }
            break;
        }
        *line_break = *line_break || c == '\n';
        count++;
    }
    return count;
}

/* Checks the check digit of a value without masked digits. */
static void check_settle(const struct id_kind *kind, unsigned masked, struct find *find) {
    if (kind->check == NULL || masked > 0) {
        return;
    }
    find->checked = kind->check(find->value) ? 1 : -1;
    find->quality += find->checked > 0 ? GAIN_CHECKED : -LOSS_WRONG_DIGIT;
    find->quality = find->quality > QUALITY_MOST ? QUALITY_MOST : find->quality;
}

static bool lettered_at(const struct id_kind *kind, const char *text, size_t bytes, size_t at, struct find *find) {
    char letter = 0;
    bool misread, line_break = false;
    size_t taken = letter_at(kind, text, bytes, at, &letter, &misread);
    if (taken == 0) {
        return false;
    }
    size_t here = at + taken;
    here += joint_at(text, bytes, here, &line_break);
    struct number number;
    number_scan(text, bytes, here, &number);
    if (number.count < kind->digits_least || number.count > kind->digits_most || number.masked == number.count) {
        return false;
    }
    if (number.end < bytes && !scan_is_dot(text, bytes, number.end) &&
        (scan_is_digit(text[number.end]) || scan_is_letter(text[number.end]))) {
        return false;
    }
    double quality = QUALITY_LETTERED - LOSS_REPAIR * number.repairs - (line_break ? LOSS_LINE_BREAK : 0);
    quality -= misread ? LOSS_LETTER_MISREAD : 0;
    if (number.grouped && number.count <= ID_DIGITS_LEAST) {
        quality -= LOSS_SHORT_GROUPS;
    }
    *find = (struct find){.from = at, .to = number.end, .quality = quality, .repairs = number.repairs + misread};
    find->bare = misread || (number.count < ID_DIGITS_USUAL && !number.grouped);
    find->kind = kind->name;
    find->tax = kind->tax;
    snprintf(find->value, sizeof find->value, "%c%.*s", letter, (int)number.count, number.digits);
    check_settle(kind, number.masked, find);
    return true;
}

/* One character of a shape: its canonical form, or 0. */
static char shape_take(char asks, char c, bool *repaired) {
    char capital = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
    bool letter = capital >= 'A' && capital <= 'Z';
    *repaired = false;
    switch (asks) {
    case '9':
        if (!scan_is_digit(c) && scan_look_digit(c) != 0) {
            *repaired = true;
            return scan_look_digit(c);
        }
        return scan_is_digit(c) ? c : 0;
    case 'K':
        return scan_is_digit(c) || capital == 'K' ? capital : 0;
    case 'A':
        return letter || c == '&' ? capital : 0;
    default:
        return letter || scan_is_digit(c) ? capital : 0;
    }
}

struct shaped {
    char value[VALUE_BYTES];
    size_t count, end, joints, joints_printed, letters, masked;
    unsigned repairs;
};

/* Reads a shape at `at`; signs between the characters may be missing. */
static bool shape_read(const char *shape, const char *text, size_t bytes, size_t at, struct shaped *shaped) {
    *shaped = (struct shaped){0};
    for (size_t i = 0; shape[i] != '\0'; i++) {
        if (strchr(".-/ ", shape[i]) != NULL) {
            size_t spaces = scan_spaces(text, bytes, at, 1);
            bool sign = at + spaces < bytes && strchr(".-/_,", text[at + spaces]) != NULL;
            shaped->joints++;
            shaped->joints_printed += sign || spaces > 0;
            at += spaces + (sign ? 1 : 0);
            at += sign ? scan_spaces(text, bytes, at, 1) : 0;
            continue;
        }
        bool repaired;
        size_t mask = at < bytes ? scan_mask(text + at, bytes - at, shaped->masked > 0 || shaped->count > 2) : 0;
        char took = at < bytes ? shape_take(shape[i], text[at], &repaired) : 0;
        if (mask > 0 && i == 0 && at + mask < bytes && text[at + mask] == ' ') {
            return false; /* "· 312 447", behind a city */
        }
        if (mask > 0 && (took == 0 || repaired)) {
            shaped->value[shaped->count++] = '*';
            shaped->masked++;
            at += mask;
            continue;
        }
        if (took == 0) {
            return false;
        }
        shaped->repairs += repaired;
        shaped->letters += shape[i] == 'A';
        shaped->value[shaped->count++] = took;
        at++;
    }
    shaped->end = at;
    return shaped->repairs <= 2 && shaped->masked < shaped->count;
}

/* Whether the text continues after the shape, which makes it part of a longer token. */
static bool shape_goes_on(const char *text, size_t bytes, size_t end) {
    if (end >= bytes || scan_is_dot(text, bytes, end)) {
        return false;
    }
    bool more = (end + 1 < bytes && scan_is_digit(text[end + 1])) || scan_is_check_letter(text, bytes, end);
    return scan_is_digit(text[end]) || scan_is_letter(text[end]) || text[end] == '*' || text[end] == ':' ||
           (more && strchr("-./,", text[end]) != NULL);
}

static bool shaped_at(const struct id_kind *kind, const char *text, size_t bytes, size_t at, struct find *find) {
    for (size_t i = 0; i < kind->shape_count; i++) {
        struct shaped shaped;
        if (!shape_read(kind->shapes[i], text, bytes, at, &shaped) || shape_goes_on(text, bytes, shaped.end)) {
            continue;
        }
        bool telling = shaped.letters > 2 || (shaped.joints > 0 && shaped.joints_printed == shaped.joints);
        *find = (struct find){
            .from = at, .to = shaped.end, .repairs = shaped.repairs, .kind = kind->name, .tax = kind->tax};
        find->quality = (telling ? QUALITY_TELLING : QUALITY_SHAPED) - LOSS_REPAIR * shaped.repairs;
        memcpy(find->value, shaped.value, shaped.count + 1);
        check_settle(kind, (unsigned)shaped.masked, find);
        bool proven = find->checked > 0 && shaped.letters > 0; /* "B47188206" */
        find->bare = !(telling || proven) || (find->checked < 0 && shaped.letters == 0);
        if (find->checked > 0 && !telling) {
            find->quality += GAIN_CHECKED_SHAPE;
        }
        return true;
    }
    return false;
}

static bool bare_at(const struct id_kind *kind, const char *text, size_t bytes, size_t at, struct find *find) {
    struct number number;
    number_scan(text, bytes, at, &number);
    if (number.count < ID_DIGITS_LEAST || number.count > kind->digits_most || number.count > BARE_DIGITS_MOST ||
        number.digits[0] == '*') {
        return false;
    }
    if (number.end < bytes && !scan_is_dot(text, bytes, number.end) &&
        (scan_is_digit(text[number.end]) || scan_is_letter(text[number.end]) ||
         strchr(",/:", text[number.end]) != NULL)) {
        return false;
    }
    double quality =
        number.count == ID_DIGITS_USUAL || number.count == ID_DIGITS_USUAL + 1 ? QUALITY_BARE_USUAL : QUALITY_BARE;
    *find = (struct find){
        .from = at,
        .to = number.end,
        .quality = quality - LOSS_REPAIR * number.repairs + (number.grouped ? GAIN_GROUPED : 0),
        .repairs = number.repairs,
        .bare = true,
    };
    snprintf(find->value, sizeof find->value, "%.*s", (int)number.count, number.digits);
    return true;
}

/* "IRIARTEV- 17803692": the letter of the id was read as the last letter of the name before it. */
static bool is_glued_letter(const char *text, size_t bytes, size_t at) {
    bool capitals = at > 1 && text[at - 1] >= 'A' && text[at - 1] <= 'Z' && text[at - 2] >= 'A' && text[at - 2] <= 'Z';
    if (!capitals || (text[at] != 'V' && text[at] != 'J') || at + 2 >= bytes || text[at + 1] != '-') {
        return false;
    }
    size_t digits = at + 2 + (scan_is_space(text[at + 2]) ? 1 : 0);
    return scan_digits(text, bytes, digits) >= ID_DIGITS_USUAL;
}

/* The first of the country's kinds that fits; without letters, any kind that has letters. */
static bool id_at(const struct country *country, const char *text, size_t bytes, size_t at, struct find *find) {
    struct find best;
    bool found = false;
    for (size_t i = 0; i < country->id_count; i++) {
        const struct id_kind *kind = &country->ids[i];
        struct find other;
        bool fits = kind->letters != NULL ? lettered_at(kind, text, bytes, at, &other)
                                          : shaped_at(kind, text, bytes, at, &other);
        if (fits && (!found || other.to > best.to || (other.to == best.to && other.quality > best.quality))) {
            best = other;
            found = true;
        }
    }
    for (size_t i = 0; i < country->id_count && !found && scan_is_digit(text[at]); i++) {
        found = country->ids[i].letters != NULL && bare_at(&country->ids[i], text, bytes, at, &best);
    }
    *find = found ? best : *find;
    return found;
}

size_t id_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room) {
    size_t count = 0;
    for (size_t at = 0; at < bytes && count < room;) {
        bool start = scan_starts_token(text, at) || is_glued_letter(text, bytes, at);
        bool inside = at > 1 && strchr("-.,/:*", text[at - 1]) != NULL && scan_is_digit(text[at - 2]);
        if (start && !inside && id_at(locale->country, text, bytes, at, &finds[count])) {
            at = finds[count++].to;
        } else {
            at++;
        }
    }
    return count;
}
