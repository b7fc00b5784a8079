/* party_documents.c - the documents of a party, and what contradicts parties on one document. */
#include <string.h>

#include "base/arena.h"
#include "store/parties/parties.h"
#include "store/store_internal.h"

/*
 * Each document of party ?1 with the fields that have its values; "" for a document that taught it and has none of them
 * now.
 */
#define DOCUMENTS_OF                                                                                                   \
    "(SELECT f.document_seq AS seq, f.name AS field FROM party_facts p JOIN fields f ON f.value=p.value AND f.name IN" \
    " ('beneficiario','cedula','cuenta_destino','clave_destino','correo','telefono','pagador','cedula_origen',"        \
    "'cuenta_origen','telefono_origen','company','company_id','seller_phone','buyer','buyer_id') WHERE p.party_seq=?1" \
    " UNION SELECT d.seq, '' FROM party_facts t JOIN documents d ON d.id=t.source WHERE t.party_seq=?1) x"

static bool document_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct party_document *document = filled;
    *document = (struct party_document){.seq = sql_integer(row, 0),
                                        .id = sql_needed_text(row, 1, arena),
                                        .name = sql_needed_text(row, 2, arena),
                                        .received_ms = sql_integer(row, 3),
                                        .fields = sql_needed_text(row, 4, arena)};
    return document->id != NULL && document->name != NULL && document->fields != NULL;
}

#define DOCUMENTS_WITH(fields)                                                                                         \
    "SELECT d.seq, d.id, d.name, d.received_ms, coalesce(" fields ", '') FROM " DOCUMENTS_OF                           \
    " JOIN documents d ON d.seq=x.seq WHERE (?2<0 OR d.seq<?2) GROUP BY d.seq, d.id, d.name, d.received_ms ORDER BY "  \
    "d.seq DESC LIMIT ?3"

enum lince_status store_party_documents(struct store *store, int64_t party_seq, int64_t before_seq, size_t limit,
                                        struct arena *arena, struct party_document **documents, size_t *count,
                                        struct lince_error *error) {
    const struct sql_list list = {.item_bytes = sizeof **documents, .most = limit, .fill = document_fill};
    enum lince_status status;
    *documents = sql_rows(&store->reader, &list, arena, count, &status, error,
                          sql_either(&store->reader, DOCUMENTS_WITH("group_concat(nullif(x.field, ''), ',')"),
                                     DOCUMENTS_WITH("string_agg(nullif(x.field, ''), ',' ORDER BY x.field)")),
                          "iii", party_seq, before_seq, (int64_t)limit);
    return status;
}

enum lince_status store_party_document_count(struct store *store, int64_t party_seq, int64_t *count,
                                             struct lince_error *error) {
    struct sql *sql = &store->reader;
    sql_lock(sql);
    *count = sql_number(sql, -1, "SELECT count(DISTINCT x.seq) FROM " DOCUMENTS_OF, "i", party_seq);
    enum lince_status status = *count < 0 ? sql_fail(sql, error) : LINCE_OK;
    sql_unlock(sql);
    return status;
}

/* ---- doubts ---- */

enum { DOUBTS_LIMIT = 32, KNOWN_SHOWN = 3 };

struct doubt_row {
    struct party_doubt doubt;
    int64_t party_seq;
};

static bool doubt_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct doubt_row *found = filled;
    struct party_doubt *doubt = &found->doubt;
    found->party_seq = sql_integer(row, 0);
    doubt->field = sql_needed_text(row, 1, arena);
    doubt->use = party_use_of(sql_needed(row, 2));
    doubt->value = sql_needed_text(row, 3, arena);
    doubt->by_field = sql_needed_text(row, 4, arena);
    doubt->by_value = sql_needed_text(row, 5, arena);
    return doubt->field != NULL && doubt->value != NULL && doubt->by_field != NULL && doubt->by_value != NULL;
}

/* Values of one kind, as people entered them first; "" for none. */
static enum lince_status known_join(struct sql *sql, int64_t party_seq, enum party_fact fact, int64_t limit,
                                    struct arena *arena, const char **joined, struct lince_error *error) {
    enum lince_status status;
    char *text = arena_allocate_zero(arena, KNOWN_SHOWN, PARTY_VALUE_BYTES + 2);
    *joined = text;
    if (text == NULL) {
        return sql_no_memory(error);
    }
    sql_lock(sql);
    struct sql_statement *row = sql_bind(
        sql,
        "SELECT value FROM party_facts WHERE party_seq=? AND kind=? GROUP BY value ORDER BY min(CASE source WHEN ''"
        " THEN 0 ELSE 1 END), count(*) DESC, value LIMIT ?",
        "iti", party_seq, party_fact_name(fact), limit);
    while (sql_row(sql, row, &status, error)) {
        const char *value = sql_needed(row, 0);
        if (strlen(value) < PARTY_VALUE_BYTES) {
            text = stpcpy(stpcpy(text, text == *joined ? "" : ", "), value);
        }
    }
    sql_unlock(sql);
    return status;
}

enum lince_status store_party_doubts(struct store *store, int64_t document_seq, struct arena *arena,
                                     struct party_doubt **doubts, size_t *count, struct lince_error *error) {
    static const struct sql_list list = {
        .item_bytes = sizeof(struct doubt_row), .most = DOUBTS_LIMIT, .fill = doubt_fill};
    enum lince_status status;
    struct doubt_row *rows =
        sql_rows(&store->reader, &list, arena, count, &status, error,
                 "SELECT u.party_seq, u.field, u.how, coalesce((SELECT value FROM fields f WHERE"
                 " f.document_seq=u.document_seq AND f.name=u.field), ''), u.by_field, coalesce((SELECT value FROM"
                 " fields b WHERE b.document_seq=u.document_seq AND b.name=u.by_field), '') FROM party_uses u WHERE"
                 " u.document_seq=? AND u.how<>'repaired' ORDER BY u.field LIMIT ?",
                 "ii", document_seq, (int64_t)DOUBTS_LIMIT);
    *doubts = status == LINCE_OK ? arena_allocate_zero(arena, *count + 1, sizeof **doubts) : NULL;
    if (*doubts == NULL) {
        *count = 0;
        return status != LINCE_OK ? status : sql_no_memory(error);
    }
    for (size_t i = 0; i < *count && status == LINCE_OK; i++) {
        struct party_doubt *doubt = &(*doubts)[i];
        *doubt = rows[i].doubt;
        status = known_join(&store->reader, rows[i].party_seq, PARTY_NAME, 1, arena, &doubt->name, error);
        if (status == LINCE_OK) {
            status = known_join(&store->reader, rows[i].party_seq, party_field_fact(doubt->field), KNOWN_SHOWN, arena,
                                &doubt->known, error);
        }
    }
    return status;
}
