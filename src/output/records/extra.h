/* extra.h - what the caller knows about a file beyond what was read: an object in JSON, columns in a table. */
#ifndef LINCE_OUTPUT_RECORDS_EXTRA_H
#define LINCE_OUTPUT_RECORDS_EXTRA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_writer;
struct table;

struct extra_member {
    const char *name, *text;
    bool is_number; /* then `number` is used; tables leave 0 empty */
    uint64_t number;
};

/* All borrowed. */
struct extra {
    const char *name; /* name of the object */
    const struct extra_member *members;
    size_t count;
};

/* Writes into the open object: "name": {"member": text, ...}. */
void extra_object(struct json_writer *json, const struct extra *extra);
/* The names of the columns, and the cells of a row. `extra` may be NULL. */
void extra_head(struct table *table, const struct extra *extra);
void extra_cells(struct table *table, const struct extra *extra);

#endif
