/*
 * consolidated.h - records in the form that clients of the earlier service read: one object with "metadata" and
 * "archivos_procesados". No text is ever null or missing: unknown is "", an unknown number 0.
 */
#ifndef LINCE_OUTPUT_CONSOLIDATED_H
#define LINCE_OUTPUT_CONSOLIDATED_H

#include "fields/messenger.h"
#include "lince.h"

struct json_writer;

struct consolidated_head {
    const char *extracted_at; /* local time, "2099-01-03T10:12:00.000001" */
    uint64_t item_count;
    const char *kind;     /* "consolidado_empresarial", "historial_completo", "lote_especifico" */
    const char *batch_id; /* with "lote_especifico"; else NULL */
};

/* One file; all borrowed. */
struct consolidated_item {
    const char *file_name;             /* the stored image */
    const struct lince_record *record; /* NULL: the file failed */
    const struct messenger *messenger; /* NULL: nothing is known */
    const char *page_text;             /* words joined by spaces, on one line */
    const char *batch_id, *batch_date; /* "BATCH_20990103_101112", "2099-01-03 10:11:12" */
    uint64_t arrival_number;           /* used where the messenger told none */
    double mean_confidence;            /* of the page, 0..1 */
    uint64_t word_count;
    double processing_seconds;
    const char *error; /* why the file failed; NULL with a record */
};

/* Opens the whole: metadata, and the array that items go into. */
void consolidated_open(struct json_writer *json, const struct consolidated_head *head);
void consolidated_item_object(struct json_writer *json, const struct consolidated_item *item);
void consolidated_close(struct json_writer *json);

#endif
