/* lay_elsewhere.h - the program's side of lay.h: a PDF file gets its text in a locked-down child. */
#ifndef LINCE_WORKER_LAY_ELSEWHERE_H
#define LINCE_WORKER_LAY_ELSEWHERE_H

#include <stdbool.h>

#include "lince.h"

struct pdf_overlay;

/* As pdf_overlay_check. `is_held`: as decoder_child_hold does, for a file that may unpack beyond its memory. */
enum lince_status lay_elsewhere_check(const struct pdf_overlay *overlay, bool is_held, struct lince_error *error);

/*
 * As pdf_overlay_write, in a child that allocates no more than `limit_bytes` (0: no limit). Fails as decoder_child.h
 * says too.
 */
enum lince_status lay_elsewhere_write(const struct pdf_overlay *overlay, uint64_t limit_bytes, bool is_held,
                                      uint32_t *left_count, struct lince_error *error);

#endif
