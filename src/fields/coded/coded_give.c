/* coded_give.c - gives the parts of a code: texts, and amounts and dates in canonical form. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "fields/coded/coded.h"

enum { NUMBER_BYTES = 40 };

void coded_give(struct coded_reading *reading, enum coded_part part, const char *text, size_t bytes) {
    if (bytes == 0 || reading->coded->parts[part] != NULL) {
        return;
    }
    reading->coded->parts[part] = arena_copy_text(reading->arena, text, bytes);
    reading->was_refused |= reading->coded->parts[part] == NULL;
}

/* "0001234.5" is "1234.50": digits, a point, digits. Anything else gives nothing. */
void coded_give_amount(struct coded_reading *reading, const char *text, size_t bytes) {
    char whole[NUMBER_BYTES], made[NUMBER_BYTES + 4];
    size_t digits = 0, at = 0, cents = 0, cent_digits = 0;
    for (; at < bytes && isdigit((unsigned char)text[at]); at++) {
        if (digits > 0 || text[at] != '0') {
            if (digits + 1 >= sizeof whole) {
                return;
            }
            whole[digits++] = text[at];
        }
    }
    bool has_digits = at > 0;
    if (at < bytes && text[at] == '.') {
        for (at++; at < bytes && isdigit((unsigned char)text[at]); at++) {
            if (cent_digits < 2) {
                cents = 10 * cents + (size_t)(text[at] - '0');
                cent_digits++;
            }
        }
    }
    if (!has_digits || at != bytes) {
        return;
    }
    whole[digits] = '\0';
    cents = cent_digits == 1 ? 10 * cents : cents;
    int length = snprintf(made, sizeof made, "%s.%02zu", digits == 0 ? "0" : whole, cents);
    coded_give(reading, CODED_AMOUNT, made, (size_t)length);
}

static bool are_digits(const char *text, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!isdigit((unsigned char)text[i])) {
            return false;
        }
    }
    return true;
}

void coded_give_date(struct coded_reading *reading, const char *text, size_t bytes) {
    enum { DATE_BYTES = 10 };
    char made[DATE_BYTES + 1];
    if (bytes < DATE_BYTES) {
        return;
    }
    if (are_digits(text, 4) && text[4] == '-' && are_digits(text + 5, 2) && text[7] == '-' && are_digits(text + 8, 2)) {
        coded_give(reading, CODED_DATE, text, DATE_BYTES);
    } else if (are_digits(text, 2) && strchr("/-", text[2]) != NULL && are_digits(text + 3, 2) && text[5] == text[2] &&
               are_digits(text + 6, 4)) {
        snprintf(made, sizeof made, "%.4s-%.2s-%.2s", text + 6, text + 3, text);
        coded_give(reading, CODED_DATE, made, DATE_BYTES);
    }
}
