/* settings_command.c - `lince memory settings`: every setting with its value, source and meaning. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/system.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/engine_options.h"
#include "cli/help.h"
#include "cli/language.h"

extern const struct command command_serve, command_config;

/* Environment variables that the program reads. */
static const struct {
    const char *name;
    struct bilingual help;
} variables[] = {
    {"LINCE_MODELS", BILINGUAL("folder of the models", "carpeta de los modelos")},
    {"LINCE_CONFIG", BILINGUAL("configuration file", "archivo de configuración")},
    {"LINCE_LAYOUTS", BILINGUAL("folder of your own layouts", "carpeta de plantillas propias")},
    {"LINCE_REVIEW", BILINGUAL("confidence below which a person should check a value",
                               "confianza por debajo de la cual una persona debe revisar un valor")},
    {"LINCE_FONT", BILINGUAL("font of the pictures of --boxes", "fuente para las imágenes de --boxes")},
    {"LINCE_LANG", BILINGUAL("language of messages: en or es", "idioma de los mensajes: en o es")},
    {"NO_COLOR", BILINGUAL("no colours on a terminal", "sin colores en la terminal")},
};

/* Pads to at least `width` columns; printf would count the bytes of UTF-8. */
static void column_print(const char *text, size_t width) {
    size_t columns = utf8_count(text, UTF8_TO_THE_END);
    printf("%s%*s ", text, (int)(width > columns ? width - columns : 0), "");
}

static void setting_print(const char *name, const char *value, const char *source, const char *help) {
    column_print(name, 34);
    column_print(value, 14);
    column_print(source, 12);
    puts(help);
}

/* The engine's settings: those of `lince read` without flags. */
static enum lince_status engine_print(enum lince_language language) {
    static const struct engine_texts no_flags;
    struct lince_error error = LINCE_ERROR_INIT;
    struct settings settings;
    error.language = language;
    if (engine_options_load(&no_flags, &settings, &error) != LINCE_OK) {
        language_complain(language, "%s", "%s", error.message);
        return error.status;
    }
    for (int i = SETTING_FIRST_OF_ENGINE; i < SETTING_COUNT_OF_ALL; i++) {
        setting_print(setting_specs[i].name, settings.of[i].text, setting_source_name(settings.of[i].source, language),
                      setting_specs[i].help[language]);
    }
    setting_print("runtime-allocator", "lince", in_language(language, "fixed", "fijo"),
                  in_language(language,
                              "every block comes from a heap on a meter, which refuses requests over the limit",
                              "cada bloque sale de un montón con medidor, que rechaza lo que pase del límite"));
    settings_free(&settings);
    return LINCE_OK;
}

static void value_text(const struct option_spec *spec, const void *defaults, char text[32]) {
    const void *place = (const char *)defaults + spec->offset;
    switch (spec->kind) {
    case OPTION_FLAG:
        snprintf(text, 32, "%s", *(const bool *)place ? "on" : "off");
        break;
    case OPTION_TEXT:
    case OPTION_TEXTS:
        snprintf(text, 32, "%.31s", *(const char *const *)place == NULL ? "-" : *(const char *const *)place);
        break;
    case OPTION_COUNT:
        snprintf(text, 32, *(const uint32_t *)place == 0 ? "-" : "%u", *(const uint32_t *)place);
        break;
    case OPTION_PERCENT:
        snprintf(text, 32, "%u%%", *(const uint32_t *)place);
        break;
    case OPTION_SIZE:
        /* "-": depends on other options */
        snprintf(text, 32, "%s",
                 *(const uint64_t *)place == UINT64_MAX ? "-" : size_for_people(*(const uint64_t *)place).text);
        break;
    case OPTION_CHOICE: {
        uint32_t choice = *(const uint32_t *)place, count = 0;
        while (spec->choices[count] != NULL) {
            count++;
        }
        snprintf(text, 32, "%s", choice < count ? spec->choices[choice] : "-"); /* "-": depends on other options */
        break;
    }
    }
}

/* Whether the option was already printed as a setting, with its default value. `config` has those of the service. */
static bool is_setting(const struct command *command, const struct option_spec *spec) {
    int first = command == &command_serve || command == &command_config ? 0 : SETTING_FIRST_OF_ENGINE;
    for (int i = first; i < SETTING_COUNT_OF_ALL; i++) {
        if (strcmp(spec->name, setting_specs[i].name) == 0) {
            return true;
        }
    }
    return false;
}

static void options_print(const struct command *const *table, enum lince_language language) {
    for (size_t c = 0; table[c] != NULL; c++) {
        const struct option_spec *spec = table[c]->is_internal ? NULL : table[c]->options;
        for (; spec != NULL && spec->name != NULL; spec++) {
            if (is_setting(table[c], spec)) {
                continue;
            }
            char name[64], value[32];
            snprintf(name, sizeof name, "%s --%s", table[c]->name, spec->name);
            value_text(spec, table[c]->options_default, value);
            setting_print(name, value, in_language(language, "default", "por defecto"), spec->help.in[language]);
        }
    }
}

static int run(const struct invocation *invocation) {
    enum lince_language language = invocation->language;
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i].name);
        setting_print(variables[i].name, value == NULL ? "-" : value,
                      value == NULL ? in_language(language, "not set", "sin valor")
                                    : in_language(language, "environment", "entorno"),
                      variables[i].help.in[language]);
    }
    uint64_t container = container_limit_bytes();
    setting_print("container.memory", container == 0 ? "-" : size_for_people(container).text,
                  in_language(language, "system", "sistema"),
                  in_language(language, "memory limit of the container; less a margin, it counts besides --memory",
                              "límite de memoria del contenedor; menos un margen, cuenta junto a --memory"));
    if (engine_print(language) != LINCE_OK) {
        return EXIT_CODE_USAGE;
    }
    options_print(invocation->commands, language);
    return help_finish(stdout, language);
}

const struct command command_memory_settings = {
    .name = "memory settings",
    .summary =
        BILINGUAL("show every setting with its value and source", "muestra cada ajuste con su valor y su origen"),
    .description = BILINGUAL(
        "Prints a line for each setting: name, value, source and meaning. The engine's settings are those that `lince "
        "read` finds in the environment and in the file named by $LINCE_CONFIG; `lince config` prints those of the "
        "service.",
        "Muestra una línea por ajuste: nombre, valor, origen y significado. Los del motor son los que `lince read` "
        "encuentra en el entorno y en el archivo de $LINCE_CONFIG; `lince config` muestra los del servicio."),
    .run = run,
};
