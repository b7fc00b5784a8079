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
#include "store/list_indexes.h"
#include "store/store_internal.h"

enum { WORD_CHARACTERS = 3, COMMON_MATCHES = 20000, PROBED_ROWS = 1000 };

/*
 * The word search. PostgreSQL chooses its own way; SQLite has several:
 * - NAMES: without a word for the index, file names and payees alone are searched.
 * - RARE: few documents match; they are found first and sorted afterwards.
 * - LISTED: the matches are listed, 0.3 us each, and the list is looked up for each row that is read in order.
 * - PROBED: the index is asked for each row that is read in order, 40 us each. Good if almost every row matches.
 */
enum way_of_search { SEARCH_NOTHING, SEARCH_NAMES, SEARCH_RARE, SEARCH_LISTED, SEARCH_PROBED, SEARCH_TRIGRAMS };

static enum way_of_search sqlite_way(struct sql *sql, const char *match, const struct document_filter *filter,
                                     bool is_plain) {
    int64_t count =
        sql_number(sql, 0, "SELECT count(*) FROM (SELECT rowid FROM searches WHERE searches MATCH ? LIMIT ?)", "ti",
                   match, (int64_t)COMMON_MATCHES);
    return count < LIST_FEW_DOCUMENTS                                                           ? SEARCH_RARE
           : is_plain && count == COMMON_MATCHES && filter->skip + filter->limit <= PROBED_ROWS ? SEARCH_PROBED
                                                                                                : SEARCH_LISTED;
}

/* A word that the index of words has not; it is looked for in the text itself. One that came before counts once. */
static void short_word_take(struct list *list, size_t *used, const char *word, size_t bytes) {
    for (size_t i = 0; i < list->short_count; i++) {
        if (strlen(list->shorts[i]) == bytes && memcmp(list->shorts[i], word, bytes) == 0) {
            return;
        }
    }
    if (bytes > 0 && list->short_count < LIST_SHORTS_MOST && *used + bytes < sizeof list->short_words) {
        char *kept = list->short_words + *used;
        memcpy(kept, word, bytes);
        kept[bytes] = '\0';
        *used += bytes + 1;
        list->shorts[list->short_count++] = kept;
    }
}

/* The words of the folded text that are long enough, in quotes; and the short ones. False if there is no long one. */
static bool words_take(struct list *list) {
    size_t used = 0, shorts_used = 0;
    for (const char *word = list->folded; *word != '\0';) {
        word += strspn(word, " ");
        size_t bytes = strcspn(word, " ");
        if (utf8_count(word, bytes) < WORD_CHARACTERS) {
            short_word_take(list, &shorts_used, word, bytes);
        } else if (used + 2 * bytes + 4 < sizeof list->match) {
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
    return used > 0;
}

/* Without a word that is long enough, only names are searched. `is_plain`: the list has no other condition. */
static enum way_of_search search_way(struct sql *sql, struct list *list, const struct document_filter *filter,
                                     bool is_plain) {
    if (filter->text == NULL || search_fold(filter->text, list->folded, LIST_MATCH_BYTES) == 0) {
        return SEARCH_NOTHING;
    }
    if (!words_take(list)) {
        return SEARCH_NAMES;
    }
    if (sql_either(sql, NULL, "") != NULL) {
        return SEARCH_TRIGRAMS;
    }
    return sqlite_way(sql, list->match, filter, is_plain && list->short_count == 0);
}

/* Searches each word by its trigrams, which are indexed, and then compares the text itself. */
static void add_words(struct list *list) {
    size_t used = 0;
    list_add(list, " AND EXISTS (SELECT 1 FROM searches s WHERE s.document_seq=seq");
    for (char *word = list->folded; *word != '\0' && list->count + 8 < SQL_VALUES;) {
        word += strspn(word, " ");
        size_t bytes = strcspn(word, " ");
        char *next = word + bytes + (word[bytes] == ' ');
        word[bytes] = '\0';
        char *trigrams = utf8_count(word, bytes) < WORD_CHARACTERS ? NULL : search_trigrams(word);
        size_t length = trigrams == NULL ? 0 : strlen(trigrams) + 1;
        if (length > 0 && used + length <= sizeof list->match) {
            memcpy(list->match + used, trigrams, length);
            list_add_text(list, " AND s.trigrams @> ?::int4[]", list->match + used);
            used += length;
        }
        if (bytes > 0) {
            list_add_text(list, " AND strpos(s.body, ?) > 0", word);
        }
        free(trigrams);
        word = next;
    }
    list_add(list, ")");
}

/* `is_listed`: the names that match are listed from their indexes; otherwise each row is compared. */
static void add_names(struct list *list, bool is_listed) {
    list_add_text(list,
                  is_listed ? " AND +seq IN (SELECT seq FROM documents WHERE instr(lower(name), ?) > 0"
                            : " AND (instr(lower(name), ?) > 0",
                  list->folded);
    list_add_text(list,
                  is_listed ? " UNION ALL SELECT seq FROM documents WHERE instr(lower(who), ?) > 0)"
                            : " OR instr(lower(who), ?) > 0)",
                  list->folded);
}

/* What the searches shall have: the words of the index, and the short ones. */
static void add_match(struct list *list, const char *condition) {
    list_add_text(list, condition, list->match);
    for (size_t i = 0; i < list->short_count; i++) {
        list_add_text(list, " AND instr(body, ?) > 0", list->shorts[i]);
    }
}

static void add_search(struct sql *sql, struct list *list, enum way_of_search way, bool is_sorted) {
    if (way == SEARCH_NAMES) {
        add_names(list, is_sorted && sql_either(sql, NULL, "") == NULL);
    } else if (way == SEARCH_TRIGRAMS) {
        add_words(list);
    } else if (way == SEARCH_RARE) {
        add_match(list, " AND seq IN (SELECT rowid FROM searches WHERE searches MATCH ?");
        list_add(list, ")");
    } else if (way == SEARCH_LISTED) {
        add_match(list, " AND +seq IN (SELECT rowid FROM searches WHERE searches MATCH ?");
        list_add(list, ")");
    } else if (way == SEARCH_PROBED) {
        list_add_text(list, " AND EXISTS (SELECT 1 FROM searches s WHERE s.rowid=seq AND s.searches MATCH ?)",
                      list->match);
    }
}

#define RESULT_HAS(number) " AND instr(coalesce(batch_id, 'LOTE') || '_' || " number " || '_' || stored_name, ?) > 0"

/* The conditions without an index of the store's own choice. */
static void add_others(struct sql *sql, struct list *list, const struct document_filter *filter) {
    list_add_text(list, " AND origin=?", filter->origin < 0 ? NULL : document_origin_name(filter->origin));
    list_add_text(list, " AND stored_name=?", filter->stored_name);
    list_add_text(list, " AND sha256=?", filter->sha256);
    list_add_text(list, " AND duplicate_of=?", filter->duplicate_of);
    list_add_text(list, " AND part_of=?", filter->part_of);
    list_add_text(
        list,
        sql_either(sql, RESULT_HAS("substr('00' || (seq % 1000), -3)"), RESULT_HAS("right('00' || (seq % 1000), 3)")),
        filter->result_part);
    if (filter->field_name != NULL) {
        list_add_text(list, " AND seq IN (SELECT document_seq FROM fields WHERE name=?", filter->field_name);
        list_add_text(list, " AND value=?)", filter->field_value);
    }
    if (filter->needs_review == 0) {
        list_add(list, " AND needs_review=0");
    }
    if (filter->has_duplicate == 0) {
        list_add(list, " AND duplicate_of IS NULL");
    }
    if (filter->archived >= 0) {
        list_add(list, filter->archived ? " AND archived_ms IS NOT NULL" : " AND archived_ms IS NULL");
    }
    list_add_text(
        list,
        sql_either(sql, " AND id IN (SELECT value FROM json_each('[' || replace(json_quote(?), ',', '\",\"') || ']'))",
                   " AND id = ANY(string_to_array(?, ','))"),
        filter->ids);
}

static const char *const keys[] = {
    [SORT_RECEIVED] = "seq",  [SORT_PAID] = "paid_date", [SORT_AMOUNT] = "amount",
    [SORT_NAME] = "name",     [SORT_BANK] = "bank",      [SORT_WHO] = "who",
    [SORT_SENDER] = "sender", [SORT_STATUS] = "status",  [SORT_LAYOUT] = "layout",
};

/* How the rows are found. */
struct rows {
    bool has_few;   /* SQLite shall sort what it finds, not read in the list's order */
    bool is_way_in; /* the searches come first, and give the documents in order of arrival */
};

/* Continues the list after the document with that number. */
static void add_place(struct list *list, const struct document_filter *filter, const struct rows *rows) {
    char condition[256];
    const char *key = keys[filter->sort], *than = filter->oldest_first ? ">" : "<";
    list_add_number_if(list, rows->is_way_in ? " AND searches.rowid>?" : " AND seq>?", filter->after_seq);
    if (filter->before_seq < 0) {
        return;
    }
    if (filter->sort == SORT_RECEIVED) {
        snprintf(condition, sizeof condition, " AND %s%s?", rows->is_way_in ? "searches.rowid" : "seq", than);
        list_add_number(list, condition, filter->before_seq);
        return;
    }
    snprintf(condition, sizeof condition, " AND (%s%s, seq) %s ((SELECT k.%s FROM documents k WHERE k.seq=?",
             rows->has_few ? "+" : "", key, than, key);
    list_add_number(list, condition, filter->before_seq);
    list_add_number(list, "), ?)", filter->before_seq);
}

/* A key with a sign before it has no index. */
static void add_order(struct list *list, const struct document_filter *filter, const struct rows *rows) {
    char order[128];
    const char *way = filter->oldest_first ? "ASC" : "DESC", *sorted = rows->has_few ? "+" : "";
    if (filter->sort == SORT_RECEIVED) {
        snprintf(order, sizeof order, " ORDER BY %s%s %s", sorted, rows->is_way_in ? "searches.rowid" : "seq", way);
    } else {
        snprintf(order, sizeof order, " ORDER BY %s%s %s, seq %s", sorted, keys[filter->sort], way, way);
    }
    list_add(list, order);
}

/* Puts another FROM in the place of one that ends with "WHERE 1=1". */
static void replace_from(struct list *list, size_t start, size_t end, const char *from) {
    size_t bytes = strlen(from), rest = list->used - end;
    assert(start + bytes + rest < LIST_TEXT_BYTES);
    memmove(list->text + start + bytes, list->text + end, rest + 1);
    memcpy(list->text + start, from, bytes);
    list->used = start + bytes + rest;
}

/*
 * Adds FROM and the conditions. A list that is read page after page by `after_seq` shall not list all matches for each
 * page, so there the searches come first even beside other conditions.
 */
static struct rows add_rows(struct sql *sql, struct list *list, const struct document_filter *filter, bool is_ordered) {
    size_t start = list->used;
    list_add(list, " FROM documents WHERE 1=1");
    size_t without_conditions = list->used;
    bool has_few = list_indexes_add(list, sql, filter, is_ordered);
    add_others(sql, list, filter);
    if (is_ordered && filter->sort == SORT_LAYOUT) {
        list_add(list, " AND layout IS NOT NULL");
    }
    bool is_plain = list->used == without_conditions, is_by_seq = !is_ordered || filter->sort == SORT_RECEIVED;
    enum way_of_search way = search_way(sql, list, filter, is_plain);
    bool is_common = way == SEARCH_PROBED || way == SEARCH_LISTED;
    if (is_common && is_by_seq && (is_plain || (filter->after_seq >= 0 && !has_few))) {
        replace_from(list, start, without_conditions,
                     " FROM searches CROSS JOIN documents ON seq=searches.rowid WHERE 1=1");
        add_match(list, " AND searches MATCH ?");
        return (struct rows){.is_way_in = true};
    }
    add_search(sql, list, !is_ordered && way == SEARCH_LISTED ? SEARCH_RARE : way, !is_by_seq);
    return (struct rows){.has_few = has_few || way == SEARCH_RARE};
}

void list_begin(struct list *list, struct sql *sql, const char *columns, const struct document_filter *filter) {
    *list = (struct list){0};
    /* What is skipped is sorted by its numbers alone, not with all its columns in memory. */
    bool is_nested = filter->skip > 0 && sql_either(sql, NULL, "") == NULL;
    list_add(list, "SELECT ");
    list_add(list, columns);
    list_add(list, is_nested ? " FROM documents WHERE seq IN (SELECT seq" : "");
    struct rows rows = add_rows(sql, list, filter, true);
    add_place(list, filter, &rows);
    add_order(list, filter, &rows);
    list_add_number(list, " LIMIT ?", (int64_t)filter->limit);
    if (filter->skip > 0) {
        list_add_number(list, " OFFSET ?", (int64_t)filter->skip);
    }
    if (is_nested) {
        list_add(list, ")");
        add_order(list, filter, &(const struct rows){.has_few = true});
    }
    (void)sql_begin_once(sql, &list->statement, list->text, list->values,
                         list->count); /* the first step reports a failure */
}

void list_begin_all(struct list *list, struct sql *sql, const char *columns, const struct document_filter *filter) {
    *list = (struct list){0};
    list_add(list, "SELECT ");
    list_add(list, columns);
    (void)add_rows(sql, list, filter, false);
    (void)sql_begin_once(sql, &list->statement, list->text, list->values, list->count);
}

void list_end(struct list *list) {
    sql_finish(&list->statement);
}
