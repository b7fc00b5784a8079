/* tiff_strip.c - copies the one strip of a page that is coded as fax machines do. */
#include "image/tiff_strip.h"

#include <inttypes.h>

#include "base/buffer.h"
#include "base/error.h"
#include "image/common/fax_strip.h"
#include "image/format.h"

bool tiff_strip_is_fax(const struct tiff_page *page) {
    bool is_bilevel = page->bits == 1 && page->samples == 1 && page->sample_format == 1 &&
                      (page->photometric == TIFF_WHITE_IS_ZERO || page->photometric == TIFF_BLACK_IS_ZERO);
    bool is_one_strip = page->tile_width_px == 0 && page->rows_per_strip >= page->height_px &&
                        page->offsets.count == 1 && page->counts.count == 1;
    return page->compression == TIFF_COMPRESSION_GROUP_4 && page->group_4_options == 0 && is_bilevel && is_one_strip;
}

/* In some files the first pixel of a byte is its lowest bit. */
static void bits_turn(uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        unsigned byte = bytes[i], turned = 0;
        for (int bit = 0; bit < 8; bit++) {
            turned = turned << 1 | (byte >> bit & 1);
        }
        bytes[i] = (uint8_t)turned;
    }
}

enum lince_status tiff_strip_append(const struct tiff_file *file, const struct tiff_page *page, struct buffer *bytes,
                                    struct lince_error *error) {
    struct fax_strip head = fax_strip_empty();
    uint64_t at = 0, count = 0;
    head.width_px = page->width_px;
    head.height_px = page->height_px;
    head.orientation = page->orientation;
    head.black_is_one = page->photometric == TIFF_BLACK_IS_ZERO;
    head.dots_per_inch = page->dots_per_inch > 0 ? page->dots_per_inch : 0;
    if (!tiff_number(file, &page->offsets, 0, &at) || !tiff_number(file, &page->counts, 0, &count) || count == 0 ||
        count > file->source->size_bytes) {
        return format_header_damaged("TIFF", error);
    }
    buffer_append(bytes, &head, sizeof head);
    char *room = buffer_room(bytes, (size_t)count);
    if (room == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the %" PRIu64 " bytes of a TIFF page",
                         "no hay memoria para los %" PRIu64 " bytes de una página TIFF", count);
    }
    if (!source_read(file->source, at, room, (size_t)count)) {
        return format_header_damaged("TIFF", error);
    }
    if (page->fill_order == 2) {
        bits_turn((uint8_t *)room, (size_t)count);
    }
    bytes->used_bytes += (size_t)count;
    return LINCE_OK;
}
