/* email.c - electronic mail addresses. */
#include <string.h>

#include "fields/values/scan.h"
#include "fields/values/value.h"

/* An @ and a domain with a dot are hardly anything else; a letter in it may be misread. */
static const double QUALITY = 0.96;

static bool is_local(char c) {
    return scan_is_digit(c) || (scan_is_letter(c) && ((unsigned char)c & 0x80) == 0) || strchr("._%+-*", c) != NULL;
}

static bool is_domain(char c) {
    return scan_is_digit(c) || (scan_is_letter(c) && ((unsigned char)c & 0x80) == 0) || c == '.' || c == '-';
}

size_t email_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room) {
    (void)locale;
    size_t count = 0;
    for (size_t at = 0; at < bytes && count < room; at++) {
        if (text[at] != '@') {
            continue;
        }
        size_t from = at, to = at + 1, dot = 0;
        while (from > 0 && is_local(text[from - 1])) {
            from--;
        }
        while (to < bytes && is_domain(text[to])) {
            dot = text[to] == '.' ? to : dot;
            to++;
        }
        while (to > at && (text[to - 1] == '.' || text[to - 1] == '-')) {
            to--;
        }
        if (from == at || dot <= at + 1 || to < dot + 3 || to - from >= VALUE_BYTES) {
            continue;
        }
        struct find *find = &finds[count++];
        *find = (struct find){.from = from, .to = to, .quality = QUALITY};
        for (size_t i = from; i < to; i++) {
            find->value[i - from] = scan_lower(text[i]);
        }
        at = to - 1;
    }
    return count;
}
