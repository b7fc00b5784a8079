/* show_command.c - `lince layouts list`, `show` and `check`: the layouts, their JSON, and what is wrong with one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/meter.h"
#include "cli/command.h"
#include "cli/language.h"
#include "fields/layouts/layout.h"

struct layouts_options {
    const char *folder;
};

static const struct layouts_options defaults = {NULL};

static const struct option_spec option_table[] = {
    {.name = "layouts",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct layouts_options, folder),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("a folder of your own layouts, *.json; by default $LINCE_LAYOUTS",
                       "una carpeta con plantillas propias, *.json; por defecto $LINCE_LAYOUTS")},
    {.name = NULL},
};

static const struct command_note exit_codes[] = {
    {"0", BILINGUAL("all is well", "todo está bien")},
    {"1", BILINGUAL("a layout is not valid or does not exist", "una plantilla no es válida o no existe")},
    {"2", BILINGUAL("the command line is wrong", "la línea de comandos está mal")},
    {"74", BILINGUAL("the output could not be written", "no se pudo escribir la salida")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static const char *folder_of(const struct invocation *invocation) {
    const struct layouts_options *options = invocation->options;
    return options->folder != NULL ? options->folder : getenv("LINCE_LAYOUTS");
}

static int output_end(const struct invocation *invocation, int code) {
    if (fflush(stdout) != 0) {
        language_complain(invocation->language, "the output could not be written", "no se pudo escribir la salida");
        return EXIT_CODE_OUTPUT;
    }
    return code;
}

/* Opens the set. Reports a failure and returns false. */
static bool set_open(const struct invocation *invocation, struct meter *meter, struct layout_set *set) {
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = invocation->language;
    meter_init(meter, NULL, "layouts", METER_NO_LIMIT);
    if (layout_set_open(meter, folder_of(invocation), set, &error) != LINCE_OK) {
        language_complain(invocation->language, "%s", "%s", error.message);
        return false;
    }
    return true;
}

static int run_list(const struct invocation *invocation) {
    struct meter meter;
    struct layout_set set;
    if (!set_open(invocation, &meter, &set)) {
        return EXIT_CODE_SOME_FAILED;
    }
    for (size_t i = 0; i < set.count; i++) {
        const struct layout *layout = &set.layouts[i];
        printf("%-16s %-10s %s\n", layout->name, layout->source, layout->title);
    }
    layout_set_close(&set);
    return output_end(invocation, EXIT_CODE_OK);
}

static int builtin_show(const char *name) {
    for (size_t i = 0; i < layout_builtin_count; i++) {
        if (strcmp(layout_builtin[i].name, name) == 0) {
            fwrite(layout_builtin[i].text, 1, layout_builtin[i].bytes, stdout);
            return EXIT_CODE_OK;
        }
    }
    return EXIT_CODE_SOME_FAILED;
}

static int file_show(const struct invocation *invocation, struct meter *meter, const char *path) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct file_bytes file = {0};
    error.language = invocation->language;
    if (file_read(path, meter, &file, &error) != LINCE_OK) {
        language_complain(invocation->language, "%s", "%s", error.message);
        return EXIT_CODE_SOME_FAILED;
    }
    fwrite(file.bytes, 1, file.count, stdout);
    meter_free(file.bytes);
    return EXIT_CODE_OK;
}

static int run_show(const struct invocation *invocation) {
    struct meter meter;
    struct layout_set set;
    if (invocation->operand_count != 1) {
        language_complain(invocation->language, "name one layout; `lince layouts list` shows all of them",
                          "indique una plantilla; `lince layouts list` las muestra todas");
        return EXIT_CODE_USAGE;
    }
    if (!set_open(invocation, &meter, &set)) {
        return EXIT_CODE_SOME_FAILED;
    }
    const struct layout *layout = layout_set_find(&set, invocation->operands[0]);
    int code = EXIT_CODE_SOME_FAILED;
    if (layout == NULL) {
        language_complain(invocation->language, "there is no layout \"%s\"; `lince layouts list` shows all of them",
                          "no existe la plantilla \"%s\"; `lince layouts list` las muestra todas",
                          invocation->operands[0]);
    } else if (strcmp(layout->source, "built-in") == 0) {
        code = builtin_show(layout->name);
    } else {
        code = file_show(invocation, &meter, layout->source);
    }
    layout_set_close(&set);
    return output_end(invocation, code);
}

static int run_check(const struct invocation *invocation) {
    struct meter meter;
    struct lince_error error = LINCE_ERROR_INIT;
    int code = EXIT_CODE_OK;
    error.language = invocation->language;
    if (invocation->operand_count == 0) {
        language_complain(invocation->language, "name the files to check",
                          "indique los archivos que hay que comprobar");
        return EXIT_CODE_USAGE;
    }
    meter_init(&meter, NULL, "check", METER_NO_LIMIT);
    for (int i = 0; i < invocation->operand_count; i++) {
        if (layout_check(&meter, folder_of(invocation), invocation->operands[i], &error) != LINCE_OK) {
            language_complain(invocation->language, "%s", "%s", error.message);
            code = EXIT_CODE_SOME_FAILED;
        }
    }
    return code;
}

static const struct command_note list_examples[] = {
    {"lince layouts list --layouts ~/layouts",
     BILINGUAL("the built-in layouts and those of a folder", "las plantillas incluidas y las de una carpeta")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static const struct command_note show_examples[] = {
    {"lince layouts show bdv > mine.json",
     BILINGUAL("start your own layout from a built-in one", "empieza una plantilla propia desde una incluida")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static const struct command_note check_examples[] = {
    {"lince layouts check mine.json",
     BILINGUAL("errors come as FILE:LINE:COLUMN: reason", "los errores salen como ARCHIVO:LÍNEA:COLUMNA: motivo")},
    {NULL, BILINGUAL(NULL, NULL)},
};

const struct command command_layouts_list = {
    .name = "layouts list",
    .summary = BILINGUAL("list the layouts of receipts", "lista las plantillas de recibos"),
    .description = BILINGUAL("Lists the layouts by name, with their source and title.",
                             "Lista las plantillas por nombre, con su origen y su título."),
    .options = option_table,
    .options_bytes = sizeof(struct layouts_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = list_examples,
    .run = run_list,
};

const struct command command_layouts_show = {
    .name = "layouts show",
    .summary = BILINGUAL("print a layout as JSON", "escribe una plantilla en JSON"),
    .operands = BILINGUAL("NAME", "NOMBRE"),
    .description =
        BILINGUAL("Prints the JSON of a layout, built-in or from your own folder, as it was written.",
                  "Muestra el JSON de una plantilla, incluida o de una carpeta propia, tal como se escribió."),
    .options = option_table,
    .options_bytes = sizeof(struct layouts_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = show_examples,
    .run = run_show,
};

const struct command command_layouts_check = {
    .name = "layouts check",
    .summary = BILINGUAL("check layout files", "comprueba archivos de plantillas"),
    .operands = BILINGUAL("FILE.json ...", "ARCHIVO.json ..."),
    .description = BILINGUAL("Checks each file: its JSON, its members, its patterns and the layout that it extends. "
                             "Errors have line and column. Prints nothing if all is well.",
                             "Comprueba cada archivo: su JSON, sus miembros, sus patrones y la plantilla que amplía. "
                             "Los errores traen línea y columna. No escribe nada si todo está bien."),
    .options = option_table,
    .options_bytes = sizeof(struct layouts_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = check_examples,
    .run = run_check,
};
