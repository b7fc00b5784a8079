/* layer_ink.h - whether there is ink in the picture of a page where its text layer has letters. */
#ifndef LINCE_ENGINE_LAYER_INK_H
#define LINCE_ENGINE_LAYER_INK_H

#include <stddef.h>

#include "image/page_layer.h"

struct image;

/*
 * Hides the letters whose place in the picture has one colour: white text, text under a covering rectangle, text
 * without opacity. Gives how many letters and digits were hidden.
 */
size_t layer_ink_hide(struct page_layer *layer, const struct image *image);

#endif
