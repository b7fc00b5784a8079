/*
 * fold.h - text for comparison: lower case, without accents, spaces and punctuation, look-alikes made equal.
 *
 * A folded text keeps, for each character, the bytes of the original that it came from, so that a match can be cut out
 * of the original.
 */
#ifndef LINCE_BASE_FOLD_H
#define LINCE_BASE_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* The longest compatibility decomposition of a character in Unicode. */
enum { FOLD_PARTS_MOST = 18 };

/*
 * The one folding of case and accents: "Á" is "a", "ß" is "s" and "s". Gives the number of parts; 0 for a mark alone
 * and for -1, which utf8_next gives for an invalid byte.
 */
size_t fold_parts(int32_t code_point, int32_t parts[FOLD_PARTS_MOST]);

/* Whether a part is one of a-z and 0-9. */
bool fold_is_plain(int32_t part);

struct fold {
    char *plain;    /* a-z and 0-9 only, zero-terminated */
    char *look;     /* the same with look-alikes unified: 0 and o; 1, l and i; 5 and s; 8 and b */
    uint32_t *from; /* the byte of the original where each character starts */
    uint32_t *to;   /* the byte after its last */
    size_t count;
};

/* Folds `bytes` bytes of UTF-8 into `arena`, skipping invalid bytes. False when the meter refuses memory. */
bool fold_text(struct arena *arena, const char *text, size_t bytes, struct fold *fold);

/* The look-alike class of a folded character. */
char fold_look(char plain);

/*
 * The edit distance of two texts, or `limit` + 1 if it is above `limit` (at most 3). Costs the shorter length times the
 * limit.
 */
unsigned fold_distance(const char *left, size_t left_count, const char *right, size_t right_count, unsigned limit);

#endif
