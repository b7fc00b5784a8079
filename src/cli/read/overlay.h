/* overlay.h - `lince read -f pdf` over one PDF file: the text goes over the file's own pages. */
#ifndef LINCE_CLI_READ_OVERLAY_H
#define LINCE_CLI_READ_OVERLAY_H

#include "base/buffer.h"
#include "lince.h"

struct paper;
struct run;

struct overlay {
    bool is_on, is_elsewhere; /* is_elsewhere: a child writes the file */
    struct paper *paper;      /* one use of the file, once it is open; NULL: it did not open */
    struct buffer text;       /* a PDF file of text alone, and the indexes of its pages */
    struct buffer indexes;
};

/* With the run's list: turns it on if the run is about all pages of one PDF file, which may be standard input. */
void overlay_init(struct run *run);

/* Keeps the file that was opened. Fails if text cannot be added to it. */
enum lince_status overlay_take(struct run *run, struct paper *paper, struct lince_error *error);

/* Before the text's file is complete: notes which pages it has. */
void overlay_note(struct run *run);

/* Writes the file with its text, if it opened and the run `is_good`. Frees what the overlay holds in every case. */
enum lince_status overlay_finish(struct run *run, bool is_good, struct lince_error *error);

#endif
