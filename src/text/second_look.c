/* second_look.c - replaces a word if the second reading shows more characters. */
#include "text/second_look.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/line_words.h"

/* A reading with more digits may be less sure by this: if a digit was lost, the others were read as surely as ever. */
static const double DIGITS_LOSS = 0.2;

bool looks_list(struct lince_line *lines, struct doubt *const *doubts, size_t line_count, struct arena *arena,
                struct look_list *looks) {
    *looks = (struct look_list){0};
    for (size_t i = 0; i < line_count; i++) {
        for (const struct doubt *doubt = doubts[i]; doubt != NULL; doubt = doubt->next) {
            looks->count++;
        }
    }
    looks->items = arena_allocate_zero(arena, looks->count, sizeof *looks->items);
    if (looks->items == NULL) {
        return false;
    }
    struct look *look = looks->items;
    for (size_t i = 0; i < line_count; i++) {
        for (const struct doubt *doubt = doubts[i]; doubt != NULL; doubt = doubt->next) {
            *look++ = (struct look){.line = &lines[i], .doubt = doubt};
        }
    }
    return true;
}

static size_t digit_count(const char *text) {
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += *text >= '0' && *text <= '9';
    }
    return count;
}

static size_t character_count(const char *text) {
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += *text != ' ' && utf8_begins(*text);
    }
    return count;
}

/*
 * The second reading must have more characters. A number must gain digits, and any other word none: widened letters are
 * easily taken for digits.
 */
static bool is_better(const struct lince_line *other, const struct lince_word *word) {
    size_t digits = digit_count(other->text), before = digit_count(word->text);
    if (character_count(other->text) <= character_count(word->text)) {
        return false;
    }
    return before >= 2 ? digits > before && other->confidence > word->confidence - DIGITS_LOSS
                       : digits == before && other->confidence > word->confidence;
}

/* Replaces one word of `line` by the words of `other`. */
static bool word_replace(struct lince_line *line, size_t word, const struct lince_line *other, struct arena *arena) {
    size_t count = line->word_count - 1 + other->word_count, rest = line->word_count - 1 - word;
    struct lince_word *words = arena_allocate(arena, count * sizeof *words);
    if (words == NULL) {
        return false;
    }
    memcpy(words, line->words, word * sizeof *words);
    memcpy(words + word, other->words, other->word_count * sizeof *words);
    memcpy(words + word + other->word_count, line->words + word + 1, rest * sizeof *words);
    line->words = words;
    line->word_count = count;
    return line_join(line, arena);
}

bool looks_take(const struct look_list *looks, struct arena *arena) {
    for (size_t i = 0; i < looks->count;
         i++) { /* the doubts of a line are sorted from its last, so that indexes stay valid */
        const struct look *look = &looks->items[i];
        if (look->other.word_count > 0 && is_better(&look->other, &look->line->words[look->doubt->word]) &&
            !word_replace(look->line, look->doubt->word, &look->other, arena)) {
            return false;
        }
    }
    return true;
}
