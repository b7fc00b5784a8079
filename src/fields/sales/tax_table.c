/*
 * tax_table.c - taxes below heads: "Tasa  Base  IVA" above the rows of each rate, or "Neto  IVA 19%  Total" above one
 * row. Only what adds up is taken: another table has heads too.
 */
#include "fields/sales/tax_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "fields/record.h"
#include "fields/sales/item_columns.h"
#include "fields/values/scan.h"

enum { ROWS_MOST = 16, CELLS_MOST = 8, NAME_LETTERS = 3, RATE_MOST_CENTS = 40 * 100, ROUNDING_CENTS = 5 };
/* In heights of a row: the gap between two rows; how far beyond the heads their cells are. */
static const double ROW_GAP = 1.8, BEYOND = 4;

struct table {
    struct lince_box heads;
    double x0, x1;      /* where its cells are */
    struct extent name; /* of the tax, among the heads; empty: the head above its amounts names it */
};

struct table_row {
    struct lince_box box;
    size_t segment; /* the first one */
    size_t count;
    const struct candidate *cells[CELLS_MOST]; /* amounts, from left to right */
    char rate[RATE_BYTES];                     /* printed with its sign; "" for none */
    bool has_letters;
};

static const char *text_of(const struct search *search, size_t index, size_t *bytes) {
    const struct segment *segment = &search->sheet.segments[index];
    *bytes = segment->to - segment->from;
    return search->sheet.lines[segment->line].text + segment->from;
}

static bool has_digit(const struct search *search, size_t index) {
    size_t bytes;
    const char *text = text_of(search, index, &bytes);
    for (size_t i = 0; i < bytes; i++) {
        if (scan_is_digit(text[i])) {
            return true;
        }
    }
    return false;
}

/* ---- heads ---- */

/* Folded characters of a word of the list "iva|impuesto al consumo" that begins here and ends a word; 0 for none. */
static size_t listed_at(const char *list, const struct fold *fold, size_t at, size_t end) {
    while (*list != '\0') {
        size_t bytes = strcspn(list, "|"), same = 0, i = 0;
        for (; i < bytes && (list[i] == ' ' || (at + same < end && fold->plain[at + same] == list[i])); i++) {
            same += list[i] != ' ';
        }
        if (i == bytes && same > 0 && (at + same == end || fold_word_starts(fold, at + same))) {
            return same;
        }
        list += bytes + (list[bytes] == '|');
    }
    return 0;
}

/* The words of a head: how many there are, and whether one is a tax, whose place it gives, or a rate. */
static size_t head_words(const struct search *search, const struct segment *segment, struct table *table, bool *told) {
    const struct fold *fold = &search->sheet.lines[segment->line].fold;
    size_t words = 0;
    for (size_t at = segment->fold_from; at < segment->fold_to; at++) {
        if (!fold_word_starts(fold, at)) {
            continue;
        }
        words++;
        size_t tax = listed_at(search->locale.set->lists[WORDS_TAX], fold, at, segment->fold_to);
        size_t rate = listed_at(search->locale.set->lists[WORDS_RATE], fold, at, segment->fold_to);
        if (tax > 0 && table->name.to == 0) {
            table->name = (struct extent){segment->line, fold->from[at], fold->to[at + tax - 1]};
        }
        *told = *told || tax > 0 || rate > 0;
    }
    return words;
}

/* The heads of a row that begins with the segment; false if they are none of taxes. */
static bool heads_read(const struct search *search, size_t first, struct table *table) {
    struct lince_box own = search->sheet.segments[first].box;
    size_t words = 0;
    bool told = false;
    *table = (struct table){.heads = own, .x0 = own.x0 - BEYOND * box_height(own), .x1 = INFINITY};
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (box_same_row(segment->box, own) <= ROW_SURE_SHARE || segment->fold_to == segment->fold_from) {
            continue;
        }
        bool figures = has_digit(search, i);
        if (segment->box.x1 <= own.x0 && i != first) {
            if (!figures) {
                return false; /* the row begins further left */
            }
            table->x0 = fmax(table->x0, segment->box.x1);
        } else if (figures) {
            table->x1 = fmin(table->x1, segment->box.x0);
        } else {
            words += head_words(search, segment, table, &told);
            table->heads = box_around(table->heads, segment->box);
        }
    }
    table->x1 = fmin(table->x1, table->heads.x1 + BEYOND * box_height(own));
    return told && words > 1;
}

/* ---- rows ---- */

/* Whether a sign of percent follows the number. */
static bool is_percentage(const struct search *search, const struct candidate *candidate) {
    const struct sheet_line *line = &search->sheet.lines[candidate->extents[0].line];
    size_t at = candidate->extents[0].to;
    at += at < line->bytes && line->text[at] == ' ';
    return at < line->bytes && line->text[at] == '%';
}

static void cells_collect(const struct search *search, double x0, double x1, struct table_row *row) {
    for (size_t i = 0; i < search->candidate_count && row->count < CELLS_MOST; i++) {
        const struct candidate *candidate = &search->candidates[i];
        if (candidate->type != VALUE_MONEY || candidate->extent_count != 1 || candidate->first_box.x0 < x0 ||
            candidate->first_box.x1 > x1 || box_same_row(candidate->first_box, row->box) <= ROW_SURE_SHARE ||
            is_percentage(search, candidate) || part_is_piece(search, candidate)) {
            continue;
        }
        size_t at = row->count++;
        while (at > 0 && row->cells[at - 1]->first_box.x0 > candidate->first_box.x0) {
            row->cells[at] = row->cells[at - 1];
            at--;
        }
        row->cells[at] = candidate;
    }
}

/* The row of cells right below the height; false if there is none. */
static bool row_read(const struct search *search, const struct table *table, double bottom, struct table_row *row) {
    double height = box_height(table->heads);
    size_t best = search->sheet.segment_count;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        struct lince_box box = search->sheet.segments[i].box;
        bool inside = box.x1 > table->x0 && box.x0 < table->x1;
        bool below = box.y0 > bottom - ROWS_OVERLAP * height && box.y0 < bottom + ROW_GAP * height;
        if (inside && below && (best == search->sheet.segment_count || box.y0 < search->sheet.segments[best].box.y0)) {
            best = i;
        }
    }
    if (best == search->sheet.segment_count) {
        return false;
    }
    *row = (struct table_row){.box = search->sheet.segments[best].box, .segment = best};
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (box_same_row(segment->box, row->box) <= ROW_SURE_SHARE || segment->box.x1 <= table->x0 ||
            segment->box.x0 >= table->x1) {
            continue;
        }
        size_t bytes;
        const char *text = text_of(search, i, &bytes);
        row->segment = segment->box.x0 < search->sheet.segments[row->segment].box.x0 ? i : row->segment;
        for (size_t at = 0; at < bytes && row->rate[0] == '\0'; at++) {
            if (!scan_is_digit(text[at]) || part_rate_at(text, bytes, at, row->rate) == 0) {
                row->rate[0] = '\0';
            }
        }
        for (size_t at = 0; at < bytes; at++) {
            row->has_letters = row->has_letters || scan_is_letter(text[at]);
        }
    }
    cells_collect(search, table->x0, table->x1, row);
    return true;
}

/* Two cells of the row that are base and tax at the rate. */
static bool pair_find(const struct table_row *row, const char *rate, const struct candidate *of_rate,
                      struct part *part) {
    long long thousandths = (long long)(strtod(rate, NULL) * PERCENT_THOUSANDTHS + 0.5);
    for (size_t i = 0; i < row->count; i++) {
        for (size_t k = 0; k < row->count; k++) {
            const struct candidate *base = row->cells[i], *tax = row->cells[k];
            long long base_cents = money_hundredths(base->find.value), cents = money_hundredths(tax->find.value);
            if (i != k && base != of_rate && tax != of_rate && cents > 0 &&
                part_rate_fits(base_cents, thousandths, cents)) {
                part->amount = tax;
                part->base = base;
                part->cents = cents;
                part->base_cents = base_cents;
                part->agrees = true;
                snprintf(part->rate, sizeof part->rate, "%s", rate);
                return true;
            }
        }
    }
    return false;
}

/* The tax of a row: with its rate printed as one, or as a small number beside the two others. */
static bool tax_find(const struct table_row *row, struct part *part) {
    if (row->rate[0] != '\0') {
        return pair_find(row, row->rate, NULL, part);
    }
    for (size_t i = 0; i < row->count; i++) {
        const struct candidate *cell = row->cells[i];
        long long cents = money_hundredths(cell->find.value);
        char rate[MONEY_TEXT_BYTES];
        if (cents <= 0 || cents > RATE_MOST_CENTS || row->count < 3) {
            continue;
        }
        snprintf(rate, sizeof rate, "%.*s", (int)(cents % 100 == 0 ? strcspn(cell->find.value, ".") : RATE_BYTES - 1),
                 cell->find.value);
        if (pair_find(row, rate, cell, part)) {
            return true;
        }
    }
    return false;
}

/* The tax is named by the row's own words, by a word of the heads, or by the head above its amounts. */
static void name_give(const struct search *search, const struct table *table, const struct table_row *row,
                      struct part *part) {
    size_t bytes, letters = 0, end = 0, nearest = 0;
    const char *text = text_of(search, row->segment, &bytes);
    while (end < bytes && !scan_is_digit(text[end]) && strchr("(=%$", text[end]) == NULL) {
        letters += scan_is_letter(text[end++]);
    }
    while (end > 0 && strchr(" :,;-.", text[end - 1]) != NULL) {
        end--;
    }
    part->name = text;
    part->name_bytes = end;
    if (letters >= NAME_LETTERS) {
        return;
    }
    if (table->name.to > 0) {
        part->name = search->sheet.lines[table->name.line].text + table->name.from;
        part->name_bytes = table->name.to - table->name.from;
        return;
    }
    double least = INFINITY;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        struct lince_box box = search->sheet.segments[i].box;
        double away = -box_shared_width(box, part->amount->first_box);
        if (box_same_row(box, table->heads) > ROW_SURE_SHARE && away < least) {
            least = away;
            nearest = i;
        }
    }
    part->name = text_of(search, nearest, &part->name_bytes);
}

/* The rows below the heads, down to the first that is none of theirs; no row at all if one does not fit. */
static void rows_read(const struct search *search, const struct table *table, struct part_list *list) {
    double bottom = table->heads.y1;
    list->count = 0;
    for (size_t rows = 0; rows < ROWS_MOST && list->count < PARTS_MOST; rows++) {
        struct table_row row;
        struct part part = {0};
        if (!row_read(search, table, bottom, &row)) {
            return;
        }
        bottom = row.box.y1;
        bool zero = row.rate[0] != '\0' ? strtod(row.rate, NULL) == 0 : row.count > 0;
        if (tax_find(&row, &part)) {
            part.segment = row.segment;
            part.box = box_around(row.box, part.amount->first_box);
            name_give(search, table, &row, &part);
            list->parts[list->count++] = part;
        } else if (row.rate[0] != '\0' && !zero && row.count > 1) {
            list->count = 0;
            return;
        } else if (row.count == 0 && row.has_letters && (rows > 0 || list->count > 0)) {
            return; /* a second row of heads may be the first */
        }
    }
}

/* ---- one row of amounts below heads ---- */

/* Whether the other amounts of the row add up with the tax to the largest one. */
static bool adds_up(const struct table_row *row, long long tax) {
    long long sum = 0, largest = 0;
    for (size_t i = 0; i < row->count; i++) {
        long long cents = money_hundredths(row->cells[i]->find.value);
        sum += cents;
        largest = cents > largest ? cents : largest;
    }
    return row->count > 2 && tax > 0 && tax < largest && llabs(sum - 2 * largest) <= ROUNDING_CENTS;
}

/* The amount right below the name, of a row in which it is a tax. */
static bool below_read(const struct search *search, const struct part_name *name, struct part *part) {
    const struct segment *segment = &search->sheet.segments[name->segment];
    struct table table = {.heads = segment->box, .x0 = segment->box.x0, .x1 = segment->box.x1};
    struct table_row row, whole;
    double least = INFINITY;
    *part = (struct part){.segment = name->segment, .box = name->box};
    if (!row_read(search, &table, table.heads.y1, &row)) {
        return false;
    }
    whole = (struct table_row){.box = row.box};
    cells_collect(search, -INFINITY, INFINITY, &whole);
    for (size_t i = 0; i < whole.count; i++) {
        double away = -box_shared_width(whole.cells[i]->first_box, segment->box);
        if (away < least) {
            least = away;
            part->amount = whole.cells[i];
        }
    }
    if (part->amount == NULL || least >= 0) {
        return false;
    }
    part->cents = money_hundredths(part->amount->find.value);
    part->base_cents = PART_NONE;
    const struct sheet_line *line = &search->sheet.lines[segment->line];
    for (size_t at = name->to; at < segment->to && part->rate[0] == '\0'; at++) {
        bool found = scan_is_digit(line->text[at]) && part_rate_at(line->text, segment->to, at, part->rate) > 0;
        part->rate[0] = found ? part->rate[0] : '\0';
    }
    part->name = line->text + name->from;
    part->name_bytes = name->to - name->from;
    long long rate = part_rate_thousandths(part);
    for (size_t i = 0; i < whole.count && rate > 0 && part->base == NULL; i++) {
        long long base = money_hundredths(whole.cells[i]->find.value);
        part->agrees = whole.cells[i] != part->amount && part_rate_fits(base, rate, part->cents);
        part->base = part->agrees ? whole.cells[i] : NULL;
        part->base_cents = part->agrees ? base : PART_NONE;
    }
    return part->cents > 0 && (part->agrees || adds_up(&whole, part->cents));
}

static bool below_find(const struct search *search, size_t field, struct part_list *list) {
    struct part_name_list *names = arena_allocate(search->arena, sizeof *names);
    list->count = 0;
    if (names == NULL || !part_names_find(search, field, names)) {
        return false;
    }
    for (size_t i = 0; i < names->count && list->count < PARTS_MOST; i++) {
        list->count += below_read(search, &names->names[i], &list->parts[list->count]);
    }
    return true;
}

/* ---- which of them counts ---- */

/* Whether bases and taxes are the total together. */
static bool is_proven(const struct part_list *list, long long total) {
    long long sum = parts_sum(list);
    for (size_t i = 0; i < list->count; i++) {
        sum += list->parts[i].base_cents;
    }
    return llabs(sum - total) <= ROUNDING_CENTS;
}

/* Whether the table says the same as what was found beside labels, or more than that. */
static bool is_taken_over(const struct search *search, const struct part_list *table, const struct part_list *taxes) {
    const struct candidate *total = search_chosen(search, layout_field_find(search->layout, "total"));
    const struct candidate *tax = search_chosen(search, layout_field_find(search->layout, "tax"));
    long long sum = parts_sum(table), all = total == NULL ? PART_NONE : money_hundredths(total->find.value);
    if (table->count == 0 || (all >= 0 && sum >= all)) {
        return false;
    }
    bool same = taxes->count > 0 ? parts_sum(taxes) == sum
                : tax != NULL    ? money_hundredths(tax->find.value) == sum
                                 : true;
    return same || (all >= 0 && is_proven(table, all));
}

bool tax_table_take(const struct search *search, size_t field, struct part_list *taxes) {
    struct part_list *found = arena_allocate(search->arena, sizeof *found);
    if (found == NULL) {
        return false;
    }
    for (size_t i = search->sheet.segment_count; i-- > 0;) { /* heads are below their own title */
        struct table table;
        struct item_heads items;
        if (search->sheet.lines[search->sheet.segments[i].line].chrome || has_digit(search, i) ||
            !heads_read(search, i, &table)) {
            continue;
        }
        double middle = box_middle(table.heads);
        if (!item_heads_find(search, middle - 1, middle + 1, &items)) {
            return false;
        }
        rows_read(search, &table, found);
        if (items.count == 0 && is_taken_over(search, found, taxes)) {
            *taxes = *found;
            return true;
        }
    }
    if (taxes->count == 0 && !below_find(search, field, found)) {
        return false;
    }
    if (taxes->count == 0 && is_taken_over(search, found, taxes)) {
        *taxes = *found;
    }
    return true;
}
