/* record_find.c - a field of a record by its name. */
#include <string.h>

#include "fields/record.h"

const struct record_field *record_find(const struct record *record, const char *name) {
    for (size_t i = 0; i < record->field_count; i++) {
        if (strcmp(record->fields[i].name, name) == 0) {
            return &record->fields[i];
        }
    }
    return NULL;
}

struct record_field *record_field_of(struct record *record, const char *name) {
    const struct record_field *found = record_find(record, name);
    return found == NULL ? NULL : &record->fields[found - record->fields];
}
