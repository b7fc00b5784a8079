/* tiff_rows.h - samples of a TIFF image, as they are stored, to RGB: depth, order, palette, inks, transparency. */
#ifndef LINCE_IMAGE_TIFF_ROWS_H
#define LINCE_IMAGE_TIFF_ROWS_H

#include "image/format.h"
#include "image/tiff_header.h"

enum { TIFF_PLANES_MOST = 5 }; /* four inks and transparency */

struct tiff_rows {
    const struct tiff_page *page; /* borrowed */
    uint32_t color_samples;       /* 1, 3 or 4 */
    bool has_alpha;               /* the sample after them is transparency */
    uint8_t levels[256];          /* of samples of up to 8 bits: their light, 0..255 */
    uint8_t palette[256][3];
};

/* Prepares for a page whose kind tiff_rows_fit allows. False when its palette is damaged. */
bool tiff_rows_open(struct tiff_rows *rows, const struct tiff_file *file, const struct tiff_page *page);

/* Whether such a page can be laid out sample by sample: no subsampling, no colour space but light, inks or a palette.
 */
bool tiff_rows_fit(const struct tiff_page *page);

/*
 * Lays `count` pixels as RGB on job->ground. `planes` holds one row with all samples of a pixel side by side, or as
 * many rows as there are samples, of which those of colour and transparency are looked at; 16 bits in this machine's
 * order.
 */
void tiff_row_lay(const struct tiff_rows *rows, const uint8_t *const *planes, uint32_t count,
                  const struct decode_job *job, uint8_t *rgb);

#endif
