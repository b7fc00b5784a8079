/* read_usage.h - checks that the options of `lince read` go together. */
#ifndef LINCE_CLI_READ_READ_USAGE_H
#define LINCE_CLI_READ_READ_USAGE_H

#include <stdbool.h>

#include "cli/command.h"

/* Chooses the form of the output where none was named. Complains on standard error and gives false where options clash.
 */
bool read_usage_is_right(const struct invocation *invocation);

#endif
