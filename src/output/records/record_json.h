/* record_json.h - a record as members of the page's JSON object. */
#ifndef LINCE_OUTPUT_RECORDS_RECORD_JSON_H
#define LINCE_OUTPUT_RECORDS_RECORD_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "lince.h"

struct json_writer;
struct long_page;

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

/* A record whose lines are those of several pages, and which pages could not be read. */
struct record_of_pages {
    const struct long_page *pages;
    const uint32_t *unread; /* further reasons for review */
    size_t unread_count;
    size_t fields_pages; /* the record is of so many first pages and last pages, and there are more; 0: of all */
    size_t fields_last_pages;
};
/* The same with "page" in each field that has a box. Box and page_line are those of that page. */
void record_members_of_pages(struct json_writer *json, const struct lince_record *record,
                             const struct record_of_pages *of);

#endif
