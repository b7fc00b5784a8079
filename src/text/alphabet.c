/* alphabet.c - reads a file of lines into a table of characters. */
#include "text/alphabet.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"

/* Far above any alphabet; a larger file is no alphabet. */
enum { FILE_LIMIT_BYTES = 1 << 20 };

static enum lince_status fail(const char *path, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MODEL, "the character list %s is missing or damaged; run scripts/setup again",
                     "la lista de caracteres %s falta o está dañada; ejecute scripts/setup otra vez", path);
}

static enum lince_status file_load(const char *path, struct meter *meter, char **text, struct lince_error *error) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return fail(path, error);
    }
    enum lince_status status = LINCE_OK;
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (size <= 0 || size > FILE_LIMIT_BYTES || fseek(file, 0, SEEK_SET) != 0) {
        status = fail(path, error);
    } else if ((*text = meter_allocate(meter, (size_t)size + 1)) == NULL) {
        status = error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the character list (%ld bytes)",
                           "no hay memoria para la lista de caracteres (%ld bytes)", size);
    } else if (fread(*text, 1, (size_t)size, file) != (size_t)size) {
        status = fail(path, error);
    } else {
        (*text)[size] = '\0';
    }
    fclose(file);
    return status;
}

static size_t lines_count(const char *text) {
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += *text == '\n';
    }
    return count;
}

static const char *const ALIKE[ALIKE_COUNT] = {
    [ALIKE_CAPITAL_I] = "I", [ALIKE_SMALL_L] = "l", [ALIKE_ONE] = "1",     [ALIKE_CAPITAL_O] = "O",
    [ALIKE_SMALL_O] = "o",   [ALIKE_ZERO] = "0",    [ALIKE_SMALL_I] = "i", [ALIKE_ACUTE_I] = "í",
};

static void alike_find(struct alphabet *alphabet) {
    for (size_t i = 0; i < alphabet->count; i++) {
        for (size_t k = 0; k < ALIKE_COUNT; k++) {
            alphabet->alike[k] = strcmp(alphabet->characters[i], ALIKE[k]) == 0 ? i : alphabet->alike[k];
        }
    }
}

/* Cuts the text into one string per line. */
static void lines_split(struct alphabet *alphabet) {
    char *rest = alphabet->text;
    for (size_t i = 0; i < alphabet->count; i++) {
        char *end = strchr(rest, '\n');
        *end = '\0';
        alphabet->characters[i] = rest;
        if (strcmp(rest, " ") == 0) {
            alphabet->space = i;
        }
        rest = end + 1;
    }
}

enum lince_status alphabet_load(const char *path, struct meter *meter, struct alphabet *alphabet,
                                struct lince_error *error) {
    *alphabet = (struct alphabet){0};
    enum lince_status status = file_load(path, meter, &alphabet->text, error);
    if (status == LINCE_OK) {
        alphabet->count = lines_count(alphabet->text);
        alphabet->characters = meter_allocate(meter, alphabet->count * sizeof *alphabet->characters);
        if (alphabet->characters == NULL) {
            status = error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for %zu characters",
                               "no hay memoria para %zu caracteres", alphabet->count);
        } else {
            lines_split(alphabet);
            alike_find(alphabet);
            if (alphabet->space == 0 || alphabet->characters[0][0] != '\0') {
                status = fail(path, error);
            }
        }
    }
    if (status != LINCE_OK) {
        alphabet_free(alphabet);
    }
    return status;
}

void alphabet_free(struct alphabet *alphabet) {
    meter_free(alphabet->characters);
    meter_free(alphabet->text);
    *alphabet = (struct alphabet){0};
}

bool alphabet_is_letter(const struct alphabet *alphabet, size_t symbol) {
    unsigned char byte = (unsigned char)alphabet->characters[symbol][0], plain = byte | 0x20;
    return (plain >= 'a' && plain <= 'z') || (byte >= 0xC3 && byte <= 0xC8); /* the accented ones */
}

bool alphabet_is_small(const char *character) {
    unsigned char byte = (unsigned char)character[0];
    return (byte >= 'a' && byte <= 'z') || (byte == 0xC3 && (unsigned char)character[1] >= 0x9F);
}

bool alphabet_is_capital(const char *character) {
    unsigned char byte = (unsigned char)character[0];
    return (byte >= 'A' && byte <= 'Z') || (byte == 0xC3 && (unsigned char)character[1] < 0x9F);
}
