/* phone.c - Venezuelan mobile phones: 0412-1234567, (0412) 123 45 67, +58 412..., with digits masked or not. */
#include <string.h>

#include "fields/values/scan.h"
#include "fields/values/value.h"

enum { PHONE_DIGITS = 11 };

struct dial {
    char digits[24]; /* digits and '*' */
    size_t count, end;
    unsigned repairs, masked, breaks;
};

static bool prefix_is_known(const char *digits) {
    static const char *const prefixes[] = {"0412", "0414", "0416", "0422", "0424", "0426"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (strncmp(digits, prefixes[i], 4) == 0) {
            return true;
        }
    }
    return false;
}

/* Signs that may stand between the digits of a phone. */
static size_t joint_at(const char *text, size_t bytes, size_t at) {
    size_t count = 0;
    while (at + count < bytes && count < 3 && strchr(" -.()/\n", text[at + count]) != NULL) {
        count++;
    }
    if (at + count + 2 < bytes && memcmp(text + at + count, "\xE2\x80", 2) == 0 &&
        (text[at + count + 2] == '\x93' || text[at + count + 2] == '\x94')) {
        count += 3; /* a long hyphen */
        count += scan_spaces(text, bytes, at + count, 1);
    }
    return count;
}

static void dial_scan(const char *text, size_t bytes, size_t at, size_t most, struct dial *dial) {
    *dial = (struct dial){.end = at};
    while (at < bytes && dial->count < most) {
        char c = text[at];
        size_t mask = scan_mask(text + at, bytes - at, dial->count >= 3);
        if (scan_is_digit(c)) {
            dial->digits[dial->count++] = c;
            at++;
        } else if (mask > 0) {
            dial->digits[dial->count++] = '*';
            dial->masked++;
            at += mask;
        } else if (c == 'O' && dial->count == 0 && at + 1 < bytes && text[at + 1] == '4') {
            dial->digits[dial->count++] = '0';
            dial->repairs++;
            at++;
        } else if (scan_look_digit(c) != 0 && c != '!' && dial->count > 0 && dial->masked == 0 &&
                   ((at + 1 < bytes && scan_is_digit(text[at + 1])) ||
                    (dial->count == most - 1 && (at + 1 == bytes || !scan_is_letter(text[at + 1]))))) {
            dial->digits[dial->count++] = scan_look_digit(c);
            dial->repairs++;
            at++;
        } else {
            size_t joint = dial->count == 0 ? 0 : joint_at(text, bytes, at);
            if (joint == 0) {
                break;
            }
            dial->breaks += memchr(text + at, '\n', joint) != NULL;
            at += joint;
            continue;
        }
        dial->end = at;
    }
    dial->digits[dial->count] = '\0';
}

/* Masked digits are dropped by recognition now and then: fill the mask up to the eleven that a phone has. */
static void mask_fill(struct dial *dial) {
    size_t missing = PHONE_DIGITS - dial->count;
    char *mask = strchr(dial->digits, '*');
    if (mask == NULL || dial->count >= PHONE_DIGITS || missing > 4) {
        return;
    }
    memmove(mask + missing, mask, strlen(mask) + 1);
    memset(mask, '*', missing);
    dial->count += missing;
    dial->repairs += missing > 1;
}

/* Writes the eleven characters of the phone; false when these digits are none. */
static bool dial_normalise(struct dial *dial, char value[VALUE_BYTES], double *quality, bool *bare) {
    mask_fill(dial);
    *bare = false;
    *quality = 0.97;
    if (dial->count == PHONE_DIGITS && dial->digits[0] == '0') {
        memcpy(value, dial->digits, PHONE_DIGITS + 1);
    } else if (dial->count == 12 && strncmp(dial->digits, "58", 2) == 0 && dial->digits[2] == '4') {
        value[0] = '0';
        memcpy(value + 1, dial->digits + 2, 11);
    } else if (dial->count == 13 && strncmp(dial->digits, "580", 3) == 0 && dial->digits[3] == '4') {
        memcpy(value, dial->digits + 2, 12);
    } else if (dial->count == 10 && dial->digits[0] == '4' && dial->masked == 0) {
        value[0] = '0';
        memcpy(value + 1, dial->digits, 11);
        *bare = true;
        *quality = 0.75;
    } else {
        return false;
    }
    if (value[1] != '4' && !(value[1] == '2' && dial->masked == 0)) {
        return false;
    }
    if (!prefix_is_known(value)) {
        *bare = true;
        *quality -= value[1] == '4' ? 0.35 : 0.45;
    }
    *quality -= 0.12 * dial->repairs + 0.08 * dial->breaks;
    return *quality > 0.1;
}

static bool phone_at(const char *text, size_t bytes, size_t at, struct find *find) {
    static const size_t lengths[] = {PHONE_DIGITS, 12, 13, 10};
    size_t start = at;
    bool country = text[at] == '+';
    at += country ? 1 : 0;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct dial dial;
        dial_scan(text, bytes, at, lengths[i], &dial);
        bool goes_on = dial.end < bytes &&
                       (scan_is_digit(text[dial.end]) || scan_mask(text + dial.end, bytes - dial.end, false) > 0);
        if (goes_on || (dial.count != lengths[i] && dial.masked == 0)) {
            continue;
        }
        struct find found = {.from = start, .to = dial.end, .repairs = dial.repairs};
        if (dial_normalise(&dial, found.value, &found.quality, &found.bare)) {
            found.repairs = dial.repairs;
            *find = found;
            return true;
        }
    }
    return false;
}

size_t phone_find(const char *text, size_t bytes, struct find *finds, size_t room) {
    size_t count = 0;
    for (size_t at = 0; at < bytes && count < room;) {
        bool letter = text[at] == 'O' && at + 1 < bytes && text[at + 1] == '4';
        bool glued = at > 3 && text[at - 1] >= 'a' && text[at - 1] <= 'z' && bytes - at >= 4 &&
                     prefix_is_known(text + at); /* "teléfono0414-1234567" */
        bool start = (scan_is_digit(text[at]) || text[at] == '+' || letter) && (scan_starts_token(text, at) || glued);
        bool inside = at > 1 && strchr("-.,/*:", text[at - 1]) != NULL && scan_is_digit(text[at - 2]);
        if (start && !inside && phone_at(text, bytes, at, &finds[count])) {
            at = finds[count++].to;
        } else {
            at++;
        }
    }
    return count;
}
