/* table_copy.h - copies a table to the same table of another database, and compares the two. */
#ifndef LINCE_STORE_UPKEEP_TABLE_COPY_H
#define LINCE_STORE_UPKEEP_TABLE_COPY_H

#include "store/sql/sql.h"

struct table_shape {
    const char *name, *key; /* key: its columns, separated by commas */
    bool is_text;           /* the first column of the key */
    bool has_numbers;       /* its `seq` is a number that is never given out twice */
};

/*
 * Continues after the last row that was copied already. `*count`: rows of the first table; `*new_count`: rows copied
 * now. Only columns that both have are copied.
 */
enum lince_status table_copy(struct sql *from, struct sql *to, const struct table_shape *shape, int64_t *count,
                             int64_t *new_count, struct lince_error *error);
/* DAMAGED if a row differs, or if one table has more rows. */
enum lince_status table_compare(struct sql *from, struct sql *to, const struct table_shape *shape,
                                struct lince_error *error);

#endif
