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
    struct page_layer *layer;         /* marked: letters without ink hidden, those of wrong fonts doubted */
    struct meter *decode, *recognise; /* for the picture, and for what is read in it */
    struct heap *heap;
    struct arena *scratch; /* left as it was */
    bool is_suspect;       /* its letters alone say that it is wrong: only fonts that the picture confirms are right */
};

enum layer_finding {
    LAYER_SHOWN,  /* the page shows its letters, as far as they were compared */
    LAYER_PARTLY, /* it shows those that are not marked */
    LAYER_WRONG,
};

/*
 * Draws the page as small as its letters allow, looks for ink at each letter, and reads the samples, within the price
 * of reading the page whole. Without room nothing is compared: the finding is SHOWN, or WRONG for a suspect layer.
 * MEMORY_LIMIT, CANCELLED, MODEL, RUNTIME, or as decoding fails.
 */
enum lince_status layer_check(const struct layer_check *check, enum layer_finding *finding, struct lince_error *error);

#endif
