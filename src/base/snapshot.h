/*
 * snapshot.h - the kernel's figures of this process and the meters of a tree, in the structs of lince.h, with or
 * without an engine.
 */
#ifndef LINCE_BASE_SNAPSHOT_H
#define LINCE_BASE_SNAPSHOT_H

#include "base/meter.h"
#include "lince.h"

/*
 * Fills in what is tracked under `root`, the kernel's figures, and what is untracked. The limit, its shares and the
 * counts stay as they are. `tracked_resident_bytes`: the tracked bytes that are resident.
 */
void snapshot_process(const struct meter *root, uint64_t tracked_resident_bytes, struct lince_memory *memory);

/* Visits the meters, scopes and sites of `root`. The caller keeps the tree from changing meanwhile. */
void snapshot_meters(const struct meter *root, lince_meter_visitor visitor, void *context);
void snapshot_scopes(const struct meter *root, lince_scope_visitor visitor, void *context);
void snapshot_sites(const struct meter *root, lince_site_visitor visitor, void *context);

#endif
