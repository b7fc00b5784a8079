/* reason.h - why a system call failed, in both languages. */
#ifndef LINCE_BASE_REASON_H
#define LINCE_BASE_REASON_H

#include "lince.h"

/* The meaning of `error_number` (from errno), as a phrase without a full stop. Thread-safe, never NULL. */
const char *reason_of(enum lince_language language, int error_number);

/* The same in the caller's language; `error` may be NULL. */
const char *reason_for(const struct lince_error *error, int error_number);

#endif
