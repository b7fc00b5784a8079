/* test_command.c - `lince layouts test`: runs a layout's examples and reports differences. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_memory.h"
#include "base/meter.h"
#include "cli/command.h"
#include "cli/language.h"
#include "fields/layouts/layout.h"
#include "fields/page_json.h"
#include "fields/record.h"

struct test_options {
    const char *folder;
};

static const struct test_options defaults = {NULL};

static const struct option_spec option_table[] = {
    {.name = "layouts",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct test_options, folder),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("a folder of your own layouts, *.json; by default $LINCE_LAYOUTS",
                       "una carpeta con plantillas propias, *.json; por defecto $LINCE_LAYOUTS")},
    {.name = NULL},
};

static const struct command_note exit_codes[] = {
    {"0", BILINGUAL("all examples give the expected fields", "todos los ejemplos dan los campos esperados")},
    {"1", BILINGUAL("some do not, or a layout is not valid", "alguno no, o una plantilla no es válida")},
    {"2", BILINGUAL("the command line is wrong", "la línea de comandos está mal")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static const struct command_note examples[] = {
    {"lince layouts test --layouts ~/layouts mybank",
     BILINGUAL("run the examples of one layout", "ejecuta los ejemplos de una plantilla")},
    {NULL, BILINGUAL(NULL, NULL)},
};

struct testing {
    enum lince_language language;
    const struct layout_set *set;
    const struct layout *layout;
    struct meter *meter;
    size_t run_count, failed_count;
};

static void mismatch(struct testing *testing, size_t number, const char *field, const char *given, const char *wanted) {
    const char *nothing = testing->language == LINCE_SPANISH ? "nada" : "nothing";
    language_complain(testing->language, "%s, example %zu: %s is %s, not %s", "%s, ejemplo %zu: %s es %s, no %s",
                      testing->layout->name, number, field, given == NULL ? nothing : given,
                      wanted == NULL ? nothing : wanted);
}

/* Compares all fields of the example and no others, with the layout that the page itself chooses. */
static bool record_compare(struct testing *testing, size_t number, const struct record *record, json_t *fields) {
    bool good = true;
    const char *name;
    json_t *value;
    if (!testing->layout->generic && (record->layout == NULL || strcmp(record->layout, testing->layout->name) != 0)) {
        mismatch(testing, number, testing->language == LINCE_SPANISH ? "la plantilla" : "the layout", record->layout,
                 testing->layout->name);
        good = false;
    }
    json_object_foreach(fields, name, value) {
        const struct record_field *field = record_find(record, name);
        if (field == NULL || !json_is_string(value) || strcmp(field->value, json_string_value(value)) != 0) {
            mismatch(testing, number, name, field == NULL ? NULL : field->value, json_string_value(value));
            good = false;
        }
    }
    for (size_t i = 0; i < record->field_count; i++) {
        if (json_object_get(fields, record->fields[i].name) == NULL) {
            mismatch(testing, number, record->fields[i].name, record->fields[i].value, NULL);
            good = false;
        }
    }
    return good;
}

static void example_run(struct testing *testing, size_t number, const json_t *example) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct arena arena;
    struct record_page page;
    struct record record;
    error.language = testing->language;
    arena_init(&arena, testing->meter, 64 * 1024);
    testing->run_count++;
    enum lince_status status = page_json_read(&arena, json_object_get(example, "page"), &page, &error);
    if (status == LINCE_OK) {
        status = record_extract(&arena, testing->set, NULL, 0, &page, &record, &error);
    }
    if (status != LINCE_OK) {
        language_complain(testing->language, "%s, example %zu: %s", "%s, ejemplo %zu: %s", testing->layout->name,
                          number, error.message);
        testing->failed_count++;
    } else if (!record_compare(testing, number, &record, json_object_get(example, "fields"))) {
        testing->failed_count++;
    }
    arena_clear(&arena);
}

static void layout_run(struct testing *testing, const struct layout *layout) {
    testing->layout = layout;
    if (layout->examples == NULL) {
        return;
    }
    struct meter *before = json_memory_use(testing->meter);
    json_t *list = json_memory_load_text(layout->examples, 0, NULL);
    if (list == NULL) {
        testing->failed_count++;
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        example_run(testing, i + 1, json_array_get(list, i));
    }
    json_decref(list);
    json_memory_use(before);
}

static int run_test(const struct invocation *invocation) {
    const struct test_options *options = invocation->options;
    struct lince_error error = LINCE_ERROR_INIT;
    struct meter meter;
    struct layout_set set;
    error.language = invocation->language;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    if (layout_set_open(&meter, options->folder != NULL ? options->folder : getenv("LINCE_LAYOUTS"), &set, &error) !=
        LINCE_OK) {
        language_complain(invocation->language, "%s", "%s", error.message);
        return EXIT_CODE_SOME_FAILED;
    }
    struct testing testing = {.language = invocation->language, .set = &set, .meter = &meter};
    for (int i = 0; i < invocation->operand_count; i++) {
        const struct layout *layout = layout_set_find(&set, invocation->operands[i]);
        if (layout == NULL) {
            language_complain(invocation->language, "there is no layout \"%s\"", "no existe la plantilla \"%s\"",
                              invocation->operands[i]);
            testing.failed_count++;
        } else {
            layout_run(&testing, layout);
        }
    }
    for (size_t i = 0; invocation->operand_count == 0 && i < set.count; i++) {
        layout_run(&testing, &set.layouts[i]);
    }
    printf(invocation->language == LINCE_SPANISH ? "%zu ejemplos, %zu mal\n" : "%zu examples, %zu wrong\n",
           testing.run_count, testing.failed_count);
    layout_set_close(&set);
    return testing.failed_count == 0 ? EXIT_CODE_OK : EXIT_CODE_SOME_FAILED;
}

const struct command command_layouts_test = {
    .name = "layouts test",
    .summary = BILINGUAL("run the examples of layouts", "ejecuta los ejemplos de las plantillas"),
    .operands = BILINGUAL("[NAME ...]", "[NOMBRE ...]"),
    .description = BILINGUAL("Each example of a layout is a page of lines and the fields that this layout must find in "
                             "it: those and no others. Without names all layouts are tested.",
                             "Cada ejemplo de una plantilla es una página de líneas y los campos que esta plantilla "
                             "debe encontrar en ella: esos y no otros. Sin nombres se prueban todas las plantillas."),
    .options = option_table,
    .options_bytes = sizeof(struct test_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = examples,
    .run = run_test,
};
