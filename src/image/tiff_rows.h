/* tiff_rows.h - converts stored samples of a TIFF image to RGB: depth, order, palette, inks, transparency. */
#ifndef LINCE_IMAGE_TIFF_ROWS_H
#define LINCE_IMAGE_TIFF_ROWS_H

#include "image/format.h"
#include "image/tiff_header.h"

enum { TIFF_PLANES_MOST = 5 }; /* four inks and alpha */

struct tiff_rows {
    const struct tiff_page *page; /* borrowed */
    uint32_t color_samples;       /* 1, 3 or 4 */
    bool has_alpha;               /* the sample after them is alpha */
    uint8_t levels[256];          /* brightness, 0..255, of each value of samples of up to 8 bits */
    uint8_t palette[256][3];
};

/* Prepares for a page that tiff_rows_fit accepts. False if its palette is damaged. */
bool tiff_rows_open(struct tiff_rows *rows, const struct tiff_file *file, const struct tiff_page *page);

/* Whether the page can be converted sample by sample: no subsampling, and only brightness, inks or a palette. */
bool tiff_rows_fit(const struct tiff_page *page);

/*
 * Lays `count` pixels as RGB on job->ground. `planes` holds one row with all samples of a pixel side by side, or one
 * row for each sample, of which those of colour and alpha are read. 16-bit samples are in this machine's byte order.
 */
void tiff_row_lay(const struct tiff_rows *rows, const uint8_t *const *planes, uint32_t count,
                  const struct decode_job *job, uint8_t *rgb);

#endif
