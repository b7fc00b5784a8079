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
