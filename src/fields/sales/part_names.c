/* part_names.c - finds the names of rows, also several in one row, and parts the row between them. */
#include "fields/sales/part_names.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fields/values/scan.h"

enum { RATE_DIGITS = 3, MARK_CHARACTERS = 2 };

/* What may stand between an amount and the name or rate that follows it. */
static const char separators[] = " ,;|/-(.+";

/* What a search for names needs at each place. */
struct naming {
    const struct search *search;
    size_t field;
    struct phrase_memo *memo;
    struct part_name_list *list;
};

size_t part_rate_at(const char *text, size_t bytes, size_t at, char rate[RATE_BYTES]) {
    size_t used = 0, digits = 0, from = at;
    bool point = false;
    if (at > 0 && (scan_is_digit(text[at - 1]) || text[at - 1] == '.' || text[at - 1] == ',')) {
        return 0;
    }
    while (at < bytes && used + 1 < RATE_BYTES) {
        bool separates = (text[at] == '.' || text[at] == ',') && digits > 0 && !point;
        if (!scan_is_digit(text[at]) && !separates) {
            break;
        }
        point = point || separates;
        digits += !point;
        rate[used++] = separates ? '.' : text[at];
        at++;
    }
    at += at < bytes && text[at] == ' ';
    rate[used] = '\0';
    bool good = digits > 0 && digits <= RATE_DIGITS && at < bytes && text[at] == '%' && rate[used - 1] != '.';
    return good && strtod(rate, NULL) <= 100 ? at + 1 - from : 0;
}

bool part_is_piece(const struct search *search, const struct candidate *amount) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->type == VALUE_MONEY && box_width(other->first_box) > box_width(amount->first_box) &&
            candidate_extents_overlap(other, amount)) {
            return true;
        }
    }
    return false;
}

/* ---- names ---- */

/* Where the name of a row may begin: at its start, after a mark, or after a rate ("10% LEY"). */
static bool may_begin(const struct sheet_line *line, const struct segment *segment, size_t at) {
    char rate[RATE_BYTES];
    const char *text = line->text + segment->from;
    size_t byte = line->fold.from[at] - segment->from, taken = part_rate_at(text, segment->to - segment->from, 0, rate);
    if (!fold_word_starts(&line->fold, at)) {
        return false;
    }
    bool behind_rate = taken > 0 && byte >= taken && byte <= taken + 1;
    return at == segment->fold_from || behind_rate || at - segment->fold_from <= MARK_CHARACTERS;
}

/* The longest label of the field that begins at the character. */
static bool name_at(const struct naming *naming, const struct segment *segment, size_t at, bool forgiving,
                    struct phrase_hit *best) {
    const struct phrase_book *book = &naming->search->layout->book;
    const struct sheet_line *line = &naming->search->sheet.lines[segment->line];
    bool found = false;
    phrase_memo_clear(naming->memo);
    for (size_t i = 0; i < book->phrase_count; i++) {
        const struct phrase *phrase = &book->phrases[i];
        struct phrase_hit hit;
        bool good = phrase->kind == PHRASE_ROW && phrase->field == naming->field &&
                    phrase_match(book, phrase, &line->fold, at, segment->fold_to, forgiving, naming->memo, &hit);
        if (good && (!found || phrase_hit_is_better(&hit, best))) {
            *best = hit;
            found = true;
        }
    }
    return found;
}

/* The longest label of the field at the beginning of the segment. */
static bool first_find(const struct naming *naming, const struct segment *segment, struct phrase_hit *best) {
    const struct sheet_line *line = &naming->search->sheet.lines[segment->line];
    bool found = false;
    for (size_t at = segment->fold_from; at < segment->fold_to && !found; at++) {
        for (int forgiving = 0; forgiving <= 1 && !found && may_begin(line, segment, at); forgiving++) {
            found = name_at(naming, segment, at, forgiving == 1, best);
        }
    }
    return found;
}

static void name_add(const struct naming *naming, size_t segment, size_t from, size_t to, size_t box_from, bool inner) {
    const struct segment *of = &naming->search->sheet.segments[segment];
    if (naming->list->count == PART_NAMES_MOST) {
        return;
    }
    naming->list->names[naming->list->count++] = (struct part_name){
        .segment = segment,
        .from = from,
        .to = to,
        .end = of->to,
        .inner = inner,
        .box = sheet_extent_box(&naming->search->sheet,
                                (struct extent){of->line, box_from, box_from == from ? to : of->to}),
    };
}

/* The first amount of the segment that begins at the byte or behind it; NULL for none. */
static const struct candidate *next_amount(const struct search *search, size_t segment, size_t from) {
    const struct candidate *first = NULL;
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *amount = &search->candidates[i];
        if (amount->type == VALUE_MONEY && amount->segment == segment && amount->extent_count == 1 &&
            amount->extents[0].from >= from &&
            (first == NULL || amount->extents[0].from < first->extents[0].from ||
             (amount->extents[0].from == first->extents[0].from && amount->extents[0].to > first->extents[0].to))) {
            first = amount;
        }
    }
    return first;
}

/* Whether a rate is printed between two bytes of the segment's line. */
static bool has_rate_between(const struct sheet_line *line, size_t from, size_t to) {
    char rate[RATE_BYTES];
    for (size_t at = from; at < to; at++) {
        if (scan_is_digit(line->text[at]) && part_rate_at(line->text, line->bytes, at, rate) > 0) {
            return true;
        }
    }
    return false;
}

/* The names and rates behind amounts of the segment: "IVA 16% 16.00 IEPS 8% 8.00". `named`: a name begins it. */
static void others_add(const struct naming *naming, size_t index, bool named, struct phrase_hit first) {
    const struct segment *segment = &naming->search->sheet.segments[index];
    const struct sheet_line *line = &naming->search->sheet.lines[segment->line];
    size_t from = named ? line->fold.from[first.from] : segment->from;
    size_t to = named ? line->fold.to[first.to - 1] : segment->from, behind = to;
    bool rates = false; /* the name's own rate precedes its amount */
    for (const struct candidate *amount; (amount = next_amount(naming->search, index, behind)) != NULL;) {
        rates = rates || (named && has_rate_between(line, to, amount->extents[0].from));
        behind = amount->extents[0].to;
        size_t byte = behind, at = segment->fold_from;
        while (byte < segment->to && strchr(separators, line->text[byte]) != NULL) {
            byte++;
        }
        while (at < segment->fold_to && line->fold.from[at] < byte) {
            at++;
        }
        char rate[RATE_BYTES];
        struct phrase_hit hit;
        if (byte == behind || at == segment->fold_to) {
            continue;
        }
        if (name_at(naming, segment, at, false, &hit)) {
            from = line->fold.from[hit.from];
            to = line->fold.to[hit.to - 1];
            behind = to;
            named = true;
            rates = false;
            name_add(naming, index, from, to, from, true);
        } else if (rates && part_rate_at(line->text, segment->to, byte, rate) > 0) {
            name_add(naming, index, from, to, byte, false);
        }
    }
}

static bool is_same_row(const struct part_name *left, const struct part_name *right) {
    return box_same_row(left->box, right->box) > ROW_SURE_SHARE;
}

/* ---- shared rows ---- */

/* Whether a rate precedes the name on its row: then each name's rate and base do. */
static bool has_rate_before(const struct search *search, const struct part_name *name) {
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        size_t to = i == name->segment ? name->from : segment->to;
        if ((i == name->segment ||
             (box_same_row(segment->box, name->box) > ROW_SURE_SHARE && segment->box.x1 <= name->box.x0)) &&
            has_rate_between(&search->sheet.lines[segment->line], segment->from, to)) {
            return true;
        }
    }
    return false;
}

/* The right edge of the first amount of the row behind the name; the name's own for none. */
static double amount_edge(const struct search *search, const struct part_name *name) {
    const struct candidate *first = NULL;
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *amount = &search->candidates[i];
        if (amount->type == VALUE_MONEY && amount->extent_count == 1 && amount->first_box.x0 >= name->box.x1 &&
            box_same_row(amount->first_box, name->box) > ROW_SURE_SHARE && !part_is_piece(search, amount) &&
            (first == NULL || amount->first_box.x0 < first->first_box.x0)) {
            first = amount;
        }
    }
    return first == NULL ? name->box.x1 : first->first_box.x1;
}

/* The nearest other name of the row to the left, or to the right; NULL for none. */
static const struct part_name *neighbour(const struct part_name_list *list, const struct part_name *name, bool left) {
    const struct part_name *best = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct part_name *other = &list->names[i];
        bool beside = left ? other->box.x0 < name->box.x0 : other->box.x0 > name->box.x0;
        bool nearer = best == NULL || (left ? other->box.x0 > best->box.x0 : other->box.x0 < best->box.x0);
        if (other != name && beside && nearer && is_same_row(name, other)) {
            best = other;
        }
    }
    return best;
}

/* Parts the row of the name between it and its neighbours. */
static void row_part(const struct search *search, const struct part_name_list *list, struct part_name *name) {
    const struct part_name *left = neighbour(list, name, true), *right = neighbour(list, name, false), *first = name;
    name->shared = left != NULL || right != NULL;
    for (const struct part_name *next = left; next != NULL; next = neighbour(list, next, true)) {
        first = next;
    }
    name->x0 = name->box.x0;
    name->x1 = right == NULL ? INFINITY : right->box.x0;
    if (name->shared && has_rate_before(search, first)) {
        name->x0 = left == NULL ? -INFINITY : amount_edge(search, left);
        name->x1 = amount_edge(search, name);
    }
    if (right != NULL && right->segment == name->segment && right->from > name->from) {
        name->end = right->from;
    }
}

/* A name behind an amount that is alone in its row may be of a line item. */
static void lone_drop(struct part_name_list *list) {
    for (size_t i = list->count; i-- > 0;) {
        const struct part_name *name = &list->names[i];
        if (name->inner && neighbour(list, name, true) == NULL && neighbour(list, name, false) == NULL) {
            list->count--;
            memmove(&list->names[i], &list->names[i + 1], (list->count - i) * sizeof *list->names);
        }
    }
}

bool part_names_find(const struct search *search, size_t field, struct part_name_list *list) {
    struct naming naming = {search, field, phrase_memo_make(search->arena, &search->layout->book), list};
    list->count = 0;
    for (size_t i = 0; i < search->sheet.segment_count && naming.memo != NULL; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        const struct sheet_line *line = &search->sheet.lines[segment->line];
        struct phrase_hit hit = {0};
        if (line->chrome || segment->running) {
            continue;
        }
        bool named = first_find(&naming, segment, &hit);
        if (named) {
            name_add(&naming, i, line->fold.from[hit.from], line->fold.to[hit.to - 1], line->fold.from[hit.from],
                     false);
        }
        others_add(&naming, i, named, hit);
    }
    lone_drop(list);
    for (size_t i = 0; i < list->count; i++) {
        row_part(search, list, &list->names[i]);
    }
    return naming.memo != NULL;
}
