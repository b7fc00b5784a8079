/* tesseract_command.c - `lince tesseract`: what programs that call Tesseract expect, by the same words, files and exit
 * codes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "base/meter.h"
#include "cli/command.h"
#include "cli/image_names.h"
#include "cli/language.h"
#include "cli/tesseract/tesseract_file.h"
#include "cli/tesseract/tesseract_wishes.h"
#include "engine/page_picture.h"
#include "output/output.h"

/* Callers compare this version. The files have the forms of that version. */
#define TESSERACT_VERSION "5.3.0"

enum { LINE_BYTES = 64 << 10 };

struct tesseract_options {
    struct tesseract_asked asked;
    const char *data_folder;
    bool lists_languages, tells_version;
    uint64_t memory_bytes;
    const char *models;
};

static const struct tesseract_options defaults = {.asked = {.language = "eng", .psm = "3"},
                                                  .memory_bytes = UINT64_C(300) << 20};

static const struct option_spec option_table[] = {
    {.letter = 'l',
     .name = "language",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct tesseract_options, asked.language),
     .value = BILINGUAL("LANG+...", "IDIOMA+..."),
     .help = BILINGUAL("languages of the text; all in Latin script are read alike, others are refused",
                       "idiomas del texto; los de escritura latina se leen igual, los demás se rechazan")},
    {.name = "psm",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct tesseract_options, asked.psm),
     .value = BILINGUAL("N", "N"),
     .help =
         BILINGUAL("page segmentation: 0 reports which way is up, 2 the skew; all others read the text in the page's "
                   "own order",
                   "segmentación: 0 informa qué lado es arriba, 2 la inclinación; los demás leen el texto en el orden "
                   "de la página")},
    {.name = "dpi",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct tesseract_options, asked.dpi),
     .value = BILINGUAL("N", "N"),
     .help = BILINGUAL("dots per inch of the image, 70 to 2400, for the size of PDF pages; Lince measures the letters",
                       "puntos por pulgada de la imagen, de 70 a 2400, para el tamaño de las páginas PDF; Lince mide "
                       "las letras")},
    {.name = "oem",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct tesseract_options, asked.oem),
     .value = BILINGUAL("N", "N"),
     .help = BILINGUAL("engine mode of Tesseract: 0 to 3, all the same here",
                       "modo del motor de Tesseract: de 0 a 3, aquí todos iguales")},
    {.name = "tessdata-dir",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct tesseract_options, data_folder),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("Tesseract's models, which are not used here", "modelos de Tesseract, que aquí no se usan")},
    {.letter = 'c',
     .name = "variable",
     .kind = OPTION_TEXTS,
     .offset = offsetof(struct tesseract_options, asked.variables),
     .value = BILINGUAL("NAME=VALUE", "NOMBRE=VALOR"),
     .help = BILINGUAL("tessedit_create_txt, _hocr, _alto, _tsv, _pdf or _boxfile; textonly_pdf; user_defined_dpi; "
                       "hocr_char_boxes; others are "
                       "reported and ignored",
                       "tessedit_create_txt, _hocr, _alto, _tsv, _pdf o _boxfile; textonly_pdf; user_defined_dpi; "
                       "hocr_char_boxes; las demás se "
                       "informan y se ignoran")},
    {.name = "list-langs",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct tesseract_options, lists_languages),
     .help = BILINGUAL("list the languages", "lista los idiomas")},
    {.letter = 'v',
     .name = "version",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct tesseract_options, tells_version),
     .help = BILINGUAL("print the version of Tesseract that this command is compatible with, and Lince's",
                       "muestra la versión de Tesseract con la que es compatible, y la de Lince")},
    {.letter = 'm',
     .name = "memory",
     .kind = OPTION_SIZE,
     .offset = offsetof(struct tesseract_options, memory_bytes),
     .value = BILINGUAL("SIZE", "TAMAÑO"),
     .help = BILINGUAL("the most memory that the process may take; 300MB by default, 0: no limit",
                       "la mayor memoria que puede ocupar el proceso; por defecto 300MB; 0: sin límite")},
    {.name = "models",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct tesseract_options, models),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("folder of the models", "carpeta de los modelos")},
    {.name = NULL}};

struct run_tesseract {
    const struct tesseract_options *options;
    enum lince_language language;
    const char *input, *base;
    struct tesseract_wishes wishes;
    struct tesseract_file files[FORMS_COUNT];
    size_t file_count;
    struct meter meter;
    struct lince_engine *engine;
    struct lince_reader *reader;
    struct lince_document *document;
    struct buffer bytes; /* of standard input, or of a list of names */
    struct buffer names; /* of the images in that list, each with a zero byte behind it */
    size_t name_count;   /* 0: the input is the one image */
    uint32_t page_base;  /* pages of the images before this one */
};

static int fail(const struct run_tesseract *run, const char *english, const char *spanish, const char *what) {
    language_complain(run->language, english, spanish, what);
    return EXIT_CODE_SOME_FAILED;
}

static bool input_take(struct run_tesseract *run) {
    char block[LINE_BYTES];
    ssize_t got;
    while ((got = read(STDIN_FILENO, block, sizeof block)) > 0) {
        buffer_append(&run->bytes, block, (size_t)got);
    }
    return got == 0 && !run->bytes.refused;
}

/* One per core, or fewer if the caller limits Tesseract's threads. */
static uint32_t threads_count(void) {
    const char *wanted = getenv("OMP_THREAD_LIMIT");
    long cores = sysconf(_SC_NPROCESSORS_ONLN), limit = wanted == NULL ? 0 : strtol(wanted, NULL, 10);
    long count = limit > 0 && limit < cores ? limit : cores;
    return count > 1 ? (uint32_t)count : 1;
}

static enum lince_status engine_open(struct run_tesseract *run, struct lince_error *error) {
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    options.model_directory = run->options->models;
    options.memory_limit_bytes = run->options->memory_bytes;
    options.threads_per_image = threads_count();
    enum lince_status status = lince_engine_open(&options, &run->engine, error);
    return status == LINCE_OK ? lince_reader_open(run->engine, &run->reader, error) : status;
}

/* Whether the image is what came on standard input. */
static bool is_sent(const struct run_tesseract *run) {
    return run->name_count == 0 && tesseract_is_standard(run->input, "stdin");
}

static enum lince_status document_open(struct run_tesseract *run, const char *name, struct lince_error *error) {
    struct lince_document_options how = LINCE_DOCUMENT_OPTIONS_DEFAULTS;
    how.pdf_text = LINCE_PDF_TEXT_NEVER; /* callers of Tesseract want the picture read */
    return is_sent(run) ? lince_document_open(run->engine, run->bytes.bytes == NULL ? "" : run->bytes.bytes,
                                              run->bytes.used_bytes, &how, &run->document, error)
                        : lince_document_open_file(run->engine, name, &how, &run->document, error);
}

static bool needs_picture(const struct run_tesseract *run) {
    for (size_t i = 0; i < run->file_count; i++) {
        if (run->files[i].format->needs_image) {
            return true;
        }
    }
    return false;
}

/* Gives the item the picture that a form contains; `picture` owns it, unless it is standard input. */
static enum lince_status picture_take(struct run_tesseract *run, uint32_t index, struct output_item *item,
                                      struct buffer *picture, struct lince_error *error) {
    struct file_bytes file;
    enum lince_status status = LINCE_OK;
    if (!needs_picture(run)) {
        return LINCE_OK;
    }
    const struct buffer *taken = picture;
    if (lince_document_has_pages(run->document)) {
        status = page_picture_append(run->document, index, &run->meter, picture, error);
    } else if (is_sent(run)) {
        taken = &run->bytes;
    } else if ((status = file_read(item->name, &run->meter, &file, error)) == LINCE_OK) {
        picture->bytes = (char *)file.bytes;
        picture->used_bytes = picture->size_bytes = file.count;
    }
    item->image = (const uint8_t *)taken->bytes;
    item->image_bytes = taken->used_bytes;
    return status;
}

/* A page without text does not show which way is up. Callers look for Tesseract's sentence, so it comes first. */
static enum lince_status turn_check(const struct run_tesseract *run, const struct lince_page *page, uint32_t index,
                                    struct lince_error *error) {
    if (!run->wishes.wants[FORM_OSD] || lince_page_line_count(page) > 0) {
        return LINCE_OK;
    }
    fputs("Too few characters. Skipping this page\n", stderr);
    return error_set(error, LINCE_ERROR_EMPTY, "page %u has no text that would show which way is up",
                     "la página %u no tiene texto que muestre qué lado es arriba", index + 1);
}

static enum lince_status page_do(struct run_tesseract *run, const char *name, uint32_t index, bool *written,
                                 struct lince_error *error) {
    struct lince_page *page = NULL;
    struct buffer picture;
    struct lince_read_options how = LINCE_READ_OPTIONS_DEFAULTS;
    how.letters = run->wishes.wants[FORM_BOX] || (run->wishes.letters && run->wishes.wants[FORM_HOCR]);
    enum lince_status status = lince_document_read(run->reader, run->document, index, &how, &page, error);
    if (status != LINCE_OK) {
        return status;
    }
    buffer_init(&picture, &run->meter);
    struct output_item item = {.name = name,
                               .sha256 = "",
                               .page = page,
                               .index = run->page_base + index,
                               .page_number = index + 1,
                               .page_count = lince_document_page_count(run->document),
                               .alone = true,
                               .dots_per_inch = run->wishes.dots_per_inch,
                               .letters = run->wishes.letters};
    status = turn_check(run, page, index, error);
    if (status == LINCE_OK) {
        status = picture_take(run, index, &item, &picture, error);
    }
    for (size_t i = 0; i < run->file_count && status == LINCE_OK; i++) {
        *written = tesseract_file_add(&run->files[i], &item) && *written;
    }
    buffer_free(&picture);
    lince_page_free(page);
    return status;
}

static bool file_begin(struct run_tesseract *run, const struct tesseract_form *form) {
    bool is_bare = form->format == &output_pdf && run->wishes.text_only;
    struct tesseract_file *file = &run->files[run->file_count++];
    bool written = tesseract_file_open(run->base, form->extension, is_bare ? &output_pdf_text_only : form->format,
                                       &run->meter, file);
    if (file->descriptor < 0) {
        language_complain(run->language, "%s.%s cannot be written", "no se puede escribir %s.%s", run->base,
                          form->extension);
    }
    return written;
}

/* Reads the pages of one image or document, whose outputs go on where those before it ended. */
static enum lince_status pages_of(struct run_tesseract *run, const char *name, bool *written,
                                  struct lince_error *error) {
    enum lince_status status = document_open(run, name, error);
    uint32_t count = status == LINCE_OK ? lince_document_page_count(run->document) : 0;
    bool is_first = run->page_base == 0;
    for (size_t i = 0; is_first && i < FORMS_COUNT && status == LINCE_OK && *written; i++) {
        *written = !run->wishes.wants[i] || file_begin(run, &tesseract_forms[i]);
    }
    for (uint32_t index = 0; index < count && status == LINCE_OK && *written; index++) {
        status = page_do(run, name, index, written, error);
    }
    run->page_base += count;
    lince_document_close(run->document);
    run->document = NULL;
    return status;
}

static int pages_do(struct run_tesseract *run) {
    struct lince_error error = LINCE_ERROR_INIT;
    bool written = true;
    error.language = run->language;
    enum lince_status status = engine_open(run, &error);
    const char *name = run->name_count == 0 ? run->input : run->names.bytes;
    for (size_t i = 0; (i == 0 || i < run->name_count) && status == LINCE_OK && written; i++) {
        status = pages_of(run, name, &written, &error);
        name += strlen(name) + 1;
    }
    for (size_t i = 0; i < run->file_count; i++) {
        written = tesseract_file_close(&run->files[i]) && written;
    }
    if (status != LINCE_OK) {
        return fail(run, "%s", "%s", error.message);
    }
    return written ? EXIT_CODE_OK
                   : fail(run, "%s: the output cannot be written", "%s: no se puede escribir la salida", run->base);
}

/* Takes standard input; of a short file that is no image, the names in it. */
static bool input_begin(struct run_tesseract *run) {
    struct lince_error ignored = LINCE_ERROR_INIT; /* opening it as an image tells what is wrong */
    struct file file;
    struct file_bytes list = {0};
    if (tesseract_is_standard(run->input, "stdin")) {
        if (!input_take(run)) {
            return false;
        }
        run->name_count =
            run->bytes.used_bytes == 0 ? 0 : image_names_take(run->bytes.bytes, run->bytes.used_bytes, &run->names);
    } else if (file_open(run->input, &file, &ignored) == LINCE_OK) {
        if (file.size_bytes <= IMAGE_NAMES_LIMIT_BYTES &&
            file_read_start(&file, file.size_bytes, &run->meter, &list, &ignored) == LINCE_OK) {
            run->name_count = image_names_take((const char *)list.bytes, list.count, &run->names);
        }
        meter_free(list.bytes);
        file_close(&file);
    }
    return true;
}

static int run_tesseract(const struct invocation *invocation) {
    struct run_tesseract run = {.options = invocation->options, .language = invocation->language};
    if (run.options->tells_version) {
        printf("tesseract " TESSERACT_VERSION "\n lince %s\n", lince_version());
        return EXIT_CODE_OK;
    }
    if (run.options->lists_languages) {
        tesseract_languages_list();
        return EXIT_CODE_OK;
    }
    if (invocation->operand_count < 2) {
        return fail(&run, "%s needs an image and the base of the output's name",
                    "%s necesita una imagen y la base del nombre de la salida", "lince tesseract");
    }
    run.input = invocation->operands[0];
    run.base = invocation->operands[1];
    if (!tesseract_wishes_take(&run.options->asked, invocation->operands + 2, invocation->operand_count - 2,
                               run.language, &run.wishes)) {
        return EXIT_CODE_SOME_FAILED;
    }
    meter_init(&run.meter, NULL, "tesseract", METER_NO_LIMIT);
    buffer_init(&run.bytes, &run.meter);
    buffer_init(&run.names, &run.meter);
    int code = input_begin(&run) ? pages_do(&run) : fail(&run, "%s cannot be read", "no se puede leer %s", "stdin");
    lince_document_close(run.document);
    lince_reader_close(run.reader);
    lince_engine_close(run.engine);
    buffer_free(&run.bytes);
    buffer_free(&run.names);
    return code;
}

static const struct command_note exit_codes[] = {
    {"0", BILINGUAL("all was read and written", "todo se leyó y se escribió")},
    {"1", BILINGUAL("something failed, as Tesseract says it", "algo falló, como lo dice Tesseract")},
    {"2", BILINGUAL("an option is wrong", "una opción está mal")},
    {NULL, {{NULL, NULL}}}};

static const struct command_note examples[] = {
    {"lince tesseract scan.png out -l spa hocr pdf", BILINGUAL("out.hocr and out.pdf", "out.hocr y out.pdf")},
    {"cat scan.png | lince tesseract stdin stdout",
     BILINGUAL("text on standard output", "texto en la salida estándar")},
    {"ln -s $(command -v lince) tesseract",
     BILINGUAL("by this name it is found by programs that call Tesseract",
               "con este nombre lo encuentran los programas que llaman a Tesseract")},
    {NULL, {{NULL, NULL}}}};

const struct command command_tesseract = {
    .name = "tesseract",
    .summary = BILINGUAL("stand in for the program Tesseract", "hace las veces del programa Tesseract"),
    .operands = BILINGUAL("IMAGE|stdin OUTBASE|stdout [CONFIG]...", "IMAGEN|stdin BASE|stdout [CONFIG]..."),
    .description = BILINGUAL(
        "Reads an image, the pages of a document, or the images that a text names line by line, and writes "
        "OUTBASE.txt, or the files that CONFIG asks for: txt, hocr, alto (.xml), tsv, pdf, makebox (.box). Options, "
        "names and exit codes are Tesseract's, so that what calls it works. A link named tesseract does the same.",
        "Lee una imagen, las páginas de un documento o las imágenes que un texto nombra una por línea, y escribe "
        "BASE.txt, o los archivos que pida CONFIG: txt, hocr, alto (.xml), tsv, pdf, makebox (.box). Opciones, nombres "
        "y códigos de salida son los de Tesseract, para que funcione lo que lo llama. Un enlace llamado tesseract hace "
        "lo mismo."),
    .options = option_table,
    .options_bytes = sizeof(struct tesseract_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = examples,
    .run = run_tesseract,
};
