/* jp2_header.c - walks the boxes to the codestream, and its markers to the first tile. */
#include "image/header/jp2_header.h"

#include <string.h>

#include "base/wire_number.h"

enum {
    MARKER_START = 0xFF4F,
    MARKER_SIZE = 0xFF51,
    MARKER_CODING = 0xFF52,
    MARKER_CODING_OF_COMPONENT = 0xFF53,
    MARKER_TILE = 0xFF90,
    MARKER_DATA = 0xFF93
};
enum { BOX_HEAD_BYTES = 8, BOX_LONG_HEAD_BYTES = 16, SIZE_FIXED_BYTES = 38, SIZE_COMPONENT_BYTES = 3 };
enum { BLOCK_SIDES_MOST = 8 }; /* the sides have 4 << n pixels, and a block at most 4096: the sum of both n */
enum { COLOUR_CMYK = 12, COMPONENTS_MOST = 16, LEVELS_MOST = 32, TILES_MOST = 65535, TILE_BODY_BYTES = 10 };

bool jp2_matches(const uint8_t *bytes, size_t bytes_count) {
    return (bytes_count >= 4 && memcmp(bytes, "\xFF\x4F\xFF\x51", 4) == 0) ||
           (bytes_count >= 12 && memcmp(bytes, "\0\0\0\x0CjP  \r\n\x87\n", 12) == 0);
}

/* ---- boxes --------------------------------------------------------------------------------------------- */

struct box {
    const uint8_t *type, *body;
    size_t body_bytes;
};

/* Gives the box at `at` and moves `at` past it. The body of the last box may be cut short. */
static bool box_next(const uint8_t *bytes, size_t bytes_count, size_t *at, struct box *box) {
    if (bytes_count - *at < BOX_HEAD_BYTES) {
        return false;
    }
    uint64_t length = wire_big_32(bytes + *at);
    size_t head_bytes = BOX_HEAD_BYTES, left = bytes_count - *at;
    box->type = bytes + *at + 4;
    if (length == 1) {
        head_bytes = BOX_LONG_HEAD_BYTES;
        if (left < head_bytes) {
            return false;
        }
        length = (uint64_t)wire_big_32(bytes + *at + 8) << 32 | wire_big_32(bytes + *at + 12);
    }
    length = length == 0 || length > left ? left : length; /* 0: to the end */
    if (length < head_bytes) {
        return false;
    }
    box->body = bytes + *at + head_bytes;
    box->body_bytes = (size_t)length - head_bytes;
    *at += (size_t)length;
    return true;
}

static bool is_type(const struct box *box, const char *type) {
    return memcmp(box->type, type, 4) == 0;
}

/* What the boxes say about colours: a palette's columns, and CMYK. */
static void colours_read(const uint8_t *bytes, size_t bytes_count, struct jp2_header *header) {
    struct box box;
    for (size_t at = 0; box_next(bytes, bytes_count, &at, &box);) {
        if (is_type(&box, "pclr") && box.body_bytes >= 3) {
            header->shown_count = box.body[2];
        } else if (is_type(&box, "colr") && box.body_bytes >= 7 && box.body[0] == 1) {
            header->is_cmyk = wire_big_32(box.body + 3) == COLOUR_CMYK;
        }
    }
}

static bool stream_find(const uint8_t *bytes, size_t bytes_count, struct jp2_header *header) {
    struct box box;
    header->is_file = bytes[0] == 0;
    for (size_t at = 0; header->is_file && box_next(bytes, bytes_count, &at, &box);) {
        if (is_type(&box, "jp2h")) {
            colours_read(box.body, box.body_bytes, header);
        } else if (is_type(&box, "jp2c")) {
            header->stream_at = (size_t)(box.body - bytes);
            return true;
        }
    }
    return !header->is_file;
}

/* ---- markers ------------------------------------------------------------------------------------------- */

/* A side of the image or a tile from its start and end on the grid; 0 if they are the wrong way round. */
static uint32_t side_of(uint32_t start, uint32_t end) {
    return end > start ? end - start : 0;
}

static bool size_read(const uint8_t *body, size_t body_bytes, struct jp2_header *header) {
    if (body_bytes < SIZE_FIXED_BYTES - 2) {
        return false;
    }
    const uint8_t *at = body + 2;
    uint32_t end_x = wire_big_32(at), end_y = wire_big_32(at + 4), x = wire_big_32(at + 8), y = wire_big_32(at + 12);
    uint32_t tile_width = wire_big_32(at + 16), tile_height = wire_big_32(at + 20);
    uint32_t tile_x = wire_big_32(at + 24), tile_y = wire_big_32(at + 28), count = wire_big_16(at + 32);
    header->width_px = side_of(x, end_x);
    header->height_px = side_of(y, end_y);
    if (header->width_px == 0 || header->height_px == 0 || tile_width == 0 || tile_height == 0 || tile_x > x ||
        tile_y > y || count == 0 || count > COMPONENTS_MOST ||
        body_bytes < SIZE_FIXED_BYTES - 2 + count * SIZE_COMPONENT_BYTES) {
        return false;
    }
    uint64_t across = ((uint64_t)(end_x - tile_x) + tile_width - 1) / tile_width;
    uint64_t down = ((uint64_t)(end_y - tile_y) + tile_height - 1) / tile_height;
    header->component_count = count;
    header->tile_count = across * down <= TILES_MOST ? (uint32_t)(across * down) : 0;
    header->tile_width_px = tile_width < header->width_px ? tile_width : header->width_px;
    header->tile_height_px = tile_height < header->height_px ? tile_height : header->height_px;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t bits = (at[34 + i * SIZE_COMPONENT_BYTES] & 0x7Fu) + 1;
        header->bits = bits > header->bits ? bits : header->bits;
    }
    return header->tile_count > 0;
}

/* Levels and code blocks at `at`, where COD and COC have them (tables A.15 and A.22). */
static bool coding_read(const uint8_t *at, size_t bytes, struct jp2_header *header) {
    if (bytes < 3 || at[0] > LEVELS_MOST || at[1] + at[2] > BLOCK_SIDES_MOST) {
        return false;
    }
    uint32_t block_px = 1u << (at[1] + 2) << (at[2] + 2);
    header->level_count = at[0] < header->level_count ? at[0] : header->level_count;
    header->block_px = block_px < header->block_px ? block_px : header->block_px;
    return true;
}

static bool marker_take(uint32_t marker, const uint8_t *body, size_t bytes, struct jp2_header *header) {
    if (marker == MARKER_SIZE) {
        return size_read(body, bytes, header);
    }
    if (marker == MARKER_CODING) {
        return bytes >= 5 && coding_read(body + 5, bytes - 5, header);
    }
    size_t index_bytes = header->component_count < 257 ? 1 : 2;
    return marker != MARKER_CODING_OF_COMPONENT ||
           (bytes > index_bytes && coding_read(body + index_bytes + 1, bytes - index_bytes - 1, header));
}

/* Reads markers with bodies from `*at` on, up to and including the marker `end`. */
static bool markers_read(const uint8_t *bytes, size_t bytes_count, size_t *at, uint32_t end,
                         struct jp2_header *header) {
    while (bytes_count - *at >= 2) {
        uint32_t marker = wire_big_16(bytes + *at);
        *at += 2;
        if (marker == end) {
            return true;
        }
        size_t length = bytes_count - *at >= 2 ? wire_big_16(bytes + *at) : 0;
        if (marker < 0xFF00 || length < 2 || length > bytes_count - *at ||
            !marker_take(marker, bytes + *at + 2, length - 2, header)) {
            return false;
        }
        *at += length;
    }
    return false;
}

bool jp2_header_read(const uint8_t *bytes, size_t bytes_count, struct jp2_header *header) {
    *header = (struct jp2_header){.level_count = UINT32_MAX, .block_px = UINT32_MAX};
    if (!jp2_matches(bytes, bytes_count) || !stream_find(bytes, bytes_count, header)) {
        return false;
    }
    size_t at = header->stream_at;
    if (bytes_count - at < 2 || wire_big_16(bytes + at) != MARKER_START) {
        return false;
    }
    at += 2;
    if (!markers_read(bytes, bytes_count, &at, MARKER_TILE, header)) {
        return false;
    }
    header->shown_count = header->shown_count > 0 ? header->shown_count : header->component_count;
    return header->component_count > 0 && header->level_count != UINT32_MAX;
}

bool jp2_tiles_agree(const uint8_t *bytes, size_t bytes_count, const struct jp2_header *header) {
    struct jp2_header main = *header, tiles = *header;
    size_t at = header->stream_at + 2;
    uint32_t begun_count = 0;
    bool more = markers_read(bytes, bytes_count, &at, MARKER_TILE, &main);
    while (more && bytes_count - at >= TILE_BODY_BYTES) {
        size_t start = at - 2;
        uint64_t part_bytes = wire_big_32(bytes + at + 4); /* from the marker on; 0: to the end */
        begun_count += bytes[at + 8] == 0;                 /* the first part of its tile */
        at += TILE_BODY_BYTES;
        if (!markers_read(bytes, bytes_count, &at, MARKER_DATA, &tiles)) {
            return false;
        }
        more = part_bytes >= TILE_BODY_BYTES + 4 && part_bytes <= bytes_count - start - 2 &&
               wire_big_16(bytes + start + part_bytes) == MARKER_TILE;
        at = start + (size_t)part_bytes + 2;
    }
    return begun_count == header->tile_count && tiles.level_count >= header->level_count &&
           tiles.block_px >= header->block_px;
}
