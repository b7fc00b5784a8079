/* file_name.c - removes folders, control characters and invalid bytes. */
#include "serve/http/file_name.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

/* Replaces each invalid byte and control character by an underscore. */
static void characters_clean(char *text) {
    while (*text != '\0') {
        int32_t character;
        size_t bytes = utf8_next(text, UTF8_TO_THE_END, &character);
        if (character < 0x20 || character == 0x7f) { /* -1 for an invalid byte too */
            *text = '_';
        }
        text += bytes;
    }
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
