/*
 * library.h - libraries that are loaded when the first file of their format comes: a program that reads receipts starts
 * without them and carries none of their memory.
 */
#ifndef LINCE_IMAGE_LIBRARY_H
#define LINCE_IMAGE_LIBRARY_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

struct library_function {
    const char *name;
    void **place; /* where its address goes */
};

/* One library; static, and never unloaded. */
struct library {
    const char *file;    /* "libtiff.so.6" */
    const char *package; /* that brings it, for the message */
    const char *format;  /* what it is for, for the message */
    const struct library_function *functions;
    size_t function_count;
    pthread_mutex_t lock;
    bool is_loaded;
};

#define LIBRARY_LOCK PTHREAD_MUTEX_INITIALIZER

/* Loads it unless it is. UNSUPPORTED when it is not installed or lacks a function. Thread-safe. */
enum lince_status library_load(struct library *library, struct lince_error *error);

#endif
