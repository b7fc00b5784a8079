/* engine.h - what the program does with an engine beyond lince.h: all of it by calls, nothing of what is inside. */
#ifndef LINCE_ENGINE_ENGINE_H
#define LINCE_ENGINE_ENGINE_H

#include <stdbool.h>

#include "lince.h"

struct meter;

/*
 * lince_engine_open, which passes 0 for `fail_countdown`: a test passes the number of the request for memory that is to
 * be refused, so that the loading of the models is tested too.
 */
enum lince_status engine_open(const struct lince_engine_options *options, int64_t fail_countdown,
                              struct lince_engine **engine, struct lince_error *error);

/* Whether the models in integers read. */
bool engine_models_are_fast(const struct lince_engine *engine);
uint64_t engine_image_count(const struct lince_engine *engine);
/* From now on events go there and no longer to the listener before; NULL: nowhere. */
void engine_listen(struct lince_engine *engine, lince_memory_listener listener, void *context);

/* Zeroed memory on the engine's meter, to be freed by meter_free before the engine is closed; NULL when refused. */
void *engine_allocate(struct lince_engine *engine, size_t bytes);

/* Makes `meter` one of the engine's, under its limit, until engine_meter_remove. Thread-safe. */
void engine_meter_add(struct lince_engine *engine, struct meter *meter, const char *name);
void engine_meter_remove(struct lince_engine *engine, struct meter *meter);
/* Shows the root of the engine's meters, which stay as they are meanwhile. */
void engine_meters_show(struct lince_engine *engine, void (*show)(void *context, const struct meter *root),
                        void *context);

/* lince_layouts_open and _close under the engine's limit; close them before the engine. */
enum lince_status engine_layouts_open(struct lince_engine *engine, const struct lince_layouts_options *options,
                                      struct lince_layouts **layouts, struct lince_error *error);
void engine_layouts_close(struct lince_engine *engine, struct lince_layouts *layouts);

/* The room for readings, and a place in it for other work: see admission.h. */
uint64_t engine_room_bytes(struct lince_engine *engine);
bool engine_enter(struct lince_engine *engine, uint64_t bytes);
void engine_leave(struct lince_engine *engine, uint64_t bytes);

#endif
