/* help_command.c - `lince help`: for the program, a family or one command, or as a manual page. */
#include <stdbool.h>

#include "cli/help.h"
#include "cli/manual.h"

struct help_options {
    bool man;
};

static int run(const struct invocation *invocation) {
    const struct help_options *options = invocation->options;
    if (options->man) {
        return manual_print(invocation->commands, invocation->language, stdout);
    }
    if (invocation->operand_count == 0) {
        return help_print_all(invocation->commands, invocation->language, stdout);
    }
    int word_count = 0;
    const struct command *command =
        command_find(invocation->commands, invocation->operands, invocation->operand_count, &word_count);
    return command == NULL
               ? help_print_family(invocation->commands, invocation->operands[0], invocation->language, stdout)
               : help_print_command(command, invocation->language);
}

const struct command command_help = {
    .name = "help",
    .summary = BILINGUAL("explain a command", "explica un comando"),
    .operands = BILINGUAL("[COMMAND]", "[COMANDO]"),
    .description =
        BILINGUAL("Explains the program or one of its commands.", "Explica el programa o uno de sus comandos."),
    .options =
        (const struct option_spec[]){
            {.name = "man",
             .kind = OPTION_FLAG,
             .offset = offsetof(struct help_options, man),
             .help = BILINGUAL("print the manual page of the whole program, for man(1)",
                               "escribe la página de manual de todo el programa, para man(1)")},
            {.name = NULL},
        },
    .options_bytes = sizeof(struct help_options),
    .options_default = &(const struct help_options){.man = false},
    .run = run,
};
