/* match_sides.c - the two sides of a matching, sorted, and what is free on them. */
#include <stdlib.h>

#include "base/arena.h"
#include "reconcile/match_parts.h"

int match_compare(int64_t one, int64_t other) {
    return (one > other) - (one < other);
}

static int by_end_compare(const void *one, const void *other, void *context) {
    const struct match_entry *entries = context;
    uint32_t i = *(const uint32_t *)one, j = *(const uint32_t *)other;
    int order =
        match_compare((int64_t)(entries[i].reference % END_MODULUS), (int64_t)(entries[j].reference % END_MODULUS));
    order = order != 0 ? order : match_compare(entries[i].hundredths, entries[j].hundredths);
    return order != 0 ? order : match_compare(i, j);
}

static int by_amount_compare(const void *one, const void *other, void *context) {
    const struct match_entry *entries = context;
    uint32_t i = *(const uint32_t *)one, j = *(const uint32_t *)other;
    int order = match_compare(entries[i].hundredths, entries[j].hundredths);
    order = order != 0 ? order : match_compare(entries[i].day, entries[j].day);
    return order != 0 ? order : match_compare(i, j);
}

bool match_side_begin(struct side *side, const struct match_entry *entries, uint32_t count, struct arena *arena) {
    *side = (struct side){.entries = entries, .count = count};
    side->groups = arena_allocate(arena, (count + 1) * sizeof *side->groups);
    side->by_end = arena_allocate(arena, (count + 1) * sizeof *side->by_end);
    side->by_amount = arena_allocate(arena, (count + 1) * sizeof *side->by_amount);
    if (side->groups == NULL || side->by_end == NULL || side->by_amount == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        side->groups[i] = GROUP_NONE;
        if (!entries[i].is_out) {
            side->by_amount[side->amount_count++] = i;
            if (entries[i].digits >= REFERENCE_DIGITS_LEAST) {
                side->by_end[side->end_count++] = i;
            }
        }
    }
    qsort_r(side->by_end, side->end_count, sizeof *side->by_end, by_end_compare, (void *)(uintptr_t)entries);
    qsort_r(side->by_amount, side->amount_count, sizeof *side->by_amount, by_amount_compare,
            (void *)(uintptr_t)entries);
    return true;
}

uint32_t match_end_place(const struct side *side, uint64_t end, int64_t least) {
    uint32_t low = 0, high = side->end_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct match_entry *entry = &side->entries[side->by_end[middle]];
        uint64_t other = entry->reference % END_MODULUS;
        if (other < end || (other == end && entry->hundredths < least)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t match_amount_place(const struct side *side, int64_t least) {
    uint32_t low = 0, high = side->amount_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (side->entries[side->by_amount[middle]].hundredths < least) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool match_is_free(const struct side *side, uint32_t i) {
    return side->groups[i] == GROUP_NONE && !side->entries[i].is_out;
}

int32_t match_days_between(const struct match_entry *one, const struct match_entry *other) {
    if (one->day == DAY_NONE || other->day == DAY_NONE) {
        return -1;
    }
    return one->day > other->day ? one->day - other->day : other->day - one->day;
}

bool match_amounts_agree(const struct matching *matching, int64_t one, int64_t other) {
    return llabs((long long)(one - other)) <= matching->options->hundredths;
}

static int apart_compare(const void *one, const void *other) {
    const struct match_apart *a = one, *b = other;
    return a->line != b->line ? match_compare(a->line, b->line) : match_compare(a->receipt, b->receipt);
}

bool match_is_apart(const struct matching *matching, uint32_t line, uint32_t receipt) {
    struct match_apart wanted = {line, receipt};
    return matching->apart_count > 0 &&
           bsearch(&wanted, matching->apart, matching->apart_count, sizeof wanted, apart_compare) != NULL;
}

int32_t match_group_new(struct matching *matching, enum match_state state, enum match_how how) {
    struct match_result *result = matching->result;
    result->groups[result->group_count] = (struct match_group){state, how};
    return (int32_t)result->group_count++;
}
