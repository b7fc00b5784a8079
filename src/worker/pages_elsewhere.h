/* pages_elsewhere.h - pages of a file of a risky format that a locked-down child decodes. */
#ifndef LINCE_WORKER_PAGES_ELSEWHERE_H
#define LINCE_WORKER_PAGES_ELSEWHERE_H

#include "image/isolation.h"

/* Decodes files in children, one for each. Its context is not used. */
extern const struct isolation pages_elsewhere;

#endif
