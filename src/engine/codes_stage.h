/* codes_stage.h - codes as a stage of reading: what it may hold, and what the page says when that is not enough. */
#ifndef LINCE_ENGINE_CODES_STAGE_H
#define LINCE_ENGINE_CODES_STAGE_H

#include "base/progress.h"
#include "engine/engine.h"
#include "engine/plan.h"
#include "image/image.h"
#include "text/page.h"

struct codes_plan {
    uint32_t reduction;    /* 1: all pixels of the working image; 0: there is no room, and codes are not sought */
    uint64_t budget_bytes; /* the most that the search may hold */
};

/*
 * The search takes place beside the working image, before the networks run, and mostly fits in what they will hold. If
 * not, the plan's price rises within the room, or the search takes fewer pixels.
 */
struct codes_plan codes_plan_make(struct plan *plan, uint64_t room_bytes);

struct codes_work {
    struct lince_engine *engine;
    const struct image_header *header;
    const struct plan *plan;
    const struct codes_plan *codes;
    const struct image *image;
    struct meter *meter;
    struct arena *scratch;
    const struct progress *progress;
};

/* Puts the codes of the image on the page, with warnings if some may be missing. Fails with CANCELLED, MEMORY_LIMIT. */
enum lince_status codes_stage(const struct codes_work *work, struct lince_page *page, struct lince_error *error);

/* Only warns that codes were not sought, for lack of memory. False when the page's arena is refused. */
bool codes_warn_unsought(struct lince_engine *engine, const struct image_header *header, enum lince_language language,
                         struct lince_page *page);

#endif
