/* file_name.c - removes folders, and characters that are not shown or could deceive. */
#include "serve/http/file_name.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

/* False for controls and invalid bytes (-1), and for what breaks a line or turns the order of letters around. */
static bool is_shown(int32_t character) {
    return character >= 0x20 && !(character >= 0x7f && character <= 0x9f) &&
           !(character >= 0x2028 && character <= 0x202e) && !(character >= 0x2066 && character <= 0x2069);
}

/* Replaces each character that is not shown by an underscore. */
static void characters_clean(char *text) {
    char *end = text;
    while (*text != '\0') {
        int32_t character;
        size_t bytes = utf8_next(text, UTF8_TO_THE_END, &character);
        if (is_shown(character)) {
            memmove(end, text, bytes);
            end += bytes;
        } else {
            *end++ = '_';
        }
        text += bytes;
    }
    *end = '\0';
}

const char *file_name_clean(struct arena *arena, const char *name) {
    const char *slash = strrchr(name, '/'), *backslash = strrchr(name, '\\');
    name = slash != NULL ? slash + 1 : name;
    name = backslash != NULL && backslash >= name ? backslash + 1 : name;
    char *copy = arena_copy_text(arena, name, utf8_prefix_bytes(name, FILE_NAME_LIMIT_BYTES));
    if (copy == NULL) {
        return NULL;
    }
    characters_clean(copy);
    return *copy == '\0' || strcmp(copy, ".") == 0 || strcmp(copy, "..") == 0 ? "image" : copy;
}
