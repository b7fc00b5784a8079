/*
 * mpf.c - reads the entries of the MP index: the kind and place of each picture. Previews and thumbnails do not count.
 */
#include "image/header/mpf.h"

#include "base/wire_number.h"

enum { HEADER_BYTES = 8, FIELD_BYTES = 12, ENTRY_BYTES = 16, TAG_ENTRIES = 0xB002 };

/* The kind is in the low 24 bits of an entry's first number; its upper byte says what the kind is of. */
enum { KIND_MASK = 0xFFFFFF, KIND_UNNAMED = 0, KIND_SEEN = 0x02, KIND_PRIMARY = 0x03 };

static struct mpf_pictures entries_count(const uint8_t *entry, size_t count, bool big) {
    struct mpf_pictures found = {0};
    for (size_t i = 1; i < count; i++) { /* the first is the picture that is read */
        uint32_t kind = wire_order_32(entry + i * ENTRY_BYTES, big) & KIND_MASK;
        if (kind == KIND_UNNAMED) {
            found.unnamed_at =
                found.unnamed_count++ == 0 ? wire_order_32(entry + i * ENTRY_BYTES + 8, big) : found.unnamed_at;
        } else {
            found.seen_count += kind >> 16 == KIND_SEEN || kind >> 16 == KIND_PRIMARY;
        }
    }
    return found;
}

struct mpf_pictures mpf_pictures_find(const uint8_t *tiff, size_t tiff_bytes) {
    const struct mpf_pictures none = {0};
    if (tiff_bytes < HEADER_BYTES + 2 || tiff[0] != tiff[1] || (tiff[0] != 'I' && tiff[0] != 'M')) {
        return none;
    }
    bool big = tiff[0] == 'M';
    size_t directory = wire_order_32(tiff + 4, big);
    if (directory > tiff_bytes - 2) {
        return none;
    }
    size_t count = wire_order_16(tiff + directory, big), room = (tiff_bytes - directory - 2) / FIELD_BYTES;
    const uint8_t *field = tiff + directory + 2;
    for (size_t i = 0; i < count && i < room; i++, field += FIELD_BYTES) {
        size_t bytes = wire_order_32(field + 4, big), at = wire_order_32(field + 8, big);
        if (wire_order_16(field, big) == TAG_ENTRIES && at <= tiff_bytes && bytes <= tiff_bytes - at) {
            return entries_count(tiff + at, bytes / ENTRY_BYTES, big);
        }
    }
    return none;
}
