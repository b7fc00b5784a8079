/* mpf.h - the list of pictures in a multi-picture JPEG file (CIPA DC-007), as cameras and phones write it. */
#ifndef LINCE_IMAGE_HEADER_MPF_H
#define LINCE_IMAGE_HEADER_MPF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Behind the first picture there may be others of these two kinds. */
struct mpf_pictures {
    uint32_t seen_count;    /* to be seen: of a panorama, a pair for two eyes, several angles */
    uint32_t unnamed_count; /* of no stated kind: pictures, or maps of light and depth that nobody looks at */
    uint64_t unnamed_at;    /* where the first of these is, from the start of the TIFF structure */
};

/* Reads the TIFF structure behind "MPF\0". Without one, or with a damaged one, there is none: the first is the file. */
struct mpf_pictures mpf_pictures_find(const uint8_t *tiff, size_t tiff_bytes);

#endif
