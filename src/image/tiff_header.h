/* tiff_header.h - the directories of a TIFF or BigTIFF file (TIFF 6.0, section 2): what each says of its image. */
#ifndef LINCE_IMAGE_TIFF_HEADER_H
#define LINCE_IMAGE_TIFF_HEADER_H

#include <stdbool.h>

#include "image/source.h"
#include "lince.h"

enum {
    TIFF_COMPRESSION_NONE = 1,
    TIFF_COMPRESSION_OLD_JPEG = 6,
    TIFF_COMPRESSION_JPEG = 7,
    TIFF_PLANAR_CONTIGUOUS = 1,
    TIFF_PLANAR_SEPARATE = 2
};
enum {
    TIFF_WHITE_IS_ZERO = 0,
    TIFF_BLACK_IS_ZERO = 1,
    TIFF_RGB = 2,
    TIFF_PALETTE = 3,
    TIFF_MASK = 4,
    TIFF_INKS = 5,
    TIFF_YCBCR = 6,
    TIFF_LAB = 8,
    TIFF_ICC_LAB = 9,
    TIFF_ITU_LAB = 10
};
enum { TIFF_ALPHA_NONE = 0, TIFF_ALPHA_MULTIPLIED = 1, TIFF_ALPHA_STRAIGHT = 2 };

/* How numbers stand in the file. */
struct tiff_file {
    const struct source *source; /* borrowed */
    bool is_big_endian, is_big;  /* the latter: BigTIFF, with 64-bit offsets */
    uint64_t first_at;           /* the first directory; 0: none */
};

/* An entry of a directory: numbers that stand at `at`. */
struct tiff_array {
    uint64_t at, count;
    uint32_t type;
};

struct tiff_page {
    uint32_t width_px, height_px, bits, samples; /* per pixel */
    uint32_t compression, photometric, planar, fill_order, orientation, sample_format, ink_set;
    uint32_t alpha;                         /* TIFF_ALPHA_*: what the first extra sample is */
    uint32_t extra_count;                   /* samples beyond those of the colour */
    uint32_t rows_per_strip;                /* of strips: at most the height */
    uint32_t tile_width_px, tile_height_px; /* 0: strips */
    uint32_t subsampling_x, subsampling_y;
    uint32_t row_repeat; /* fax: how often a row stands for one that is as high as wide, else 1 */
    struct tiff_array offsets, counts, colors;
    uint64_t chunk_most_bytes; /* the longest strip or tile as stored */
    uint64_t tags_bytes;       /* everything that the directory holds or points to, but pixels */
    bool bits_differ, is_part; /* a preview or a mask of another page */
};

/* False where these are no bytes of such a file, or there is no directory. */
bool tiff_file_read(const struct source *source, struct tiff_file *file);

/* Where the directory after the one at `at` stands; 0 after the last. False when the file ends before. */
bool tiff_directory_next(const struct tiff_file *file, uint64_t at, uint64_t *next);

/* False when the directory at `at` is damaged. */
bool tiff_page_read(const struct tiff_file *file, uint64_t at, struct tiff_page *page);

/* Number `index` of an array. */
bool tiff_number(const struct tiff_file *file, const struct tiff_array *array, uint64_t index, uint64_t *value);

#endif
