/* manual.h - the manual page of the program, from the declarations of its commands. */
#ifndef LINCE_CLI_MANUAL_H
#define LINCE_CLI_MANUAL_H

#include <stdio.h>

#include "lince.h"

/* Writes lince.1 as roff with the man macros, in `language`. Returns the exit code of the program. */
int manual_print(enum lince_language language, FILE *stream);

#endif
