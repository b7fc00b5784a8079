/* match_pairs.c - possible pairs of one movement and one receipt, the best first: by reference, or by amount and date.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "reconcile/match_parts.h"

enum { CANDIDATES_MOST = 16 }; /* for one movement; more with the same reference or amount cannot be told apart */

static void pair(struct matching *matching, uint32_t line, uint32_t receipt, enum match_state state,
                 enum match_how how) {
    int32_t group = match_group_new(matching, state, how);
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

static bool is_open(const struct matching *matching, const struct edge *edge) {
    return match_is_free(&matching->lines, edge->line) && match_is_free(&matching->receipts, edge->receipt);
}

/* Adds the edge and counts it, if its receipt is free and nobody has set the two apart. False without memory. */
static bool edge_consider(struct matching *matching, const struct edge *edge, uint32_t *found) {
    if (!match_is_free(&matching->receipts, edge->receipt) || match_is_apart(matching, edge->line, edge->receipt)) {
        return true;
    }
    ++*found;
    return edge_add(matching, edge);
}

static int edge_compare(const void *one, const void *other) {
    const struct edge *a = one, *b = other;
    int order = match_compare(a->rank, b->rank);
    order = order != 0 ? order : match_compare(b->common, a->common);
    order = order != 0 ? order : match_compare(a->hundredths, b->hundredths);
    order = order != 0 ? order : match_compare(a->days, b->days);
    order = order != 0 ? order : match_compare(a->line, b->line);
    return order != 0 ? order : match_compare(a->receipt, b->receipt);
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
                         .days = match_days_between(one, other),
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
        if (!match_is_free(&matching->lines, line)) {
            continue;
        }
        int64_t least = reach == INT64_MAX ? INT64_MIN : entry->hundredths - reach;
        uint32_t first = match_end_place(receipts, end, least);
        for (uint32_t i = first; i < receipts->end_count && i - first < LOOKS_MOST && found < CANDIDATES_MOST; i++) {
            uint32_t receipt = receipts->by_end[i];
            const struct match_entry *other = &receipts->entries[receipt];
            if (other->reference % END_MODULUS != end ||
                (reach != INT64_MAX && other->hundredths > entry->hundredths + reach)) {
                break;
            }
            struct edge edge = edge_of(matching, line, receipt);
            if (edge.common >= REFERENCE_DIGITS_LEAST && !edge_consider(matching, &edge, &found)) {
                return false;
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
        if (is_open(matching, edge)) {
            matching->line_degrees[edge->line] += matching->line_degrees[edge->line] < CANDIDATES_MOST;
            matching->receipt_degrees[edge->receipt] += matching->receipt_degrees[edge->receipt] < CANDIDATES_MOST;
        }
    }
}

static bool is_only_one(const struct matching *matching, const struct edge *edge) {
    return matching->line_degrees[edge->line] == 1 && matching->receipt_degrees[edge->receipt] == 1;
}

bool match_by_references(struct matching *matching) {
    const struct match_options *options = matching->options;
    if (!edges_of_references(matching, options->hundredths)) {
        return false;
    }
    for (int step = 0; step < 3; step++) {
        degrees_count(matching);
        for (size_t i = 0; i < matching->edge_count; i++) {
            const struct edge *edge = &matching->edges[i];
            bool is_near = edge->days <= options->days, is_enough = edge->common >= options->digits;
            if (!is_open(matching, edge)) {
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

bool match_other_amounts(struct matching *matching) {
    if (!edges_of_references(matching, INT64_MAX)) {
        return false;
    }
    for (size_t i = 0; i < matching->edge_count; i++) {
        const struct edge *edge = &matching->edges[i];
        if (is_open(matching, edge) && edge->common >= matching->options->digits && edge->days >= 0 &&
            edge->days <= matching->options->days) {
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
        if (!match_is_free(&matching->lines, line) || entry->hundredths <= 0) {
            continue;
        }
        uint32_t first = match_amount_place(receipts, entry->hundredths - reach);
        for (uint32_t i = first; i < receipts->amount_count && i - first < LOOKS_MOST && found < CANDIDATES_MOST; i++) {
            uint32_t receipt = receipts->by_amount[i];
            if (receipts->entries[receipt].hundredths > entry->hundredths + reach) {
                break;
            }
            struct edge edge = edge_of(matching, line, receipt);
            edge.rank = rank_of(entry, &receipts->entries[receipt]);
            if (edge.days >= 0 && edge.days <= matching->options->days && !edge_consider(matching, &edge, &found)) {
                return false;
            }
        }
    }
    edges_sort(matching);
    return true;
}

bool match_by_amounts(struct matching *matching) {
    if (!edges_of_amounts(matching)) {
        return false;
    }
    degrees_count(matching);
    for (size_t i = 0; i < matching->edge_count; i++) {
        const struct edge *edge = &matching->edges[i];
        if (!is_open(matching, edge)) {
            continue;
        }
        bool is_sure = edge->rank == 1 && is_only_one(matching, edge);
        pair(matching, edge->line, edge->receipt, is_sure ? MATCH_MATCHED : MATCH_PROPOSED,
             edge->rank % 4 == 0 ? MATCH_BY_LIKENESS : MATCH_BY_AMOUNT);
    }
    return true;
}
