/* memory.c - the shares of the limit, and what happens when resident memory nears it. */
#include "engine/memory.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/group.h"
#include "base/heap.h"
#include "base/system.h"
#include "engine/plan.h"

/* Kept free under the limit for growth off the meters: stacks, the runtime's own objects, malloc's slack. */
static const uint64_t LEAST_RESERVE_BYTES = 8u << 20;

/* The start of a program varies by less than this between runs, by the code pages that it touches. */
static const uint64_t START_SPREAD_BYTES = 1u << 20;

/* What the runtime's code and objects take once the models are loaded: at least, and how much more at most. */
static const uint64_t RUNTIME_BYTES = 22u << 20, RUNTIME_SPREAD_BYTES = 6u << 20;

/* A threshold can be crossed again only after memory falls below it by this share of the limit. */
static const double HYSTERESIS_SHARE = 0.1;
static const double HIGH_SHARE = 0.9;
static const uint64_t CLEANUP_PAUSE_NS = UINT64_C(1000000000);
static const uint64_t EVENT_PAUSE_NS = UINT64_C(10000000000);

void memory_init(struct lince_engine *engine, const struct lince_engine_options *options) {
    struct memory_state *memory = &engine->memory;
    uint64_t asked = options->memory_limit_bytes == 0 ? METER_NO_LIMIT : options->memory_limit_bytes;
    pthread_mutex_init(&memory->lock, NULL);
    memory->container_bytes = container_limit_bytes();
    memory->limit_bytes = options->container != 0 ? group_limit_within(asked) : asked;
    memory->reserve_bytes = LEAST_RESERVE_BYTES;
    memory->cleanup_share = options->cleanup_share;
    memory->cleanup_is_due = memory->high_is_due = true;
    memory->listener = options->on_memory_event;
    memory->listener_context = options->memory_context;
}

void memory_destroy(struct lince_engine *engine) {
    pthread_mutex_destroy(&engine->memory.lock);
}

static uint64_t not_given_bytes(struct heap *heap) {
    uint64_t committed = heap_figures(heap).committed_bytes, resident = heap_resident_bytes(heap);
    return committed > resident ? committed - resident : 0;
}

uint64_t memory_tracked_resident_bytes(struct lince_engine *engine) {
    uint64_t missing = not_given_bytes(engine->weights);
    pthread_mutex_lock(&engine->tree_lock);
    for (struct reader_link *reader = engine->first_reader; reader != NULL; reader = reader->next) {
        missing += not_given_bytes(reader->heap);
    }
    pthread_mutex_unlock(&engine->tree_lock);
    uint64_t tracked = engine->process.current_bytes;
    return tracked > missing ? tracked - missing : 0;
}

/* ---- shares ------------------------------------------------------------------------------------------- */

static uint64_t whole_megabytes(uint64_t bytes) {
    uint64_t megabyte = 1u << 20;
    return (bytes + megabyte - 1) / megabyte * megabyte;
}

static uint64_t fixed_bytes(const struct memory_state *memory) {
    return memory->start_bytes + memory->models_bytes + memory->reserve_bytes;
}

/* With the lock held: sets the room and the meters' limit from the current shares. */
static void shares_apply(struct lince_engine *engine) {
    struct memory_state *memory = &engine->memory;
    if (memory->limit_bytes == METER_NO_LIMIT) {
        admission_resize(&engine->admission, METER_NO_LIMIT);
        engine->process.limit_bytes = METER_NO_LIMIT;
        return;
    }
    uint64_t fixed = fixed_bytes(memory), limit = memory->limit_bytes;
    uint64_t off_meters = memory->start_bytes + memory->weights_bytes + memory->reserve_bytes;
    admission_resize(&engine->admission, limit > fixed ? limit - fixed : 0);
    engine->process.limit_bytes = limit > off_meters ? limit - off_meters : 0;
}

uint64_t memory_limit_for(struct lince_engine *engine, uint64_t price_bytes) {
    struct memory_state *memory = &engine->memory;
    pthread_mutex_lock(&memory->lock);
    uint64_t needed = fixed_bytes(memory) + price_bytes + START_SPREAD_BYTES;
    pthread_mutex_unlock(&memory->lock);
    return whole_megabytes(needed);
}

/* `least_bytes`: what must fit before the first image. The limit in the message must also let a receipt be read. */
static enum lince_status too_little(const struct lince_engine *engine, uint64_t least_bytes, uint64_t limit_bytes,
                                    struct lince_error *error) {
    uint64_t reading = plan_least_bytes(engine->models_are_fast) + START_SPREAD_BYTES;
    uint64_t needed = whole_megabytes(least_bytes + reading);
    error_set(
        error, LINCE_ERROR_MEMORY_LIMIT,
        "the program and its models need %s before the first image and the memory limit is %s; raise it to %s",
        "el programa y sus modelos necesitan %s antes de la primera imagen y el límite de memoria es %s; súbalo a "
        "%s",
        size_for_people(least_bytes).text, size_for_people(limit_bytes).text, size_for_people(needed).text);
    error_needs(error, needed);
    return LINCE_ERROR_MEMORY_LIMIT;
}

enum lince_status memory_check_start(struct lince_engine *engine, uint64_t weights_bytes, struct lince_error *error) {
    struct memory_state *memory = &engine->memory;
    uint64_t fixed = system_resident_bytes() + RUNTIME_BYTES + weights_bytes + memory->reserve_bytes;
    if (memory->limit_bytes == METER_NO_LIMIT || memory->limit_bytes > fixed) {
        return LINCE_OK;
    }
    return too_little(engine, fixed + RUNTIME_SPREAD_BYTES, memory->limit_bytes, error);
}

enum lince_status memory_share_out(struct lince_engine *engine, struct lince_error *error) {
    struct memory_state *memory = &engine->memory;
    uint64_t resident = system_resident_bytes(), peak = system_resident_peak_bytes();
    uint64_t accounted = memory_tracked_resident_bytes(engine) + system_parts().weights_bytes;
    memory->start_bytes = resident > accounted ? resident - accounted : 0;
    memory->models_bytes = engine->process.current_bytes + memory->weights_bytes;
    uint64_t fixed = fixed_bytes(memory), least = fixed > peak ? fixed : peak;
    if (memory->limit_bytes <= least) {
        return too_little(engine, least, memory->limit_bytes, error);
    }
    pthread_mutex_lock(&memory->lock);
    shares_apply(engine);
    pthread_mutex_unlock(&memory->lock);
    return LINCE_OK;
}

/*
 * Growth off the meters since the engine was ready. Weights count as resident even when dropped, because they come
 * back.
 */
static uint64_t grown_bytes(struct lince_engine *engine) {
    const struct memory_state *memory = &engine->memory;
    uint64_t known = memory->start_bytes + memory_tracked_resident_bytes(engine) + memory->weights_bytes;
    uint64_t resident = system_resident_bytes();
    return resident > known ? resident - known : 0;
}

void memory_settle(struct lince_engine *engine) {
    struct memory_state *memory = &engine->memory;
    pthread_mutex_lock(&memory->lock);
    uint64_t limit = memory->limit_bytes, reserve_now = memory->reserve_bytes;
    pthread_mutex_unlock(&memory->lock);
    if (limit == METER_NO_LIMIT) {
        return;
    }
    uint64_t grown = grown_bytes(engine);
    if (grown > reserve_now / 2) {
        system_give_back();
        grown = grown_bytes(engine);
    }
    uint64_t reserve = grown + LEAST_RESERVE_BYTES / 2;
    pthread_mutex_lock(&memory->lock);
    memory->reserve_bytes = reserve > LEAST_RESERVE_BYTES ? reserve : LEAST_RESERVE_BYTES;
    shares_apply(engine);
    pthread_mutex_unlock(&memory->lock);
}

static enum lince_status process_limit_set(struct lince_engine *engine, uint64_t limit_bytes,
                                           struct lince_error *error) {
    struct memory_state *memory = &engine->memory;
    uint64_t asked = limit_bytes == 0 ? METER_NO_LIMIT : limit_bytes;
    uint64_t resident = system_resident_bytes();
    pthread_mutex_lock(&memory->lock);
    bool fits = asked > fixed_bytes(memory) && asked > resident;
    if (fits) {
        memory->limit_bytes = asked;
        shares_apply(engine);
    }
    pthread_mutex_unlock(&memory->lock);
    uint64_t fixed = fixed_bytes(memory), least = fixed > resident ? fixed : resident;
    return fits ? LINCE_OK : too_little(engine, least, asked, error);
}

enum lince_status lince_memory_limit_set(struct lince_engine *engine, const char *meter, uint64_t limit_bytes,
                                         struct lince_error *error) {
    if (meter == NULL || strcmp(meter, engine->process.name) == 0) {
        return process_limit_set(engine, limit_bytes, error);
    }
    pthread_mutex_lock(&engine->tree_lock);
    bool found = meter_limit_by_name(&engine->process, meter, limit_bytes == 0 ? METER_NO_LIMIT : limit_bytes);
    pthread_mutex_unlock(&engine->tree_lock);
    if (found) {
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_ARGUMENT, "there is no meter named \"%s\"", "no hay un medidor llamado \"%s\"",
                     meter);
}

/* ---- events ------------------------------------------------------------------------------------------- */

/* Reports the event to the listener, unless one of its kind was just reported. */
static void event_report(struct lince_engine *engine, struct lince_memory_event event) {
    struct memory_state *memory = &engine->memory;
    uint64_t now = clock_now_ns();
    size_t kind = (size_t)event.kind;
    event.size = sizeof event;
    event.tracked_bytes = engine->process.current_bytes;
    event.image_count = memory->image_count;
    pthread_mutex_lock(&memory->lock);
    event.limit_bytes = memory->limit_bytes == METER_NO_LIMIT ? 0 : memory->limit_bytes;
    bool wanted = memory->listener != NULL &&
                  (memory->reported_ns[kind] == 0 || now - memory->reported_ns[kind] >= EVENT_PAUSE_NS);
    if (wanted) {
        event.untold_count = memory->untold_count[kind];
        memory->untold_count[kind] = 0;
        memory->reported_ns[kind] = now;
    } else {
        memory->untold_count[kind]++;
    }
    pthread_mutex_unlock(&memory->lock);
    if (wanted) {
        memory->listener(memory->listener_context, &event);
    }
}

void memory_refused(struct lince_engine *engine, uint64_t needed_bytes) {
    engine->memory.refusal_count++;
    event_report(engine,
                 (struct lince_memory_event){.kind = LINCE_MEMORY_REFUSED,
                                             .resident_bytes = system_resident_bytes(),
                                             .needed_bytes = needed_bytes == METER_NO_LIMIT ? 0 : needed_bytes});
}

uint64_t lince_memory_clean_up(struct lince_engine *engine) {
    SCOPE(&engine->process, SCOPE_CLEAN_UP);
    uint64_t before = system_resident_bytes();
    pthread_mutex_lock(&engine->tree_lock);
    for (struct reader_link *reader = engine->first_reader; reader != NULL; reader = reader->next) {
        heap_trim(reader->heap);
    }
    pthread_mutex_unlock(&engine->tree_lock);
    heap_trim(engine->weights);
    if (admission_is_idle(&engine->admission)) {
        session_drop_pages(engine->detector);
        session_drop_pages(engine->recogniser);
        session_drop_pages(engine->direction);
    }
    system_give_back();
    uint64_t after = system_resident_bytes(), freed = before > after ? before - after : 0;
    engine->memory.cleanup_count++;
    engine->memory.cleanup_freed_bytes += freed;
    return freed;
}

/*
 * With the lock held: whether `*armed` is set and the share is crossed. Disarms then, and arms again well below the
 * share.
 */
static bool is_crossed(bool *armed, uint64_t resident_bytes, uint64_t limit_bytes, double share) {
    double used = (double)resident_bytes / (double)limit_bytes;
    if (used < share - HYSTERESIS_SHARE) {
        *armed = true;
    }
    bool crossed = *armed && used >= share;
    *armed = *armed && !crossed;
    return crossed;
}

void memory_watch(struct lince_engine *engine) {
    struct memory_state *memory = &engine->memory;
    uint64_t limit = memory->limit_bytes, resident = system_resident_bytes(), now = clock_now_ns();
    if (limit == METER_NO_LIMIT) {
        return;
    }
    pthread_mutex_lock(&memory->lock);
    bool clean = now - memory->cleaned_ns >= CLEANUP_PAUSE_NS &&
                 is_crossed(&memory->cleanup_is_due, resident, limit, memory->cleanup_share);
    if (clean) {
        memory->cleaned_ns = now;
    }
    bool high = is_crossed(&memory->high_is_due, resident, limit, HIGH_SHARE);
    pthread_mutex_unlock(&memory->lock);
    if (clean) {
        uint64_t freed = lince_memory_clean_up(engine);
        event_report(engine, (struct lince_memory_event){
                                 .kind = LINCE_MEMORY_CLEANED, .resident_bytes = resident, .freed_bytes = freed});
    }
    if (high) {
        event_report(engine, (struct lince_memory_event){.kind = LINCE_MEMORY_HIGH, .resident_bytes = resident});
    }
}

void memory_image_done(struct lince_engine *engine) {
    struct memory_state *memory = &engine->memory;
    uint64_t live = malloc_figures().used_bytes + heap_figures(engine->weights).committed_bytes;
    memory->image_count++;
    pthread_mutex_lock(&memory->lock);
    growth_note(&memory->growth, live);
    bool is_round = memory->growth.count % (GROWTH_IMAGES / 4) == 0;
    double slope = is_round ? growth_bytes_per_image(&memory->growth) : 0.0;
    bool growing = is_round && growth_is_a_leak(&memory->growth);
    pthread_mutex_unlock(&memory->lock);
    if (growing) {
        event_report(engine, (struct lince_memory_event){.kind = LINCE_MEMORY_GROWING,
                                                         .resident_bytes = system_resident_bytes(),
                                                         .growth_bytes_per_image = slope});
    }
    memory_watch(engine);
}
