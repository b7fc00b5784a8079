/* exif.c - reads one tag from the first directory of a TIFF structure. */
#include "image/header/exif.h"

#include <stdbool.h>

#include "base/wire_number.h"

enum { HEADER_BYTES = 8, ENTRY_BYTES = 12, TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3 };

uint32_t exif_orientation(const uint8_t *tiff, size_t tiff_bytes) {
    if (tiff_bytes < HEADER_BYTES || tiff[0] != tiff[1] || (tiff[0] != 'I' && tiff[0] != 'M')) {
        return 1;
    }
    bool big = tiff[0] == 'M';
    size_t directory = wire_order_32(tiff + 4, big);
    if (wire_order_16(tiff + 2, big) != 42 || directory > tiff_bytes - 2) {
        return 1;
    }
    size_t count = wire_order_16(tiff + directory, big);
    size_t room = (tiff_bytes - directory - 2) / ENTRY_BYTES;
    const uint8_t *entry = tiff + directory + 2;
    for (size_t i = 0; i < count && i < room; i++, entry += ENTRY_BYTES) {
        if (wire_order_16(entry, big) == TAG_ORIENTATION) {
            uint32_t value = wire_order_16(entry + 8, big);
            return wire_order_16(entry + 2, big) == TYPE_SHORT && value >= 1 && value <= 8 ? value : 1;
        }
    }
    return 1;
}
