/*
 * held_output.h - output that waits until it can be given away: in a temporary file without a name, so that memory does
 * not grow, or on a meter where no such file can be made.
 */
#ifndef LINCE_OUTPUT_HELD_OUTPUT_H
#define LINCE_OUTPUT_HELD_OUTPUT_H

#include "base/buffer.h"
#include "lince.h"

struct held_output {
    int descriptor;      /* -1: no file could be made */
    uint64_t used_bytes; /* in the file */
    struct buffer bytes; /* without a file */
    bool has_failed;     /* the file's disk is full */
};

/* Makes the file in the folder that TMPDIR names, else in /var/tmp or /tmp. */
void held_output_open(struct held_output *held, struct meter *meter);
/* Keeps the bytes; false without room. `held` is a struct held_output. */
bool held_output_take(void *held, const void *bytes, size_t bytes_count);
/* Says why held_output_take refused: MEMORY_LIMIT or WRITE. LINCE_OK if it did not. */
enum lince_status held_output_check(const struct held_output *held, struct lince_error *error);
/* Gives bytes to `write`, at once. WRITE if it refuses them. */
enum lince_status held_output_pass(lince_write write, void *context, const void *bytes, size_t count,
                                   struct lince_error *error);
/* Gives all bytes to `write`. WRITE if it refuses or the file cannot be read again. */
enum lince_status held_output_give(const struct held_output *held, lince_write write, void *context,
                                   struct lince_error *error);
void held_output_close(struct held_output *held);

#endif
