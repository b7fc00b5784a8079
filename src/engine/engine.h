/* engine.h - what the program does with an engine beyond lince.h, through functions only. */
#ifndef LINCE_ENGINE_ENGINE_H
#define LINCE_ENGINE_ENGINE_H

#include <stdbool.h>

#include "lince.h"

struct meter;

/*
 * lince_engine_open, which passes 0 for `fail_countdown`. A test passes the number of the memory request to refuse, so
 * that loading the models is tested too.
 */
enum lince_status engine_open(const struct lince_engine_options *options, int64_t fail_countdown,
                              struct lince_engine **engine, struct lince_error *error);

/* Whether the integer models are in use. */
bool engine_models_are_fast(const struct lince_engine *engine);
uint64_t engine_image_count(const struct lince_engine *engine);
/* From now on events go to this listener instead of the previous one; NULL: to none. */
void engine_listen(struct lince_engine *engine, lince_memory_listener listener, void *context);

/* Cleared memory on the engine's meter; free it with meter_free before closing the engine. NULL when refused. */
void *engine_allocate(struct lince_engine *engine, size_t bytes);

/* From now on files of risky formats are decoded there. Borrowed for the engine's life. */
struct isolation;
void engine_isolate(struct lince_engine *engine, const struct isolation *isolation);

/* Adds `meter` to the engine's, under its limit, until engine_meter_remove. Thread-safe. */
void engine_meter_add(struct lince_engine *engine, struct meter *meter, const char *name);
void engine_meter_remove(struct lince_engine *engine, struct meter *meter);
/* Calls `show` with the root of the engine's meters, which do not change meanwhile. */
void engine_meters_show(struct lince_engine *engine, void (*show)(void *context, const struct meter *root),
                        void *context);

/* lince_layouts_open and _close under the engine's limit. Close them before the engine. */
enum lince_status engine_layouts_open(struct lince_engine *engine, const struct lince_layouts_options *options,
                                      struct lince_layouts **layouts, struct lince_error *error);
void engine_layouts_close(struct lince_engine *engine, struct lince_layouts *layouts);

/* The room for readings, and admission of other work to it: see admission.h. */
uint64_t engine_room_bytes(struct lince_engine *engine);
bool engine_enter(struct lince_engine *engine, uint64_t bytes);
void engine_leave(struct lince_engine *engine, uint64_t bytes);

#endif
