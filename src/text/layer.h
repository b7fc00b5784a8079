/* layer.h - the text that a page brings with it → lines, and what of the page is left to be read. */
#ifndef LINCE_TEXT_LAYER_H
#define LINCE_TEXT_LAYER_H

#include "image/page_layer.h"
#include "text/detect/detect.h"
#include "text/page.h"

enum layer_use {
    LAYER_UNUSED, /* there is none, or it is not to be trusted: the page is read */
    LAYER_BESIDE, /* pictures or drawings stand beside it: what it does not cover is read */
    LAYER_ALONE,  /* it is all that the page says */
};

/*
 * With AUTO, letters that are not seen do not count, and a layer that says too little, or nothing that looks like words
 * of a language in Latin script, is not used. With ALWAYS, any layer with a letter is used alone.
 */
enum layer_use layer_judge(const struct page_layer *layer, enum lince_pdf_text mode);

/*
 * Adds the layer's lines to the page's, in its arena, in source pixels; `mode` as judged. Marks their words as the
 * layer's. False when memory is refused.
 */
bool layer_add_lines(const struct page_layer *layer, enum lince_pdf_text mode, struct arena *scratch,
                     struct lince_page *page);

/* Takes out the regions, in pixels of an image of that scale, that letters of the layer cover. */
void layer_drop_regions(const struct page_layer *layer, double scale_x, double scale_y, struct region_list *regions);

#endif
