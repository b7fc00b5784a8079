/* help.h - prints a command's declaration as help on the terminal. */
#ifndef LINCE_CLI_HELP_H
#define LINCE_CLI_HELP_H

#include <stdio.h>

#include "cli/command.h"

/* Both return the exit code of the program. */
int help_print_command(const struct command *command, enum lince_language language);
/*
 * Prints the commands of a table whose first word is `word`, such as "memory". If there are none, complains and returns
 * USAGE.
 */
int help_print_family(const struct command *const *table, const char *word, enum lince_language language, FILE *stream);

int help_print_all(const struct command *const *table, enum lince_language language, FILE *stream);

/* Flushes. EXIT_CODE_OUTPUT, with a message, if something could not be written. */
int help_finish(FILE *stream, enum lince_language language);

/* "-o, --output FILE": an option as written in the help and the manual. */
enum { OPTION_TERM_BYTES = 256 };
void help_option_term(const struct option_spec *spec, enum lince_language language, char term[OPTION_TERM_BYTES]);

/* The text of the option `--help`, which every command has. */
extern const struct option_spec help_option;

#endif
