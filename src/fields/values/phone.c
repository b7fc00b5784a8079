/* phone.c - phones of the page's country: 0412-1234567, (0412) 123 45 67, +58 412..., with digits masked or not. */
#include <string.h>

#include "fields/countries/country.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

enum { DIAL_BYTES = 24, GLUED_DIGITS_LEAST = 6 };
/* How likely digits are a phone, by hand: with trunk digit or country code; without either. Less is no phone. */
static const double QUALITY_WHOLE = 0.97, QUALITY_NO_TRUNK = 0.75, QUALITY_LEAST = 0.1;
/* Lost if the prefix is masked, like a mobile's, a fixed line's, or unknown; and for each misreading. */
static const double LOSS_MASKED_PREFIX = 0.05, LOSS_LIKE_MOBILE = 0.35, LOSS_FIXED = 0.2, LOSS_UNKNOWN = 0.45;
static const double LOSS_REPAIR = 0.12, LOSS_BREAK = 0.08;

struct dial {
    char digits[DIAL_BYTES]; /* digits and '*' */
    size_t count, end;
    unsigned repairs, masked, breaks;
};

/* Whether the digits begin like one of these; ? is any digit. */
static bool begins_like(const char *digits, const char *const *beginnings, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *wanted = beginnings[i];
        size_t at = 0;
        while (wanted[at] != '\0' && (wanted[at] == digits[at] || (wanted[at] == '?' && digits[at] != '\0'))) {
            at++;
        }
        if (wanted[at] == '\0') {
            return true;
        }
    }
    return false;
}

static bool prefix_is_known(const struct phone_plan *plan, const char *digits) {
    return begins_like(digits, plan->mobile, plan->mobile_count);
}

/* Signs between the digits of a phone. */
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

static void dial_scan(const struct phone_plan *plan, const char *text, size_t bytes, size_t at, size_t most,
                      struct dial *dial) {
    *dial = (struct dial){.end = at};
    while (at < bytes && dial->count < most) {
        char c = text[at];
        size_t mask = scan_mask(text + at, bytes - at, dial->count >= 3);
        bool trunk = dial->count == 0 && plan->trunk[0] == '0' && at + 1 < bytes && plan->mobile_count > 0 &&
                     text[at + 1] == plan->mobile[0][1];
        if (scan_is_digit(c)) {
            dial->digits[dial->count++] = c;
            at++;
        } else if (mask > 0) {
            dial->digits[dial->count++] = '*';
            dial->masked++;
            at += mask;
        } else if (c == 'O' && trunk) {
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

/* Recognition sometimes drops masked digits: fills the mask up to the length of a phone. */
static void mask_fill(const struct phone_plan *plan, struct dial *dial) {
    size_t missing = plan->digits - dial->count;
    char *mask = strchr(dial->digits, '*');
    if (mask == NULL || dial->count >= plan->digits || missing > 4 || plan->trunk[0] == '\0') {
        return;
    }
    memmove(mask + missing, mask, strlen(mask) + 1);
    memset(mask, '*', missing);
    dial->count += missing;
    dial->repairs += missing > 1;
}

/* Writes the phone in national form; false if these digits are none. `coded`: "+58" or similar comes before. */
static bool dial_normalise(const struct phone_plan *plan, struct dial *dial, bool plus, char value[VALUE_BYTES],
                           double *quality, bool *bare, bool *fixed) {
    size_t trunk = strlen(plan->trunk), code = strlen(plan->code);
    mask_fill(plan, dial);
    bool coded = code > 0 && strncmp(dial->digits, plan->code, code) == 0;
    bool short_mobile = trunk == 0 || plan->mobile_count == 0 || dial->digits[0] == plan->mobile[0][trunk];
    bool code_mobile = plan->mobile_count == 0 || trunk == 0 || dial->digits[code] == plan->mobile[0][trunk];
    *bare = false;
    *quality = QUALITY_WHOLE;
    if (dial->count == plan->digits && strncmp(dial->digits, plan->trunk, trunk) == 0 && !plus) {
        memcpy(value, dial->digits, plan->digits + 1);
    } else if (coded && dial->count == code + plan->digits - trunk && code_mobile) {
        memcpy(value, plan->trunk, trunk);
        memcpy(value + trunk, dial->digits + code, plan->digits - trunk + 1);
    } else if (trunk > 0 && coded && dial->count == code + plan->digits &&
               strncmp(dial->digits + code, plan->trunk, trunk) == 0 &&
               dial->digits[code + trunk] == plan->mobile[0][trunk]) {
        memcpy(value, dial->digits + code, plan->digits + 1);
    } else if (trunk > 0 && dial->count == plan->digits - trunk && short_mobile && dial->masked == 0 && !plus) {
        memcpy(value, plan->trunk, trunk);
        memcpy(value + trunk, dial->digits, dial->count + 1);
        *bare = true;
        *quality = QUALITY_NO_TRUNK;
    } else {
        return false;
    }
    *fixed = begins_like(value, plan->fixed, plan->fixed_count) && dial->masked == 0;
    bool like = trunk > 0 && plan->mobile_count > 0 && strncmp(value, plan->mobile[0], trunk + 1) == 0;
    bool hidden = value[0] == '*';
    if (trunk > 0 && !like && !*fixed) {
        return false;
    }
    if (!prefix_is_known(plan, value)) {
        *bare = *bare || !plus;
        *quality -= hidden                 ? LOSS_MASKED_PREFIX
                    : like                 ? LOSS_LIKE_MOBILE
                    : *fixed && trunk == 0 ? LOSS_FIXED
                    : plus                 ? 0
                                           : LOSS_UNKNOWN;
    } else if (trunk == 0 && !plus && strlen(plan->mobile[0]) < 3) {
        *bare = true; /* a digit or two at its beginning are little evidence */
    }
    *quality -= LOSS_REPAIR * dial->repairs + LOSS_BREAK * dial->breaks;
    return *quality > QUALITY_LEAST;
}

static bool plan_at(const struct phone_plan *plan, const char *text, size_t bytes, size_t at, struct find *find) {
    size_t start = at, code = strlen(plan->code), trunk = strlen(plan->trunk);
    const size_t lengths[] = {plan->digits, code + plan->digits - trunk, code + plan->digits, plan->digits - trunk};
    bool plus = text[at] == '+';
    at += plus ? 1 : 0;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct dial dial;
        dial_scan(plan, text, bytes, at, lengths[i], &dial);
        bool goes_on = dial.end < bytes &&
                       (scan_is_digit(text[dial.end]) || scan_mask(text + dial.end, bytes - dial.end, false) > 0 ||
                        (text[dial.end] == '-' && scan_digits(text, bytes, dial.end + 1) > 0)); /* "27-28190447-4" */
        if (goes_on || (dial.count != lengths[i] && dial.masked == 0)) {
            continue;
        }
        struct find found = {.from = start, .to = dial.end, .repairs = dial.repairs};
        if (dial_normalise(plan, &dial, plus, found.value, &found.quality, &found.bare, &found.fixed)) {
            found.repairs = dial.repairs;
            *find = found;
            return true;
        }
    }
    return false;
}

/* The country's own phones; if the country is unknown, those that begin with a country code. */
static bool phone_at(const struct locale *locale, const char *text, size_t bytes, size_t at, struct find *find) {
    if (locale->country->phone.digits > 0 && plan_at(&locale->country->phone, text, bytes, at, find)) {
        return true;
    }
    for (size_t i = 0; text[at] == '+' && i < locale->set->count; i++) {
        const struct phone_plan *plan = &locale->set->countries[i].phone;
        if (plan->digits > 0 && plan->code[0] != '\0' && plan_at(plan, text, bytes, at, find)) {
            return true;
        }
    }
    return false;
}

size_t phone_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room) {
    const struct phone_plan *plan = &locale->country->phone;
    size_t count = 0;
    for (size_t at = 0; at < bytes && count < room;) {
        bool trunk = plan->digits > 0 && plan->trunk[0] == '0' && plan->mobile_count > 0;
        bool letter = text[at] == 'O' && trunk && at + 1 < bytes && text[at + 1] == plan->mobile[0][1];
        bool glued = trunk && at > 3 && text[at - 1] >= 'a' && text[at - 1] <= 'z' &&
                     bytes - at >= GLUED_DIGITS_LEAST && prefix_is_known(plan, text + at); /* "teléfono0414-1234567" */
        bool mask = plan->digits > 0 && !trunk && scan_mask(text + at, bytes - at, false) > 0;
        bool start =
            ((scan_is_digit(text[at]) || text[at] == '+' || letter) && (scan_starts_token(text, at) || glued)) ||
            (mask && (at == 0 || text[at - 1] == ' '));
        bool inside = at > 1 && strchr("-.,/*:", text[at - 1]) != NULL && scan_is_digit(text[at - 2]);
        if (start && !inside && phone_at(locale, text, bytes, at, &finds[count])) {
            at = finds[count++].to;
        } else {
            at++;
        }
    }
    return count;
}
