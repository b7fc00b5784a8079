/* report_page.h - a memory report, from its JSON, for people: as text, and as a self-contained HTML page. */
#ifndef LINCE_MONITOR_REPORT_PAGE_H
#define LINCE_MONITOR_REPORT_PAGE_H

#include <jansson.h>

#include "lince.h"

struct buffer;

/* A member as a number or a text; 0 and "" if it is missing. */
double report_number(const json_t *object, const char *key);
const char *report_text(const json_t *object, const char *key);

/* Appends the report: figures, tree of meters, scopes, sites, events. */
void report_print(const json_t *report, enum lince_language language, struct buffer *out);

/* A page: its beginning, each report with its drawings and its text, its end. */
void report_page_begin(enum lince_language language, struct buffer *out);
void report_page_add(const json_t *report, enum lince_language language, struct buffer *out);
void report_page_end(struct buffer *out);

#endif
