/* pattern.h - regular expressions of layouts: PCRE2 with its memory on a meter and its time limited. */
#ifndef LINCE_FIELDS_LAYOUTS_PATTERN_H
#define LINCE_FIELDS_LAYOUTS_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

struct meter;
struct pattern;

/* Gives a compiled pattern. The message of LINCE_ERROR_LAYOUT says what is wrong at which character of the pattern. */
enum lince_status pattern_compile(struct meter *meter, const char *text, struct pattern **pattern,
                                  struct lince_error *error);
void pattern_free(struct pattern *pattern);

enum pattern_result {
    PATTERN_NO,
    PATTERN_YES,
    PATTERN_GAVE_UP, /* reached a limit of steps, depth or memory */
};

/* Searches the text for the pattern. `from` and `to` (may be NULL) are the match, or its first group if it has one. */
enum pattern_result pattern_search(const struct pattern *pattern, const char *text, size_t bytes, size_t *from,
                                   size_t *to);

#endif
