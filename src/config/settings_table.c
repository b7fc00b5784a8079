/* settings_table.c - the table of settings as data, for the service and the program's help. */
#include "config/settings.h"

const struct setting_spec setting_specs[SETTING_COUNT_OF_ALL] = {
#define SPEC(identifier, name, kind, built_in, unit_en, unit_es, help_en, help_es)                                     \
    {name, SETTING_##kind, built_in, {unit_en, unit_es}, {help_en, help_es}},
    SETTINGS(SPEC)
#undef SPEC
};
