/* version_command.c - `lince version`. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/help.h"

static int run(const struct invocation *invocation) {
    printf("lince %s\n", lince_version());
    return help_finish(stdout, invocation->language);
}

const struct command command_version = {
    .name = "version",
    .summary = BILINGUAL("print the version", "muestra la versión"),
    .description = BILINGUAL("Prints the version of the program, which is that of its library.",
                             "Muestra la versión del programa, que es la de su biblioteca."),
    .run = run,
};
