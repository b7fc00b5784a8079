/* page_layer.h - the text layer of a page: its letters, and the pictures and drawings beside them. */
#ifndef LINCE_IMAGE_PAGE_LAYER_H
#define LINCE_IMAGE_PAGE_LAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"

enum { LAYER_FONTS_MOST = 32 };

struct layer_letter {
    uint32_t code;           /* Unicode; 0: the file does not say which */
    struct lince_box box;    /* pixels of the page as its header sizes it */
    double along_x, along_y; /* where the text runs, a vector of length 1 */
    bool is_hidden;          /* drawn without ink, or covered by a picture */
    bool is_doubted;         /* not of the file: the picture shows other letters in this font */
    bool is_break;           /* no letter: a word ends here; with `code` '\n', a line */
    uint8_t font; /* fonts of the page, from 0 in the order of their first letters; the last one: all others */
};

struct page_layer {
    struct layer_letter *letters; /* in the file's order; in the arena */
    size_t letter_count;
    struct lince_box *pictures; /* pixels as above */
    size_t picture_count;
    bool has_drawings; /* there are paths that may be letters, annotations or form fields, which have no letters in the
                          layer */
};

#endif
