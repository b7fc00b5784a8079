/* engine.c - opens the models and shares out the memory limit. */
#include "engine/engine.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/heap.h"
#include "base/resident.h"
#include "engine/models.h"

/* Address space for the weights; only what is used is ever charged. */
enum { WEIGHTS_RESERVE_BYTES = 256 << 20 };

/* Kept free under the limit for what grows off the meters: stacks, the runtime's scratch, malloc's slack. */
static const uint64_t RESERVE_BYTES = 8u << 20;

static enum lince_status session_of(struct lince_engine *engine, const char *folder, const char *name, uint32_t threads,
                                    struct session **session, struct lince_error *error) {
    char path[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s/%s.%s", folder, name, models_are_for_this_processor(folder) ? "ort" : "onnx");
    return session_open(engine->runtime, path, engine->weights, threads, session, error);
}

static enum lince_status models_load(struct lince_engine *engine, const struct lince_engine_options *options,
                                     struct lince_error *error) {
    char folder[PATH_MAX], characters[PATH_MAX + 32];
    uint32_t threads = options->threads_per_image;
    enum lince_status status = models_find(options->model_directory, folder, error);
    if (status == LINCE_OK) {
        status = runtime_open(&engine->models, &engine->runtime, error);
    }
    if (status == LINCE_OK) {
        status = heap_open(&engine->models, WEIGHTS_RESERVE_BYTES, &engine->weights, error);
    }
    if (status == LINCE_OK) {
        status = session_of(engine, folder, "detector", threads, &engine->detector, error);
    }
    if (status == LINCE_OK) {
        status = session_of(engine, folder, "recogniser", threads, &engine->recogniser, error);
    }
    if (status == LINCE_OK) {
        status = session_of(engine, folder, "direction", threads, &engine->direction, error);
    }
    if (status == LINCE_OK) {
        snprintf(characters, sizeof characters, "%s/characters.txt", folder);
        status = alphabet_load(characters, &engine->models, &engine->alphabet, error);
    }
    return status;
}

/* What is left of the limit for readings, now that the models are loaded and their cost is known. */
static enum lince_status limit_share(struct lince_engine *engine, struct lince_error *error) {
    if (engine->limit_bytes == METER_NO_LIMIT) {
        engine->admission.room_bytes = METER_NO_LIMIT;
        return LINCE_OK;
    }
    uint64_t resident = resident_bytes(), tracked = engine->process.current_bytes;
    engine->untracked_bytes = resident > tracked ? resident - tracked : 0;
    uint64_t fixed = engine->untracked_bytes + tracked + RESERVE_BYTES;
    if (engine->limit_bytes <= fixed) {
        enum lince_status status = error_set(
            error, LINCE_ERROR_MEMORY_LIMIT, "the models alone need %s and the limit is %s; raise the memory limit",
            "los modelos solos necesitan %s y el límite es %s; suba el límite de memoria", size_for_people(fixed).text,
            size_for_people(engine->limit_bytes).text);
        if (error != NULL) {
            error->needed_bytes = fixed;
        }
        return status;
    }
    engine->admission.room_bytes = engine->limit_bytes - fixed;
    engine->process.limit_bytes = engine->limit_bytes - engine->untracked_bytes - RESERVE_BYTES;
    return LINCE_OK;
}

static enum lince_status options_check(const struct lince_engine_options *options, struct lince_error *error) {
    if (options->readers < 1 || options->readers > 1024 || options->threads_per_image < 1 ||
        options->threads_per_image > 256) {
        return error_set(error, LINCE_ERROR_ARGUMENT,
                         "readers is %u and must be 1 to 1024; threads per image is %u and must be 1 to 256",
                         "los lectores son %u y deben ser de 1 a 1024; los hilos por imagen son %u, de 1 a 256",
                         options->readers, options->threads_per_image);
    }
    return LINCE_OK;
}

enum lince_status lince_engine_open(const struct lince_engine_options *options, struct lince_engine **engine,
                                    struct lince_error *error) {
    return engine_open(options, 0, engine, error);
}

enum lince_status engine_open(const struct lince_engine_options *options, int64_t fail_countdown,
                              struct lince_engine **engine, struct lince_error *error) {
    static const struct lince_engine_options defaults = LINCE_ENGINE_OPTIONS_DEFAULTS;
    options = options == NULL ? &defaults : options;
    *engine = NULL;
    enum lince_status status = options_check(options, error);
    if (status != LINCE_OK) {
        return status;
    }
    struct lince_engine *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the engine's own %zu bytes",
                         "no hay memoria para los %zu bytes del propio motor", sizeof *opened);
    }
    opened->limit_bytes = options->memory_limit_bytes == 0 ? METER_NO_LIMIT : options->memory_limit_bytes;
    pthread_mutex_init(&opened->tree_lock, NULL);
    admission_init(&opened->admission, 0);
    meter_init(&opened->process, NULL, "process", opened->limit_bytes);
    opened->process.fail_countdown = fail_countdown;
    meter_init(&opened->models, &opened->process, "models", METER_NO_LIMIT);
    meter_init(&opened->readers, &opened->process, "readers", METER_NO_LIMIT);
    meter_init(&opened->pages, &opened->process, "pages", METER_NO_LIMIT);
    status = models_load(opened, options, error);
    if (status == LINCE_OK) {
        status = limit_share(opened, error);
    }
    if (status != LINCE_OK) {
        lince_engine_close(opened);
        return status;
    }
    *engine = opened;
    return LINCE_OK;
}

void lince_engine_close(struct lince_engine *engine) {
    if (engine == NULL) {
        return;
    }
    session_close(engine->detector);
    session_close(engine->recogniser);
    session_close(engine->direction);
    alphabet_free(&engine->alphabet);
    heap_close(engine->weights);
    runtime_close(engine->runtime);
    admission_destroy(&engine->admission);
    pthread_mutex_destroy(&engine->tree_lock);
    meter_remove(&engine->pages);
    meter_remove(&engine->readers);
    meter_remove(&engine->models);
    free(engine);
}

uint64_t lince_engine_memory_current_bytes(const struct lince_engine *engine) {
    return engine->process.current_bytes;
}

uint64_t lince_engine_memory_peak_bytes(const struct lince_engine *engine) {
    return engine->process.peak_bytes;
}
