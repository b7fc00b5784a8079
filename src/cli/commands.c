/* commands.c - the table of all commands. */
#include <string.h>

#include "cli/command.h"

extern const struct command command_read, command_fields, command_layouts_list, command_layouts_show,
    command_layouts_check, command_layouts_test, command_layouts_new, command_layouts_explain, command_learn,
    command_serve, command_keys_create, command_keys_list, command_keys_revoke, command_backup, command_restore,
    command_check, command_store_copy, command_parties_list, command_parties_erase, command_memory_plan,
    command_memory_report, command_memory_diff, command_memory_watch, command_memory_settings, command_config,
    command_doctor, command_tesseract, command_worker, command_decoder, command_version, command_help;

const struct command *const commands[] = {
    &command_read,          &command_fields,       &command_layouts_list,  &command_layouts_show,
    &command_layouts_check, &command_layouts_test, &command_layouts_new,   &command_layouts_explain,
    &command_learn,         &command_serve,        &command_keys_create,   &command_keys_list,
    &command_keys_revoke,   &command_backup,       &command_restore,       &command_check,
    &command_store_copy,    &command_parties_list, &command_parties_erase, &command_memory_plan,
    &command_memory_report, &command_memory_diff,  &command_memory_watch,  &command_memory_settings,
    &command_config,        &command_doctor,       &command_tesseract,     &command_worker,
    &command_decoder,       &command_version,      &command_help,          NULL};

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

const struct command *command_find(char *const *argv, int argc, int *word_count) {
    for (size_t i = 0; commands[i] != NULL; i++) {
        int count = words_matched(commands[i]->name, argv, argc);
        if (count > 0) {
            *word_count = count;
            return commands[i];
        }
    }
    return NULL;
}
