/* error.h - fills the caller's struct lince_error. Both languages are written where the failure happens. */
#ifndef LINCE_BASE_ERROR_H
#define LINCE_BASE_ERROR_H

#include "lince.h"

/*
 * Sets the status, and the message in the caller's language, and returns `status`:
 *
 *    return error_set(error, LINCE_ERROR_..., "English %d", "Español %d", number);
 *
 * Both formats take the same arguments in the same order. `error` may be NULL. Thread-safe.
 */
enum lince_status error_set(struct lince_error *error, enum lince_status status, const char *english,
                            const char *spanish, ...) __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* Sets the limit that would do, if the caller's struct has the member. Call it after error_set, which clears it. */
void error_needs(struct lince_error *error, uint64_t bytes);

/* The text in `language`, for messages that are not errors. */
const char *in_language(enum lince_language language, const char *english, const char *spanish);

/*
 * Writes a size for people, such as "12.3 MB", to `text` and returns it. MB is 2^20 bytes, as in the program's options.
 */
struct size_text {
    char text[24];
};
struct size_text size_for_people(uint64_t bytes);

#endif
