/*
 * translation.h - gives a message that was stored in one language in the reader's language.
 *
 * A failure is stored as a sentence in the language that the service had at that time. The sources have each sentence
 * in both languages side by side, with the same arguments in the same order; scripts/messages makes a table of them. A
 * stored sentence is matched with its format, and its arguments are put into the other one.
 */
#ifndef LINCE_SERVE_HTTP_TRANSLATION_H
#define LINCE_SERVE_HTTP_TRANSLATION_H

#include <stddef.h>

#include "lince.h"

struct arena;

struct message_pair {
    const char *format[2]; /* by language */
};
extern const struct message_pair message_pairs[];
extern const size_t message_pair_count;

/* In the arena; or `message` itself if it is in that language already, is not known, or there is no memory. */
const char *translation_of(struct arena *arena, const char *message, enum lince_language language);

#endif
