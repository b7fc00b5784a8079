/* libpq.c - dlopen of libpq.so.5. */
#include "store/sql/libpq.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/error.h"

#define FILE_NAME "libpq.so.5"

struct libpq libpq;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool is_loaded;

static const struct {
    const char *name;
    size_t offset;
} functions[] = {
#define ROW(name) {#name, offsetof(struct libpq, name)},
    LIBPQ_FUNCTIONS(ROW)
#undef ROW
};

static enum lince_status load(struct lince_error *error) {
    void *opened = dlopen(FILE_NAME, RTLD_NOW | RTLD_LOCAL);
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "a store on PostgreSQL needs %s, which is not installed: install libpq5",
                         "un almacén en PostgreSQL necesita %s, que no está instalada: instale libpq5", FILE_NAME);
    }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *found = dlsym(opened, functions[i].name);
        if (found == NULL) {
            dlclose(opened);
            return error_set(
                error, LINCE_ERROR_UNSUPPORTED, "the %s that is installed lacks %s: install another version of libpq5",
                "a la %s instalada le falta %s: instale otra versión de libpq5", FILE_NAME, functions[i].name);
        }
        memcpy((char *)&libpq + functions[i].offset, &found, sizeof found);
    }
    is_loaded = true;
    return LINCE_OK;
}

enum lince_status libpq_load(struct lince_error *error) {
    pthread_mutex_lock(&lock);
    enum lince_status status = is_loaded ? LINCE_OK : load(error);
    pthread_mutex_unlock(&lock);
    return status;
}
