/* fax_strip.c - checks the mark, which no image file begins with, and the numbers. */
#include "image/common/fax_strip.h"

#include <string.h>

#include "image/price.h"

static const char mark[FAX_MARK_BYTES] = {'\0', 'L', 'i', 'n', 'c', 'e', 'G', '4'};

struct fax_strip fax_strip_empty(void) {
    struct fax_strip strip = {.orientation = 1};
    memcpy(strip.mark, mark, sizeof mark);
    return strip;
}

bool fax_strip_read(const void *bytes, size_t bytes_count, struct fax_strip *strip) {
    if (bytes_count <= sizeof *strip || memcmp(bytes, mark, sizeof mark) != 0) {
        return false;
    }
    memcpy(strip, bytes, sizeof *strip);
    return strip->width_px >= 1 && strip->width_px <= IMAGE_SIDE_LIMIT_PX && strip->height_px >= 1 &&
           strip->height_px <= IMAGE_SIDE_LIMIT_PX && strip->orientation >= 1 && strip->orientation <= 8 &&
           strip->dots_per_inch >= 0;
}
