/* exif.h - the orientation out of an EXIF block. */
#ifndef LINCE_IMAGE_EXIF_H
#define LINCE_IMAGE_EXIF_H

#include <stddef.h>
#include <stdint.h>

/*
 * The orientation, 1 to 8, that the TIFF structure of an EXIF block names (EXIF 2.32, tag 0x0112); 1 when it names none
 * or is damaged: a broken note about an image is no reason not to read the image.
 */
uint32_t exif_orientation(const uint8_t *tiff, size_t tiff_bytes);

#endif
