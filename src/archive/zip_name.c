/* zip_name.c - part by part, from left to right. */
#include "archive/zip_name.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* The upper half of code page 437, which DOS wrote and which Windows' own folders still write. */
static const char *const code_page[128] = {
    "Ç", "ü", "é", "â", "ä", "à", "å", "ç", "ê", "ë", "è", "ï", "î", "ì", "Ä", "Å", "É", "æ", "Æ", "ô", "ö", "ò",
    "û", "ù", "ÿ", "Ö", "Ü", "¢", "£", "¥", "₧", "ƒ", "á", "í", "ó", "ú", "ñ", "Ñ", "ª", "º", "¿", "⌐", "¬", "½",
    "¼", "¡", "«", "»", "░", "▒", "▓", "│", "┤", "╡", "╢", "╖", "╕", "╣", "║", "╗", "╝", "╜", "╛", "┐", "└", "┴",
    "┬", "├", "─", "┼", "╞", "╟", "╚", "╔", "╩", "╦", "╠", "═", "╬", "╧", "╨", "╤", "╥", "╙", "╘", "╒", "╓", "╫",
    "╪", "┘", "┌", "█", "▄", "▌", "▐", "▀", "α", "ß", "Γ", "π", "Σ", "σ", "µ", "τ", "Φ", "Θ", "Ω", "δ", "∞", "φ",
    "ε", "∩", "≡", "±", "≥", "≤", "⌠", "⌡", "÷", "≈", "°", "∙", "·", "√", "ⁿ", "²", "■", " "};

/* A character at `text` as UTF-8 in `letter`; the bytes that it takes there. */
static size_t letter_take(const char *text, bool is_utf8, char letter[5]) {
    int32_t character;
    size_t bytes = utf8_next(text, UTF8_TO_THE_END, &character);
    unsigned char byte = (unsigned char)*text;
    if (!is_utf8 && byte >= 0x80) {
        snprintf(letter, 5, "%s", code_page[byte - 0x80]);
        return 1;
    }
    if (character < 0x20 || character == 0x7f || (character >= 0x80 && character < 0xa0)) { /* -1: an invalid byte */
        strcpy(letter, "_");
    } else {
        memcpy(letter, text, bytes);
        letter[bytes] = '\0';
    }
    return bytes;
}

/* Whether the part is a way up, no way at all, or a drive. */
static bool part_is_left_out(const char *part, size_t bytes, bool is_first) {
    return bytes == 0 || (bytes == 1 && part[0] == '.') || (bytes == 2 && part[0] == '.' && part[1] == '.') ||
           (is_first && bytes == 2 && part[1] == ':');
}

void zip_name_clean(const char *stored, bool is_utf8, size_t number, char *name, size_t room) {
    size_t used = 0;
    bool is_first = true;
    is_utf8 = is_utf8 || utf8_is_valid(stored);
    name[0] = '\0';
    while (*stored != '\0') {
        size_t bytes = strcspn(stored, "/\\"), at = 0;
        bool is_shown = !part_is_left_out(stored, bytes, is_first);
        if (is_shown && used > 0 && used + 1 < room) {
            name[used++] = '/';
        }
        while (at < bytes) {
            char letter[5];
            at += letter_take(stored + at, is_utf8, letter);
            if (is_shown && used + strlen(letter) < room) {
                strcpy(name + used, letter);
                used += strlen(letter);
            }
        }
        stored += bytes + (stored[bytes] != '\0');
        is_first = false;
    }
    name[used] = '\0';
    if (used == 0) {
        snprintf(name, room, "file-%zu", number);
    }
}
