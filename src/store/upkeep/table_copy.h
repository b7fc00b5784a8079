/* table_copy.h - one table of a store ⇄ the same table of another kind of database: copied, compared. */
#ifndef LINCE_STORE_UPKEEP_TABLE_COPY_H
#define LINCE_STORE_UPKEEP_TABLE_COPY_H

#include "store/sql/sql.h"

struct table_shape {
    const char *name, *key; /* key: its columns, commas between */
    bool is_text;           /* the first column of the key */
    bool has_numbers;       /* given out in `seq`, and never twice */
};

/*
 * Copies the rows from the last one on that is there already. `*count`: rows of the first; `*new_count`: those that
 * came now. Only columns that both have are copied.
 */
enum lince_status table_copy(struct sql *from, struct sql *to, const struct table_shape *shape, int64_t *count,
                             int64_t *new_count, struct lince_error *error);
/* DAMAGED where a row differs, or one has more. */
enum lince_status table_compare(struct sql *from, struct sql *to, const struct table_shape *shape,
                                struct lince_error *error);

#endif
