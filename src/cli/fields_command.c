/* fields_command.c - `lince fields`: makes records from pages that were read before, without the images. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/json_memory.h"
#include "base/meter.h"
#include "base/reason.h"
#include "cli/command.h"
#include "cli/fields/fields_document.h"
#include "cli/fields/fields_run.h"
#include "cli/language.h"
#include "image/format.h"

static const struct fields_options defaults = {.format = FORMAT_NDJSON};
static const char *const format_names[] = {"ndjson", "csv", "xlsx", "consolidated", NULL};

static const struct option_spec option_table[] = {
    {.letter = 'l',
     .name = "layout",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct fields_options, layout),
     .value = BILINGUAL("NAME,...", "NOMBRE,..."),
     .help = BILINGUAL("use only these layouts; by default the page decides",
                       "usa solo estas plantillas; por defecto decide la página")},
    {.name = "layouts",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct fields_options, folder),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("a folder of your own layouts, *.json; by default $LINCE_LAYOUTS",
                       "una carpeta con plantillas propias, *.json; por defecto $LINCE_LAYOUTS")},
    {.name = "review",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct fields_options, review),
     .value = BILINGUAL("KIND=X,...", "CLASE=X,..."),
     .help = BILINGUAL("confidence below which a person should check a value, such as amount=0.95,id=0.9 or all=0.9; "
                       "by default $LINCE_REVIEW, or else the fitted ones",
                       "confianza por debajo de la cual una persona debe revisar un valor, como amount=0.95,id=0.9 o "
                       "all=0.9; por defecto $LINCE_REVIEW o las ajustadas")},
    {.letter = 'f',
     .name = "format",
     .kind = OPTION_CHOICE,
     .offset = offsetof(struct fields_options, format),
     .choices = format_names,
     .help = BILINGUAL("form of the output; ndjson by default; consolidated is the earlier service's form",
                       "forma de la salida; por defecto ndjson; consolidated es la del servicio anterior")},
    {.letter = 'o',
     .name = "output",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct fields_options, output),
     .value = BILINGUAL("FILE", "ARCHIVO"),
     .help = BILINGUAL("write to FILE instead of standard output; xlsx needs it",
                       "escribe en ARCHIVO en vez de la salida estándar; xlsx lo necesita")},
    {.name = "decimal-comma",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct fields_options, comma),
     .help = BILINGUAL("csv: amounts with a decimal comma, columns separated by semicolons",
                       "csv: montos con coma decimal, columnas separadas por punto y coma")},
    {.name = "bom",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct fields_options, mark),
     .help = BILINGUAL("csv: begin with the byte order mark, by which spreadsheets recognise UTF-8",
                       "csv: empieza con la marca (BOM) con la que las hojas de cálculo reconocen UTF-8")},
    {.name = "inputs",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct fields_options, inputs),
     .help = BILINGUAL("ndjson: what each value's confidence is made of",
                       "ndjson: de qué se compone la confianza de cada valor")},
    {.name = "messenger",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct fields_options, messenger),
     .help = BILINGUAL(
         "add the messenger's data from the file's name and the JSON beside it",
         "agrega los datos de la mensajería que están en el nombre del archivo y en el JSON que lo acompaña")},
    {.name = NULL},
};

static const struct command_note exit_codes[] = {
    {"0", BILINGUAL("all documents gave a record", "todos los documentos dieron un registro")},
    {"1", BILINGUAL("some lines are not pages, or are of files that could not be read",
                    "algunas líneas no son páginas, o son de archivos que no se pudieron leer")},
    {"2", BILINGUAL("the command line is wrong", "la línea de comandos está mal")},
    {"74", BILINGUAL("the output could not be written", "no se pudo escribir la salida")},
    {"75", BILINGUAL("something did not fit in the memory limit", "algo no cupo en el límite de memoria")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static const struct command_note examples[] = {
    {"lince read -f ndjson receipts/ > pages.ndjson && lince fields pages.ndjson",
     BILINGUAL("read once, extract as often as the layouts change",
               "lee una vez y extrae cuantas veces cambien las plantillas")},
    {"lince fields -f xlsx -o records.xlsx --messenger pages.ndjson",
     BILINGUAL("a workbook that says who sent each image", "un libro que dice quién envió cada imagen")},
    {"lince fields --layout tienda pages.ndjson",
     BILINGUAL("treat every page as a shop receipt", "trata cada página como un recibo de tienda")},
    {NULL, BILINGUAL(NULL, NULL)},
};

enum { HEAD_BYTES = 64 };

static bool names_split(struct fields_run *run, const char *list) {
    if (list == NULL) {
        return true;
    }
    run->names_text = meter_copy_text(&run->meter, list);
    for (char *name = run->names_text; name != NULL && run->name_count < NAMES_MOST;) {
        char *comma = strchr(name, ',');
        run->names[run->name_count++] = name;
        name = comma == NULL ? NULL : comma + 1;
        if (comma != NULL) {
            *comma = '\0';
        }
    }
    return run->names_text != NULL;
}

static void stream_run(struct fields_run *run, const char *source, FILE *stream) {
    struct fields_document document = {.state = DOCUMENT_NONE};
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t bytes;
    while (run->exit_code == EXIT_CODE_OK && (bytes = getline(&line, &room, stream)) > 0) {
        json_error_t where;
        number++;
        json_t *tree = json_memory_load(line, (size_t)bytes, JSON_DISABLE_EOF_CHECK, &where);
        if (tree == NULL) {
            language_complain(run->language, "%s, line %zu: not JSON: %s", "%s, línea %zu: no es JSON: %s", source,
                              number, where.text);
            run->failed_count++;
            continue;
        }
        fields_page(run, &document, source, number, tree);
        json_decref(tree);
    }
    fields_document_end(run, &document);
    free(line);
}

/* The format of a file that begins like an image or a document; NULL for any other, and for a pipe. */
static const struct image_format *image_format_at(FILE *stream) {
    uint8_t head[HEAD_BYTES];
    if (fseek(stream, 0, SEEK_SET) != 0) {
        return NULL;
    }
    size_t count = fread(head, 1, sizeof head, stream);
    rewind(stream);
    return image_format_of(head, count);
}

static void file_run(struct fields_run *run, const char *name) {
    bool standard = strcmp(name, "-") == 0;
    FILE *stream = standard ? stdin : fopen(name, "re");
    if (stream == NULL) {
        language_complain(run->language, "%s: %s", "%s: %s", name, reason_of(run->language, errno));
        run->failed_count++;
        return;
    }
    const struct image_format *format = standard ? NULL : image_format_at(stream);
    if (format != NULL) {
        language_complain(run->language, "%s is a %s file, not pages that were read: lince read --fields %s reads it",
                          "%s es un archivo %s, no páginas leídas: lince read --fields %s lo lee", name, format->name,
                          name);
        run->failed_count++;
    } else {
        stream_run(run, name, stream);
    }
    if (!standard) {
        fclose(stream);
    }
}

static bool usage_is_right(const struct invocation *invocation) {
    const struct fields_options *options = invocation->options;
    if (invocation->operand_count == 0) {
        language_complain(invocation->language, "no file was named; see: lince fields --help",
                          "no se nombró ningún archivo; vea: lince fields --help");
        return false;
    }
    if (options->format == FORMAT_XLSX && options->output == NULL) {
        language_complain(invocation->language, "-f xlsx needs -o FILE", "-f xlsx necesita -o ARCHIVO");
        return false;
    }
    return true;
}

static int run_fields(const struct invocation *invocation) {
    struct fields_run run = {.language = invocation->language, .options = invocation->options};
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = run.language;
    if (!usage_is_right(invocation)) {
        return EXIT_CODE_USAGE;
    }
    meter_init(&run.meter, NULL, "fields", METER_NO_LIMIT);
    struct lince_layouts_options layouts = LINCE_LAYOUTS_OPTIONS_DEFAULTS;
    layouts.folder = run.options->folder != NULL ? run.options->folder : getenv("LINCE_LAYOUTS");
    layouts.review = run.options->review != NULL ? run.options->review : getenv("LINCE_REVIEW");
    enum lince_status status = lince_layouts_open(&layouts, &run.layouts, &error);
    if (status != LINCE_OK) {
        language_complain(run.language, "%s", "%s", error.message);
        return status == LINCE_ERROR_MEMORY_LIMIT ? EXIT_CODE_MEMORY : EXIT_CODE_USAGE;
    }
    run.exit_code = !names_split(&run, run.options->layout) ? EXIT_CODE_MEMORY : EXIT_CODE_OK;
    if (run.exit_code == EXIT_CODE_OK && fields_open(&run)) {
        for (int i = 0; i < invocation->operand_count && run.exit_code == EXIT_CODE_OK; i++) {
            file_run(&run, invocation->operands[i]);
        }
        fields_close(&run);
    } else if (run.exit_code == EXIT_CODE_OK) {
        run.exit_code = EXIT_CODE_OUTPUT;
    }
    meter_free(run.names_text);
    lince_layouts_close(run.layouts);
    return run.exit_code == EXIT_CODE_OK && run.failed_count > 0 ? EXIT_CODE_SOME_FAILED : run.exit_code;
}

const struct command command_fields = {
    .name = "fields",
    .summary = BILINGUAL("extract fields from pages read before", "extrae campos de páginas ya leídas"),
    .operands = BILINGUAL("FILE|- ...", "ARCHIVO|- ..."),
    .description = BILINGUAL("Takes pages as `lince read -f ndjson` writes them, one per line, and writes one record "
                             "per line: layout, fields with value, text, confidence, box and rule, and whether a "
                             "person should check it. The pages of a document have one record, with the page of "
                             "each field, unless they are several receipts. The images are not needed.",
                             "Toma páginas como las escribe `lince read -f ndjson`, una por línea, y escribe un "
                             "registro por línea: plantilla, campos con valor, texto, confianza, caja y regla, y si "
                             "una persona debe revisarlo. Las páginas de un documento tienen un solo registro, con la "
                             "página de cada campo, salvo que sean varios comprobantes. No hacen falta las imágenes."),
    .options = option_table,
    .options_bytes = sizeof(struct fields_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = examples,
    .run = run_fields,
};
