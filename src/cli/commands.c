/* commands.c - the table of all commands. */
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
