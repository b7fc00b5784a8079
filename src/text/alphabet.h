/* alphabet.h - the character that each class of the recogniser stands for. */
#ifndef LINCE_TEXT_ALPHABET_H
#define LINCE_TEXT_ALPHABET_H

#include <stdbool.h>

#include "lince.h"

struct meter;

/* Characters that many faces draw alike; the dot of a small i is lost in small bold print, or is as wide as an accent.
 */
enum alike {
    ALIKE_CAPITAL_I,
    ALIKE_SMALL_L,
    ALIKE_ONE,
    ALIKE_CAPITAL_O,
    ALIKE_SMALL_O,
    ALIKE_ZERO,
    ALIKE_SMALL_I,
    ALIKE_ACUTE_I,
    ALIKE_COUNT
};

struct alphabet {
    const char **characters; /* UTF-8, one per class; class 0 is the blank and writes nothing */
    size_t count;
    size_t space;              /* the class of the space between words */
    size_t alike[ALIKE_COUNT]; /* the classes of those; 0: there is none */
    char *text;                /* owns the characters */
};

/*
 * Reads the file at `path`: one line per class, in order; the first, the blank, is empty. The lists are on `meter`;
 * free them with alphabet_free. MODEL if the file is missing or has no blank or no space, MEMORY_LIMIT.
 */
enum lince_status alphabet_load(const char *path, struct meter *meter, struct alphabet *alphabet,
                                struct lince_error *error);
void alphabet_free(struct alphabet *alphabet);

/* Whether a class is a letter of the Latin script, with or without a mark. */
bool alphabet_is_letter(const struct alphabet *alphabet, size_t symbol);

/* Whether a character is a small or a capital letter. Of the accented ones only á, Ñ and their block are told apart. */
bool alphabet_is_small(const char *character);
bool alphabet_is_capital(const char *character);

#endif
