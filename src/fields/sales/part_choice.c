/* part_choice.c - which rows of taxes and payments count, and bases that are printed on other rows. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fields/record.h"
#include "fields/sales/part_rows.h"

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

long long parts_sum(const struct part_list *list) {
    long long sum = 0;
    for (size_t i = 0; i < list->count; i++) {
        sum += list->parts[i].cents;
    }
    return sum;
}

/* "TOTAL IVA 30.000" repeats the sum of the rows above it. */
static bool is_total_of_others(const struct search *search, const struct part_list *list, size_t at) {
    const struct part *part = &list->parts[at];
    return part->rate[0] == '\0' && part->name_bytes > 0 &&
           said_begin(locale_said(&search->locale, SAID_SUM_WORDS), part->name, part->name_bytes - 1, SAID_ANY_CASE) >
               0 &&
           list->count > 1 && parts_sum(list) == 2 * part->cents;
}

void parts_drop_repeats(const struct search *search, struct part_list *list) {
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
            is_total_of_others(search, list, i)) {
            part_remove(list, i);
        }
    }
}

void parts_drop_numbers(const struct search *search, struct part_list *list) {
    const struct candidate *total = search_chosen(search, layout_field_find(search->layout, "total"));
    for (size_t i = list->count; i-- > 0;) {
        if (total != NULL && list->parts[i].amount->find.bare &&
            list->parts[i].cents > money_hundredths(total->find.value)) {
            part_remove(list, i);
        }
    }
}

void parts_drop_taken(const struct search *search, struct part_list *list, const char *own) {
    for (size_t i = list->count; i-- > 0;) {
        if (is_taken(search, &list->parts[i], own)) {
            part_remove(list, i);
        }
    }
}

void parts_drop_withheld(struct part_list *taxes, const struct part_list *withheld) {
    for (size_t i = taxes->count; i-- > 0;) {
        for (size_t k = 0; k < withheld->count; k++) {
            if (taxes->parts[i].segment == withheld->parts[k].segment) {
                part_remove(taxes, i);
                break;
            }
        }
    }
}

void parts_drop_early(const struct search *search, struct part_list *list) {
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

void parts_find_bases(const struct search *search, struct part_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        base_find(search, list, &list->parts[i]);
    }
}
