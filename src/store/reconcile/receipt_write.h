/* receipt_write.h - a document as a receipt of a reconciliation. Only for the files of this folder. */
#ifndef LINCE_STORE_RECONCILE_RECEIPT_WRITE_H
#define LINCE_STORE_RECONCILE_RECEIPT_WRITE_H

#include "store/sql/sql.h"

enum { SEARCHED_BYTES = 2048 };

/*
 * Within a transaction: puts the document with that id, or (NULL) with that seq, into an item, with its current values;
 * one that is already in another item moves unchanged. `found` is false if there is none with an amount.
 */
enum lince_status reconciliation_receipt_write(struct sql *sql, int64_t seq, int64_t item, const char *id,
                                               int64_t document_seq, bool *found, struct lince_error *error);

#endif
