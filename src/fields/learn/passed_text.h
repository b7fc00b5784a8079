/* passed_text.h - what a folder of learned layouts has that is not used, for people. */
#ifndef LINCE_FIELDS_LEARN_PASSED_TEXT_H
#define LINCE_FIELDS_LEARN_PASSED_TEXT_H

#include <stdio.h>

#include "lince.h"

/*
 * Opens the layouts as a service does that has this data folder: those of $LINCE_LAYOUTS over the learned ones, which
 * are used as far as they are valid. Free with lince_layouts_close. LAYOUT: a folder of the user's own is at fault, and
 * the service does not start. MEMORY_LIMIT.
 */
enum lince_status passed_layouts_open(const char *data, struct lince_layouts **layouts, struct lince_error *error);

/* Prints a line for each file that is passed over, with the reason; all begin with `before`. */
void passed_print(const struct lince_layouts *layouts, const char *before, enum lince_language language, FILE *out);

#endif
