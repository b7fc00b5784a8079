/* read_usage.c - which options of `lince read` go together. */
#include "cli/read/read_usage.h"

#include <string.h>
#include <unistd.h>

#include "cli/language.h"
#include "cli/read/page_ranges.h"
#include "cli/read/parallel_jobs.h"
#include "cli/read/run.h"

static uint32_t format_index(const struct output_format *format) {
    uint32_t index = 0;
    while (output_formats[index] != format) {
        index++;
    }
    return index;
}

/* --stream takes images instead of names, so it excludes the options for names. */
static bool stream_is_right(const struct invocation *invocation) {
    const struct read_options *options = invocation->options;
    const char *other = options->resume           ? "--resume"
                        : options->messenger      ? "--messenger"
                        : options->recursive      ? "--recursive"
                        : options->only_zero_ends ? "--null"
                        : options->boxes != NULL  ? "--boxes"
                                                  : NULL;
    if (other != NULL) {
        language_complain(invocation->language, "--stream does not go with %s, which is for files",
                          "--stream no va con %s, que es para archivos", other);
        return false;
    }
    if (invocation->operand_count > 0) {
        language_complain(invocation->language, "--stream reads standard input and takes no file; remove %s",
                          "--stream lee la entrada estándar y no toma archivos; quite %s", invocation->operands[0]);
        return false;
    }
    if (output_formats[options->format] != &output_ndjson) {
        language_complain(invocation->language, "--stream writes ndjson; remove -f %s",
                          "--stream escribe ndjson; quite -f %s", output_formats[options->format]->name);
        return false;
    }
    return true;
}

/* Codes have a place in JSON only. */
static bool codes_are_right(const struct invocation *invocation, bool has_objects) {
    const struct read_options *options = invocation->options;
    if ((options->codes || options->split_on != NULL) && !has_objects) {
        language_complain(invocation->language, "--codes and --split-on need -f json or -f ndjson",
                          "--codes y --split-on necesitan -f json o -f ndjson");
        return false;
    }
    if (options->split_on != NULL && (options->resume || options->split_on[0] == '\0')) {
        language_complain(invocation->language,
                          "--split-on counts documents from the first page, so it needs a code and does not go with "
                          "--resume",
                          "--split-on cuenta los documentos desde la primera página: necesita un código y no va con "
                          "--resume");
        return false;
    }
    if (options->split_on == NULL && options->separator != SEPARATOR_KEEP) {
        language_complain(invocation->language, "--separator needs --split-on", "--separator necesita --split-on");
        return false;
    }
    return true;
}

/* Files are named, or with --stream none. */
static bool operands_are_right(const struct invocation *invocation) {
    const struct read_options *options = invocation->options;
    if (options->stream) {
        return stream_is_right(invocation);
    }
    int standard_inputs = 0;
    for (int i = 0; i < invocation->operand_count; i++) {
        standard_inputs += strcmp(invocation->operands[i], "-") == 0;
    }
    if (invocation->operand_count == 0) {
        language_complain(invocation->language, "no file was named; see: lince read --help",
                          "no se nombró ningún archivo; vea: lince read --help");
        return false;
    }
    if (standard_inputs > 1) {
        language_complain(invocation->language, "\"-\" can be given only once: there is one standard input",
                          "\"-\" se puede dar una sola vez: hay una sola entrada estándar");
        return false;
    }
    return true;
}

/* What is asked for has a place in the form of the output. */
static bool form_is_right(const struct invocation *invocation) {
    const struct read_options *options = invocation->options;
    if (options->resume && (options->output == NULL || !output_formats[options->format]->appendable)) {
        language_complain(invocation->language, "--resume needs -f ndjson and -o FILE",
                          "--resume necesita -f ndjson y -o ARCHIVO");
        return false;
    }
    const char *format = output_formats[options->format]->name;
    if (output_formats[options->format]->is_binary && options->output == NULL && isatty(STDOUT_FILENO)) {
        language_complain(invocation->language, "-f %s is not for a terminal: name a file with -o, or use a pipe",
                          "-f %s no es para una terminal: indique un archivo con -o o use una tubería", format);
        return false;
    }
    bool has_objects = strcmp(format, "json") == 0 || strcmp(format, "ndjson") == 0;
    if (!codes_are_right(invocation, has_objects)) {
        return false;
    }
    if (options->letters && !has_objects && output_formats[options->format] != &output_hocr) {
        language_complain(invocation->language, "--letters needs -f json, ndjson or hocr",
                          "--letters necesita -f json, ndjson o hocr");
        return false;
    }
    if (options->pdf_a != LEVEL_UNSAID && output_formats[options->format] != &output_pdf) {
        language_complain(invocation->language, "--pdf-a needs -f pdf", "--pdf-a necesita -f pdf");
        return false;
    }
    if (options->messenger && !has_objects) {
        language_complain(invocation->language, "--messenger needs -f json or -f ndjson",
                          "--messenger necesita -f json o -f ndjson");
        return false;
    }
    if (options->fields && !has_objects && strcmp(format, "text") != 0) {
        language_complain(invocation->language, "--fields needs -f text, json or ndjson",
                          "--fields necesita -f text, json o ndjson");
        return false;
    }
    if (!options->fields && (options->layout != NULL || options->layouts != NULL || options->review != NULL)) {
        language_complain(invocation->language, "--layout, --layouts and --review need --fields",
                          "--layout, --layouts y --review necesitan --fields");
        return false;
    }
    return true;
}

bool read_usage_is_right(const struct invocation *invocation) {
    struct read_options *options = invocation->options;
    if (options->format == FORMAT_UNSAID) {
        options->format = format_index(options->stream ? &output_ndjson : &output_text);
    }
    if (!operands_are_right(invocation) || !form_is_right(invocation)) {
        return false;
    }
    struct page_ranges pages;
    if (!page_ranges_parse(options->pages, &pages)) {
        language_complain(invocation->language, "--pages takes numbers and ranges from 1 on, such as 1-3,7,9-, not %s",
                          "--pages toma números y rangos desde 1, como 1-3,7,9-, y no %s", options->pages);
        return false;
    }
    if (options->jobs > JOBS_LIMIT) {
        language_complain(invocation->language, "--jobs can be at most %d, not %u",
                          "--jobs puede ser como mucho %d, no %u", JOBS_LIMIT, options->jobs);
        return false;
    }
    return true;
}
