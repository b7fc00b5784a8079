/* phrase.c - the small grammar of labels: words, (one|of|these), [maybe|this], {NAME} for a list of the layout. */
#include "fields/phrase.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/meter.h"

enum { PARTS_MOST = 12, CHOICES_MOST = 40, SPELLINGS_MOST = 4000, PHRASES_MOST = 20000, KEY_MOST = 80 };

struct part {
    const char *choice[CHOICES_MOST]; /* folded; "" for "nothing" */
    size_t count;
};

struct spelling {
    struct part parts[PARTS_MOST];
    size_t count;
};

static bool list_grow(struct phrase_list *list) {
    if (list->count < list->room) {
        return true;
    }
    size_t room = list->room == 0 ? 512 : list->room * 2;
    struct phrase *items = meter_reallocate(list->meter, list->items, room * sizeof *items);
    if (items == NULL) {
        return false;
    }
    list->items = items;
    unsigned char *rank = meter_reallocate(list->meter, list->rank, room);
    if (rank == NULL) {
        return false;
    }
    list->rank = rank;
    list->room = room;
    return true;
}

static enum phrase_status choice_add(struct arena *scratch, struct part *part, const char *text, size_t bytes) {
    struct fold fold;
    if (part->count == CHOICES_MOST) {
        return PHRASE_TOO_MANY;
    }
    if (!fold_text(scratch, text, bytes, &fold)) {
        return PHRASE_MEMORY;
    }
    part->choice[part->count++] = fold.look;
    return PHRASE_OK;
}

/* The choices between bars; a {NAME} among them stands for the choices of that list. */
static enum phrase_status choices_add(struct arena *scratch, struct part *part, const char *text, size_t bytes,
                                      const json_t *words, int level) {
    enum phrase_status status = PHRASE_OK;
    for (size_t from = 0; from <= bytes && status == PHRASE_OK;) {
        size_t to = from;
        while (to < bytes && text[to] != '|') {
            to++;
        }
        if (to > from && text[from] == '{') {
            char name[48];
            size_t count = to - from - 2;
            if (to - from < 3 || text[to - 1] != '}' || count >= sizeof name || level > 2) {
                return PHRASE_MALFORMED;
            }
            memcpy(name, text + from + 1, count);
            name[count] = '\0';
            const char *list = json_string_value(json_object_get(words, name));
            if (list == NULL) {
                return PHRASE_MALFORMED;
            }
            status = choices_add(scratch, part, list, strlen(list), words, level + 1);
        } else {
            status = choice_add(scratch, part, text + from, to - from);
        }
        from = to + 1;
    }
    return status;
}

static enum phrase_status spelling_parse(struct arena *scratch, const char *text, const json_t *words,
                                         struct spelling *spelling) {
    spelling->count = 0;
    for (size_t at = 0; text[at] != '\0';) {
        if (text[at] == ' ') {
            at++;
            continue;
        }
        if (spelling->count == PARTS_MOST) {
            return PHRASE_TOO_MANY;
        }
        struct part *part = &spelling->parts[spelling->count++];
        part->count = 0;
        size_t end;
        enum phrase_status status;
        if (text[at] == '(' || text[at] == '[') {
            char close = text[at] == '(' ? ')' : ']';
            const char *closing = strchr(text + at, close);
            if (closing == NULL) {
                return PHRASE_MALFORMED;
            }
            end = (size_t)(closing - text);
            if (close == ']') {
                part->choice[part->count++] = "";
            }
            status = choices_add(scratch, part, text + at + 1, end - at - 1, words, 0);
            end++;
        } else {
            end = at + strcspn(text + at, " ([");
            status = text[at] == '{' ? choices_add(scratch, part, text + at, end - at, words, 0)
                                     : choice_add(scratch, part, text + at, end - at);
        }
        if (status != PHRASE_OK) {
            return status;
        }
        at = end;
    }
    return PHRASE_OK;
}

static enum phrase_status spelling_add(struct phrase_list *list, const struct spelling *spelling, const size_t *pick,
                                       const struct phrase *like, unsigned char rank) {
    char key[KEY_MOST];
    size_t count = 0;
    for (size_t i = 0; i < spelling->count; i++) {
        const char *choice = spelling->parts[i].choice[pick[i]];
        size_t more = strlen(choice);
        if (count + more >= sizeof key) {
            return PHRASE_OK; /* longer than any label: it could not be matched */
        }
        memcpy(key + count, choice, more);
        count += more;
    }
    if (count == 0) {
        return PHRASE_OK;
    }
    if (list->count >= PHRASES_MOST) {
        return PHRASE_TOO_MANY;
    }
    key[count] = '\0';
    char *copy = arena_allocate(list->scratch, count + 1);
    if (copy == NULL || !list_grow(list)) {
        return PHRASE_MEMORY;
    }
    memcpy(copy, key, count + 1);
    list->items[list->count] = *like;
    list->items[list->count].key = copy;
    list->items[list->count].count = (uint16_t)count;
    list->rank[list->count++] = rank;
    return PHRASE_OK;
}

enum phrase_status phrase_add(struct phrase_list *list, const char *text, const json_t *words,
                              const struct phrase *like, unsigned char rank) {
    struct spelling *spelling = arena_allocate(list->scratch, sizeof *spelling);
    if (spelling == NULL) {
        return PHRASE_MEMORY;
    }
    enum phrase_status status = spelling_parse(list->scratch, text, words, spelling);
    size_t pick[PARTS_MOST] = {0};
    size_t made = 0;
    while (status == PHRASE_OK && spelling->count > 0) {
        if (++made > SPELLINGS_MOST) {
            return PHRASE_TOO_MANY;
        }
        status = spelling_add(list, spelling, pick, like, rank);
        size_t i = 0;
        while (i < spelling->count && ++pick[i] == spelling->parts[i].count) {
            pick[i++] = 0;
        }
        if (i == spelling->count) {
            break;
        }
    }
    return status;
}

struct ranked {
    struct phrase phrase;
    unsigned char rank;
};

static bool is_label(enum phrase_kind kind) {
    return kind != PHRASE_ANCHOR && kind != PHRASE_AGAINST;
}

/* First character, then longest first, then the text, labels before anchors, the layout's own first. */
static int compare_phrases(const void *left, const void *right) {
    const struct ranked *a = left, *b = right;
    if (a->phrase.key[0] != b->phrase.key[0]) {
        return (unsigned char)a->phrase.key[0] < (unsigned char)b->phrase.key[0] ? -1 : 1;
    }
    if (a->phrase.count != b->phrase.count) {
        return a->phrase.count > b->phrase.count ? -1 : 1;
    }
    int order = strcmp(a->phrase.key, b->phrase.key);
    if (order != 0) {
        return order;
    }
    if (is_label(a->phrase.kind) != is_label(b->phrase.kind)) {
        return is_label(a->phrase.kind) ? -1 : 1;
    }
    if (a->rank != b->rank) {
        return a->rank > b->rank ? -1 : 1;
    }
    if (a->phrase.kind != b->phrase.kind) {
        return a->phrase.kind < b->phrase.kind ? -1 : 1;
    }
    return a->phrase.field < b->phrase.field ? -1 : a->phrase.field > b->phrase.field;
}

/* Of labels with equal keys only those of the highest rank stay, each field once. */
static bool is_superseded(const struct ranked *all, size_t index, size_t group) {
    const struct ranked *item = &all[index];
    if (index == group) {
        return false;
    }
    if (is_label(item->phrase.kind) && is_label(all[group].phrase.kind) && item->rank < all[group].rank) {
        return true;
    }
    const struct ranked *before = &all[index - 1];
    return before->phrase.kind == item->phrase.kind && before->phrase.field == item->phrase.field;
}

static void index_build(struct layout *layout) {
    size_t at = 0;
    for (unsigned c = 0; c < 256; c++) {
        layout->start[c] = (uint32_t)at;
        while (at < layout->phrase_count && (unsigned char)layout->phrases[at].key[0] == c) {
            at++;
        }
    }
    layout->start[256] = (uint32_t)at;
}

enum phrase_status phrase_finish(struct phrase_list *list, struct layout *layout) {
    struct ranked *all = arena_allocate(list->scratch, (list->count + 1) * sizeof *all);
    layout->phrases = arena_allocate(list->keys, (list->count + 1) * sizeof *layout->phrases);
    if (all == NULL || layout->phrases == NULL) {
        return PHRASE_MEMORY;
    }
    size_t key_bytes = 0;
    for (size_t i = 0; i < list->count; i++) {
        all[i] = (struct ranked){list->items[i], list->rank[i]};
        key_bytes += list->items[i].count + 1u;
    }
    qsort(all, list->count, sizeof *all, compare_phrases);
    char *keys = arena_allocate(list->keys, key_bytes + 1);
    if (keys == NULL) {
        return PHRASE_MEMORY;
    }
    size_t group = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0 && strcmp(all[i].phrase.key, all[group].phrase.key) != 0) {
            group = i;
        }
        if (is_superseded(all, i, group)) {
            continue;
        }
        struct phrase *phrase = &layout->phrases[layout->phrase_count++];
        *phrase = all[i].phrase;
        phrase->key = memcpy(keys, all[i].phrase.key, phrase->count + 1u);
        keys += phrase->count + 1u;
    }
    index_build(layout);
    return PHRASE_OK;
}
