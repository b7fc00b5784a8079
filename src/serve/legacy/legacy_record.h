/* legacy_record.h - documents as the consolidated records of the earlier service. */
#ifndef LINCE_SERVE_LEGACY_LEGACY_RECORD_H
#define LINCE_SERVE_LEGACY_LEGACY_RECORD_H

#include "earlier/consolidated.h"
#include "serve/http/request.h"

/* The data for both forms of a result. Free it with legacy_reading_free. */
struct legacy_reading {
    const struct document *document;
    json_t *page, *metadata; /* owned; page is NULL if it was not read */
    struct field_row *fields;
    size_t field_count;
    struct consolidated_words words;
    const char *error; /* why it was not read, in the reader's language; NULL if it was */
};

void legacy_reading_make(struct request *request, const struct document *document, struct legacy_reading *reading);
/* Why a document was not read, in the reader's language; NULL if it was, or is not yet. */
const char *legacy_error(struct request *request, const struct document *document);
void legacy_reading_free(struct legacy_reading *reading);

/* Gives the record of section 5 of the earlier documents. `arrival`: its place if the client named none. */
json_t *legacy_record(const struct legacy_reading *reading, size_t arrival);

/* Turns a batch id into "BATCH_20990103_101112". */
void legacy_short_batch(const char *batch_id, char text[ID_BYTES]);

/* A field's value or text; "" if it has none. */
const char *legacy_field(const struct legacy_reading *reading, const char *name);
/* A text of the client's metadata; "" if it has none. */
const char *legacy_meta(const struct legacy_reading *reading, const char *name);
/* "03/01/2099", as printed. */
void legacy_date(const struct legacy_reading *reading, char text[CONSOLIDATED_DATE_BYTES]);

#endif
