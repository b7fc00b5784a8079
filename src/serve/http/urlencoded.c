/* urlencoded.c - fields and escapes, one byte after another. */
#include "serve/http/urlencoded.h"

#include <string.h>

enum { PIECE_BYTES = 512 };

/* Decoded bytes that were not passed on yet. */
struct piece {
    struct urlencoded *form;
    urlencoded_take take;
    void *context;
    size_t used_bytes;
    char bytes[PIECE_BYTES];
};

static int hex_of(char digit) {
    static const char digits[] = "0123456789abcdef";
    const char *found = digit == '\0' ? NULL : strchr(digits, digit >= 'A' && digit <= 'F' ? digit + 32 : digit);
    return found == NULL ? -1 : (int)(found - digits);
}

static void piece_give(struct piece *piece) {
    if (piece->used_bytes > 0) {
        piece->take(piece->context, piece->form->name, piece->bytes, piece->used_bytes, false);
        piece->used_bytes = 0;
    }
}

static void byte_add(struct piece *piece, char byte) {
    struct urlencoded *form = piece->form;
    if (form->is_in_value) {
        piece->bytes[piece->used_bytes++] = byte;
        if (piece->used_bytes == PIECE_BYTES) {
            piece_give(piece);
        }
    } else if (form->name_bytes + 1 < URLENCODED_NAME_BYTES) {
        form->name[form->name_bytes++] = byte;
    }
}

/* The bytes so far are not an escape: they stay as they are. */
static void escape_end(struct piece *piece) {
    struct urlencoded *form = piece->form;
    for (size_t i = 0; i < form->escape_bytes; i++) {
        byte_add(piece, form->escape[i]);
    }
    form->escape_bytes = 0;
}

static void value_begin(struct piece *piece) {
    piece->form->name[piece->form->name_bytes] = '\0';
    piece->form->is_in_value = true;
    piece->take(piece->context, piece->form->name, "", 0, true);
}

static void field_end(struct piece *piece) {
    struct urlencoded *form = piece->form;
    escape_end(piece);
    if (!form->is_in_value && form->name_bytes > 0) {
        value_begin(piece);
    }
    piece_give(piece);
    form->is_in_value = false;
    form->name_bytes = 0;
}

/* Whether the byte continues an escape. */
static bool escape_goes_on(struct piece *piece, char byte) {
    struct urlencoded *form = piece->form;
    if (form->escape_bytes == 0) {
        return false;
    }
    if (hex_of(byte) < 0) {
        escape_end(piece);
        return false;
    }
    if (form->escape_bytes < sizeof form->escape) {
        form->escape[form->escape_bytes++] = byte;
    } else {
        form->escape_bytes = 0;
        byte_add(piece, (char)(16 * hex_of(form->escape[1]) + hex_of(byte)));
    }
    return true;
}

void urlencoded_feed(struct urlencoded *form, const char *bytes, size_t count, urlencoded_take take, void *context) {
    struct piece piece = {.form = form, .take = take, .context = context};
    for (size_t i = 0; i < count; i++) {
        if (escape_goes_on(&piece, bytes[i])) {
            continue;
        }
        if (bytes[i] == '%') {
            form->escape[form->escape_bytes++] = '%';
        } else if (bytes[i] == '&') {
            field_end(&piece);
        } else if (bytes[i] == '=' && !form->is_in_value) {
            value_begin(&piece);
        } else {
            byte_add(&piece, bytes[i] == '+' ? ' ' : bytes[i]);
        }
    }
    piece_give(&piece);
}

void urlencoded_end(struct urlencoded *form, urlencoded_take take, void *context) {
    struct piece piece = {.form = form, .take = take, .context = context};
    field_end(&piece);
}
