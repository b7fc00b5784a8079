/* heif_pictures.h - whether a HEIC or AVIF file has pictures beside its first one (ISO/IEC 23008-12 and 14496-12). */
#ifndef LINCE_IMAGE_HEADER_HEIF_PICTURES_H
#define LINCE_IMAGE_HEADER_HEIF_PICTURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Whether there is another image that is neither a preview, nor a map of transparency, light or depth, nor a part that
 * others are composed of; or a sequence of more than one frame. What a damaged file does not show is not there.
 */
bool heif_pictures_has_more(const uint8_t *bytes, size_t bytes_count);

#endif
