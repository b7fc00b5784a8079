/* language.c - finds the language in the environment, and writes messages to standard error. */
#include "cli/language.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/error.h"
#include "base/utf8.h"

enum lince_language language_of_environment(void) {
    static const char *const variables[] = {"LINCE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && *value != '\0') {
            return strncmp(value, "es", 2) == 0 && strchr("_-.@", value[2]) != NULL ? LINCE_SPANISH : LINCE_ENGLISH;
        }
    }
    return LINCE_ENGLISH;
}

/*
 * The length of the character at the beginning of `text`; 0 for control characters and invalid UTF-8, which a terminal
 * must not get.
 */
static size_t character_bytes(const char *text) {
    int32_t character;
    size_t bytes = utf8_next(text, UTF8_TO_THE_END, &character);
    return character < 0 || utf8proc_category(character) == UTF8PROC_CATEGORY_CC ? 0 : bytes;
}

/* Writes one line to standard error in one write; file names may contain any byte. */
static void line_write(const char *text) {
    enum { ESCAPE_BYTES = 4, LINE_BYTES = 4096 };
    char line[LINE_BYTES] = "lince: ";
    size_t used = strlen(line);
    while (*text != '\0' && used + ESCAPE_BYTES + 1 < sizeof line) {
        size_t bytes = character_bytes(text);
        if (bytes > 0) {
            memcpy(line + used, text, bytes);
            used += bytes;
        } else {
            used += (size_t)snprintf(line + used, ESCAPE_BYTES + 1, "\\x%02x", (unsigned char)*text);
        }
        text += bytes > 0 ? bytes : 1;
    }
    line[used++] = '\n';
    fwrite(line, 1, used, stderr);
}

void language_complain(enum lince_language language, const char *english, const char *spanish, ...) {
    char text[2048];
    va_list arguments;
    va_start(arguments, spanish);
    vsnprintf(text, sizeof text, in_language(language, english, spanish), arguments);
    va_end(arguments);
    line_write(text);
}
