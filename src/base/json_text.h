/* json_text.h - text of any bytes as a JSON string; JSON as text in an arena. */
#ifndef LINCE_BASE_JSON_TEXT_H
#define LINCE_BASE_JSON_TEXT_H

#include <jansson.h>
#include <stddef.h>

struct arena;

/* Gives a string, or null for NULL. Invalid UTF-8 becomes U+FFFD. NULL without memory. */
json_t *json_text_of(const char *text);

/*
 * An object or array as compact text in the arena, written with these further flags of json_dumps(). NULL without
 * memory, and for NULL.
 */
const char *json_text_in(struct arena *arena, const json_t *json, size_t flags);

/*
 * Copies compact JSON, as json_text_in writes it, without the members of that name, in all objects. Gives the bytes
 * without the final zero. `to` may be `text`; NULL only counts.
 */
size_t json_text_without(const char *text, const char *name, char *to);

#endif
