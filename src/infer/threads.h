/* threads.h - the threads that compute one image in the inference runtime, if more than one is requested. */
#ifndef LINCE_INFER_THREADS_H
#define LINCE_INFER_THREADS_H

#include "infer/allocator.h"

/* Threads of sessions with these options allocate from `target`. Borrows the target for the life of the session. */
OrtStatus *threads_aim(const OrtApi *api, OrtSessionOptions *options, const struct allocator_target *target);

#endif
