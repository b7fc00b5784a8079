/* markup.c - escapes for XML and for tab-separated tables. */
#include "output/markup.h"

#include <math.h>

#include "base/buffer.h"
#include "base/utf8.h"

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

struct pixel_box pixel_box_of(struct lince_box box) {
    return (struct pixel_box){llround(floor(box.x0)), llround(floor(box.y0)), llround(ceil(box.x1)),
                              llround(ceil(box.y1))};
}

static const char *entity_of(int32_t character) {
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static bool is_allowed(int32_t character) {
    bool is_space = character == '\t' || character == '\n' || character == '\r';
    return (character >= 0x20 || is_space) && character != 0x7f && !(character >= 0x80 && character < 0xa0) &&
           character != 0xfffe && character != 0xffff;
}

void markup_text(struct buffer *buffer, const char *text) {
    while (*text != '\0') {
        int32_t character;
        size_t bytes = utf8_next(text, UTF8_TO_THE_END, &character);
        if (character < 0 || !is_allowed(character)) {
            buffer_text(buffer, REPLACEMENT);
        } else if (entity_of(character) != NULL) {
            buffer_text(buffer, entity_of(character));
        } else {
            buffer_append(buffer, text, bytes);
        }
        text += bytes;
    }
}

void markup_cell(struct buffer *buffer, const char *text) {
    for (; *text != '\0'; text++) {
        bool is_control = (unsigned char)*text < 0x20 || *text == 0x7f;
        buffer_append(buffer, is_control ? " " : text, 1);
    }
}
