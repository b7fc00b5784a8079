/* translation.c - sentences matched with formats, and their arguments put into the other language's. */
#include "serve/http/translation.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

/* DEPTH_MOST: an argument may be a sentence of its own, as why a file could not be read. */
enum { ARGUMENTS_MOST = 8, TRANSLATION_BYTES = 1024, DEPTH_MOST = 3 };

struct slice {
    const char *bytes;
    size_t count;
};

/* How long the conversion at `format` is; 0: none begins here. */
static size_t conversion_bytes(const char *format) {
    if (format[0] != '%' || format[1] == '%') {
        return 0;
    }
    size_t bytes = 1 + strspn(format + 1, "-+ #0123456789.*");
    bytes += strspn(format + bytes, "hlzjt");
    return bytes + (format[bytes] != '\0');
}

/* The literal text up to the next conversion or the end, with "%%" as it is printed. Gives its end. */
static const char *literal_take(const char *format, char text[TRANSLATION_BYTES], size_t *count) {
    *count = 0;
    while (*format != '\0' && conversion_bytes(format) == 0 && *count + 1 < TRANSLATION_BYTES) {
        text[(*count)++] = *format;
        format += 1 + (format[0] == '%');
    }
    text[*count] = '\0';
    return format;
}

static const char *find(struct slice text, const char *wanted, size_t bytes) {
    return bytes == 0 ? text.bytes : memmem(text.bytes, text.count, wanted, bytes);
}

/* Whether the format makes the sentence. Gives the arguments, each as short as possible except the last. */
static bool sentence_matches(const char *format, struct slice text, struct slice arguments[ARGUMENTS_MOST]) {
    char literal[TRANSLATION_BYTES];
    size_t bytes;
    format = literal_take(format, literal, &bytes);
    if (bytes > text.count || memcmp(text.bytes, literal, bytes) != 0) {
        return false;
    }
    text = (struct slice){text.bytes + bytes, text.count - bytes};
    for (int i = 0; *format != '\0'; i++) {
        if (i == ARGUMENTS_MOST) {
            return false;
        }
        format = literal_take(format + conversion_bytes(format), literal, &bytes);
        const char *end = *format != '\0' ? find(text, literal, bytes)
                          : bytes <= text.count && memcmp(text.bytes + text.count - bytes, literal, bytes) == 0
                              ? text.bytes + text.count - bytes
                              : NULL;
        if (end == NULL) {
            return false;
        }
        arguments[i] = (struct slice){text.bytes, (size_t)(end - text.bytes)};
        text = (struct slice){end + bytes, text.count - arguments[i].count - bytes};
    }
    return text.count == 0;
}

static size_t translate(struct slice text, int language, int depth, char out[TRANSLATION_BYTES]);

/* Writes the sentence of that format with those arguments. Gives its length; 0 if it does not fit. */
static size_t sentence_write(const char *format, const struct slice arguments[ARGUMENTS_MOST], int language, int depth,
                             char out[TRANSLATION_BYTES]) {
    char part[TRANSLATION_BYTES];
    size_t used = 0, bytes;
    for (int i = 0;; i++) {
        format = literal_take(format, part, &bytes);
        if (used + bytes >= TRANSLATION_BYTES) {
            return 0;
        }
        memcpy(out + used, part, bytes);
        used += bytes;
        if (*format == '\0') {
            out[used] = '\0';
            return used;
        }
        format += conversion_bytes(format);
        bytes = translate(arguments[i], language, depth + 1, part);
        const char *argument = bytes > 0 ? part : arguments[i].bytes;
        bytes = bytes > 0 ? bytes : arguments[i].count;
        if (argument == NULL || used + bytes >= TRANSLATION_BYTES) {
            return 0;
        }
        memcpy(out + used, argument, bytes);
        used += bytes;
    }
}

/* Writes the sentence in that language. Gives its length; 0: it is in that language already, or is not known. */
static size_t translate(struct slice text, int language, int depth, char out[TRANSLATION_BYTES]) {
    struct slice arguments[ARGUMENTS_MOST] = {{NULL, 0}};
    for (size_t i = 0; depth < DEPTH_MOST && i < message_pair_count; i++) {
        const struct message_pair *pair = &message_pairs[i];
        if (sentence_matches(pair->format[language], text, arguments)) {
            return 0;
        }
        if (sentence_matches(pair->format[1 - language], text, arguments)) {
            return sentence_write(pair->format[language], arguments, language, depth, out);
        }
    }
    return 0;
}

const char *translation_of(struct arena *arena, const char *message, enum lince_language language) {
    char out[TRANSLATION_BYTES];
    if (message == NULL) {
        return NULL;
    }
    size_t bytes = translate((struct slice){message, strlen(message)}, language == LINCE_SPANISH, 0, out);
    const char *copy = bytes == 0 ? NULL : arena_copy_text(arena, out, bytes);
    return copy == NULL ? message : copy;
}
