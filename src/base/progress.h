/* progress.h - the caller's progress callback, passed down through the stages. */
#ifndef LINCE_BASE_PROGRESS_H
#define LINCE_BASE_PROGRESS_H

#include "lince.h"

struct progress {
    lince_progress function; /* NULL: nobody listens */
    void *context;
};

/* Reports the share of a stage that is done, 0..1. CANCELLED, with a message, when the caller wants to stop. */
enum lince_status progress_report(const struct progress *progress, enum lince_stage stage, double share,
                                  struct lince_error *error);

#endif
