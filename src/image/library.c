/* library.c - dlopen, first in the folders of this program's or library's run path, then in the system's. */
#include "image/library.h"

#include <dlfcn.h>

#include "base/error.h"

static enum lince_status load(struct library *library, struct lince_error *error) {
    void *opened = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "%s files are read by %s, which is not installed: install %s, or convert the file to PNG",
                         "los archivos %s se leen con %s, que no está instalada: instale %s o convierta el archivo a "
                         "PNG",
                         library->format, library->file, library->package);
    }
    for (const struct library_function *function = library->functions; function->name != NULL; function++) {
        *function->place = dlsym(opened, function->name);
        if (*function->place == NULL) {
            dlclose(opened);
            return error_set(error, LINCE_ERROR_UNSUPPORTED,
                             "%s files are read by %s, and the one installed lacks %s: install another version of %s",
                             "los archivos %s se leen con %s, y a la instalada le falta %s: instale otra versión de "
                             "%s",
                             library->format, library->file, function->name, library->package);
        }
    }
    library->is_loaded = true;
    return LINCE_OK;
}

enum lince_status library_load(struct library *library, struct lince_error *error) {
    pthread_mutex_lock(&library->lock);
    enum lince_status status = library->is_loaded ? LINCE_OK : load(library, error);
    pthread_mutex_unlock(&library->lock);
    return status;
}
