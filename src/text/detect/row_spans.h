/*
 * row_spans.h - the rows of a page that are not bare. Bare rows are margins, bars of one colour, the empty half of a
 * form; no network processes them.
 */
#ifndef LINCE_TEXT_DETECT_ROW_SPANS_H
#define LINCE_TEXT_DETECT_ROW_SPANS_H

#include <stddef.h>
#include <stdint.h>

struct bands;

/* Rows of a map. */
struct row_span {
    uint32_t from_px, until_px;
};

enum { ROW_SPANS_LIMIT = 8 };

/* From top to bottom, without touching. None if the page is bare. */
struct row_spans {
    struct row_span items[ROW_SPANS_LIMIT];
    size_t count;
};

/*
 * The spans of a map `map_height_px` high with `scale` map pixels per pixel. Bare rows between two spans are
 * kept if processing both together costs about as much.
 */
struct row_spans row_spans_find(const struct bands *bands, double scale, uint32_t map_height_px);

#endif
