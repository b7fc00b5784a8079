/*
 * word_letters.h - the letters of words with their places, beside the words: only kept for a reading that wants them.
 *
 * A word is known by its text's address, which stays the same while words are copied, joined with others' and put in
 * order. Words that were replaced keep their entries; nobody asks for those.
 */
#ifndef LINCE_TEXT_WORD_LETTERS_H
#define LINCE_TEXT_WORD_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

struct arena;

/* What letters of a dense page take, beside its words: a price. */
enum { WORD_LETTERS_BYTES = 2 << 20 };

struct word_letters {
    const char *word; /* the address of the word's text */
    struct lince_letter *items;
    size_t count;
    struct word_letters *next; /* added before this one */
};

struct letter_book {
    struct arena *arena; /* borrowed: the page's */
    struct word_letters *newest, *newest_sorted;
    struct word_letters **sorted; /* by address: newest_sorted and those added before it */
    size_t count, sorted_count;
};

void letter_book_open(struct letter_book *book, struct arena *arena);

/* Gives room for the letters of a word; NULL when the arena is refused. One thread at a time. */
struct lince_letter *letter_book_add(struct letter_book *book, const char *word, size_t count);

/* Sorts what was added so far, to find it quickly. False when the arena is refused. */
bool letter_book_sort(struct letter_book *book);

/* NULL for a word without letters. */
const struct word_letters *letter_book_find(const struct letter_book *book, const char *word);

/* `joined` is the text of a word made of two. False when the arena is refused. */
bool letter_book_join(struct letter_book *book, const char *joined, const char *one, const char *other);

/* Appends a character, as UTF-8. It is left out if it does not fit. */
void letter_text_append(struct lince_letter *letter, const char *character);

#endif
