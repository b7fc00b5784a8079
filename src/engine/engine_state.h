/*
 * engine_state.h - what the readers share: the models, the memory limit, and the meters. Only for the files of this
 * folder; the program uses engine.h.
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

/* What the engine keeps for each reader: the first member of a reader. Hold tree_lock while walking the list. */
struct reader_link {
    struct reader_link *next;
    struct heap *heap; /* the memory of the reader's networks; borrowed */
};

enum { MEMORY_EVENT_KINDS = 5 }; /* one more than the last of enum lince_memory_event_kind */

/* How the limit is shared out, and its history; see memory.h. */
struct memory_state {
    pthread_mutex_t lock;           /* guards all members that are not atomic */
    _Atomic uint64_t limit_bytes;   /* of the process; METER_NO_LIMIT without one; written with the lock held */
    uint64_t container_bytes;       /* the container's own limit; 0 without one */
    uint64_t start_bytes;           /* resident off the meters when the engine was ready, without mapped weights */
    uint64_t weights_bytes;         /* of the mapped model files: what a reading makes resident */
    uint64_t models_bytes;          /* on the meters when the engine was ready, plus all mapped weights */
    _Atomic uint64_t reserve_bytes; /* for later growth off the meters; written with the lock held */
    double cleanup_share;
    bool cleanup_is_due; /* memory fell well below the share since it was last crossed */
    uint64_t cleaned_ns; /* when the last clean-up was */
    bool high_is_due;    /* the same for 90 % of the limit */
    struct growth growth;
    lince_memory_listener listener;
    void *listener_context;
    uint64_t reported_ns[MEMORY_EVENT_KINDS], untold_count[MEMORY_EVENT_KINDS];
    _Atomic uint64_t image_count, refusal_count, cleanup_count, cleanup_freed_bytes;
};

struct lince_engine {
    struct meter process, models, readers, pages;
    struct scope_table scopes;
    struct site_table *sites;  /* owned; NULL until first requested */
    pthread_mutex_t tree_lock; /* held while readers and their meters are added, removed or walked */
    struct reader_link *first_reader;
    struct admission admission;
    struct memory_state memory;
    const struct isolation *isolation; /* borrowed: where risky formats are decoded; NULL: here */
    struct runtime *runtime;
    struct heap *weights;
    struct session *detector, *recogniser, *direction;
    struct alphabet alphabet;
    struct lince_runtime_options runtime_options;
    uint32_t threads_per_image;
    bool models_are_fast;   /* integer models */
    bool models_take_turns; /* one reader only: each model's weights may be dropped while the other works */
};

#endif
