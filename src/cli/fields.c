/* fields.c - `lince fields`: makes records from pages that were read before, without the images. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json_memory.h"
#include "base/meter.h"
#include "base/reason.h"
#include "cli/command.h"
#include "cli/language.h"
#include "earlier/consolidated.h"
#include "earlier/messenger.h"
#include "fields/page_json.h"
#include "fields/records.h"
#include "image/format.h"
#include "output/json_writer.h"
#include "output/record_json.h"
#include "output/record_rows.h"
#include "output/record_table.h"
#include "output/table_csv.h"
#include "output/table_xlsx.h"

enum fields_format { FORMAT_NDJSON, FORMAT_CSV, FORMAT_XLSX, FORMAT_CONSOLIDATED };

struct fields_options {
    const char *layout, *folder, *output, *review;
    uint32_t format;
    bool comma, mark, messenger, inputs;
};

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
    {"0", BILINGUAL("all pages gave a record", "todas las páginas dieron un registro")},
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

enum { NAMES_MOST = 32, HEAD_BYTES = 64 };

/* One run: what is open while lines are processed. */
struct fields_run {
    enum lince_language language;
    const struct fields_options *options;
    struct meter meter;
    struct lince_layouts *layouts;
    char *names_text;
    const char *names[NAMES_MOST];
    size_t name_count;
    FILE *out;
    struct table_xlsx *workbook;
    struct table *rows_sheet; /* of the workbook: items, taxes, payments */
    struct table_csv csv;
    struct buffer rows;  /* CSV rows, until they are written */
    struct buffer items; /* consolidated: their count precedes them, so they wait */
    uint64_t item_count;
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

static void bytes_write(struct fields_run *run, struct buffer *buffer) {
    if (buffer->refused) {
        run->exit_code = EXIT_CODE_MEMORY;
    } else if (fwrite(buffer->bytes, 1, buffer->used_bytes, run->out) != buffer->used_bytes) {
        run->exit_code = EXIT_CODE_OUTPUT;
    }
    buffer_free(buffer);
}

/* The result of one page. */
struct file_fields {
    struct record_row row;
    const struct messenger *messenger; /* NULL: not requested */
};

static void object_write(struct json_writer *json, const struct file_fields *file, bool inputs) {
    json_object_open(json, NULL);
    json_text(json, "file", file->row.file);
    record_members(json, file->row.record);
    if (inputs) {
        record_inputs_member(json, file->row.record);
    }
    if (file->messenger != NULL) {
        extra_object(json, file->row.extra);
    }
    json_object_close(json);
}

/* Takes `json`. The buffer remembers a NULL or a refusal. */
static void json_append(struct buffer *buffer, json_t *json) {
    if (json == NULL || json_memory_was_refused()) {
        buffer->refused = true;
    } else {
        json_memory_write(json, JSON_COMPACT | JSON_REAL_PRECISION(10), buffer);
    }
    json_decref(json);
}

static const char *value_of(const struct lince_record *record, const char *name) {
    const struct lince_field *field = lince_record_find(record, name);
    return field == NULL ? "" : field->value;
}

/* The field's text on the page, or its value if the layout implies it. */
static const char *printed_of(const struct lince_record *record, const char *name) {
    const struct lince_field *field = lince_record_find(record, name);
    return field == NULL ? "" : *field->text == '\0' ? field->value : field->text;
}

static void consolidated_write(struct fields_run *run, const struct file_fields *file, const json_t *tree) {
    static const struct messenger none = {"", "", "", "", "", "", "", 0, false, false};
    const struct messenger *from = file->messenger == NULL ? &none : file->messenger;
    const struct lince_record *record = file->row.record;
    run->item_count++;
    const struct consolidated_item item = {
        .file_name = file->row.file,
        .sender_id = from->sender_id,
        .sender_name = from->sender_name,
        .caption = from->caption,
        .sent_time = from->sent_time,
        .other = from->other_value,
        .arrival_number = (int64_t)(from->arrival_number > 0 ? from->arrival_number : run->item_count),
        .reference = value_of(record, "referencia"),
        .amount = value_of(record, "monto"),
        .phone = value_of(record, "telefono"),
        .concept = value_of(record, "concepto"),
        .origin_bank = value_of(record, "banco_origen"),
        .target_bank = value_of(record, "banco_destino"),
        .id_printed = printed_of(record, "cedula"),
        .date = value_of(record, "fecha"),
        .date_printed = printed_of(record, "fecha"),
        .page_text = json_string_value(json_object_get(tree, "text")),
        .batch_id = "Lote Individual",
        .batch_date = "",
        .words = consolidated_words_of(tree),
    };
    buffer_text(&run->items, run->item_count > 1 ? "," : "");
    json_append(&run->items, consolidated_record(&item));
}

static void row_write(struct fields_run *run, const struct file_fields *file, const json_t *tree) {
    const struct record_row *row = &file->row;
    struct lince_error error = LINCE_ERROR_INIT;
    struct buffer buffer;
    struct json_writer json;
    buffer_init(&buffer, &run->meter);
    error.language = run->language;
    switch (run->options->format) {
    case FORMAT_CSV:
        run->rows.refused = !record_table_row(&run->csv.table, row, &run->meter) || run->rows.refused;
        bytes_write(run, &run->rows);
        break;
    case FORMAT_XLSX:
        if (!record_table_row(table_xlsx_cells(run->workbook), row, &run->meter) ||
            !record_rows_write(run->rows_sheet, row->record, row->file, &run->meter)) {
            run->exit_code = EXIT_CODE_MEMORY;
        } else if (table_xlsx_check(run->workbook, &error) != LINCE_OK) {
            language_complain(run->language, "%s", "%s", error.message);
            run->exit_code = EXIT_CODE_OUTPUT;
        }
        break;
    case FORMAT_CONSOLIDATED:
        consolidated_write(run, file, tree);
        break;
    default:
        json_begin(&json, &buffer);
        object_write(&json, file, run->options->inputs);
        json_end(&json);
        buffer_append(&buffer, "\n", 1);
        bytes_write(run, &buffer);
    }
}

/* Makes the record of one page. Reports and skips a page of a file that could not be read. */
static void page_run(struct fields_run *run, const char *source, size_t number, const json_t *tree) {
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = run->language;
    struct arena arena;
    struct record_page page;
    struct lince_record *record = NULL;
    arena_init(&arena, &run->meter, 64 * 1024);
    enum lince_status status = page_json_read(&arena, tree, &page, &error);
    if (status == LINCE_OK) {
        status = records_extract(run->layouts, &page, run->names, run->name_count, &record, &error);
    }
    struct messenger messenger;
    const char *file = json_string_value(json_object_get(tree, "file"));
    file = file == NULL ? "" : file;
    if (status == LINCE_OK && run->options->messenger) {
        status = messenger_read(&arena, file, &messenger, &error);
    }
    if (status == LINCE_OK) {
        const struct messenger *from = run->options->messenger ? &messenger : NULL;
        struct messenger_extra extra;
        messenger_extra_make(from, &extra);
        const struct file_fields fields = {{file, record, NULL, &extra.extra}, from};
        row_write(run, &fields, tree);
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
        json_t *tree = json_memory_load(line, (size_t)bytes, JSON_DISABLE_EOF_CHECK, &where);
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

/* Opens the output. Reports a failure and returns false. */
static bool output_open(struct fields_run *run) {
    struct messenger_extra extra;
    messenger_extra_make(NULL, &extra);
    struct lince_error error = LINCE_ERROR_INIT;
    static const char *const names[] = {"file", NULL};
    static const struct record_rows_lead lead = {names, true};
    struct csv_options csv = {run->options->mark, run->options->comma ? ',' : '.'};
    error.language = run->language;
    run->out = stdout;
    buffer_init(&run->rows, &run->meter);
    buffer_init(&run->items, &run->meter);
    if (run->options->format == FORMAT_XLSX) {
        if (table_xlsx_open(run->options->output, &run->workbook, &error) != LINCE_OK) {
            language_complain(run->language, "%s", "%s", error.message);
            return false;
        }
        record_table_head(table_xlsx_cells(run->workbook), &extra.extra);
        run->rows_sheet = table_xlsx_sheet_add(run->workbook, "items");
        if (run->rows_sheet == NULL) {
            language_complain(run->language, "no memory for the workbook %s", "no hay memoria para el libro %s",
                              run->options->output);
            (void)table_xlsx_close(run->workbook, NULL);
            return false;
        }
        record_rows_head(run->rows_sheet, &lead);
        return true;
    }
    if (run->options->output != NULL && (run->out = fopen(run->options->output, "we")) == NULL) {
        language_complain(run->language, "%s: %s", "%s: %s", run->options->output, reason_of(run->language, errno));
        return false;
    }
    if (run->options->format == FORMAT_CSV) {
        table_csv_init(&run->csv, &csv, &run->rows);
        record_table_head(&run->csv.table, &extra.extra);
        bytes_write(run, &run->rows);
    }
    return true;
}

/* Writes the whole consolidated form; its head has the number of items. */
static void consolidated_end(struct fields_run *run) {
    char when[64];
    struct timespec now;
    struct tm local;
    struct buffer buffer;
    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &local);
    size_t bytes = strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%S", &local);
    snprintf(when + bytes, sizeof when - bytes, ".%06ld", now.tv_nsec / 1000);
    buffer_init(&buffer, &run->meter);
    json_t *records = json_array(); /* counted and then left out: the items are already text */
    for (uint64_t i = 0; i < run->item_count; i++) {
        json_array_append_new(records, json_null());
    }
    json_t *whole = consolidated_whole("consolidado_empresarial", when, records);
    json_object_set_new(whole, "archivos_procesados", json_array());
    json_append(&buffer, whole);
    buffer.used_bytes -= buffer.refused ? 0 : strlen("]}");
    buffer_append(&buffer, run->items.bytes, run->items.used_bytes);
    buffer_text(&buffer, "]}");
    buffer_append(&buffer, "\n", 1);
    buffer.refused = buffer.refused || run->items.refused;
    bytes_write(run, &buffer);
}

static void output_close(struct fields_run *run) {
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = run->language;
    bool good = true;
    if (run->options->format == FORMAT_XLSX) {
        good = table_xlsx_close(run->workbook, &error) == LINCE_OK;
    } else {
        if (run->options->format == FORMAT_CONSOLIDATED) {
            consolidated_end(run);
        }
        good = run->out == stdout ? fflush(stdout) == 0 : fclose(run->out) == 0;
    }
    buffer_free(&run->items);
    if (!good && run->exit_code == EXIT_CODE_OK) {
        language_complain(run->language, "the output could not be written", "no se pudo escribir la salida");
        run->exit_code = EXIT_CODE_OUTPUT;
    }
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
    if (run.exit_code == EXIT_CODE_OK && output_open(&run)) {
        for (int i = 0; i < invocation->operand_count && run.exit_code == EXIT_CODE_OK; i++) {
            file_run(&run, invocation->operands[i]);
        }
        output_close(&run);
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
                             "person should check it. The images are not needed.",
                             "Toma páginas como las escribe `lince read -f ndjson`, una por línea, y escribe un "
                             "registro por línea: plantilla, campos con valor, texto, confianza, caja y regla, y si "
                             "una persona debe revisarlo. No hacen falta las imágenes."),
    .options = option_table,
    .options_bytes = sizeof(struct fields_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = examples,
    .run = run_fields,
};
