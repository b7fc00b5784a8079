/*
 * names.h - file names that come on a descriptor, one at a time as they come; or the image that came instead.
 *
 * A name ends with a line feed, which a carriage return may precede, or a zero byte. When the first end is a zero byte,
 * or from the start when asked, only zero bytes end names, so that a name may hold a line feed. Empty names are passed
 * over.
 */
#ifndef LINCE_CLI_READ_NAMES_H
#define LINCE_CLI_READ_NAMES_H

#include <stdbool.h>

#include "base/buffer.h"
#include "lince.h"

enum { NAMES_LONGEST_BYTES = 8192 }; /* twice what Linux takes */

struct names {
    int descriptor; /* borrowed */
    bool only_zero_ends;
    bool first_end_is_known;
    bool ended;
    int error_number;  /* why reading ended before its end; 0: it did not */
    size_t start, end; /* what of `bytes` is still to be given */
    char bytes[NAMES_LONGEST_BYTES];
};

void names_init(struct names *names, int descriptor, bool only_zero_ends);

/* Does an image come instead of names? Waits for as many bytes as it takes to know. */
bool names_is_image(struct names *names);

/* After names_is_image: all the bytes of it. UNREADABLE, MEMORY_LIMIT, CANCELLED. */
enum lince_status names_image(struct names *names, struct buffer *image, struct lince_error *error);

/*
 * The next name in `*name`, borrowed until the next call; NULL at the end or when the end was asked for. A name that is
 * too long is ARGUMENT and passed over; the next call goes on behind it. UNREADABLE is told once, and is the end.
 */
enum lince_status names_next(struct names *names, const char **name, struct lince_error *error);

/* All bytes from `descriptor` to its end, appended. */
enum lince_status names_drain(int descriptor, const char *name, struct buffer *bytes, struct lince_error *error);

#endif
