/*
 * address.c - from each @ takes the close glyphs on both sides. They are an address if a point and letters follow the
 * @.
 */
#include "text/address.h"

#include <string.h>

#include "text/spaces.h"

/*
 * A gap up to this is no space: beside the @, after it, and before it, where the word before the address may be close.
 */
enum { BESIDE_MOST_PX = 12, AFTER_MOST_PX = 9, BEFORE_MOST_PX = 4 };
/* The shortest last part: "es". */
enum { LEAST_DOMAIN = 2 };

static const char *text_of(const struct reading *reading, size_t i, const struct alphabet *alphabet) {
    return alphabet->characters[reading->glyphs[i].symbol];
}

static bool is_letter(const char *text) {
    unsigned char plain = (unsigned char)text[0] | 0x20;
    return plain >= 'a' && plain <= 'z' && text[1] == '\0';
}

static bool is_part(const char *text) {
    return is_letter(text) || (text[0] != '\0' && text[1] == '\0' && strchr("0123456789._-+@", text[0]) != NULL);
}

/*
 * The next glyph beside `i` that is no space; `i` itself if there is none, or if it is too far away or cannot be in an
 * address.
 */
static size_t neighbour(const struct reading *reading, size_t i, int step, const struct alphabet *alphabet,
                        const struct ink *ink, uint32_t most_px) {
    size_t next = i;
    do {
        if (step < 0 ? next == 0 : next + 1 >= reading->count) {
            return i;
        }
        next = step < 0 ? next - 1 : next + 1;
    } while (reading->glyphs[next].symbol == alphabet->space);
    size_t left = step < 0 ? next : i, right = step < 0 ? i : next;
    uint32_t middle, gap = glyphs_gap(ink, &reading->glyphs[left], &reading->glyphs[right], &middle);
    return gap <= most_px && is_part(text_of(reading, next, alphabet)) ? next : i;
}

/* Whether a point and letters are among the glyphs after `at`, up to `last`. */
static bool has_domain(const struct reading *reading, size_t at, size_t last, const struct alphabet *alphabet) {
    size_t letters = 0;
    bool point = false;
    for (size_t i = at + 1; i <= last; i++) {
        const char *text = text_of(reading, i, alphabet);
        if (text[0] == '.') {
            point = letters > 0 || point;
            letters = 0;
        }
        letters += is_letter(text);
    }
    return point && letters >= LEAST_DOMAIN;
}

void address_join(const struct reading *reading, const struct alphabet *alphabet, const struct ink *ink, bool *joined) {
    for (size_t at = 0; at < reading->count; at++) {
        if (strcmp(text_of(reading, at, alphabet), "@") != 0) {
            continue;
        }
        size_t last = neighbour(reading, at, 1, alphabet, ink, BESIDE_MOST_PX), next;
        while (last != at && (next = neighbour(reading, last, 1, alphabet, ink, AFTER_MOST_PX)) != last) {
            last = next;
        }
        size_t before = neighbour(reading, at, -1, alphabet, ink, BESIDE_MOST_PX), first = before;
        if (before == at || !has_domain(reading, at, last, alphabet)) {
            continue;
        }
        while ((next = neighbour(reading, first, -1, alphabet, ink, BEFORE_MOST_PX)) != first) {
            first = next;
        }
        for (size_t i = first + 1; i <= last; i++) {
            joined[i] = true;
        }
    }
}
