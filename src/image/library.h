/*
 * library.h - libraries that are loaded with the first file of their format, so that a program that reads receipts
 * neither waits for them at start nor holds their memory.
 */
#ifndef LINCE_IMAGE_LIBRARY_H
#define LINCE_IMAGE_LIBRARY_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

struct library_function {
    const char *name;
    void **place; /* where the function's address is stored */
};

/* One library. Static; it is never unloaded. */
struct library {
    const char *file;                         /* "libtiff.so.6" */
    const char *package;                      /* the Debian package that has it, for the message */
    const char *format;                       /* the format that it reads, for the message */
    const struct library_function *functions; /* up to one without a name */
    pthread_mutex_t lock;
    bool is_loaded;
};

/*
 * A library's functions are listed once, as a macro that applies its argument to each name. `LIST(LIBRARY_PLACE)` then
 * declares call_NAME for each, and LIBRARY_FUNCTIONS(LIST) is the table of them.
 */
#define LIBRARY_PLACE(name) static __typeof__(name) *call_##name;
#define LIBRARY_ENTRY(name) {#name, (void **)&call_##name},
#define LIBRARY_FUNCTIONS(list) ((const struct library_function[]){list(LIBRARY_ENTRY){NULL, NULL}})

#define LIBRARY_LOCK PTHREAD_MUTEX_INITIALIZER

/* Loads the library if it is not loaded. UNSUPPORTED if it is not installed or lacks a function. Thread-safe. */
enum lince_status library_load(struct library *library, struct lince_error *error);

#endif
