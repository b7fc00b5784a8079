/* reading_work.h - one reading on its way from the plan to the page. */
#ifndef LINCE_ENGINE_READING_WORK_H
#define LINCE_ENGINE_READING_WORK_H

#include "engine/codes_stage.h"
#include "engine/document.h"
#include "engine/plan.h"
#include "engine/reader_state.h"
#include "image/image.h"
#include "text/detect/stacks.h"
#include "text/layer.h"
#include "text/page.h"

struct reading_work {
    struct lince_reader *reader;
    struct lince_read_options options;
    struct progress progress;
    struct lince_document *document;
    uint32_t index; /* of the page */
    const struct image_header *header;
    struct plan plan;
    struct codes_plan codes;
    struct image image;
    double detail; /* how many times as long the sides of the image should be for its small print: 1: enough */
    struct region_list regions;
    struct stack_list stacks; /* of the regions */
    struct lince_page *page;
    struct page_layer layer; /* in the reader's arena */
    enum layer_use layer_use;
    double compared_ms; /* that its comparison with the picture took */
};

/* The room for a reading, without what its letters take, and what they add to the price of a plan. */
uint64_t reading_room_bytes(const struct reading_work *work);
void reading_letters_price(const struct reading_work *work, struct plan *plan);

/* Returns memory that the reader keeps, if the price does not fit beside it. */
void reading_make_room(struct lince_reader *reader, uint64_t price_bytes);

/* Whether the reader keeps the memory of its networks between two images. */
bool reading_keeps_pages(const struct lince_engine *engine);

/* Empties the arenas of all threads of the reader. */
void reading_scratch_clear(struct lince_reader *reader);

#endif
