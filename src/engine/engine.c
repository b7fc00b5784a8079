/* engine.c - opens the models and shares out the memory limit. */
#include "engine/engine.h"

#include "engine/engine_state.h"
#include "fields/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/heap.h"
#include "base/system.h"
#include "engine/memory.h"
#include "engine/models.h"

/* Address space for the weights; only used memory is charged. */
enum { WEIGHTS_RESERVE_BYTES = 256 << 20 };

static enum lince_status session_of(struct lince_engine *engine, const char *folder, const char *name, uint32_t threads,
                                    struct session **session, struct lince_error *error) {
    char path[MODEL_PATH_BYTES];
    models_path(folder, name, engine->models_are_fast, path);
    return session_open(engine->runtime, path, engine->weights, threads, &engine->runtime_options, session, error);
}

static enum lince_status models_load(struct lince_engine *engine, const struct lince_engine_options *options,
                                     struct lince_error *error) {
    char folder[PATH_MAX], characters[MODEL_PATH_BYTES];
    uint32_t threads = options->threads_per_image;
    SCOPE(&engine->process, SCOPE_LOAD);
    enum lince_status status = models_find(options->model_directory, folder, error);
    if (status == LINCE_OK) {
        engine->models_are_fast = models_are_fast(folder, options->model);
        status = memory_check_start(engine, models_expected_bytes(folder, engine->models_are_fast), error);
    }
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
        /* Lines are read in parallel instead: threads within a line would wait for one another at every node. */
        status = session_of(engine, folder, "recogniser", 1, &engine->recogniser, error);
    }
    if (status == LINCE_OK) {
        status = session_of(engine, folder, "direction", 1, &engine->direction, error);
    }
    if (status == LINCE_OK) {
        snprintf(characters, sizeof characters, "%s/characters.txt", folder);
        status = alphabet_load(characters, &engine->models, &engine->alphabet, error);
    }
    return status;
}

/*
 * Runs a model on a small blank image. After that the code and weights that a reading uses are resident, and their size
 * can be measured instead of guessed.
 */
static enum lince_status model_warm(struct session *session, uint32_t width_px, uint32_t height_px, struct heap *heap,
                                    struct lince_error *error) {
    struct tensor output;
    int64_t shape[4] = {1, 3, height_px, width_px};
    size_t count = (size_t)3 * width_px * height_px;
    float *blank = heap_allocate(heap, count * sizeof *blank);
    if (blank == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the %zu bytes of a first run of the models",
                         "no hay memoria para los %zu bytes de una primera ejecución de los modelos",
                         count * sizeof *blank);
    }
    memset(blank, 0, count * sizeof *blank);
    enum lince_status status = session_run(session, blank, shape, heap, &output, error);
    if (status == LINCE_OK) {
        tensor_free(&output);
    }
    heap_free(blank);
    return status;
}

/* Measures the mapped weights that the model's run made resident, and drops them if models take turns. */
static enum lince_status weights_measure(struct lince_engine *engine, struct session *session, uint32_t width_px,
                                         uint32_t height_px, uint64_t *weights_bytes, struct lince_error *error) {
    uint64_t before = system_parts().weights_bytes;
    enum lince_status status = model_warm(session, width_px, height_px, engine->weights, error);
    uint64_t after = system_parts().weights_bytes;
    *weights_bytes = after > before ? after - before : 0;
    if (engine->models_take_turns) {
        session_drop_pages(session);
    }
    return status;
}

static enum lince_status models_warm(struct lince_engine *engine, struct lince_error *error) {
    uint64_t detector = 0, recogniser = 0, direction = 0;
    session_drop_pages(engine->detector);
    session_drop_pages(engine->recogniser);
    session_drop_pages(engine->direction);
    enum lince_status status = weights_measure(engine, engine->detector, 64, 64, &detector, error);
    if (status == LINCE_OK) {
        status = weights_measure(engine, engine->recogniser, 32, 48, &recogniser, error);
    }
    if (status == LINCE_OK) {
        status = weights_measure(engine, engine->direction, 192, 48, &direction, error);
    }
    heap_trim(engine->weights);
    uint64_t larger = detector > recogniser ? detector : recogniser;
    engine->memory.weights_bytes = direction + (engine->models_take_turns ? larger : detector + recogniser);
    if (engine->models_are_fast) { /* the runtime mapped their weights itself, and they stay */
        engine->memory.weights_bytes = system_parts().weights_bytes;
    }
    return status;
}

static enum lince_status runtime_check(const struct lince_runtime_options *runtime, struct lince_error *error) {
    bool are_switches = runtime->memory_pattern <= 1 && runtime->memory_arena <= 1 && runtime->arena_doubles <= 1 &&
                        runtime->parallel <= 1 && runtime->spinning <= 1;
    if (are_switches && runtime->inter_op_threads >= 1 && runtime->inter_op_threads <= 256) {
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_ARGUMENT,
                     "inter-op threads is %u and must be 1 to 256; the runtime's other options are 0 or 1",
                     "los hilos entre nodos son %u y deben ser de 1 a 256; las demás opciones del motor son 0 o 1",
                     runtime->inter_op_threads);
}

static enum lince_status options_check(const struct lince_engine_options *options,
                                       const struct lince_runtime_options *runtime, struct lince_error *error) {
    if (options->readers < 1 || options->readers > 1024 || options->threads_per_image < 1 ||
        options->threads_per_image > 256) {
        return error_set(error, LINCE_ERROR_ARGUMENT,
                         "readers is %u and must be 1 to 1024; threads per image is %u and must be 1 to 256",
                         "los lectores son %u y deben ser de 1 a 1024; los hilos por imagen son %u, de 1 a 256",
                         options->readers, options->threads_per_image);
    }
    if (!(options->cleanup_share > 0.0 && options->cleanup_share <= 1.0)) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "the clean-up share is %g and must be above 0 and at most 1",
                         "la parte para la limpieza es %g y debe ser mayor que 0 y como máximo 1",
                         options->cleanup_share);
    }
    if ((unsigned)options->model > LINCE_MODEL_ACCURATE) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "the model is %d and must be 0 (auto), 1 (fast) or 2 (accurate)",
                         "el modelo es %d y debe ser 0 (auto), 1 (fast) o 2 (accurate)", (int)options->model);
    }
    return runtime_check(runtime, error);
}

/* A caller built against an older header has fewer members; the others keep their defaults. */
static struct lince_engine_options options_of(const struct lince_engine_options *given) {
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    if (given != NULL) {
        memcpy(&options, given, given->size < sizeof options ? given->size : sizeof options);
    }
    return options;
}

static struct lince_runtime_options runtime_of(const struct lince_runtime_options *given) {
    struct lince_runtime_options options = LINCE_RUNTIME_OPTIONS_DEFAULTS;
    if (given != NULL) {
        memcpy(&options, given, given->size < sizeof options ? given->size : sizeof options);
    }
    return options;
}

static void meters_init(struct lince_engine *engine, int64_t fail_countdown) {
    struct meter *process = &engine->process;
    meter_init(process, NULL, "process", engine->memory.limit_bytes);
    process->fail_countdown = fail_countdown;
    process->scopes = &engine->scopes;
    meter_init(&engine->pages, process, "pages", METER_NO_LIMIT);
    meter_init(&engine->readers, process, "readers", METER_NO_LIMIT);
    meter_init(&engine->models, process, "models", METER_NO_LIMIT);
}

enum lince_status lince_engine_open(const struct lince_engine_options *options, struct lince_engine **engine,
                                    struct lince_error *error) {
    return engine_open(options, 0, engine, error);
}

enum lince_status engine_open(const struct lince_engine_options *options, int64_t fail_countdown,
                              struct lince_engine **engine, struct lince_error *error) {
    struct lince_engine_options known = options_of(options);
    struct lince_runtime_options runtime = runtime_of(known.runtime);
    *engine = NULL;
    enum lince_status status = options_check(&known, &runtime, error);
    if (status != LINCE_OK) {
        return status;
    }
    struct lince_engine *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the engine's own %zu bytes",
                         "no hay memoria para los %zu bytes del propio motor", sizeof *opened);
    }
    pthread_mutex_init(&opened->tree_lock, NULL);
    admission_init(&opened->admission, 0);
    memory_init(opened, &known);
    opened->models_take_turns = known.readers == 1;
    opened->runtime_options = runtime;
    opened->threads_per_image = known.threads_per_image;
    meters_init(opened, fail_countdown);
    status = models_load(opened, &known, error);
    if (status == LINCE_OK && opened->memory.limit_bytes != METER_NO_LIMIT) {
        status = models_warm(opened, error);
    }
    if (status == LINCE_OK) {
        status = memory_share_out(opened, error);
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
    site_table_close(engine->sites);
    admission_destroy(&engine->admission);
    memory_destroy(engine);
    pthread_mutex_destroy(&engine->tree_lock);
    meter_remove(&engine->models);
    meter_remove(&engine->readers);
    meter_remove(&engine->pages);
    free(engine);
}

bool engine_models_are_fast(const struct lince_engine *engine) {
    return engine->models_are_fast;
}

uint64_t engine_image_count(const struct lince_engine *engine) {
    return engine->memory.image_count;
}

void engine_listen(struct lince_engine *engine, lince_memory_listener listener, void *context) {
    pthread_mutex_lock(&engine->memory.lock);
    engine->memory.listener = listener;
    engine->memory.listener_context = context;
    pthread_mutex_unlock(&engine->memory.lock);
}

void *engine_allocate(struct lince_engine *engine, size_t bytes) {
    return meter_allocate_zero(&engine->process, 1, bytes);
}

void engine_meter_add(struct lince_engine *engine, struct meter *meter, const char *name) {
    pthread_mutex_lock(&engine->tree_lock);
    meter_init(meter, &engine->process, name, METER_NO_LIMIT);
    pthread_mutex_unlock(&engine->tree_lock);
}

void engine_meter_remove(struct lince_engine *engine, struct meter *meter) {
    pthread_mutex_lock(&engine->tree_lock);
    meter_remove(meter);
    pthread_mutex_unlock(&engine->tree_lock);
}

void engine_isolate(struct lince_engine *engine, const struct isolation *isolation) {
    engine->isolation = isolation;
}

void engine_meters_show(struct lince_engine *engine, void (*show)(void *context, const struct meter *root),
                        void *context) {
    pthread_mutex_lock(&engine->tree_lock);
    show(context, &engine->process);
    pthread_mutex_unlock(&engine->tree_lock);
}

enum lince_status engine_layouts_open(struct lince_engine *engine, const struct lince_layouts_options *options,
                                      struct lince_layouts **layouts, struct lince_error *error) {
    pthread_mutex_lock(&engine->tree_lock);
    enum lince_status status = layouts_open_under(&engine->process, options, layouts, error);
    pthread_mutex_unlock(&engine->tree_lock);
    return status;
}

void engine_layouts_close(struct lince_engine *engine, struct lince_layouts *layouts) {
    pthread_mutex_lock(&engine->tree_lock);
    lince_layouts_close(layouts);
    pthread_mutex_unlock(&engine->tree_lock);
}

uint64_t engine_room_bytes(struct lince_engine *engine) {
    return admission_room_bytes(&engine->admission);
}

bool engine_enter(struct lince_engine *engine, uint64_t bytes) {
    return admission_enter(&engine->admission, bytes);
}

void engine_leave(struct lince_engine *engine, uint64_t bytes) {
    admission_leave(&engine->admission, bytes);
}
