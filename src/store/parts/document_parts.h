/* document_parts.h - documents that came out of the file of another one, by the codes of its separator pages. */
#ifndef LINCE_STORE_PARTS_DOCUMENT_PARTS_H
#define LINCE_STORE_PARTS_DOCUMENT_PARTS_H

#include "store/store_internal.h"

/*
 * Within the transaction that ends a job, before its pages go: queues the result's parts, each with its pages, so that
 * only their fields are left to find. Nothing if the document has parts already. `*added` is how many wait now.
 */
enum lince_status document_parts_write(struct store *store, const struct job *job, const struct job_result *result,
                                       int64_t *added, struct lince_error *error);

#endif
