/*
 * memory.h - keeps the engine's memory limit: shares it out, follows the kernel's figures, cleans up, reports events.
 *
 *     limit = start (code, libraries, stacks: measured) + models + reserve + room for readings
 *
 * The meters refuse what does not fit, and readings are admitted to the room by their price. The kernel's figure is
 * checked between pieces of work, so growth off the meters shrinks the room instead of breaking the limit.
 */
#ifndef LINCE_ENGINE_MEMORY_H
#define LINCE_ENGINE_MEMORY_H

#include "engine/engine_state.h"

/* Before loading the models: takes the limit from the options and the container. */
void memory_init(struct lince_engine *engine, const struct lince_engine_options *options);
void memory_destroy(struct lince_engine *engine);

/* Before loading the models, whose weights will take `weights_bytes`: MEMORY_LIMIT if that cannot fit. */
enum lince_status memory_check_start(struct lince_engine *engine, uint64_t weights_bytes, struct lince_error *error);

/* After the models are loaded and have run once: sets what is left for readings. MEMORY_LIMIT if nothing is. */
enum lince_status memory_share_out(struct lince_engine *engine, struct lince_error *error);

/* Adjusts the room to the growth off the meters. Call it before planning a reading. */
void memory_settle(struct lince_engine *engine);

/* Checks the kernel's figure; cleans up and reports events when a threshold is crossed. Call it between stages. */
void memory_watch(struct lince_engine *engine);

/* Counts an image and checks for growth. Call it after each reading. */
void memory_image_done(struct lince_engine *engine);

/* Counts a refusal; `needed_bytes` is the limit that would have done, 0 if unknown. */
void memory_refused(struct lince_engine *engine, uint64_t needed_bytes);

/* The smallest limit at which a reading of that price would be admitted; METER_NO_LIMIT without a limit. */
uint64_t memory_limit_for(struct lince_engine *engine, uint64_t price_bytes);

/* Tracked bytes that are resident; heaps are checked page by page. */
uint64_t memory_tracked_resident_bytes(struct lince_engine *engine);

#endif
