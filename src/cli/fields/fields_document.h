/* fields_document.h - the lines that `lince fields` takes: pages alone, and pages that are of one document. */
#ifndef LINCE_CLI_FIELDS_FIELDS_DOCUMENT_H
#define LINCE_CLI_FIELDS_FIELDS_DOCUMENT_H

#include <jansson.h>

#include "cli/fields/fields_run.h"
#include "fields/pages/end_pages.h"
#include "output/collected_pages.h"
#include "output/records/pages_record.h"

/* A page whose document is not decided on: one record over its pages, or one for each. */
struct fields_pending {
    struct lince_record *record; /* NULL: it could not be read */
    json_t *tree;
    uint32_t page;
};

enum fields_document_state {
    DOCUMENT_NONE,
    DOCUMENT_COLLECTING,
    DOCUMENT_STACK, /* several receipts: each page has its own record */
    DOCUMENT_LONG,  /* one record, and pages are left out: its last pages are still collected */
    DOCUMENT_WHOLE, /* the record is made */
};

/* Zero it before the first line. */
struct fields_document {
    enum fields_document_state state;
    struct collected_pages ends;
    struct fields_pending pending[RECORD_PAGES_MOST + 1];
    size_t pending_count;
    struct pages_record made;
    json_t *about; /* file, split; for the earlier service's form also text and lines of its first pages */
    json_int_t pages, last_page, split_document;
};

/*
 * Takes a line: writes the record of a page that is alone, or adds it to its document. Lines of one document follow
 * each other. Reports and skips a page of a file that could not be read. `number`: of the line in `source`.
 */
void fields_page(struct fields_run *run, struct fields_document *document, const char *source, size_t number,
                 const json_t *tree);
/* The lines of a source have ended, and so has the document. */
void fields_document_end(struct fields_run *run, struct fields_document *document);

#endif
