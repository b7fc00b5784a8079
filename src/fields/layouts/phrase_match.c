/* phrase_match.c - finds phrases in folded text, part by part, with a recognition error or two allowed. */
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "fields/layouts/phrase.h"

/* A word with this many letters may have one recognition error, or two. */
enum { ONE_ERROR_LETTERS = 5, TWO_ERRORS_LETTERS = 14 };

enum { ENDS_MOST = 6, NOT_LOOKED = 255 };

/* Where the choices of a list that begin at one place end. */
struct ends {
    unsigned char count; /* NOT_LOOKED: not computed yet */
    struct {
        uint16_t to;
        unsigned char errors;
    } item[ENDS_MOST];
};

struct phrase_memo {
    size_t count;
    struct ends ends[];
};

struct phrase_memo *phrase_memo_make(struct arena *arena, const struct phrase_book *book) {
    struct phrase_memo *memo = arena_allocate(arena, sizeof *memo + (book->list_count + 1) * sizeof *memo->ends);
    if (memo != NULL) {
        memo->count = book->list_count;
        phrase_memo_clear(memo);
    }
    return memo;
}

void phrase_memo_clear(struct phrase_memo *memo) {
    for (size_t i = 0; i < memo->count; i++) {
        memo->ends[i].count = NOT_LOOKED;
    }
}

bool fold_word_ends(const struct fold *fold, size_t at) {
    return at >= fold->count || fold->from[at] != fold->to[at - 1];
}

bool fold_word_starts(const struct fold *fold, size_t at) {
    return at == 0 || fold->from[at] != fold->to[at - 1];
}

static unsigned errors_allowed(size_t count) {
    return count >= TWO_ERRORS_LETTERS ? 2 : count >= ONE_ERROR_LETTERS ? 1 : 0;
}

static void end_add(struct ends *ends, size_t to, unsigned errors) {
    for (size_t i = 0; i < ends->count; i++) {
        if (ends->item[i].to == to) {
            ends->item[i].errors = errors < ends->item[i].errors ? (unsigned char)errors : ends->item[i].errors;
            return;
        }
    }
    if (ends->count < ENDS_MOST) {
        ends->item[ends->count].to = (uint16_t)to;
        ends->item[ends->count++].errors = (unsigned char)errors;
    }
}

/* Three of the first four characters must match in place or one further: a cheap test before the distance. */
static bool is_worth_measuring(const char *text, size_t room, const struct choice *choice) {
    const char *key = choice->key;
    if (room < 3) {
        return false;
    }
    bool second = text[1] == key[1];
    return (text[0] == key[0] && (second || text[1] == key[2] || text[2] == key[1] || text[2] == key[2])) ||
           (second && text[2] == key[2]) || (text[0] == key[1] && text[1] == key[2]);
}

/* Half of its characters are printed as digits: "AV 0 # 11" is no "avoir" with an error. */
static bool is_number(const struct fold *fold, size_t from, size_t to) {
    size_t digits = 0;
    for (size_t at = from; at < to; at++) {
        digits += fold->plain[at] >= '0' && fold->plain[at] <= '9';
    }
    return 2 * digits >= to - from;
}

static void choice_forgive(const struct fold *fold, size_t at, size_t end, const struct choice *choice,
                           struct ends *ends) {
    unsigned limit = errors_allowed(choice->count);
    if (limit == 0 || at + choice->count > end + limit || !is_worth_measuring(fold->look + at, end - at, choice)) {
        return;
    }
    for (size_t to = at + choice->count - limit; to <= at + choice->count + limit && to <= end; to++) {
        if (to != end && !fold_word_ends(fold, to)) {
            continue;
        }
        unsigned distance = fold_distance(fold->look + at, to - at, choice->key, choice->count, limit);
        if (distance > 0 && distance <= limit && !is_number(fold, at, to)) {
            end_add(ends, to, distance);
        }
    }
}

static void list_look(const struct choice_list *list, const struct fold *fold, size_t at, size_t end, bool forgiving,
                      struct ends *ends) {
    ends->count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct choice *choice = &list->choices[i];
        if (at + choice->count <= end && fold->look[at] == choice->key[0] &&
            memcmp(fold->look + at, choice->key, choice->count) == 0) {
            end_add(ends, at + choice->count, 0);
        } else if (forgiving) {
            choice_forgive(fold, at, end, choice, ends);
        }
    }
}

bool phrase_hit_is_better(const struct phrase_hit *hit, const struct phrase_hit *other) {
    long value = (long)(hit->to - hit->from) - 3 * (long)hit->distance - (hit->glued ? 4 : 0);
    long old = (long)(other->to - other->from) - 3 * (long)other->distance - (other->glued ? 4 : 0);
    return value > old;
}

struct matching {
    const struct phrase_book *book;
    const struct phrase *phrase;
    const struct fold *fold;
    size_t from, end;
    bool forgiving, found;
    struct phrase_memo *memo;
    struct phrase_hit *best;
};

static bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

/* All parts matched: tests whether a label may end here. */
static void end_try(struct matching *matching, size_t to, unsigned errors) {
    const struct fold *fold = matching->fold;
    size_t count = to - matching->from;
    bool ends = to == matching->end || fold_word_ends(fold, to);
    bool digit_behind = !ends && is_letter(fold->plain[to - 1]) && !is_letter(fold->plain[to]);
    if (count == 0 || (!ends && !digit_behind && count < 8) || errors > errors_allowed(count)) {
        return;
    }
    struct phrase_hit hit = {matching->from, to, errors, !ends};
    if (!matching->found || phrase_hit_is_better(&hit, matching->best)) {
        *matching->best = hit;
        matching->found = true;
    }
}

static void part_try(struct matching *matching, size_t part_index, size_t at, unsigned errors) {
    if (part_index == matching->phrase->part_count) {
        end_try(matching, at, errors);
        return;
    }
    const struct phrase_part *part = &matching->phrase->parts[part_index];
    if (part->optional) {
        part_try(matching, part_index + 1, at, errors);
    }
    for (size_t i = 0; i < part->list_count && at < matching->end; i++) {
        struct ends here, *ends = &here;
        here.count = NOT_LOOKED;
        if (at == matching->from) {
            ends = &matching->memo->ends[part->lists[i]];
        }
        if (ends->count == NOT_LOOKED) {
            list_look(&matching->book->lists[part->lists[i]], matching->fold, at, matching->end, matching->forgiving,
                      ends);
        }
        for (size_t j = 0; j < ends->count; j++) {
            unsigned sum = errors + ends->item[j].errors;
            if (sum <= 2) {
                part_try(matching, part_index + 1, ends->item[j].to, sum);
            }
        }
    }
}

/*
 * A cheap test before the others: without an error, the first characters are the same; with errors, as
 * is_worth_measuring asks, the first or the second ones are, or the first one here is the second one there.
 */
static bool may_begin(const struct phrase *phrase, const struct fold *fold, size_t at, size_t end) {
    if (at >= end) {
        return true;
    }
    uint32_t first = phrase_letter(fold->look[at]), second = at + 1 < end ? phrase_letter(fold->look[at + 1]) : 0;
    return ((phrase->firsts | phrase->seconds) & first) != 0 || (phrase->seconds & second) != 0;
}

bool phrase_match(const struct phrase_book *book, const struct phrase *phrase, const struct fold *fold, size_t at,
                  size_t end, bool forgiving, struct phrase_memo *memo, struct phrase_hit *hit) {
    if (!may_begin(phrase, fold, at, end)) {
        return false;
    }
    struct matching matching = {
        .book = book,
        .phrase = phrase,
        .fold = fold,
        .from = at,
        .end = end,
        .forgiving = forgiving,
        .memo = memo,
        .best = hit,
    };
    part_try(&matching, 0, at, 0);
    return matching.found;
}
