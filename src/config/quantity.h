/* quantity.h - sizes, counts, shares, times and choices as people write them, in flags, variables and files alike. */
#ifndef LINCE_CONFIG_QUANTITY_H
#define LINCE_CONFIG_QUANTITY_H

#include <stdbool.h>
#include <stdint.h>

/* All return false for any other text, and then leave the value unchanged. */

/* Bytes: "300MB", "1.5 gb", "512 KiB", "65536". K, M, G and T are powers of 1024, in capitals or not. */
bool quantity_size(const char *text, uint64_t *bytes);
/* A whole number, at most `most`. */
bool quantity_count(const char *text, uint64_t most, uint64_t *count);
/* "70%" or "70": from 1 to 100. */
bool quantity_percent(const char *text, uint64_t *percent);
/* Milliseconds: "250ms", "2s", "5m", "24h", "30d", with a space before the unit or none. */
bool quantity_duration(const char *text, uint64_t *milliseconds);
/* The index of a word in "first|second|third". */
bool quantity_choice(const char *text, const char *choices, uint64_t *place);

#endif
