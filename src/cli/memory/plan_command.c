/* plan_command.c - `lince memory plan`: how a limit is shared out, and what files would cost under it; or the service's
 * plan.
 */
#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "cli/command.h"
#include "cli/engine_options.h"
#include "cli/help.h"
#include "cli/language.h"
#include "cli/serve_options.h"
#include "cli/service_program.h"
#include "config/engine_settings.h"
#include "engine/engine.h"

struct plan_options {
    uint64_t memory_bytes;
    const char *models;
    struct engine_texts engine;
    bool is_of_service;
    struct serve_options serve; /* of the service's plan; any of them asks for it */
};

static const uint64_t NOT_GIVEN = UINT64_MAX, READ_BYTES = UINT64_C(300) << 20;
static const struct plan_options defaults = {.memory_bytes = UINT64_MAX};

#define PLAN_ENGINE_OPTION(...) ENGINE_OPTION(offsetof(struct plan_options, engine.texts), __VA_ARGS__)

#define PLAN_SERVE_OPTION(identifier, dashed, unit_en, unit_es, help_en, help_es)                                      \
    {                                                                                                                  \
        .name = (dashed), .kind = OPTION_TEXT,                                                                         \
        .offset = offsetof(struct plan_options, serve.texts) + SETTING_##identifier * sizeof(const char *),            \
        .value = BILINGUAL(unit_en, unit_es), .help = BILINGUAL(help_en, help_es)                                      \
    }

static const struct option_spec option_table[] = {
    {.letter = 'm',
     .name = "memory",
     .kind = OPTION_SIZE,
     .offset = offsetof(struct plan_options, memory_bytes),
     .value = BILINGUAL("SIZE", "TAMAÑO"),
     .help = BILINGUAL("the limit to plan for; by default 300MB, or with --serve the service's setting",
                       "el límite que se planifica; por defecto 300MB, o con --serve el ajuste del servicio")},
    {.name = "serve",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct plan_options, is_of_service),
     .help = BILINGUAL("show how `lince serve` would share the limit out, with the settings of the environment and the "
                       "file; the options of the service below imply it",
                       "muestra cómo repartiría el límite `lince serve`, con los ajustes del entorno y del archivo; lo "
                       "implican las opciones del servicio que siguen")},
    PLAN_SERVE_OPTION(store, "store", "ADDRESS", "DIRECCIÓN", "the shared store of the service (postgres://...)",
                      "el almacén compartido del servicio (postgres://...)"),
    PLAN_SERVE_OPTION(images, "images", "ADDRESS", "DIRECCIÓN", "the bucket for its images (s3://...)",
                      "el bucket para sus imágenes (s3://...)"),
    PLAN_SERVE_OPTION(workers, "workers", "N", "N", "its processes that read", "sus procesos que leen"),
    PLAN_SERVE_OPTION(role, "role", "both|front|worker", "both|front|worker", "its role, with --store",
                      "su papel, con --store"),
    PLAN_SERVE_OPTION(connections, "connections", "N", "N", "its connections at once", "sus conexiones a la vez"),
    PLAN_SERVE_OPTION(tls_certificate, "tls-certificate", "FILE", "ARCHIVO",
                      "its certificate: connections with TLS take more",
                      "su certificado: con TLS cada conexión ocupa más"),
    {.name = "models",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct plan_options, models),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("folder of the models; by default $LINCE_MODELS, or else the installed one",
                       "carpeta de los modelos; por defecto $LINCE_MODELS o la instalada")},
    ENGINE_SETTINGS(PLAN_ENGINE_OPTION) CONFIG_OPTION(offsetof(struct plan_options, engine.config)),
    {.name = NULL},
};

static const struct command_note examples[] = {
    {"lince memory plan --memory 128MB receipts/*.jpg",
     BILINGUAL("at which size would these be read?", "¿a qué tamaño se leerían?")},
    {"lince memory plan --serve --memory 300MB",
     BILINGUAL("what does each process of the service get?", "¿cuánto toca a cada proceso del servicio?")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static void share_print(enum lince_language language, uint64_t bytes, const char *english, const char *spanish) {
    printf("  %9.1f MB  %s\n", (double)bytes / 1048576.0, in_language(language, english, spanish));
}

static void shares_print(struct lince_engine *engine, enum lince_language language) {
    struct lince_memory memory = LINCE_MEMORY_INIT;
    lince_memory_snapshot(engine, &memory);
    share_print(language, memory.limit_bytes, "limit", "límite");
    if (memory.container_bytes > 0) {
        share_print(language, memory.container_bytes, "limit of the container", "límite del contenedor");
    }
    share_print(language, memory.start_bytes, "start: code, libraries, stacks (measured)",
                "arranque: código, bibliotecas, pilas (medido)");
    if (engine_models_are_fast(engine)) {
        share_print(language, memory.models_bytes, "models, in integers (fast)", "modelos, en enteros (fast)");
    } else {
        share_print(language, memory.models_bytes, "models, in floats (accurate)",
                    "modelos, en coma flotante (accurate)");
    }
    share_print(language, memory.reserve_bytes, "reserve, for what grows off the meters",
                "reserva, para lo que crece fuera de los medidores");
    if (memory.limit_bytes > 0) {
        share_print(language, memory.room_bytes, "room for readings: decode, detect, recognise, page",
                    "espacio para lecturas: decodificar, detectar, reconocer, página");
    }
}

/* A page without small print is read as it is looked at first, which takes less where the image is large. */
static void price_print(const struct lince_price *price, enum lince_language language) {
    bool is_reduced = price->usual_width_px < price->working_width_px;
    printf(in_language(language, "  %u x %u, read at %u x %u", "  %u x %u, se lee a %u x %u"), price->width_px,
           price->height_px, price->usual_width_px, price->usual_height_px);
    if (is_reduced) {
        printf(in_language(language, ", and at %u x %u if it has small print", ", y a %u x %u si tiene letra pequeña"),
               price->working_width_px, price->working_height_px);
    }
    puts("");
    share_print(language, price->usual_bytes, "price", "precio");
    if (is_reduced) {
        share_print(language, price->read_bytes, "price with small print", "precio con letra pequeña");
    }
    if (price->read_codes_bytes > price->read_bytes) {
        share_print(language, price->read_codes_bytes, "price with --codes", "precio con --codes");
    }
    share_print(language, price->decode_bytes, "  decode", "  decodificar");
    share_print(language, price->detect_bytes, "  detect", "  detectar");
    share_print(language, price->recognise_bytes, "  recognise", "  reconocer");
    share_print(language, price->page_bytes, "  page and working image", "  página e imagen de trabajo");
    share_print(language, price->smallest_limit_bytes, "smallest limit that would do", "menor límite que bastaría");
}

/* Returns whether the file fits. */
static bool file_print(struct lince_engine *engine, const char *path, enum lince_language language) {
    struct lince_price price = LINCE_PRICE_INIT;
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = language;
    enum lince_status status = lince_price_file(engine, path, &price, &error);
    if (status != LINCE_OK && status != LINCE_ERROR_MEMORY_LIMIT) {
        language_complain(language, "%s: %s", "%s: %s", path, error.message);
        return false;
    }
    printf("%s\n", path);
    if (price.size > 0 && price.width_px > 0) {
        price_print(&price, language);
    }
    if (status != LINCE_OK) {
        printf("  %s\n", error.message);
    }
    return status == LINCE_OK;
}

/* Opens the engine with the options of `lince read`. */
static enum lince_status engine_open_as_read(const struct plan_options *options, struct lince_engine **engine,
                                             struct lince_error *error) {
    struct lince_engine_options engine_options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    struct lince_runtime_options runtime;
    struct settings settings;
    enum lince_status status = engine_options_load(&options->engine, &settings, error);
    if (status != LINCE_OK) {
        return status;
    }
    engine_options.model_directory = options->models;
    engine_options.memory_limit_bytes = options->memory_bytes == NOT_GIVEN ? READ_BYTES : options->memory_bytes;
    engine_settings_apply(&settings, &engine_options, &runtime);
    settings_free(&settings);
    return lince_engine_open(&engine_options, engine, error);
}

static int exit_code_of(enum lince_status status) {
    return status == LINCE_ERROR_MEMORY_LIMIT ? EXIT_CODE_MEMORY
           : status == LINCE_ERROR_ARGUMENT   ? EXIT_CODE_USAGE
                                              : EXIT_CODE_UNAVAILABLE;
}

static bool any_given(const char *const *texts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (texts[i] != NULL) {
            return true;
        }
    }
    return false;
}

/* The service's program makes its plan, from all of its settings. */
static int service_run(const struct invocation *invocation) {
    const struct plan_options *options = invocation->options;
    struct serve_options serve = options->serve;
    struct invocation asked = *invocation;
    char memory[24];
    if (invocation->operand_count > 0 || options->models != NULL ||
        any_given(options->engine.texts, SETTING_COUNT_OF_ENGINE)) {
        language_complain(invocation->language,
                          "the plan of the service is the same for all files, models and options of the engine; "
                          "leave them out",
                          "el plan del servicio es el mismo para todos los archivos, modelos y opciones del motor; "
                          "no los indique");
        return EXIT_CODE_USAGE;
    }
    if (options->memory_bytes != NOT_GIVEN) {
        snprintf(memory, sizeof memory, "%llu", (unsigned long long)options->memory_bytes);
        serve.texts[SETTING_memory] = memory;
    }
    serve.config = options->engine.config;
    asked.options = &serve;
    return service_become(&asked, "memory-plan", NULL);
}

static int run(const struct invocation *invocation) {
    const struct plan_options *options = invocation->options;
    if (options->is_of_service || any_given(options->serve.texts, SETTING_COUNT_OF_ALL)) {
        return service_run(invocation);
    }
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_engine *engine = NULL;
    error.language = invocation->language;
    enum lince_status status = engine_open_as_read(options, &engine, &error);
    if (status != LINCE_OK) {
        language_complain(invocation->language, "%s", "%s", error.message);
        return exit_code_of(status);
    }
    shares_print(engine, invocation->language);
    bool all_fit = true;
    for (int i = 0; i < invocation->operand_count; i++) {
        all_fit = file_print(engine, invocation->operands[i], invocation->language) && all_fit;
    }
    lince_engine_close(engine);
    int exit_code = help_finish(stdout, invocation->language);
    return exit_code == EXIT_CODE_OK && !all_fit ? EXIT_CODE_SOME_FAILED : exit_code;
}

const struct command command_memory_plan = {
    .name = "memory plan",
    .summary = BILINGUAL("show how a memory limit is shared out, and what files would cost",
                         "muestra cómo se reparte un límite de memoria y cuánto costarían unos archivos"),
    .operands = BILINGUAL("[FILE]...", "[ARCHIVO]..."),
    .description = BILINGUAL(
        "Loads the models, measures their memory, and prints how the rest of the limit is shared out. For each file it "
        "prints its price, the size at which it would be read, and the smallest limit that would do.\n\nWith --serve "
        "it "
        "prints how the service would share out its limit: what the front takes, and of it the connections to a shared "
        "store (libpq) and to a bucket (libcurl), what all workers share, what each worker gets, and the smallest "
        "limit "
        "that would do. Exit code 75: the limit is too small.",
        "Carga los modelos, mide lo que ocupan y muestra cómo se reparte el resto del límite. De cada archivo muestra "
        "su precio, el tamaño al que se leería y el menor límite que bastaría.\n\nCon --serve muestra cómo repartiría "
        "el "
        "servicio su límite: cuánto ocupa el proceso principal y, dentro de eso, las conexiones con un almacén "
        "compartido (libpq) "
        "y con un bucket (libcurl), cuánto comparten los trabajadores, cuánto toca a cada uno y el menor límite que "
        "bastaría. Código de salida 75: el límite es demasiado pequeño."),
    .options = option_table,
    .options_bytes = sizeof(struct plan_options),
    .options_default = &defaults,
    .examples = examples,
    .run = run,
};
