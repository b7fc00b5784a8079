/* tiff_strip.h - TIFF pages in strips of CCITT group 4, for files that can hold one such strip. */
#ifndef LINCE_IMAGE_TIFF_STRIP_H
#define LINCE_IMAGE_TIFF_STRIP_H

#include "image/tiff_header.h"

struct buffer;

/* Whether the page, as it is decoded, has such strips, which other programs decode to the same pixels. */
bool tiff_strip_is_fax(const struct tiff_page *page);

/*
 * Appends that page as fax_strip.h says: its one strip as it is, and several joined into one, or their rows deflated
 * where that is smaller; nothing if one of several is damaged. While it joins, it deflates too and keeps only the size;
 * rows that are smaller so are then decoded and deflated once more. Beside the two libraries and the joined strip this
 * takes zlib's 0.3 MB and 64 KiB of its output, on the buffer's meter; without memory to compare, the strip stays.
 * DAMAGED if the one strip is not in the file, MEMORY_LIMIT.
 */
enum lince_status tiff_strip_append(const struct tiff_file *file, uint64_t directory_at, const struct tiff_page *page,
                                    struct buffer *bytes, struct lince_error *error);

#endif
