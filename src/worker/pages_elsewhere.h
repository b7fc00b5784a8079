/* pages_elsewhere.h - pages of a file of a risky format that a locked-down child decodes. */
#ifndef LINCE_WORKER_PAGES_ELSEWHERE_H
#define LINCE_WORKER_PAGES_ELSEWHERE_H

#include "image/isolation.h"

/* Decode files in children, one for each: all of risky formats, or only PDF files that pdf_unpacked.h has no room for.
 * Their contexts are not used. */
extern const struct isolation pages_elsewhere, pages_unforeseen;

#endif
