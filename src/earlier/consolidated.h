/*
 * consolidated.h - the result for one image in the earlier service's form, and many of them as one object with
 * "metadata" and "archivos_procesados". No text is null or missing: an unknown one is "", an unknown number 0.
 */
#ifndef LINCE_EARLIER_CONSOLIDATED_H
#define LINCE_EARLIER_CONSOLIDATED_H

#include <jansson.h>
#include <stdint.h>

enum { CONSOLIDATED_DATE_BYTES = 16 };

/* Figures of a page's words, from the JSON that `lince read -f json` writes, which may be NULL. */
struct consolidated_words {
    uint64_t count, sure_count; /* sure: with a confidence of 0.8 or more */
    double mean_confidence;     /* 0..1 */
    double seconds;             /* for reading the page */
};
struct consolidated_words consolidated_words_of(const json_t *page);

/* All borrowed. An unknown text is "". */
struct consolidated_item {
    const char *file_name; /* the stored image */
    const char *sender_id, *sender_name, *caption, *sent_time, *other;
    int64_t arrival_number;
    const char *reference, *amount, *phone, *concept;
    const char *origin_bank, *target_bank; /* codes */
    const char *id_printed;                /* the payee's, as printed */
    const char *date, *date_printed;       /* "2099-01-03"; and as printed */
    const char *page_text;                 /* lines joined by line feeds; NULL: not read */
    const char *batch_id, *batch_date;     /* "BATCH_20990103_101112", "2099-01-03 10:11:12" */
    struct consolidated_words words;
    const char *error; /* why the image failed; NULL if it was read */
};

/* Gives the record. */
json_t *consolidated_record(const struct consolidated_item *item);
/*
 * Gives the whole object; takes `records`, an array. `extracted_at`: "2099-01-03T10:12:00.000001"; `kind`:
 * "consolidado_empresarial".
 */
json_t *consolidated_whole(const char *kind, const char *extracted_at, json_t *records);

/* The earlier service's name for a bank code; the code itself if it is unknown. */
const char *consolidated_bank(const char *code);
/* Day first, as banks print it; ISO if it was printed so; "" without a date. */
void consolidated_date(const char *date, const char *printed, char text[CONSOLIDATED_DATE_BYTES]);

#endif
