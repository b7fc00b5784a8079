/* record_json.h - a record as members of the page's JSON object. */
#ifndef LINCE_OUTPUT_RECORD_JSON_H
#define LINCE_OUTPUT_RECORD_JSON_H

#include "lince.h"

struct json_writer;

/*
 * Writes into the open object:
 *
 *   "layout": name or null, "rules": name,
 *   "fields": {name: {"value", "text", "confidence", "box", "page_line", "rule", "repairs"}, ...},
 *   "values": as record_values.h says,
 *   "needs_review": bool, "review_reasons": ["missing:referencia", ...]
 *
 * Absent fields are left out. A value that the layout implies has neither box nor page_line.
 */
void record_members(struct json_writer *json, const struct lince_record *record);
/* The member "inputs": what the confidence of each field was made of, without what is 0. */
void record_inputs_member(struct json_writer *json, const struct lince_record *record);

/* The pages of a document whose lines were read as one long page, one page below the other. */
struct record_page_place {
    uint32_t number;          /* from 1 on */
    size_t first_line;        /* of all lines */
    double top_px, height_px; /* its place on the long page */
};
struct record_pages {
    struct record_page_place *items; /* in order */
    size_t count;
};
/* The same with "page" in each field that has a box. Box and page_line are then those of that page. */
void record_members_of_pages(struct json_writer *json, const struct lince_record *record,
                             const struct record_pages *pages);

#endif
