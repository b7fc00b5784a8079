/* tiff_library.h - one image of a TIFF file decompressed by libtiff. Charged as priced from the header. */
#ifndef LINCE_IMAGE_TIFF_LIBRARY_H
#define LINCE_IMAGE_TIFF_LIBRARY_H

#include "image/tiff_header.h"

struct buffer;
struct meter;

/* An open image. */
struct tiff_library;

/* Whether to ask the library for RGBA (old JPEG, subsampled colour, CIE L*a*b*) instead of samples. */
bool tiff_library_gives_colors(const struct tiff_page *page);

/* What libtiff holds while it decodes strips row by row, or tiles one by one. */
uint64_t tiff_library_bytes(const struct tiff_page *page);

/* Loads libtiff; UNSUPPORTED when it is not installed. */
enum lince_status tiff_library_load(struct lince_error *error);

/* Gives an open image, at its first row. No single block may be larger than `most_bytes`. UNSUPPORTED, DAMAGED. */
enum lince_status tiff_library_open(const struct tiff_file *file, uint64_t directory_at, const struct tiff_page *page,
                                    uint64_t most_bytes, struct tiff_library **opened, struct lince_error *error);
void tiff_library_close(struct tiff_library *opened); /* NULL is allowed */

/* Bytes of samples in a row of an image in strips, or in a tile. */
uint64_t tiff_library_row_bytes(const struct tiff_library *opened);
uint64_t tiff_library_tile_bytes(const struct tiff_library *opened);

/* These return false after any damage, including warnings. Read the rows of a plane in order. */
bool tiff_library_row(struct tiff_library *opened, uint32_t row, uint32_t plane, uint8_t *samples);
bool tiff_library_tile(struct tiff_library *opened, uint32_t x, uint32_t y, uint32_t plane, uint8_t *samples,
                       size_t samples_bytes);

/* RGBA pixels of the strip or tile that begins there, last row first. */
bool tiff_library_strip_colors(struct tiff_library *opened, uint32_t row, uint32_t *pixels);
bool tiff_library_tile_colors(struct tiff_library *opened, uint32_t x, uint32_t y, uint32_t *pixels);

/* Codes rows of one bit as one strip of group 4. */
struct tiff_fax_writer;
uint64_t tiff_library_fax_bytes(void);
/* Appends the strip to `bytes`; an image must be open. NULL without memory. */
struct tiff_fax_writer *tiff_library_fax_begin(uint32_t width_px, uint32_t height_px, struct buffer *bytes);
bool tiff_library_fax_row(struct tiff_fax_writer *writer, uint32_t row, uint8_t *bits);
/* Frees it. Whether the strip is whole. */
bool tiff_library_fax_end(struct tiff_fax_writer *writer);

#endif
