/* pnm_header.c - three numbers between spaces and comments, or the named lines of a PAM. */
#include "image/header/pnm_header.h"

#include <string.h>

enum { MOST_LIMIT = 65535, WORD_LIMIT_BYTES = 32, CHANNELS_LIMIT = 4 };
static const uint32_t SIDE_LIMIT = 1u << 30;

/* A place in the header. */
struct cursor {
    const uint8_t *bytes;
    size_t count, at;
};

static bool is_space(uint8_t byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool is_digit(uint8_t byte) {
    return byte >= '0' && byte <= '9';
}

/* A file of words may begin with "P1" too, so a number, a comment or a PAM's first line must follow. */
bool pnm_begins(const uint8_t *bytes, size_t bytes_count) {
    if (bytes_count < 4 || bytes[0] != 'P' || bytes[1] < '1' || bytes[1] > '7') {
        return false;
    }
    if (bytes[1] == '7') {
        return bytes[2] == '\n' && (bytes[3] == '#' || (bytes[3] >= 'A' && bytes[3] <= 'Z'));
    }
    return bytes[2] == '#' || (is_space(bytes[2]) && (is_digit(bytes[3]) || is_space(bytes[3]) || bytes[3] == '#'));
}

static void comments_skip(struct cursor *cursor) {
    while (cursor->at < cursor->count) {
        if (cursor->bytes[cursor->at] == '#') {
            while (cursor->at < cursor->count && cursor->bytes[cursor->at] != '\n') {
                cursor->at++;
            }
        } else if (!is_space(cursor->bytes[cursor->at])) {
            return;
        } else {
            cursor->at++;
        }
    }
}

/* A number of at least 1, with a byte after it. */
static bool number_take(struct cursor *cursor, uint32_t most, uint32_t *number) {
    uint64_t value = 0;
    comments_skip(cursor);
    size_t from = cursor->at;
    while (cursor->at < cursor->count && is_digit(cursor->bytes[cursor->at]) && value <= most) {
        value = value * 10 + (uint64_t)(cursor->bytes[cursor->at++] - '0');
    }
    *number = (uint32_t)value;
    return cursor->at > from && cursor->at < cursor->count && value >= 1 && value <= most;
}

/* The next word; false when none ends within the bytes. */
static bool word_take(struct cursor *cursor, char word[WORD_LIMIT_BYTES]) {
    comments_skip(cursor);
    size_t from = cursor->at;
    while (cursor->at < cursor->count && !is_space(cursor->bytes[cursor->at])) {
        cursor->at++;
    }
    size_t bytes = cursor->at - from;
    if (bytes == 0 || bytes >= WORD_LIMIT_BYTES || cursor->at == cursor->count) {
        return false;
    }
    memcpy(word, cursor->bytes + from, bytes);
    word[bytes] = '\0';
    return true;
}

/* One or three channels need no tuple type, as in Netpbm; any other number must be named. */
static bool tuple_is_known(const char *type, const struct pnm_header *header) {
    static const struct {
        const char *type;
        uint32_t channels;
    } known[] = {{"BLACKANDWHITE", 1},
                 {"GRAYSCALE", 1},
                 {"BLACKANDWHITE_ALPHA", 2},
                 {"GRAYSCALE_ALPHA", 2},
                 {"RGB", 3},
                 {"RGB_ALPHA", 4},
                 {"", 1},
                 {"", 3}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(type, known[i].type) == 0 && header->channels == known[i].channels) {
            return true;
        }
    }
    return false;
}

static enum pnm_ending lines_find(struct cursor *cursor, struct pnm_header *header) {
    char word[WORD_LIMIT_BYTES], type[WORD_LIMIT_BYTES] = "";
    bool is_right = true;
    while (is_right && word_take(cursor, word)) {
        if (strcmp(word, "ENDHDR") == 0) {
            bool is_whole = header->width_px != 0 && header->height_px != 0 && header->channels != 0 &&
                            header->most != 0 && cursor->bytes[cursor->at] == '\n';
            header->raster_at = cursor->at + 1;
            return !is_whole ? PNM_DAMAGED : tuple_is_known(type, header) ? PNM_WHOLE : PNM_UNKNOWN;
        }
        if (strcmp(word, "WIDTH") == 0) {
            is_right = number_take(cursor, SIDE_LIMIT, &header->width_px);
        } else if (strcmp(word, "HEIGHT") == 0) {
            is_right = number_take(cursor, SIDE_LIMIT, &header->height_px);
        } else if (strcmp(word, "DEPTH") == 0) {
            is_right = number_take(cursor, SIDE_LIMIT, &header->channels);
        } else if (strcmp(word, "MAXVAL") == 0) {
            is_right = number_take(cursor, MOST_LIMIT, &header->most);
        } else {
            is_right = strcmp(word, "TUPLTYPE") == 0 && word_take(cursor, type);
        }
    }
    return PNM_DAMAGED;
}

enum pnm_ending pnm_header_find(const uint8_t *bytes, size_t bytes_count, struct pnm_header *header) {
    *header = (struct pnm_header){.kind = bytes_count > 1 ? (char)bytes[1] : '1'};
    struct cursor cursor = {bytes, bytes_count, 2};
    if (header->kind == '7') {
        return lines_find(&cursor, header);
    }
    header->channels = header->kind == '3' || header->kind == '6' ? 3 : 1;
    header->most = 1;
    bool has_most = header->kind != '1' && header->kind != '4';
    bool is_whole = number_take(&cursor, SIDE_LIMIT, &header->width_px) &&
                    number_take(&cursor, SIDE_LIMIT, &header->height_px) &&
                    (!has_most || number_take(&cursor, MOST_LIMIT, &header->most)) && is_space(bytes[cursor.at]);
    header->raster_at = cursor.at + 1;
    return is_whole ? PNM_WHOLE : PNM_DAMAGED;
}
