/* exif.h - the orientation in an EXIF block. */
#ifndef LINCE_IMAGE_HEADER_EXIF_H
#define LINCE_IMAGE_HEADER_EXIF_H

#include <stddef.h>
#include <stdint.h>

/*
 * The orientation, 1 to 8, in the TIFF structure of an EXIF block (EXIF 2.32, tag 0x0112). 1 if it has none or is
 * damaged: damaged metadata is no reason to refuse the image.
 */
uint32_t exif_orientation(const uint8_t *tiff, size_t tiff_bytes);

#endif
