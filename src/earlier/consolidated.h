/*
 * consolidated.h - what was read of one image as the earlier service's clients read it, and many of them as one object
 * with "metadata" and "archivos_procesados". No text is null or missing: unknown is "", an unknown number 0.
 */
#ifndef LINCE_EARLIER_CONSOLIDATED_H
#define LINCE_EARLIER_CONSOLIDATED_H

#include <jansson.h>
#include <stdint.h>

enum { CONSOLIDATED_DATE_BYTES = 16 };

/* What the words of a page come to; of its JSON as `lince read -f json` writes it, which may be NULL. */
struct consolidated_words {
    uint64_t count, sure_count; /* sure: with a confidence of 0.8 or more */
    double mean_confidence;     /* 0..1 */
    double seconds;             /* that reading the page took */
};
struct consolidated_words consolidated_words_of(const json_t *page);

/* All borrowed; a text that is not known is "". */
struct consolidated_item {
    const char *file_name; /* the stored image */
    const char *sender_id, *sender_name, *caption, *sent_time, *other;
    int64_t arrival_number;
    const char *reference, *amount, *phone, *concept;
    const char *origin_bank, *target_bank; /* codes */
    const char *id_printed;                /* of the payee, as the page has it */
    const char *date, *date_printed;       /* "2099-01-03"; and as the page has it */
    const char *page_text;                 /* lines joined by line feeds; NULL: not read */
    const char *batch_id, *batch_date;     /* "BATCH_20990103_101112", "2099-01-03 10:11:12" */
    struct consolidated_words words;
    const char *error; /* why the image failed; NULL: it did not */
};

/* Gives the record. */
json_t *consolidated_record(const struct consolidated_item *item);
/* The whole; takes `records`, an array. `extracted_at`: "2099-01-03T10:12:00.000001"; `kind`:
 * "consolidado_empresarial". */
json_t *consolidated_whole(const char *kind, const char *extracted_at, json_t *records);

/* The name of a bank by its code, as the earlier service wrote it; the code itself when it is unknown. */
const char *consolidated_bank(const char *code);
/* Day first, as banks print it; ISO where it was printed so; "" without a date. */
void consolidated_date(const char *date, const char *printed, char text[CONSOLIDATED_DATE_BYTES]);

#endif
