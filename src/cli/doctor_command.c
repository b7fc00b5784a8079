/* doctor_command.c - `lince doctor`: what this machine has, which models are used and why, and what would prevent
 * reading. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/error.h"
#include "base/reason.h"
#include "base/system.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/engine_options.h"
#include "cli/help.h"
#include "cli/language.h"
#include "engine/models.h"
#include "fields/learn/passed_text.h"
#include "infer/integer/speed.h"

struct doctor_options {
    const char *models;
    struct engine_texts engine;
};

static const struct doctor_options defaults = {0};

static const struct option_spec option_table[] = {
    {.name = "models",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct doctor_options, models),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("folder of the models; by default $LINCE_MODELS, or else the installed one",
                       "carpeta de los modelos; por defecto $LINCE_MODELS o la instalada")},
    {.name = "model",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct doctor_options, engine.texts[SETTING_model - SETTING_FIRST_OF_ENGINE]),
     .value = BILINGUAL("auto|fast|accurate", "auto|fast|accurate"),
     .help = BILINGUAL("as for `lince read`", "como en `lince read`")},
    CONFIG_OPTION(offsetof(struct doctor_options, engine.config)),
    {.name = NULL},
};

static const struct command_note exit_codes[] = {
    {"0", BILINGUAL("images can be read", "se pueden leer imágenes")},
    {"2", BILINGUAL("a setting is wrong", "un ajuste es incorrecto")},
    {"69", BILINGUAL("the models are missing", "faltan los modelos")},
    {NULL, BILINGUAL(NULL, NULL)},
};

/* Prints the name of a line, padded to a column. */
static void name_print(enum lince_language language, const char *english, const char *spanish) {
    const char *name = in_language(language, english, spanish);
    printf("%s%*s", name, 16 - (int)utf8_count(name, UTF8_TO_THE_END), "");
}

static void features_print(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    const struct {
        const char *name;
        bool has;
    } features[] = {
        {"avx2", __builtin_cpu_supports("avx2") != 0},
        {"fma", __builtin_cpu_supports("fma") != 0},
        {"avx512f", __builtin_cpu_supports("avx512f") != 0},
        {"avx512vnni", __builtin_cpu_supports("avx512vnni") != 0},
        {"avx512vbmi", __builtin_cpu_supports("avx512vbmi") != 0},
    };
    const char *before = ", ";
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        if (features[i].has) {
            printf("%s%s", before, features[i].name);
            before = " ";
        }
    }
#endif
}

static void processor_print(enum lince_language language) {
    struct utsname machine;
    name_print(language, "processor", "procesador");
    printf("%s", uname(&machine) == 0 ? machine.machine : "?");
    features_print();
    printf(in_language(language, "; %ld cores\n", "; %ld núcleos\n"), sysconf(_SC_NPROCESSORS_ONLN));
}

static void kernels_print(enum lince_language language) {
    const struct kernels *list[KERNELS_LIMIT];
    size_t count = kernels_list(list);
    for (size_t i = 0; i < count; i++) {
        struct kernels_speed speed = kernels_speed(list[i]);
        name_print(language, i == 0 ? "inner loops" : "", i == 0 ? "bucles internos" : "");
        printf(in_language(language, "%-18s %6.1f GMAC/s in integers, %5.1f in floats, on one core%s\n",
                           "%-18s %6.1f GMAC/s en enteros, %5.1f en coma flotante, en un núcleo%s\n"),
               list[i]->name, speed.integers, speed.floats,
               i + 1 < count ? "" : in_language(language, " (used)", " (en uso)"));
    }
}

/* Why the integer models are used, or not. */
static const char *reason(enum lince_language language, const char *folder, enum lince_model wanted, bool are_fast) {
    if (wanted != LINCE_MODEL_AUTO) {
        return in_language(language, "as --model says", "como dice --model");
    }
    char path[MODEL_PATH_BYTES];
    models_path(folder, "detector", true, path);
    return are_fast || access(path, R_OK) == 0
               ? in_language(language, "the faster ones on this processor", "los más rápidos en este procesador")
               : in_language(language, "that folder has no prepared integer models",
                             "esa carpeta no tiene modelos en enteros preparados");
}

static bool models_print(enum lince_language language, const char *folder, enum lince_model wanted) {
    static const char *const names[] = {"detector", "recogniser", "direction"};
    bool are_fast = models_are_fast(folder, wanted), are_there = true;
    name_print(language, "models", "modelos");
    printf("%s, %s\n", folder, size_for_people(models_expected_bytes(folder, are_fast)).text);
    name_print(language, "reads with", "lee con");
    printf("%s: %s\n", are_fast ? "fast" : "accurate", reason(language, folder, wanted, are_fast));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[MODEL_PATH_BYTES];
        models_path(folder, names[i], are_fast, path);
        bool is_there = access(path, R_OK) == 0;
        name_print(language, "", "");
        printf("%s%s\n", path + strlen(folder) + 1,
               is_there ? "" : in_language(language, "  MISSING: run scripts/setup", "  FALTA: ejecute scripts/setup"));
        are_there = are_there && is_there;
    }
    name_print(language, "script", "escritura");
    puts(in_language(language, "Latin: Spanish, English and the other languages that use it",
                     "latina: español, inglés y los demás idiomas que la usan"));
    return are_there;
}

static void memory_print(enum lince_language language, const struct settings *settings) {
    uint64_t container = container_limit_bytes();
    name_print(language, "memory", "memoria");
    printf(in_language(language, "limit of `lince serve` %s; container: %s\n",
                       "límite de `lince serve` %s; contenedor: %s\n"),
           SETTING_TEXT_OF(settings, memory),
           container == 0 ? in_language(language, "no limit", "sin límite") : size_for_people(container).text);
}

static void data_print(enum lince_language language, const struct settings *settings) {
    const char *folder = SETTING_TEXT_OF(settings, data);
    struct statvfs disk;
    name_print(language, "data", "datos");
    if (statvfs(folder, &disk) == 0) {
        printf(in_language(language, "%s, %s free\n", "%s, %s libres\n"), folder,
               size_for_people((uint64_t)disk.f_bavail * disk.f_frsize).text);
    } else {
        printf(in_language(language, "%s: %s; `lince serve` makes it\n", "%s: %s; `lince serve` la crea\n"), folder,
               reason_of(language, errno));
    }
}

/* Learned layouts are used by the service as far as they are valid; a folder of the user's own must be valid. */
static void layouts_print(enum lince_language language, const struct settings *settings) {
    struct lince_layouts *layouts;
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = language;
    name_print(language, "layouts", "plantillas");
    enum lince_status status = passed_layouts_open(SETTING_TEXT_OF(settings, data), &layouts, &error);
    if (status == LINCE_ERROR_MEMORY_LIMIT) { /* the doctor's own memory */
        puts(error.message);
        return;
    }
    if (status != LINCE_OK) {
        printf(in_language(language, "%s; `lince serve` does not start\n", "%s; `lince serve` no arranca\n"),
               error.message);
        return;
    }
    printf(in_language(language, "%zu; passed over: %zu\n", "%zu; pasadas por alto: %zu\n"),
           lince_layouts_count(layouts), lince_layouts_passed_count(layouts));
    passed_print(layouts, "                ", language, stdout);
    lince_layouts_close(layouts);
}

/* The settings that reading and the service would find. */
static enum lince_status settings_find(const struct engine_texts *texts, struct settings *engine,
                                       struct settings *service, struct lince_error *error) {
    char config[PATH_MAX + 8];
    snprintf(config, sizeof config, "config=%s", texts->config == NULL ? "" : texts->config);
    char *const flags[] = {texts->config == NULL ? NULL : config, NULL};
    enum lince_status status = engine_options_load(texts, engine, error);
    return status != LINCE_OK ? status : settings_load(service, flags, error);
}

static int run(const struct invocation *invocation) {
    const struct doctor_options *options = invocation->options;
    enum lince_language language = invocation->language;
    struct lince_error error = LINCE_ERROR_INIT;
    struct settings engine = {0}, service = {0};
    char folder[PATH_MAX];
    error.language = language;
    if (settings_find(&options->engine, &engine, &service, &error) != LINCE_OK) {
        language_complain(language, "%s", "%s", error.message);
        settings_free(&engine);
        return EXIT_CODE_USAGE;
    }
    printf("lince %s\n", lince_version());
    processor_print(language);
    kernels_print(language);
    memory_print(language, &service);
    data_print(language, &service);
    layouts_print(language, &service);
    bool can_read = models_find(options->models, folder, &error) == LINCE_OK;
    if (can_read) {
        can_read = models_print(language, folder, (enum lince_model)SETTING_NUMBER(&engine, model));
    } else {
        name_print(language, "models", "modelos");
        printf("%s\n", error.message);
    }
    settings_free(&engine);
    settings_free(&service);
    int exit_code = help_finish(stdout, language);
    return exit_code == EXIT_CODE_OK && !can_read ? EXIT_CODE_UNAVAILABLE : exit_code;
}

const struct command command_doctor = {
    .name = "doctor",
    .summary = BILINGUAL("check the machine: processor, models, memory, disk",
                         "revisa la máquina: procesador, modelos, memoria, disco"),
    .description = BILINGUAL("Prints what the processor can do and how fast, which models are used and why, the memory "
                             "limits of Lince and of its container, and the folder of the service's data.",
                             "Muestra qué puede hacer el procesador y a qué velocidad, qué modelos se usan y por qué, "
                             "los límites de memoria de Lince y de su contenedor, y la carpeta de datos del servicio."),
    .options = option_table,
    .options_bytes = sizeof defaults,
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .run = run,
};
