/* parties.c - known parties found, listed, entered by hand and erased. */
#include "store/parties/parties.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/known/party_learn.h"
#include "store/known/party_sight.h"
#include "store/store_internal.h"

enum { KNOWN_LIMIT = 256 };

static enum lince_status not_found(struct lince_error *error, const char *id) {
    return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no party %s", "no existe el tercero %s", id);
}

void store_parties_use(struct store *store, bool is_used) {
    store->uses_parties = is_used;
}

/* ---- looking ---- */

static bool known_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct party_known *known = filled;
    *known = (struct party_known){.fact = party_fact_of(sql_needed(row, 0)),
                                  .value = sql_needed_text(row, 1, arena),
                                  .is_by_hand = sql_integer(row, 2) > 0,
                                  .documents = sql_integer(row, 3),
                                  .first_ms = sql_integer(row, 4),
                                  .last_ms = sql_integer(row, 5)};
    return known->value != NULL;
}

static enum lince_status known_take(struct store *store, struct arena *arena, struct party *party,
                                    struct lince_error *error) {
    static const struct sql_list list = {.item_bytes = sizeof *party->known, .most = KNOWN_LIMIT, .fill = known_fill};
    enum lince_status status;
    party->known = sql_rows(&store->reader, &list, arena, &party->known_count, &status, error,
                            "SELECT kind, value, count(CASE WHEN source='' THEN 1 END), count(CASE WHEN source<>'' THEN"
                            " 1 END), min(at_ms), max(at_ms) FROM party_facts WHERE party_seq=? GROUP BY kind, value"
                            " ORDER BY kind, 3 DESC, 4 DESC, value LIMIT ?",
                            "ii", party->seq, (int64_t)KNOWN_LIMIT);
    return status;
}

const char *party_name(const struct party *party) {
    for (size_t i = 0; i < party->known_count; i++) {
        if (party->known[i].fact == PARTY_NAME) {
            return party->known[i].value;
        }
    }
    return "";
}

static bool party_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct party *party = filled;
    *party = (struct party){.seq = sql_integer(row, 0),
                            .id = sql_needed_text(row, 1, arena),
                            .created_ms = sql_integer(row, 2),
                            .changed_ms = sql_integer(row, 3)};
    return party->id != NULL;
}

/* Whether a party has exactly that mark, since the search form may find others too. */
static bool has_mark(const struct party *party, const struct party_filter *filter) {
    bool has = filter->mark == NULL;
    for (size_t i = 0; i < party->known_count && !has; i++) {
        has = party->known[i].fact == filter->mark_fact &&
              party_marks_agree(filter->mark_fact, filter->mark, party->known[i].value);
    }
    return has;
}

enum lince_status store_parties(struct store *store, const struct party_filter *filter, struct arena *arena,
                                struct party **parties, size_t *count, int64_t *goes_on, struct lince_error *error) {
    const struct sql_list list = {.item_bytes = sizeof **parties, .most = filter->limit, .fill = party_fill};
    enum lince_status status;
    char text[PARTY_VALUE_BYTES] = "", mark[PARTY_VALUE_BYTES] = "";
    size_t found = 0;
    bool finds = (filter->text == NULL || party_sought(PARTY_ADDRESS, filter->text, text)) &&
                 (filter->mark == NULL || party_sought(filter->mark_fact, filter->mark, mark));
    *count = 0;
    *goes_on = -1;
    if (filter->text != NULL && finds) {
        party_name_fold(filter->text, text);
    }
    *parties = sql_rows(
        &store->reader, &list, arena, &found, &status, error,
        "SELECT seq, id, created_ms, changed_ms FROM parties p WHERE (?1<0 OR seq<?1) AND (?2='' OR EXISTS (SELECT 1"
        " FROM party_facts n WHERE n.party_seq=p.seq AND n.kind='name' AND instr(n.sought, ?2)>0)) AND (?4='' OR EXISTS"
        " (SELECT 1 FROM party_facts m WHERE m.party_seq=p.seq AND m.kind=?3 AND m.sought=?4)) ORDER BY seq DESC"
        " LIMIT ?5",
        "ittti", filter->before_seq, text, filter->mark == NULL ? "" : party_fact_name(filter->mark_fact), mark,
        finds ? (int64_t)filter->limit : 0);
    for (size_t i = 0; i < found && status == LINCE_OK; i++) {
        struct party *party = &(*parties)[i];
        status = known_take(store, arena, party, error);
        if (status == LINCE_OK && has_mark(party, filter)) {
            (*parties)[(*count)++] = *party;
        }
    }
    *goes_on = status == LINCE_OK && found == filter->limit && found > 0 ? (*parties)[found - 1].seq : -1;
    return status;
}

enum lince_status store_party(struct store *store, const char *id, struct arena *arena, struct party *party,
                              struct lince_error *error) {
    static const struct sql_list one = {.fill = party_fill};
    enum lince_status status;
    bool found = sql_one(&store->reader, &one, party, arena, &status, error,
                         "SELECT seq, id, created_ms, changed_ms FROM parties WHERE id=?", "t", id);
    if (status != LINCE_OK || !found) {
        return status != LINCE_OK ? status : not_found(error, id);
    }
    return known_take(store, arena, party, error);
}

/* ---- entering ---- */

static enum lince_status fail_taken(struct sql *sql, const char *value, int64_t owner, struct lince_error *error) {
    char id[ID_BYTES] = "";
    enum lince_status status;
    struct sql_statement *row = sql_bind(sql, "SELECT id FROM parties WHERE seq=?", "i", owner);
    if (sql_row(sql, row, &status, NULL)) {
        snprintf(id, sizeof id, "%s", sql_needed(row, 0));
        sql_done(row);
    }
    return error_set(error, LINCE_ERROR_ARGUMENT, "%.80s is an id of the party %s; change that one",
                     "%.80s es un documento del tercero %s; cambie ese", value, id);
}

/*
 * Documents that confirmed the party, and show the value in a field of its role, confirm the value too: one that was
 * removed and is entered again counts as before. `role` has it in its field `index`. As when they taught the party, the
 * field counts only if a person decided it, or if no doubt about it remains and no reading changed it after the
 * approval (party_learn.c).
 */
static enum lince_status confirmed_by_role(struct sql *sql, const struct party_fact_new *added,
                                           const struct party_role *role, size_t index, struct lince_error *error) {
    const struct party_role_field *fields = role->fields;
    enum lince_status status = LINCE_OK;
    char doubt[64]; /* ":monto " as the reasons for a review end with a field */
    snprintf(doubt, sizeof doubt, ":%s ", fields[index].name);
    for (size_t i = 0; i < PARTY_ROLE_FIELDS && fields[i].name != NULL && status == LINCE_OK; i++) {
        if (i != index) {
            status = sql_run(sql, error,
                             "INSERT INTO party_facts (party_seq, kind, value, source, sought, actor, at_ms)"
                             " SELECT p.party_seq, f.kind, f.value, p.source, f.sought, max(p.actor), min(p.at_ms)"
                             " FROM party_facts p JOIN party_facts f ON f.party_seq=p.party_seq AND f.kind=? AND"
                             " f.value=? AND f.source='' JOIN documents d ON d.id=p.source JOIN fields s ON"
                             " s.document_seq=d.seq AND s.name=? AND s.value=f.value JOIN fields o ON"
                             " o.document_seq=d.seq AND o.name=? AND o.value=p.value WHERE p.party_seq=? AND p.kind=?"
                             " AND (EXISTS (SELECT 1 FROM decisions c WHERE c.document_seq=d.seq AND c.name=s.name) OR"
                             " (instr(d.review || ' ', ?)=0 AND NOT EXISTS (SELECT 1 FROM corrections r WHERE"
                             " r.document_seq=d.seq AND r.field=s.name AND r.action='read' AND r.seq > (SELECT"
                             " max(a.seq) FROM corrections a WHERE a.document_seq=d.seq AND a.action='review'))))"
                             " GROUP BY p.party_seq, f.kind, f.value, p.source, f.sought ON CONFLICT DO NOTHING",
                             "ttttitt", party_fact_name(added->fact), added->value, fields[index].name, fields[i].name,
                             added->party_seq, party_fact_name(fields[i].fact), doubt);
        }
    }
    return status;
}

static enum lince_status confirmed_again(struct sql *sql, const struct party_fact_new *added,
                                         struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (size_t role = 0; role < PARTY_ROLES; role++) {
        const struct party_role_field *fields = party_roles[role].fields;
        for (size_t i = 0; i < PARTY_ROLE_FIELDS && fields[i].name != NULL && status == LINCE_OK; i++) {
            status =
                fields[i].fact == added->fact ? confirmed_by_role(sql, added, &party_roles[role], i, error) : status;
        }
    }
    return status;
}

static enum lince_status fact_enter(struct sql *sql, int64_t party_seq, enum party_fact fact, const char *value,
                                    const char *actor, struct lince_error *error) {
    char sought[PARTY_VALUE_BYTES];
    struct party_list owners = {0};
    enum lince_status status = LINCE_OK;
    if (!party_sought(fact, value, sought)) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "%.80s is too short, or masked: nobody is found by it",
                         "%.80s es demasiado corto, o está tapado: no sirve para reconocer a nadie", value);
    }
    if (fact == PARTY_ID) {
        status = party_list_by_mark(sql, fact, value, sought, &owners, error);
    }
    for (size_t i = 0; i < owners.count && status == LINCE_OK; i++) {
        status = owners.seqs[i] == party_seq ? LINCE_OK : fail_taken(sql, value, owners.seqs[i], error);
    }
    const struct party_fact_new added = {.party_seq = party_seq,
                                         .now_ms = store_now_ms(),
                                         .fact = fact,
                                         .value = value,
                                         .sought = sought,
                                         .source = "",
                                         .actor = actor};
    status = status == LINCE_OK ? party_fact_add(sql, &added, error) : status;
    return status == LINCE_OK ? confirmed_again(sql, &added, error) : status;
}

/*
 * Removes the values of a kind that the entry does not name. Values that it names keep the documents that confirmed
 * them.
 */
static enum lince_status kind_clear(struct sql *sql, int64_t party_seq, enum party_fact fact,
                                    const struct party_entry *entry, struct lince_error *error) {
    enum lince_status status = sql_run(sql, error, "UPDATE party_facts SET at_ms=-at_ms WHERE party_seq=? AND kind=?",
                                       "it", party_seq, party_fact_name(fact));
    for (size_t i = 0; i < entry->counts[fact] && status == LINCE_OK; i++) {
        status = sql_run(sql, error,
                         "UPDATE party_facts SET at_ms=-at_ms WHERE party_seq=? AND kind=? AND value=? AND at_ms<0",
                         "itt", party_seq, party_fact_name(fact), entry->values[fact][i]);
    }
    return status == LINCE_OK
               ? sql_run(sql, error, "DELETE FROM party_facts WHERE party_seq=? AND at_ms<0", "i", party_seq)
               : status;
}

static enum lince_status entry_write(struct sql *sql, int64_t party_seq, const struct party_entry *entry,
                                     struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (enum party_fact fact = PARTY_NAME; fact < PARTY_FACTS && status == LINCE_OK; fact++) {
        if (entry->is_named[fact]) {
            status = kind_clear(sql, party_seq, fact, entry, error);
        }
        for (size_t i = 0; i < entry->counts[fact] && status == LINCE_OK; i++) {
            status = fact_enter(sql, party_seq, fact, entry->values[fact][i], entry->actor, error);
        }
    }
    if (status != LINCE_OK) {
        return status;
    }
    int64_t kinds = sql_number(sql, -1,
                               "SELECT count(DISTINCT CASE kind WHEN 'name' THEN 1 ELSE 2 END) FROM party_facts WHERE"
                               " party_seq=? AND kind IN ('name','id','account','key','phone')",
                               "i", party_seq);
    return kinds == 2
               ? sql_run(sql, error, "UPDATE parties SET changed_ms=? WHERE seq=?", "ii", store_now_ms(), party_seq)
               : error_set(error, LINCE_ERROR_ARGUMENT,
                           "a party needs a name, and an id, account, key or phone by which it is found",
                           "un tercero necesita un nombre, y un documento, cuenta, clave o teléfono por el que "
                           "se reconoce");
}

static enum lince_status enter(struct sql *sql, char id[ID_BYTES], const struct party_entry *entry,
                               struct lince_error *error) {
    int64_t seq = -1, now = store_now_ms();
    enum lince_status status = LINCE_OK;
    if (id[0] == '\0') {
        store_id(id, "par");
        status =
            sql_add(sql, &seq, error, "INSERT INTO parties (id, created_ms, changed_ms) VALUES (?, ?, ?) RETURNING seq",
                    "tii", id, now, now);
    } else {
        seq = sql_number(sql, -1, "SELECT seq FROM parties WHERE id=?", "t", id);
        status = seq < 0 ? not_found(error, id) : LINCE_OK;
    }
    return status == LINCE_OK ? entry_write(sql, seq, entry, error) : status;
}

enum lince_status store_party_enter(struct store *store, char id[ID_BYTES], const struct party_entry *entry,
                                    struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(sql, enter(sql, id, entry, error), error);
    }
    sql_unlock(sql);
    return status;
}

enum lince_status store_party_erase(struct store *store, const char *id, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "DELETE FROM parties WHERE id=?", "t", id);
        if (status == LINCE_OK && sql_changes(sql) == 0) {
            status = not_found(error, id);
        }
        status = sql_commit(sql, status, error);
    }
    sql_unlock(sql);
    return status;
}
