/* models.c - finds the models relative to the program, so that an installation can be moved. */
#include "engine/models.h"

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "base/error.h"
#include "infer/integer/kernels.h"

/*
 * The folder of the program or shared library that contains this function. Of a program the loader knows only the name
 * by which it was called, which may have been looked up in PATH; the kernel knows its file.
 */
static bool own_folder(char path[PATH_MAX]) {
    static const char here;
    Dl_info info;
    struct link_map *map = NULL;
    if (dladdr1(&here, &info, (void **)&map, RTLD_DL_LINKMAP) == 0 ||
        realpath(map->l_name[0] == '\0' ? "/proc/self/exe" : info.dli_fname, path) == NULL) {
        return false;
    }
    char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return false;
    }
    *slash = '\0';
    return true;
}

enum lince_status models_find(const char *given, char path[PATH_MAX], struct lince_error *error) {
    const char *named = given != NULL ? given : getenv("LINCE_MODELS");
    char folder[PATH_MAX];
    int length = -1;
    if (named != NULL) {
        length = snprintf(path, PATH_MAX, "%s", named);
    } else if (own_folder(folder)) {
        length = snprintf(path, PATH_MAX, "%s/../share/lince/models", folder);
    }
    struct stat facts;
    if (length < 0 || length >= PATH_MAX || stat(path, &facts) != 0 || !S_ISDIR(facts.st_mode)) {
        return error_set(error, LINCE_ERROR_MODEL,
                         "no folder of models at %s; name it with LINCE_MODELS or run scripts/setup",
                         "no hay carpeta de modelos en %s; indíquela con LINCE_MODELS o ejecute scripts/setup",
                         length < 0 ? "../share/lince/models" : path);
    }
    return LINCE_OK;
}

/*
 * Describes this machine as processor.txt does: the processor for which the optimised graphs are laid out, as
 * models/prepare.py lists it.
 */
static void processor_describe(char *line, size_t size) {
    struct utsname machine;
    size_t used = (size_t)snprintf(line, size, "%s", uname(&machine) == 0 ? machine.machine : "unknown");
#if defined(__x86_64__)
    __builtin_cpu_init();
    const struct {
        const char *name;
        bool has;
    } features[] = {
        {"avx", __builtin_cpu_supports("avx") != 0},
        {"avx2", __builtin_cpu_supports("avx2") != 0},
        {"fma", __builtin_cpu_supports("fma") != 0},
        {"avx512f", __builtin_cpu_supports("avx512f") != 0},
        {"avx512vnni", __builtin_cpu_supports("avx512vnni") != 0},
    };
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        if (features[i].has) {
            used += (size_t)snprintf(line + used, size - used, " %s", features[i].name);
        }
    }
#else
    (void)used;
#endif
}

/*
 * Whether the optimised models in the folder (NAME.ort) were prepared for a processor like this one, according to its
 * file processor.txt. Otherwise only the portable ones (NAME.onnx) may run.
 */
static bool are_for_this_processor(const char *folder) {
    char path[PATH_MAX + 32], prepared_for[256] = "", here[256];
    snprintf(path, sizeof path, "%s/processor.txt", folder);
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return false;
    }
    bool was_read = fgets(prepared_for, sizeof prepared_for, file) != NULL;
    fclose(file);
    prepared_for[strcspn(prepared_for, "\n")] = '\0';
    processor_describe(here, sizeof here);
    return was_read && strcmp(prepared_for, here) == 0;
}

/* The direction classifier is small and seldom used, so it exists only in floats. */
static const struct {
    const char *name;
    bool has_integers;
} models[] = {{"detector", true}, {"recogniser", true}, {"direction", false}};
enum { MODELS_COUNT = sizeof models / sizeof *models };

static bool has_integers(const char *name) {
    for (size_t i = 0; i < MODELS_COUNT; i++) {
        if (strcmp(models[i].name, name) == 0) {
            return models[i].has_integers;
        }
    }
    return false;
}

static uint64_t file_bytes(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0 ? (uint64_t)facts.st_size : 0;
}

bool models_are_fast(const char *folder, enum lince_model wanted) {
    if (wanted != LINCE_MODEL_AUTO) {
        return wanted == LINCE_MODEL_FAST;
    }
    bool are_there = true;
    char path[MODEL_PATH_BYTES];
    for (size_t i = 0; i < MODELS_COUNT; i++) {
        models_path(folder, models[i].name, true, path);
        are_there = are_there && file_bytes(path) > 0;
    }
    return are_there && kernels_beat_floats();
}

void models_path(const char *folder, const char *name, bool is_fast, char path[MODEL_PATH_BYTES]) {
    const char *form = is_fast && has_integers(name) ? "int8.onnx" : are_for_this_processor(folder) ? "ort" : "onnx";
    snprintf(path, MODEL_PATH_BYTES, "%s/%s.%s", folder, name, form);
}

/* The weights of an integer model are in their own file, which the runtime maps. */
static uint64_t model_bytes(const char *path) {
    size_t length = strlen(path);
    static const char integers[] = ".int8.onnx";
    if (length > sizeof integers && strcmp(path + length - (sizeof integers - 1), integers) == 0) {
        char weights[MODEL_PATH_BYTES];
        snprintf(weights, sizeof weights, "%.*s.int8.weights", (int)(length - (sizeof integers - 1)), path);
        return 2 * file_bytes(path) + file_bytes(weights);
    }
    bool is_mapped = length > 4 && strcmp(path + length - 4, ".ort") == 0;
    return (is_mapped ? 1 : 2) * file_bytes(path);
}

uint64_t models_expected_bytes(const char *folder, bool are_fast) {
    uint64_t bytes = 0;
    char path[MODEL_PATH_BYTES];
    for (size_t i = 0; i < MODELS_COUNT; i++) {
        models_path(folder, models[i].name, are_fast, path);
        bytes += model_bytes(path);
    }
    return bytes;
}
