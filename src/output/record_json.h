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
 *   "needs_review": bool, "review_reasons": ["missing:referencia", ...]
 *
 * Absent fields are left out. A value that the layout implies has neither box nor page_line.
 */
void record_members(struct json_writer *json, const struct lince_record *record);
/* The member "inputs": what the confidence of each field was made of, without what is 0. */
void record_inputs_member(struct json_writer *json, const struct lince_record *record);

#endif
