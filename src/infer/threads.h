/*
 * threads.h - the threads that the inference runtime computes one image with, when more than one is asked for.
 */
#ifndef LINCE_INFER_THREADS_H
#define LINCE_INFER_THREADS_H

#include "infer/allocator.h"

/*
 * Sessions made with these options start their threads so that what a thread requests itself goes where `target` says.
 * Borrows the target for the session's life.
 */
OrtStatus *threads_aim(const OrtApi *api, OrtSessionOptions *options, const struct allocator_target *target);

#endif
