/* read_command.c - `lince read`: its declaration, and its summary at the end. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/zip.h"
#include "cli/command.h"
#include "cli/language.h"
#include "cli/read/interrupt.h"
#include "cli/read/read_usage.h"
#include "cli/read/run.h"
#include "image/header/foreign.h"

static const char *const direction_names[] = {"doubt", "always", "never", NULL}; /* enum lince_direction */
static const char *const separator_names[] = {"keep", "drop", NULL};             /* enum separator_pages */
static const char *const level_names[] = {"2b", "3b", NULL};                     /* enum pdf_file_level */
static const char *const format_names[] = {"text",   "json", "ndjson",        "tsv",  "pdf", "markdown",
                                           "layout", "hocr", "tesseract-tsv", "alto", NULL};

static const struct read_options defaults = {.format = FORMAT_UNSAID,
                                             .pdf_a = LEVEL_UNSAID,
                                             .memory_bytes = UINT64_C(300) << 20,
                                             .report_folder = "memory_reports"};

#define READ_ENGINE_OPTION(...) ENGINE_OPTION(offsetof(struct read_options, engine.texts), __VA_ARGS__)

static const struct option_spec option_table[] = {
    {.letter = 'f',
     .name = "format",
     .kind = OPTION_CHOICE,
     .offset = offsetof(struct read_options, format),
     .choices = format_names,
     .help = BILINGUAL("form of the output; text by default, ndjson with --stream",
                       "forma de la salida; por defecto text, o ndjson con --stream")},
    {.letter = 'o',
     .name = "output",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct read_options, output),
     .value = BILINGUAL("FILE", "ARCHIVO"),
     .help = BILINGUAL(
         "write to FILE instead of standard output: ndjson as it comes, the others complete at the end",
         "escribe en ARCHIVO en vez de la salida estándar: ndjson a medida que llega, los demás completos al final")},
    {.letter = 'j',
     .name = "jobs",
     .kind = OPTION_COUNT,
     .offset = offsetof(struct read_options, jobs),
     .value = BILINGUAL("N", "N"),
     .help = BILINGUAL("read N images at once, each on one core; by default as many as cores and memory limit allow, "
                       "and a single file on all cores",
                       "lee N imágenes a la vez, cada una en un núcleo; por defecto tantas como permitan los núcleos y "
                       "el límite de memoria, y un solo archivo en todos los núcleos")},
    {.letter = 'm',
     .name = "memory",
     .kind = OPTION_SIZE,
     .offset = offsetof(struct read_options, memory_bytes),
     .value = BILINGUAL("SIZE", "TAMAÑO"),
     .help = BILINGUAL("the most memory that the process may take, such as 300MB (the default) or 1GB; 0: no limit",
                       "la mayor memoria que puede ocupar el proceso, como 300MB (por defecto) o 1GB; 0: sin límite")},
    {.name = "fields",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, fields),
     .help =
         BILINGUAL("extract the fields of receipts and invoices: with -f text instead of the lines, with json and "
                   "ndjson beside them, and for a document with pages over all of them; `lince fields` makes tables",
                   "extrae los campos de recibos y facturas: con -f text en lugar de las líneas, con json y ndjson "
                   "junto a ellas, y en un documento con páginas sobre todas; `lince fields` hace tablas")},
    {.name = "codes",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, codes),
     .help = BILINGUAL(
         "with -f json or ndjson: read bar codes and QR codes too; 0.1 to 0.3 s more for each page of 4 megapixels",
         "con -f json o ndjson: lee también códigos de barras y QR; 0,1 a 0,3 s más por cada página de 4 "
         "megapíxeles")},
    {.name = "letters",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, letters),
     .help = BILINGUAL("with -f json, ndjson or hocr: the place and confidence of each letter too",
                       "con -f json, ndjson o hocr: también el lugar y la confianza de cada letra")},
    {.name = "split-on",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct read_options, split_on),
     .value = BILINGUAL("CODE", "CÓDIGO"),
     .help =
         BILINGUAL("with -f json or ndjson: a page with this code begins a new document, and \"split\" says to which "
                   "one each page belongs; with a * at the end, a code that begins so; implies --codes",
                   "con -f json o ndjson: una página con este código empieza otro documento, y \"split\" dice a cuál "
                   "pertenece cada página; con * al final, un código que empieza así; implica --codes")},
    {.name = "separator",
     .kind = OPTION_CHOICE,
     .offset = offsetof(struct read_options, separator),
     .choices = separator_names,
     .help = BILINGUAL("with --split-on: keep the page with the code as the first of its document (the default), or "
                       "drop it",
                       "con --split-on: conserva la página del código como primera de su documento (keep, por "
                       "defecto) o la descarta (drop)")},
    {.name = "layout",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct read_options, layout),
     .value = BILINGUAL("NAME,...", "NOMBRE,..."),
     .help = BILINGUAL("with --fields: use only these layouts; by default the page decides",
                       "con --fields: usa solo estas plantillas; por defecto decide la página")},
    {.name = "layouts",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct read_options, layouts),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("with --fields: a folder of your own layouts, *.json; by default $LINCE_LAYOUTS",
                       "con --fields: una carpeta con plantillas propias, *.json; por defecto $LINCE_LAYOUTS")},
    {.name = "review",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct read_options, review),
     .value = BILINGUAL("KIND=X,...", "CLASE=X,..."),
     .help = BILINGUAL("with --fields: confidence below which a person should check a value, such as "
                       "amount=0.95,id=0.9 or all=0.9; by default $LINCE_REVIEW, or else the fitted ones",
                       "con --fields: confianza por debajo de la cual una persona debe revisar un valor, como "
                       "amount=0.95,id=0.9 o all=0.9; por defecto $LINCE_REVIEW o las ajustadas")},
    {.name = "messenger",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, messenger),
     .help = BILINGUAL("with -f json or ndjson: add the messenger's data from the file's name and the JSON beside it",
                       "con -f json o ndjson: agrega los datos de la mensajería que están en el nombre del archivo y "
                       "en el JSON que lo acompaña")},
    {.name = "locked-down",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, locked_down),
     .help =
         BILINGUAL("decode PDF, TIFF, HEIC, AVIF, JPEG XL and JPEG 2000, and unpack ZIP, in a process of its own for "
                   "each file, which can do nothing else: for files from strangers",
                   "decodifica PDF, TIFF, HEIC, AVIF, JPEG XL y JPEG 2000, y desempaqueta ZIP, en un proceso aparte "
                   "para cada archivo, que no puede hacer nada más: para archivos de desconocidos")},
    {.name = "memory-log",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, logs),
     .help = BILINGUAL(
         "write a line to standard error for each clean-up, refusal, growth, and when 90% is reached",
         "escribe una línea en la salida de errores por cada limpieza, rechazo o crecimiento, y al alcanzar el 90%")},
    {.name = "memory-profile",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, profile),
     .help = BILINGUAL("count memory by allocation site, and write reports as --memory-report does",
                       "cuenta la memoria por los sitios que la piden y escribe informes como --memory-report")},
    {.name = "memory-report",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, reports),
     .help = BILINGUAL("write a memory report at the end and when a threshold is crossed",
                       "escribe un informe de memoria al final y al cruzar un umbral")},
    {.name = "memory-report-every",
     .kind = OPTION_COUNT,
     .offset = offsetof(struct read_options, report_every),
     .value = BILINGUAL("N", "N"),
     .help = BILINGUAL("write a memory report every N images", "escribe un informe de memoria cada N imágenes")},
    {.name = "memory-reports",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct read_options, report_folder),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("folder of the memory reports; memory_reports by default",
                       "carpeta de los informes de memoria; por defecto memory_reports")},
    {.name = "pages",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct read_options, pages),
     .value = BILINGUAL("LIST", "LISTA"),
     .help = BILINGUAL("read only these pages of each document, such as 1-3,7,9-; all by default",
                       "lee solo estas páginas de cada documento, como 1-3,7,9-; por defecto todas")},
    {.name = "pdf-a",
     .kind = OPTION_CHOICE,
     .offset = offsetof(struct read_options, pdf_a),
     .choices = level_names,
     .help =
         BILINGUAL("with -f pdf: make a PDF/A file of this level (2b by default), also of one PDF file, whose pages "
                   "become pictures with text",
                   "con -f pdf: hace un archivo PDF/A de este nivel (por defecto 2b), también con un solo archivo "
                   "PDF, cuyas páginas pasan a ser imágenes con texto")},
    {.name = "password-file",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct read_options, password_file),
     .value = BILINGUAL("FILE", "ARCHIVO"),
     .help =
         BILINGUAL("open encrypted PDF files with the first line of FILE; by default with $LINCE_PASSWORD",
                   "abre los archivos PDF cifrados con la primera línea de ARCHIVO; por defecto con $LINCE_PASSWORD")},
    {.letter = 'r',
     .name = "recursive",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, recursive),
     .help = BILINGUAL("read sub-folders too", "lee también las subcarpetas")},
    {.letter = '0',
     .name = "null",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, only_zero_ends),
     .help = BILINGUAL("names on standard input end with a zero byte, as find -print0 writes them",
                       "los nombres de la entrada estándar terminan en un byte cero, como los escribe find -print0")},
    {.name = "resume",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, resume),
     .help = BILINGUAL(
         "with -f ndjson -o FILE: keep what FILE already has, skip those files, add the others",
         "con -f ndjson -o ARCHIVO: conserva lo que ARCHIVO ya tiene, omite esos archivos y agrega los demás")},
    {.name = "stream",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, stream),
     .help =
         BILINGUAL("read images from standard input, each after a line {\"name\": \"a.jpg\", \"bytes\": 48123}, and "
                   "write ndjson in their order: for programs that read many images with one engine",
                   "lee imágenes de la entrada estándar, cada una tras una línea {\"name\": \"a.jpg\", \"bytes\": "
                   "48123}, y escribe ndjson en su orden: para programas que leen muchas imágenes con un solo motor")},
    {.name = "boxes",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct read_options, boxes),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("write each image with its boxes and text drawn on it as a PNG file in DIR; existing files are "
                       "never overwritten",
                       "escribe cada imagen con sus cajas y su texto dibujados, como PNG, en CARPETA; nunca "
                       "sobrescribe un archivo")},
    {.name = "direction",
     .kind = OPTION_CHOICE,
     .offset = offsetof(struct read_options, direction),
     .choices = direction_names,
     .help =
         BILINGUAL("when to check whether a line is upside down: only in doubt (the default), always or never",
                   "cuándo comprobar si una línea está al revés: solo en caso de duda (por defecto), siempre o nunca")},
    {.name = "models",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct read_options, models),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("folder of the models; by default $LINCE_MODELS, or else the installed one",
                       "carpeta de los modelos; por defecto $LINCE_MODELS o la instalada")},
    ENGINE_SETTINGS(READ_ENGINE_OPTION) CONFIG_OPTION(offsetof(struct read_options, engine.config)),
    {.letter = 'q',
     .name = "quiet",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct read_options, quiet),
     .help = BILINGUAL("no progress bar and no messages about single files",
                       "sin barra de progreso ni mensajes sobre archivos individuales")},
    {.name = NULL},
};

static const struct command_note exit_codes[] = {
    {"0", BILINGUAL("all files were read", "se leyeron todos los archivos")},
    {"1", BILINGUAL("some files could not be read", "algunos archivos no se pudieron leer")},
    {"2", BILINGUAL("the command line is wrong", "la línea de comandos está mal")},
    {"69", BILINGUAL("the models, or a font for --boxes, are missing or do not load",
                     "faltan o no cargan los modelos, o una fuente para --boxes")},
    {"74", BILINGUAL("the output could not be written", "no se pudo escribir la salida")},
    {"75", BILINGUAL("something did not fit in the memory limit", "algo no cupo en el límite de memoria")},
    {"130",
     BILINGUAL("interrupted; the output is complete up to there", "interrumpido; la salida está completa hasta ahí")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static const struct command_note examples[] = {
    {"lince read receipt.jpg", BILINGUAL("print the text of one image", "escribe el texto de una imagen")},
    {"lince read letter.png",
     BILINGUAL("the same for any page in the Latin script: Spanish, English, French, ...",
               "lo mismo con cualquier página en escritura latina: español, inglés, francés...")},
    {"lince read -r -f ndjson -o all.ndjson --resume receipts/",
     BILINGUAL("read a tree of folders, and continue where an earlier run ended",
               "lee un árbol de carpetas y continúa donde terminó una ejecución anterior")},
    {"lince read --fields receipt.jpg", BILINGUAL("print what was paid, to whom and under which reference",
                                                  "escribe qué se pagó, a quién y con qué referencia")},
    {"lince read --fields -f ndjson receipts/ > pages.ndjson",
     BILINGUAL("the same for many receipts, beside their lines", "lo mismo con muchos recibos, junto a sus líneas")},
    {"lince read -f ndjson --codes label.jpg",
     BILINGUAL("read the bar codes of a page too, with kind, content and place",
               "lee también los códigos de barras de una página, con clase, contenido y lugar")},
    {"lince read -f ndjson --split-on 'SEPARATOR*' stack.pdf",
     BILINGUAL("tell the documents of a scanned stack apart by the code on their first pages",
               "distingue los documentos de una pila escaneada por el código de sus primeras páginas")},
    {"lince read -f pdf -o letter.pdf page1.jpg page2.jpg",
     BILINGUAL("make a PDF of pictures whose text can be searched and copied",
               "hace un PDF de imágenes cuyo texto se puede buscar y copiar")},
    {"lince read -f markdown letter.png",
     BILINGUAL("write headings, paragraphs, lists and tables", "escribe títulos, párrafos, listas y tablas")},
    {"find . -name '*.png' -print0 | lince read -0 -f tsv -",
     BILINGUAL("read the files that another program names", "lee los archivos que nombra otro programa")},
    {"producer | lince read --stream --fields > pages.ndjson",
     BILINGUAL("read images that another program sends, one after another",
               "lee las imágenes que envía otro programa, una tras otra")},
    {"curl -s https://example.org/receipt.jpg | lince read -",
     BILINGUAL("read an image from a pipe", "lee una imagen de una tubería")},
    {NULL, BILINGUAL(NULL, NULL)},
};

/* A document of a program that is an archive inside is one file. */
static bool is_archive(const char *name) {
    uint8_t start[1032];
    int descriptor = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t count = descriptor < 0 ? -1 : read(descriptor, start, sizeof start);
    if (descriptor >= 0) {
        close(descriptor);
    }
    const char *format = count > 0 && zip_begins(start, (size_t)count) ? foreign_name(start, (size_t)count) : NULL;
    return format != NULL && strcmp(format, "ZIP") == 0;
}

static bool is_one_file(const struct invocation *invocation) {
    struct stat file;
    const char *name = invocation->operands[0];
    if (invocation->operand_count != 1 || strcmp(name, "-") == 0) {
        return false;
    }
    return stat(name, &file) != 0 || (!S_ISDIR(file.st_mode) && !(S_ISREG(file.st_mode) && is_archive(name)));
}

static int exit_code(const struct run *run, enum lince_status status) {
    switch (status) {
    case LINCE_OK:
        break;
    case LINCE_ERROR_WRITE:
        return EXIT_CODE_OUTPUT;
    case LINCE_ERROR_MEMORY_LIMIT:
        return EXIT_CODE_MEMORY;
    case LINCE_ERROR_ARGUMENT:
    case LINCE_ERROR_LAYOUT:
        return EXIT_CODE_USAGE;
    default:
        return EXIT_CODE_UNAVAILABLE;
    }
    if (interrupt_is_stopping()) {
        return EXIT_CODE_INTERRUPTED;
    }
    if (run->memory_failed_count > 0) {
        return EXIT_CODE_MEMORY;
    }
    return run->failed_count > 0 ? EXIT_CODE_SOME_FAILED : EXIT_CODE_OK;
}

static void outcome_tell(const struct run *run, enum lince_status status, const struct lince_error *error) {
    if (run->skipped_count > 0 && !run->options->quiet) {
        language_complain(run->language, "%llu files were already in %s", "%llu archivos ya estaban en %s",
                          (unsigned long long)run->skipped_count, run->options->output);
    }
    if (status != LINCE_OK) {
        language_complain(run->language, "%s", "%s", error->message);
    } else if (run->pulled_count + run->skipped_count == 0 && !interrupt_is_stopping() && !run->options->quiet) {
        language_complain(run->language, "there was no image to read", "no había ninguna imagen que leer");
    } else if (run->failed_count > 0 && !run->options->quiet && !run->alone) {
        language_complain(run->language, "%llu of %llu files failed", "fallaron %llu de %llu archivos",
                          (unsigned long long)run->failed_count,
                          (unsigned long long)(run->pulled_count - run->dropped_count));
    }
}

static int run_read(const struct invocation *invocation) {
    if (!read_usage_is_right(invocation)) {
        return EXIT_CODE_USAGE;
    }
    const struct read_options *options = invocation->options;
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = invocation->language;
    struct run run = {.options = options, .language = invocation->language, .alone = is_one_file(invocation)};
    page_ranges_parse(options->pages, &run.pages);
    enum lince_status status = run_all(&run, invocation->operands, invocation->operand_count, &error);
    outcome_tell(&run, status, &error);
    return exit_code(&run, status);
}

const struct command command_read = {
    .name = "read",
    .summary = BILINGUAL("read the text of images", "lee el texto de imágenes"),
    .operands = BILINGUAL("FILE|DIR|- ...", "ARCHIVO|CARPETA|- ..."),
    .description = BILINGUAL(
        "Reads images (JPEG, PNG, WebP, BMP, GIF, HEIC, AVIF, JPEG XL, JPEG 2000, PNM) and the pages of documents "
        "(PDF, TIFF) and writes their text with its coordinates. Results come in the order of the files, each as soon "
        "as it is ready, "
        "and are the same for any number of jobs. A file that cannot be read does not stop the others. A document with "
        "pages is one element of json and one line per page of ndjson; in text, form feeds separate its pages.\n\nA "
        "folder means its images, sorted by name. \"-\" means the names on standard input, one per line, or the image "
        "itself if standard input is one.\n\nWith --stream the images themselves come on standard input: a line of "
        "JSON with the \"name\" of an image and the number of \"bytes\" that follow, then those bytes. One line of "
        "ndjson is written for each image, or each page of a document, in their order, as soon as it is ready. An "
        "image that cannot be read gets its \"error\", and the others are read. After an invalid line, or an end "
        "inside an image, nothing more can be read: that is the last error. A waiting image is in an unnamed file in "
        "$TMPDIR (/tmp), not in memory.\n\nAfter SIGINT or SIGTERM the images in progress are finished and the output "
        "is completed; a second signal abandons them.",
        "Lee imágenes (JPEG, PNG, WebP, BMP, GIF, HEIC, AVIF, JPEG XL, JPEG 2000, PNM) y las páginas de documentos "
        "(PDF, TIFF) y escribe su texto con sus coordenadas. Los resultados salen en el orden de los archivos, cada "
        "uno en cuanto "
        "está listo, y son iguales con cualquier número de trabajos. Un archivo que no se puede leer no detiene a los "
        "demás. Un documento con páginas es un elemento de json y una línea por página de ndjson; en text, los saltos "
        "de página separan sus páginas.\n\nUna carpeta representa sus imágenes, ordenadas por nombre. \"-\" representa "
        "los nombres que llegan por la entrada estándar, uno por línea, o la imagen misma si es lo que llega.\n\nCon "
        "--stream llegan por la entrada estándar las imágenes mismas: una línea de JSON con el \"name\" de una imagen "
        "y la cantidad de \"bytes\" que siguen, y luego esos bytes. Se escribe una línea de ndjson por cada imagen, o "
        "por cada página de un documento, en su orden y en cuanto está lista. Una imagen que no se puede leer recibe "
        "su \"error\", y las demás se leen. Después de una línea no válida, o de un final dentro de una imagen, no se "
        "puede leer nada más: ese es el último error. Una imagen en espera está en un archivo sin nombre en $TMPDIR "
        "(/tmp), no en memoria.\n\nTras SIGINT o SIGTERM se terminan las imágenes en curso y se completa la salida; "
        "una segunda señal las abandona."),
    .options = option_table,
    .options_bytes = sizeof(struct read_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = examples,
    .run = run_read,
};
