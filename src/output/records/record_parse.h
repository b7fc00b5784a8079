/* record_parse.h - rebuilds a record from its JSON, to write it into a table. */
#ifndef LINCE_OUTPUT_RECORDS_RECORD_PARSE_H
#define LINCE_OUTPUT_RECORDS_RECORD_PARSE_H

#include <jansson.h>

#include "lince.h"

struct meter;

/* JSON does not say of which type a field is: "money", "date", ... */
struct record_types {
    const char *(*type_of)(const void *context, const char *name);
    const void *context;
};

/*
 * Gives the record on `meter`, for lince_record_free: what its table has, without places. Its texts are those of
 * `tree`, which must stay as long. A member that is missing or of another kind is empty. MEMORY_LIMIT.
 */
enum lince_status record_parse(const json_t *tree, const struct record_types *types, struct meter *meter,
                               struct lince_record **record, struct lince_error *error);

#endif
