/* party_apply.h - what known parties say about a document. All functions run within a transaction. */
#ifndef LINCE_STORE_KNOWN_PARTY_APPLY_H
#define LINCE_STORE_KNOWN_PARTY_APPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"

struct sql;

struct party_question {
    int64_t document_seq, now_ms;
    bool repairs; /* after a reading: a name may be repaired */
    char *review; /* reasons for a review: those about parties are replaced, the others stay */
    size_t review_room;
};
/*
 * Repairs names by the parties that their ids, accounts and keys belong to, and finds what contradicts a known party.
 * Fields that a person set, and those that are missing, stay as they are.
 */
enum lince_status party_document_check(struct sql *sql, const struct party_question *question,
                                       struct lince_error *error);
/* Removes the marks and reasons of an earlier check. For stores that do not use parties. */
enum lince_status party_document_clear(struct sql *sql, const struct party_question *question,
                                       struct lince_error *error);

#endif
