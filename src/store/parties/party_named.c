/* party_named.c - the known parties that a document names, for the person who looks at it. */
#include "base/arena.h"
#include "store/parties/parties.h"
#include "store/store_internal.h"

/* The strongest mark that is known decides, and without one the name; `*by` is the field. */
static enum lince_status owners_find(struct sql *sql, const struct party_sight *sight, struct party_list *list,
                                     size_t *by, struct lince_error *error) {
    enum lince_status status = party_list_by_marks(sql, sight, list, by, error);
    return status == LINCE_OK && list->count == 0 && sight->values[0][0] != '\0'
               ? party_list_by_name(sql, sight->sought[0], list, error)
               : status;
}

static enum lince_status party_tell(struct sql *sql, int64_t seq, struct arena *arena, struct party_named *named,
                                    struct lince_error *error) {
    enum lince_status status;
    struct sql_statement *row = sql_bind(
        sql,
        "SELECT p.id, coalesce((SELECT value FROM party_facts n WHERE n.party_seq=p.seq AND n.kind='name' GROUP BY"
        " value ORDER BY min(CASE source WHEN '' THEN 0 ELSE 1 END), count(*) DESC, value LIMIT 1), ''), (SELECT"
        " count(DISTINCT source) FROM party_facts f WHERE f.party_seq=p.seq AND f.source<>'') FROM parties p WHERE"
        " p.seq=?",
        "i", seq);
    if (sql_row(sql, row, &status, error)) {
        named->id = sql_needed_text(row, 0, arena);
        named->name = sql_needed_text(row, 1, arena);
        named->documents = sql_integer(row, 2);
        sql_done(row);
        status = named->id == NULL || named->name == NULL ? sql_no_memory(error) : status;
    }
    return status;
}

enum lince_status store_parties_named(struct store *store, int64_t document_seq, struct arena *arena,
                                      struct party_named **named, size_t *count, struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status = LINCE_OK;
    *count = 0;
    *named = arena_allocate_zero(arena, PARTY_ROLES, sizeof **named);
    if (*named == NULL) {
        return sql_no_memory(error);
    }
    sql_lock(sql);
    for (size_t i = 0; i < PARTY_ROLES && status == LINCE_OK && store->uses_parties; i++) {
        struct party_sight sight;
        struct party_list list;
        size_t by;
        status = party_sight_take(sql, document_seq, &party_roles[i], &sight, error);
        if (status == LINCE_OK) {
            status = owners_find(sql, &sight, &list, &by, error);
        }
        if (status == LINCE_OK && list.count == 1) {
            struct party_named *one = &(*named)[*count];
            status = party_tell(sql, list.seqs[0], arena, one, error);
            one->field = party_roles[i].fields[0].name;
            one->by_field = party_roles[i].fields[by].name;
            *count += status == LINCE_OK && one->id != NULL;
        }
    }
    status = sql_check(sql, status, error);
    sql_unlock(sql);
    *count = status == LINCE_OK ? *count : 0;
    return status;
}
