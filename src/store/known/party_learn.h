/*
 * party_learn.h - what a document teaches about its parties once a person has confirmed it. All functions run within a
 * transaction.
 *
 * A person confirms a party of a document by correcting one of its fields, or all of them by approving the document. A
 * field about which a doubt remains, or which a reading changed after the approval, teaches nothing.
 */
#ifndef LINCE_STORE_KNOWN_PARTY_LEARN_H
#define LINCE_STORE_KNOWN_PARTY_LEARN_H

#include <stdint.h>

#include "lince.h"
#include "store/known/party_text.h"

struct sql;

struct party_lesson {
    int64_t document_seq, now_ms;
    const char *document_id, *actor;
    const char *review; /* the doubts that remain */
    void (*make_id)(char *id, const char *prefix);
};
/* Replaces what the document taught before by what it teaches now. */
enum lince_status party_document_learn(struct sql *sql, const struct party_lesson *lesson, struct lince_error *error);
/* Forgets what the document taught, and the parties that have no name without it. */
enum lince_status party_document_forget(struct sql *sql, const char *document_id, struct lince_error *error);

struct party_fact_new {
    int64_t party_seq, now_ms;
    enum party_fact fact;
    const char *value, *sought, *source, *actor;
};
enum lince_status party_fact_add(struct sql *sql, const struct party_fact_new *added, struct lince_error *error);

#endif
