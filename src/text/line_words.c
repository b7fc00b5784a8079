/* line_words.c - a line's text from its words, and two of its words made one. */
#include "text/line_words.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/word_letters.h"

char *line_words_text(const struct lince_word *words, size_t count, struct arena *arena) {
    size_t bytes = 1;
    for (size_t i = 0; i < count; i++) {
        bytes += strlen(words[i].text) + 1;
    }
    char *text = arena_allocate_zero(arena, bytes, 1), *end = text;
    for (size_t i = 0; i < count && text != NULL; i++) {
        end = stpcpy(i == 0 ? end : stpcpy(end, " "), words[i].text);
    }
    return text;
}

bool line_join(struct lince_line *line, struct arena *arena) {
    double sum = 0.0, bytes = 0.0;
    for (size_t i = 0; i < line->word_count; i++) {
        double length = (double)strlen(line->words[i].text);
        sum += line->words[i].confidence * length;
        bytes += length;
    }
    line->confidence = bytes > 0.0 ? sum / bytes : 0.0;
    line->text = line_words_text(line->words, line->word_count, arena);
    return line->text != NULL;
}

bool line_words_join(struct lince_line *line, size_t word, struct letter_book *letters, struct arena *arena) {
    const struct lince_word *one = &line->words[word - 1], *other = &line->words[word];
    struct lince_word *words = arena_allocate(arena, line->word_count * sizeof *words);
    char *text = arena_allocate(arena, strlen(one->text) + strlen(other->text) + 1);
    if (words == NULL || text == NULL ||
        (letters != NULL && !letter_book_join(letters, text, one->text, other->text))) {
        return false;
    }
    double before = (double)utf8_count(one->text, UTF8_TO_THE_END),
           after = (double)utf8_count(other->text, UTF8_TO_THE_END);
    stpcpy(stpcpy(text, one->text), other->text);
    memcpy(words, line->words, word * sizeof *words);
    memcpy(words + word, other + 1, (line->word_count - word - 1) * sizeof *words);
    words[word - 1] = (struct lince_word){
        .text = text,
        .confidence = (one->confidence * before + other->confidence * after) / (before + after),
        .box = {fmin(one->box.x0, other->box.x0), fmin(one->box.y0, other->box.y0), fmax(one->box.x1, other->box.x1),
                fmax(one->box.y1, other->box.y1)},
    };
    line->words = words;
    line->word_count--;
    return true;
}
