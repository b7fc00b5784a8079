/*
 * match.c - pairs movements and receipts, the most certain first. A later step never takes what an earlier one paired.
 */
#include "base/arena.h"
#include "base/error.h"
#include "reconcile/match_parts.h"

/* Marks free entries with the reference and amount of an entry that has a partner. */
static void mark_duplicates(struct matching *matching, struct side *side) {
    for (uint32_t place = 0; place < side->end_count; place++) {
        uint32_t i = side->by_end[place];
        const struct match_entry *entry = &side->entries[i];
        if (!match_is_free(side, i)) {
            continue;
        }
        uint64_t end = entry->reference % END_MODULUS;
        uint32_t first = match_end_place(side, end, entry->hundredths);
        for (uint32_t j = first; j < side->end_count && j - first < LOOKS_MOST; j++) {
            uint32_t twin = side->by_end[j];
            const struct match_entry *other = &side->entries[twin];
            if (other->reference % END_MODULUS != end || other->hundredths != entry->hundredths) {
                break;
            }
            int32_t group = side->groups[twin];
            if (twin != i && group != GROUP_NONE && matching->result->groups[group].state == MATCH_MATCHED &&
                match_reference_common(entry, other) >= matching->options->digits) {
                side->groups[i] = match_group_new(matching, MATCH_DUPLICATE, MATCH_BY_REFERENCE);
                break;
            }
        }
    }
}

static void mark_known_duplicates(struct matching *matching) {
    struct side *receipts = &matching->receipts;
    for (uint32_t i = 0; i < receipts->count; i++) {
        if (match_is_free(receipts, i) && receipts->entries[i].is_duplicate) {
            receipts->groups[i] = match_group_new(matching, MATCH_DUPLICATE, MATCH_BY_NOTHING);
        }
    }
}

static void mark_missing(struct matching *matching, struct side *side, enum match_state state) {
    for (uint32_t i = 0; i < side->count; i++) {
        if (match_is_free(side, i)) {
            side->groups[i] = match_group_new(matching, state, MATCH_BY_NOTHING);
        }
    }
}

static bool match_all(struct matching *matching) {
    if (!match_by_references(matching)) {
        return false;
    }
    match_sums(matching, &matching->lines, &matching->receipts);
    match_sums(matching, &matching->receipts, &matching->lines);
    mark_duplicates(matching, &matching->receipts);
    mark_duplicates(matching, &matching->lines);
    if (!match_other_amounts(matching) || !match_by_amounts(matching)) {
        return false;
    }
    mark_known_duplicates(matching);
    match_propose_sums(matching);
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
        !match_side_begin(&matching.lines, lines, line_count, arena) ||
        !match_side_begin(&matching.receipts, receipts, receipt_count, arena) || !match_all(&matching)) {
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
