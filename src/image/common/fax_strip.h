/*
 * fax_strip.h - a black and white page as it is in its file: one strip of CCITT group 4 (ITU-T T.6); of a page of
 * several strips, the smaller of these joined into one and of its rows deflated.
 *
 * The bytes of such a picture are this head and then the strip or the rows. They stay within a process and its
 * locked-down child.
 */
#ifndef LINCE_IMAGE_COMMON_FAX_STRIP_H
#define LINCE_IMAGE_COMMON_FAX_STRIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FAX_MARK_BYTES = 8 };

struct fax_strip {
    char mark[FAX_MARK_BYTES];
    uint32_t width_px, height_px; /* as stored */
    uint32_t orientation;         /* EXIF, 1..8 */
    uint16_t black_is_one;        /* what the code calls white is black: of pages whose zeros are black */
    uint16_t is_deflated;         /* no strip: rows of bits in whole bytes, ones white, deflated by zlib */
    double dots_per_inch;         /* across; 0: the file does not say */
};

/* A head that lacks only the page's own values. */
struct fax_strip fax_strip_empty(void);

/* Whether these are the bytes of such a picture; copies the head, whose numbers are within bounds, if so. */
bool fax_strip_read(const void *bytes, size_t bytes_count, struct fax_strip *strip);

#endif
