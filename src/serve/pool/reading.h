/* reading.h - a worker's JSON as a row of the store. */
#ifndef LINCE_SERVE_POOL_READING_H
#define LINCE_SERVE_POOL_READING_H

#include <jansson.h>

#include "store/store.h"

struct arena;

struct reading {
    json_t *json; /* owned; the texts of `result` borrow from it and from the arena */
    struct job_result result;
};

/* `body` is the worker's answer. False if it is not what a worker writes. */
bool reading_parse(const char *body, size_t body_bytes, bool is_read, struct arena *arena, struct reading *reading);
void reading_free(struct reading *reading);

#endif
