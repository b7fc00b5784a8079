/* report_file.h - a memory report read back from a file, for the commands that show and compare them. */
#ifndef LINCE_CLI_MEMORY_REPORT_FILE_H
#define LINCE_CLI_MEMORY_REPORT_FILE_H

#include <jansson.h>

#include "lince.h"

/* Gives the report in a file, checked to be one (free with json_decref); NULL, told on standard error, when it is not.
 */
json_t *report_file_load(const char *path, enum lince_language language);
/* The same from text. `name` is for the message. */
json_t *report_text_load(const char *text, size_t bytes, const char *name, enum lince_language language);

#endif
