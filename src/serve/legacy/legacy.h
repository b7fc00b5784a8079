/* legacy.h - the API of the earlier service: its shapes, over the same store. */
#ifndef LINCE_SERVE_LEGACY_LEGACY_H
#define LINCE_SERVE_LEGACY_LEGACY_H

struct problem_spec;
struct request;

/* A failure in the words and keys of the earlier service. */
void legacy_problem(struct request *request, const struct problem_spec *spec, const char *detail);

#endif
