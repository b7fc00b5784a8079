/* command.c - finds a command by its name. */
#include "cli/command.h"

#include <string.h>

/* How many words `name` has, if argv starts with all of them; otherwise 0. */
static int words_matched(const char *name, char *const *argv, int argc) {
    int count = 0;
    for (;;) {
        size_t length = strcspn(name, " ");
        if (count >= argc || strlen(argv[count]) != length || strncmp(argv[count], name, length) != 0) {
            return 0;
        }
        count++;
        if (name[length] == '\0') {
            return count;
        }
        name += length + 1;
    }
}

bool command_is_family(const struct command *command, const char *word) {
    size_t length = strlen(word);
    return strncmp(command->name, word, length) == 0 && command->name[length] == ' ';
}

const struct command *command_find(const struct command *const *table, char *const *argv, int argc, int *word_count) {
    for (size_t i = 0; table[i] != NULL; i++) {
        int count = words_matched(table[i]->name, argv, argc);
        if (count > 0) {
            *word_count = count;
            return table[i];
        }
    }
    return NULL;
}
