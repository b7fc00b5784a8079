/*
 * lay.h - the worker's part of a PDF file that gets its text: checks the file, or sends it back with the text over it.
 *
 * The file that is made may be large, so it is sent in blocks before the answer: each is its length, 32 bits, and its
 * bytes; a length of 0 ends them.
 */
#ifndef LINCE_WORKER_LAY_H
#define LINCE_WORKER_LAY_H

#include <stdbool.h>

#include "lince.h"

struct meter;

/* A request of WORK_LAY. Everything is borrowed. */
struct lay_request {
    int descriptor; /* of the file */
    const void *body;
    size_t body_bytes;
    uint32_t page_count;  /* 0: the file is only checked */
    const char *password; /* NULL: none */
    bool in_program;      /* as pdf_overlay_check */
    int socket;           /* takes the blocks */
};

/*
 * The body has the indexes of `page_count` pages, 32 bits each, then a PDF file with the text of each of them. Sends
 * the blocks, and in every case their end, unless `*is_gone`: the other end is. `left_count` gets the number of pages
 * that have invisible text already. Fails as pdf_overlay.h does, and with TOO_LARGE if the file grows beyond all
 * bounds.
 */
enum lince_status lay_send(const struct lay_request *request, struct meter *meter, uint32_t *left_count, bool *is_gone,
                           struct lince_error *error);

/* The most bytes that a file may have with its text. */
uint64_t lay_bytes_most(uint64_t file_bytes, uint64_t body_bytes);

#endif
