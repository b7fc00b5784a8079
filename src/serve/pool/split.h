/* split.h - which pages of a file become documents of their own, by the codes of its separator pages. */
#ifndef LINCE_SERVE_POOL_SPLIT_H
#define LINCE_SERVE_POOL_SPLIT_H

#include "store/store.h"

struct arena;

/*
 * Gives the parts of the job's document by the codes of its pages; none if no page is a separator, or if all pages are
 * one document. In `arena`. False when it refuses memory.
 */
bool split_find(const struct job *job, const struct page_codes *pages, size_t count, struct arena *arena,
                struct document_part **parts, size_t *part_count);

#endif
