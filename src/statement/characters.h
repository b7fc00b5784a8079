/* characters.h - a file of text in whatever encoding → its characters. */
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

/* Tells the encoding by its mark or by what the bytes are, reading the file once. UNREADABLE. */
enum lince_status characters_open(FILE *file, struct characters *characters, struct lince_error *error);
/* From the first character on, behind the mark. */
void characters_rewind(struct characters *characters);
/* The next one; EOF at the end, and for what cannot be read (ferror of the file tells). */
int32_t characters_next(struct characters *characters);
/* "utf-8", ... */
const char *encoding_name(enum encoding encoding);

#endif
