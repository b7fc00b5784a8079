/* error.h - fills the caller's struct lince_error; the two languages stand side by side at the place of failure. */
#ifndef LINCE_BASE_ERROR_H
#define LINCE_BASE_ERROR_H

#include "lince.h"

/*
 * Sets status and message in the language that the caller asked for and returns `status`, so that a failure is
 * one statement: return error_set(error, LINCE_ERROR_..., "English %d", "Español %d", number);
 * Both formats take the same arguments in the same order. `error` may be NULL. Thread-safe.
 */
enum lince_status error_set(struct lince_error *error, enum lince_status status, const char *english,
                            const char *spanish, ...) __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* Sets the limit that would do, where the caller has a place for it. After error_set, which clears it. */
void error_needs(struct lince_error *error, uint64_t bytes);

/* The text of the two in `language`: for messages that are not errors. */
const char *in_language(enum lince_language language, const char *english, const char *spanish);

/* A size for people, "12.3 MB", in `text`; returns `text`. MB is 2^20 bytes, as in the options of the program. */
struct size_text {
    char text[24];
};
struct size_text size_for_people(uint64_t bytes);

#endif
