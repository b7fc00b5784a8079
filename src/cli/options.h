/* options.h - from argv to a command's struct of options, by its table. */
#ifndef LINCE_CLI_OPTIONS_H
#define LINCE_CLI_OPTIONS_H

#include <stdbool.h>

#include "cli/command.h"

enum { OPTIONS_LIMIT = 64 }; /* options that one command may have */

enum options_result { OPTIONS_PARSED, OPTIONS_HELP_WANTED, OPTIONS_WRONG };

/*
 * Parses argv[1..] after `invocation->command` and `language` are set; fills `options` (of the command's
 * options_bytes, already the defaults) and the operands. What is wrong is told on standard error. Every command has
 * -h and --help without naming them.
 */
enum options_result options_parse(struct invocation *invocation, int argc, char **argv);

#endif
