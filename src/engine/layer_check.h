/* layer_check.h - whether a page's own text is what the page shows, from a few stretches of it that are read. */
#ifndef LINCE_ENGINE_LAYER_CHECK_H
#define LINCE_ENGINE_LAYER_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/document.h"
#include "image/page_layer.h"

struct arena;
struct heap;
struct lince_engine;
struct meter;

/* All borrowed. */
struct layer_check {
    struct lince_engine *engine;
    struct lince_document *document;
    uint32_t index; /* of the page */
    const struct image_header *header;
    const struct page_layer *layer;
    struct meter *decode, *recognise; /* for the picture, and for what is read in it */
    struct heap *heap;
    struct arena *scratch; /* left as it was */
};

/*
 * Long texts show by themselves whether their letters make words, but not whether their digits are right: the first
 * pages of a document are checked, and short texts on all pages.
 */
bool layer_check_is_due(const struct page_layer *layer, uint32_t index);

/*
 * Draws the page as small as its letters allow and reads the samples, within the price of reading it whole. Sets
 * `is_wrong` if the layer's letters are other ones in the picture. Without room it is not checked. MEMORY_LIMIT,
 * CANCELLED, MODEL, RUNTIME, or as decoding fails.
 */
enum lince_status layer_check(const struct layer_check *check, bool *is_wrong, struct lince_error *error);

#endif
