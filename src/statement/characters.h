/* characters.h - the characters of a text in any encoding. */
#ifndef LINCE_STATEMENT_CHARACTERS_H
#define LINCE_STATEMENT_CHARACTERS_H

#include <stddef.h>
#include <stdint.h>

enum encoding { ENCODING_UTF8, ENCODING_UTF16LE, ENCODING_UTF16BE, ENCODING_WINDOWS_1252, ENCODING_COUNT };

struct characters {
    const unsigned char *bytes; /* borrowed */
    size_t count, at;
    enum encoding encoding;
};

/* Finds the encoding by its mark or its bytes, reading all of them once. */
void characters_open(const void *bytes, size_t count, struct characters *characters);
/* Starts again at the first character, after the mark. */
void characters_rewind(struct characters *characters);
/* The next one; EOF at the end. */
int32_t characters_next(struct characters *characters);
/* "utf-8", ... */
const char *encoding_name(enum encoding encoding);

#endif
