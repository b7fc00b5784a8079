/* word_letters.c - entries in a list, and an index of them by the address of the word. */
#include "text/word_letters.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void letter_book_open(struct letter_book *book, struct arena *arena) {
    *book = (struct letter_book){.arena = arena};
}

struct lince_letter *letter_book_add(struct letter_book *book, const char *word, size_t count) {
    struct word_letters *entry = arena_allocate(book->arena, sizeof *entry);
    struct lince_letter *items = arena_allocate_zero(book->arena, count + 1, sizeof *items);
    if (entry == NULL || items == NULL) {
        return NULL;
    }
    *entry = (struct word_letters){word, items, count, book->newest};
    book->newest = entry;
    book->count++;
    return items;
}

static int by_address(const void *a, const void *b) {
    uintptr_t one = (uintptr_t)(*(struct word_letters *const *)a)->word;
    uintptr_t other = (uintptr_t)(*(struct word_letters *const *)b)->word;
    return one < other ? -1 : one > other;
}

bool letter_book_sort(struct letter_book *book) {
    struct word_letters **sorted = arena_allocate(book->arena, (book->count + 1) * sizeof *sorted);
    size_t count = 0;
    if (sorted == NULL) {
        return false;
    }
    for (struct word_letters *entry = book->newest; entry != NULL; entry = entry->next) {
        sorted[count++] = entry;
    }
    qsort(sorted, count, sizeof(struct word_letters *), by_address);
    book->sorted = sorted;
    book->sorted_count = count;
    book->newest_sorted = book->newest;
    return true;
}

const struct word_letters *letter_book_find(const struct letter_book *book, const char *word) {
    for (struct word_letters *entry = book->newest; entry != book->newest_sorted; entry = entry->next) {
        if (entry->word == word) {
            return entry;
        }
    }
    const struct word_letters wanted = {.word = word}, *key = &wanted;
    struct word_letters **found = book->sorted_count == 0 ? NULL
                                                          : bsearch(&key, book->sorted, book->sorted_count,
                                                                    sizeof(struct word_letters *), by_address);
    return found == NULL ? NULL : *found;
}

bool letter_book_join(struct letter_book *book, const char *joined, const char *one, const char *other) {
    const struct word_letters *first = letter_book_find(book, one), *second = letter_book_find(book, other);
    size_t first_count = first == NULL ? 0 : first->count, second_count = second == NULL ? 0 : second->count;
    struct lince_letter *items = letter_book_add(book, joined, first_count + second_count);
    if (items == NULL) {
        return false;
    }
    if (first_count > 0) {
        memcpy(items, first->items, first_count * sizeof *items);
    }
    if (second_count > 0) {
        memcpy(items + first_count, second->items, second_count * sizeof *items);
    }
    return true;
}

void letter_text_append(struct lince_letter *letter, const char *character) {
    size_t used = strlen(letter->text), bytes = strlen(character);
    if (used + bytes < sizeof letter->text) {
        memcpy(letter->text + used, character, bytes + 1);
    }
}
