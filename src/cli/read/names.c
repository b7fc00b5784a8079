/* names.c - finds names in a window on the descriptor. */
#include "cli/read/names.h"

#include <errno.h>
#include <string.h>

#include "archive/zip.h"
#include "base/error.h"
#include "base/reason.h"
#include "cli/read/interrupt.h"
#include "cli/read/signature.h"

void names_init(struct names *names, int descriptor, bool only_zero_ends) {
    names->descriptor = descriptor;
    names->only_zero_ends = names->first_end_is_known = only_zero_ends;
    names->ended = false;
    names->error_number = 0;
    names->start = names->end = 0;
}

/* Reads once after the window's content; false if nothing more comes or fits. */
static bool window_fill(struct names *names) {
    if (names->start > 0) {
        memmove(names->bytes, names->bytes + names->start, names->end - names->start);
        names->end -= names->start;
        names->start = 0;
    }
    if (names->ended || names->end == sizeof names->bytes) {
        return false;
    }
    ssize_t count = interrupt_read(names->descriptor, names->bytes + names->end, sizeof names->bytes - names->end);
    if (count <= 0) {
        names->ended = true;
        names->error_number = count < 0 && errno != ECANCELED ? errno : 0;
        return false;
    }
    names->end += (size_t)count;
    return true;
}

bool names_is_image(struct names *names) {
    enum signature found;
    do {
        const unsigned char *bytes = (const unsigned char *)names->bytes;
        found = zip_begins(bytes, names->end) ? SIGNATURE_IMAGE : signature_of(bytes, names->end);
    } while (found == SIGNATURE_UNDECIDED && window_fill(names));
    return found == SIGNATURE_IMAGE;
}

enum lince_status names_drain(int descriptor, const char *name, struct buffer *bytes, struct lince_error *error) {
    enum { STEP_BYTES = 65536 };
    for (;;) {
        char *room = buffer_room(bytes, STEP_BYTES);
        if (room == NULL) {
            return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "%s: more than %s came, which the memory limit refuses",
                             "%s: llegaron más de %s, que el límite de memoria rechaza", name,
                             size_for_people(bytes->used_bytes).text);
        }
        ssize_t count = interrupt_read(descriptor, room, STEP_BYTES);
        if (count == 0) {
            return LINCE_OK;
        }
        if (count < 0) {
            enum lince_status status = errno == ECANCELED ? LINCE_ERROR_CANCELLED : LINCE_ERROR_UNREADABLE;
            return error_set(error, status, "%s cannot be read: %s", "no se puede leer %s: %s", name,
                             reason_for(error, errno));
        }
        bytes->used_bytes += (size_t)count;
    }
}

enum lince_status names_image(struct names *names, struct buffer *image, struct lince_error *error) {
    buffer_append(image, names->bytes + names->start, names->end - names->start);
    names->start = names->end;
    enum lince_status status = names->ended ? LINCE_OK : names_drain(names->descriptor, "-", image, error);
    names->ended = true;
    return status;
}

/* The next end of a name in the window, or NULL. The first end found decides what ends names. */
static char *end_find(struct names *names) {
    char *start = names->bytes + names->start;
    size_t length = names->end - names->start;
    char *zero = memchr(start, '\0', length);
    char *line_feed = names->only_zero_ends ? NULL : memchr(start, '\n', length);
    if (zero != NULL && !names->first_end_is_known && (line_feed == NULL || zero < line_feed)) {
        names->only_zero_ends = true;
        line_feed = NULL;
    }
    char *end = line_feed == NULL || (zero != NULL && zero < line_feed) ? zero : line_feed;
    names->first_end_is_known |= end != NULL;
    return end;
}

/* Skips it up to its end, which then ends an empty name. */
static enum lince_status name_too_long(struct names *names, struct lince_error *error) {
    char *end = NULL;
    do {
        names->start = names->end;
    } while (window_fill(names) && (end = end_find(names)) == NULL);
    if (end != NULL) {
        names->start = (size_t)(end - names->bytes);
    }
    return error_set(error, LINCE_ERROR_ARGUMENT, "a name of more than %d bytes came on standard input",
                     "llegó por la entrada estándar un nombre de más de %d bytes", NAMES_LONGEST_BYTES);
}

static enum lince_status names_broken(struct names *names, struct lince_error *error) {
    int error_number = names->error_number;
    names->error_number = 0;
    return error_set(error, LINCE_ERROR_UNREADABLE, "standard input cannot be read: %s",
                     "no se puede leer la entrada estándar: %s", reason_for(error, error_number));
}

enum lince_status names_next(struct names *names, const char **name, struct lince_error *error) {
    *name = NULL;
    for (;;) {
        char *end = end_find(names);
        while (end == NULL && window_fill(names)) {
            end = end_find(names);
        }
        if (end == NULL && names->start == 0 && names->end == sizeof names->bytes) {
            return name_too_long(names, error);
        }
        if (end == NULL && names->error_number != 0) {
            return names_broken(names, error);
        }
        if (end == NULL && (names->start == names->end || interrupt_is_stopping())) {
            return LINCE_OK;
        }
        char *start = names->bytes + names->start;
        if (end == NULL) { /* the last name has no end: there is room, because the window is not full */
            end = names->bytes + names->end;
            names->end++;
        }
        bool has_return = !names->only_zero_ends && end != start && end[-1] == '\r'; /* a list from Windows */
        names->start = (size_t)(end - names->bytes) + 1;
        end -= has_return;
        *end = '\0';
        if (end != start) {
            *name = start;
            return LINCE_OK;
        }
    }
}
