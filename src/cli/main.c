/* main.c - finds the requested command and runs it. */
#include <stdlib.h>
#include <string.h>

#include "base/json_memory.h"
#include "base/meter.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/language.h"
#include "cli/options.h"
#include "cli/process.h"

static int command_run(const struct command *command, enum lince_language language, int argc, char **argv) {
    struct invocation invocation = {.command = command, .commands = commands, .language = language};
    if (command->options_bytes > 0) {
        invocation.options = malloc(command->options_bytes);
        if (invocation.options == NULL) {
            language_complain(language, "out of memory", "memoria agotada");
            return EXIT_CODE_MEMORY;
        }
        memcpy(invocation.options, command->options_default, command->options_bytes);
    }
    int exit_code = EXIT_CODE_USAGE;
    switch (options_parse(&invocation, argc, argv)) {
    case OPTIONS_PARSED:
        exit_code = command->run(&invocation);
        break;
    case OPTIONS_HELP_WANTED:
        exit_code = help_print_command(command, language);
        break;
    case OPTIONS_WRONG:
        break;
    }
    free(invocation.options);
    return exit_code;
}

int main(int argc, char **argv) {
    process_prepare();
    static struct meter json; /* for documents of commands without a meter of their own */
    meter_init(&json, NULL, "json", METER_NO_LIMIT);
    json_memory_install(&json);
    enum lince_language language = language_of_environment();
    const char *called = argc > 0 ? strrchr(argv[0], '/') : NULL;
    called = called != NULL ? called + 1 : argc > 0 ? argv[0] : "";
    if (strcmp(called, "tesseract") == 0) { /* by a link of that name */
        int no_words = 0;
        char *words[] = {argv[0] + strlen(argv[0]) - strlen(called), NULL};
        return command_run(command_find(commands, words, 1, &no_words), language, argc, argv);
    }
    if (argc < 2) {
        help_print_all(commands, language, stderr);
        return EXIT_CODE_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        return help_print_all(commands, language, stdout);
    }
    if (strcmp(argv[1], "--version") == 0) {
        argv[1] += strlen("--");
    }
    int word_count = 0;
    const struct command *command = command_find(commands, argv + 1, argc - 1, &word_count);
    if (command == NULL) {
        bool help_is_wanted = argc > 2 && (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0);
        int code = help_print_family(commands, argv[1], language, help_is_wanted ? stdout : stderr);
        return help_is_wanted ? code : EXIT_CODE_USAGE;
    }
    return command_run(command, language, argc - word_count, argv + word_count);
}
