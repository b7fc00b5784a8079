/*
 * list.c - the SQL of a list of documents. It has only the conditions that are set, so that SQLite uses the index of
 * one of them.
 */
#include "store/list.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "store/store_internal.h"

enum { WORD_CHARACTERS = 3, FEW_DOCUMENTS = 2000 };

static void add(struct list *list, const char *text) {
    size_t bytes = strlen(text);
    assert(list->used + bytes < LIST_TEXT_BYTES);
    memcpy(list->text + list->used, text, bytes + 1);
    list->used += bytes;
}

static void add_text(struct list *list, const char *condition, const char *value) {
    if (value != NULL) {
        assert(list->count < SQL_VALUES);
        add(list, condition);
        list->values[list->count++] = (struct sql_value){.type = 't', .bytes = value};
    }
}

static void add_number(struct list *list, const char *condition, int64_t value) {
    assert(list->count < SQL_VALUES);
    add(list, condition);
    list->values[list->count++] = (struct sql_value){.type = 'i', .number = value};
}

static void add_number_if(struct list *list, const char *condition, int64_t value) {
    if (value >= 0) {
        add_number(list, condition, value);
    }
}

/*
 * Whether few documents match. Few matches are found first and sorted afterwards; of many, enough are met soon while
 * the list is read in order.
 */
static bool is_rare(struct sql *sql, const char *match) {
    return sql_number(sql, 0, "SELECT count(*) FROM (SELECT rowid FROM searches WHERE searches MATCH ? LIMIT ?)", "ti",
                      match, (int64_t)FEW_DOCUMENTS) < FEW_DOCUMENTS;
}

/* The word search: SQLite has two ways, PostgreSQL chooses its own. */
enum way_of_search { SEARCH_NOTHING, SEARCH_NAMES, SEARCH_RARE, SEARCH_COMMON, SEARCH_TRIGRAMS };

/* Each word that is long enough, in quotes. Without one, only names are searched. */
static enum way_of_search search_way(struct sql *sql, struct list *list, const char *text) {
    size_t used = 0;
    if (text == NULL || search_fold(text, list->folded, LIST_MATCH_BYTES) == 0) {
        return SEARCH_NOTHING;
    }
    for (const char *word = list->folded; *word != '\0';) {
        word += strspn(word, " ");
        size_t bytes = strcspn(word, " ");
        if (utf8_count(word, bytes) >= WORD_CHARACTERS && used + 2 * bytes + 4 < sizeof list->match) {
            list->match[used++] = '"';
            for (size_t i = 0; i < bytes; i++) {
                list->match[used++] = word[i];
                if (word[i] == '"') {
                    list->match[used++] = '"';
                }
            }
            list->match[used++] = '"';
            list->match[used++] = ' ';
        }
        word += bytes;
    }
    list->match[used] = '\0';
    if (used == 0) {
        return SEARCH_NAMES;
    }
    if (sql_either(sql, NULL, "") != NULL) {
        return SEARCH_TRIGRAMS;
    }
    return is_rare(sql, list->match) ? SEARCH_RARE : SEARCH_COMMON;
}

/* Searches each word by its trigrams, which are indexed, and then compares the text itself. */
static void add_words(struct list *list) {
    size_t used = 0;
    add(list, " AND EXISTS (SELECT 1 FROM searches s WHERE s.document_seq=seq");
    for (char *word = list->folded; *word != '\0' && list->count + 8 < SQL_VALUES;) {
        word += strspn(word, " ");
        size_t bytes = strcspn(word, " ");
        char *next = word + bytes + (word[bytes] == ' ');
        word[bytes] = '\0';
        char *trigrams = utf8_count(word, bytes) < WORD_CHARACTERS ? NULL : search_trigrams(word);
        size_t length = trigrams == NULL ? 0 : strlen(trigrams) + 1;
        if (length > 0 && used + length <= sizeof list->match) {
            memcpy(list->match + used, trigrams, length);
            add_text(list, " AND s.trigrams @> ?::int4[]", list->match + used);
            used += length;
        }
        if (bytes > 0) {
            add_text(list, " AND strpos(s.body, ?) > 0", word);
        }
        free(trigrams);
        word = next;
    }
    add(list, ")");
}

static void add_search(struct list *list, enum way_of_search way, bool is_way_in) {
    if (way == SEARCH_NAMES) {
        add_text(list, " AND (instr(lower(name), ?) > 0", list->folded);
        add_text(list, " OR instr(lower(who), ?) > 0)", list->folded);
    } else if (way == SEARCH_TRIGRAMS) {
        add_words(list);
    } else if (way == SEARCH_RARE) {
        add_text(list, " AND seq IN (SELECT rowid FROM searches WHERE searches MATCH ?)", list->match);
    } else if (way == SEARCH_COMMON && !is_way_in) {
        add_text(list, " AND EXISTS (SELECT 1 FROM searches s WHERE s.rowid=seq AND s.searches MATCH ?)", list->match);
    }
}

/*
 * If many documents have the value, its index is not used for a list in another order, because SQLite would sort all of
 * them.
 */
static void add_common(struct sql *sql, struct list *list, const char *column, const char *value,
                       enum document_sort sort) {
    char condition[64], count[128];
    bool is_common = false;
    if (value == NULL) {
        return;
    }
    if (sort != SORT_RECEIVED && sql_either(sql, NULL, "") == NULL) {
        struct sql_statement statement;
        const struct sql_value wanted = {.type = 't', .bytes = value};
        enum lince_status status;
        snprintf(count, sizeof count, "SELECT count(*) FROM (SELECT 1 FROM documents WHERE %s=? LIMIT %d)", column,
                 FEW_DOCUMENTS);
        if (sql_begin_once(sql, &statement, count, &wanted, 1) && sql_row(sql, &statement, &status, NULL)) {
            is_common = sql_integer(&statement, 0) == FEW_DOCUMENTS;
        }
        sql_finish(&statement);
    }
    snprintf(condition, sizeof condition, " AND %s%s=?", is_common ? "+" : "", column);
    add_text(list, condition, value);
}

#define RESULT_HAS(number) " AND instr(coalesce(batch_id, 'LOTE') || '_' || " number " || '_' || stored_name, ?) > 0"

static void add_conditions(struct sql *sql, struct list *list, const struct document_filter *filter) {
    add_common(sql, list, "status", filter->status < 0 ? NULL : document_status_name(filter->status), filter->sort);
    add_text(list, " AND batch_id=?", filter->batch_id);
    add_common(sql, list, "layout", filter->layout, filter->sort);
    add_text(list, " AND origin=?", filter->origin < 0 ? NULL : document_origin_name(filter->origin));
    add_text(list, " AND stored_name=?", filter->stored_name);
    add_text(list, " AND sha256=?", filter->sha256);
    add_text(list, " AND duplicate_of=?", filter->duplicate_of);
    add_text(list, " AND part_of=?", filter->part_of);
    add_common(sql, list, "bank", filter->bank, filter->sort);
    add_common(sql, list, "sender", filter->sender, filter->sort);
    add_text(list, " AND paid_date>=?", filter->paid_since);
    add_text(list, " AND paid_date<=?", filter->paid_until);
    add_text(
        list,
        sql_either(sql, RESULT_HAS("substr('00' || (seq % 1000), -3)"), RESULT_HAS("right('00' || (seq % 1000), 3)")),
        filter->result_part);
    if (filter->field_name != NULL) {
        add_text(list, " AND seq IN (SELECT document_seq FROM fields WHERE name=?", filter->field_name);
        add_text(list, " AND value=?)", filter->field_value);
    }
    if (filter->amount_least != AMOUNT_NONE) {
        add_number(list, " AND amount>=?", filter->amount_least);
    }
    if (filter->amount_most != AMOUNT_NONE) {
        add_number(list, " AND amount>-4611686018427387904 AND amount<=?", filter->amount_most);
    }
    if (filter->paid_since == NULL && filter->paid_until != NULL) {
        add(list, " AND paid_date>''");
    }
    add_number_if(list, " AND received_ms>=?", filter->since_ms);
    add_number_if(list, " AND received_ms<?", filter->until_ms);
    if (filter->needs_review >= 0) {
        add(list, filter->needs_review ? " AND needs_review=1" : " AND needs_review=0");
    }
    if (filter->has_duplicate >= 0) {
        add(list, filter->has_duplicate ? " AND duplicate_of IS NOT NULL" : " AND duplicate_of IS NULL");
    }
    if (filter->archived >= 0) {
        add(list, filter->archived ? " AND archived_ms IS NOT NULL" : " AND archived_ms IS NULL");
    }
    add_text(list,
             sql_either(sql,
                        " AND id IN (SELECT value FROM json_each('[' || replace(json_quote(?), ',', '\",\"') || ']'))",
                        " AND id = ANY(string_to_array(?, ','))"),
             filter->ids);
    add_number_if(list, " AND seq>?", filter->after_seq);
}

static const char *const keys[] = {
    [SORT_RECEIVED] = "seq",  [SORT_PAID] = "paid_date", [SORT_AMOUNT] = "amount",
    [SORT_NAME] = "name",     [SORT_BANK] = "bank",      [SORT_WHO] = "who",
    [SORT_SENDER] = "sender", [SORT_STATUS] = "status",  [SORT_LAYOUT] = "layout",
};

/* Continues the list after the document with that number. */
static void add_place(struct list *list, const struct document_filter *filter) {
    char condition[256];
    const char *key = keys[filter->sort], *than = filter->oldest_first ? ">" : "<";
    if (filter->before_seq < 0) {
        return;
    }
    if (filter->sort == SORT_RECEIVED) {
        add_number(list, filter->oldest_first ? " AND seq>?" : " AND seq<?", filter->before_seq);
        return;
    }
    snprintf(condition, sizeof condition, " AND (%s, seq) %s ((SELECT k.%s FROM documents k WHERE k.seq=?", key, than,
             key);
    add_number(list, condition, filter->before_seq);
    add_number(list, "), ?)", filter->before_seq);
}

/* Whether a condition may leave few of many documents. */
static bool has_value(const struct document_filter *filter) {
    return filter->status >= 0 || filter->batch_id != NULL || filter->layout != NULL || filter->bank != NULL ||
           filter->sender != NULL || filter->paid_since != NULL || filter->paid_until != NULL ||
           filter->field_name != NULL || filter->amount_least != AMOUNT_NONE || filter->amount_most != AMOUNT_NONE ||
           filter->needs_review == 1 || filter->has_duplicate == 1;
}

void list_begin(struct list *list, struct sql *sql, const char *columns, const struct document_filter *filter) {
    char order[128];
    *list = (struct list){0};
    const char *way = filter->oldest_first ? "ASC" : "DESC";
    enum way_of_search search = search_way(sql, list, filter->text);
    /* Reads a common value from the index itself, if the list is in order of arrival and has no other condition. */
    bool is_way_in = search == SEARCH_COMMON && filter->sort == SORT_RECEIVED && !has_value(filter);
    add(list, "SELECT ");
    add(list, columns);
    if (is_way_in) {
        add_text(list, " FROM searches CROSS JOIN documents ON seq=searches.rowid WHERE searches MATCH ?", list->match);
    } else {
        add(list, " FROM documents WHERE 1=1");
    }
    add_search(list, search, is_way_in);
    if (filter->sort == SORT_LAYOUT) {
        add(list, " AND layout IS NOT NULL");
    }
    add_conditions(sql, list, filter);
    add_place(list, filter);
    if (filter->sort == SORT_RECEIVED) {
        snprintf(order, sizeof order, " ORDER BY %s %s LIMIT ?", is_way_in ? "searches.rowid" : "seq", way);
    } else {
        snprintf(order, sizeof order, " ORDER BY %s %s, seq %s LIMIT ?", keys[filter->sort], way, way);
    }
    add_number(list, order, (int64_t)filter->limit);
    if (filter->skip > 0) {
        add_number(list, " OFFSET ?", (int64_t)filter->skip);
    }
    (void)sql_begin_once(sql, &list->statement, list->text, list->values,
                         list->count); /* the first step reports a failure */
}

void list_end(struct list *list) {
    sql_finish(&list->statement);
}
