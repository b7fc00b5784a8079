/* part_rows.c - reads the rows of taxes and payments: name, rate, base and amount. */
#include "fields/sales/part_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "fields/record.h"
#include "fields/values/scan.h"

enum { AMOUNTS_MOST = 6, LETTERS_MOST = 24 };

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

/* The first percentage of a piece of a row. */
static bool rate_find(const char *text, size_t bytes, char rate[RATE_BYTES]) {
    for (size_t at = 0; at < bytes; at++) {
        if (scan_is_digit(text[at]) && part_rate_at(text, bytes, at, rate) > 0) {
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

/* Whether the amount is behind the name of its row, or in the name's part of a row with several. */
static bool is_of_name(const struct part_name *name, const struct candidate *amount) {
    bool own = amount->segment == name->segment;
    if (name->shared) {
        return amount->first_box.x0 >= name->x0 && amount->first_box.x0 < name->x1;
    }
    return own ? amount->extents[0].to > name->to : amount->first_box.x0 >= name->box.x1;
}

/* The amounts of the row that belong to its name, from the left to the right. */
static size_t amounts_collect(const struct search *search, const struct part *part, const struct part_name *name,
                              const struct candidate *amounts[AMOUNTS_MOST]) {
    size_t count = 0;
    for (size_t i = 0; i < search->candidate_count && count < AMOUNTS_MOST; i++) {
        const struct candidate *candidate = &search->candidates[i];
        if (candidate->type != VALUE_MONEY || candidate->extent_count != 1 || !is_of_row(&candidate->first_box, part) ||
            !is_of_name(name, candidate) || part_is_piece(search, candidate)) {
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

/* The rate in the name's part of the row. */
static void shared_rate_read(const struct search *search, const struct part_name *name, struct part *part) {
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        const char *text = search->sheet.lines[segment->line].text;
        for (size_t at = segment->from; at < segment->to && is_of_row(&segment->box, part); at++) {
            size_t bytes = scan_is_digit(text[at]) ? part_rate_at(text, segment->to, at, part->rate) : 0;
            double x = sheet_extent_box(&search->sheet, (struct extent){segment->line, at, at + bytes}).x0;
            if (bytes > 0 && x >= name->x0 && x < name->x1) {
                return;
            }
        }
    }
    part->rate[0] = '\0';
}

/* The rate printed anywhere on the row. */
static void rate_read(const struct search *search, const struct part_name *name, struct part *part) {
    if (name->shared) {
        shared_rate_read(search, name, part);
        return;
    }
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
    bool own_base = part->base != NULL && part->base->segment == part->segment && part->base->extents[0].from >= to;
    const struct candidate *first = own_base ? part->base : own ? part->amount : NULL;
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
static size_t letters_behind(const struct sheet_line *line, const struct part_name *name) {
    size_t count = 0;
    for (size_t at = name->to; at < name->end; at++) {
        count += scan_is_letter(line->text[at]);
    }
    return count;
}

/* Reads the row of a name; false if it has no amount. */
static bool row_read(const struct search *search, size_t field, const struct part_name *name, struct part *part) {
    const struct segment *segment = &search->sheet.segments[name->segment];
    const struct sheet_line *line = &search->sheet.lines[segment->line];
    const struct candidate *amounts[AMOUNTS_MOST];
    *part = (struct part){.segment = name->segment, .box = name->box};
    size_t count = amounts_collect(search, part, name, amounts);
    if (count == 0 || letters_behind(line, name) > LETTERS_MOST) {
        return false;
    }
    if (search->layout->fields[field].type == VALUE_TAXES) {
        rate_read(search, name, part);
        count = bare_rate_take(part, amounts, count);
        amounts_judge(part, amounts, count);
    } else {
        amount_set(part, amounts[count - 1], NULL);
    }
    name_cut(line, segment, name->from, name->to, part);
    return part->cents >= 0 && part->name_bytes > 0;
}

/* Whether two rows name the same tax. */
static bool is_same_name(const struct part *left, const struct part *right) {
    return left->name_bytes == right->name_bytes && strncasecmp(left->name, right->name, left->name_bytes) == 0;
}

/* "IVA 21% 1.000,00 IVA 210,00": the first names the base. "IVA 10% 500,00 IGTF 50,00" are two taxes. */
static void bases_join(struct part_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        struct part *base = &list->parts[i];
        long long rate = base->base == NULL ? part_rate_thousandths(base) : PART_NONE;
        for (size_t k = 0; k < list->count && rate > 0; k++) {
            struct part *tax = &list->parts[k];
            if (k != i && is_same_name(base, tax) && tax->rate[0] == '\0' &&
                tax->amount->first_box.x0 > base->amount->first_box.x1 && is_of_row(&tax->amount->first_box, base) &&
                part_rate_fits(base->cents, rate, tax->cents)) {
                amount_set(base, tax->amount, base->amount);
                base->agrees = true;
                list->count--;
                memmove(tax, tax + 1, (list->count - k) * sizeof *tax);
                i -= k < i;
                break;
            }
        }
    }
}

bool parts_find(const struct search *search, size_t field, struct part_list *list) {
    struct part_name_list *names = arena_allocate(search->arena, sizeof *names);
    list->count = 0;
    if (names == NULL || !part_names_find(search, field, names)) {
        return false;
    }
    for (size_t i = 0; i < names->count && list->count < PARTS_MOST; i++) {
        struct part part;
        if (!row_read(search, field, &names->names[i], &part)) {
            continue;
        }
        size_t at = list->count++;
        while (at > 0 && box_middle(list->parts[at - 1].box) > box_middle(part.box)) {
            list->parts[at] = list->parts[at - 1];
            at--;
        }
        list->parts[at] = part;
    }
    bases_join(list);
    return true;
}
