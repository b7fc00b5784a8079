/* new_command.c - `lince layouts new`: drafts a layout from one page, by flags or by asking which line is which. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json_memory.h"
#include "cli/command.h"
#include "cli/language.h"
#include "cli/layouts/page_source.h"
#include "fields/search.h"
#include "output/writers/json_writer.h"

struct new_options {
    const char *name, *anchor, *fields;
};

static const struct new_options defaults = {NULL, NULL, NULL};

static const struct option_spec option_table[] = {
    {.letter = 'n',
     .name = "name",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct new_options, name),
     .value = BILINGUAL("NAME", "NOMBRE"),
     .help = BILINGUAL("the new layout's name: a-z, 0-9, _ and -", "el nombre de la plantilla: a-z, 0-9, _ y -")},
    {.letter = 'a',
     .name = "anchor",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct new_options, anchor),
     .value = BILINGUAL("LINE,...", "LÍNEA,..."),
     .help = BILINGUAL("numbers of lines that only this bank's receipts have",
                       "números de las líneas que solo tienen los recibos de este banco")},
    {.letter = 'f',
     .name = "fields",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct new_options, fields),
     .value = BILINGUAL("FIELD=LINE,...", "CAMPO=LÍNEA,..."),
     .help = BILINGUAL("the label of each field by the number of its line, such as monto=3,referencia=7",
                       "la etiqueta de cada campo por el número de su línea, como monto=3,referencia=7")},
    {.name = NULL},
};

static const struct command_note exit_codes[] = {
    {"0", BILINGUAL("the draft was written", "se escribió el borrador")},
    {"1", BILINGUAL("the page could not be read", "no se pudo leer la página")},
    {"2", BILINGUAL("the command line is wrong", "la línea de comandos está mal")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static const struct command_note examples[] = {
    {"lince layouts new receipt.jpg > mybank.json",
     BILINGUAL("show the lines, ask, and write the draft", "muestra las líneas, pregunta y escribe el borrador")},
    {"lince layouts new receipt.jpg -n mybank -a 1 -f monto=3,referencia=7 > mybank.json",
     BILINGUAL("the same without questions", "lo mismo sin preguntas")},
    {NULL, BILINGUAL(NULL, NULL)},
};

enum { ANSWER_BYTES = 512, PARTS_MOST = 48 };

/* The draft so far: texts of anchors, and the label of each field. */
struct draft {
    char name[48];
    const char *anchors[PARTS_MOST];
    size_t anchor_count;
    char fields[PARTS_MOST][48];
    const char *labels[PARTS_MOST];
    size_t field_count;
};

static const char *line_text(const struct record_page *page, const char *number) {
    char *end;
    unsigned long index = strtoul(number, &end, 10);
    return end != number && index >= 1 && index <= page->line_count ? page->lines[index - 1].text : NULL;
}

/* A label ends at its colon; the value follows. */
static const char *label_text(struct arena *arena, const char *text) {
    const char *colon = strchr(text, ':');
    return colon == NULL ? text : arena_copy_text(arena, text, (size_t)(colon - text));
}

static bool anchors_parse(struct draft *draft, const struct record_page *page, const char *list) {
    for (const char *at = list; *at != '\0' && draft->anchor_count < PARTS_MOST;) {
        const char *text = line_text(page, at);
        if (text == NULL) {
            return false;
        }
        draft->anchors[draft->anchor_count++] = text;
        at += strcspn(at, ",");
        at += *at == ',';
    }
    return true;
}

static bool fields_parse(struct draft *draft, struct arena *arena, const struct record_page *page, const char *list) {
    for (const char *at = list; *at != '\0' && draft->field_count < PARTS_MOST;) {
        size_t count = strcspn(at, "=,");
        if (at[count] != '=' || count == 0 || count >= sizeof draft->fields[0]) {
            return false;
        }
        const char *text = line_text(page, at + count + 1);
        if (text == NULL) {
            return false;
        }
        memcpy(draft->fields[draft->field_count], at, count);
        draft->fields[draft->field_count][count] = '\0';
        draft->labels[draft->field_count++] = label_text(arena, text);
        at += strcspn(at, ",");
        at += *at == ',';
    }
    return true;
}

/* Questions go to standard error, so that standard output has only the draft. */
static const char *ask(enum lince_language language, const char *english, const char *spanish,
                       char answer[ANSWER_BYTES]) {
    fprintf(stderr, "%s ", language == LINCE_SPANISH ? spanish : english);
    fflush(stderr);
    if (fgets(answer, ANSWER_BYTES, stdin) == NULL) {
        answer[0] = '\0';
    }
    answer[strcspn(answer, "\r\n")] = '\0';
    return answer;
}

static void lines_show(const struct record_page *page) {
    for (size_t i = 0; i < page->line_count; i++) {
        fprintf(stderr, "%4zu  %s\n", i + 1, page->lines[i].text);
    }
}

static void field_ask(struct draft *draft, struct arena *arena, const struct record_page *page, const char *name,
                      enum lince_language language) {
    char english[128], spanish[128], answer[ANSWER_BYTES];
    snprintf(english, sizeof english, "line of the label of %s (empty: none):", name);
    snprintf(spanish, sizeof spanish, "línea de la etiqueta de %s (vacío: ninguna):", name);
    const char *text = line_text(page, ask(language, english, spanish, answer));
    if (text != NULL && draft->field_count < PARTS_MOST) {
        snprintf(draft->fields[draft->field_count], sizeof draft->fields[0], "%s", name);
        draft->labels[draft->field_count++] = label_text(arena, text);
    }
}

static void draft_ask(struct draft *draft, struct arena *arena, const struct record_page *page,
                      enum lince_language language) {
    static const char *const fields[] = {"monto",    "referencia", "fecha",         "hora",
                                         "cedula",   "telefono",   "banco_destino", "beneficiario",
                                         "concepto", "comision",   "cuenta_origen"};
    char answer[ANSWER_BYTES];
    lines_show(page);
    snprintf(draft->name, sizeof draft->name, "%.40s",
             ask(language, "name of the layout:", "nombre de la plantilla:", answer));
    while (!anchors_parse(draft, page,
                          ask(language, "lines that only this bank has (numbers, with commas):",
                              "líneas que solo tiene este banco (números, con comas):", answer))) {
        draft->anchor_count = 0;
        if (feof(stdin)) {
            return;
        }
    }
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        field_ask(draft, arena, page, fields[i], language);
    }
}

static void box_write(struct json_writer *json, struct lince_box box) {
    json_array_open(json, "box");
    json_decimal(json, NULL, box.x0, 0);
    json_decimal(json, NULL, box.y0, 0);
    json_decimal(json, NULL, box.x1, 0);
    json_decimal(json, NULL, box.y1, 0);
    json_array_close(json);
}

static void page_write(struct json_writer *json, const struct record_page *page) {
    json_object_open(json, "page");
    json_decimal(json, "width", page->width_px, 0);
    json_decimal(json, "height", page->height_px, 0);
    json_array_open(json, "lines");
    for (size_t i = 0; i < page->line_count; i++) {
        json_object_open(json, NULL);
        json_text(json, "text", page->lines[i].text);
        box_write(json, page->lines[i].box);
        json_object_close(json);
    }
    json_array_close(json);
    json_object_close(json);
}

/* Writes the draft with the page as its first example. The user checks the values. */
static void draft_write(const struct draft *draft, const struct record_page *page, const struct record *record,
                        struct buffer *buffer) {
    struct json_writer json;
    json_begin(&json, buffer);
    json_object_open(&json, NULL);
    json_text(&json, "$schema", "layout.schema.json");
    json_whole(&json, "schema", 1);
    json_text(&json, "name", draft->name);
    json_text(&json, "title", draft->name);
    json_text(&json, "extends", "pago");
    json_object_open(&json, "recognise");
    json_whole(&json, "threshold", 1);
    json_array_open(&json, "anchors");
    for (size_t i = 0; i < draft->anchor_count; i++) {
        json_object_open(&json, NULL);
        json_text(&json, "text", draft->anchors[i]);
        json_decimal(&json, "weight", 1, 2);
        json_object_close(&json);
    }
    json_array_close(&json);
    json_object_close(&json);
    json_object_open(&json, "fields");
    for (size_t i = 0; i < draft->field_count; i++) {
        json_object_open(&json, draft->fields[i]);
        json_array_open(&json, "labels");
        json_text(&json, NULL, draft->labels[i]);
        json_array_close(&json);
        json_object_close(&json);
    }
    json_object_close(&json);
    json_array_open(&json, "examples");
    json_object_open(&json, NULL);
    page_write(&json, page);
    json_object_open(&json, "fields");
    for (size_t i = 0; i < record->field_count; i++) {
        json_text(&json, record->fields[i].name, record->fields[i].value);
    }
    json_object_close(&json);
    json_object_close(&json);
    json_array_close(&json);
    json_object_close(&json);
    json_end(&json);
    buffer_append(buffer, "\n", 1);
}

/* One member per line, for a person to edit. */
static bool pretty_print(const struct buffer *buffer) {
    json_t *tree = json_memory_load(buffer->bytes, buffer->used_bytes, 0, NULL);
    bool good = tree != NULL && json_dumpf(tree, stdout, JSON_INDENT(2)) == 0 && fputc('\n', stdout) != EOF;
    json_decref(tree);
    return fflush(stdout) == 0 && good;
}

static int draft_make(const struct invocation *invocation, struct arena *arena, struct draft *draft,
                      struct lince_error *error) {
    const struct new_options *options = invocation->options;
    struct record_page page;
    enum lince_status status = page_source_open(invocation->operands[0], arena, &page, error);
    if (status != LINCE_OK) {
        language_complain(invocation->language, "%s: %s", "%s: %s", invocation->operands[0], error->message);
        return EXIT_CODE_SOME_FAILED;
    }
    bool by_flags = options->name != NULL || options->anchor != NULL || options->fields != NULL;
    if (by_flags) {
        snprintf(draft->name, sizeof draft->name, "%s", options->name == NULL ? "" : options->name);
        if (!anchors_parse(draft, &page, options->anchor == NULL ? "" : options->anchor) ||
            !fields_parse(draft, arena, &page, options->fields == NULL ? "" : options->fields)) {
            lines_show(&page);
            language_complain(invocation->language, "--anchor and --fields take numbers of the lines above",
                              "--anchor y --fields toman números de las líneas de arriba");
            return EXIT_CODE_USAGE;
        }
    } else {
        draft_ask(draft, arena, &page, invocation->language);
    }
    if (draft->name[0] == '\0' || draft->anchor_count == 0) {
        language_complain(invocation->language, "a layout needs a name and an anchor",
                          "una plantilla necesita un nombre y un ancla");
        return EXIT_CODE_USAGE;
    }
    struct layout_set set;
    struct record record = {0};
    status = layout_set_open(arena->meter, NULL, &set, error);
    if (status == LINCE_OK) {
        const char *generic = "pago";
        status = record_extract(arena, &set, &generic, 1, &page, &record, error);
    }
    if (status != LINCE_OK) {
        language_complain(invocation->language, "%s", "%s", error->message);
        layout_set_close(&set);
        return EXIT_CODE_SOME_FAILED;
    }
    struct buffer buffer;
    buffer_init(&buffer, arena->meter);
    draft_write(draft, &page, &record, &buffer);
    bool good = !buffer.refused && pretty_print(&buffer);
    buffer_free(&buffer);
    layout_set_close(&set);
    return good ? EXIT_CODE_OK : EXIT_CODE_OUTPUT;
}

static int run_new(const struct invocation *invocation) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct meter meter;
    struct arena arena;
    struct draft draft = {0};
    error.language = invocation->language;
    if (invocation->operand_count != 1) {
        language_complain(invocation->language, "one image or page is needed; see: lince layouts new --help",
                          "hace falta una imagen o página; vea: lince layouts new --help");
        return EXIT_CODE_USAGE;
    }
    meter_init(&meter, NULL, "new", METER_NO_LIMIT);
    arena_init(&arena, &meter, 256 * 1024);
    int code = draft_make(invocation, &arena, &draft, &error);
    arena_clear(&arena);
    return code;
}

const struct command command_layouts_new = {
    .name = "layouts new",
    .summary = BILINGUAL("draft a layout from one receipt", "hace el borrador de una plantilla a partir de un recibo"),
    .operands = BILINGUAL("IMAGE|PAGE.ndjson", "IMAGEN|PÁGINA.ndjson"),
    .description =
        BILINGUAL("Shows the lines of a receipt, asks which are the bank's own and which are the labels of the fields, "
                  "and writes a layout that extends the generic one, with this receipt as its first example. Check the "
                  "values of the example: they were found before the layout existed.",
                  "Muestra las líneas de un recibo, pregunta cuáles son propias del banco y cuáles son las etiquetas "
                  "de los campos, y escribe una plantilla que amplía la genérica, con este recibo como primer ejemplo. "
                  "Revise los valores del ejemplo: se encontraron antes de que existiera la plantilla."),
    .options = option_table,
    .options_bytes = sizeof(struct new_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = examples,
    .run = run_new,
};
