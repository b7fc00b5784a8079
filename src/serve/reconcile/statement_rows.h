/* statement_rows.h - a statement in CSV or XLSX, whose rows a worker reads. */
#ifndef LINCE_SERVE_RECONCILE_STATEMENT_ROWS_H
#define LINCE_SERVE_RECONCILE_STATEMENT_ROWS_H

#include "serve/http/request.h"
#include "statement/statement.h"

/* Sends the uploaded file to a worker; the handler is called again with the answer. */
void statement_rows_begin(struct request *request);
/* Takes the answer. False after answering with a problem, as for a file that is no statement. */
bool statement_rows_take(struct request *request);
/* Gives the rows that the worker read, as statement_read does; once more gives the same. */
enum lince_status statement_rows_read(const struct request *request, statement_row row, void *context,
                                      struct statement_facts *facts, struct lince_error *error);

#endif
