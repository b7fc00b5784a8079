/* price_reading.h - what reading an image will cost the engine, from its first bytes, and the message if that is too
 * much. */
#ifndef LINCE_ENGINE_PRICE_READING_H
#define LINCE_ENGINE_PRICE_READING_H

#include "base/file.h"
#include "engine/engine_state.h"
#include "engine/plan.h"

/*
 * Reads the header of a file's image and sets `file_bytes` in it. Reads only the beginning of the file if that is
 * enough; otherwise the whole file, which waits its turn like a reading. The bytes read are on `meter`.
 */
enum lince_status price_header_of_file(struct lince_engine *engine, const struct file *file, struct meter *meter,
                                       struct image_header *header, struct lince_error *error);

/* Fills in the price under the engine's limit. MEMORY_LIMIT if no working size fits. */
enum lince_status price_make(struct lince_engine *engine, const struct image_header *header, struct lince_price *price,
                             struct lince_error *error);

/* Explains why `plan`, the cheapest one, does not fit, and counts the refusal. Returns MEMORY_LIMIT. */
enum lince_status price_refuse(struct lince_engine *engine, const struct image_header *header, const struct plan *plan,
                               struct lince_error *error);

/* Waits for room of `bytes`. MEMORY_LIMIT, with nothing taken, if there will never be enough. */
enum lince_status price_pay(struct lince_engine *engine, const struct image_header *header, const struct plan *plan,
                            struct lince_error *error);

#endif
