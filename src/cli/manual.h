/* manual.h - the manual page of the program, from the declarations of its commands. */
#ifndef LINCE_CLI_MANUAL_H
#define LINCE_CLI_MANUAL_H

#include <stdio.h>

#include "cli/command.h"

/* Writes the commands of a table as lince.1: roff with the man macros, in `language`. Returns the exit code of the
 * program. */
int manual_print(const struct command *const *table, enum lince_language language, FILE *stream);

#endif
