/* report_file.h - a memory report as it is read back: for the commands that show and compare them. */
#ifndef LINCE_CLI_MEMORY_REPORT_FILE_H
#define LINCE_CLI_MEMORY_REPORT_FILE_H

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>

#include "lince.h"

/* Gives the report in a file, checked to be one (free with json_decref); NULL, told on standard error, when it is not.
 */
json_t *report_file_load(const char *path, enum lince_language language);
/* The same from text. `name` is for the message. */
json_t *report_text_load(const char *text, size_t bytes, const char *name, enum lince_language language);

/* Numbers and texts of a member; 0 and "" where it is missing. */
double report_number(const json_t *object, const char *key);
const char *report_text(const json_t *object, const char *key);

/* The report for people, on `stream`: figures, tree of meters, scopes, sites, events. */
void report_print(const json_t *report, enum lince_language language, FILE *stream);

/* The report as one HTML page with a tree of bars and the timeline as SVG. */
void report_print_html(const json_t *report, enum lince_language language, FILE *stream);

#endif
