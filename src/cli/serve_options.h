/* serve_options.h - the options of the service's commands: every setting as a text, which the service checks. */
#ifndef LINCE_CLI_SERVE_OPTIONS_H
#define LINCE_CLI_SERVE_OPTIONS_H

#include "cli/command.h"
#include "cli/engine_options.h"
#include "config/settings.h"

struct serve_options {
    const char *texts[SETTING_COUNT_OF_ALL]; /* NULL: not given */
    const char *config;
    const char *name, *scopes, *expires; /* of a key */
    const char *from_images, *to_images; /* of a copy of a store */
};

/* A row of the table of options for a row of SETTINGS. */
#define SERVE_SETTING_OPTION(identifier, dashed, setting_kind, built_in, unit_en, unit_es, help_en, help_es)           \
    {.name = (dashed),                                                                                                 \
     .kind = OPTION_TEXT,                                                                                              \
     .offset = offsetof(struct serve_options, texts) + SETTING_##identifier * sizeof(const char *),                    \
     .value = BILINGUAL(unit_en, unit_es),                                                                             \
     .help = BILINGUAL(help_en, help_es)},

/* Every command of the service has it. */
#define SERVE_CONFIG_OPTION CONFIG_OPTION(offsetof(struct serve_options, config))

#endif
