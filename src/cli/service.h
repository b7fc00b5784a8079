/* service.h - turns this process into the service program. */
#ifndef LINCE_CLI_SERVICE_H
#define LINCE_CLI_SERVICE_H

#include "cli/command.h"

/*
 * Becomes the service program, doing `action` with the options (struct serve_options) and operands of `invocation` and
 * `more` (pairs of name and value, a NULL value left out, ending with a NULL; may be NULL). Returns only on a failure.
 */
int service_become(const struct invocation *invocation, const char *action, const char *const *more);

#endif
