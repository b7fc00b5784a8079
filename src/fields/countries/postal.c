/* postal.c - a region's letters, and behind them one of the postal codes that the region has. */
#include "fields/countries/postal.h"

#include <stdlib.h>
#include <string.h>

#include "fields/values/scan.h"

enum { DIGITS_LEAST = 4, DIGITS_MOST = 8, DECIMAL = 10 };

bool postal_range_parse(const char *text, struct postal_range *range) {
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", digits[] = "0123456789";
    size_t letters = strspn(text, capitals);
    if (letters < 2 || letters > REGION_LETTERS_MOST || text[letters] != ' ') {
        return false;
    }
    const char *first = text + letters + 1;
    size_t count = strspn(first, digits);
    const char *last = first + count + (first[count] == '-');
    if (count < DIGITS_LEAST || count > DIGITS_MOST || first[count] != '-' || strspn(last, digits) != count ||
        last[count] != '\0') {
        return false;
    }
    *range = (struct postal_range){
        .digits = count, .least = strtoul(first, NULL, DECIMAL), .most = strtoul(last, NULL, DECIMAL)};
    memcpy(range->region, text, letters);
    return range->least <= range->most;
}

/* The postal code at a byte; 0 digits if there is none. "67401-2210" has five. */
static size_t code_at(const char *text, size_t bytes, size_t at, unsigned long *code) {
    size_t digits = scan_digits(text, bytes, at), end = at + digits;
    bool whole = end == bytes || strchr(" ,.;-\n", text[end]) != NULL;
    *code = digits <= DIGITS_MOST && digits > 0 ? strtoul(text + at, NULL, DECIMAL) : 0;
    return whole && digits <= DIGITS_MOST ? digits : 0;
}

bool postal_find(const struct country *country, const char *text, size_t bytes, size_t *from, size_t *to) {
    for (size_t at = 0; at < bytes && country->postal_count > 0; at++) {
        bool starts = scan_is_upper(text[at]) && (at == 0 || strchr(" ,.", text[at - 1]) != NULL);
        size_t letters = 0;
        while (starts && at + letters < bytes && scan_is_upper(text[at + letters])) {
            letters++;
        }
        size_t behind = at + letters;
        while (letters > 0 && behind < bytes && strchr(" .,", text[behind]) != NULL) {
            behind++;
        }
        unsigned long code = 0;
        size_t digits = letters >= 2 && behind > at + letters ? code_at(text, bytes, behind, &code) : 0;
        for (size_t i = 0; i < country->postal_count && digits > 0; i++) {
            const struct postal_range *range = &country->postal[i];
            if (range->digits == digits && code >= range->least && code <= range->most &&
                strlen(range->region) == letters && memcmp(range->region, text + at, letters) == 0) {
                *from = at;
                *to = behind + digits;
                return true;
            }
        }
        at += letters > 1 ? letters - 1 : 0;
    }
    return false;
}
