/* report_command.c - `lince memory report`: prints a report for people, as text or as a page. */
#include <stdbool.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/meter.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/language.h"
#include "cli/memory/report_file.h"
#include "monitor/report_page.h"

struct report_options {
    bool html;
};

static const struct option_spec option_table[] = {
    {.name = "html",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct report_options, html),
     .help = BILINGUAL("an HTML page, with resident memory and meters as trees of boxes, and a drawn timeline",
                       "una página HTML, con la memoria residente y los medidores como árboles de cajas y la línea de "
                       "tiempo dibujada")},
    {.name = NULL},
};

static const struct command_note examples[] = {
    {"lince memory report --html memory_reports/memory-*.json > memory.html",
     BILINGUAL("a page for a browser", "una página para el navegador")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static int show(const json_t *report, bool is_html, enum lince_language language) {
    struct meter meter;
    struct buffer out;
    meter_init(&meter, NULL, "report", METER_NO_LIMIT);
    buffer_init(&out, &meter);
    if (is_html) {
        report_page_begin(language, &out);
        report_page_add(report, language, &out);
        report_page_end(&out);
    } else {
        report_print(report, language, &out);
    }
    bool is_whole = !out.refused;
    if (is_whole) {
        fwrite(out.bytes, 1, out.used_bytes, stdout);
    } else {
        language_complain(language, "no memory to show the report", "no hay memoria para mostrar el informe");
    }
    buffer_free(&out);
    return is_whole ? help_finish(stdout, language) : EXIT_CODE_MEMORY;
}

static int run(const struct invocation *invocation) {
    const struct report_options *options = invocation->options;
    if (invocation->operand_count != 1) {
        language_complain(invocation->language, "name one report; see: lince memory report --help",
                          "indique un informe; vea: lince memory report --help");
        return EXIT_CODE_USAGE;
    }
    json_t *report = report_file_load(invocation->operands[0], invocation->language);
    if (report == NULL) {
        return EXIT_CODE_SOME_FAILED;
    }
    int exit_code = show(report, options->html, invocation->language);
    json_decref(report);
    return exit_code;
}

static const struct report_options defaults = {false};

const struct command command_memory_report = {
    .name = "memory report",
    .summary = BILINGUAL("show a memory report", "muestra un informe de memoria"),
    .operands = BILINGUAL("FILE", "ARCHIVO"),
    .description = BILINGUAL("Prints a memory report for people: the kernel's figures, the meters as a tree, what each "
                             "piece of work cost, the allocation sites, and the events.",
                             "Muestra un informe de memoria para personas: las cifras del núcleo, los medidores en "
                             "árbol, lo que costó cada trabajo, los sitios que piden memoria y los eventos."),
    .options = option_table,
    .options_bytes = sizeof(struct report_options),
    .options_default = &defaults,
    .examples = examples,
    .run = run,
};
