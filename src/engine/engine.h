/*
 * engine.h - what the readers share: the models, the memory limit, and the meters everything is counted on.
 */
#ifndef LINCE_ENGINE_ENGINE_H
#define LINCE_ENGINE_ENGINE_H

#include "base/meter.h"
#include "engine/admission.h"
#include "infer/session.h"
#include "text/alphabet.h"

struct lince_engine {
    struct meter process, models, readers, pages;
    pthread_mutex_t tree_lock; /* held while readers' meters come and go */
    uint64_t limit_bytes;      /* of the process; METER_NO_LIMIT without one */
    uint64_t untracked_bytes;  /* resident without being on a meter, when the engine was ready */
    struct admission admission;
    struct runtime *runtime;
    struct heap *weights;
    struct session *detector, *recogniser, *direction;
    struct alphabet alphabet;
};

/*
 * lince_engine_open, which passes 0 for `fail_countdown`: a test passes the number of the request for memory that is to
 * be refused, so that the loading of the models is tested too.
 */
enum lince_status engine_open(const struct lince_engine_options *options, int64_t fail_countdown,
                              struct lince_engine **engine, struct lince_error *error);

#endif
