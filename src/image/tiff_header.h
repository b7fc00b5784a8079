/* tiff_header.h - the directories of a TIFF or BigTIFF file (TIFF 6.0, section 2) and their images. */
#ifndef LINCE_IMAGE_TIFF_HEADER_H
#define LINCE_IMAGE_TIFF_HEADER_H

#include <stdbool.h>

#include "image/source.h"
#include "lince.h"

enum {
    TIFF_COMPRESSION_NONE = 1,
    TIFF_COMPRESSION_GROUP_4 = 4,
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

/* How numbers are stored in the file. */
struct tiff_file {
    const struct source *source; /* borrowed */
    bool is_big_endian, is_big;  /* is_big: BigTIFF, with 64-bit offsets */
    uint64_t first_at;           /* the first directory; 0: none */
};

/* An entry of a directory: numbers stored at `at`. */
struct tiff_array {
    uint64_t at, count;
    uint32_t type;
};

struct tiff_page {
    uint32_t width_px, height_px, bits, samples; /* per pixel */
    uint32_t compression, photometric, planar, fill_order, orientation, sample_format, ink_set;
    uint32_t alpha;                         /* TIFF_ALPHA_*: the kind of the first extra sample */
    uint32_t extra_count;                   /* samples beyond those of colour */
    uint32_t rows_per_strip;                /* of strips: at most the height */
    uint32_t tile_width_px, tile_height_px; /* 0: strips */
    uint32_t subsampling_x, subsampling_y;
    uint32_t group_4_options; /* 0: no part of a strip is uncompressed */
    uint32_t row_repeat;      /* fax: how often to repeat a row to make pixels square, otherwise 1 */
    struct tiff_array offsets, counts, colors;
    double dots_per_inch;      /* across; 0: the file does not say */
    uint64_t chunk_most_bytes; /* the longest strip or tile as stored */
    uint64_t tags_bytes;       /* all that the directory has or points to, except pixels */
    bool bits_differ, is_part; /* is_part: a preview or a mask of another page */
};

/* False if this is no TIFF file, or has no directory. */
bool tiff_file_read(const struct source *source, struct tiff_file *file);

/* Where the directory after the one at `at` is; 0 after the last. False if the file ends before. */
bool tiff_directory_next(const struct tiff_file *file, uint64_t at, uint64_t *next);

/* False when the directory at `at` is damaged. */
bool tiff_page_read(const struct tiff_file *file, uint64_t at, struct tiff_page *page);

/* Reads item `index` of an array. */
bool tiff_number(const struct tiff_file *file, const struct tiff_array *array, uint64_t index, uint64_t *value);

#endif
