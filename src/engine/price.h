/*
 * price.h - what reading an image will cost the engine, from the first bytes of the image, and what is said when that
 * cannot be paid.
 */
#ifndef LINCE_ENGINE_PRICE_H
#define LINCE_ENGINE_PRICE_H

#include "base/file.h"
#include "engine/engine_state.h"
#include "engine/plan.h"

/*
 * Reads the header of a file's image; `file_bytes` of the header is set. Only the beginning of the file is read where
 * that is enough; else the whole, which waits its turn like a reading. What it holds meanwhile is on `meter`.
 */
enum lince_status price_header_of_file(struct lince_engine *engine, const struct file *file, struct meter *meter,
                                       struct image_header *header, struct lince_error *error);

/* Says why `plan`, the cheapest there is, does not fit, and counts the refusal. Returns MEMORY_LIMIT. */
enum lince_status price_refuse(struct lince_engine *engine, const struct image_header *header, const struct plan *plan,
                               struct lince_error *error);

/* Waits for room of `bytes`. MEMORY_LIMIT, and nothing taken, when there never will be. */
enum lince_status price_pay(struct lince_engine *engine, const struct image_header *header, const struct plan *plan,
                            struct lince_error *error);

#endif
