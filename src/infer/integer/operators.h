/*
 * operators.h - the custom operators of domain "lince", which integer models use, for the runtime's sessions. Between
 * them grids are floats [1, height, width, channels]. models/README.md defines what each computes.
 */
#ifndef LINCE_INFER_INTEGER_OPERATORS_H
#define LINCE_INFER_INTEGER_OPERATORS_H

#include <onnxruntime_c_api.h>

struct meter;
struct operators;

/*
 * Gives the operators for sessions whose runs use this many threads. They are on `meter` and must outlive the sessions.
 * NULL when memory is refused.
 */
struct operators *operators_open(struct meter *meter, const OrtApi *api, size_t threads);
void operators_close(struct operators *operators);

/* Adds the operators to the sessions that these options open. */
OrtStatus *operators_add(struct operators *operators, OrtSessionOptions *options);

#endif
