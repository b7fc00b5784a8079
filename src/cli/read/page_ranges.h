/* page_ranges.h - `--pages 1-3,7,9-`: which pages of each document to read. */
#ifndef LINCE_CLI_READ_PAGE_RANGES_H
#define LINCE_CLI_READ_PAGE_RANGES_H

#include <stdbool.h>
#include <stdint.h>

enum { PAGE_RANGES_MOST = 64 };

struct page_ranges {
    struct page_range {
        uint32_t first, last; /* from 1, inclusive */
    } items[PAGE_RANGES_MOST];
    uint32_t count; /* 0: all pages */
};

/* False if the text is no list of pages; NULL gives all pages. */
bool page_ranges_parse(const char *text, struct page_ranges *ranges);

bool page_ranges_have(const struct page_ranges *ranges, uint32_t number);

#endif
