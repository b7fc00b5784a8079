/* explain_command.c - `lince layouts explain`: the candidates of each field, their scores, and the winner. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/reason.h"
#include "cli/command.h"
#include "cli/language.h"
#include "cli/layouts/page_source.h"
#include "fields/layouts/layout.h"
#include "fields/search.h"

struct explain_options {
    const char *layout, *folder, *picture;
};

static const struct explain_options defaults = {NULL, NULL, NULL};

static const struct option_spec option_table[] = {
    {.letter = 'l',
     .name = "layout",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct explain_options, layout),
     .value = BILINGUAL("NAME", "NOMBRE"),
     .help =
         BILINGUAL("use this layout; by default the page decides", "usa esta plantilla; por defecto decide la página")},
    {.name = "layouts",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct explain_options, folder),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("a folder of your own layouts, *.json; by default $LINCE_LAYOUTS",
                       "una carpeta con plantillas propias, *.json; por defecto $LINCE_LAYOUTS")},
    {.name = "picture",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct explain_options, picture),
     .value = BILINGUAL("FILE.svg", "ARCHIVO.svg"),
     .help = BILINGUAL("draw labels (blue), values (green) and other candidates (grey) over the image, as SVG",
                       "dibuja etiquetas (azul), valores (verde) y otros candidatos (gris) sobre la imagen, en SVG")},
    {.name = NULL},
};

static const struct command_note exit_codes[] = {
    {"0", BILINGUAL("the page was explained", "se explicó la página")},
    {"1", BILINGUAL("the page could not be read", "no se pudo leer la página")},
    {"2", BILINGUAL("the command line or a layout is wrong", "la línea de comandos o una plantilla está mal")},
    {"74", BILINGUAL("the output could not be written", "no se pudo escribir la salida")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static const struct command_note examples[] = {
    {"lince layouts explain receipt.jpg --picture why.svg",
     BILINGUAL("see why each value was taken", "vea por qué se tomó cada valor")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static const char *label_kind_name(const struct search *search, const struct label *label) {
    static const char *const names[] = {
        [PHRASE_ORIGIN] = "(origin)", [PHRASE_DESTINATION] = "(destination)", [PHRASE_IGNORE] = "(ignore)",
        [PHRASE_END] = "(end)",       [PHRASE_ANCHOR] = "(anchor)",           [PHRASE_AGAINST] = "(against)"};
    return label->kind == PHRASE_FIELD ? search->layout->fields[label->field].name : names[label->kind];
}

static void labels_print(const struct search *search) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        const struct sheet_line *line = &search->sheet.lines[label->line];
        static const char *const sides[] = {"", " origin", " destination"};
        printf("  label %3zu  %-18s %.2f%s%s%s  \"%.*s\"\n", i, label_kind_name(search, label), label->quality,
               label->strong ? " strong" : "", sides[label->side], label->weak ? " (weak)" : "",
               (int)(label->to - label->from), line->text + label->from);
    }
}

static void field_print(const struct search *search, size_t field) {
    const struct field_options *options = &search->options[field];
    const struct field_rule *rule = &search->layout->fields[field];
    printf("%s (%s%s)\n", rule->name, value_type_name(rule->type), rule->hidden ? ", hidden" : "");
    for (size_t i = 0; i < options->count; i++) {
        const struct option *option = &options->options[i];
        const struct candidate *candidate = &search->candidates[option->candidate];
        printf("  %c %.3f  %-9s place %.2f label %.2f form %.2f  line %zu  \"%s\"",
               search->choice[field] == i ? '*' : ' ', option->score, found_by_name(option->found_by), option->place,
               option->label_quality, candidate->find.quality,
               search->sheet.lines[candidate->extents[0].line].page_line, candidate->text);
        if (candidate->find.value[0] != '\0') {
            printf(" = %s", candidate->find.value);
        }
        if (option->label < search->label_count) {
            printf("  by label %zu", option->label);
        }
        putchar('\n');
    }
}

static void svg_text(FILE *out, const char *text) {
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '<':
            fputs("&lt;", out);
            break;
        case '&':
            fputs("&amp;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            if ((unsigned char)*text >= 0x20) {
                fputc(*text, out);
            }
        }
    }
}

static void svg_box(FILE *out, struct lince_box box, const char *colour, const char *note) {
    fprintf(
        out,
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n",
        box.x0, box.y0, box_width(box), box_height(box), colour);
    if (note != NULL) {
        fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\" font-size=\"%.1f\">", box.x0, box.y0 - 2, colour,
                box_height(box) * 0.5 + 1);
        svg_text(out, note);
        fputs("</text>\n", out);
    }
}

static int picture_write(const struct search *search, const char *image, const char *path,
                         enum lince_language language) {
    FILE *out = fopen(path, "we");
    if (out == NULL) {
        language_complain(language, "%s: %s", "%s: %s", path, reason_of(language, errno));
        return EXIT_CODE_OUTPUT;
    }
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\">\n<image "
            "href=\"",
            search->sheet.width_px, search->sheet.height_px);
    svg_text(out, image);
    fputs("\" width=\"100%\" height=\"100%\" opacity=\"0.6\"/>\n", out);
    for (size_t field = 0; field < search->layout->field_count; field++) {
        const struct field_options *options = &search->options[field];
        for (size_t i = 0; i < options->count; i++) {
            const struct candidate *candidate = &search->candidates[options->options[i].candidate];
            bool won = search->choice[field] == i;
            svg_box(out, candidate->box, won ? "#11833b" : "#999999", won ? search->layout->fields[field].name : NULL);
        }
    }
    for (size_t i = 0; i < search->label_count; i++) {
        svg_box(out, search->labels[i].box, "#1667c1", NULL);
    }
    fputs("</svg>\n", out);
    if (fclose(out) != 0) {
        language_complain(language, "%s: %s", "%s: %s", path, reason_of(language, errno));
        return EXIT_CODE_OUTPUT;
    }
    return EXIT_CODE_OK;
}

static int page_explain(const struct invocation *invocation, struct arena *arena, const struct layout_set *set,
                        struct lince_error *error) {
    const struct explain_options *options = invocation->options;
    struct record_page page;
    struct search search;
    enum lince_status status = page_source_open(invocation->operands[0], arena, &page, error);
    if (status == LINCE_OK) {
        status = search_run(arena, set, &options->layout, options->layout != NULL, &page, &search, error);
    }
    if (status != LINCE_OK) {
        language_complain(invocation->language, "%s: %s", "%s: %s", invocation->operands[0], error->message);
        return status == LINCE_ERROR_ARGUMENT ? EXIT_CODE_USAGE : EXIT_CODE_SOME_FAILED;
    }
    for (size_t i = 0; i < set->count; i++) {
        double weight = 0;
        if (label_anchors_weigh(arena, &search.sheet, &set->layouts[i], &weight)) {
            printf("%c layout %-14s weight %.2f of %.2f\n", search.layout == &set->layouts[i] ? '*' : ' ',
                   set->layouts[i].name, weight, set->layouts[i].threshold);
        }
    }
    labels_print(&search);
    for (size_t field = 0; field < search.layout->field_count; field++) {
        field_print(&search, field);
    }
    return options->picture == NULL
               ? EXIT_CODE_OK
               : picture_write(&search, invocation->operands[0], options->picture, invocation->language);
}

static int run_explain(const struct invocation *invocation) {
    const struct explain_options *options = invocation->options;
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = invocation->language;
    if (invocation->operand_count != 1) {
        language_complain(invocation->language, "one image or page is needed; see: lince layouts explain --help",
                          "hace falta una imagen o página; vea: lince layouts explain --help");
        return EXIT_CODE_USAGE;
    }
    struct meter meter;
    struct layout_set set;
    struct arena arena;
    meter_init(&meter, NULL, "explain", METER_NO_LIMIT);
    const char *folder = options->folder != NULL ? options->folder : getenv("LINCE_LAYOUTS");
    if (layout_set_open(&meter, folder, &set, &error) != LINCE_OK) {
        language_complain(invocation->language, "%s", "%s", error.message);
        return EXIT_CODE_USAGE;
    }
    arena_init(&arena, &meter, 256 * 1024);
    int code = page_explain(invocation, &arena, &set, &error);
    arena_clear(&arena);
    layout_set_close(&set);
    if (fflush(stdout) != 0 && code == EXIT_CODE_OK) {
        code = EXIT_CODE_OUTPUT;
    }
    return code;
}

const struct command command_layouts_explain = {
    .name = "layouts explain",
    .summary = BILINGUAL("show why each value was taken", "muestra por qué se tomó cada valor"),
    .operands = BILINGUAL("IMAGE|PAGE.ndjson", "IMAGEN|PÁGINA.ndjson"),
    .description = BILINGUAL(
        "Shows how much of each layout's anchors is on the page, the labels that were found, and the candidates of "
        "each field with their scores; a star marks the winner. Takes an image, or a page that `lince read -f ndjson` "
        "wrote.",
        "Muestra cuánto de las anclas de cada plantilla está en la página, las etiquetas encontradas y, para cada "
        "campo, los candidatos con su puntuación; un asterisco marca el que ganó. Toma una imagen, o una página que "
        "escribió `lince read -f ndjson`."),
    .options = option_table,
    .options_bytes = sizeof(struct explain_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = examples,
    .run = run_explain,
};
