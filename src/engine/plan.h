/*
 * plan.h - at which working size an image is read, and what that costs, from its header alone.
 */
#ifndef LINCE_ENGINE_PLAN_H
#define LINCE_ENGINE_PLAN_H

#include "image/price.h"
#include "text/detect/detect.h"

struct plan {
    uint32_t working_width_px, working_height_px;
    bool models_are_fast; /* in integers: they hold less */
    struct detect_settings detect;
    /* Upper bounds of what each stage holds by itself; the working image and the page stand beside the last two. */
    uint64_t decode_bytes, detect_bytes, recognise_bytes, image_bytes, page_bytes;
    uint32_t line_columns; /* of strips that may be read side by side within what is paid for */
    uint64_t bytes;        /* everything that one reading holds at its peak: an upper bound */
};

/*
 * Fills the plan with the largest working size whose cost fits `room_bytes` (UINT64_MAX: no limit). False when none
 * does; the plan is then the cheapest there is.
 */
bool plan_make(const struct image_header *header, bool models_are_fast, uint64_t room_bytes, struct plan *plan);

/* What a receipt as phones send it costs at the least: where no image is known yet, so much room is worth having. */
uint64_t plan_least_bytes(bool models_are_fast);

#endif
