/*
 * engine_options.h - the engine's settings as options of a command: flags override the environment, which overrides the
 * configuration file, as in the service.
 */
#ifndef LINCE_CLI_ENGINE_OPTIONS_H
#define LINCE_CLI_ENGINE_OPTIONS_H

#include "cli/command.h"
#include "config/settings.h"

/* The settings on the command line: a member of the command's struct of options. */
struct engine_texts {
    const char *texts[SETTING_COUNT_OF_ENGINE]; /* NULL: not given */
    const char *config;
};

/*
 * A row of a command's table of options for a row of ENGINE_SETTINGS. `base` is the offset of the struct engine_texts.
 */
#define ENGINE_OPTION(base, identifier, dashed, setting_kind, built_in, unit_en, unit_es, help_en, help_es)            \
    {.name = (dashed),                                                                                                 \
     .kind = OPTION_TEXT,                                                                                              \
     .offset = (base) + (SETTING_##identifier - SETTING_FIRST_OF_ENGINE) * sizeof(const char *),                       \
     .value = BILINGUAL(unit_en, unit_es),                                                                             \
     .help = BILINGUAL(help_en "; " built_in " by default", help_es "; por defecto " built_in)},

/* The option that names the configuration file; `place` is its offset. */
#define CONFIG_OPTION(place)                                                                                           \
    {                                                                                                                  \
        .name = "config", .kind = OPTION_TEXT, .offset = (place), .value = BILINGUAL("FILE", "ARCHIVO"),               \
        .help = BILINGUAL("configuration file: lines of name = value; by default $LINCE_CONFIG",                       \
                          "archivo de configuración: líneas nombre = valor; por defecto $LINCE_CONFIG")                \
    }

/* Gives the settings for `lince read` and similar commands; free them with settings_free. ARGUMENT as settings_load. */
enum lince_status engine_options_load(const struct engine_texts *texts, struct settings *settings,
                                      struct lince_error *error);

#endif
