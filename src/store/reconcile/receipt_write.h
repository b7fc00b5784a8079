/* receipt_write.h - a document as a receipt of a reconciliation. For the files of this folder only. */
#ifndef LINCE_STORE_RECONCILE_RECEIPT_WRITE_H
#define LINCE_STORE_RECONCILE_RECEIPT_WRITE_H

#include "store/sql/sql.h"

enum { SEARCHED_BYTES = 2048 };

/*
 * Within a transaction: puts the document of that id, or (NULL) of that seq, into an item as it is now; one that is in
 * another item already moves as it was. `found` false where there is none, or none with an amount.
 */
enum lince_status reconciliation_receipt_write(struct sql *sql, int64_t seq, int64_t item, const char *id,
                                               int64_t document_seq, bool *found, struct lince_error *error);

#endif
