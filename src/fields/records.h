/* records.h - what the program does with layouts and records beyond lince.h: on its meters, with their rules. */
#ifndef LINCE_FIELDS_RECORDS_H
#define LINCE_FIELDS_RECORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

struct country_set;
struct field_rule;

struct meter;
struct record_page;

/* As lince_layouts_open, below `parent` (NULL: on a root). Hold the lock of a shared tree. */
enum lince_status layouts_open_under(struct meter *parent, const struct lince_layouts_options *options,
                                     struct lince_layouts **layouts, struct lince_error *error);

/* The built-in layouts and one more from memory, below `parent`. `name` is for messages. Close it as others. */
enum lince_status layouts_open_with(struct meter *parent, const char *name, const char *text, size_t bytes,
                                    struct lince_layouts **layouts, struct lince_error *error);

/* As lince_record_extract, of a page whose lines and codes came from elsewhere. */
enum lince_status records_extract(const struct lince_layouts *layouts, const struct record_page *page,
                                  const char *const *names, size_t name_count, struct lince_record **record,
                                  struct lince_error *error);

/* What a table shows of a record. */
struct record_parts {
    const char *layout, *kind, *direction, *country; /* NULL, but for the kind: it has none */
    const struct lince_field *fields;
    size_t field_count;
    const char *const *reasons;
    size_t reason_count;
};
/* Gives a record of these parts, for lince_record_free. Their texts are borrowed as long as it is there. */
enum lince_status records_remake(const struct record_parts *parts, struct meter *meter, struct lince_record **record,
                                 struct lince_error *error);

/* The layouts' countries, borrowed. */
const struct country_set *layouts_countries(const struct lince_layouts *layouts);
/* The rules of a layout one by one, borrowed; NULL past the last. */
const struct field_rule *layouts_field_rule(const struct lince_layouts *layouts, size_t layout, size_t index);
/* The kinds of fields one by one, with the confidence below which a person should check; NULL past the last. */
const char *layouts_review_kind(const struct lince_layouts *layouts, size_t index, double *confidence);
/*
 * Gives the confidences of all kinds, in their order, as `text` ("amount=0.95,id=0.9") changes those of the layouts.
 * ARGUMENT for a text of another form.
 */
enum { REVIEW_KINDS_MOST = 16 };
enum lince_status layouts_review_find(const struct lince_layouts *layouts, const char *text,
                                      double confidences[REVIEW_KINDS_MOST], struct lince_error *error);
/* From now on records need a review below these. No other thread may use the layouts meanwhile. */
void layouts_review_use(struct lince_layouts *layouts, const double confidences[REVIEW_KINDS_MOST]);
/* The inputs of a field's confidence: DOUBT_INPUT_COUNT numbers, in the order of enum doubt_input. */
const double *record_inputs(const struct lince_record *record, size_t index);
/* Those of the page: PAGE_INPUT_COUNT numbers, in the order of enum page_input. */
const double *record_page_inputs(const struct lince_record *record);

#endif
