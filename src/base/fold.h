/*
 * fold.h - text as people compare it: lower case, without accents, spaces and punctuation, look-alikes made equal.
 *
 * A folded text keeps, for each of its characters, the bytes of the original that it came from, so that what matches
 * in it can be cut out of the original.
 */
#ifndef LINCE_BASE_FOLD_H
#define LINCE_BASE_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct fold {
    char *plain;    /* a-z and 0-9 only, zero-terminated */
    char *look;     /* the same with look-alikes made one: 0 and o; 1, l and i; 5 and s; 8 and b */
    uint32_t *from; /* byte of the original where each character starts */
    uint32_t *to;   /* and the byte after it */
    size_t count;
};

/* Folds `bytes` bytes of UTF-8 (bad bytes are skipped) into `arena`. False when memory is refused. */
bool fold_text(struct arena *arena, const char *text, size_t bytes, struct fold *fold);

/* The look-alike class of a folded character. */
char fold_look(char plain);

/*
 * The edit distance of two texts, or `limit` + 1 when it is more than `limit` (at most 3). Cost: the product of the
 * shorter length and the limit.
 */
unsigned fold_distance(const char *left, size_t left_count, const char *right, size_t right_count, unsigned limit);

#endif
