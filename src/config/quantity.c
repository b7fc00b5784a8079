/* quantity.c - reads a number and its unit. */
#include "config/quantity.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const double SIZE_LIMIT = 0x1p62, DURATION_LIMIT_MS = 1e15;

/* Reads a number without a sign. Returns what follows it, less one space; NULL: no number. */
static const char *number_read(const char *text, double *number) {
    char *end;
    if (!isdigit((unsigned char)*text)) {
        return NULL;
    }
    *number = strtod(text, &end);
    return end + (*end == ' ');
}

bool quantity_size(const char *text, uint64_t *bytes) {
    static const char letters[] = "KMGT";
    double number;
    const char *unit = number_read(text, &number);
    if (unit == NULL) {
        return false;
    }
    const char *letter = *unit == '\0' ? NULL : strchr(letters, toupper((unsigned char)*unit));
    if (letter != NULL) {
        number *= (double)(UINT64_C(1024) << (10 * (letter - letters)));
        unit++;
    }
    bool unit_is_whole = *unit == '\0' || strcasecmp(unit, "B") == 0 || (letter != NULL && strcasecmp(unit, "iB") == 0);
    if (!unit_is_whole || !(number < SIZE_LIMIT)) {
        return false;
    }
    *bytes = (uint64_t)number;
    return true;
}

/* Reads the digits at the beginning of a text. NULL if there are none or too many. */
static const char *whole_read(const char *text, uint64_t *number) {
    char *end;
    errno = 0;
    *number = strtoull(text, &end, 10);
    return isdigit((unsigned char)*text) && errno == 0 ? end : NULL;
}

bool quantity_count(const char *text, uint64_t most, uint64_t *count) {
    uint64_t number;
    const char *end = whole_read(text, &number);
    if (end == NULL || *end != '\0' || number > most) {
        return false;
    }
    *count = number;
    return true;
}

bool quantity_percent(const char *text, uint64_t *percent) {
    uint64_t number;
    const char *end = whole_read(text, &number);
    if (end == NULL || strcmp(end, *end == '%' ? "%" : "") != 0 || number < 1 || number > 100) {
        return false;
    }
    *percent = number;
    return true;
}

bool quantity_duration(const char *text, uint64_t *milliseconds) {
    static const struct {
        const char *name;
        double milliseconds;
    } units[] = {{"ms", 1}, {"s", 1e3}, {"m", 6e4}, {"h", 3.6e6}, {"d", 8.64e7}};
    double number;
    const char *unit = number_read(text, &number);
    for (size_t i = 0; unit != NULL && i < sizeof units / sizeof *units; i++) {
        if (strcmp(unit, units[i].name) == 0 && number * units[i].milliseconds < DURATION_LIMIT_MS) {
            *milliseconds = (uint64_t)(number * units[i].milliseconds);
            return true;
        }
    }
    return false;
}

bool quantity_choice(const char *text, const char *choices, uint64_t *place) {
    for (uint64_t here = 0;; here++) {
        size_t length = strcspn(choices, "|");
        if (strlen(text) == length && strncmp(text, choices, length) == 0) {
            *place = here;
            return true;
        }
        if (choices[length] == '\0') {
            return false;
        }
        choices += length + 1;
    }
}
