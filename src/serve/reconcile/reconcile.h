/* reconcile.h - statements of banks over HTTP: what the table of routes names, and what these handlers share. */
#ifndef LINCE_SERVE_RECONCILE_RECONCILE_H
#define LINCE_SERVE_RECONCILE_RECONCILE_H

#include "reconcile/match.h"
#include "serve/http/request.h"
#include "statement/columns.h"
#include "store/reconcile/reconciliations.h"

/* statement_upload.c */
void reconciliations_post(struct request *request);
/* reconciliations.c */
void reconciliations_list(struct request *request);
void reconciliation_get(struct request *request);
void reconciliation_patch(struct request *request);
void reconciliation_match(struct request *request);
void reconciliation_delete(struct request *request);
/* reconciliation_items.c */
void reconciliation_items(struct request *request);
void reconciliation_decide(struct request *request);
/* reconciliation_records.c */
void reconciliation_records(struct request *request);

/* ---- shared ---- */

enum movements_wanted { MOVEMENTS_CREDITS, MOVEMENTS_DEBITS, MOVEMENTS_ALL };

/* What of a statement is compared, and how far it may differ. */
struct reconciliation_options {
    struct match_options match;
    enum movements_wanted movements;
};
extern const struct reconciliation_options reconciliation_options_usual;

/* reconciliation_json.c */

/* {"date": 1, ...}: columns from 1 on, null for none. Gives. */
json_t *columns_json(const struct statement_columns *columns);
json_t *options_json(const struct reconciliation_options *options);
/*
 * Takes over what the object has of these; the rest stands. False after answering with a problem, or (without a
 * request) when it is of no such form.
 */
bool columns_take(struct request *request, const json_t *object, struct statement_columns *columns);
bool options_take(struct request *request, const json_t *object, struct reconciliation_options *options);
/* As text in the request's arena; NULL without memory. Takes `json`. */
const char *json_text_take(struct request *request, json_t *json);

/* Cells as the store keeps them, and back. `cells` has room for STATEMENT_COLUMNS_MOST and borrows from `json`. */
json_t *cells_json(const struct statement_cell *cells, size_t count);
size_t cells_of(const json_t *json, struct statement_cell *cells);

/* All of it as clients get it; with the first rows of its file where that is asked for. NULL after a failure. */
json_t *reconciliation_json(struct request *request, const struct reconciliation *reconciliation, bool with_sample);
json_t *item_json(const struct reconciliation_item *item);
/* "1234.50", "-3.00" */
enum { AMOUNT_TEXT_BYTES = 32 };
void amount_text(int64_t hundredths, char text[AMOUNT_TEXT_BYTES]);

/* reconciliation_items.c: the conditions of the query. False after answering with a problem. */
bool reconciliation_filter_asked(struct request *request, struct reconciliation_filter *filter);

/* reconciliations.c: the one that the path names. False after answering with a problem. */
bool reconciliation_find(struct request *request, struct reconciliation *found);

/* compare.c */

/* Reads the movements by its columns, and keeps it as it is given. */
enum lince_status reconciliation_read(struct request *request, const struct reconciliation *changed,
                                      struct lince_error *error);
/* Finds anew who belongs to whom; what people decided stands. */
enum lince_status reconciliation_compare(struct request *request, const char *id, struct lince_error *error);
/* The movements' first and last day; what the receipts of these days are paid in, where nobody has told. */
enum lince_status reconciliation_currency(struct request *request, struct reconciliation *reconciliation,
                                          struct lince_error *error);
/* Answers with what the reading or the comparison of a statement failed with. */
void answer_statement_failure(struct request *request);

#endif
