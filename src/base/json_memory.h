/*
 * json_memory.h - puts what jansson allocates on a meter.
 *
 * jansson has one pair of allocation functions per process. The program installs ours once, before it uses jansson. The
 * library does not, since its process may use jansson for itself. Each thread then sets the meter for its next
 * documents. A block returns to the meter that it came from, on any thread.
 */
#ifndef LINCE_BASE_JSON_MEMORY_H
#define LINCE_BASE_JSON_MEMORY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct meter;

/* Installs the metered functions in jansson. By default blocks are on `home`, which lives as long as the process. */
void json_memory_install(struct meter *home);

/* From now on this thread's JSON is on `meter`; NULL: the home meter. Returns the previous meter, to be restored. */
struct meter *json_memory_use(struct meter *meter);

/*
 * Whether memory was refused to this thread's JSON since the last call. jansson reports some refusals as syntax errors,
 * so call this before parsing, to reset it, and after a failure.
 */
bool json_memory_was_refused(void);

/* No text of ours is nested so deeply. jansson writes by recursion, and a deep text would overflow a small stack. */
enum { JSON_NESTING_LIMIT = 64 };

/*
 * json_loadb() and json_loads() for texts that may be larger than the memory for them; all texts are parsed with these.
 *
 * jansson does not notice when the buffer of its current token cannot grow, and then reads and writes beyond it. So the
 * bytes of that growth are charged before parsing. The first refused request gets them instead, and the parse ends at
 * the next byte. A text nested deeper than JSON_NESTING_LIMIT is an error.
 */
json_t *json_memory_load(const char *bytes, size_t count, size_t flags, json_error_t *error);
json_t *json_memory_load_text(const char *text, size_t flags, json_error_t *error);

/* json_dumps() into the buffer, which remembers a refusal. */
void json_memory_write(const json_t *json, size_t flags, struct buffer *buffer);

#endif
