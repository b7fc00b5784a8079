/*
 * engine_state.h - what the readers share: the models, the memory limit, and the meters everything is counted on.
 * For the files of this folder alone; the program has engine.h.
 */
#ifndef LINCE_ENGINE_ENGINE_STATE_H
#define LINCE_ENGINE_ENGINE_STATE_H

#include "base/meter.h"
#include "base/scope.h"
#include "engine/admission.h"
#include "engine/growth.h"
#include "infer/session.h"
#include "text/alphabet.h"

struct heap;

/* What the engine keeps of each of its readers: the first member of a reader. tree_lock is held while it is walked. */
struct reader_link {
    struct reader_link *next;
    struct heap *heap; /* where the reader's networks work; borrowed */
};

enum { MEMORY_EVENT_KINDS = 5 }; /* one more than the last of enum lince_memory_event_kind */

/* How the limit is shared out, and what happened to it; see memory.h. */
struct memory_state {
    pthread_mutex_t lock;           /* guards all but what is atomic */
    _Atomic uint64_t limit_bytes;   /* of the process; METER_NO_LIMIT without one; written with the lock held */
    uint64_t container_bytes;       /* the container's own limit; 0 without one */
    uint64_t start_bytes;           /* resident off the meters when the engine was ready, mapped weights not included */
    uint64_t weights_bytes;         /* of the mapped files of models: what a reading makes resident */
    uint64_t models_bytes;          /* on the meters when the engine was ready, and all of the mapped weights */
    _Atomic uint64_t reserve_bytes; /* for what comes off the meters later; written with the lock held */
    double cleanup_share;
    bool cleanup_is_due; /* the share may be crossed again: memory fell well below it since the last time */
    uint64_t cleaned_ns; /* when the last clean-up was */
    bool high_is_due;    /* the same for 90 % of the limit */
    struct growth growth;
    lince_memory_listener listener;
    void *listener_context;
    uint64_t told_ns[MEMORY_EVENT_KINDS], untold_count[MEMORY_EVENT_KINDS];
    _Atomic uint64_t image_count, refusal_count, cleanup_count, cleanup_freed_bytes;
};

struct lince_engine {
    struct meter process, models, readers, pages;
    struct scope_table scopes;
    struct site_table *sites;  /* owned; NULL until it is first asked for */
    pthread_mutex_t tree_lock; /* held while readers and their meters come and go, and while they are walked */
    struct reader_link *first_reader;
    struct admission admission;
    struct memory_state memory;
    struct runtime *runtime;
    struct heap *weights;
    struct session *detector, *recogniser, *direction;
    struct alphabet alphabet;
    struct lince_runtime_options runtime_options;
    uint32_t threads_per_image;
    bool models_are_fast;   /* in integers */
    bool models_take_turns; /* one reader: the detector's weights may go while the recogniser works, and back */
};

#endif
