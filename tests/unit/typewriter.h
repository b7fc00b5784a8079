/* typewriter.h - pages typed in a fixed-width font, for images that are too large to keep in the repository. */
#ifndef LINCE_TESTS_TYPEWRITER_H
#define LINCE_TESTS_TYPEWRITER_H

#include "image_files.h"

#define TYPEWRITER_CELL_WIDTH_PX 12u
#define TYPEWRITER_CELL_HEIGHT_PX 24u

struct typed_line {
    uint32_t x, y;  /* of the upper left corner of its first cell */
    char text[160]; /* printable ASCII */
};

/*
 * A grey PNG of this size with these lines, sorted by y and not overlapping in y, each pixel of the font `magnified`
 * times; compressed row by row, so that large pages take little memory to make.
 */
struct file typewriter_png(uint32_t width_px, uint32_t height_px, uint32_t magnified, const struct typed_line *lines,
                           size_t line_count);

#endif
