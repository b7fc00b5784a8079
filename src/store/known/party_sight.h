/* party_sight.h - a party as a document shows it: its name and the marks beside it. */
#ifndef LINCE_STORE_KNOWN_PARTY_SIGHT_H
#define LINCE_STORE_KNOWN_PARTY_SIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"
#include "store/known/party_text.h"

struct sql;

enum { PARTY_ROLES = 4, PARTY_ROLE_FIELDS = 8 };

/* The fields of one party of a document: who was paid, who paid, who sold, who bought. */
struct party_role {
    struct party_role_field {
        const char *name;
        enum party_fact fact;
    } fields[PARTY_ROLE_FIELDS]; /* the name first; ends with NULL */
};
extern const struct party_role party_roles[PARTY_ROLES];

/* What a field says about a party; PARTY_FACTS for a field that is about none. */
enum party_fact party_field_fact(const char *field);

struct party_sight {
    const struct party_role *role;
    char values[PARTY_ROLE_FIELDS][PARTY_VALUE_BYTES]; /* "" if missing, or of no use */
    char sought[PARTY_ROLE_FIELDS][PARTY_VALUE_BYTES];
    bool is_decided[PARTY_ROLE_FIELDS]; /* by a person, who may have removed the field */
};
enum lince_status party_sight_take(struct sql *sql, int64_t document_seq, const struct party_role *role,
                                   struct party_sight *sight, struct lince_error *error);
/* Whether one of the reasons for a review ("missing:referencia doubtful:monto") is about the field. */
bool party_field_is_doubted(const char *review, const char *field);

/* Parties, each once. */
enum { PARTIES_MOST = 16 };
struct party_list {
    int64_t seqs[PARTIES_MOST];
    size_t count;
};
bool party_list_has(const struct party_list *list, int64_t seq);
void party_list_add(struct party_list *list, int64_t seq);
/* Those with that id, account, key or phone. */
enum lince_status party_list_by_mark(struct sql *sql, enum party_fact fact, const char *value, const char *sought,
                                     struct party_list *list, struct lince_error *error);
/* Those of the strongest mark that is known. `by` is its field; without one it is 0, and the list is empty. */
enum lince_status party_list_by_marks(struct sql *sql, const struct party_sight *sight, struct party_list *list,
                                      size_t *by, struct lince_error *error);
/* Parties with that name, with or without accents. */
enum lince_status party_list_by_name(struct sql *sql, const char *sought, struct party_list *list,
                                     struct lince_error *error);

/*
 * Compares a name with the known names of a party and gives the most similar one in `known`. `is_torn`: two different
 * names are one letter away.
 */
enum lince_status party_name_nearest(struct sql *sql, int64_t party_seq, const char *name, enum party_likeness *best,
                                     char known[PARTY_VALUE_BYTES], bool *is_torn, struct lince_error *error);

#endif
