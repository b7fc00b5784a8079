/*
 * states.h - the states and choices that the store keeps as words: an enum for each, with one table of its names.
 *
 * The database, the API, the page and the metrics use these names. Statements of SQL spell them out;
 * tests/source/test_states.py compares every one with the tables.
 *
 * NAME_name gives the word; "unknown" for the number after the last one. NAME_of gives the value of a word; the number
 * after the last one for NULL and for a word that is not in the table.
 */
#ifndef LINCE_STORE_STATES_STATES_H
#define LINCE_STORE_STATES_STATES_H

#include <stdbool.h>

/* Where a document is on its way through the queue. */
enum document_status {
    DOCUMENT_HELD, /* waits until somebody releases it */
    DOCUMENT_QUEUED,
    DOCUMENT_READING,
    DOCUMENT_DONE,
    DOCUMENT_FAILED,
    DOCUMENT_POISONED, /* several workers were lost over it */
    DOCUMENT_CANCELLED,
    DOCUMENT_STATUSES,
};
const char *document_status_name(enum document_status status);
enum document_status document_status_of(const char *name);
/* Whether the document stays as it is until somebody changes it or has it read again. */
bool document_status_is_final(enum document_status status);

/* The API through which a document or a batch came. */
enum document_origin { ORIGIN_V1, ORIGIN_LEGACY, DOCUMENT_ORIGINS };
const char *document_origin_name(enum document_origin origin);
enum document_origin document_origin_of(const char *name);

/* Why a document is called a duplicate. */
enum duplicate_kind {
    DUPLICATE_BY_CONTENT, /* the same bytes */
    DUPLICATE_BY_RECORD,  /* the same reference, bank and amount */
    DUPLICATE_BY_IMAGE,   /* an image that looks alike, and agrees in what was read */
    DUPLICATE_BY_PERSON,
    DUPLICATE_KINDS,
};
const char *duplicate_kind_name(enum duplicate_kind kind);
enum duplicate_kind duplicate_kind_of(const char *name);

/* What becomes of the page with the code by which a file is split. */
enum separator_use {
    SEPARATOR_KEPT, /* it is the first page of its document */
    SEPARATOR_DROPPED,
    SEPARATOR_USES,
};
const char *separator_use_name(enum separator_use use);
enum separator_use separator_use_of(const char *name);

enum batch_state {
    BATCH_OPEN,
    BATCH_CLOSED,    /* takes no more documents */
    BATCH_CANCELLED, /* and its waiting documents are not read */
    BATCH_STATES,
};
const char *batch_state_name(enum batch_state state);
enum batch_state batch_state_of(const char *name);

/* Of an event on its way to one receiver. */
enum delivery_state {
    DELIVERY_WAITING,
    DELIVERY_DELIVERED,
    DELIVERY_DEAD, /* given up */
    DELIVERY_STATES,
};
const char *delivery_state_name(enum delivery_state state);
enum delivery_state delivery_state_of(const char *name);

/* What happened to a document's values. */
enum correction_action {
    ACTION_CORRECT, /* a person set a field */
    ACTION_READ,    /* a new reading changed it */
    ACTION_READING, /* only within the transaction of a new reading: a value of the former one */
    ACTION_DISCARD, /* what a person had set was discarded */
    ACTION_REPAIR,  /* it was repaired from a known party */
    /* Of the whole document: */
    ACTION_REREAD,
    ACTION_REVIEW,
    ACTION_DUPLICATE_DISMISSED,
    ACTION_DUPLICATE_CONFIRMED,
    CORRECTION_ACTIONS,
};
const char *correction_action_name(enum correction_action action);
enum correction_action correction_action_of(const char *name);

/* What is known of a party. The facts by which it is found follow the name. */
enum party_fact { PARTY_NAME, PARTY_ID, PARTY_ACCOUNT, PARTY_KEY, PARTY_PHONE, PARTY_BANK, PARTY_ADDRESS, PARTY_FACTS };
const char *party_fact_name(enum party_fact fact);
enum party_fact party_fact_of(const char *name);

/* What a known party has to do with a field of a document. */
enum party_use {
    PARTY_REPAIRED,   /* the name was repaired from it */
    PARTY_OTHER_NAME, /* its id, account, key or phone is beside another name */
    PARTY_STRANGE,    /* its name is beside an id, account, key or phone that it was never seen with */
    PARTY_USES,
};
const char *party_use_name(enum party_use use);
enum party_use party_use_of(const char *name);

/* Of an item of a reconciliation: the first ones are those of enum match_state, in its order. */
enum item_state {
    ITEM_MATCHED,
    ITEM_PROPOSED,
    ITEM_AMOUNT_DIFFERS,
    ITEM_MISSING_RECEIPT,
    ITEM_MISSING_LINE,
    ITEM_DUPLICATE,
    ITEM_IGNORED,
    ITEM_UNREADABLE, /* a movement without a date or an amount */
    ITEM_OTHER,      /* a movement that is not compared */
    ITEM_STATES,
};
const char *item_state_name(enum item_state state);
enum item_state item_state_of(const char *name);

/* How an item was found: the first ones are those of enum match_how, in its order. */
enum item_how {
    ITEM_BY_NOTHING, /* its name is "" */
    ITEM_BY_REFERENCE,
    ITEM_BY_REFERENCE_END,
    ITEM_BY_SUM,
    ITEM_BY_AMOUNT,
    ITEM_BY_LIKENESS,
    ITEM_BY_DATE,
    ITEM_BY_HAND,
    ITEM_HOWS,
};
const char *item_how_name(enum item_how how);
enum item_how item_how_of(const char *name);

/* What a person decides about movements and receipts. */
enum decision_kind {
    DECISION_MATCHED,
    DECISION_IGNORED,
    DECISION_APART, /* they do not belong together */
    DECISION_OPEN,  /* undecided again */
    DECISION_KINDS,
};
const char *decision_kind_name(enum decision_kind kind);
enum decision_kind decision_kind_of(const char *name);

#endif
