/* layer.h - the text that a page brings with it → lines, and the regions that remain to be read. */
#ifndef LINCE_TEXT_LAYER_H
#define LINCE_TEXT_LAYER_H

#include "image/page_layer.h"
#include "text/detect/detect.h"
#include "text/page.h"

enum layer_use {
    LAYER_UNUSED, /* there is none, or it cannot be trusted: the whole page is read */
    LAYER_BESIDE, /* there are pictures, drawings or letters that are doubted: what it does not cover is read */
    LAYER_ALONE,  /* it has all the text of the page */
};

/*
 * With AUTO, invisible letters do not count, and a layer is not used if it has too little text, or nothing that looks
 * like words of a language in Latin script. With ALWAYS, any layer with a letter is used alone.
 */
enum layer_use layer_judge(const struct page_layer *layer, enum lince_pdf_text mode);

/* Whether visible letters are in two fonts or more, so that some may be right where others are wrong. */
bool layer_has_fonts(const struct page_layer *layer);

/*
 * Adds the layer's lines to the page's, in its arena, in source pixels; `mode` as judged. Marks their words as those of
 * the layer. False when memory is refused.
 */
bool layer_add_lines(const struct page_layer *layer, enum lince_pdf_text mode, struct letter_book *letters,
                     struct arena *scratch, struct lince_page *page);

/*
 * Removes the regions, in pixels of an image of that scale, that letters of the layer cover. A region with doubted
 * letters stays, and the layer's words in it are hidden.
 */
void layer_drop_regions(struct page_layer *layer, double scale_x, double scale_y, struct region_list *regions);

#endif
