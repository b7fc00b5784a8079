/* json_text.h - text of any bytes as a JSON string. */
#ifndef LINCE_BASE_JSON_TEXT_H
#define LINCE_BASE_JSON_TEXT_H

#include <jansson.h>

/* Gives a string, or null for NULL. Invalid UTF-8 becomes U+FFFD. NULL without memory. */
json_t *json_text_of(const char *text);

#endif
