/*
 * reconciliations.h - bank statements in the store: their rows, the movements read from them, the receipts they were
 * compared with, the matches, and people's decisions.
 *
 * Places are rows of the statement's file, from 1. All functions are thread-safe; those that change something are
 * durable. NOT_FOUND if the reconciliation does not exist.
 */
#ifndef LINCE_STORE_RECONCILE_RECONCILIATIONS_H
#define LINCE_STORE_RECONCILE_RECONCILIATIONS_H

#include "store/store.h"

struct reconciliation {
    int64_t seq, version, created_ms, changed_ms;
    const char *id, *name, *bank, *currency, *facts, *head, *columns, *options; /* facts, columns, options: JSON */
};

/* Passes rows to the store one by one. Call `put` with each; it returns the store's status. */
struct reconciliation_put {
    struct store *store;
    int64_t reconciliation_seq;
};
/* Called within the transaction: passes all rows to reconciliation_put_row. */
typedef enum lince_status (*reconciliation_rows)(void *context, struct reconciliation_put *put,
                                                 struct lince_error *error);
enum lince_status reconciliation_put_row(struct reconciliation_put *put, uint32_t place, const char *cells,
                                         struct lince_error *error);

/* Stores a new one with the rows of its file; sets `made->seq`. */
enum lince_status store_reconciliation_add(struct store *store, struct reconciliation *made, reconciliation_rows rows,
                                           void *context, struct lince_error *error);
enum lince_status store_reconciliation(struct store *store, const char *id, struct arena *arena,
                                       struct reconciliation *reconciliation, struct lince_error *error);
/* Newest first, after `before_seq` (-1: from the newest). */
enum lince_status store_reconciliations(struct store *store, int64_t before_seq, size_t limit, struct arena *arena,
                                        struct reconciliation **reconciliations, size_t *count,
                                        struct lince_error *error);
enum lince_status store_reconciliation_delete(struct store *store, const char *id, struct lince_error *error);

/* The first rows of the file, from `first_place` on. */
struct reconciliation_row {
    uint32_t place;
    const char *cells;
};
enum lince_status store_reconciliation_rows(struct store *store, int64_t seq, uint32_t first_place, size_t limit,
                                            struct arena *arena, struct reconciliation_row **rows, size_t *count,
                                            struct lince_error *error);

/*
 * How a bank's statements were last read: by its code, or else (bank "") by any header; `found` is false if there is
 * none.
 */
struct statement_form {
    const char *bank, *columns, *options;
};
enum lince_status store_statement_form(struct store *store, const char *bank, const char *head, struct arena *arena,
                                       struct statement_form *form, bool *found, struct lince_error *error);

/* ---- movements ---- */

struct reconciliation_line {
    uint32_t place;
    int64_t amount; /* AMOUNT_NONE: not read */
    const char *date, *reference, *description;
};
/* Turns the cells of a row into a movement. False if the row is none. The texts are valid until the next call. */
typedef bool (*reconciliation_reader)(void *context, uint32_t place, const char *cells,
                                      struct reconciliation_line *line);
/*
 * Reads all rows again and stores name, bank, currency, columns and options of `changed`; remembers the columns of its
 * bank. Movements that a person decided on stay with their item as long as they are read.
 */
enum lince_status store_reconciliation_map(struct store *store, const struct reconciliation *changed,
                                           reconciliation_reader reader, void *context, struct lince_error *error);

/* ---- comparing ---- */

/* A movement or a receipt for comparison; its texts do not last. */
struct reconciliation_entry {
    int64_t key; /* place of the movement, seq of the document */
    int64_t amount;
    const char *date, *reference; /* valid during the call */
    bool is_decided, is_duplicate;
};
typedef bool (*reconciliation_entry_take)(void *context, const struct reconciliation_entry *entry);
/* Passes each movement on, by place; stops if `take` returns false. */
enum lince_status store_reconciliation_lines(struct store *store, int64_t seq, reconciliation_entry_take take,
                                             void *context, struct lince_error *error);
struct receipt_range {
    const char *since, *until;   /* dates of payment */
    int64_t since_ms, until_ms;  /* when receipts without such a date arrived */
    const char *bank, *currency; /* "": any; otherwise also receipts where it was not read */
};
/* Passes on each document with an amount in the range, by seq. */
enum lince_status store_reconciliation_receipts(struct store *store, int64_t seq, const struct receipt_range *range,
                                                reconciliation_entry_take take, void *context,
                                                struct lince_error *error);
/* What was separated, by place and document. */
struct reconciliation_apart {
    int64_t place, document_seq;
};
enum lince_status store_reconciliation_aparts(struct store *store, int64_t seq, struct arena *arena,
                                              struct reconciliation_apart **aparts, size_t *count,
                                              struct lince_error *error);
/* The commonest currency of the documents of those days; "" without any. */
enum lince_status store_currency_of_days(struct store *store, const char *since, const char *until, struct arena *arena,
                                         const char **currency, struct lince_error *error);

/* The matches. `group` numbers the items from 0; -1: decided before, left alone. */
struct reconciliation_found {
    struct reconciliation_member {
        int64_t key;
        int32_t group;
    } * lines, *receipts;
    size_t line_count, receipt_count, group_count;
    /* The state of a group, and how it was found. */
    void (*tell)(void *context, size_t group, enum item_state *state, enum item_how *how);
    void *context;
    struct arena *arena; /* for the numbers of the items */
};
/* Replaces everything that nobody decided. ARGUMENT if the reconciliation has another version meanwhile. */
enum lince_status store_reconciliation_found(struct store *store, int64_t seq, int64_t version,
                                             const struct reconciliation_found *found, struct lince_error *error);

/* ---- results ---- */

struct reconciliation_receipt {
    const char *id, *name, *who, *date, *reference, *bank;
    int64_t amount;
};
struct reconciliation_item {
    int64_t seq, decided_ms;
    enum item_state state;
    enum item_how how;
    const char *date, *actor, *note;
    bool is_decided;
    struct reconciliation_line *lines;
    struct reconciliation_receipt *receipts;
    size_t line_count, receipt_count;
};
/* Conditions. `text`: a part of references, descriptions or names; or `amount`, if it is not AMOUNT_NONE. */
struct reconciliation_filter {
    int state;        /* enum item_state; -1: any */
    const char *text; /* NULL: any */
    int64_t amount;
    int is_decided;     /* 0, 1; -1: any */
    int64_t after_item; /* -1: from the first */
    size_t limit;
};
/* By date. */
enum lince_status store_reconciliation_items(struct store *store, int64_t seq,
                                             const struct reconciliation_filter *filter, struct arena *arena,
                                             struct reconciliation_item **items, size_t *count,
                                             struct lince_error *error);
/* One of them. NOT_FOUND. */
enum lince_status store_reconciliation_item(struct store *store, int64_t seq, int64_t item, struct arena *arena,
                                            struct reconciliation_item *found, struct lince_error *error);

/* The first and the last day of its movements; "" without any. */
enum lince_status store_reconciliation_days(struct store *store, int64_t seq, char since[16], char until[16],
                                            struct lince_error *error);

struct reconciliation_count {
    int64_t items, decided, lines, receipts, line_hundredths, receipt_hundredths;
};
/* For each state of an item. */
enum lince_status store_reconciliation_counts(struct store *store, int64_t seq,
                                              struct reconciliation_count counts[ITEM_STATES],
                                              struct lince_error *error);

/* ---- deciding ---- */

struct reconciliation_decision {
    const int64_t *places;
    const char *const *documents;
    size_t place_count, document_count;
    enum decision_kind kind;
    const char *actor, *note;
};
/*
 * Makes one item of them, which later comparisons leave alone; their former partners are alone from now on. With
 * DECISION_APART and _OPEN they are alone until they are compared again. `item`: the new one; -1 for these two. The
 * message of NOT_FOUND names the missing movement or document.
 */
enum lince_status store_reconciliation_decide(struct store *store, int64_t seq,
                                              const struct reconciliation_decision *decision, int64_t *item,
                                              struct lince_error *error);

#endif
