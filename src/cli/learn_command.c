/* learn_command.c - `lince learn`: layouts from pages whose right values are known, of files or of a service's folder.
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_memory.h"
#include "base/meter.h"
#include "base/reason.h"
#include "cli/command.h"
#include "cli/language.h"
#include "cli/serve_options.h"
#include "cli/service_program.h"
#include "fields/learn/kept.h"
#include "fields/learn/learn.h"
#include "fields/learn/learn_text.h"

struct learn_options {
    struct serve_options serve; /* the folder of a service: its flags go to the service's program */
    const char *folder, *accept, *undo;
    bool accept_safe, json;
};

static const struct learn_options defaults;

static const struct option_spec option_table[] = {
    {.name = "data",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct learn_options, serve.texts) + SETTING_data * sizeof(const char *),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("without FILE: folder of the service whose corrections are learned from",
                       "sin ARCHIVO: carpeta del servicio de cuyas correcciones se aprende")},
    {.name = "layouts",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct learn_options, folder),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("with FILE: folder of layouts, where accepted ones are written; by default $LINCE_LAYOUTS",
                       "con ARCHIVO: carpeta de plantillas, en la que se escriben las aceptadas; por defecto "
                       "$LINCE_LAYOUTS")},
    {.name = "accept",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct learn_options, accept),
     .value = BILINGUAL("NAME,...", "NOMBRE,..."),
     .help = BILINGUAL("keep these of the proposed layouts", "guarda estas de las plantillas propuestas")},
    {.name = "accept-safe",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct learn_options, accept_safe),
     .help = BILINGUAL("keep all that make nothing worse", "guarda todas las que no empeoran nada")},
    {.name = "undo",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct learn_options, undo),
     .value = BILINGUAL("NAME", "NOMBRE"),
     .help = BILINGUAL("undo a learned layout: restore the one that it replaced, or remove it",
                       "deshace una plantilla aprendida: restaura la que reemplazó, o la elimina")},
    {.name = "json",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct learn_options, json),
     .help = BILINGUAL("the proposals whole, with their layouts, as JSON",
                       "las propuestas enteras, con sus plantillas, como JSON")},
    {.name = NULL},
};

static const struct command_note exit_codes[] = {
    {"0", BILINGUAL("proposals were made, or there is nothing to learn", "hay propuestas, o no hay nada que aprender")},
    {"1", BILINGUAL("a file could not be read, or a name is not among the proposals",
                    "no se pudo leer un archivo, o un nombre no está entre las propuestas")},
    {"2", BILINGUAL("the command line is wrong", "la línea de comandos está mal")},
    {"74", BILINGUAL("a layout could not be written", "no se pudo escribir una plantilla")},
    {"75", BILINGUAL("something did not fit in the memory limit", "algo no cupo en el límite de memoria")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static const struct command_note examples[] = {
    {"lince learn --data kept/", BILINGUAL("what the corrections in a service's folder would change",
                                           "qué cambiarían las correcciones que hay en la carpeta de un servicio")},
    {"lince learn --data kept/ --accept-safe",
     BILINGUAL("and keep what makes nothing worse", "y guarda lo que no empeora nada")},
    {"lince learn --layouts ~/layouts --accept banco-aurora corrected.ndjson",
     BILINGUAL("from pages with \"right\" values, without a service",
               "de páginas con valores \"right\", sin servicio")},
    {NULL, BILINGUAL(NULL, NULL)},
};

/* The pages of the files, one per line: those of `lince read`, with the right values if known: "right": {...}. */
struct pages {
    json_t *trees;
    struct learn_document *documents;
    size_t count;
};

static bool file_read(const struct invocation *invocation, const char *name, json_t *trees) {
    FILE *stream = strcmp(name, "-") == 0 ? stdin : fopen(name, "re");
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t bytes;
    bool good = stream != NULL;
    if (!good) {
        language_complain(invocation->language, "%s: %s", "%s: %s", name, reason_of(invocation->language, errno));
        return false;
    }
    while (good && (bytes = getline(&line, &room, stream)) > 0) {
        json_error_t where;
        json_t *tree = json_memory_load(line, (size_t)bytes, JSON_DISABLE_EOF_CHECK, &where);
        number++;
        good = json_is_object(tree) && json_array_append_new(trees, tree) == 0;
        if (!good) {
            language_complain(invocation->language, "%s, line %zu: not a page", "%s, línea %zu: no es una página", name,
                              number);
        }
    }
    free(line);
    if (stream != stdin) {
        fclose(stream);
    }
    return good;
}

static bool pages_read(const struct invocation *invocation, struct pages *pages) {
    pages->trees = json_array();
    for (int i = 0; i < invocation->operand_count; i++) {
        if (!file_read(invocation, invocation->operands[i], pages->trees)) {
            return false;
        }
    }
    pages->count = json_array_size(pages->trees);
    pages->documents = calloc(pages->count + 1, sizeof *pages->documents);
    for (size_t i = 0; i < pages->count && pages->documents != NULL; i++) {
        const json_t *tree = json_array_get(pages->trees, i);
        const char *file = json_string_value(json_object_get(tree, "file"));
        pages->documents[i] = (struct learn_document){file == NULL ? "" : file, tree, json_object_get(tree, "right")};
    }
    return pages->documents != NULL;
}

static int status_code(enum lince_status status) {
    return status == LINCE_ERROR_MEMORY_LIMIT ? EXIT_CODE_MEMORY
           : status == LINCE_ERROR_WRITE      ? EXIT_CODE_OUTPUT
                                              : EXIT_CODE_SOME_FAILED;
}

static int learn_files(const struct invocation *invocation, const char *folder) {
    const struct learn_options *options = invocation->options;
    struct learn_choice choice = {options->accept, options->accept_safe};
    struct lince_error error = LINCE_ERROR_INIT;
    struct pages pages = {0};
    struct meter meter;
    json_t *proposals = NULL;
    error.language = invocation->language;
    meter_init(&meter, NULL, "learn", METER_NO_LIMIT);
    int code = pages_read(invocation, &pages) ? EXIT_CODE_OK : EXIT_CODE_SOME_FAILED;
    if (code == EXIT_CODE_OK) {
        const struct learn_folders folders = {NULL, folder};
        enum lince_status status = learn_propose(&meter, &folders, pages.documents, pages.count, &proposals, &error);
        status = status == LINCE_OK ? learn_accept(folder, proposals, &choice, &error) : status;
        if (status != LINCE_OK) {
            language_complain(invocation->language, "%s", "%s", error.message);
            code = status_code(status);
        } else {
            learn_print(proposals, options->json, invocation->language, stdout);
        }
    }
    json_decref(proposals);
    json_decref(pages.trees);
    free(pages.documents);
    return fflush(stdout) == 0 ? code : EXIT_CODE_OUTPUT;
}

static int run_learn(const struct invocation *invocation) {
    const struct learn_options *options = invocation->options;
    const char *folder = options->folder != NULL ? options->folder : getenv("LINCE_LAYOUTS");
    bool writes = options->accept != NULL || options->accept_safe || options->undo != NULL;
    if (invocation->operand_count == 0 && (options->folder == NULL || options->undo == NULL)) {
        if (options->folder != NULL) {
            language_complain(invocation->language, "--layouts needs a FILE to learn from, or --undo",
                              "--layouts necesita un ARCHIVO del que aprender, o --undo");
            return EXIT_CODE_USAGE;
        }
        const char *more[] = {"accept", options->accept, "accept-safe", options->accept_safe ? "yes" : NULL,
                              "undo",   options->undo,   "json",        options->json ? "yes" : NULL,
                              NULL};
        return service_become(invocation, "learn", more);
    }
    if (writes && folder == NULL) {
        language_complain(invocation->language, "--accept, --accept-safe and --undo need --layouts DIR",
                          "--accept, --accept-safe y --undo necesitan --layouts CARPETA");
        return EXIT_CODE_USAGE;
    }
    if (options->undo != NULL) {
        struct lince_error error = LINCE_ERROR_INIT;
        error.language = invocation->language;
        enum lince_status status = learn_undo(folder, options->undo, &error);
        if (status != LINCE_OK) {
            language_complain(invocation->language, "%s", "%s", error.message);
        }
        return status == LINCE_OK ? EXIT_CODE_OK : status_code(status);
    }
    return learn_files(invocation, folder);
}

const struct command command_learn = {
    .name = "learn",
    .summary = BILINGUAL("make layouts from corrected pages", "crea plantillas a partir de páginas corregidas"),
    .operands = BILINGUAL("[FILE|- ...]", "[ARCHIVO|- ...]"),
    .description = BILINGUAL(
        "Finds the right values on corrected pages and the labels beside them, and proposes a layout for each sender "
        "whose pages are read wrongly. Tries every proposal on all pages first, and shows what would be better, worse "
        "or the same. Nothing is kept unless it is accepted. Pages come from a service's folder, or from files as "
        "`lince read -f ndjson` writes them, with the right values of a page as its member \"right\".",
        "Busca los valores correctos en las páginas corregidas y las etiquetas que tienen al lado, y propone una "
        "plantilla por cada emisor cuyas páginas se leen mal. Prueba cada propuesta antes con todas las páginas y "
        "muestra qué mejoraría, qué empeoraría y qué quedaría igual. No guarda nada que usted no acepte. Las páginas "
        "vienen de la carpeta de un servicio, o de archivos como los escribe `lince read -f ndjson`, con los valores "
        "correctos de una página en su miembro \"right\"."),
    .options = option_table,
    .options_bytes = sizeof(struct learn_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = examples,
    .run = run_learn,
};
