/* pnm_header.h - the header of a PBM, PGM, PPM or PAM image, as Netpbm's pages describe it. */
#ifndef LINCE_IMAGE_HEADER_PNM_HEADER_H
#define LINCE_IMAGE_HEADER_PNM_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pnm_ending {
    PNM_WHOLE,   /* the header ends within the bytes */
    PNM_DAMAGED, /* it breaks the grammar, or ends later */
    PNM_UNKNOWN, /* a PAM image whose channels have no meaning here */
};

struct pnm_header {
    char kind; /* '1' to '7', the figure after the P */
    uint32_t width_px, height_px;
    uint32_t most;     /* the largest sample; 1 in bitmaps */
    uint32_t channels; /* 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha */
    size_t raster_at;  /* where the samples begin */
};

/* Whether the bytes begin like such an image. Ten bytes are enough; fewer are judged as far as they go. */
bool pnm_begins(const uint8_t *bytes, size_t bytes_count);

enum pnm_ending pnm_header_find(const uint8_t *bytes, size_t bytes_count, struct pnm_header *header);

/* Whether samples are decimal digits instead of bytes. */
static inline bool pnm_is_plain(const struct pnm_header *header) {
    return header->kind <= '3';
}

/* The bytes of a row, if samples are bytes. */
static inline uint64_t pnm_row_bytes(const struct pnm_header *header) {
    uint64_t samples = (uint64_t)header->width_px * header->channels;
    return header->kind == '4' ? (samples + 7) / 8 : samples * (header->most > 255 ? 2 : 1);
}

#endif
