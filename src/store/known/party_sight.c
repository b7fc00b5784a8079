/* party_sight.c - what a document shows of a party, and which known parties that may be. */
#include "store/known/party_sight.h"

#include <stdio.h>
#include <string.h>

#include "store/sql/sql.h"

const struct party_role party_roles[PARTY_ROLES] = {
    {{{"beneficiario", PARTY_NAME},
      {"cedula", PARTY_ID},
      {"cuenta_destino", PARTY_ACCOUNT},
      {"clave_destino", PARTY_KEY},
      {"correo", PARTY_KEY},
      {"telefono", PARTY_PHONE},
      {"banco_destino", PARTY_BANK}}},
    {{{"pagador", PARTY_NAME},
      {"cedula_origen", PARTY_ID},
      {"cuenta_origen", PARTY_ACCOUNT},
      {"telefono_origen", PARTY_PHONE},
      {"banco_origen", PARTY_BANK}}},
    {{{"company", PARTY_NAME}, {"company_id", PARTY_ID}, {"seller_phone", PARTY_PHONE}, {"address", PARTY_ADDRESS}}},
    {{{"buyer", PARTY_NAME}, {"buyer_id", PARTY_ID}}},
};

enum party_fact party_field_fact(const char *field) {
    for (size_t i = 0; i < PARTY_ROLES; i++) {
        const struct party_role_field *fields = party_roles[i].fields;
        for (size_t j = 0; j < PARTY_ROLE_FIELDS && fields[j].name != NULL; j++) {
            if (strcmp(fields[j].name, field) == 0) {
                return fields[j].fact;
            }
        }
    }
    return PARTY_FACTS;
}

static enum lince_status field_take(struct sql *sql, int64_t document_seq, struct party_sight *sight, size_t place,
                                    struct lince_error *error) {
    const struct party_role_field *field = &sight->role->fields[place];
    enum lince_status status;
    struct sql_statement *row = sql_bind(
        sql,
        "SELECT coalesce((SELECT value FROM fields WHERE document_seq=?1 AND name=?2), ''), (SELECT count(*) FROM"
        " decisions WHERE document_seq=?1 AND name=?2)",
        "it", document_seq, field->name);
    if (sql_row(sql, row, &status, error)) {
        const char *value = sql_needed(row, 0);
        if (party_sought(field->fact, value, sight->sought[place])) {
            strcpy(sight->values[place], value);
        }
        sight->is_decided[place] = sql_integer(row, 1) > 0;
        sql_done(row);
    }
    return status;
}

enum lince_status party_sight_take(struct sql *sql, int64_t document_seq, const struct party_role *role,
                                   struct party_sight *sight, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    *sight = (struct party_sight){.role = role};
    for (size_t i = 0; i < PARTY_ROLE_FIELDS && role->fields[i].name != NULL && status == LINCE_OK; i++) {
        status = field_take(sql, document_seq, sight, i, error);
    }
    return status;
}

bool party_field_is_doubted(const char *review, const char *field) {
    size_t field_bytes = strlen(field);
    while (*review != '\0') {
        size_t bytes = strcspn(review, " "), code = strcspn(review, ": ");
        if (bytes == code + 1 + field_bytes && memcmp(review + code + 1, field, field_bytes) == 0) {
            return true;
        }
        review += bytes + strspn(review + bytes, " ");
    }
    return false;
}

bool party_list_has(const struct party_list *list, int64_t seq) {
    for (size_t i = 0; i < list->count; i++) {
        if (list->seqs[i] == seq) {
            return true;
        }
    }
    return false;
}

void party_list_add(struct party_list *list, int64_t seq) {
    if (list->count < PARTIES_MOST && !party_list_has(list, seq)) {
        list->seqs[list->count++] = seq;
    }
}

enum lince_status party_list_by_mark(struct sql *sql, enum party_fact fact, const char *value, const char *sought,
                                     struct party_list *list, struct lince_error *error) {
    enum { VALUES_LIMIT = 128 };
    enum lince_status status;
    list->count = 0;
    struct sql_statement *row = sql_bind(
        sql, "SELECT DISTINCT party_seq, value FROM party_facts WHERE kind=? AND sought=? ORDER BY party_seq LIMIT ?",
        "tti", party_fact_name(fact), sought, (int64_t)VALUES_LIMIT);
    while (sql_row(sql, row, &status, error)) {
        if (party_marks_agree(fact, value, sql_needed(row, 1))) {
            party_list_add(list, sql_integer(row, 0));
        }
    }
    return status;
}

enum lince_status party_list_by_marks(struct sql *sql, const struct party_sight *sight, struct party_list *list,
                                      size_t *by, struct lince_error *error) {
    const struct party_role_field *fields = sight->role->fields;
    enum lince_status status = LINCE_OK;
    list->count = 0;
    *by = 0;
    for (enum party_fact fact = PARTY_ID; fact <= PARTY_PHONE && list->count == 0; fact++) {
        for (size_t i = 1; i < PARTY_ROLE_FIELDS && fields[i].name != NULL && list->count == 0 && status == LINCE_OK;
             i++) {
            if (fields[i].fact == fact && sight->values[i][0] != '\0') {
                status = party_list_by_mark(sql, fact, sight->values[i], sight->sought[i], list, error);
                *by = list->count > 0 ? i : 0;
            }
        }
    }
    return status;
}

enum lince_status party_list_by_name(struct sql *sql, const char *sought, struct party_list *list,
                                     struct lince_error *error) {
    enum lince_status status;
    list->count = 0;
    struct sql_statement *row =
        sql_bind(sql,
                 "SELECT DISTINCT party_seq FROM party_facts WHERE kind='name' AND sought=? ORDER BY party_seq"
                 " LIMIT ?",
                 "ti", sought, (int64_t)PARTIES_MOST);
    while (sql_row(sql, row, &status, error)) {
        party_list_add(list, sql_integer(row, 0));
    }
    return status;
}

enum lince_status party_name_nearest(struct sql *sql, int64_t party_seq, const char *name, enum party_likeness *best,
                                     char known[PARTY_VALUE_BYTES], bool *is_torn, struct lince_error *error) {
    enum { NAMES_LIMIT = 32 };
    enum lince_status status;
    char near[PARTY_VALUE_BYTES] = "";
    *best = PARTY_UNLIKE;
    *is_torn = false;
    known[0] = '\0';
    /* What a person entered first, then what most documents say. */
    struct sql_statement *row =
        sql_bind(sql,
                 "SELECT value, sought FROM party_facts WHERE party_seq=? AND kind='name' GROUP BY value, sought"
                 " ORDER BY min(CASE source WHEN '' THEN 0 ELSE 1 END), count(*) DESC, value LIMIT ?",
                 "ii", party_seq, (int64_t)NAMES_LIMIT);
    while (sql_row(sql, row, &status, error)) {
        const char *value = sql_needed(row, 0), *sought = sql_needed(row, 1);
        enum party_likeness likeness = party_names_compare(name, value);
        if (likeness > *best || known[0] == '\0') {
            *best = likeness > *best ? likeness : *best;
            snprintf(known, PARTY_VALUE_BYTES, "%s", value);
        }
        if (likeness == PARTY_LETTER) {
            *is_torn = *is_torn || (near[0] != '\0' && strcmp(near, sought) != 0);
            snprintf(near, sizeof near, "%s", sought);
        }
    }
    return status;
}
