/* extra.h - what the caller knows of a file beside what was read: an object in JSON, columns in a table. */
#ifndef LINCE_OUTPUT_EXTRA_H
#define LINCE_OUTPUT_EXTRA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_writer;
struct table;

struct extra_member {
    const char *name, *text;
    bool is_number; /* then `number`, and in a table nothing for 0 */
    uint64_t number;
};

/* All borrowed. */
struct extra {
    const char *name; /* of the object */
    const struct extra_member *members;
    size_t count;
};

/* Into the object that is open: "name": {"member": text, ...}. */
void extra_object(struct json_writer *json, const struct extra *extra);
/* The names of the columns, and the cells of a row. `extra` may be NULL: none. */
void extra_head(struct table *table, const struct extra *extra);
void extra_cells(struct table *table, const struct extra *extra);

#endif
