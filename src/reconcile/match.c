/*
 * match.c - pairs movements and receipts, the most certain first. A later step never takes what an earlier one paired.
 */
#include "reconcile/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"

enum {
    END_MODULUS = 10000,  /* of REFERENCE_DIGITS_LEAST digits, by which references are looked up */
    CANDIDATES_MOST = 16, /* candidates for one movement; more with the same reference or amount cannot be told apart */
    LOOKS_MOST = 2000,    /* entries with the same last digits that a search examines */
    SUM_MEMBERS_MOST = 24, /* receipts or movements whose sum is one amount */
    SUMMANDS_MOST = 60     /* receipts of a few days, among which sums of two or three are searched */
};

/* The entries of one side, sorted so that the few that may fit are found fast. */
struct side {
    const struct match_entry *entries;
    uint32_t count;
    int32_t *groups;
    uint32_t *by_end;    /* entries with a reference, by its last four digits, then by amount */
    uint32_t *by_amount; /* all entries, by amount, then by day */
    uint32_t end_count, amount_count;
};

struct edge {
    uint32_t line, receipt;
    uint16_t rank; /* lower is better */
    uint8_t common;
    int32_t days;
    int64_t hundredths;
};

struct matching {
    struct side lines, receipts;
    const struct match_apart *apart;
    uint32_t apart_count;
    const struct match_options *options;
    struct match_result *result;
    struct arena *arena;
    struct edge *edges;
    size_t edge_count, edge_room;
    uint8_t *line_degrees, *receipt_degrees; /* the number of edges of each, at most CANDIDATES_MOST */
};

/* ---- sorted lists ---- */

static int compare(int64_t one, int64_t other) {
    return (one > other) - (one < other);
}

static int by_end_compare(const void *one, const void *other, void *context) {
    const struct match_entry *entries = context;
    uint32_t i = *(const uint32_t *)one, j = *(const uint32_t *)other;
    int order = compare((int64_t)(entries[i].reference % END_MODULUS), (int64_t)(entries[j].reference % END_MODULUS));
    order = order != 0 ? order : compare(entries[i].hundredths, entries[j].hundredths);
    return order != 0 ? order : compare(i, j);
}

static int by_amount_compare(const void *one, const void *other, void *context) {
    const struct match_entry *entries = context;
    uint32_t i = *(const uint32_t *)one, j = *(const uint32_t *)other;
    int order = compare(entries[i].hundredths, entries[j].hundredths);
    order = order != 0 ? order : compare(entries[i].day, entries[j].day);
    return order != 0 ? order : compare(i, j);
}

static bool side_begin(struct side *side, const struct match_entry *entries, uint32_t count, struct arena *arena) {
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

/* The first place in by_end with an end of at least `end` and, for that end, an amount of at least `least`. */
static uint32_t end_place(const struct side *side, uint64_t end, int64_t least) {
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

static uint32_t amount_place(const struct side *side, int64_t least) {
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

/* ---- what fits ---- */

static bool is_free(const struct side *side, uint32_t i) {
    return side->groups[i] == GROUP_NONE && !side->entries[i].is_out;
}

/* The days between two entries; -1 if a day is unknown. */
static int32_t days_between(const struct match_entry *one, const struct match_entry *other) {
    if (one->day == DAY_NONE || other->day == DAY_NONE) {
        return -1;
    }
    return one->day > other->day ? one->day - other->day : other->day - one->day;
}

static bool amounts_agree(const struct matching *matching, int64_t one, int64_t other) {
    return llabs((long long)(one - other)) <= matching->options->hundredths;
}

static int apart_compare(const void *one, const void *other) {
    const struct match_apart *a = one, *b = other;
    return a->line != b->line ? compare(a->line, b->line) : compare(a->receipt, b->receipt);
}

static bool is_apart(const struct matching *matching, uint32_t line, uint32_t receipt) {
    struct match_apart wanted = {line, receipt};
    return matching->apart_count > 0 &&
           bsearch(&wanted, matching->apart, matching->apart_count, sizeof wanted, apart_compare) != NULL;
}

static int32_t group_new(struct matching *matching, enum match_state state, enum match_how how) {
    struct match_result *result = matching->result;
    result->groups[result->group_count] = (struct match_group){state, how};
    return (int32_t)result->group_count++;
}

static void pair(struct matching *matching, uint32_t line, uint32_t receipt, enum match_state state,
                 enum match_how how) {
    int32_t group = group_new(matching, state, how);
    matching->lines.groups[line] = group;
    matching->receipts.groups[receipt] = group;
}

/* ---- edges: possible pairs, the best first ---- */

static bool edge_add(struct matching *matching, const struct edge *edge) {
    if (matching->edge_count == matching->edge_room) {
        size_t room = 2 * matching->edge_room + 1024;
        struct edge *more = arena_allocate(matching->arena, room * sizeof *more);
        if (more == NULL) {
            return false;
        }
        if (matching->edge_count > 0) {
            memcpy(more, matching->edges, matching->edge_count * sizeof *more);
        }
        matching->edges = more;
        matching->edge_room = room;
    }
    matching->edges[matching->edge_count++] = *edge;
    return true;
}

static int edge_compare(const void *one, const void *other) {
    const struct edge *a = one, *b = other;
    int order = compare(a->rank, b->rank);
    order = order != 0 ? order : compare(b->common, a->common);
    order = order != 0 ? order : compare(a->hundredths, b->hundredths);
    order = order != 0 ? order : compare(a->days, b->days);
    order = order != 0 ? order : compare(a->line, b->line);
    return order != 0 ? order : compare(a->receipt, b->receipt);
}

static void edges_sort(struct matching *matching) {
    if (matching->edges != NULL) {
        qsort(matching->edges, matching->edge_count, sizeof *matching->edges, edge_compare);
    }
}

static struct edge edge_of(const struct matching *matching, uint32_t line, uint32_t receipt) {
    const struct match_entry *one = &matching->lines.entries[line], *other = &matching->receipts.entries[receipt];
    return (struct edge){.line = line,
                         .receipt = receipt,
                         .rank = other->is_duplicate,
                         .common = (uint8_t)match_reference_common(one, other),
                         .days = days_between(one, other),
                         .hundredths = llabs((long long)(one->hundredths - other->hundredths))};
}

/* For every free movement, the free receipts with the same last digits whose amount is within `reach` of its own. */
static bool edges_of_references(struct matching *matching, int64_t reach) {
    const struct side *receipts = &matching->receipts;
    matching->edge_count = 0;
    for (uint32_t place = 0; place < matching->lines.end_count; place++) {
        uint32_t line = matching->lines.by_end[place], found = 0;
        const struct match_entry *entry = &matching->lines.entries[line];
        uint64_t end = entry->reference % END_MODULUS;
        if (!is_free(&matching->lines, line)) {
            continue;
        }
        int64_t least = reach == INT64_MAX ? INT64_MIN : entry->hundredths - reach;
        uint32_t first = end_place(receipts, end, least);
        for (uint32_t i = first; i < receipts->end_count && i - first < LOOKS_MOST && found < CANDIDATES_MOST; i++) {
            uint32_t receipt = receipts->by_end[i];
            const struct match_entry *other = &receipts->entries[receipt];
            if (other->reference % END_MODULUS != end ||
                (reach != INT64_MAX && other->hundredths > entry->hundredths + reach)) {
                break;
            }
            struct edge edge = edge_of(matching, line, receipt);
            if (is_free(receipts, receipt) && edge.common >= REFERENCE_DIGITS_LEAST &&
                !is_apart(matching, line, receipt)) {
                found++;
                if (!edge_add(matching, &edge)) {
                    return false;
                }
            }
        }
    }
    edges_sort(matching);
    return true;
}

/* Counts the remaining edges of each entry. */
static void degrees_count(struct matching *matching) {
    memset(matching->line_degrees, 0, matching->lines.count);
    memset(matching->receipt_degrees, 0, matching->receipts.count);
    for (size_t i = 0; i < matching->edge_count; i++) {
        const struct edge *edge = &matching->edges[i];
        if (is_free(&matching->lines, edge->line) && is_free(&matching->receipts, edge->receipt)) {
            matching->line_degrees[edge->line] += matching->line_degrees[edge->line] < CANDIDATES_MOST;
            matching->receipt_degrees[edge->receipt] += matching->receipt_degrees[edge->receipt] < CANDIDATES_MOST;
        }
    }
}

static bool is_only_one(const struct matching *matching, const struct edge *edge) {
    return matching->line_degrees[edge->line] == 1 && matching->receipt_degrees[edge->receipt] == 1;
}

/* Pairs by reference, amount and date; then by a few last digits; then proposes pairs whose dates are too far apart. */
static bool pair_by_references(struct matching *matching) {
    const struct match_options *options = matching->options;
    if (!edges_of_references(matching, options->hundredths)) {
        return false;
    }
    for (int step = 0; step < 3; step++) {
        degrees_count(matching);
        for (size_t i = 0; i < matching->edge_count; i++) {
            const struct edge *edge = &matching->edges[i];
            bool is_near = edge->days <= options->days, is_enough = edge->common >= options->digits;
            if (!is_free(&matching->lines, edge->line) || !is_free(&matching->receipts, edge->receipt)) {
                continue;
            }
            if (step == 0 && is_near && is_enough) {
                pair(matching, edge->line, edge->receipt, MATCH_MATCHED, MATCH_BY_REFERENCE);
            } else if (step == 1 && is_near) {
                bool is_sure = edge->days >= 0 && is_only_one(matching, edge);
                pair(matching, edge->line, edge->receipt, is_sure ? MATCH_MATCHED : MATCH_PROPOSED,
                     MATCH_BY_REFERENCE_END);
            } else if (step == 2 && is_enough) {
                pair(matching, edge->line, edge->receipt, MATCH_PROPOSED, MATCH_BY_DATE);
            }
        }
    }
    return true;
}

/* ---- one to many ---- */

/* Gathers the free ones of `many` whose reference agrees with that of `whole`. Returns their sum. */
static uint32_t parts_gather(const struct matching *matching, const struct match_entry *whole, const struct side *many,
                             uint32_t parts[SUM_MEMBERS_MOST], int64_t *sum) {
    uint64_t end = whole->reference % END_MODULUS;
    uint32_t count = 0, first = end_place(many, end, INT64_MIN);
    *sum = 0;
    for (uint32_t i = first; i < many->end_count && i - first < LOOKS_MOST; i++) {
        uint32_t part = many->by_end[i];
        const struct match_entry *entry = &many->entries[part];
        if (entry->reference % END_MODULUS != end) {
            break;
        }
        if (is_free(many, part) && !entry->is_duplicate && entry->hundredths > 0 &&
            match_reference_common(whole, entry) >= matching->options->digits &&
            days_between(whole, entry) <= matching->options->days) {
            if (count == SUM_MEMBERS_MOST) {
                return 0;
            }
            parts[count++] = part;
            *sum += entry->hundredths;
        }
    }
    return count;
}

/* One movement for several receipts, or one receipt paid in several movements, by their common reference. */
static void pair_sums(struct matching *matching, struct side *wholes, struct side *many) {
    uint32_t parts[SUM_MEMBERS_MOST];
    for (uint32_t place = 0; place < wholes->end_count; place++) {
        uint32_t whole = wholes->by_end[place];
        int64_t sum;
        if (!is_free(wholes, whole)) {
            continue;
        }
        uint32_t count = parts_gather(matching, &wholes->entries[whole], many, parts, &sum);
        if (count < 2 || !amounts_agree(matching, sum, wholes->entries[whole].hundredths)) {
            continue;
        }
        int32_t group = group_new(matching, MATCH_MATCHED, MATCH_BY_SUM);
        wholes->groups[whole] = group;
        for (uint32_t i = 0; i < count; i++) {
            many->groups[parts[i]] = group;
        }
    }
}

/* ---- the rest: duplicates and other amounts ---- */

/* Marks free entries with the reference and amount of an entry that has a partner. */
static void mark_duplicates(struct matching *matching, struct side *side) {
    for (uint32_t place = 0; place < side->end_count; place++) {
        uint32_t i = side->by_end[place];
        const struct match_entry *entry = &side->entries[i];
        if (!is_free(side, i)) {
            continue;
        }
        uint64_t end = entry->reference % END_MODULUS;
        uint32_t first = end_place(side, end, entry->hundredths);
        for (uint32_t j = first; j < side->end_count && j - first < LOOKS_MOST; j++) {
            uint32_t twin = side->by_end[j];
            const struct match_entry *other = &side->entries[twin];
            if (other->reference % END_MODULUS != end || other->hundredths != entry->hundredths) {
                break;
            }
            int32_t group = side->groups[twin];
            if (twin != i && group != GROUP_NONE && matching->result->groups[group].state == MATCH_MATCHED &&
                match_reference_common(entry, other) >= matching->options->digits) {
                side->groups[i] = group_new(matching, MATCH_DUPLICATE, MATCH_BY_REFERENCE);
                break;
            }
        }
    }
}

static void mark_known_duplicates(struct matching *matching) {
    struct side *receipts = &matching->receipts;
    for (uint32_t i = 0; i < receipts->count; i++) {
        if (is_free(receipts, i) && receipts->entries[i].is_duplicate) {
            receipts->groups[i] = group_new(matching, MATCH_DUPLICATE, MATCH_BY_NOTHING);
        }
    }
}

static bool pair_other_amounts(struct matching *matching) {
    if (!edges_of_references(matching, INT64_MAX)) {
        return false;
    }
    for (size_t i = 0; i < matching->edge_count; i++) {
        const struct edge *edge = &matching->edges[i];
        if (is_free(&matching->lines, edge->line) && is_free(&matching->receipts, edge->receipt) &&
            edge->common >= matching->options->digits && edge->days >= 0 && edge->days <= matching->options->days) {
            pair(matching, edge->line, edge->receipt, MATCH_AMOUNT_DIFFERS, MATCH_BY_REFERENCE);
        }
    }
    return true;
}

/* ---- amount and date ---- */

/* Best are similar references, then a missing one, then two different ones. */
static uint16_t rank_of(const struct match_entry *line, const struct match_entry *receipt) {
    bool has_both = line->digits >= REFERENCE_DIGITS_LEAST && receipt->digits >= REFERENCE_DIGITS_LEAST;
    return (uint16_t)(4 * receipt->is_duplicate + (has_both ? match_reference_is_alike(line, receipt) ? 0 : 2 : 1));
}

static bool edges_of_amounts(struct matching *matching) {
    const struct side *receipts = &matching->receipts;
    matching->edge_count = 0;
    for (uint32_t line = 0; line < matching->lines.count; line++) {
        const struct match_entry *entry = &matching->lines.entries[line];
        int64_t reach = matching->options->hundredths;
        uint32_t found = 0;
        if (!is_free(&matching->lines, line) || entry->hundredths <= 0) {
            continue;
        }
        uint32_t first = amount_place(receipts, entry->hundredths - reach);
        for (uint32_t i = first; i < receipts->amount_count && i - first < LOOKS_MOST && found < CANDIDATES_MOST; i++) {
            uint32_t receipt = receipts->by_amount[i];
            if (receipts->entries[receipt].hundredths > entry->hundredths + reach) {
                break;
            }
            struct edge edge = edge_of(matching, line, receipt);
            edge.rank = rank_of(entry, &receipts->entries[receipt]);
            if (is_free(receipts, receipt) && edge.days >= 0 && edge.days <= matching->options->days &&
                !is_apart(matching, line, receipt)) {
                found++;
                if (!edge_add(matching, &edge)) {
                    return false;
                }
            }
        }
    }
    edges_sort(matching);
    return true;
}

/* Certain only if no reference contradicts it and no other entry is possible. */
static bool pair_by_amounts(struct matching *matching) {
    if (!edges_of_amounts(matching)) {
        return false;
    }
    degrees_count(matching);
    for (size_t i = 0; i < matching->edge_count; i++) {
        const struct edge *edge = &matching->edges[i];
        if (!is_free(&matching->lines, edge->line) || !is_free(&matching->receipts, edge->receipt)) {
            continue;
        }
        bool is_sure = edge->rank == 1 && is_only_one(matching, edge);
        pair(matching, edge->line, edge->receipt, is_sure ? MATCH_MATCHED : MATCH_PROPOSED,
             edge->rank % 4 == 0 ? MATCH_BY_LIKENESS : MATCH_BY_AMOUNT);
    }
    return true;
}

/* ---- sums without a reference ---- */

/* The free receipts around a movement's day that are smaller than it; 0 if there are too many. */
static uint32_t summands_gather(const struct matching *matching, const struct match_entry *line,
                                uint32_t summands[SUMMANDS_MOST]) {
    const struct side *receipts = &matching->receipts;
    uint32_t count = 0;
    for (uint32_t i = 0; i < receipts->amount_count; i++) {
        uint32_t receipt = receipts->by_amount[i];
        const struct match_entry *entry = &receipts->entries[receipt];
        int32_t days = days_between(line, entry);
        if (entry->hundredths >= line->hundredths) {
            break;
        }
        if (is_free(receipts, receipt) && entry->hundredths > 0 && days >= 0 && days <= matching->options->days) {
            if (count == SUMMANDS_MOST) {
                return 0;
            }
            summands[count++] = receipt;
        }
    }
    return count;
}

/* How many pairs and triples add up to the amount; `chosen` is the last of them. */
static uint32_t sums_count(const struct matching *matching, int64_t wanted, const uint32_t *summands, uint32_t count,
                           uint32_t chosen[3], uint32_t *chosen_count) {
    const struct match_entry *entries = matching->receipts.entries;
    uint32_t found = 0;
    for (uint32_t i = 0; i < count && found < 2; i++) {
        for (uint32_t j = i + 1; j < count && found < 2; j++) {
            int64_t two = entries[summands[i]].hundredths + entries[summands[j]].hundredths;
            if (two == wanted) {
                found++;
                *chosen_count = 2;
                memcpy(chosen, (uint32_t[]){summands[i], summands[j], 0}, 3 * sizeof *chosen);
            }
            for (uint32_t k = j + 1; k < count && found < 2; k++) {
                if (two + entries[summands[k]].hundredths == wanted) {
                    found++;
                    *chosen_count = 3;
                    memcpy(chosen, (uint32_t[]){summands[i], summands[j], summands[k]}, 3 * sizeof *chosen);
                }
            }
        }
    }
    return found;
}

enum { SUM_LINES_MOST = 400 }; /* movements for which sums are tried: each examines all receipts */

static void propose_sums(struct matching *matching) {
    uint32_t summands[SUMMANDS_MOST], chosen[3], chosen_count = 0, tried = 0;
    for (uint32_t line = 0; line < matching->lines.count && tried < SUM_LINES_MOST; line++) {
        const struct match_entry *entry = &matching->lines.entries[line];
        if (!is_free(&matching->lines, line) || entry->hundredths <= 0 || entry->day == DAY_NONE) {
            continue;
        }
        tried++;
        uint32_t count = summands_gather(matching, entry, summands);
        if (count < 2 || sums_count(matching, entry->hundredths, summands, count, chosen, &chosen_count) != 1) {
            continue;
        }
        bool is_refused = false;
        for (uint32_t i = 0; i < chosen_count; i++) {
            is_refused = is_refused || is_apart(matching, line, chosen[i]);
        }
        if (!is_refused) {
            int32_t group = group_new(matching, MATCH_PROPOSED, MATCH_BY_SUM);
            matching->lines.groups[line] = group;
            for (uint32_t i = 0; i < chosen_count; i++) {
                matching->receipts.groups[chosen[i]] = group;
            }
        }
    }
}

/* ---- all steps ---- */

static void mark_missing(struct matching *matching, struct side *side, enum match_state state) {
    for (uint32_t i = 0; i < side->count; i++) {
        if (is_free(side, i)) {
            side->groups[i] = group_new(matching, state, MATCH_BY_NOTHING);
        }
    }
}

static bool match_all(struct matching *matching) {
    if (!pair_by_references(matching)) {
        return false;
    }
    pair_sums(matching, &matching->lines, &matching->receipts);
    pair_sums(matching, &matching->receipts, &matching->lines);
    mark_duplicates(matching, &matching->receipts);
    mark_duplicates(matching, &matching->lines);
    if (!pair_other_amounts(matching) || !pair_by_amounts(matching)) {
        return false;
    }
    mark_known_duplicates(matching);
    propose_sums(matching);
    mark_missing(matching, &matching->lines, MATCH_MISSING_RECEIPT);
    mark_missing(matching, &matching->receipts, MATCH_MISSING_LINE);
    return true;
}

enum lince_status match(const struct match_entry *lines, uint32_t line_count, const struct match_entry *receipts,
                        uint32_t receipt_count, const struct match_apart *apart, uint32_t apart_count,
                        const struct match_options *options, struct arena *arena, struct match_result *result,
                        struct lince_error *error) {
    struct matching matching = {
        .apart = apart, .apart_count = apart_count, .options = options, .result = result, .arena = arena};
    *result = (struct match_result){0};
    if (line_count > MATCH_LINES_MOST || receipt_count > MATCH_RECEIPTS_MOST) {
        return error_set(
            error, LINCE_ERROR_TOO_LARGE,
            "%u movements and %u receipts are too many to compare; at most %d and %d are, so take fewer days",
            "%u movimientos y %u recibos son demasiados para compararlos; se admiten %d y %d, así que tome"
            " menos días",
            line_count, receipt_count, MATCH_LINES_MOST, MATCH_RECEIPTS_MOST);
    }
    result->groups = arena_allocate_zero(arena, (size_t)line_count + receipt_count + 1, sizeof *result->groups);
    matching.line_degrees = arena_allocate(arena, (size_t)line_count + 1);
    matching.receipt_degrees = arena_allocate(arena, (size_t)receipt_count + 1);
    if (result->groups == NULL || matching.line_degrees == NULL || matching.receipt_degrees == NULL ||
        !side_begin(&matching.lines, lines, line_count, arena) ||
        !side_begin(&matching.receipts, receipts, receipt_count, arena) || !match_all(&matching)) {
        return error_set(
            error, LINCE_ERROR_MEMORY_LIMIT,
            "no memory to compare %u movements with %u receipts; raise the memory limit or take fewer days",
            "no hay memoria para comparar %u movimientos con %u recibos; suba el límite de memoria o tome"
            " menos días",
            line_count, receipt_count);
    }
    result->line_groups = matching.lines.groups;
    result->receipt_groups = matching.receipts.groups;
    return LINCE_OK;
}
