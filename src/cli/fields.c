/* fields.c - `lince fields`: records again from pages that were read before, without the images. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json_memory.h"
#include "base/meter.h"
#include "cli/command.h"
#include "cli/language.h"
#include "fields/page_json.h"
#include "output/json_writer.h"
#include "output/record_json.h"

struct fields_options {
    const char *layout, *folder;
};

static const struct fields_options defaults = {NULL, NULL};

static const struct option_spec option_table[] = {
    {.letter = 'l',
     .name = "layout",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct fields_options, layout),
     .value = BILINGUAL("NAME,...", "NOMBRE,..."),
     .help = BILINGUAL("use only these layouts; by default the page itself shows which it is",
                       "usa solo estas plantillas; si no se dice, la propia página muestra cuál es")},
    {.name = "layouts",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct fields_options, folder),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("a folder of layouts of your own, *.json; by default $LINCE_LAYOUTS",
                       "una carpeta con plantillas propias, *.json; si no se dice, $LINCE_LAYOUTS")},
    {.name = NULL},
};

static const struct command_note exit_codes[] = {
    {"0", BILINGUAL("all pages gave a record", "todas las páginas dieron un registro")},
    {"1", BILINGUAL("some lines are no pages, or of files that could not be read",
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
    {"lince fields --layout tienda pages.ndjson",
     BILINGUAL("take every page for a shop receipt", "toma cada página por un recibo de tienda")},
    {NULL, BILINGUAL(NULL, NULL)},
};

enum { NAMES_MOST = 32 };

/* One run: what is open while the lines go by. */
struct fields_run {
    enum lince_language language;
    struct meter meter;
    struct lince_layouts *layouts;
    char *names_text;
    const char *names[NAMES_MOST];
    size_t name_count;
    unsigned long long failed_count;
    int exit_code;
};

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

static void record_write(struct fields_run *run, const char *file, const struct lince_record *record) {
    struct buffer buffer;
    struct json_writer json;
    buffer_init(&buffer, &run->meter);
    json_begin(&json, &buffer);
    json_object_open(&json, NULL);
    if (file != NULL) {
        json_text(&json, "file", file);
    }
    record_members(&json, record);
    json_object_close(&json);
    json_end(&json);
    buffer_append(&buffer, "\n", 1);
    if (buffer.refused) {
        run->exit_code = EXIT_CODE_MEMORY;
    } else if (fwrite(buffer.bytes, 1, buffer.used_bytes, stdout) != buffer.used_bytes) {
        run->exit_code = EXIT_CODE_OUTPUT;
    }
    buffer_free(&buffer);
}

/* The record of one page; a page of a file that could not be read is told and passed over. */
static void page_run(struct fields_run *run, const char *source, size_t number, const json_t *tree) {
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = run->language;
    struct arena arena;
    struct record_page page;
    struct lince_record *record = NULL;
    arena_init(&arena, &run->meter, 64 * 1024);
    enum lince_status status = page_json_read(&arena, tree, &page, &error);
    if (status == LINCE_OK) {
        status = lince_record_extract_lines(run->layouts, page.lines, page.line_count, page.width_px, page.height_px,
                                            run->names, run->name_count, &record, &error);
    }
    if (status == LINCE_OK) {
        record_write(run, json_string_value(json_object_get(tree, "file")), record);
    } else {
        language_complain(run->language, "%s, line %zu: %s", "%s, línea %zu: %s", source, number, error.message);
        run->failed_count++;
        run->exit_code = status == LINCE_ERROR_MEMORY_LIMIT ? EXIT_CODE_MEMORY
                         : status == LINCE_ERROR_ARGUMENT   ? EXIT_CODE_USAGE
                                                            : run->exit_code;
    }
    lince_record_free(record);
    arena_clear(&arena);
}

static void stream_run(struct fields_run *run, const char *source, FILE *stream) {
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t bytes;
    while (run->exit_code == EXIT_CODE_OK && (bytes = getline(&line, &room, stream)) > 0) {
        json_error_t where;
        number++;
        json_t *tree = json_loadb(line, (size_t)bytes, JSON_DISABLE_EOF_CHECK, &where);
        if (tree == NULL) {
            language_complain(run->language, "%s, line %zu: not JSON: %s", "%s, línea %zu: no es JSON: %s", source,
                              number, where.text);
            run->failed_count++;
            continue;
        }
        page_run(run, source, number, tree);
        json_decref(tree);
    }
    free(line);
}

static void file_run(struct fields_run *run, const char *name) {
    bool standard = strcmp(name, "-") == 0;
    FILE *stream = standard ? stdin : fopen(name, "re");
    if (stream == NULL) {
        language_complain(run->language, "%s: %s", "%s: %s", name, language_reason(run->language, errno));
        run->failed_count++;
        return;
    }
    stream_run(run, name, stream);
    if (!standard) {
        fclose(stream);
    }
}

static int run_fields(const struct invocation *invocation) {
    const struct fields_options *options = invocation->options;
    struct fields_run run = {.language = invocation->language};
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = run.language;
    if (invocation->operand_count == 0) {
        language_complain(run.language, "no file was named; see: lince fields --help",
                          "no se nombró ningún archivo; vea: lince fields --help");
        return EXIT_CODE_USAGE;
    }
    meter_init(&run.meter, NULL, "fields", METER_NO_LIMIT);
    struct lince_layouts_options layouts = LINCE_LAYOUTS_OPTIONS_DEFAULTS;
    layouts.folder = options->folder != NULL ? options->folder : getenv("LINCE_LAYOUTS");
    enum lince_status status = lince_layouts_open(&layouts, &run.layouts, &error);
    if (status != LINCE_OK) {
        language_complain(run.language, "%s", "%s", error.message);
        return status == LINCE_ERROR_MEMORY_LIMIT ? EXIT_CODE_MEMORY : EXIT_CODE_USAGE;
    }
    run.exit_code = names_split(&run, options->layout) ? EXIT_CODE_OK : EXIT_CODE_MEMORY;
    for (int i = 0; i < invocation->operand_count && run.exit_code == EXIT_CODE_OK; i++) {
        file_run(&run, invocation->operands[i]);
    }
    if (fflush(stdout) != 0 && run.exit_code == EXIT_CODE_OK) {
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
    .description = BILINGUAL(
        "Takes pages as `lince read -f ndjson` writes them, one a line, and writes one record a line: layout, fields "
        "with value, text, confidence, box and rule, and whether a person should look. The images are not needed.",
        "Toma páginas como las escribe `lince read -f ndjson`, una por línea, y escribe un registro por línea: "
        "plantilla, campos con valor, texto, confianza, caja y regla, y si una persona debe mirarlo. No hacen falta "
        "las imágenes."),
    .options = option_table,
    .options_bytes = sizeof(struct fields_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = examples,
    .run = run_fields,
};
