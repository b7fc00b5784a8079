/* characters.c - UTF-8, UTF-16 in both orders, and Windows-1252, which "Latin-1" usually means. */
#include "statement/characters.h"

#include <stdbool.h>
#include <stdio.h>

/* What Windows-1252 has where Latin-1 has control characters. */
static const uint16_t windows_1252[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                          0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                          0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                          0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

const char *encoding_name(enum encoding encoding) {
    static const char *const names[] = {"utf-8", "utf-16le", "utf-16be", "windows-1252"};
    return names[encoding];
}

/* Whether the text is still UTF-8 with this byte; `left` counts the missing bytes of a character. */
static bool utf8_goes_on(unsigned char byte, unsigned *left) {
    if (*left > 0) {
        --*left;
        return (byte & 0xc0) == 0x80;
    }
    *left = byte < 0x80 ? 0 : byte >= 0xc2 && byte < 0xe0 ? 1 : byte >= 0xe0 && byte < 0xf0 ? 2 : 3;
    return byte < 0x80 || (byte >= 0xc2 && byte < 0xf5);
}

struct tally {
    size_t count, zeros[2]; /* zero bytes at even and at odd positions */
    unsigned left;
    bool is_utf8;
};

static void tally_bytes(struct tally *tally, const unsigned char *bytes, size_t count) {
    for (size_t i = 0; i < count; i++, tally->count++) {
        tally->zeros[tally->count % 2] += bytes[i] == 0;
        tally->is_utf8 = tally->is_utf8 && utf8_goes_on(bytes[i], &tally->left);
    }
}

void characters_open(const void *bytes, size_t count, struct characters *characters) {
    const unsigned char *mark = bytes;
    struct tally tally = {.is_utf8 = true};
    tally_bytes(&tally, bytes, count);
    bool is_little = (count > 1 && mark[0] == 0xff && mark[1] == 0xfe) || tally.zeros[1] > tally.count / 4;
    bool is_big = (count > 1 && mark[0] == 0xfe && mark[1] == 0xff) || tally.zeros[0] > tally.count / 4;
    *characters = (struct characters){.bytes = bytes,
                                      .count = count,
                                      .encoding = is_little                          ? ENCODING_UTF16LE
                                                  : is_big                           ? ENCODING_UTF16BE
                                                  : tally.is_utf8 && tally.left == 0 ? ENCODING_UTF8
                                                                                     : ENCODING_WINDOWS_1252};
    characters_rewind(characters);
}

void characters_rewind(struct characters *characters) {
    characters->at = 0;
    if (characters_next(characters) != 0xfeff) {
        characters->at = 0;
    }
}

static int byte_next(struct characters *characters) {
    return characters->at < characters->count ? characters->bytes[characters->at++] : EOF;
}

static int32_t unit_next(struct characters *characters) {
    int first = byte_next(characters);
    int second = first == EOF ? EOF : byte_next(characters);
    if (second == EOF) {
        return EOF;
    }
    return characters->encoding == ENCODING_UTF16LE ? second << 8 | first : first << 8 | second;
}

static int32_t utf16_next(struct characters *characters) {
    int32_t unit = unit_next(characters);
    if (unit < 0xd800 || unit > 0xdfff) {
        return unit;
    }
    int32_t low = unit >= 0xdc00 ? EOF : unit_next(characters);
    return low >= 0xdc00 && low <= 0xdfff ? 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00) : 0xfffd;
}

static int32_t utf8_take(struct characters *characters, int first) {
    int extra = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    int32_t code = first & (0x3f >> extra);
    for (; extra > 0; extra--) {
        int byte = byte_next(characters);
        if (byte == EOF) {
            return 0xfffd;
        }
        code = code << 6 | (byte & 0x3f);
    }
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? 0xfffd : code;
}

int32_t characters_next(struct characters *characters) {
    if (characters->encoding == ENCODING_UTF16LE || characters->encoding == ENCODING_UTF16BE) {
        return utf16_next(characters);
    }
    int byte = byte_next(characters);
    if (byte < 0x80) { /* EOF too */
        return byte;
    }
    if (characters->encoding == ENCODING_UTF8) {
        return utf8_take(characters, byte);
    }
    return byte < 0xa0 ? windows_1252[byte - 0x80] : byte;
}
