/*
 * alphabet.h - what each class of the recogniser writes.
 */
#ifndef LINCE_TEXT_ALPHABET_H
#define LINCE_TEXT_ALPHABET_H

#include "lince.h"

struct meter;

struct alphabet {
    const char **characters; /* UTF-8, one per class; class 0 is the blank and writes nothing */
    size_t count;
    size_t space; /* the class of the space between words */
    char *text;   /* owns the characters */
};

/*
 * Reads the file at `path`: one line a class, in the order of the classes, the first (blank) empty. The lists lie on
 * `meter`; free with alphabet_free. MODEL when the file is missing or has no blank or no space, MEMORY_LIMIT.
 */
enum lince_status alphabet_load(const char *path, struct meter *meter, struct alphabet *alphabet,
                                struct lince_error *error);
void alphabet_free(struct alphabet *alphabet);

#endif
