/* error.c - statuses, their names, and messages in the caller's language. */
#include "base/error.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

const char *lince_status_name(enum lince_status status) {
    static const char *const names[] = {
        [LINCE_OK] = "ok",
        [LINCE_ERROR_ARGUMENT] = "argument",
        [LINCE_ERROR_NOT_FOUND] = "not_found",
        [LINCE_ERROR_UNREADABLE] = "unreadable",
        [LINCE_ERROR_EMPTY] = "empty",
        [LINCE_ERROR_UNKNOWN_FORMAT] = "unknown_format",
        [LINCE_ERROR_UNSUPPORTED] = "unsupported",
        [LINCE_ERROR_DAMAGED] = "damaged",
        [LINCE_ERROR_TOO_LARGE] = "too_large",
        [LINCE_ERROR_MEMORY_LIMIT] = "memory_limit",
        [LINCE_ERROR_CANCELLED] = "cancelled",
        [LINCE_ERROR_MODEL] = "model",
        [LINCE_ERROR_WRITE] = "write",
        [LINCE_ERROR_LAYOUT] = "layout",
        [LINCE_ERROR_RUNTIME] = "runtime",
    };
    size_t index = (size_t)status;
    return index < sizeof names / sizeof *names ? names[index] : "unknown";
}

const char *lince_version(void) {
    return LINCE_VERSION;
}

/* A caller built against an older header has no room for the member. */
void error_needs(struct lince_error *error, uint64_t bytes) {
    if (error != NULL && error->size >= offsetof(struct lince_error, needed_bytes) + sizeof error->needed_bytes) {
        error->needed_bytes = bytes;
    }
}

enum lince_status error_set(struct lince_error *error, enum lince_status status, const char *english,
                            const char *spanish, ...) {
    if (error == NULL) {
        return status;
    }
    error->status = status;
    error_needs(error, 0);
    va_list arguments;
    va_start(arguments, spanish);
    vsnprintf(error->message, sizeof error->message, in_language(error->language, english, spanish), arguments);
    va_end(arguments);
    return status;
}

const char *in_language(enum lince_language language, const char *english, const char *spanish) {
    return language == LINCE_SPANISH ? spanish : english;
}

struct size_text size_for_people(uint64_t bytes) {
    struct size_text size;
    if (bytes < UINT64_C(10) << 10) {
        snprintf(size.text, sizeof size.text, "%llu bytes", (unsigned long long)bytes);
    } else {
        snprintf(size.text, sizeof size.text, "%.1f MB", (double)bytes / 1048576.0);
    }
    return size;
}
