/* help.c - `lince help`, and every command's --help. */
#include "cli/help.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "base/reason.h"
#include "base/utf8.h"
#include "cli/language.h"

enum { WIDTH_COLUMNS = 80, TERM_COLUMNS = 26, INDENT_COLUMNS = 2 };

const struct option_spec help_option = {
    .letter = 'h',
    .name = "help",
    .kind = OPTION_FLAG,
    .help = BILINGUAL("print this help", "muestra esta ayuda"),
};

/* Writes `text` in lines of WIDTH_COLUMNS, each from column `indent`; the first line already has `used` columns. */
static void wrapped(FILE *stream, const char *text, size_t indent, size_t used) {
    bool line_is_empty = true;
    while (*text != '\0') {
        size_t length = strcspn(text, " \n");
        size_t width = utf8_count(text, length);
        if (!line_is_empty && used + 1 + width > WIDTH_COLUMNS) {
            fputc('\n', stream);
            used = 0;
            line_is_empty = true;
        }
        if (line_is_empty) {
            fprintf(stream, "%*s", (int)(indent > used ? indent - used : 0), "");
            used = indent;
        } else {
            fputc(' ', stream);
            used++;
        }
        fwrite(text, 1, length, stream);
        used += width;
        line_is_empty = false;
        text += length;
        for (; *text == '\n'; text++) {
            fputc('\n', stream);
            used = 0;
            line_is_empty = true;
        }
        text += *text == ' ';
    }
    fputc('\n', stream);
}

static void row(FILE *stream, const char *term, const char *help) {
    size_t used = INDENT_COLUMNS + utf8_count(term, strlen(term));
    fprintf(stream, "%*s%s", INDENT_COLUMNS, "", term);
    if (used + 2 > TERM_COLUMNS) {
        fputc('\n', stream);
        used = 0;
    }
    wrapped(stream, help, TERM_COLUMNS, used);
}

void help_option_term(const struct option_spec *spec, enum lince_language language, char term[OPTION_TERM_BYTES]) {
    char letter[] = {'-', spec->letter, ',', ' ', '\0'};
    size_t used = (size_t)snprintf(term, OPTION_TERM_BYTES, "%s--%s", spec->letter != '\0' ? letter : "", spec->name);
    if (spec->kind == OPTION_CHOICE) {
        for (size_t i = 0; spec->choices[i] != NULL && used < OPTION_TERM_BYTES; i++) {
            char before = i == 0 ? ' ' : '|';
            used += (size_t)snprintf(term + used, OPTION_TERM_BYTES - used, "%c%s", before, spec->choices[i]);
        }
    } else if (spec->kind != OPTION_FLAG) {
        snprintf(term + used, OPTION_TERM_BYTES - used, " %s", spec->value.in[language]);
    }
}

static void option_row(FILE *stream, const struct option_spec *spec, enum lince_language language) {
    char term[OPTION_TERM_BYTES];
    help_option_term(spec, language, term);
    row(stream, term, spec->help.in[language]);
}

static void notes(FILE *stream, const char *title, const struct command_note *note, enum lince_language language) {
    if (note != NULL) {
        fprintf(stream, "\n%s\n", title);
        for (; note->term != NULL; note++) {
            row(stream, note->term, note->help.in[language]);
        }
    }
}

int help_print_command(const struct command *command, enum lince_language language) {
    FILE *stream = stdout;
    const char *operands = command->operands.in[language];
    fprintf(stream, "%s lince %s%s", in_language(language, "Usage:", "Uso:"), command->name,
            in_language(language, " [OPTION]...", " [OPCIÓN]..."));
    fprintf(stream, "%s%s\n\n", operands == NULL ? "" : " ", operands == NULL ? "" : operands);
    wrapped(stream, command->description.in[language], 0, 0);
    fprintf(stream, "\n%s\n", in_language(language, "Options:", "Opciones:"));
    for (const struct option_spec *spec = command->options; spec != NULL && spec->name != NULL; spec++) {
        option_row(stream, spec, language);
    }
    option_row(stream, &help_option, language);
    notes(stream, in_language(language, "Exit codes:", "Códigos de salida:"), command->exit_codes, language);
    notes(stream, in_language(language, "Examples:", "Ejemplos:"), command->examples, language);
    return help_finish(stream, language);
}

static void command_row(FILE *stream, const struct command *command, enum lince_language language) {
    if (!command->is_internal) {
        row(stream, command->name, command->summary.in[language]);
    }
}

static int commands_end(FILE *stream, enum lince_language language) {
    fprintf(stream, "\n%s\n",
            in_language(language, "Each has its own help: lince COMMAND --help",
                        "Cada uno tiene su ayuda: lince COMANDO --help"));
    return help_finish(stream, language);
}

int help_print_family(const struct command *const *table, const char *word, enum lince_language language,
                      FILE *stream) {
    size_t count = 0;
    for (size_t i = 0; table[i] != NULL; i++) {
        if (command_is_family(table[i], word)) {
            if (count++ == 0) {
                fprintf(stream, "%s\n", in_language(language, "Commands:", "Comandos:"));
            }
            command_row(stream, table[i], language);
        }
    }
    if (count == 0) {
        language_complain(language, "there is no command \"%s\"; see: lince --help",
                          "no existe el comando \"%s\"; vea: lince --help", word);
        return EXIT_CODE_USAGE;
    }
    return commands_end(stream, language);
}

int help_print_all(const struct command *const *table, enum lince_language language, FILE *stream) {
    fprintf(stream, "%s\n\n",
            in_language(language, "Usage: lince COMMAND [OPTION]...", "Uso: lince COMANDO [OPCIÓN]..."));
    wrapped(stream,
            in_language(language, "Lince reads the text of images inside a memory limit that you set.",
                        "Lince lee el texto de imágenes sin pasar del límite de memoria que usted fije."),
            0, 0);
    fprintf(stream, "\n%s\n", in_language(language, "Commands:", "Comandos:"));
    for (size_t i = 0; table[i] != NULL; i++) {
        command_row(stream, table[i], language);
    }
    return commands_end(stream, language);
}

int help_finish(FILE *stream, enum lince_language language) {
    if (fflush(stream) != 0 || ferror(stream)) {
        language_complain(language, "the output could not be written: %s", "no se pudo escribir la salida: %s",
                          reason_of(language, errno));
        return EXIT_CODE_OUTPUT;
    }
    return EXIT_CODE_OK;
}
