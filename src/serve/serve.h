/* serve.h - the service from start to stop. */
#ifndef LINCE_SERVE_SERVE_H
#define LINCE_SERVE_SERVE_H

#include "lince.h"

/* Runs until SIGTERM or SIGINT. `flags`: "name=value" strings, ending with NULL. Returns the exit code. */
int serve_run(const char *program, char *const *flags, enum lince_language language);

#endif
