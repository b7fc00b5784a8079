/* accepted_language.c - "es-VE, en;q=0.8, *;q=0.1" (RFC 9110, 12.5.4). */
#include "serve/http/accepted_language.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

enum { WHOLE = 1000 }; /* a q of 1 */

/* The q of "tag; q=0.8" in thousandths; an invalid q counts as 1. */
static int quality(const char *range, const char *end) {
    const char *at = memchr(range, ';', (size_t)(end - range));
    at = at == NULL ? end : at + 1;
    while (at < end && isspace((unsigned char)*at)) {
        at++;
    }
    if (end - at < 3 || tolower((unsigned char)at[0]) != 'q' || at[1] != '=' || at[2] != '0') {
        return WHOLE;
    }
    int thousandths = 0, place = WHOLE / 10;
    for (at += 3; at < end && (*at == '.' || isdigit((unsigned char)*at)) && place > 0; at++) {
        if (*at != '.') {
            thousandths += (*at - '0') * place;
            place /= 10;
        }
    }
    return thousandths;
}

/* "es" and "es-VE" ask for "es". */
static bool is_of(const char *range, const char *end, const char *language) {
    return end - range >= 2 && strncasecmp(range, language, 2) == 0 &&
           (end - range == 2 || !isalnum((unsigned char)range[2]));
}

enum lince_language accepted_language(const char *header, enum lince_language otherwise) {
    enum lince_language best = otherwise;
    int best_quality = 0;
    for (const char *range = header; range != NULL && *range != '\0';) {
        const char *end = range + strcspn(range, ",");
        while (range < end && isspace((unsigned char)*range)) {
            range++;
        }
        bool is_spanish = is_of(range, end, "es");
        if ((is_spanish || is_of(range, end, "en")) && quality(range, end) > best_quality) {
            best_quality = quality(range, end);
            best = is_spanish ? LINCE_SPANISH : LINCE_ENGLISH;
        }
        range = *end == ',' ? end + 1 : end;
    }
    return best;
}
