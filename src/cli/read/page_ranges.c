/* page_ranges.c - parses numbers, hyphens and commas. */
#include "cli/read/page_ranges.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>

/* Reads a number from 1 at `*text`, which moves past it. */
static bool number_parse(const char **text, uint32_t *number) {
    if (!isdigit((unsigned char)**text)) {
        return false;
    }
    char *end;
    unsigned long long value = strtoull(*text, &end, 10);
    *text = end;
    *number = value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
    return value >= 1;
}

static bool range_parse(const char **text, struct page_range *range) {
    if (!number_parse(text, &range->first)) {
        return false;
    }
    range->last = range->first;
    if (**text != '-') {
        return true;
    }
    ++*text;
    if (**text == ',' || **text == '\0') {
        range->last = UINT32_MAX; /* to the last page */
        return true;
    }
    return number_parse(text, &range->last) && range->last >= range->first;
}

bool page_ranges_parse(const char *text, struct page_ranges *ranges) {
    ranges->count = 0;
    while (text != NULL) {
        if (ranges->count == PAGE_RANGES_MOST || !range_parse(&text, &ranges->items[ranges->count++])) {
            return false;
        }
        if (*text == '\0') {
            return true;
        }
        if (*text++ != ',') {
            return false;
        }
    }
    return true;
}

bool page_ranges_have(const struct page_ranges *ranges, uint32_t number) {
    bool found = ranges->count == 0;
    for (uint32_t i = 0; i < ranges->count && !found; i++) {
        found = number >= ranges->items[i].first && number <= ranges->items[i].last;
    }
    return found;
}
