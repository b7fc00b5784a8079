/*
 * operators.h - the custom operators of domain "lince", which models in integers are made of, for the sessions of the
 * inference runtime. Grids pass between them as floats [1, height, width, channels]; what each computes stands in
 * models/README.md.
 */
#ifndef LINCE_INFER_INTEGER_OPERATORS_H
#define LINCE_INFER_INTEGER_OPERATORS_H

#include <onnxruntime_c_api.h>

struct meter;
struct operators;

/*
 * Gives the operators for sessions whose runs are computed by so many threads; they lie on `meter`, and must outlive
 * the sessions. NULL when the memory is refused.
 */
struct operators *operators_open(struct meter *meter, const OrtApi *api, size_t threads);
void operators_close(struct operators *operators);

/* Makes the operators known to the sessions that these options open. */
OrtStatus *operators_add(struct operators *operators, OrtSessionOptions *options);

#endif
