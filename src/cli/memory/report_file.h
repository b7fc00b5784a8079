/* report_file.h - reads a memory report from a file, for the commands that show and compare reports. */
#ifndef LINCE_CLI_MEMORY_REPORT_FILE_H
#define LINCE_CLI_MEMORY_REPORT_FILE_H

#include <jansson.h>

#include "lince.h"

/*
 * Gives the report in a file, after checking it; free it with json_decref. Reports a failure on standard error and
 * returns NULL.
 */
json_t *report_file_load(const char *path, enum lince_language language);
/* The same from text. `name` is for the message. */
json_t *report_text_load(const char *text, size_t bytes, const char *name, enum lince_language language);

#endif
