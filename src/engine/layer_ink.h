/* layer_ink.h - whether there is ink in the picture of a page where its text layer has letters. */
#ifndef LINCE_ENGINE_LAYER_INK_H
#define LINCE_ENGINE_LAYER_INK_H

#include <stdbool.h>
#include <stddef.h>

#include "image/page_layer.h"

struct image;

/*
 * Hides the letters whose place in the picture has one colour: white text, text under a covering rectangle, text
 * without opacity. Gives how many letters and digits were hidden. False, and no more are hidden, once letters have
 * covered the picture many times over: no page is written so, and looking on would take without end.
 */
bool layer_ink_hide(struct page_layer *layer, const struct image *image, size_t *hidden);

#endif
