/* line_words.h - a line's text from its words, and two of its words made one. */
#ifndef LINCE_TEXT_LINE_WORDS_H
#define LINCE_TEXT_LINE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

struct arena;
struct letter_book;

/* The texts of words with spaces between them, in `arena`; NULL when it is refused. */
char *line_words_text(const struct lince_word *words, size_t count, struct arena *arena);

/* Sets the text and the confidence of a line from its words, in `arena`; false when it is refused. */
bool line_join(struct lince_line *line, struct arena *arena);

/*
 * Makes one word of `word` and the one before it, in `arena`, and of their letters, unless `letters` is NULL; false
 * when memory is refused. Call line_join afterwards.
 */
bool line_words_join(struct lince_line *line, size_t word, struct letter_book *letters, struct arena *arena);

#endif
