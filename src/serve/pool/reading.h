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
/*
 * One page of several: gives in `page` what the store keeps of it: the page with its own record, or its failure. False
 * if the worker did not write that, or without memory.
 */
bool reading_page(const char *body, size_t body_bytes, struct arena *arena, const char **page);
/* Gives code and message of a page that failed; false when it did not, or there is no memory. */
bool reading_error(const char *page, struct arena *arena, struct job_result *result);
/* Of the answer to WORK_RECORD: adds layout, reasons and fields to the result. */
bool reading_record(const char *body, size_t body_bytes, struct arena *arena, struct reading *reading);
void reading_free(struct reading *reading);

#endif
