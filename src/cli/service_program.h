/* service_program.h - replaces this process by the service program. */
#ifndef LINCE_CLI_SERVICE_PROGRAM_H
#define LINCE_CLI_SERVICE_PROGRAM_H

#include "cli/command.h"

/*
 * Executes the service program for `action` with the options (struct serve_options) and operands of `invocation` and
 * with `more`: pairs of name and value, ending with NULL, where a NULL value is left out; `more` may be NULL. Returns
 * only after a failure.
 */
int service_become(const struct invocation *invocation, const char *action, const char *const *more);

#endif
