/*
 * snapshot.h - what the kernel says of this process and what stands on a tree of meters, in the structs of lince.h: for
 * engines, and for processes that have none.
 */
#ifndef LINCE_BASE_SNAPSHOT_H
#define LINCE_BASE_SNAPSHOT_H

#include "base/meter.h"
#include "lince.h"

/*
 * Fills in what is tracked under `root`, what the kernel says, and what is untracked; the limit, its shares and the
 * counts stay as they are. `tracked_resident_bytes`: what of the tracked bytes the kernel has really given.
 */
void snapshot_process(const struct meter *root, uint64_t tracked_resident_bytes, struct lince_memory *memory);

/* Rows of the tree, the scopes and the sites of `root`. Whoever changes the tree meanwhile is kept out by the caller.
 */
void snapshot_meters(const struct meter *root, lince_meter_visitor visitor, void *context);
void snapshot_scopes(const struct meter *root, lince_scope_visitor visitor, void *context);
void snapshot_sites(const struct meter *root, lince_site_visitor visitor, void *context);

#endif
