/* models.c - finds the models beside the program, so that an installation can be moved. */
#include "engine/models.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"

/* The folder of the program or shared library that this function was linked into. */
static bool own_folder(char path[PATH_MAX]) {
    static const char here;
    Dl_info info;
    if (dladdr(&here, &info) == 0 || realpath(info.dli_fname, path) == NULL) {
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
