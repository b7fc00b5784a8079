/*
 * parts.c - the taxes and means of payment of a sale: the rows that name them, which rows count, and the fields and
 * sums that follow.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "fields/record.h"
#include "fields/search.h"
#include "fields/values/scan.h"

enum { PARTS_MOST = 24, RATE_BYTES = 12 };

struct part {
    size_t segment;
    struct lince_box box; /* of its name and amounts */
    const char *name;     /* as printed, without the rate; borrowed from the sheet */
    size_t name_bytes;
    char rate[RATE_BYTES];          /* percent, "16.00"; "" if none is printed */
    const struct candidate *amount; /* borrowed from the search */
    const struct candidate *base;   /* NULL if none is printed */
    long long cents, base_cents;    /* PART_NONE without a base */
    bool agrees, differs;           /* base times rate is the amount, or is not */
};

struct part_list {
    size_t count;
    struct part parts[PARTS_MOST];
};

enum { AMOUNTS_MOST = 6, RATE_DIGITS = 3, LETTERS_MOST = 24, MARK_CHARACTERS = 2, PERCENT_THOUSANDTHS = 1000 };

/* ---- numbers ---- */

/* Thousandths of a percent; PART_NONE without a rate. */
static long long part_rate_thousandths(const struct part *part) {
    return part->rate[0] == '\0' ? PART_NONE : (long long)(strtod(part->rate, NULL) * PERCENT_THOUSANDTHS + 0.5);
}

/* Tills round each item, or to whole units of a currency: half a unit, or one hundredth and a two-hundredth part. */
static bool part_rate_fits(long long base_cents, long long rate_thousandths, long long cents) {
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

/* Finds the rows that begin with a label of the field, from the top down. False when memory is refused. */
static bool parts_find(const struct search *search, size_t field, struct part_list *list) {
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

static const double ROWS_RAW = 0.8; /* the manual score of rows whose sums nothing confirms yet */

/* ---- which rows count ---- */

static void part_remove(struct part_list *list, size_t at) {
    list->count--;
    memmove(&list->parts[at], &list->parts[at + 1], (list->count - at) * sizeof *list->parts);
}

/* Whether another field, "service" or "total", has the amount. `own` is the one field that may. */
static bool is_taken(const struct search *search, const struct part *part, const char *own) {
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct candidate *other = search_chosen(search, i);
        if (other != NULL && other->type == VALUE_MONEY && strcmp(search->layout->fields[i].name, own) != 0 &&
            candidate_extents_overlap(other, part->amount)) {
            return true;
        }
    }
    return false;
}

/* Where a summary begins that repeats what was printed above; the height of the page if there is none. */
static double summary_top(const struct search *search) {
    double top = search->sheet.height_px + 1;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        top = label->kind == PHRASE_END ? fmin(top, label->box.y0) : top;
    }
    return top;
}

static bool is_same(const struct part *left, const struct part *right) {
    return left->cents == right->cents && left->name_bytes == right->name_bytes &&
           strncasecmp(left->name, right->name, left->name_bytes) == 0 && strcmp(left->rate, right->rate) == 0;
}

static long long parts_sum(const struct part_list *list) {
    long long sum = 0;
    for (size_t i = 0; i < list->count; i++) {
        sum += list->parts[i].cents;
    }
    return sum;
}

/* "TOTAL IVA 30.000" repeats the sum of the rows above it. */
static bool is_total_of_others(const struct part_list *list, size_t at) {
    const struct part *part = &list->parts[at];
    return part->rate[0] == '\0' && part->name_bytes > 6 && strncasecmp(part->name, "total ", 6) == 0 &&
           list->count > 1 && parts_sum(list) == 2 * part->cents;
}

/* Rows of a summary, repeated rows, sums of others, and zeros beside amounts do not count. */
static void repeats_drop(const struct search *search, struct part_list *list) {
    double top = summary_top(search);
    bool above = false, more = parts_sum(list) > 0;
    for (size_t i = 0; i < list->count; i++) {
        above = above || list->parts[i].box.y0 < top;
    }
    for (size_t i = list->count; i-- > 0;) {
        bool again = false;
        for (size_t k = 0; k < i; k++) {
            again = again || is_same(&list->parts[k], &list->parts[i]);
        }
        if (again || (above && list->parts[i].box.y0 > top) || (more && list->parts[i].cents == 0) ||
            is_total_of_others(list, i)) {
            part_remove(list, i);
        }
    }
}

/* A number without sign and decimals that is more than the total is no part of it: "VAT/TIN: 226010". */
static void numbers_drop(const struct search *search, struct part_list *list) {
    const struct candidate *total = search_chosen(search, layout_field_find(search->layout, "total"));
    for (size_t i = list->count; i-- > 0;) {
        if (total != NULL && list->parts[i].amount->find.bare &&
            list->parts[i].cents > money_hundredths(total->find.value)) {
            part_remove(list, i);
        }
    }
}

static void taken_drop(const struct search *search, struct part_list *list, const char *own) {
    for (size_t i = list->count; i-- > 0;) {
        if (is_taken(search, &list->parts[i], own)) {
            part_remove(list, i);
        }
    }
}

/* What is withheld is no tax that the buyer pays. */
static void withheld_drop(struct part_list *taxes, const struct part_list *withheld) {
    for (size_t i = taxes->count; i-- > 0;) {
        for (size_t k = 0; k < withheld->count; k++) {
            if (taxes->parts[i].segment == withheld->parts[k].segment) {
                part_remove(taxes, i);
                break;
            }
        }
    }
}

/* Money is paid below the total; above it, the same words name what is bought. */
static void early_drop(const struct search *search, struct part_list *list) {
    const struct candidate *total = search_chosen(search, layout_field_find(search->layout, "total"));
    for (size_t i = list->count; i-- > 0;) {
        if (total != NULL && box_middle(list->parts[i].box) < total->first_box.y0) {
            part_remove(list, i);
        }
    }
}

/* ---- bases printed on rows of their own ---- */

/* The rate in front of the amount, on its own row: "BI G (16,00%) Bs 324,14". */
static bool has_rate(const struct search *search, const struct candidate *candidate, long long rate) {
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        const char *text = search->sheet.lines[segment->line].text;
        if (box_same_row(segment->box, candidate->first_box) < ROW_SURE_SHARE) {
            continue;
        }
        for (size_t at = segment->from; at < segment->to; at++) {
            bool starts = text[at] >= '0' && text[at] <= '9' && (at == segment->from || strchr(" (", text[at - 1]));
            char *end;
            double percent = starts ? strtod(text + at, &end) : 0;
            if (starts && *end == ',') {
                percent += strtod(end + 1, &end) / 100;
            }
            if (starts && percent < 100 && strchr("% ", *end) != NULL &&
                llabs((long long)(percent * 1000 + 0.5) - rate) < 5) {
                return true;
            }
        }
    }
    return false;
}

static bool is_part(const struct part_list *list, const struct candidate *candidate) {
    for (size_t i = 0; i < list->count; i++) {
        if (candidate_extents_overlap(list->parts[i].amount, candidate)) {
            return true;
        }
    }
    return false;
}

/* The base of a tax that has none on its row: the subtotal, or an amount at the same rate, if the rate fits. */
static void base_find(const struct search *search, const struct part_list *list, struct part *part) {
    long long rate = part_rate_thousandths(part);
    const struct candidate *subtotal = search_chosen(search, layout_field_find(search->layout, "subtotal"));
    for (size_t i = 0; i < search->candidate_count && rate > 0 && part->base == NULL; i++) {
        const struct candidate *candidate = &search->candidates[i];
        if (candidate->type != VALUE_MONEY || candidate->extent_count != 1 || candidate->bystander ||
            is_part(list, candidate) || !(candidate == subtotal || has_rate(search, candidate, rate))) {
            continue;
        }
        long long base = money_hundredths(candidate->find.value);
        if (part_rate_fits(base, rate, part->cents)) {
            part->base = candidate;
            part->base_cents = base;
            part->agrees = true;
            part->differs = false;
        }
    }
}

static void bases_find(const struct search *search, struct part_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        base_find(search, list, &list->parts[i]);
    }
}

/* ---- fields ---- */

static void part_write(const struct part *part, enum value_type type, struct buffer *value) {
    char amount[MONEY_TEXT_BYTES], base[MONEY_TEXT_BYTES] = "";
    money_text(part->cents, amount);
    if (part->base != NULL) {
        money_text(part->base_cents, base);
    }
    buffer_text(value, value->used_bytes == 0 ? "" : "\n");
    buffer_append(value, part->name, part->name_bytes);
    if (type == VALUE_TAXES) {
        buffer_format(value, "\t%s\t%s\t%s", part->rate, base, amount);
    } else {
        buffer_format(value, "\t%s", amount);
    }
}

/* The place, reading and inputs that a field has from its rows. */
static void rows_tell(const struct search *search, const struct part_list *list, struct record_field *field) {
    struct lince_box box = list->parts[0].box;
    double read = 1;
    for (size_t i = 0; i < list->count; i++) {
        box = box_around(box, list->parts[i].box);
        read = fmin(read, list->parts[i].amount->words_confidence);
    }
    field->reading = read;
    field->raw = ROWS_RAW * read;
    field->box = sheet_box_on_page(&search->sheet, box);
    field->page_line = search->sheet.lines[search->sheet.segments[list->parts[0].segment].line].page_line;
    confidence_inputs(search, list->parts[0].amount, field->inputs);
    field->inputs[DOUBT_READING] = fmin(1, 5 * (1 - read));
}

static bool rows_fill(struct arena *arena, const struct search *search, const struct field_rule *rule,
                      const struct part_list *list, struct record *record) {
    struct record_field *field = &record->fields[record->field_count];
    struct buffer value;
    if (list->count == 0) {
        return true;
    }
    buffer_init(&value, arena->meter);
    for (size_t i = 0; i < list->count; i++) {
        part_write(&list->parts[i], rule->type, &value);
    }
    const char *text = value.refused ? NULL : arena_copy_text(arena, value.bytes, value.used_bytes);
    buffer_free(&value);
    *field = (struct record_field){
        .name = rule->name, .type = rule->type, .value = text, .text = text, .found_by = FOUND_ROW};
    rows_tell(search, list, field);
    record->field_count += text != NULL;
    return text != NULL;
}

/*
 * The amount of a field that has one value for all rows: that of the only row, or the sum of several, which no row
 * prints. `field_count` may grow by one.
 */
static bool sum_fill(struct arena *arena, const struct search *search, const char *name, const struct part_list *list,
                     struct record *record) {
    size_t index = layout_field_find(search->layout, name);
    char text[MONEY_TEXT_BYTES];
    if (list->count == 0 || index == search->layout->field_count) {
        return true;
    }
    money_text(parts_sum(list), text);
    const struct record_field *found = record_find(record, name);
    if (found != NULL && strcmp(found->value, text) == 0) {
        return true;
    }
    const struct candidate *only = list->count == 1 ? list->parts[0].amount : NULL;
    size_t at = found == NULL ? record->field_count : (size_t)(found - record->fields);
    record->fields[at] = (struct record_field){
        .name = search->layout->fields[index].name,
        .type = VALUE_MONEY,
        .value = arena_copy_text(arena, text, strlen(text)),
        .text = only == NULL ? "" : arena_copy_text(arena, only->text, only->text_bytes),
        .found_by = only == NULL ? FOUND_SUM : FOUND_ROW,
    };
    rows_tell(search, list, &record->fields[at]);
    record->field_count += found == NULL;
    return record->fields[at].value != NULL && record->fields[at].text != NULL;
}

/* ---- the whole ---- */

static void sums_note(const struct part_list *taxes, struct part_sums *sums) {
    sums->taxes = parts_sum(taxes);
    sums->bases = 0;
    for (size_t i = 0; i < taxes->count; i++) {
        const struct part *part = &taxes->parts[i];
        sums->rate_differs = sums->rate_differs || part->differs;
        sums->bases = part->base == NULL || sums->bases == PART_NONE ? PART_NONE : sums->bases + part->base_cents;
    }
}

/* The rows of the field of this name, cleared of what does not count. */
static bool list_make(const struct search *search, const char *name, const char *own, struct part_list *list) {
    size_t index = layout_field_find(search->layout, name);
    list->count = 0;
    if (index == search->layout->field_count || !value_type_has_rows(search->layout->fields[index].type)) {
        return true;
    }
    if (!parts_find(search, index, list)) {
        return false;
    }
    taken_drop(search, list, own);
    return true;
}

static bool lists_fill(struct arena *arena, const struct search *search, struct part_list lists[3],
                       struct record *record) {
    static const char *const names[] = {"taxes", "withheld", "payments"};
    bool good = true;
    for (size_t i = 0; i < 3 && good; i++) {
        size_t index = layout_field_find(search->layout, names[i]);
        good = lists[i].count == 0 || rows_fill(arena, search, &search->layout->fields[index], &lists[i], record);
    }
    good = good && sum_fill(arena, search, "tax", &lists[0], record);
    bool wanted = (lists[2].count > 1 || record_find(record, "paid") == NULL) && check_payments_agree(record);
    return good && (!wanted || sum_fill(arena, search, "paid", &lists[2], record));
}

bool parts_fill(struct arena *arena, const struct search *search, struct record *record) {
    struct part_list *lists = arena_allocate_zero(search->arena, 3, sizeof *lists);
    struct part_list *taxes = lists, *withheld = lists + 1, *payments = lists + 2;
    record->sums = (struct part_sums){PART_NONE, PART_NONE, PART_NONE, PART_NONE, false};
    if (lists == NULL || !list_make(search, "taxes", "tax", taxes) || !list_make(search, "withheld", "tax", withheld) ||
        !list_make(search, "payments", "paid", payments)) {
        return false;
    }
    withheld_drop(taxes, withheld);
    numbers_drop(search, taxes);
    repeats_drop(search, taxes);
    repeats_drop(search, withheld);
    repeats_drop(search, payments);
    early_drop(search, payments);
    bases_find(search, taxes);
    bases_find(search, withheld);
    if (taxes->count > 0) {
        sums_note(taxes, &record->sums);
    }
    if (withheld->count > 0) {
        record->sums.withheld = parts_sum(withheld);
    }
    if (payments->count > 0) {
        record->sums.payments = parts_sum(payments);
    }
    return lists_fill(arena, search, lists, record);
}
