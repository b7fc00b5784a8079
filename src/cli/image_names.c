/* image_names.c - tells a list of names from an image by its bytes, and by whether the first file is there. */
#include "cli/image_names.h"

#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "cli/read/signature.h"

static bool is_text(const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == 0x7f || (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r')) {
            return false;
        }
    }
    return true;
}

size_t image_names_take(const char *text, size_t bytes, struct buffer *names) {
    size_t count = 0, used_bytes = names->used_bytes;
    struct stat facts;
    if (bytes > IMAGE_NAMES_LIMIT_BYTES || signature_of((const unsigned char *)text, bytes) == SIGNATURE_IMAGE ||
        !is_text(text, bytes)) {
        return 0;
    }
    for (size_t at = 0; at < bytes;) {
        const char *feed = memchr(text + at, '\n', bytes - at);
        size_t length = feed == NULL ? bytes - at : (size_t)(feed - text) - at;
        size_t name_bytes = length > 0 && text[at + length - 1] == '\r' ? length - 1 : length; /* a list from Windows */
        if (name_bytes > 0) {
            buffer_append(names, text + at, name_bytes);
            buffer_append(names, "", 1);
            count++;
        }
        at += length + 1;
        if (count == 1 && name_bytes > 0 && (names->refused || stat(names->bytes + used_bytes, &facts) != 0)) {
            names->used_bytes = used_bytes;
            return 0;
        }
    }
    return names->refused ? 0 : count;
}
