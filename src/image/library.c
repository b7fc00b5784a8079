/* library.c - dlopen: beside the library that holds this code, then where the system keeps libraries. */
#include "image/library.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

/* Where what is installed with Lince lies: `lince/` beside the shared library, `../lib/lince` beside a program. */
static void *open_beside(const char *file) {
    static const char *const folders[] = {"lince", "../lib/lince", "../../third_party/pdfium/lib"};
    Dl_info self;
    char path[PATH_MAX];
    if (dladdr((const void *)&library_load, &self) == 0 || self.dli_fname == NULL) {
        return NULL;
    }
    const char *slash = strrchr(self.dli_fname, '/');
    int folder_bytes = slash == NULL ? 1 : (int)(slash - self.dli_fname);
    const char *folder = slash == NULL ? "." : self.dli_fname;
    void *opened = NULL;
    for (size_t i = 0; i < sizeof folders / sizeof *folders && opened == NULL; i++) {
        int bytes = snprintf(path, sizeof path, "%.*s/%s/%s", folder_bytes, folder, folders[i], file);
        opened = bytes > 0 && (size_t)bytes < sizeof path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
    }
    return opened;
}

static enum lince_status load(struct library *library, struct lince_error *error) {
    void *opened = open_beside(library->file);
    if (opened == NULL) {
        opened = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    }
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "%s files are read by %s, which is not installed: install %s, or convert the file to PNG.",
                         "Los archivos %s se leen con %s, que no está instalada: instale %s o convierta el archivo a "
                         "PNG.",
                         library->format, library->file, library->package);
    }
    for (size_t i = 0; i < library->function_count; i++) {
        *library->functions[i].place = dlsym(opened, library->functions[i].name);
        if (*library->functions[i].place == NULL) {
            dlclose(opened);
            return error_set(error, LINCE_ERROR_UNSUPPORTED,
                             "%s files are read by %s, and the one installed lacks %s: install another version of %s.",
                             "Los archivos %s se leen con %s, y a la instalada le falta %s: instale otra versión de "
                             "%s.",
                             library->format, library->file, library->functions[i].name, library->package);
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
