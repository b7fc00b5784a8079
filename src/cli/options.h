/* options.h - fills a command's struct of options from argv, by the command's table. */
#ifndef LINCE_CLI_OPTIONS_H
#define LINCE_CLI_OPTIONS_H

#include <stdbool.h>

#include "cli/command.h"

enum { OPTIONS_LIMIT = 64 }; /* most options of one command */

enum options_result { OPTIONS_PARSED, OPTIONS_HELP_WANTED, OPTIONS_WRONG };

/*
 * Parses argv[1..]; `invocation->command` and `language` must be set. Fills in `options` (options_bytes of the command,
 * already with the defaults) and the operands. Reports errors on standard error. Every command has -h and --help
 * without declaring them.
 */
enum options_result options_parse(struct invocation *invocation, int argc, char **argv);

#endif
