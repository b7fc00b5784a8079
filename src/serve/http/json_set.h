/* json_set.h - members of outgoing JSON: texts of any bytes, and times. */
#ifndef LINCE_SERVE_HTTP_JSON_SET_H
#define LINCE_SERVE_HTTP_JSON_SET_H

#include <jansson.h>
#include <stdint.h>

/* Sets a member to a time, or null for -1. */
void json_set_time(json_t *object, const char *key, int64_t at_ms);
/* Sets a member to a text, or null; invalid UTF-8 in it becomes U+FFFD. */
void json_set_text(json_t *object, const char *key, const char *text);

#endif
