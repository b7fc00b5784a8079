/* unread_part.h - whether a line was read only in part: the rest is in another script, or no print. */
#ifndef LINCE_TEXT_UNREAD_PART_H
#define LINCE_TEXT_UNREAD_PART_H

#include <stdbool.h>

#include "text/ink.h"
#include "text/recognise.h"

/* A word fits in this many columns of a strip. */
enum { WORD_COLUMNS = 160 };

/* Whether there is room for a short word with ink in it, in which no character was read. */
bool part_is_silent(const struct reading *reading, const struct ink *ink);

/* What a line's ink says of its characters. */
enum part_silence { SILENCE_NONE, SILENCE_PART, SILENCE_THIN };

/* Whether between characters that are Latin without doubt a stretch has ink for many more than were read in it. */
bool part_is_thin(const struct reading *reading, const struct ink *ink);

/* Which of these a line has; the second tells by itself that there is Latin text beside. */
enum part_silence part_silence_of(const struct reading *reading, const struct ink *ink);

/* Whether words that follow one another, in room for one or more, were read as letters that are hardly like theirs. */
bool part_is_doubtful(const struct lince_line *line);

/* Whether a part of the line was read without doubt: words with room for one or more. */
bool part_is_sure(const struct lince_line *line);

/*
 * Whether a line of so many columns, of which little was read, is a line of print: a long one in which letters were
 * read, or the spaces between words alone.
 */
bool part_is_lost(const struct lince_line *line, uint32_t columns);

#endif
