/* reconcile.h - bank statements over HTTP: the handlers in the table of routes, and what they share. */
#ifndef LINCE_SERVE_RECONCILE_RECONCILE_H
#define LINCE_SERVE_RECONCILE_RECONCILE_H

#include "reconcile/match.h"
#include "serve/http/request.h"
#include "statement/statement_columns.h"
#include "store/reconcile/reconciliations.h"

/* statement_upload.c */
void reconciliations_post(struct request *request);
/* reconcile_handlers.c */
void reconciliations_list(struct request *request);
void reconciliation_get(struct request *request);
void reconciliation_patch(struct request *request);
void reconciliation_match(struct request *request);
void reconciliation_delete(struct request *request);
/* reconcile_item_handlers.c */
void reconciliation_items(struct request *request);
void reconciliation_decide(struct request *request);
/* reconciliation_records.c */
void reconciliation_records(struct request *request);

/* ---- shared ---- */

enum movements_wanted { MOVEMENTS_CREDITS, MOVEMENTS_DEBITS, MOVEMENTS_ALL };

/* Which parts of a statement are compared, and how far they may differ. */
struct reconciliation_options {
    struct match_options match;
    enum movements_wanted movements;
};
extern const struct reconciliation_options reconciliation_options_usual;

/* At most, of a reconciliation's name, and of its bank and its currency. */
enum { RECONCILIATION_NAME_BYTES = 200, RECONCILIATION_CODE_BYTES = 12 };

/* reconciliation_json.c */

/* Gives {"date": 1, ...}: columns from 1, null for none. */
json_t *columns_json(const struct statement_columns *columns);
json_t *options_json(const struct reconciliation_options *options);
/*
 * Takes the members that the object has; the others stay. False after answering with a problem, or (without a request)
 * if the object has another form.
 */
bool columns_take(struct request *request, const json_t *object, struct statement_columns *columns);
bool options_take(struct request *request, const json_t *object, struct reconciliation_options *options);
/* As text in the request's arena; NULL without memory. Takes `json`. */
const char *json_text_take(struct request *request, json_t *json);

/* Converts cells to the store's form and back. `cells` has room for STATEMENT_COLUMNS_MOST and borrows from `json`. */
json_t *cells_json(const struct statement_cell *cells, size_t count);
size_t cells_of(const json_t *json, struct statement_cell *cells);

/* All of it for clients, with the first rows of its file if requested. NULL after a failure. */
json_t *reconciliation_json(struct request *request, const struct reconciliation *reconciliation, bool with_sample);
json_t *item_json(const struct reconciliation_item *item);

/* reconcile_item_handlers.c: the conditions of the query. False after answering with a problem. */
bool reconciliation_filter_asked(struct request *request, struct reconciliation_filter *filter);

/* reconcile_handlers.c: the one in the path. False after answering with a problem. */
bool reconciliation_find(struct request *request, struct reconciliation *found);

/* compare.c */

/* Reads the movements with the columns of `changed`, and stores it. */
enum lince_status reconciliation_read(struct request *request, const struct reconciliation *changed,
                                      struct lince_error *error);
/* Matches again; people's decisions stay. */
enum lince_status reconciliation_compare(struct request *request, const char *id, struct lince_error *error);
/* Sets the currency that the receipts have on the days of the movements. */
enum lince_status reconciliation_currency(struct request *request, struct reconciliation *reconciliation,
                                          struct lince_error *error);
/* Answers with the failure of reading or comparing a statement. */
void reconciliation_answer_failure(struct request *request);

#endif
