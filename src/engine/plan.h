/* plan.h - the working size of an image and the cost of reading it, from its header alone. */
#ifndef LINCE_ENGINE_PLAN_H
#define LINCE_ENGINE_PLAN_H

#include "image/price.h"
#include "text/detect/detect.h"

struct plan {
    uint32_t working_width_px, working_height_px;
    bool models_are_fast; /* integer models, which hold less */
    struct detect_settings detect;
    /*
     * Upper bounds of what each stage holds alone. The working image and the page come on top of detection and
     * recognition.
     */
    uint64_t decode_bytes, detect_bytes, recognise_bytes, image_bytes, page_bytes;
    uint32_t line_columns; /* total width of strips that can be read in parallel within the price */
    uint64_t bytes;        /* all that one reading holds at its peak: an upper bound */
};

/*
 * Fills the plan with the largest working size whose cost fits `room_bytes` (UINT64_MAX: no limit). False if none fits;
 * then the plan is the cheapest one.
 */
bool plan_make(const struct image_header *header, bool models_are_fast, uint64_t room_bytes, struct plan *plan);

/* As plan_make, but at the usual size, at which most pages can be read. The same plan where that is the largest. */
bool plan_usual(const struct image_header *header, bool models_are_fast, uint64_t room_bytes, struct plan *plan);

/* As plan_make, with sides at most `detail` times as long as those of the usual size. */
bool plan_closer(const struct image_header *header, bool models_are_fast, uint64_t room_bytes, double detail,
                 struct plan *plan);

/* The least cost of a typical phone receipt: a useful room when no image is known yet. */
uint64_t plan_least_bytes(bool models_are_fast);

#endif
