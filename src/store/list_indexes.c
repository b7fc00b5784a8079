/*
 * list_indexes.c - which index SQLite takes for a list. It keeps no statistics of the values, so the matches of each
 * condition are counted, up to a few thousand. What matches few documents is found by its index and sorted afterwards.
 * Of many matches, enough are met soon while the list is read in its order; then their index is not used, because
 * SQLite would sort all of them. PostgreSQL chooses by its own statistics.
 */
#include "store/list_indexes.h"

#include <stdio.h>

#include "store/store_internal.h"

/* One or two comparisons of a column: "=?", or from "low" to "high". */
struct indexed {
    const char *column;
    const char *low, *high;                 /* what follows the column; NULL: not compared */
    struct sql_value low_value, high_value; /* of type 0: the comparison has no value */
    bool is_range;
    enum document_sort sort; /* of a range: the order of its index */
    bool is_common;
};
enum { INDEXED_MOST = 10, CONDITION_BYTES = 64 };

static struct sql_value text_value(const char *text) {
    return (struct sql_value){.type = 't', .bytes = text};
}

static struct sql_value number_value(int64_t number) {
    return (struct sql_value){.type = 'i', .number = number};
}

static size_t equal_take(struct indexed *indexed, size_t count, const char *column, const char *value) {
    if (value == NULL) {
        return count;
    }
    indexed[count] = (struct indexed){.column = column, .low = "=?", .low_value = text_value(value)};
    return count + 1;
}

static struct indexed paid_range(const struct document_filter *filter) {
    bool has_since = filter->paid_since != NULL;
    return (struct indexed){
        .column = "paid_date",
        .low = has_since ? ">=?" : ">''",
        .low_value = has_since ? text_value(filter->paid_since) : (struct sql_value){0},
        .high = filter->paid_until == NULL ? NULL : "<=?",
        .high_value = text_value(filter->paid_until),
        .is_range = true,
        .sort = SORT_PAID,
    };
}

static struct indexed amount_range(const struct document_filter *filter) {
    bool has_least = filter->amount_least != AMOUNT_NONE;
    return (struct indexed){
        .column = "amount",
        .low = has_least ? ">=?" : ">-4611686018427387904",
        .low_value = has_least ? number_value(filter->amount_least) : (struct sql_value){0},
        .high = filter->amount_most == AMOUNT_NONE ? NULL : "<=?",
        .high_value = number_value(filter->amount_most),
        .is_range = true,
        .sort = SORT_AMOUNT,
    };
}

static struct indexed received_range(const struct document_filter *filter) {
    bool has_since = filter->since_ms >= 0;
    return (struct indexed){
        .column = "received_ms",
        .low = has_since ? ">=?" : "<?",
        .low_value = number_value(has_since ? filter->since_ms : filter->until_ms),
        .high = has_since && filter->until_ms >= 0 ? "<?" : NULL,
        .high_value = number_value(filter->until_ms),
        .is_range = true,
        .sort = SORTS, /* no list has exactly this order */
    };
}

static size_t indexed_take(struct indexed *indexed, const struct document_filter *filter) {
    size_t count = 0;
    count = equal_take(indexed, count, "status", filter->status < 0 ? NULL : document_status_name(filter->status));
    count = equal_take(indexed, count, "batch_id", filter->batch_id);
    count = equal_take(indexed, count, "layout", filter->layout);
    count = equal_take(indexed, count, "bank", filter->bank);
    count = equal_take(indexed, count, "sender", filter->sender);
    if (filter->paid_since != NULL || filter->paid_until != NULL) {
        indexed[count++] = paid_range(filter);
    }
    if (filter->amount_least != AMOUNT_NONE || filter->amount_most != AMOUNT_NONE) {
        indexed[count++] = amount_range(filter);
    }
    if (filter->since_ms >= 0 || filter->until_ms >= 0) {
        indexed[count++] = received_range(filter);
    }
    if (filter->needs_review == 1) {
        indexed[count++] = (struct indexed){.column = "needs_review", .low = "=1"};
    }
    if (filter->has_duplicate == 1) {
        indexed[count++] =
            (struct indexed){.column = "duplicate_of", .low = " IS NOT NULL", .is_range = true, .sort = SORTS};
    }
    return count;
}

static void comparison_add(struct list *list, const char *before, const struct indexed *indexed, bool is_high) {
    char condition[CONDITION_BYTES];
    const struct sql_value *value = is_high ? &indexed->high_value : &indexed->low_value;
    snprintf(condition, sizeof condition, "%s%s%s", before, indexed->column, is_high ? indexed->high : indexed->low);
    if (value->type == 't') {
        list_add_text(list, condition, value->bytes);
    } else if (value->type == 'i') {
        list_add_number(list, condition, value->number);
    } else {
        list_add(list, condition);
    }
}

static bool is_common(struct sql *sql, const struct indexed *indexed) {
    struct sql_statement statement;
    enum lince_status status;
    struct list counted = {0};
    list_add(&counted, "SELECT count(*) FROM (SELECT 1 FROM documents");
    comparison_add(&counted, " WHERE ", indexed, false);
    if (indexed->high != NULL) {
        comparison_add(&counted, " AND ", indexed, true);
    }
    list_add_number(&counted, " LIMIT ?)", LIST_FEW_DOCUMENTS);
    bool is_many = false;
    if (sql_begin_once(sql, &statement, counted.text, counted.values, counted.count) &&
        sql_row(sql, &statement, &status, NULL)) {
        is_many = sql_integer(&statement, 0) == LIST_FEW_DOCUMENTS;
    }
    sql_finish(&statement);
    return is_many;
}

/* Whether the index of the condition gives the rows in the list's order. Rows with one value are in order of arrival.
 */
static bool is_in_order(const struct indexed *indexed, const struct document_filter *filter) {
    return indexed->is_range ? filter->sort == indexed->sort : filter->sort == SORT_RECEIVED;
}

bool list_indexes_add(struct list *list, struct sql *sql, const struct document_filter *filter, bool is_ordered) {
    struct indexed indexed[INDEXED_MOST];
    size_t count = indexed_take(indexed, filter);
    bool is_sqlite = sql_either(sql, NULL, "") == NULL, is_few = false;
    for (size_t i = 0; i < count && is_sqlite; i++) {
        indexed[i].is_common = is_common(sql, &indexed[i]);
        is_few = is_few || !indexed[i].is_common;
    }
    for (size_t i = 0; i < count; i++) {
        bool is_unused = indexed[i].is_common && (is_few || !is_ordered || !is_in_order(&indexed[i], filter));
        const char *before = is_unused ? " AND +" : " AND ";
        comparison_add(list, before, &indexed[i], false);
        if (indexed[i].high != NULL) {
            comparison_add(list, before, &indexed[i], true);
        }
    }
    return is_few;
}
