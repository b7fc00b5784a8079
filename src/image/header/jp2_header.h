/*
 * jp2_header.h - the main header of a JPEG 2000 codestream, alone or in a JP2 file (ISO/IEC 15444-1, annexes A and I).
 */
#ifndef LINCE_IMAGE_HEADER_JP2_HEADER_H
#define LINCE_IMAGE_HEADER_JP2_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct jp2_header {
    uint32_t width_px, height_px;
    uint32_t component_count; /* as coded */
    uint32_t shown_count;     /* after a palette */
    uint32_t bits;            /* of the deepest component */
    uint32_t tile_count;
    uint32_t tile_width_px, tile_height_px;
    uint32_t level_count; /* how often the whole image can be halved while decoding */
    uint32_t block_px;    /* of the smallest code block */
    bool is_file;         /* boxes around the codestream */
    bool is_cmyk;
    size_t stream_at; /* where the codestream begins */
};

/* Whether the bytes begin like a codestream or a JP2 file. */
bool jp2_matches(const uint8_t *bytes, size_t bytes_count);

/* False if the header is not whole, or contradicts itself. */
bool jp2_header_read(const uint8_t *bytes, size_t bytes_count, struct jp2_header *header);

/*
 * Whether the file has the beginning of each tile, and no tile has fewer halvings or smaller code blocks than the main
 * header, from which the price comes. OpenJPEG leaves missing tiles black without an error.
 */
bool jp2_tiles_agree(const uint8_t *bytes, size_t bytes_count, const struct jp2_header *header);

#endif
