/* manual.c - writes the table of commands as roff. */
#include "cli/manual.h"

#include <stdbool.h>

#include "base/error.h"
#include "cli/command.h"
#include "cli/help.h"

/* Escapes text for roff: dashes stay dashes, and no line begins with a request. */
static void roff_text(FILE *stream, const char *text) {
    bool line_start = true;
    for (; *text != '\0'; text++) {
        if (line_start && (*text == '.' || *text == '\'')) {
            fputs("\\&", stream);
        }
        line_start = *text == '\n';
        if (*text == '-') {
            fputs("\\-", stream);
        } else if (*text == '\\') {
            fputs("\\e", stream);
        } else if (line_start && text[1] == '\n') {
            fputs("\n.PP\n", stream);
            text++;
        } else {
            fputc(*text, stream);
        }
    }
    fputc('\n', stream);
}

static void roff_term(FILE *stream, const char *term) {
    fputs(".TP\n.B ", stream);
    roff_text(stream, term);
}

static void option_entry(FILE *stream, const struct option_spec *spec, enum lince_language language) {
    char term[OPTION_TERM_BYTES];
    help_option_term(spec, language, term);
    roff_term(stream, term);
    roff_text(stream, spec->help.in[language]);
}

static void notes_entry(FILE *stream, const char *title, const struct command_note *note,
                        enum lince_language language) {
    if (note == NULL) {
        return;
    }
    fprintf(stream, ".PP\n%s\n", title);
    for (; note->term != NULL; note++) {
        roff_term(stream, note->term);
        roff_text(stream, note->help.in[language]);
    }
}

static void command_section(FILE *stream, const struct command *command, enum lince_language language) {
    const char *operands = command->operands.in[language];
    fputs(".SS ", stream);
    fprintf(stream, "\"lince %s", command->name);
    fprintf(stream, "%s%s%s\"\n", in_language(language, " [OPTION]...", " [OPCIÓN]..."), operands == NULL ? "" : " ",
            operands == NULL ? "" : operands);
    roff_text(stream, command->description.in[language]);
    for (const struct option_spec *spec = command->options; spec != NULL && spec->name != NULL; spec++) {
        option_entry(stream, spec, language);
    }
    option_entry(stream, &help_option, language);
    notes_entry(stream, in_language(language, "Exit codes:", "Códigos de salida:"), command->exit_codes, language);
    notes_entry(stream, in_language(language, "Examples:", "Ejemplos:"), command->examples, language);
}

static void environment_section(FILE *stream, enum lince_language language) {
    static const struct command_note variables[] = {
        {"LINCE_MODELS",
         BILINGUAL("Folder of the models, if --models is not given.", "Carpeta de los modelos, si no se da --models.")},
        {"LINCE_CONFIG",
         BILINGUAL("Configuration file, if --config is not given.", "Archivo de configuración, si no se da --config.")},
        {"LINCE_LAYOUTS", BILINGUAL("Folder of your own layouts, if --layouts is not given.",
                                    "Carpeta de plantillas propias, si no se da --layouts.")},
        {"LINCE_FONT",
         BILINGUAL("Font file for the pictures of --boxes.", "Archivo de fuente para las imágenes de --boxes.")},
        {"LINCE_SETTING", BILINGUAL("Any setting of a configuration file, its name in capitals with _ for -: "
                                    "LINCE_MODEL, LINCE_RUNTIME_SPINNING; an option overrides it.",
                                    "Cualquier ajuste de un archivo de configuración, con su nombre en mayúsculas y _ "
                                    "en lugar de -: LINCE_MODEL, LINCE_RUNTIME_SPINNING; una opción tiene prioridad.")},
        {"LINCE_LANG, LC_ALL, LC_MESSAGES, LANG",
         BILINGUAL("The first that is set chooses the language of messages: Spanish when it begins with \"es\", "
                   "otherwise English.",
                   "La primera que tenga valor elige el idioma de los mensajes: español si empieza por \"es\", "
                   "si no inglés.")},
        {"NO_COLOR", BILINGUAL("If set and not empty, no colours.", "Si tiene valor, no se usan colores.")},
        {NULL, BILINGUAL(NULL, NULL)},
    };
    fprintf(stream, ".SH %s\n", in_language(language, "ENVIRONMENT", "ENTORNO"));
    for (const struct command_note *variable = variables; variable->term != NULL; variable++) {
        roff_term(stream, variable->term);
        roff_text(stream, variable->help.in[language]);
    }
}

int manual_print(const struct command *const *table, enum lince_language language, FILE *stream) {
    fprintf(stream, ".TH LINCE 1 \"\" \"lince %s\"\n", lince_version());
    fprintf(stream, ".SH %s\nlince \\- ", in_language(language, "NAME", "NOMBRE"));
    roff_text(stream, in_language(language, "read the text of images inside a memory limit",
                                  "lee el texto de imágenes dentro de un límite de memoria"));
    fprintf(stream, ".SH %s\n.B lince\n", in_language(language, "SYNOPSIS", "SINOPSIS"));
    roff_text(stream, in_language(language, "COMMAND [OPTION]...", "COMANDO [OPCIÓN]..."));
    fprintf(stream, ".SH %s\n", in_language(language, "COMMANDS", "COMANDOS"));
    for (size_t i = 0; table[i] != NULL; i++) {
        if (!table[i]->is_internal) {
            command_section(stream, table[i], language);
        }
    }
    environment_section(stream, language);
    return help_finish(stream, language);
}
