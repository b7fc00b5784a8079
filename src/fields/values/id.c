/* id.c - national ids and tax numbers: V-12.345.678, J123456789, E 84123456, bare digits where a label asks. */
#include <stdio.h>
#include <string.h>

#include "fields/values/scan.h"
#include "fields/values/value.h"

enum { ID_DIGITS_LEAST = 5, ID_DIGITS_MOST = 10 };

struct number {
    char digits[16];
    size_t count, end;
    unsigned repairs, masked, breaks;
    bool grouped;
};

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
                    (number->count >= 6 && c == 'O' && strchr(" -\n", text[at + 1]) != NULL))) {
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
        } else if (c == '-' && number->count >= 8 && scan_digits(text, bytes, at + 1) == 1) {
            at++; /* the check digit of a tax number */
            continue;
        } else {
            break;
        }
        number->end = at;
    }
}

/* The letter's place when the id begins with one: V, E, J, G, P, C; a misread V comes as U, Y or \/. */
static size_t letter_at(const char *text, size_t bytes, size_t at, char *letter, bool *misread) {
    char c = at < bytes ? (char)(text[at] >= 'a' && text[at] <= 'z' ? text[at] - 32 : text[at]) : 0;
    *misread = false;
    if (c != 0 && strchr("VEJGPC", c) != NULL) {
        *letter = c;
        return 1;
    }
    if (c == 'U' || c == 'Y') {
        *misread = true;
        *letter = 'V';
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
                ((unsigned char)text[at + count + 2] & 0xFE) == 0x92) {
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

static bool lettered_at(const char *text, size_t bytes, size_t at, struct find *find) {
    char letter = 0;
    bool misread, line_break = false;
    size_t taken = letter_at(text, bytes, at, &letter, &misread);
    if (taken == 0) {
        return false;
    }
    size_t here = at + taken;
    here += joint_at(text, bytes, here, &line_break);
    struct number number;
    number_scan(text, bytes, here, &number);
    if (number.count < 6 || number.count > ID_DIGITS_MOST || number.masked == number.count) {
        return false;
    }
    if (number.end < bytes && !scan_is_dot(text, bytes, number.end) &&
        (scan_is_digit(text[number.end]) || scan_is_letter(text[number.end]))) {
        return false;
    }
    bool person = letter == 'V' || letter == 'E' || letter == 'P';
    double quality = 0.97 - 0.12 * number.repairs - (line_break ? 0.04 : 0);
    quality -= misread ? 0.25 : 0;
    quality -= person && number.count > 8 && number.masked == 0 ? 0.15 : 0;
    quality -= letter == 'C' ? 0.15 : 0;
    if (number.grouped && number.count < 6) {
        quality -= 0.2;
    }
    *find = (struct find){.from = at, .to = number.end, .quality = quality, .repairs = number.repairs + misread};
    find->bare = misread || letter == 'C' || (number.count < 7 && !number.grouped);
    snprintf(find->value, sizeof find->value, "%c%.*s", letter, (int)number.count, number.digits);
    return true;
}

static bool bare_at(const char *text, size_t bytes, size_t at, struct find *find) {
    struct number number;
    number_scan(text, bytes, at, &number);
    if (number.count < ID_DIGITS_LEAST || number.count > 9 || number.digits[0] == '*') {
        return false;
    }
    if (number.end < bytes && !scan_is_dot(text, bytes, number.end) &&
        (scan_is_digit(text[number.end]) || scan_is_letter(text[number.end]) ||
         strchr(",/:", text[number.end]) != NULL)) {
        return false;
    }
    double quality = number.count == 7 || number.count == 8 ? 0.8 : 0.6;
    *find = (struct find){
        .from = at,
        .to = number.end,
        .quality = quality - 0.12 * number.repairs + (number.grouped ? 0.1 : 0),
        .repairs = number.repairs,
        .bare = true,
    };
    snprintf(find->value, sizeof find->value, "%.*s", (int)number.count, number.digits);
    return true;
}

/* "IRIARTEV- 17803692": the letter of the id was read as the last of the name before it. */
static bool is_glued_letter(const char *text, size_t bytes, size_t at) {
    bool capitals = at > 1 && text[at - 1] >= 'A' && text[at - 1] <= 'Z' && text[at - 2] >= 'A' && text[at - 2] <= 'Z';
    if (!capitals || (text[at] != 'V' && text[at] != 'J') || at + 2 >= bytes || text[at + 1] != '-') {
        return false;
    }
    size_t digits = at + 2 + (scan_is_space(text[at + 2]) ? 1 : 0);
    return scan_digits(text, bytes, digits) >= 7;
}

size_t id_find(const char *text, size_t bytes, struct find *finds, size_t room) {
    size_t count = 0;
    for (size_t at = 0; at < bytes && count < room;) {
        bool start = scan_starts_token(text, at) || is_glued_letter(text, bytes, at);
        bool inside = at > 1 && strchr("-.,/:*", text[at - 1]) != NULL && scan_is_digit(text[at - 2]);
        if (start && !inside &&
            (lettered_at(text, bytes, at, &finds[count]) ||
             (scan_is_digit(text[at]) && bare_at(text, bytes, at, &finds[count])))) {
            at = finds[count++].to;
        } else {
            at++;
        }
    }
    return count;
}
