/* characters.h - the characters of a text file in any encoding. */
#ifndef LINCE_STATEMENT_CHARACTERS_H
#define LINCE_STATEMENT_CHARACTERS_H

#include <stdint.h>
#include <stdio.h>

#include "lince.h"

enum encoding { ENCODING_UTF8, ENCODING_UTF16LE, ENCODING_UTF16BE, ENCODING_WINDOWS_1252 };

struct characters {
    FILE *file; /* borrowed */
    enum encoding encoding;
};

/* Finds the encoding by its mark or its bytes, reading the file once. UNREADABLE. */
enum lince_status characters_open(FILE *file, struct characters *characters, struct lince_error *error);
/* Starts again at the first character, after the mark. */
void characters_rewind(struct characters *characters);
/* The next one; EOF at the end, and after a read error (see ferror of the file). */
int32_t characters_next(struct characters *characters);
/* "utf-8", ... */
const char *encoding_name(enum encoding encoding);

#endif
