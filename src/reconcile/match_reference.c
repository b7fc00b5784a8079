/* match_reference.c - compares payment references: complete, by the last digits, or with a digit or two misread. */
#include <string.h>

#include "reconcile/match.h"

static const uint64_t LIMIT = UINT64_C(1000000000000000000); /* ten to the power of REFERENCE_DIGITS_MOST */

void match_reference_read(const char *text, struct match_entry *entry) {
    entry->reference = 0;
    entry->digits = 0;
    for (; *text != '\0'; text++) {
        if (*text >= '0' && *text <= '9') {
            entry->reference = (entry->reference * 10 + (uint64_t)(*text - '0')) % LIMIT;
            entry->digits += entry->digits < REFERENCE_DIGITS_MOST;
        }
    }
}

static unsigned significant_digits(uint64_t reference) {
    unsigned count = 0;
    for (; reference > 0; reference /= 10) {
        count++;
    }
    return count;
}

unsigned match_reference_common(const struct match_entry *one, const struct match_entry *other) {
    unsigned room = one->digits < other->digits ? one->digits : other->digits, common = 0;
    unsigned first = significant_digits(one->reference), second = significant_digits(other->reference);
    uint64_t a = one->reference, b = other->reference;
    for (; common < room && a % 10 == b % 10; common++) {
        a /= 10;
        b /= 10;
    }
    return common >= (first < second ? first : second) ? common : 0;
}

bool match_reference_is_alike(const struct match_entry *one, const struct match_entry *other) {
    unsigned room = one->digits < other->digits ? one->digits : other->digits, wrong = 0;
    uint64_t a = one->reference, b = other->reference;
    if (room < REFERENCE_DIGITS_LEAST + 2) {
        return false;
    }
    for (unsigned i = 0; i < room; i++) {
        wrong += a % 10 != b % 10;
        a /= 10;
        b /= 10;
    }
    return wrong <= 2;
}
