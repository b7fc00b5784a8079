/* phrase.c - compiles the small grammar of labels: words, (one|of|these), [maybe|this], {NAME} for a list. */
#include "fields/layouts/phrase.h"

#include <string.h>

#include "base/arena.h"
#include "base/fold.h"

/* Choices in brackets of a phrase itself; a list with a name has CHOICES_MOST. */
enum { OWN_CHOICES_MOST = 40, CHOICES_FIRST = 4, NAME_BYTES = 48 };

enum { CHOICES_MOST = 160, LISTS_MOST = 4096, PHRASES_MOST = 2048, LEVELS_MOST = 3 };

/* Makes room for one more element of `bytes` in an array of the arena; the old array stays in the arena. */
static void *array_grow(struct arena *arena, void *array, size_t count, size_t *room, size_t bytes) {
    if (count < *room) {
        return array;
    }
    size_t more = *room == 0 ? 32 : *room * 2;
    void *grown = arena_allocate(arena, more * bytes);
    if (grown != NULL && count > 0) {
        memcpy(grown, array, count * bytes);
    }
    *room = grown == NULL ? *room : more;
    return grown;
}

struct compiling {
    struct phrase_book *book;
    struct arena *arena;
    const json_t *words;
};

static enum phrase_status list_new(struct compiling *compiling, const char *name, size_t *index) {
    struct phrase_book *book = compiling->book;
    if (book->list_count == LISTS_MOST) {
        return PHRASE_TOO_MANY;
    }
    struct choice_list *lists =
        array_grow(compiling->arena, book->lists, book->list_count, &book->list_room, sizeof *lists);
    if (lists == NULL) {
        return PHRASE_MEMORY;
    }
    book->lists = lists;
    *index = book->list_count++;
    lists[*index] = (struct choice_list){.name = name};
    return PHRASE_OK;
}

/* Makes room for one more choice: most lists have one or two, so the first room is small, and each next one double. */
static bool choices_grow(struct compiling *compiling, struct choice_list *list) {
    bool full = list->count == 0 || (list->count >= CHOICES_FIRST && (list->count & (list->count - 1)) == 0);
    if (!full) {
        return true;
    }
    size_t more = list->count == 0 ? CHOICES_FIRST : 2 * list->count;
    struct choice *choices = arena_allocate(compiling->arena, more * sizeof *choices);
    if (choices == NULL) {
        return false;
    }
    if (list->count > 0) {
        memcpy(choices, list->choices, list->count * sizeof *choices);
    }
    list->choices = choices;
    return true;
}

static enum phrase_status choice_add(struct compiling *compiling, size_t list_index, const char *text, size_t bytes) {
    struct choice_list *list = &compiling->book->lists[list_index];
    struct fold fold;
    if (list->count == (list->name == NULL ? OWN_CHOICES_MOST : CHOICES_MOST)) {
        return PHRASE_TOO_MANY;
    }
    struct arena_mark mark = arena_mark(compiling->arena);
    if (!fold_text(compiling->arena, text, bytes, &fold)) {
        return PHRASE_MEMORY;
    }
    char small[128];
    size_t count = fold.count < sizeof small ? fold.count : sizeof small - 1;
    memcpy(small, fold.look, count);
    arena_rewind(compiling->arena, mark); /* keep the key only */
    char *key = arena_copy_text(compiling->arena, small, count);
    if (key == NULL || !choices_grow(compiling, list)) {
        return PHRASE_MEMORY;
    }
    if (count > 0) {
        list->choices[list->count++] = (struct choice){key, count};
    }
    return PHRASE_OK;
}

static enum phrase_status choices_add(struct compiling *compiling, struct phrase_part *part, const char *text,
                                      size_t bytes, int level);

/* The list of a {NAME}, compiled when it first occurs. */
static enum phrase_status named_add(struct compiling *compiling, struct phrase_part *part, const char *text,
                                    size_t bytes, int level) {
    struct phrase_book *book = compiling->book;
    char name[NAME_BYTES];
    if (bytes < 3 || bytes - 2 >= sizeof name || text[bytes - 1] != '}' || level >= LEVELS_MOST) {
        return PHRASE_MALFORMED;
    }
    memcpy(name, text + 1, bytes - 2);
    name[bytes - 2] = '\0';
    size_t index = 0;
    while (index < book->list_count &&
           (book->lists[index].name == NULL || strcmp(book->lists[index].name, name) != 0)) {
        index++;
    }
    enum phrase_status status = PHRASE_OK;
    if (index == book->list_count) {
        const char *list = json_string_value(json_object_get(compiling->words, name));
        const char *copy = arena_copy_text(compiling->arena, name, strlen(name));
        if (list == NULL || copy == NULL) {
            return list == NULL ? PHRASE_MALFORMED : PHRASE_MEMORY;
        }
        status = list_new(compiling, copy, &index);
        for (size_t from = 0; status == PHRASE_OK && from <= strlen(list);) {
            size_t to = from + strcspn(list + from, "|");
            status = choice_add(compiling, index, list + from, to - from);
            from = to + 1;
        }
    }
    if (status == PHRASE_OK && part->list_count == PHRASE_LISTS_MOST) {
        return PHRASE_TOO_MANY;
    }
    if (status == PHRASE_OK) {
        part->lists[part->list_count++] = (uint16_t)index;
    }
    return status;
}

/* The choices between bars; plain ones become a list of their own. */
static enum phrase_status choices_add(struct compiling *compiling, struct phrase_part *part, const char *text,
                                      size_t bytes, int level) {
    size_t own = LISTS_MOST;
    enum phrase_status status = PHRASE_OK;
    for (size_t from = 0; from <= bytes && status == PHRASE_OK;) {
        size_t to = from;
        while (to < bytes && text[to] != '|') {
            to++;
        }
        if (to > from && text[from] == '{') {
            status = named_add(compiling, part, text + from, to - from, level);
        } else {
            bool full = own != LISTS_MOST && compiling->book->lists[own].count == OWN_CHOICES_MOST;
            if (own == LISTS_MOST || full) {
                if (part->list_count == PHRASE_LISTS_MOST) {
                    return PHRASE_TOO_MANY;
                }
                status = list_new(compiling, NULL, &own);
                if (status == PHRASE_OK) {
                    part->lists[part->list_count++] = (uint16_t)own;
                }
            }
            status = status == PHRASE_OK ? choice_add(compiling, own, text + from, to - from) : status;
        }
        from = to + 1;
    }
    return status;
}

static enum phrase_status parts_parse(struct compiling *compiling, const char *text, struct phrase *phrase) {
    for (size_t at = 0; text[at] != '\0';) {
        if (text[at] == ' ') {
            at++;
            continue;
        }
        if (phrase->part_count == PHRASE_PARTS_MOST) {
            return PHRASE_TOO_MANY;
        }
        struct phrase_part *part = &phrase->parts[phrase->part_count++];
        *part = (struct phrase_part){.optional = text[at] == '['};
        size_t from = at, end;
        if (text[at] == '(' || text[at] == '[') {
            const char *closing = strchr(text + at, text[at] == '(' ? ')' : ']');
            if (closing == NULL) {
                return PHRASE_MALFORMED;
            }
            from = at + 1;
            end = (size_t)(closing - text);
            at = end + 1;
        } else {
            end = at + strcspn(text + at, " ([");
            at = end;
        }
        if (strcspn(text + from, "()[]") < end - from) {
            return PHRASE_MALFORMED; /* groups have no groups in them */
        }
        enum phrase_status status = choices_add(compiling, part, text + from, end - from, 0);
        if (status != PHRASE_OK) {
            return status;
        }
    }
    return PHRASE_OK;
}

/* Notes the characters that the phrase may begin with: those of its parts up to the first that is not optional. */
static void letters_note(const struct phrase_book *book, struct phrase *phrase) {
    phrase->firsts = phrase->seconds = 0;
    for (size_t i = 0; i < phrase->part_count; i++) {
        const struct phrase_part *part = &phrase->parts[i];
        for (size_t j = 0; j < part->list_count; j++) {
            const struct choice_list *list = &book->lists[part->lists[j]];
            for (size_t k = 0; k < list->count; k++) {
                phrase->firsts |= phrase_letter(list->choices[k].key[0]);
                phrase->seconds |= phrase_letter(list->choices[k].key[1]);
            }
        }
        if (!part->optional) {
            return;
        }
    }
}

enum phrase_status phrase_add(struct phrase_book *book, struct arena *arena, const char *text, const json_t *words,
                              const struct phrase *like) {
    struct compiling compiling = {book, arena, words};
    struct phrase_part parts[PHRASE_PARTS_MOST];
    struct phrase made = *like;
    made.part_count = 0;
    made.parts = parts;
    if (book->phrase_count == PHRASES_MOST) {
        return PHRASE_TOO_MANY;
    }
    enum phrase_status status = parts_parse(&compiling, text, &made);
    if (status != PHRASE_OK) {
        return status;
    }
    letters_note(book, &made);
    bool solid = false; /* a phrase of only optional parts would be found everywhere */
    for (size_t i = 0; i < made.part_count; i++) {
        solid = solid || !parts[i].optional;
    }
    if (!solid) {
        return PHRASE_MALFORMED;
    }
    made.parts = arena_allocate(arena, made.part_count * sizeof *made.parts);
    struct phrase *phrases = array_grow(arena, book->phrases, book->phrase_count, &book->phrase_room, sizeof *phrases);
    if (made.parts == NULL || phrases == NULL) {
        return PHRASE_MEMORY;
    }
    memcpy(made.parts, parts, made.part_count * sizeof *parts);
    book->phrases = phrases;
    phrases[book->phrase_count++] = made;
    return PHRASE_OK;
}
