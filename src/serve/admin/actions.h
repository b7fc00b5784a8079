/* actions.h - actions beside a running service: keys, configuration, plan of memory, backup, check. */
#ifndef LINCE_SERVE_ADMIN_ACTIONS_H
#define LINCE_SERVE_ADMIN_ACTIONS_H

#include "lince.h"

/* Returns the exit code. `operands` ends with NULL. */
int action_run(const char *action, char *const *flags, char *const *operands, enum lince_language language);

#endif
