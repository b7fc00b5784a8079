/* rows_entry.h - rows of a sale as people and programs send them: objects with the names of their cells. */
#ifndef LINCE_SERVE_CORRECTIONS_ROWS_ENTRY_H
#define LINCE_SERVE_CORRECTIONS_ROWS_ENTRY_H

#include "serve/http/request.h"

enum { ROWS_MOST = 500, ROWS_BYTES_MOST = 32 << 10 };

/*
 * The rows [{"description": "Pan", "quantity": "2", "amount": "3.00"}] of the field `name` in the form in which they
 * are stored, in the arena: the same that the document gives in `values`. "" for no rows. NULL after answering with a
 * problem.
 */
const char *rows_entry_take(struct request *request, const char *name, const json_t *rows);

/* The same from a text in which they are stored already, such as an old value of the history. */
const char *rows_entry_text(struct request *request, const char *name, const char *text);

#endif
