/* mpf.h - the list of pictures in a multi-picture JPEG file (CIPA DC-007), as cameras and phones write it. */
#ifndef LINCE_IMAGE_HEADER_MPF_H
#define LINCE_IMAGE_HEADER_MPF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* After the first picture there may be others of these two kinds. */
struct mpf_pictures {
    uint32_t seen_count;    /* pictures to look at: parts of a panorama, a stereo pair, several angles */
    uint32_t unnamed_count; /* of no stated kind: pictures, or maps of light and depth that nobody looks at */
    uint64_t unnamed_at;    /* where the first of these is, from the start of the TIFF structure */
};

/*
 * Reads the TIFF structure after "MPF\0". If it is missing or damaged, the counts are 0: the file has only the first
 * picture.
 */
struct mpf_pictures mpf_pictures_find(const uint8_t *tiff, size_t tiff_bytes);

#endif
