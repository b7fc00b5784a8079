/* codes_stage.c - the first reduction of the picture whose search fits, the search, and its warnings. */
#include "engine/codes_stage.h"

#include <math.h>

#include "base/clock.h"
#include "base/error.h"
#include "codes/codes.h"
#include "engine/engine_state.h"
#include "engine/memory.h"

/* What the plan holds beside the search. */
static uint64_t stand_bytes(const struct plan *plan) {
    return plan->image_bytes + plan->page_bytes;
}

struct codes_plan codes_plan_make(struct plan *plan, uint64_t room_bytes) {
    uint64_t stand = stand_bytes(plan);
    for (uint32_t reduction = 1; reduction <= CODES_REDUCTION_MOST; reduction++) {
        uint64_t price = codes_price_bytes(plan->working_width_px, plan->working_height_px, reduction);
        if (stand + price <= plan->bytes || stand + price <= room_bytes) {
            plan->bytes = stand + price > plan->bytes ? stand + price : plan->bytes;
            return (struct codes_plan){reduction, plan->bytes - stand};
        }
    }
    return (struct codes_plan){0, 0};
}

/* ---- warnings ----------------------------------------------------------------------------------------- */

/* The limit at which codes are sought in all pixels that would be read without a limit, in the unit of --memory. */
static unsigned long long whole_limit_mb(struct lince_engine *engine, const struct image_header *header,
                                         struct plan *whole) {
    enum { MEGABYTE_BITS = 20 };
    uint64_t part = (UINT64_C(1) << MEGABYTE_BITS) - 1;
    (void)plan_make(header, engine->models_are_fast, UINT64_MAX, whole);
    (void)codes_plan_make(whole, UINT64_MAX);
    return (unsigned long long)((memory_limit_for(engine, whole->bytes) + part) >> MEGABYTE_BITS);
}

bool codes_warn_unsought(struct lince_engine *engine, const struct image_header *header, enum lince_language language,
                         struct lince_page *page) {
    struct plan whole;
    return page_warn(page, language, "codes_missing",
                     "the page's codes were not looked for, for lack of memory; --memory %lluMB is enough",
                     "no se buscaron los códigos de la página, por falta de memoria; basta --memory %lluMB",
                     whole_limit_mb(engine, header, &whole));
}

/* Fewer pixels than the image has: by the plan of the reading, by that of the search, or by both. */
static bool warn_reduced(const struct codes_work *work, enum lince_language language, struct lince_page *page) {
    const struct image *image = work->image;
    struct plan whole;
    uint32_t width_px = image->width_px / work->codes->reduction, height_px = image->height_px / work->codes->reduction;
    unsigned long long limit_mb = whole_limit_mb(work->engine, work->header, &whole);
    if (width_px >= whole.working_width_px) {
        return true; /* no limit would do more */
    }
    return page_warn(page, language, "codes_reduced",
                     "codes were looked for at %u x %u of %u x %u for lack of memory: small ones may be missing; "
                     "--memory %lluMB looks at %u x %u",
                     "los códigos se buscaron a %u x %u de %u x %u por falta de memoria: pueden faltar los pequeños; "
                     "--memory %lluMB los busca a %u x %u",
                     width_px, height_px, image->source_width_px, image->source_height_px, limit_mb,
                     whole.working_width_px, whole.working_height_px);
}

static bool warn_found(const struct code_list *list, enum lince_language language, struct lince_page *page) {
    if (list->was_refused) {
        return page_warn(page, language, "codes_missing",
                         "codes may be missing beside the %zu found: looking for them took more memory than there was; "
                         "raise the memory limit",
                         "pueden faltar códigos además de los %zu hallados: buscarlos pedía más memoria de la que "
                         "había; suba el límite de memoria",
                         list->count);
    }
    return !list->is_full ||
           page_warn(page, language, "codes_missing",
                     "codes may be missing: no more than %zu are read on a page; cut it into parts",
                     "pueden faltar códigos: no se leen más de %zu en una página; córtela en partes", list->count);
}

/* ---- the stage ---------------------------------------------------------------------------------------- */

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "the memory limit was reached at a page's codes; raise it",
                     "se alcanzó el límite de memoria en los códigos de una página; súbalo");
}

static enum lince_status find(const struct codes_work *work, enum lince_language language, struct lince_page *page,
                              struct lince_error *error) {
    struct code_list list;
    struct lince_error reason = LINCE_ERROR_INIT;
    const struct codes_request request = {.image = work->image,
                                          .reduction = work->codes->reduction,
                                          .budget_bytes = work->codes->budget_bytes,
                                          .meter = work->meter,
                                          .scratch = work->scratch,
                                          .progress = work->progress};
    reason.language = language;
    enum lince_status status = codes_find(&request, &page->arena, &list, &reason);
    if (status == LINCE_ERROR_UNSUPPORTED) { /* the text is read all the same */
        page->has_codes = false;
        return page_warn(page, language, "codes_missing", "%s", "%s", reason.message) ? LINCE_OK : out_of_memory(error);
    }
    if (status != LINCE_OK) {
        return error_set(error, status, "%s", "%s", reason.message);
    }
    page->codes = list.items;
    page->code_count = list.count;
    return warn_found(&list, language, page) && warn_reduced(work, language, page) ? LINCE_OK : out_of_memory(error);
}

enum lince_status codes_stage(const struct codes_work *work, struct lince_page *page, struct lince_error *error) {
    enum lince_language language = error == NULL ? LINCE_ENGLISH : error->language;
    uint64_t start = clock_now_ns();
    if (work->codes->reduction == 0) {
        return codes_warn_unsought(work->engine, work->header, language, page) ? LINCE_OK : out_of_memory(error);
    }
    page->has_codes = true;
    enum lince_status status = find(work, language, page, error);
    page->codes_ms = clock_since_ms(start);
    return status;
}
