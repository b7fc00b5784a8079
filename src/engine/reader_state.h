/* reader_state.h - a reader's own, for the files that take a page through it. */
#ifndef LINCE_ENGINE_READER_STATE_H
#define LINCE_ENGINE_READER_STATE_H

#include "base/arena.h"
#include "base/crew.h"
#include "base/heap.h"
#include "base/meter.h"
#include "engine/engine_state.h"
#include "engine/reader.h"

struct lince_reader {
    struct reader_link link;
    struct lince_engine *engine;
    struct meter own, decode, codes, detect, recognise, layout;
    struct heap *heap;  /* on the meter of the current stage */
    struct arena arena; /* on `layout`; emptied after each image */
    struct crew *crew;  /* this thread and those that read lines beside it */
    /* One for each member of the crew: `arena`, then those of the helpers, which are emptied after each image too. */
    struct arena **scratch;
    struct arena *helper_arenas;
};

#endif
