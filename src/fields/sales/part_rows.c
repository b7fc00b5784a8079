/* part_rows.c - reads the rows of taxes and payments: name, rate, base and amount. */
#include "fields/sales/part_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "fields/record.h"
#include "fields/values/scan.h"

enum { AMOUNTS_MOST = 6, RATE_DIGITS = 3, LETTERS_MOST = 24, MARK_CHARACTERS = 2 };

/* ---- numbers ---- */

long long part_rate_thousandths(const struct part *part) {
    return part->rate[0] == '\0' ? PART_NONE : (long long)(strtod(part->rate, NULL) * PERCENT_THOUSANDTHS + 0.5);
}

bool part_rate_fits(long long base_cents, long long rate_thousandths, long long cents) {
    enum { SHARE = 200, WHOLE = 100, DIVISOR = 100 * PERCENT_THOUSANDTHS };
    long long wanted = (base_cents * rate_thousandths + DIVISOR / 2) / DIVISOR;
    bool whole = base_cents % WHOLE == 0 && cents % WHOLE == 0 && base_cents >= 100 * WHOLE;
    long long most = 1 + cents / SHARE;
    return llabs(wanted - cents) <= (whole && most < WHOLE ? WHOLE : most);
}

/* A percentage that begins here: "16,00%", "16 %". Gives the bytes that it takes, 0 for none. */
static size_t rate_at(const char *text, size_t bytes, size_t at, char rate[RATE_BYTES]) {
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

/* The first percentage of a piece of a row. */
static bool rate_find(const char *text, size_t bytes, char rate[RATE_BYTES]) {
    for (size_t at = 0; at < bytes; at++) {
        if (scan_is_digit(text[at]) && rate_at(text, bytes, at, rate) > 0) {
            return true;
        }
    }
    rate[0] = '\0';
    return false;
}

/* ---- the row ---- */

static bool is_of_row(const struct lince_box *box, const struct part *part) {
    return box_same_row(*box, part->box) > ROW_SURE_SHARE;
}

/* Whether it is a piece of another amount: ".82" of "$ 1,557.82". */
static bool is_piece(const struct search *search, const struct candidate *amount) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->type == VALUE_MONEY && box_width(other->first_box) > box_width(amount->first_box) &&
            candidate_extents_overlap(other, amount)) {
            return true;
        }
    }
    return false;
}

/* The amounts of the row after its name, from the left to the right. */
static size_t amounts_collect(const struct search *search, const struct part *part, size_t name_end,
                              const struct candidate *amounts[AMOUNTS_MOST]) {
    size_t count = 0;
    for (size_t i = 0; i < search->candidate_count && count < AMOUNTS_MOST; i++) {
        const struct candidate *candidate = &search->candidates[i];
        bool own = candidate->segment == part->segment;
        if (candidate->type != VALUE_MONEY || candidate->extent_count != 1 || !is_of_row(&candidate->first_box, part) ||
            (own ? candidate->extents[0].to <= name_end : candidate->first_box.x0 < part->box.x1) ||
            is_piece(search, candidate)) {
            continue;
        }
        size_t at = count++;
        while (at > 0 && amounts[at - 1]->first_box.x0 > candidate->first_box.x0) {
            amounts[at] = amounts[at - 1];
            at--;
        }
        amounts[at] = candidate;
    }
    return count;
}

/* The rate printed anywhere on the row. */
static void rate_read(const struct search *search, struct part *part) {
    for (size_t i = 0; i < search->sheet.segment_count && part->rate[0] == '\0'; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (i == part->segment || is_of_row(&segment->box, part)) {
            rate_find(search->sheet.lines[segment->line].text + segment->from, segment->to - segment->from, part->rate);
        }
    }
}

static void amount_set(struct part *part, const struct candidate *amount, const struct candidate *base) {
    part->amount = amount;
    part->base = base;
    part->cents = money_hundredths(amount->find.value);
    part->base_cents = base == NULL ? PART_NONE : money_hundredths(base->find.value);
    part->box = box_around(part->box, amount->first_box);
}

/*
 * Which of the row's amounts are base and tax: two that fit the rate; or else the last one is the tax, and a larger one
 * right before it the base.
 */
static void amounts_judge(struct part *part, const struct candidate *const *amounts, size_t count) {
    long long rate = part_rate_thousandths(part);
    for (size_t i = 0; i < count && rate > 0; i++) {
        for (size_t k = 0; k < count; k++) {
            long long base = money_hundredths(amounts[i]->find.value), cents = money_hundredths(amounts[k]->find.value);
            if (i != k && cents > 0 && part_rate_fits(base, rate, cents)) {
                amount_set(part, amounts[k], amounts[i]);
                part->agrees = true;
                return;
            }
        }
    }
    const struct candidate *before = count > 1 ? amounts[count - 2] : NULL;
    bool larger = before != NULL && !before->find.bare &&
                  money_hundredths(before->find.value) > money_hundredths(amounts[count - 1]->find.value);
    amount_set(part, amounts[count - 1], larger ? before : NULL);
    part->differs = larger && rate > 0;
}

/* "IVA 16 51,86": a small number without a sign before the amount is the rate. */
static size_t bare_rate_take(struct part *part, const struct candidate **amounts, size_t count) {
    enum { RATE_MOST_CENTS = 40 * 100 };
    if (part->rate[0] != '\0' || count < 2 || !amounts[0]->find.bare ||
        money_hundredths(amounts[0]->find.value) > RATE_MOST_CENTS) {
        return count;
    }
    snprintf(part->rate, sizeof part->rate, "%.*s", (int)strcspn(amounts[0]->find.value, "."), amounts[0]->find.value);
    memmove(amounts, amounts + 1, (count - 1) * sizeof *amounts);
    return count - 1;
}

/* The name ends before a rate, a bracket, a sign or an amount. */
static void name_cut(const struct sheet_line *line, const struct segment *segment, size_t from, size_t to,
                     struct part *part) {
    size_t end = to;
    while (end < segment->to && (scan_is_letter(line->text[end]) || line->text[end] == ' ' || line->text[end] == '.')) {
        end++;
    }
    bool own = part->amount->segment == part->segment && part->amount->extents[0].from >= to;
    const struct candidate *first = part->base != NULL && part->base->segment == part->segment ? part->base
                                    : own                                                      ? part->amount
                                                                                               : NULL;
    end = first != NULL && first->extents[0].from < end ? first->extents[0].from : end;
    while (end > from && strchr(" :,;-(", line->text[end - 1]) != NULL) {
        end--;
    }
    bool short_form =
        end > from + 2 && line->text[end - 1] == '.' && memchr(line->text + from, '.', end - 1 - from) != NULL;
    end -= end > from && line->text[end - 1] == '.' && !short_form; /* but "I.G.V." */
    part->name = line->text + from;
    part->name_bytes = end - from;
}

/* How many letters are between the name and the end of its piece. */
static size_t letters_behind(const struct sheet_line *line, const struct segment *segment, size_t to) {
    size_t count = 0;
    for (size_t at = to; at < segment->to; at++) {
        count += scan_is_letter(line->text[at]);
    }
    return count;
}

/* ---- the name ---- */

/* Where the name of a row may begin: at its start, after a mark, or after a rate ("10% LEY"). */
static bool may_begin(const struct sheet_line *line, const struct segment *segment, size_t at) {
    char rate[RATE_BYTES];
    const char *text = line->text + segment->from;
    size_t byte = line->fold.from[at] - segment->from, taken = rate_at(text, segment->to - segment->from, 0, rate);
    if (!fold_word_starts(&line->fold, at)) {
        return false;
    }
    bool behind_rate = taken > 0 && byte >= taken && byte <= taken + 1;
    return at == segment->fold_from || behind_rate || at - segment->fold_from <= MARK_CHARACTERS;
}

/* The longest label of the field at the beginning of the segment. */
static bool name_find(const struct search *search, size_t field, const struct segment *segment,
                      struct phrase_memo *memo, struct phrase_hit *best) {
    const struct phrase_book *book = &search->layout->book;
    const struct sheet_line *line = &search->sheet.lines[segment->line];
    bool found = false;
    for (size_t at = segment->fold_from; at < segment->fold_to && !found; at++) {
        for (int forgiving = 0; forgiving <= 1 && !found && may_begin(line, segment, at); forgiving++) {
            phrase_memo_clear(memo);
            for (size_t i = 0; i < book->phrase_count; i++) {
                const struct phrase *phrase = &book->phrases[i];
                struct phrase_hit hit;
                bool good = phrase->kind == PHRASE_ROW && phrase->field == field &&
                            phrase_match(book, phrase, &line->fold, at, segment->fold_to, forgiving == 1, memo, &hit);
                if (good && (!found || phrase_hit_is_better(&hit, best))) {
                    *best = hit;
                    found = true;
                }
            }
        }
    }
    return found;
}

/* Reads the row of a segment; false if it names no such thing or has no amount. */
static bool row_read(const struct search *search, size_t field, size_t index, struct phrase_memo *memo,
                     struct part *part) {
    const struct segment *segment = &search->sheet.segments[index];
    const struct sheet_line *line = &search->sheet.lines[segment->line];
    const struct candidate *amounts[AMOUNTS_MOST];
    struct phrase_hit hit = {0};
    if (line->chrome || segment->running || !name_find(search, field, segment, memo, &hit)) {
        return false;
    }
    size_t from = line->fold.from[hit.from], to = line->fold.to[hit.to - 1];
    *part = (struct part){.segment = index};
    part->box = sheet_extent_box(&search->sheet, (struct extent){segment->line, from, to});
    size_t count = amounts_collect(search, part, to, amounts);
    if (count == 0 || letters_behind(line, segment, to) > LETTERS_MOST) {
        return false;
    }
    if (search->layout->fields[field].type == VALUE_TAXES) {
        rate_read(search, part);
        count = bare_rate_take(part, amounts, count);
        amounts_judge(part, amounts, count);
    } else {
        amount_set(part, amounts[count - 1], NULL);
    }
    name_cut(line, segment, from, to, part);
    return part->cents >= 0 && part->name_bytes > 0;
}

bool parts_find(const struct search *search, size_t field, struct part_list *list) {
    struct phrase_memo *memo = phrase_memo_make(search->arena, &search->layout->book);
    list->count = 0;
    for (size_t i = 0; memo != NULL && i < search->sheet.segment_count && list->count < PARTS_MOST; i++) {
        struct part part;
        if (!row_read(search, field, i, memo, &part)) {
            continue;
        }
        size_t at = list->count++;
        while (at > 0 && box_middle(list->parts[at - 1].box) > box_middle(part.box)) {
            list->parts[at] = list->parts[at - 1];
            at--;
        }
        list->parts[at] = part;
    }
    return memo != NULL;
}
