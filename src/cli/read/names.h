/*
 * names.h - file names from a descriptor, one at a time as they arrive; or the image that came instead.
 *
 * A name ends with a line feed, perhaps after a carriage return, or with a zero byte. If the first end is a zero byte,
 * or if requested from the start, only zero bytes end names, so that a name may contain a line feed. Empty names are
 * skipped.
 */
#ifndef LINCE_CLI_READ_NAMES_H
#define LINCE_CLI_READ_NAMES_H

#include <stdbool.h>

#include "base/buffer.h"
#include "lince.h"

enum { NAMES_LONGEST_BYTES = 8192 }; /* twice Linux's limit */

struct names {
    int descriptor; /* borrowed */
    bool only_zero_ends;
    bool first_end_is_known;
    bool ended;
    int error_number;  /* why reading stopped early; 0: it did not */
    size_t start, end; /* the part of `bytes` not yet given */
    char bytes[NAMES_LONGEST_BYTES];
};

void names_init(struct names *names, int descriptor, bool only_zero_ends);

/* Whether an image, or an archive of images, comes instead of names. Waits for as many bytes as the decision needs. */
bool names_is_image(struct names *names);

/* After names_is_image: all bytes of the image. UNREADABLE, MEMORY_LIMIT, CANCELLED. */
enum lince_status names_image(struct names *names, struct buffer *image, struct lince_error *error);

/*
 * The next name in `*name`, borrowed until the next call; NULL at the end, or when an end was requested. A name that is
 * too long gives ARGUMENT and is skipped; the next call continues after it. UNREADABLE is returned once, and is the
 * end.
 */
enum lince_status names_next(struct names *names, const char **name, struct lince_error *error);

/* Appends all bytes of `descriptor` to its end. */
enum lince_status names_drain(int descriptor, const char *name, struct buffer *bytes, struct lince_error *error);

#endif
