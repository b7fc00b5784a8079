/*
 * document_fields.h - with --fields: the fields of a whole document, written behind its last page. A document is a file
 * with pages, or with --split-on what the codes make one.
 */
#ifndef LINCE_CLI_READ_RECORDS_DOCUMENT_FIELDS_H
#define LINCE_CLI_READ_RECORDS_DOCUMENT_FIELDS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "output/collected_pages.h"

struct job_result;
struct output_item;
struct run;
struct task;

/* The document whose pages are being delivered. */
struct document_fields {
    struct collected_pages pages;
    struct buffer waiting; /* written behind the fields: the pages' texts, or what closes the last page */
};

void document_fields_init(struct run *run);
void document_fields_free(struct run *run);

/* Whether the documents of a split stack get fields. */
bool document_fields_are_of_splits(const struct run *run);

/* In the thread that read the page: puts into the result what the document's fields need of it. */
void document_fields_prepare(struct run *run, const struct task *task, const struct output_item *item,
                             struct job_result *result);

/* At delivery: the page belongs to the document. */
void document_fields_add(struct run *run, const struct job_result *result);

/* Writes ,"document":{...} before the closing brace of an object. The next document begins. */
void document_fields_write(struct run *run);

/* -f text: writes the fields, or the waiting texts of the pages if they are several receipts. */
void document_fields_close_text(struct run *run);

/* Forgets a document that was cut short. */
void document_fields_drop(struct run *run);

#endif
