/*
 * memory.h - keeps the engine's memory limit: shares it out, follows what the kernel says, cleans up, tells events.
 *
 *     limit = start (code, libraries, stacks: measured) + models + reserve + room for readings
 *
 * The meters refuse what would not fit, and readings are let into the room by their price; the kernel's figure is read
 * between pieces of work, so that what grows off the meters makes the room smaller instead of breaking the limit.
 */
#ifndef LINCE_ENGINE_MEMORY_H
#define LINCE_ENGINE_MEMORY_H

#include "engine/engine_state.h"

/* Before the models are loaded: takes the limit from the options and the container. */
void memory_init(struct lince_engine *engine, const struct lince_engine_options *options);
void memory_destroy(struct lince_engine *engine);

/* Before the models are loaded, whose weights will take so much: MEMORY_LIMIT when that cannot fit. */
enum lince_status memory_check_start(struct lince_engine *engine, uint64_t weights_bytes, struct lince_error *error);

/* After the models are loaded and were run once: what is left for readings. MEMORY_LIMIT when nothing is. */
enum lince_status memory_share_out(struct lince_engine *engine, struct lince_error *error);

/* Makes room for what has come off the meters since. Before a reading is planned. */
void memory_settle(struct lince_engine *engine);

/* Looks at the kernel's figure: cleans up and tells events where a threshold is crossed. Between stages. */
void memory_watch(struct lince_engine *engine);

/* Counts an image and looks for growth. After each reading. */
void memory_image_done(struct lince_engine *engine);

/* Counts a refusal; `needed_bytes` is the limit that would have done, 0 when not known. */
void memory_refused(struct lince_engine *engine, uint64_t needed_bytes);

/* The smallest limit under which a reading of that price would be let in; METER_NO_LIMIT when there is no limit. */
uint64_t memory_limit_for(struct lince_engine *engine, uint64_t price_bytes);

/* Tracked bytes that the kernel has really given: heaps are asked page by page. */
uint64_t memory_tracked_resident_bytes(struct lince_engine *engine);

#endif
